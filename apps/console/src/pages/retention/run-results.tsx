import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { listKinds, type Run } from './api.ts';
import type { Service } from '../../api/service.ts';

type FoundKind = NonNullable<Run['found']>[number];
type DestroyedKind = NonNullable<Run['destroyed']>[number];

function useTitles(service: Service): (kind: string) => string {
  const language = useLanguage();
  const kinds = useQuery({ queryKey: ['retention', 'kinds', service], queryFn: ({ signal }) => listKinds(service, signal) });
  return (kind) => kinds.data?.items.find((one) => one.kind === kind)?.title[language] ?? kind;
}

const short = (id: string): string => `${id.slice(0, 8)}…${id.slice(-4)}`;

/** What a dry run found, kind by kind. */
export function Found({ service, found }: { readonly service: Service; readonly found: readonly FoundKind[] }): ReactNode {
  const { t } = useTranslation();
  const titleOf = useTitles(service);
  const columns: Column<FoundKind>[] = [
    { key: 'kind', title: t('retention.kind'), onCard: 'head', render: ({ kind }) => titleOf(kind) },
    { key: 'term', title: t('retention.term'), render: ({ years }) => t('retention.years', { count: years }) },
    { key: 'due', title: t('retention.due'), align: 'end', render: ({ due }) => <strong>{due}</strong> },
    { key: 'held', title: t('retention.heldBack'), align: 'end', render: ({ held }) => held },
    { key: 'running', title: t('retention.running'), align: 'end', render: ({ running }) => running },
    {
      key: 'oldest',
      title: t('retention.oldest'),
      render: ({ oldest }) => (oldest === null ? t('retention.none') : <Instant at={oldest} timeZone={READER_ZONE} withRelative={false} />),
    },
    {
      key: 'range',
      title: t('retention.range'),
      render: ({ first, last }) =>
        first === null || last === null ? (
          t('retention.none')
        ) : (
          <span className="fb-soft" title={`${first} – ${last}`}>
            {short(first)} – {short(last)}
          </span>
        ),
    },
  ];
  return (
    <Section title={t('retention.found')}>
      <DataTable
        label={t('retention.found')}
        columns={columns}
        rows={found}
        rowKey={({ kind }) => kind}
        empty={{ title: t('retention.none') }}
      />
    </Section>
  );
}

/** What was destroyed, and what was left out. */
export function Destroyed({ service, destroyed }: { readonly service: Service; readonly destroyed: readonly DestroyedKind[] }): ReactNode {
  const { t } = useTranslation();
  const titleOf = useTitles(service);
  const columns: Column<DestroyedKind>[] = [
    { key: 'kind', title: t('retention.kind'), onCard: 'head', render: ({ kind }) => titleOf(kind) },
    { key: 'destroyed', title: t('retention.destroyed'), align: 'end', render: (kind) => <strong>{kind.destroyed}</strong> },
    { key: 'held', title: t('retention.heldBack'), align: 'end', render: ({ held }) => held },
    { key: 'changed', title: t('retention.changed'), align: 'end', render: ({ changed }) => changed },
    { key: 'kept', title: t('retention.kept'), align: 'end', render: ({ kept }) => kept },
  ];
  return (
    <Section title={t('retention.outcome')}>
      <DataTable
        label={t('retention.outcome')}
        columns={columns}
        rows={destroyed}
        rowKey={({ kind }) => kind}
        empty={{ title: t('retention.none') }}
      />
    </Section>
  );
}

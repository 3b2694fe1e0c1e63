import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';
import { useName } from '../../i18n/use-name.ts';
import { useMay } from '../../session/session.ts';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';

type CauseCount = components['schemas']['CauseCount'];

/** What caused complaints about an agency: rules, scripts and collectors, as the complaints desk confirmed. */
export function ComplaintCauses({ agencyId }: { readonly agencyId: string }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  const may = useMay('collections.countComplaintCauses');
  const { data, error, isLoading } = useQuery({
    queryKey: ['collections', 'complaint-causes', agencyId],
    queryFn: ({ signal }) => take(collections.GET('/v1/complaint-causes', { params: { query: { agencyId } }, signal })),
    enabled: may,
  });
  if (!may) return null;
  const columns: Column<CauseCount>[] = [
    {
      key: 'what',
      title: t('dossier.told.what'),
      onCard: 'head',
      render: ({ kind, target, targetVersion }) =>
        [
          t(`dossier.cause.${kind}`),
          kind === 'rule' && target !== null ? name('rules', target) : target,
          targetVersion === null ? null : `v${targetVersion}`,
        ]
          .filter(Boolean)
          .join(' · '),
    },
    { key: 'complaints', title: t('dossier.told.complaints'), onCard: 'corner', render: ({ complaints }) => complaints },
    { key: 'upheld', title: t('dossier.told.upheld'), render: ({ upheld }) => upheld },
    { key: 'last', title: t('dossier.told.last'), render: ({ lastConfirmedAt }) => <Instant at={lastConfirmedAt} withRelative={false} /> },
    { key: 'numbers', title: t('dossier.told.numbers'), render: ({ numbers }) => numbers.join(t('common.listSeparator')) },
  ];
  return (
    <Section title={t('dossier.told.causesTitle')}>
      {error && <ProblemAlert error={error} />}
      <DataTable
        label={t('dossier.told.causesTitle')}
        columns={columns}
        rows={data?.items ?? []}
        rowKey={({ kind, target, targetVersion }) => `${kind} ${target ?? ''} ${targetVersion ?? ''}`}
        isLoading={isLoading}
        empty={{ title: t('dossier.told.noCauses'), help: t('dossier.told.noCausesHelp') }}
      />
    </Section>
  );
}

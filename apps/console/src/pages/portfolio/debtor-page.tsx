import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { collections, newKey, take } from '../../api/client.ts';
import { may, useSession } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';
import { AskDrawer } from '../../ui/ask-drawer.tsx';
import { LineField, WordsField } from './fields.tsx';
import { PortfolioTabs } from './tabs.tsx';
import { header, type DebtorChangeView } from './wire.ts';

const TONES = { proposed: 'wait', done: 'good', rejected: 'bad' } as const;
const TOUCHES = ['debtor-changes', 'debtor-duplicates', 'case', 'cases'];

interface Merge {
  readonly fromDebtorId: string;
  readonly intoDebtorId: string;
  readonly reason: string;
  readonly evidence: string;
}

export function MergeDrawer({ initial, onClose }: { readonly initial: Partial<Merge>; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<Merge, DebtorChangeView>
      title={t('portfolio.debtor.merge')}
      help={t('portfolio.debtor.mergeHelp')}
      confirm={t('portfolio.debtor.propose')}
      initial={initial}
      touches={TOUCHES}
      send={(body, key) => take(collections.POST('/v1/debtor-merges', { params: { header: header(key) }, body }))}
      onClose={onClose}
    >
      <LineField name="fromDebtorId" label={t('portfolio.debtor.from')} />
      <LineField name="intoDebtorId" label={t('portfolio.debtor.into')} />
      <WordsField name="reason" label={t('portfolio.reason')} />
      <LineField name="evidence" label={t('portfolio.evidence')} max={500} />
    </AskDrawer>
  );
}

interface Split {
  readonly debtorId: string;
  readonly newDebtorId: string;
  readonly caseIds: string[];
  readonly name?: string;
  readonly idNumber?: string;
  readonly reason: string;
  readonly evidence: string;
}

export function SplitDrawer({ initial, onClose }: { readonly initial: Partial<Split>; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<Split, DebtorChangeView>
      title={t('portfolio.debtor.split')}
      help={t('portfolio.debtor.splitHelp')}
      confirm={t('portfolio.debtor.propose')}
      initial={initial}
      touches={TOUCHES}
      send={({ name, idNumber, ...fields }, key) =>
        take(
          collections.POST('/v1/debtor-splits', {
            params: { header: header(key) },
            body: { ...fields, name: name || null, idNumber: idNumber || null },
          }),
        )
      }
      onClose={onClose}
    >
      <LineField name="debtorId" label={t('portfolio.debtor.shared')} />
      <LineField name="newDebtorId" label={t('portfolio.debtor.other')} help={t('portfolio.debtor.otherHelp')} />
      <Form.Item name="caseIds" label={t('portfolio.debtor.cases')} rules={[{ required: true, message: t('portfolio.needed') }]}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <LineField name="name" label={t('portfolio.debtor.name')} isNeeded={false} />
      <LineField name="idNumber" label={t('portfolio.debtor.idNumber')} isNeeded={false} max={60} />
      <WordsField name="reason" label={t('portfolio.reason')} />
      <LineField name="evidence" label={t('portfolio.evidence')} max={500} />
    </AskDrawer>
  );
}

function Decide({ of }: { readonly of: DebtorChangeView }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const [isRejecting, setIsRejecting] = useState(false);
  const params = (what: string) => ({ path: { id: of.id }, header: header(`${key}-${what}`) });
  const approve = useMutation({
    mutationFn: () => take(collections.POST('/v1/debtor-changes/{id}/approval', { params: params('approve') })),
    onSuccess: () => TOUCHES.forEach((first) => void queries.invalidateQueries({ queryKey: [first] })),
  });
  if (of.state !== 'proposed' || !may(session, 'collections.approveDebtorChange')) return null;
  if (of.proposedBy === session.subject) return <span className="fb-soft">{t('portfolio.debtor.second')}</span>;
  return (
    <div className="fb-row">
      <Button size="small" type="primary" loading={approve.isPending} onClick={() => approve.mutate()}>
        {t('portfolio.debtor.approve')}
      </Button>
      <Button size="small" danger onClick={() => setIsRejecting(true)}>
        {t('portfolio.debtor.reject')}
      </Button>
      {approve.error && <ProblemAlert error={approve.error} />}
      {isRejecting && (
        <AskDrawer<{ readonly reason: string }, DebtorChangeView>
          title={t('portfolio.debtor.reject')}
          confirm={t('portfolio.debtor.reject')}
          isDanger
          touches={TOUCHES}
          send={(body) => take(collections.POST('/v1/debtor-changes/{id}/rejection', { params: params('reject'), body }))}
          onClose={() => setIsRejecting(false)}
        >
          <WordsField name="reason" label={t('portfolio.reason')} />
        </AskDrawer>
      )}
    </div>
  );
}

function useColumns(): Column<DebtorChangeView>[] {
  const { t } = useTranslation();
  const person = usePerson();
  return [
    {
      key: 'what',
      title: t('portfolio.debtor.what'),
      onCard: 'head',
      render: ({ kind, fromDebtorId, toDebtorId }) => (
        <>
          <strong>{t(`portfolio.debtor.kind.${kind}`)}</strong>{' '}
          <Link to={`/cases?debtorId=${encodeURIComponent(fromDebtorId)}`}>{fromDebtorId}</Link> →{' '}
          <Link to={`/cases?debtorId=${encodeURIComponent(toDebtorId)}`}>{toDebtorId}</Link>
        </>
      ),
    },
    { key: 'why', title: t('portfolio.reason'), render: ({ reason, evidence }) => `${reason} · ${evidence}` },
    { key: 'by', title: t('portfolio.proposedBy'), render: ({ proposedBy }) => person(proposedBy) },
    { key: 'at', title: t('portfolio.proposedAt'), render: ({ proposedAt }) => <Instant at={proposedAt} withRelative={false} /> },
    {
      key: 'state',
      title: t('cases.column.state'),
      onCard: 'corner',
      render: ({ state }) => <StateTag tone={TONES[state]}>{t(`portfolio.debtor.state.${state}`)}</StateTag>,
    },
    { key: 'act', title: t('portfolio.act'), render: (row) => <Decide of={row} /> },
  ];
}

function Duplicates({ onMerge }: { readonly onMerge: (from: string, into: string) => void }): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['debtor-duplicates'],
    queryFn: ({ signal }) => take(collections.GET('/v1/debtor-duplicates', { signal })),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <Section title={t('portfolio.debtor.duplicates')}>
      <ul className="fb-lines">
        {data.items.slice(0, 20).map(({ debtorIds, openCases }) => (
          <li key={debtorIds.join(' ')}>
            <p className="fb-row">
              {debtorIds.join(t('common.listSeparator'))}{' '}
              <span className="fb-soft">{t('portfolio.debtor.openCases', { count: openCases })}</span>
              <Button size="small" onClick={() => onMerge(debtorIds[1] ?? '', debtorIds[0] ?? '')}>
                {t('portfolio.debtor.merge')}
              </Button>
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Who is who: records merged and split. */
export function DebtorPage(): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const [search] = useSearchParams();
  const debtorId = search.get('debtorId') ?? undefined;
  const [merging, setMerging] = useState<Partial<Merge> | null>(null);
  const [isSplitting, setIsSplitting] = useState(false);
  const columns = useColumns();
  const pages = usePages(['debtor-changes'], (cursor, signal) =>
    take(collections.GET('/v1/debtor-changes', { params: { query: { limit: 50, ...(cursor !== undefined && { cursor }) } }, signal })),
  );
  const mayPropose = may(session, 'collections.proposeMerge');
  return (
    <>
      <PageHeader
        title={t('portfolio.tab.debtors')}
        lead={t('portfolio.debtor.lead')}
        actions={
          mayPropose && (
            <>
              <Button onClick={() => setIsSplitting(true)}>{t('portfolio.debtor.split')}</Button>
              <Button type="primary" onClick={() => setMerging(debtorId === undefined ? {} : { intoDebtorId: debtorId })}>
                {t('portfolio.debtor.merge')}
              </Button>
            </>
          )
        }
      />
      <PortfolioTabs />
      {mayPropose && <Duplicates onMerge={(fromDebtorId, intoDebtorId) => setMerging({ fromDebtorId, intoDebtorId })} />}
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('portfolio.tab.debtors')}
            columns={columns}
            rows={pages.items}
            rowKey={({ id }) => id}
            isLoading={pages.isLoading}
            empty={{ title: t('portfolio.debtor.none'), help: t('portfolio.debtor.noneHelp') }}
          />
          <MoreRows {...pages.more} />
        </>
      )}
      {merging && <MergeDrawer initial={merging} onClose={() => setMerging(null)} />}
      {isSplitting && <SplitDrawer initial={{ ...(debtorId !== undefined && { debtorId }) }} onClose={() => setIsSplitting(false)} />}
    </>
  );
}

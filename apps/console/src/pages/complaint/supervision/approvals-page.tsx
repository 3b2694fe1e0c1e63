import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Choice } from '../../../ui/choice.tsx';
import { DataTable, MoreRows, type Column } from '../../../ui/data-table.tsx';
import { Instant } from '../../../ui/instant.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { usePerson } from '../../../ui/use-person.ts';
import { ApprovalChange } from './approval-change.tsx';
import { APPROVAL_STATES, listApprovals, SUPERVISION, type Approval } from './api.ts';
import { HandlingTabs } from '../handling/tabs.tsx';

const REFRESH_MS = 30_000;
/** Where it is looked at and settled: in its own room. */
function addressOf({ kind, ref, complaintId }: Approval): string | null {
  switch (kind) {
    case 'bulk':
      return `/complaints/bulks/${ref}`;
    case 'code-table':
      return '/complaints/code-tables';
    case 'calendar':
      return '/complaints/calendar';
    case 'approval-matrix':
      return '/complaints/approval-matrix';
    case 'letter-template':
      return '/complaints/letter-templates';
    case 'channel-page':
      return '/complaints/channels';
    case 'major-downgrade':
      return `/complaints/major/${ref}`;
    case 'major-report':
      return '/complaints/major';
    case 'major-settings':
      return '/complaints/major-settings';
    default:
      return complaintId === null ? null : `/complaints/${complaintId}`;
  }
}

function useColumns(): Column<Approval>[] {
  const { t } = useTranslation();
  const person = usePerson();
  return [
    {
      key: 'kind',
      title: t('supervision.approval.kind'),
      onCard: 'head',
      render: (approval) => {
        const to = addressOf(approval);
        const name = t(`approvalKind.name.${approval.kind}`);
        return to === null ? name : <Link to={to}>{name}</Link>;
      },
    },
    { key: 'about', title: t('supervision.approval.about'), render: ({ complaintNumber }) => complaintNumber ?? '–' },
    { key: 'askedBy', title: t('supervision.approval.askedBy'), render: ({ askedBy }) => person(askedBy) },
    { key: 'askedAt', title: t('supervision.approval.askedAt'), render: ({ askedAt }) => <Instant at={askedAt} /> },
    { key: 'change', title: t('approvalKind.what'), width: '30%', render: (approval) => <ApprovalChange approval={approval} /> },
    { key: 'note', title: t('supervision.approval.note'), render: ({ note }) => note ?? '–' },
    {
      key: 'outcome',
      title: t('supervision.approval.outcome'),
      onCard: 'corner',
      render: ({ outcome }) => (outcome === null ? t('supervision.approval.waiting') : t(`supervision.approval.outcomes.${outcome}`)),
    },
  ];
}

/** What waits for a second person. */
export function ApprovalsPage(): ReactNode {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const state = APPROVAL_STATES.find((each) => each === query.get('state')) ?? 'awaiting-me';
  const columns = useColumns();
  const list = usePages([...SUPERVISION, 'approvals', state], (cursor, signal) => listApprovals(state, cursor, signal), {
    refetchInterval: REFRESH_MS,
  });
  return (
    <>
      <PageHeader title={t('supervision.approval.title')} lead={t('supervision.approval.lead')} />
      <HandlingTabs />
      <div className="fb-row fb-list-filter">
        <Choice
          label={t('supervision.approval.stateLabel')}
          value={state}
          onChange={(value) => setQuery({ state: value }, { replace: true })}
          options={APPROVAL_STATES.map((value) => ({ value, label: t(`supervision.approval.state.${value}`) }))}
        />
      </div>
      {list.error && <ProblemAlert error={list.error} onRetry={list.retry} />}
      {!list.error && (
        <DataTable
          label={t('supervision.approval.title')}
          columns={columns}
          rows={list.items}
          rowKey={({ id }) => id}
          isLoading={list.isLoading}
          empty={{ title: t('supervision.approval.empty'), help: t('supervision.approval.emptyHelp') }}
        />
      )}
      <MoreRows {...list.more} />
    </>
  );
}

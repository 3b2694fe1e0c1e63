import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useMay } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';
import { listDrafts, POLICY } from './api.ts';
import { DRAFT_STATES, DraftStateTag } from './draft-state.tsx';
import { PolicyTabs } from './policy-tabs.tsx';
import type { Draft, DraftState } from './wire.ts';

const isState = (value: string | null): value is DraftState => DRAFT_STATES.some((state) => state === value);

function useColumns(): Column<Draft>[] {
  const { t } = useTranslation();
  const person = usePerson();
  return [
    {
      key: 'note',
      title: t('policyDraft.column.note'),
      onCard: 'head',
      render: ({ id, note }) => <Link to={`/policy/drafts/${id}`}>{note || t('policyDraft.noNote')}</Link>,
    },
    { key: 'product', title: t('policyDraft.column.product'), render: ({ product }) => product || t('policy.everyProduct') },
    { key: 'author', title: t('policyDraft.column.author'), render: ({ author }) => person(author) },
    {
      key: 'updated',
      title: t('policyDraft.column.updated'),
      render: ({ updatedAt }) => <Instant at={updatedAt} timeZone={READER_ZONE} />,
    },
    {
      key: 'effect',
      title: t('policyDraft.column.effect'),
      render: ({ effectiveFrom }) => (effectiveFrom === null ? '–' : <Instant at={effectiveFrom} timeZone={READER_ZONE} />),
    },
    { key: 'state', title: t('policyDraft.column.state'), onCard: 'corner', render: ({ state }) => <DraftStateTag state={state} /> },
  ];
}

/** Drafts, by state. */
export function DraftListPage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('state');
  const state = isState(asked) ? asked : null;
  const columns = useColumns();
  const mayDraft = useMay('collections.createPolicyDraft');
  const pages = usePages([...POLICY, 'drafts', state], (cursor, signal) => listDrafts(state, cursor, signal));
  const create = (
    <LinkButton type="primary" to="/policy/drafts/new">
      {t('policyDraft.create')}
    </LinkButton>
  );
  const empty =
    state === null
      ? {
          title: t('policyDraft.empty'),
          help: mayDraft ? t('policyDraft.emptyHelp') : t('policyDraft.emptyReadOnly'),
          action: mayDraft && create,
        }
      : { title: t('policyDraft.noMatch') };
  return (
    <>
      <PageHeader title={t('policy.title')} lead={t('policyDraft.lead')} actions={mayDraft && create} />
      <PolicyTabs />
      <div className="fb-list-filter">
        <Select
          className="fb-select"
          aria-label={t('policyDraft.byState')}
          value={state ?? ''}
          onChange={(value) => setSearch(value === '' ? {} : { state: value }, { replace: true })}
          options={[
            { value: '', label: t('policyDraft.allStates') },
            ...DRAFT_STATES.map((value) => ({ value, label: t(`policyDraft.state.${value}`) })),
          ]}
        />
      </div>
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('policy.tab.drafts')}
            columns={columns}
            rows={pages.items}
            rowKey={({ id }) => id}
            isLoading={pages.isLoading}
            empty={empty}
          />
          <MoreRows {...pages.more} />
        </>
      )}
    </>
  );
}

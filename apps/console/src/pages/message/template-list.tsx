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
import { listTemplates, TEMPLATES, type Template, type TemplateFilter } from './api.ts';
import { MessageTabs, TemplateState } from './bits.tsx';

const CHANNELS = ['sms', 'email', 'im', 'letter'] as const;
const STATES = ['draft', 'approved', 'retired'] as const;

function readFilter(search: URLSearchParams): TemplateFilter {
  const channel = CHANNELS.find((each) => each === search.get('channel'));
  const state = STATES.find((each) => each === search.get('state'));
  return { ...(channel && { channel }), ...(state && { state }) };
}

function Filters({ filter }: { readonly filter: TemplateFilter }): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(search);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setSearch(next, { replace: true });
  };
  return (
    <div className="fb-row fb-list-filter">
      <Select
        className="fb-select"
        aria-label={t('message.templates.channel')}
        value={filter.channel ?? ''}
        onChange={(value: string) => set('channel', value)}
        options={[
          { value: '', label: `${t('message.templates.channel')}: ${t('common.all')}` },
          ...CHANNELS.map((value) => ({ value, label: t(`message.channel.${value}`) })),
        ]}
      />
      <Select
        className="fb-select"
        aria-label={t('message.templates.state')}
        value={filter.state ?? ''}
        onChange={(value: string) => set('state', value)}
        options={[
          { value: '', label: `${t('message.templates.state')}: ${t('common.all')}` },
          ...STATES.map((value) => ({ value, label: t(`message.state.${value}`) })),
        ]}
      />
    </div>
  );
}

function useColumns(): Column<Template>[] {
  const { t } = useTranslation();
  const person = usePerson();
  return [
    {
      key: 'title',
      title: t('message.templates.column.title'),
      onCard: 'head',
      render: ({ templateId, title }) => (
        <>
          <Link to={`/messages/templates/${encodeURIComponent(templateId)}`}>{title}</Link> <span className="fb-soft">{templateId}</span>
        </>
      ),
    },
    { key: 'state', title: t('message.templates.column.state'), onCard: 'corner', render: ({ state }) => <TemplateState state={state} /> },
    { key: 'version', title: t('message.templates.column.version'), align: 'end', render: ({ version }) => version },
    { key: 'channel', title: t('message.templates.column.channel'), render: ({ channel }) => t(`message.channel.${channel}`) },
    { key: 'author', title: t('message.templates.column.author'), render: ({ author }) => person(author) },
    {
      key: 'created',
      title: t('message.templates.column.created'),
      render: ({ createdAt }) => <Instant at={createdAt} timeZone={READER_ZONE} withRelative={false} />,
    },
  ];
}

/** Every version of every template, and where it stands. */
export function TemplateListPage(): ReactNode {
  const { t } = useTranslation();
  const filter = readFilter(useSearchParams()[0]);
  const mayWrite = useMay('collections.createMessageTemplate');
  const columns = useColumns();
  const pages = usePages([...TEMPLATES, 'list', filter], (cursor, signal) => listTemplates(filter, cursor, signal));
  const write = mayWrite && <LinkButton to="/messages/new">{t('message.templates.new')}</LinkButton>;
  const empty =
    Object.keys(filter).length > 0
      ? { title: t('message.templates.noMatch') }
      : { title: t('message.templates.empty'), help: t('message.templates.emptyHelp'), action: write };
  return (
    <>
      <PageHeader title={t('message.templates.title')} lead={t('message.templates.lead')} actions={write} />
      <MessageTabs />
      <Filters filter={filter} />
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('message.templates.list')}
            columns={columns}
            rows={pages.items}
            rowKey={({ templateId, version }) => `${templateId} ${version}`}
            isLoading={pages.isLoading}
            empty={empty}
          />
          <MoreRows {...pages.more} />
        </>
      )}
    </>
  );
}

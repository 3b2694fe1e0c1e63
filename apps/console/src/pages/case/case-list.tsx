import { Button, Checkbox, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { collections, take } from '../../api/client.ts';
import type { CaseView } from '../../api/models.ts';
import { useMay, useSession } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Masked } from '../../ui/masked.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { CaseBulk, ChooseCase, useChosen, type Chosen } from '../portfolio/case-bulk.tsx';
import { CaseState, HeldTag, Overdue } from './case-bits.tsx';

const PAGE_SIZE = 50;
const STATES = ['open', 'closed', 'paid'] as const;
type State = (typeof STATES)[number];

interface Filter {
  readonly caseId?: string;
  readonly debtorId?: string;
  readonly agencyId?: string;
  readonly state?: State;
  /** Only those of agencies that may not work them any more. */
  readonly takeBack?: true;
}

const isState = (value: string | null): value is State => STATES.some((state) => state === value);

function readFilter(search: URLSearchParams): Filter {
  const state = search.get('state');
  const texts = (['caseId', 'debtorId', 'agencyId'] as const).flatMap((name) => {
    const value = search.get(name)?.trim();
    return value ? [[name, value] as const] : [];
  });
  return { ...Object.fromEntries(texts), ...(isState(state) && { state }), ...(search.get('takeBack') === 'true' && { takeBack: true }) };
}

function Filters({ filter }: { readonly filter: Filter }): ReactNode {
  const { t } = useTranslation();
  const [, setSearch] = useSearchParams();
  const [form] = Form.useForm<Filter>();
  const { agencyId } = useSession();
  const ask = (wanted: Filter): void => {
    const given = Object.entries(wanted).flatMap(([name, value]) =>
      value === true ? [[name, 'true']] : typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [],
    );
    setSearch(Object.fromEntries(given) as Record<string, string>, { replace: true });
  };
  return (
    <Form form={form} layout="vertical" className="fb-filters" initialValues={filter} onFinish={ask} key={JSON.stringify(filter)}>
      <Form.Item name="caseId" label={t('cases.filter.caseId')}>
        <Input allowClear maxLength={200} placeholder="C000001" />
      </Form.Item>
      <Form.Item name="debtorId" label={t('cases.filter.debtorId')}>
        <Input allowClear maxLength={200} placeholder="D000001" />
      </Form.Item>
      {agencyId === null && (
        <Form.Item name="agencyId" label={t('cases.filter.agencyId')}>
          <Input allowClear maxLength={200} placeholder="agency-a" />
        </Form.Item>
      )}
      <Form.Item name="state" label={t('cases.filter.state')}>
        <Select
          allowClear
          placeholder={t('common.all')}
          options={STATES.map((state) => ({ value: state, label: t(`cases.state.${state}`) }))}
        />
      </Form.Item>
      {agencyId === null && (
        <Form.Item name="takeBack" valuePropName="checked" label={t('cases.filter.takeBack')}>
          <Checkbox>{t('cases.filter.takeBackOnly')}</Checkbox>
        </Form.Item>
      )}
      <div className="fb-filter-buttons">
        <Button type="primary" htmlType="submit">
          {t('common.search')}
        </Button>
        <Button onClick={() => setSearch({}, { replace: true })}>{t('common.reset')}</Button>
      </div>
    </Form>
  );
}

/** Why the case has to be taken back, and since when. */
function useTakeBack(): Column<CaseView> {
  const { t } = useTranslation();
  return {
    key: 'takeBack',
    title: t('cases.filter.takeBack'),
    render: ({ takeBack }) =>
      takeBack && (
        <>
          {t(`cases.standing.${takeBack.reason}`)} <Instant at={takeBack.since} />
        </>
      ),
  };
}

function useColumns(chosen: Chosen, isTakeBack: boolean): Column<CaseView>[] {
  const { t } = useTranslation();
  const takeBack = useTakeBack();
  return [
    {
      key: 'case',
      title: t('cases.column.case'),
      onCard: 'head',
      render: (row) => (
        <>
          <ChooseCase chosen={chosen} caseId={row.caseId} /> <Link to={`/cases/${encodeURIComponent(row.caseId)}`}>{row.caseId}</Link>
        </>
      ),
    },
    {
      key: 'debtor',
      title: t('cases.column.debtor'),
      onCard: 'head',
      render: (row) => <Masked value={row.parties.find((party) => party.role === 'debtor')?.name ?? null} isMasked={row.masked} />,
    },
    { key: 'product', title: t('cases.column.product'), render: (row) => row.product },
    { key: 'balance', title: t('cases.column.balance'), align: 'end', render: (row) => formatMoney(row.balance) },
    { key: 'overdue', title: t('cases.column.overdue'), render: (row) => <Overdue since={row.overdueSince} timeZone={row.timeZone} /> },
    {
      key: 'agency',
      title: t('cases.column.agency'),
      render: (row) => row.agencyId ?? <span className="fb-soft">{t('cases.inHouse')}</span>,
    },
    ...(isTakeBack ? [takeBack] : []),
    {
      key: 'holds',
      title: t('cases.column.holds'),
      render: (row) => <HeldTag holds={row.holds} />,
    },
    { key: 'state', title: t('cases.column.state'), onCard: 'corner', render: (row) => <CaseState state={row.state} /> },
  ];
}

/** The cases of the reader's institution, or of the agency. */
export function CaseListPage(): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const filter = readFilter(useSearchParams()[0]);
  const mayImport = useMay('collections.createImport');
  const chosen = useChosen();
  const columns = useColumns(chosen, filter.takeBack === true);
  const pages = usePages(['cases', filter], (cursor, signal) =>
    take(
      collections.GET('/v1/cases', { params: { query: { ...filter, limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) } }, signal }),
    ),
  );
  const isFiltered = Object.keys(filter).length > 0;
  const empty = isFiltered
    ? { title: t('cases.noMatch.title'), help: t('cases.noMatch.help') }
    : {
        title: t('cases.empty.title'),
        help: t('cases.empty.help'),
        action: mayImport && <Button onClick={() => void go('/imports')}>{t('cases.empty.action')}</Button>,
      };
  return (
    <>
      <PageHeader title={t('shell.nav.cases')} lead={t('cases.lead')} actions={<CaseBulk chosen={chosen} />} />
      <Filters filter={filter} />
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('cases.list')}
            columns={columns}
            rows={pages.items}
            rowKey={(row) => row.id}
            isLoading={pages.isLoading}
            empty={empty}
          />
          <MoreRows {...pages.more} />
        </>
      )}
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useMay } from '../../../session/session.ts';
import { Choice } from '../../../ui/choice.tsx';
import { DataTable, MoreRows, type Column } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { localTime } from '../dates.ts';
import { HandlingTabs } from '../handling/tabs.tsx';
import { countMajor, listMajor, MAJOR, MAJOR_FILTERS, type Counts, type MajorItem } from './api.ts';
import './major.css';
import { DrillAct } from './mark-act.tsx';
import { ReportTag } from './report-clock.tsx';
import { useMajorWord } from './words.ts';

const REFRESH_MS = 30_000;

function useColumns(): Column<MajorItem>[] {
  const { t } = useTranslation();
  const word = useMajorWord();
  return [
    {
      key: 'title',
      title: t('major.field.title'),
      onCard: 'head',
      render: ({ id, number, title }) => (
        <>
          <Link to={`/complaints/major/${id}`}>{title ?? number}</Link> {title !== null && <span className="fb-soft">{number}</span>}
        </>
      ),
    },
    { key: 'kind', title: t('major.field.kind'), render: ({ kind }) => word('kind', kind) },
    { key: 'knownAt', title: t('major.field.knownAt'), render: ({ knownAt }) => localTime(knownAt) },
    { key: 'report', title: t('major.field.report'), render: (row) => <ReportTag of={row} /> },
    { key: 'plan', title: t('major.field.plan'), render: ({ steps, stepsOpen }) => `${steps - stepsOpen} / ${steps}` },
    { key: 'complaints', title: t('major.field.complaints'), align: 'end', render: ({ complaints }) => complaints },
    {
      key: 'state',
      title: t('major.field.state'),
      onCard: 'corner',
      render: ({ state }) => <StateTag tone={state === 'open' ? 'busy' : 'quiet'}>{word('state', state)}</StateTag>,
    },
  ];
}

function Figures(): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ queryKey: [...MAJOR, 'figures'], queryFn: ({ signal }) => countMajor(signal) });
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const rows: readonly [string, (of: Counts) => number | null][] = [
    [t('major.figures.opened'), ({ opened }) => opened],
    [t('major.figures.open'), ({ open }) => open],
    [t('major.figures.overdue'), ({ overdue }) => overdue],
    [t('major.figures.reportedInTime'), ({ reportedInTime }) => reportedInTime],
    [t('major.figures.reportedLate'), ({ reportedLate }) => reportedLate],
    [t('major.figures.median'), ({ medianMinutesToReport }) => medianMinutesToReport],
    [t('major.figures.stepsInTime'), ({ stepsInTime }) => stepsInTime],
    [t('major.figures.stepsLate'), ({ stepsLate }) => stepsLate],
    [t('major.figures.downgraded'), ({ downgraded }) => downgraded],
    [t('major.figures.closed'), ({ closed }) => closed],
  ];
  return (
    <Section title={t('major.figures.title')}>
      <table className="fb-table fb-table-dense">
        <thead>
          <tr>
            <th scope="col">{t('major.figures.what')}</th>
            <th scope="col" className="fb-end">
              {t('major.figures.real')}
            </th>
            <th scope="col" className="fb-end">
              {t('major.figures.drills')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, read]) => (
            <tr key={label}>
              <td>{label}</td>
              <td className="fb-end">{read(data.real) ?? '–'}</td>
              <td className="fb-end">{read(data.drills) ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** Major complaints with the time that is left to report them, and drills. */
export function MajorsPage(): ReactNode {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const filter = MAJOR_FILTERS.find((each) => each === query.get('show')) ?? 'open';
  const mayOpen = useMay('complaints.openMajor');
  const columns = useColumns();
  const pages = usePages([...MAJOR, 'list', filter], (cursor, signal) => listMajor(filter, cursor, signal), {
    refetchInterval: REFRESH_MS,
  });
  const isDrills = filter === 'drills';
  return (
    <>
      <PageHeader title={t('major.tab.majors')} lead={t('major.page.lead')} actions={mayOpen && <DrillAct />} />
      <HandlingTabs />
      <div className="fb-row fb-list-filter">
        <Choice
          label={t('major.filter.label')}
          value={filter}
          onChange={(show) => setQuery({ show }, { replace: true })}
          options={MAJOR_FILTERS.map((value) => ({ value, label: t(`major.filter.${value}`) }))}
        />
        <Link to="/complaints/major-alarms">{t('major.alarm.title')}</Link>
        <Link to="/complaints/major-settings">{t('major.settings.title')}</Link>
      </div>
      {pages.error && <ProblemAlert error={pages.error} onRetry={pages.retry} />}
      {!pages.error && (
        <DataTable
          label={t('major.tab.majors')}
          columns={columns}
          rows={pages.items}
          rowKey={({ id }) => id}
          isLoading={pages.isLoading}
          empty={{
            title: isDrills ? t('major.page.emptyDrill') : t('major.page.empty'),
            help: isDrills ? t('major.page.emptyDrillHelp') : t('major.page.emptyHelp'),
          }}
        />
      )}
      <MoreRows {...pages.more} />
      <Figures />
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../../session/session.ts';
import { lyingBars } from '../../../ui/bars.ts';
import { Chart } from '../../../ui/chart.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { DataTable, MoreRows } from '../../../ui/data-table.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { usePages } from '../../../ui/use-pages.ts';
import { usePerson } from '../../../ui/use-person.ts';
import { addDays, todayIn } from '../dates.ts';
import { HandlingTabs } from '../handling/tabs.tsx';
import { useAfterWord } from './after-bits.tsx';
import { listCallbacks, readFigures, type Callback, type Figures } from './api.ts';

const DAYS = 90;
const HOUR_MS = 3_600_000;
const BY = ['handler', 'unit', 'agency', 'cause'] as const;
type By = (typeof BY)[number];

function Scores({ figures }: { readonly figures: Figures }): ReactNode {
  const { t } = useTranslation();
  const { total } = figures;
  const rows = total.scores.map((count, at) => [t('after.score', { score: at + 1 }), count] as const);
  const option = useMemo(
    () => lyingBars(total.scores.map((value, at) => ({ name: t('after.score', { score: at + 1 }), value }))),
    [total, t],
  );
  const summary = total.suppressed
    ? t('after.tooFew', { count: figures.minimumCount })
    : t('after.asked', { asked: total.asked, answered: total.answered ?? 0 });
  return (
    <Chart
      title={t('after.scores')}
      summary={summary}
      option={option}
      table={{ head: [t('after.field.score'), t('after.answers')], rows }}
    />
  );
}

function Waiting({ which }: { readonly which: 'to-call' | 'to-look' }): ReactNode {
  const { t } = useTranslation();
  const word = useAfterWord();
  const pages = usePages(['after', 'callbacks', which], (cursor, signal) => listCallbacks(which, cursor, signal));
  return (
    <Section title={word('waiting', which)}>
      {pages.error && <ProblemAlert error={pages.error} onRetry={pages.retry} />}
      <DataTable<Callback>
        label={word('waiting', which)}
        rows={pages.items}
        rowKey={({ id }) => id}
        isLoading={pages.isLoading}
        empty={{ title: t('after.nothingWaits'), help: t('after.nothingWaitsHelp') }}
        columns={[
          {
            key: 'number',
            title: t('after.number'),
            onCard: 'head',
            render: (row) => <Link to={`/complaints/${row.complaintId}`}>{row.complaintNumber}</Link>,
          },
          { key: 'purpose', title: t('after.purposeTitle'), render: ({ purpose }) => word('purpose', purpose) },
          { key: 'planned', title: t('after.planned'), render: ({ plannedAt }) => plannedAt.slice(0, 10) },
        ]}
      />
      <MoreRows {...pages.more} />
    </Section>
  );
}

/** How satisfied complainants are, and who waits for a call or a look. */
export function SatisfactionPage(): ReactNode {
  const { t } = useTranslation();
  const word = useAfterWord();
  const person = usePerson();
  const [by, setBy] = useState<By>('handler');
  const mayCall = useMay('complaints.listCallbacks');
  const to = todayIn('Asia/Shanghai', new Date(useNow(HOUR_MS)));
  const from = addDays(to, -DAYS);
  const query = useQuery({ queryKey: ['after', 'figures', from, to, by], queryFn: ({ signal }) => readFigures(from, to, by, signal) });
  const nameOf = (key: string | null): string =>
    key === null ? '–' : by === 'cause' ? word('cause', key) : by === 'handler' ? person(key) : key;
  return (
    <>
      <PageHeader title={t('after.tab.satisfaction')} lead={t('after.satisfactionLead', { days: DAYS })} />
      <HandlingTabs />
      {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && (
        <Section title={t('after.figures')}>
          <Scores figures={query.data} />
          <Choice
            label={t('after.by')}
            value={by}
            onChange={setBy}
            options={BY.map((value) => ({ value, label: word('figuresBy', value) }))}
          />
          <DataTable
            label={t('after.figures')}
            rows={query.data.rows}
            rowKey={({ key }) => key ?? ''}
            empty={{ title: t('after.noFigures'), help: t('after.noFiguresHelp') }}
            columns={[
              { key: 'key', title: word('figuresBy', by), onCard: 'head', render: ({ key }) => nameOf(key) },
              { key: 'asked', title: t('after.askedTitle'), align: 'end', render: ({ asked }) => asked },
              {
                key: 'answered',
                title: t('after.answers'),
                align: 'end',
                render: (row) => (row.suppressed ? t('after.fewShort') : row.answered),
              },
              { key: 'average', title: t('after.average'), align: 'end', render: ({ average }) => average ?? '–' },
            ]}
          />
        </Section>
      )}
      {mayCall && <Waiting which="to-call" />}
      {mayCall && <Waiting which="to-look" />}
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { lyingBars } from '../../ui/bars.ts';
import { Chart } from '../../ui/chart.tsx';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { Field } from '../../ui/field.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { formatPercent } from '../../ui/numbers.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { inZone } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { calibrationQuery, type Calibration } from './api.ts';
import { QualityTabs } from './quality-bits.tsx';

const DAYS = 90;
const DAY_MS = 86_400_000;
const ROW_PX = 28;
const ZONE = 'Asia/Shanghai';
const today = (back = 0): string => inZone(new Date(Date.now() - back * DAY_MS).toISOString(), ZONE).slice(0, 10);
const HUNDRED = 100;

function View({ view }: { readonly view: Calibration }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const person = usePerson();
  const percent = (share: number | null): string => (share === null ? '–' : formatPercent(share, 1, language));
  const items = view.items.filter(({ pairs }) => pairs > 0);
  const option = useMemo(
    () =>
      lyingBars(
        view.items
          .filter(({ pairs }) => pairs > 0)
          .map((item) => ({ name: item[language], value: Math.round((item.exact ?? 0) * HUNDRED) })),
      ),
    [view, language],
  );
  const columns: Column<Calibration['reviewers'][number]>[] = [
    { key: 'reviewer', title: t('quality.calibration.reviewer'), onCard: 'head', render: ({ reviewer }) => person(reviewer) },
    { key: 'pairs', title: t('quality.calibration.pairs'), align: 'end', render: ({ pairs }) => pairs },
    { key: 'exact', title: t('quality.calibration.exact'), align: 'end', render: ({ exact }) => percent(exact) },
    { key: 'milder', title: t('quality.calibration.milder'), align: 'end', render: ({ milder }) => milder ?? '–' },
  ];
  return (
    <>
      <Section title={t('quality.calibration.total')}>
        <Facts
          items={[
            { label: t('quality.calibration.pairs'), value: view.pairs },
            { label: t('quality.calibration.third'), value: view.third },
            { label: t('quality.calibration.kappa'), value: view.gradeKappa ?? '–' },
          ]}
        />
      </Section>
      <div className="fb-section">
        <Chart
          title={t('quality.calibration.chart')}
          heading="h2"
          option={option}
          heightPx={Math.max(120, items.length * ROW_PX)}
          table={{
            head: [t('quality.calibration.item'), t('quality.calibration.pairs'), t('quality.calibration.exact'), 'κ'],
            rows: items.map((item) => [item[language], item.pairs, percent(item.exact), item.kappa ?? '–']),
          }}
        />
      </div>
      <DataTable
        label={t('quality.calibration.reviewer')}
        columns={columns}
        rows={view.reviewers}
        rowKey={({ reviewer }) => reviewer}
        empty={{ title: t('quality.calibration.empty'), help: t('quality.calibration.emptyHelp') }}
      />
    </>
  );
}

/** How far two reviewers of the same recordings agree. */
export function CalibrationPage(): ReactNode {
  const { t } = useTranslation();
  const [from, setFrom] = useState(() => today(DAYS));
  const [to, setTo] = useState(() => today());
  const { data, error, refetch } = useQuery(calibrationQuery(from, to));
  return (
    <>
      <PageHeader title={t('quality.tab.calibration')} lead={t('quality.calibration.lead')} />
      <QualityTabs />
      <div className="fb-row fb-list-filter">
        <Field label={t('task.punctuality.from')}>
          {(ids) => <MomentInput {...ids} value={from} onChange={(value) => value && setFrom(value)} />}
        </Field>
        <Field label={t('task.punctuality.to')}>
          {(ids) => <MomentInput {...ids} value={to} onChange={(value) => value && setTo(value)} />}
        </Field>
      </div>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data && <View view={data} />}
    </>
  );
}

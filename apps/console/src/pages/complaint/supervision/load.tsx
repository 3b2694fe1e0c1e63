import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { stackedBars } from '../../../ui/bars.ts';
import { Chart } from '../../../ui/chart.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { tokens } from '../../../ui/tokens.ts';
import { usePerson } from '../../../ui/use-person.ts';
import { ageingQuery, workloadQuery, type WorkloadRow } from './api.ts';

const BY = ['handler', 'unit'] as const;
const AGES = ['0-3', '4-7', '8-15', '16-30', '31-60', '61+'];
const LEFT = ['overdue', '0-3', '4-7', '8-15', '16+', 'paused'] as const;
const NUMBERS = ['open', 'dueSoon', 'overdue', 'paused', 'decided30'] as const;

const MOST_BARS = 15;
const BAR_PX = 28;
const SOON_COLOUR = '#c98a1b';
const REST_COLOUR = '#7fb8ae';

/** Who has how many, the fullest first: what is overdue, due soon, paused, and the rest. */
export function Workload(): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const [by, setBy] = useState<(typeof BY)[number]>('handler');
  const { data, error, refetch } = useQuery(workloadQuery(by));
  const nameOf = ({ key, name }: WorkloadRow): string =>
    name ?? (key === null ? t('supervision.workload.nobody') : by === 'handler' ? person(key) : key);
  const rows = (data?.items ?? []).toSorted((a, b) => b.open - a.open).slice(0, MOST_BARS);
  const names = rows.map(nameOf);
  const named = names.join('|');
  const option = useMemo(
    () =>
      stackedBars(
        names,
        [
          { name: t('supervision.workload.overdue'), colour: tokens.bad, values: rows.map(({ overdue }) => overdue) },
          { name: t('supervision.workload.dueSoon'), colour: SOON_COLOUR, values: rows.map(({ dueSoon }) => dueSoon) },
          { name: t('supervision.workload.rest'), colour: REST_COLOUR, values: rows.map(restOf) },
          { name: t('supervision.workload.paused'), colour: tokens.quiet, values: rows.map(({ paused }) => paused) },
        ],
        'lying',
      ),
    // What is drawn follows from the figures, the names and the language alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [data, named, t],
  );
  const choice = (
    <Choice
      label={t('supervision.workload.byLabel')}
      value={by}
      onChange={setBy}
      options={BY.map((value) => ({ value, label: t(`supervision.workload.by.${value}`) }))}
    />
  );
  return (
    <Section title={t('supervision.workload.title')} aside={choice}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <Empty title={t('supervision.workload.empty')} />}
      {data !== undefined && data.items.length > 0 && (
        <Chart
          title={t(`supervision.workload.chart.${by}`)}
          option={option}
          heightPx={Math.max(150, rows.length * BAR_PX + 60)}
          table={{
            head: [t('supervision.workload.who'), ...NUMBERS.map((name) => t(`supervision.workload.${name}`))],
            rows: data.items.map((row) => [nameOf(row), ...NUMBERS.map((name) => row[name])]),
          }}
        />
      )}
    </Section>
  );
}

/** What is neither overdue, due soon nor paused. */
const restOf = ({ open, overdue, dueSoon, paused }: WorkloadRow): number => Math.max(0, open - overdue - dueSoon - paused);

const LEFT_COLOURS = [tokens.bad, SOON_COLOUR, '#e0b878', REST_COLOUR, tokens.brand, tokens.quiet] as const;

/** Open complaints by how old they are and how long they may still take. */
export function Ageing(): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(ageingQuery);
  const countOf = (age: string, left: string): number => data?.cells.find((cell) => cell.age === age && cell.left === left)?.count ?? 0;
  const headOf = (left: (typeof LEFT)[number]): string =>
    left === 'overdue' || left === 'paused' ? t(`supervision.ageing.${left}`) : t('supervision.ageing.left', { days: left });
  const option = useMemo(
    () =>
      stackedBars(
        AGES.map((age) => t('supervision.ageing.days', { days: age })),
        LEFT.map((left, at) => ({
          name: headOf(left),
          colour: LEFT_COLOURS[at] ?? tokens.quiet,
          values: AGES.map((age) => countOf(age, left)),
        })),
        'standing',
      ),
    // What is drawn follows from the figures and the language alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [data, t],
  );
  return (
    <Section title={t('supervision.ageing.title')}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.total === 0 && <Empty title={t('supervision.ageing.empty')} />}
      {data !== undefined && data.total > 0 && (
        <Chart
          title={t('supervision.ageing.chart')}
          summary={t('supervision.ageing.summary', { total: data.total })}
          option={option}
          heightPx={300}
          table={{
            head: [t('supervision.ageing.age'), ...LEFT.map(headOf)],
            rows: AGES.map((age) => [age, ...LEFT.map((left) => countOf(age, left))]),
          }}
        />
      )}
    </Section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/index.ts';
import { Choice } from '../../../ui/choice.tsx';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { formatCount } from '../../../ui/numbers.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { ageingQuery, workloadQuery, type WorkloadRow } from './api.ts';

const BY = ['handler', 'unit'] as const;
const AGES = ['0-3', '4-7', '8-15', '16-30', '31-60', '61+'];
const LEFT = ['overdue', '0-3', '4-7', '8-15', '16+', 'paused'] as const;
const NUMBERS = ['open', 'dueSoon', 'overdue', 'paused', 'decided30'] as const;

/** Who has how many. */
export function Workload(): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const person = usePerson();
  const [by, setBy] = useState<(typeof BY)[number]>('handler');
  const { data, error, isPending, refetch } = useQuery(workloadQuery(by));
  const nameOf = ({ key, name }: WorkloadRow): string =>
    name ?? (key === null ? t('supervision.workload.nobody') : by === 'handler' ? person(key) : key);
  const columns: Column<WorkloadRow>[] = [
    { key: 'who', title: t('supervision.workload.who'), onCard: 'head', render: nameOf },
    ...NUMBERS.map((name): Column<WorkloadRow> => ({
      key: name,
      title: t(`supervision.workload.${name}`),
      align: 'end',
      render: (row) => formatCount(row[name], language),
    })),
  ];
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
      {!error && (
        <DataTable
          label={t('supervision.workload.title')}
          columns={columns}
          rows={data?.items ?? []}
          rowKey={({ key }) => key ?? ''}
          isLoading={isPending}
          empty={{ title: t('supervision.workload.empty') }}
        />
      )}
    </Section>
  );
}

/** Open complaints by how old they are and how long they may still take. */
export function Ageing(): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data, error, refetch } = useQuery(ageingQuery);
  const countOf = (age: string, left: string): number => data?.cells.find((cell) => cell.age === age && cell.left === left)?.count ?? 0;
  const headOf = (left: (typeof LEFT)[number]): string =>
    left === 'overdue' || left === 'paused' ? t(`supervision.ageing.${left}`) : left;
  return (
    <Section title={t('supervision.ageing.title')}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.total === 0 && <Empty title={t('supervision.ageing.empty')} />}
      {data !== undefined && data.total > 0 && (
        <div className="fb-ageing-scroll" role="group" aria-label={t('supervision.ageing.title')}>
          <table className="fb-ageing">
            <thead>
              <tr>
                <th scope="col">{t('supervision.ageing.age')}</th>
                {LEFT.map((left) => (
                  <th key={left} scope="col">
                    {headOf(left)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {AGES.map((age) => (
                <tr key={age}>
                  <th scope="row">{age}</th>
                  {LEFT.map((left) => (
                    <td key={left}>{formatCount(countOf(age, left), language)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useLanguage } from '../../../i18n/index.ts';
import { useSession } from '../../../session/session.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Instant } from '../../../ui/instant.tsx';
import { formatCount } from '../../../ui/numbers.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { READER_ZONE } from '../../../ui/time.ts';
import { newKey } from '../../../api/client.ts';
import { POLICY, simulationsQuery, startSimulation } from '../api.ts';
import { stepsFor } from '../draft-steps.ts';
import type { Draft, SimulationItem } from '../wire.ts';

const DAYS = [1, 7, 14, 30, 60, 90] as const;
const USUAL_DAYS = 7;
export const SIMULATION_TONES = { queued: 'quiet', running: 'busy', done: 'good', failed: 'bad', cancelled: 'quiet' } as const;

function Start({ draft }: { readonly draft: Draft }): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  const queries = useQueryClient();
  const [days, setDays] = useState<number>(USUAL_DAYS);
  const start = useMutation({
    mutationFn: () => startSimulation(draft.id, days, newKey()),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: POLICY });
      await go(`/policy/drafts/${draft.id}/simulations/${id}`);
    },
  });
  return (
    <>
      <div className="fb-row fb-simulation-start">
        <Select
          className="fb-select"
          aria-label={t('simulation.days')}
          value={days}
          onChange={setDays}
          options={DAYS.map((count) => ({ value: count, label: t('simulation.daysOption', { count }) }))}
        />
        <Button type="primary" loading={start.isPending} onClick={() => start.mutate()}>
          {start.isPending ? t('simulation.starting') : t('simulation.start')}
        </Button>
        <span className="fb-soft">{t('simulation.saved')}</span>
      </div>
      {start.error && <ProblemAlert error={start.error} />}
    </>
  );
}

function useColumns(draft: Draft): Column<SimulationItem>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const count = (value: number | null): string => (value === null ? '–' : formatCount(value, language));
  return [
    {
      key: 'created',
      title: t('simulation.column.created'),
      onCard: 'head',
      render: ({ id, createdAt }) => (
        <Link to={`/policy/drafts/${draft.id}/simulations/${id}`}>
          <Instant at={createdAt} timeZone={READER_ZONE} />
        </Link>
      ),
    },
    { key: 'judged', title: t('simulation.column.judged'), align: 'end', render: ({ judged }) => count(judged) },
    { key: 'refused', title: t('simulation.column.toRefused'), align: 'end', render: ({ toRefused }) => count(toRefused) },
    { key: 'permitted', title: t('simulation.column.toPermitted'), align: 'end', render: ({ toPermitted }) => count(toPermitted) },
    {
      key: 'state',
      title: t('simulation.column.state'),
      onCard: 'corner',
      render: ({ state }) => <StateTag tone={SIMULATION_TONES[state]}>{t(`simulation.state.${state}`)}</StateTag>,
    },
  ];
}

/** The simulations of a draft, and the start of another. */
export function SimulationSection({ draft }: { readonly draft: Draft }): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch, isPending } = useQuery(simulationsQuery(draft.id));
  const columns = useColumns(draft);
  const maySimulate = stepsFor(draft, useSession()).includes('simulate');
  const latest = data?.items[0];
  return (
    <Section title={t('simulation.title')}>
      <p className="fb-soft fb-first">{t('simulation.help')}</p>
      {maySimulate && <Start draft={draft} />}
      {latest && maySimulate && latest.revision < draft.revision && (
        <Alert className="fb-problem" type="warning" showIcon title={t('simulation.again')} />
      )}
      {error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          label={t('simulation.title')}
          columns={columns}
          rows={data?.items ?? []}
          rowKey={({ id }) => id}
          isLoading={isPending}
          empty={{ title: t('simulation.none'), help: maySimulate ? t('simulation.noneHelp') : t('simulation.noneReader') }}
        />
      )}
    </Section>
  );
}

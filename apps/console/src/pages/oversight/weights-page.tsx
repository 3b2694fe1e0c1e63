import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { weightsQuery, type WeightsView } from './api.ts';
import { OversightTabs } from './tabs.tsx';
import { UNITS, WeightsForm } from './weights-form.tsx';
import './oversight.css';

type Part = WeightsView['components'][number];

function Shown({ found }: { readonly found: WeightsView }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const columns: Column<Part>[] = [
    {
      key: 'part',
      title: t('oversight.score.part'),
      onCard: 'head',
      render: ({ component, isPerformance }) => (
        <>
          {t(`oversight.component.${component}`)} {isPerformance && <span className="fb-soft">{t('oversight.weights.performance')}</span>}
        </>
      ),
    },
    { key: 'weight', title: t('oversight.weights.weight'), align: 'end', onCard: 'corner', render: ({ weight }) => `${weight}%` },
    {
      key: 'full',
      title: t('oversight.weights.full'),
      align: 'end',
      render: ({ component, full }) => t(`oversight.unit.${UNITS[component]}`, { value: full }),
    },
    {
      key: 'none',
      title: t('oversight.weights.none'),
      align: 'end',
      render: ({ component, none }) => t(`oversight.unit.${UNITS[component]}`, { value: none }),
    },
  ];
  const { bands, setAt, setBy, note } = found;
  return (
    <>
      <DataTable
        label={t('oversight.weights.title')}
        columns={columns}
        rows={found.components}
        rowKey={({ component }) => component}
        empty={{ title: t('common.none') }}
      />
      <p className="fb-note">{t('oversight.weights.line')}</p>
      <Facts
        items={[
          ...(['A', 'B', 'C'] as const).map((band) => ({
            label: t('oversight.weights.band', { band }),
            value: t('oversight.weights.from', { total: bands[band] }),
          })),
          { label: t('oversight.weights.note'), value: note ?? t('oversight.weights.ofProduct') },
          ...(setAt === null
            ? []
            : [
                {
                  label: t('oversight.weights.setBy'),
                  value: (
                    <>
                      {person(setBy ?? '')} <Instant at={setAt} timeZone={READER_ZONE} />
                    </>
                  ),
                },
              ]),
        ]}
      />
    </>
  );
}

/** How the parts of a score weigh, and their next version. */
export function WeightsPage(): ReactNode {
  const { t } = useTranslation();
  const maySet = useMay('collections.setEvaluationWeights');
  const [isEditing, setEditing] = useState(false);
  const { data: found, error, refetch } = useQuery(weightsQuery);
  return (
    <>
      <PageHeader title={t('oversight.weights.title')} lead={t('oversight.weights.lead')} />
      <OversightTabs />
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!found && !error && <PageLoading />}
      {found && (
        <Section
          title={t(isEditing ? 'oversight.weights.next' : 'oversight.weights.version', {
            version: isEditing ? found.version + 1 : found.version,
          })}
          aside={maySet && !isEditing && <Button onClick={() => setEditing(true)}>{t('oversight.weights.change')}</Button>}
        >
          {isEditing ? <WeightsForm found={found} onClose={() => setEditing(false)} /> : <Shown found={found} />}
        </Section>
      )}
    </>
  );
}

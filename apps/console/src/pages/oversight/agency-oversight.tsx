import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { collections, take } from '../../api/client.ts';
import { useMay } from '../../session/session.ts';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { evaluationsQuery, inspectionsQuery, keyed, scorecardQuery, useChange, type EvaluationView, type InspectionItem } from './api.ts';
import { InspectionState, ScoreTag } from './bits.tsx';
import { ComplaintCauses } from './complaint-causes.tsx';
import { PlanInspection } from './plan-inspection.tsx';
import { ScoreTable, TrendChart } from './score-table.tsx';
import { Sanctions } from './sanctions.tsx';
import './oversight.css';

interface AgencyProps {
  readonly agencyId: string;
}

function Inspections({ agencyId }: AgencyProps): ReactNode {
  const { t } = useTranslation();
  const mayPlan = useMay('collections.createInspection');
  const { data, error, isLoading } = useQuery(inspectionsQuery({ agencyId }));
  const [planned, setPlanned] = useState<InspectionItem['kind'] | null>(null);
  const columns: Column<InspectionItem>[] = [
    {
      key: 'kind',
      title: t('oversight.inspection.title'),
      onCard: 'head',
      render: ({ id, kind }) => <Link to={`/oversight/inspections/${id}`}>{t(`oversight.kind.${kind}`)}</Link>,
    },
    { key: 'on', title: t('oversight.inspection.plannedOn'), render: ({ plannedOn }) => plannedOn },
    {
      key: 'findings',
      title: t('oversight.inspection.findings'),
      render: ({ findingCount, openFindings }) => t('oversight.inspection.openOf', { open: openFindings, all: findingCount }),
    },
    { key: 'state', title: t('oversight.due.state'), onCard: 'corner', render: ({ state }) => <InspectionState state={state} /> },
  ];
  return (
    <Section
      title={t('oversight.agencyPage.inspections')}
      aside={
        mayPlan && (
          <span className="fb-row">
            {(['on-site', 'off-site'] as const).map((kind) => (
              <Button key={kind} size="small" onClick={() => setPlanned(kind)}>
                {t('oversight.agencyPage.plan', { kind: t(`oversight.kind.${kind}`) })}
              </Button>
            ))}
          </span>
        )
      }
    >
      {error && <ProblemAlert error={error} />}
      {planned && <PlanInspection agencyId={agencyId} kind={planned} onClose={() => setPlanned(null)} />}
      <DataTable
        label={t('oversight.agencyPage.inspections')}
        columns={columns}
        rows={data?.items ?? []}
        rowKey={({ id }) => id}
        isLoading={isLoading}
        empty={{ title: t('oversight.agencyPage.noInspections'), help: t('oversight.agencyPage.noInspectionsHelp') }}
      />
    </Section>
  );
}

function Decide({ evaluation }: { readonly evaluation: EvaluationView }): ReactNode {
  const { t } = useTranslation();
  const mayConfirm = useMay('collections.confirmEvaluation');
  const [isRejecting, setRejecting] = useState(false);
  const params = (key: string) => ({ ...keyed(key), path: { id: evaluation.id } });
  const confirm = useChange((_: null, key) =>
    take(collections.POST('/v1/agency-evaluations/{id}/confirmation', { params: params(key), body: {} })),
  );
  const reject = useChange(
    (reason: string, key) => take(collections.POST('/v1/agency-evaluations/{id}/rejection', { params: params(key), body: { reason } })),
    () => setRejecting(false),
  );
  if (!mayConfirm || evaluation.state !== 'draft') return null;
  return (
    <>
      <span className="fb-row">
        <Button size="small" type="primary" loading={confirm.isPending} onClick={() => confirm.mutate(null)}>
          {t('oversight.evaluation.confirm')}
        </Button>
        <Button size="small" onClick={() => setRejecting(true)}>
          {t('oversight.evaluation.reject')}
        </Button>
      </span>
      {confirm.error && <ProblemAlert error={confirm.error} />}
      {isRejecting && (
        <ReasonDialog
          title={t('oversight.evaluation.reject')}
          label={t('oversight.reason')}
          needed={t('oversight.needWords')}
          confirm={t('oversight.evaluation.reject')}
          isSending={reject.isPending}
          error={reject.error}
          onSend={reject.mutate}
          onClose={() => setRejecting(false)}
        />
      )}
    </>
  );
}

function Evaluations({ agencyId }: AgencyProps): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const mayDraft = useMay('collections.createEvaluation');
  const { data, error, isLoading } = useQuery(evaluationsQuery(agencyId));
  const draft = useChange((_: null, key) =>
    take(collections.POST('/v1/agencies/{agencyId}/evaluations', { params: { ...keyed(key), path: { agencyId } }, body: {} })),
  );
  const columns: Column<EvaluationView>[] = [
    { key: 'period', title: t('oversight.evaluation.period'), onCard: 'head', render: ({ from, to }) => `${from} – ${to}` },
    { key: 'score', title: t('oversight.score.total'), render: ({ score }) => <ScoreTag score={score} /> },
    {
      key: 'state',
      title: t('oversight.due.state'),
      render: ({ state, evaluatedOn }) => t(`oversight.evaluationState.${state}`) + (evaluatedOn ? ` ${evaluatedOn}` : ''),
    },
    {
      key: 'people',
      title: t('oversight.evaluation.people'),
      render: ({ draftedBy, decidedBy }) => [draftedBy, decidedBy].flatMap((one) => (one ? [person(one)] : [])).join(' → '),
    },
    { key: 'act', title: t('oversight.evaluation.decide'), render: (evaluation) => <Decide evaluation={evaluation} /> },
  ];
  return (
    <Section
      title={t('oversight.agencyPage.evaluations')}
      aside={
        mayDraft && (
          <Button size="small" loading={draft.isPending} onClick={() => draft.mutate(null)}>
            {t('oversight.evaluation.draft')}
          </Button>
        )
      }
    >
      {(error ?? draft.error) && <ProblemAlert error={error ?? draft.error} />}
      <DataTable
        label={t('oversight.agencyPage.evaluations')}
        columns={columns}
        rows={data?.items ?? []}
        rowKey={({ id }) => id}
        isLoading={isLoading}
        empty={{ title: t('oversight.evaluation.none'), help: t('oversight.evaluation.noneHelp') }}
      />
    </Section>
  );
}

function Scorecard({ agencyId }: AgencyProps): ReactNode {
  const { t } = useTranslation();
  const { data, error } = useQuery(scorecardQuery(agencyId));
  if (error) return <ProblemAlert error={error} />;
  if (!data) return null;
  return (
    <Section title={t('oversight.agencyPage.scorecard')} aside={<ScoreTag score={data.score} />}>
      <Facts
        items={[
          { label: t('oversight.evaluation.period'), value: `${data.from} – ${data.to}` },
          { label: t('oversight.overview.lastEvaluated'), value: data.lastEvaluatedOn ?? t('agency.never') },
          {
            label: t('oversight.overview.nextEvaluation'),
            value: `${data.evaluationDueOn} (${t(`oversight.cause.${data.evaluationCause}`)})`,
          },
        ]}
      />
      <TrendChart months={data.months} />
      <ScoreTable score={data.score} facts={data.facts} />
    </Section>
  );
}

/** What the bank does about an agency: scorecard, evaluations, inspections, sanctions; as far as the role may see them. */
export function AgencyOversight({ agencyId }: AgencyProps): ReactNode {
  const maySeeScore = useMay('collections.findScorecard');
  const maySeeInspections = useMay('collections.listInspections');
  const maySeeSanctions = useMay('collections.listSanctions');
  return (
    <>
      {maySeeScore && <Scorecard agencyId={agencyId} />}
      {maySeeScore && <Evaluations agencyId={agencyId} />}
      <ComplaintCauses agencyId={agencyId} />
      {maySeeInspections && <Inspections agencyId={agencyId} />}
      {maySeeSanctions && <Sanctions agencyId={agencyId} />}
    </>
  );
}

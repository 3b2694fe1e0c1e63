import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, newKey, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';
import { useMay, useSession } from '../../session/session.ts';
import { Choice } from '../../ui/choice.tsx';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { CaseLink } from '../worklist/work-bits.tsx';

type CareView = components['schemas']['CareView'];
const STATES = ['open', 'decided'] as const;
const DECISIONS = ['resume', 'keep'] as const;
type Decision = (typeof DECISIONS)[number];

function Decide({ care }: { readonly care: CareView }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { subject } = useSession();
  const [asking, setAsking] = useState<Decision | null>(null);
  const decide = useMutation({
    mutationFn: (reason: string) =>
      take(
        collections.POST('/v1/care-cases/{id}/decision', {
          params: { path: { id: care.id }, header: { 'Idempotency-Key': newKey() } },
          body: { decision: asking ?? 'keep', reason },
        }),
      ),
    onSuccess: () => {
      setAsking(null);
      void queries.invalidateQueries({ queryKey: ['care'] });
    },
  });
  if (care.openedBy === subject) return <span className="fb-soft">{t('care.own')}</span>;
  return (
    <div className="fb-row">
      {DECISIONS.map((decision) => (
        <Button key={decision} onClick={() => setAsking(decision)}>
          {t(`care.decide.${decision}`)}
        </Button>
      ))}
      {asking && (
        <ReasonDialog
          title={t(`care.decide.${asking}`)}
          help={t(`care.help.${asking}`)}
          label={t('care.reason')}
          needed={t('collecting.reasonNeeded')}
          confirm={t('common.confirm')}
          isSending={decide.isPending}
          error={decide.error}
          onSend={(reason) => decide.mutate(reason)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

/** Debtors in danger or in need: nothing is collected until a person has decided. */
export function CarePage(): ReactNode {
  const { t } = useTranslation();
  const mayDecide = useMay('collections.decideCareCase');
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const pages = usePages(['care', state], (cursor, signal) =>
    take(collections.GET('/v1/care-cases', { params: { query: { state, ...(cursor !== undefined && { cursor }) } }, signal })),
  );
  const columns: Column<CareView>[] = [
    { key: 'case', title: t('worklist.case'), onCard: 'head', render: ({ caseId }) => <CaseLink caseId={caseId} /> },
    {
      key: 'sign',
      title: t('care.signTitle'),
      onCard: 'corner',
      render: ({ sign }) => <StateTag tone={sign === 'self-harm' ? 'bad' : 'wait'}>{t(`care.sign.${sign}`)}</StateTag>,
    },
    {
      key: 'words',
      title: t('care.words'),
      render: ({ words }) => (words.length === 0 ? t('care.said') : words.join(t('common.listSeparator'))),
    },
    {
      key: 'opened',
      title: t('care.opened'),
      render: ({ openedAt, openedBy }) => (
        <>
          <Instant at={openedAt} /> <span className="fb-soft">{openedBy}</span>
        </>
      ),
    },
    {
      key: 'decision',
      title: t('care.decision'),
      render: (care) =>
        care.decision === null ? (
          mayDecide ? (
            <Decide care={care} />
          ) : (
            t('care.open')
          )
        ) : (
          <>
            {t(`care.decided.${care.decision}`)} <span className="fb-soft">{care.decidedBy}</span> {care.reason}
          </>
        ),
    },
  ];
  return (
    <>
      <PageHeader title={t('care.title')} lead={t('care.lead')} />
      <Choice
        label={t('care.which')}
        value={state}
        onChange={setState}
        options={STATES.map((value) => ({ value, label: t(`care.state.${value}`) }))}
      />
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('care.title')}
            columns={columns}
            rows={pages.items}
            rowKey={({ id }) => id}
            isLoading={pages.isLoading}
            empty={{ title: t('care.empty'), help: t('care.emptyHelp') }}
          />
          <MoreRows {...pages.more} />
        </>
      )}
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useMay } from '../../../session/session.ts';
import { stackedBars } from '../../../ui/bars.ts';
import { Chart } from '../../../ui/chart.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Facts, Section } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { chartColours } from '../../../ui/tokens.ts';
import { Act } from './act-form.tsx';
import { useAfterWord } from './after-bits.tsx';
import { findRectification, type Effect, type Rectification } from './api.ts';

function EffectChart({ effect }: { readonly effect: Effect }): ReactNode {
  const { t } = useTranslation();
  const names = [t('after.before'), t('after.afterIt')];
  const option = useMemo(
    () =>
      stackedBars(
        [t('after.before'), t('after.afterIt')],
        [
          { name: t('after.counted'), colour: chartColours[0] ?? '', values: [effect.before, effect.after] },
          { name: t('after.reckoned'), colour: chartColours[1] ?? '', values: [0, effect.afterExpected] },
        ],
        'standing',
      ),
    [effect, t],
  );
  return (
    <Chart
      title={t('after.effectOf', { from: effect.beforeFrom, to: effect.afterTo })}
      summary={effect.words}
      option={option}
      table={{
        head: [t('after.days'), t('after.counted'), t('after.reckoned'), t('after.pending')],
        rows: [
          [`${names[0]} ${effect.beforeFrom}–${effect.beforeTo}`, effect.before, 0, effect.beforePending],
          [`${names[1]} ${effect.afterFrom}–${effect.afterTo}`, effect.after, effect.afterExpected, effect.afterPending],
        ],
      }}
    />
  );
}

function Acts({ of }: { readonly of: Rectification }): ReactNode {
  const { t } = useTranslation();
  const [mayWork, mayDecide] = [useMay('complaints.doRectificationStep'), useMay('complaints.closeRectification')];
  const { id, state, stepsDone, steps } = of.item;
  const path = (step: string): string => `/v1/rectifications/${id}/${step}`;
  const reason = { name: 'reason', label: t('after.field.reasons'), kind: 'long' as const };
  const last = of.effects.at(-1);
  const asksDelay = of.delays.some(({ granted }) => granted === null);
  return (
    <div className="fb-row">
      {state === 'open' && mayWork && stepsDone === steps && (
        <Act
          isMain
          label={t('after.act.implement')}
          path={path('implementation')}
          fields={[{ name: 'implementedOn', label: t('after.field.implementedOn'), kind: 'date' }]}
        />
      )}
      {state === 'open' && mayWork && !asksDelay && (
        <Act
          label={t('after.act.delay')}
          path={path('delays')}
          fields={[{ name: 'dueOn', label: t('after.field.dueOn'), kind: 'date' }, reason]}
        />
      )}
      {state === 'open' && mayDecide && asksDelay && (
        <Act
          label={t('after.act.settleDelay')}
          path={path('delays/settlement')}
          fields={[{ name: 'granted', label: t('after.field.granted'), kind: 'flag' }]}
        />
      )}
      {state === 'implemented' && mayWork && (
        <Act
          isMain
          label={t('after.act.measure')}
          path={path('effects')}
          fields={[{ name: 'windowDays', label: t('after.field.windowDays'), kind: 'number' }]}
        />
      )}
      {state === 'implemented' && mayDecide && last?.verdict === 'shown' && (
        <Act isMain label={t('after.act.close')} path={path('closure')} fixed={{ effectId: last.id }} />
      )}
      {state === 'implemented' && mayWork && of.unmeasuredBy === null && (
        <Act label={t('after.act.unmeasurable')} path={path('unmeasurable')} fields={[reason]} />
      )}
      {state === 'implemented' && mayDecide && of.unmeasuredBy !== null && (
        <Act
          label={t('after.act.accept')}
          path={path('acceptance')}
          fields={[{ name: 'accepted', label: t('after.field.accepted'), kind: 'flag' }, reason]}
        />
      )}
      {of.item.closedAt === null && mayDecide && (
        <Act isDanger label={t('after.act.cancel')} path={path('cancellation')} fields={[reason]} />
      )}
    </div>
  );
}

/** One measure: what is done, and what it has done. */
export function RectificationPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const word = useAfterWord();
  const mayWork = useMay('complaints.doRectificationStep');
  const query = useQuery({ queryKey: ['after', 'rectification', id], queryFn: ({ signal }) => findRectification(id, signal) });
  const back = { to: '/complaints/rectifications', label: t('after.tab.rectifications') };
  if (!query.data)
    return (
      <>
        <PageHeader title={t('after.rectificationOne')} back={back} />
        {query.error ? <ProblemAlert error={query.error} onRetry={() => void query.refetch()} /> : <Skeleton active />}
      </>
    );
  const of = query.data;
  const { item } = of;
  return (
    <>
      <PageHeader
        title={item.title}
        back={back}
        aside={
          <StateTag tone={item.overdue ? 'bad' : item.state === 'effective' ? 'good' : 'busy'}>
            {word('rectification', item.state)}
          </StateTag>
        }
      />
      <Section title={t('after.rectificationOne')}>
        <Facts
          items={[
            {
              label: t('after.field.cause'),
              value: `${word('cause', item.causeKind)} · ${word('object', item.objectKind)} ${item.objectRef ?? ''}`,
            },
            { label: t('after.field.owner'), value: `${word('owner', item.ownerKind)} ${item.owner}` },
            { label: t('after.due'), value: item.dueOn === of.firstDueOn ? item.dueOn : `${item.dueOn} (${of.firstDueOn})` },
            { label: t('after.field.implementedOn'), value: item.implementedOn ?? '–' },
          ]}
        />
        <p>
          {of.causes.map(({ causeId, complaintId, complaintNumber }) => (
            <Link key={causeId} to={`/complaints/${complaintId}`}>
              {complaintNumber}{' '}
            </Link>
          ))}
        </p>
        <ol>
          {of.steps.map((step) => (
            <li key={step.n}>
              {step.text} {step.doneAt !== null && <StateTag tone="good">{t('after.done')}</StateTag>}
              {step.note !== null && <p className="fb-soft">{step.note}</p>}
              {step.doneAt === null && item.state === 'open' && mayWork && (
                <Act
                  label={t('after.act.doStep')}
                  path={`/v1/rectifications/${item.id}/steps/${step.n}/completion`}
                  fields={[
                    { name: 'note', label: t('after.field.note'), kind: 'long' },
                    {
                      name: 'files',
                      label: t('after.field.files'),
                      kind: 'files',
                      optional: true,
                      files: { complaintIds: of.causes.map(({ complaintId }) => complaintId), kind: 'evidence' },
                    },
                  ]}
                />
              )}
            </li>
          ))}
        </ol>
        {of.unmeasuredReason !== null && <p>{of.unmeasuredReason}</p>}
        {of.closeNote !== null && <p>{of.closeNote}</p>}
        <Acts of={of} />
      </Section>
      <Section title={t('after.effects')}>
        {of.effects.length === 0 && <p className="fb-soft">{t('after.noEffects')}</p>}
        {of.effects.toReversed().map((effect) => (
          <EffectChart key={effect.id} effect={effect} />
        ))}
      </Section>
    </>
  );
}

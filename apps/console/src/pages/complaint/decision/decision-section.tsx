import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { Empty } from '../../../ui/empty.tsx';
import { Facts } from '../../../ui/section.tsx';
import { StateTag, type Tone } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act, type ActField } from '../after/act-form.tsx';
import { Loaded } from '../after/after-bits.tsx';
import { localTime } from '../dates.ts';
import type { Complaint } from '../wire.ts';
import { letterAddress, listDecisions, type Decision } from './api.ts';
import { useDecisionOptions, useDecisionWord } from './bits.ts';

const OUTCOMES = ['upheld', 'partly-upheld', 'not-upheld'] as const;
const REMEDY_KINDS = ['refund', 'compensation', 'waiver', 'correction', 'contact-stopped', 'explanation', 'other'] as const;
const WAYS = ['review', 'mediation', 'arbitration', 'court'] as const;
const SEVERITIES = ['ordinary', 'serious'] as const;
const CNY = 'CNY';

const TONE: Readonly<Record<Decision['state'], Tone>> = {
  draft: 'quiet',
  superseded: 'quiet',
  waiting: 'wait',
  returned: 'bad',
  withdrawn: 'quiet',
  lapsed: 'quiet',
  decided: 'good',
};

const linesOf = (decision: Decision | null, kind: 'article' | 'clause'): string | undefined =>
  decision?.basis
    .filter((one) => one.kind === kind)
    .map(({ ref }) => ref)
    .join('\n');

/** The request of what was typed: articles and clauses are one list, money has its currency. */
function build(typed: Readonly<Record<string, unknown>>): object {
  const { articles, clauses, amount, currency, ...rest } = typed;
  const basis = [
    ...((articles as string[] | undefined) ?? []).map((ref) => ({ kind: 'article', ref })),
    ...((clauses as string[] | undefined) ?? []).map((ref) => ({ kind: 'clause', ref })),
  ];
  return { ...rest, basis, ...(amount !== undefined && { money: { amount, currency: currency ?? CNY } }) };
}

function useFields(before: Decision | null): readonly ActField[] {
  const { t } = useTranslation();
  const options = useDecisionOptions();
  const label = (name: string): string => t(`decision.field.${name}` as 'decision.field.facts');
  const given = <Value,>(value: Value | null | undefined) => (value === null || value === undefined ? {} : { initial: value });
  return [
    { name: 'outcome', label: label('outcome'), kind: 'choice', options: options('outcome', OUTCOMES), ...given(before?.outcome) },
    { name: 'facts', label: label('facts'), kind: 'long', optional: true, ...given(before?.facts) },
    {
      name: 'articles',
      label: label('articles'),
      kind: 'lines',
      optional: true,
      help: t('decision.help.lines'),
      ...given(linesOf(before, 'article')),
    },
    {
      name: 'clauses',
      label: label('clauses'),
      kind: 'lines',
      optional: true,
      help: t('decision.help.lines'),
      ...given(linesOf(before, 'clause')),
    },
    { name: 'reasons', label: label('reasons'), kind: 'long', optional: true, ...given(before?.reasons) },
    {
      name: 'remedyKinds',
      label: label('remedyKinds'),
      kind: 'many',
      options: options('remedy', REMEDY_KINDS),
      optional: true,
      ...given(before?.remedyKinds),
    },
    {
      name: 'amount',
      label: label('amount'),
      kind: 'line',
      optional: true,
      help: t('decision.help.amount'),
      ...given(before?.money?.amount),
    },
    { name: 'currency', label: label('currency'), kind: 'line', optional: true, initial: before?.money?.currency ?? CNY },
    { name: 'remedyText', label: label('remedyText'), kind: 'long', optional: true, ...given(before?.remedyText) },
    { name: 'remedyBy', label: label('remedyBy'), kind: 'date', optional: true, ...given(before?.remedyBy) },
    { name: 'apology', label: label('apology'), kind: 'flag', optional: true, ...given(before && (before.apology ? 'yes' : 'no')) },
    {
      name: 'remediesOpen',
      label: label('remediesOpen'),
      kind: 'many',
      options: options('way', WAYS),
      optional: true,
      help: t('decision.help.ways'),
      initial: before === null ? [...WAYS] : before.remediesOpen,
    },
    {
      name: 'severity',
      label: label('severity'),
      kind: 'choice',
      options: options('severity', SEVERITIES),
      initial: before?.severity ?? 'ordinary',
    },
  ];
}

function Write({ complaint, before }: { readonly complaint: Complaint; readonly before: Decision | null }): ReactNode {
  const { t } = useTranslation();
  const fields = useFields(before);
  return (
    <Act
      isMain={before === null}
      label={before === null ? t('decision.act.write') : t('decision.act.change')}
      path={`/v1/complaints/${complaint.id}/decisions`}
      fields={fields}
      build={build}
    />
  );
}

function Steps({ complaint, decision }: { readonly complaint: Complaint; readonly decision: Decision }): ReactNode {
  const { t } = useTranslation();
  const [mayWrite, mayApprove, maySee] = [
    useMay('complaints.draftDecision'),
    useMay('complaints.approveDecision'),
    useMay('complaints.previewDecisionLetter'),
  ];
  const path = (step: string): string => `/v1/complaints/${complaint.id}/decisions/${decision.version}/${step}`;
  const isOpen = complaint.decidedAt === null && complaint.closedAt === null;
  const mayChange = isOpen && mayWrite && decision.state !== 'waiting';
  return (
    <div className="fb-row">
      {mayChange && <Write complaint={complaint} before={decision} />}
      {isOpen && mayWrite && decision.state === 'draft' && (
        <Act
          isMain
          label={decision.need === null ? t('decision.act.decide') : t('decision.act.submit')}
          help={decision.need === null ? t('decision.help.decide') : t('decision.help.submit')}
          path={path('submission')}
        />
      )}
      {decision.state === 'waiting' && mayApprove && (
        <>
          <Act
            isMain
            label={t('decision.act.approve')}
            path={path('approval')}
            fields={[{ name: 'note', label: t('decision.field.note'), kind: 'long', optional: true }]}
          />
          <Act
            isDanger
            label={t('decision.act.giveBack')}
            path={path('return')}
            fields={[{ name: 'reason', label: t('decision.field.reason'), kind: 'long' }]}
          />
        </>
      )}
      {decision.state === 'waiting' && mayWrite && <Act label={t('decision.act.takeBack')} path={path('retraction')} />}
      {maySee && (
        <a href={letterAddress(complaint.id, decision.version)} target="_blank" rel="noreferrer">
          {t('decision.act.letter')}
        </a>
      )}
    </div>
  );
}

function Track({ decision }: { readonly decision: Decision }): ReactNode {
  const { t } = useTranslation();
  const word = useDecisionWord();
  const person = usePerson();
  const { need, verdicts, submittedBy, submittedAt, draftedBy, draftedAt } = decision;
  return (
    <ol className="fb-plain">
      <li>{t('decision.track.drafted', { who: person(draftedBy), at: localTime(draftedAt) })}</li>
      {submittedBy !== null && <li>{t('decision.track.submitted', { who: person(submittedBy), at: localTime(submittedAt ?? '') })}</li>}
      {verdicts.map(({ by, verdict, at, note }) => (
        <li key={by}>
          {t(`decision.track.${verdict}`, { who: person(by), at: localTime(at) })}
          {note !== null && ` · ${note}`}
        </li>
      ))}
      {need !== null && decision.state !== 'decided' && (
        <li className="fb-soft">{t('decision.track.needs', { count: need.approvers, role: word('role', need.role) })}</li>
      )}
      {need === null && decision.state === 'draft' && <li className="fb-soft">{t('decision.track.needsNobody')}</li>}
    </ol>
  );
}

function OneDecision({ decision }: { readonly decision: Decision }): ReactNode {
  const { t } = useTranslation();
  const word = useDecisionWord();
  const { money, remedyKinds, remedyText, remedyBy, apology } = decision;
  const remedy = [
    ...remedyKinds.map((kind) => word('remedy', kind)),
    ...(money === null ? [] : [`${money.amount} ${money.currency}`]),
    ...(remedyText === null ? [] : [remedyText]),
    ...(remedyBy === null ? [] : [t('decision.by', { date: remedyBy })]),
    ...(apology ? [t('decision.field.apology')] : []),
  ];
  return (
    <Facts
      items={[
        { label: t('decision.field.outcome'), value: word('outcome', decision.outcome) },
        { label: t('decision.field.facts'), value: decision.facts || '–' },
        { label: t('decision.field.basis'), value: decision.basis.map(({ ref }) => ref).join('; ') || '–' },
        { label: t('decision.field.reasons'), value: decision.reasons || '–' },
        { label: t('decision.field.remedyKinds'), value: remedy.join(' · ') || '–' },
        { label: t('decision.field.remediesOpen'), value: decision.remediesOpen.map((way) => word('way', way)).join(' · ') || '–' },
        { label: t('decision.field.severity'), value: word('severity', decision.severity) },
      ]}
    />
  );
}

/** The decision: the version that counts with its way through the approvals, and how many came before it. */
export function DecisionSection({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const word = useDecisionWord();
  const mayWrite = useMay('complaints.draftDecision');
  const query = useQuery({
    queryKey: ['complaints', 'decisions', complaint.id],
    queryFn: ({ signal }) => listDecisions(complaint.id, signal),
  });
  const isOpen = complaint.decidedAt === null && complaint.closedAt === null;
  return (
    <Loaded title={t('decision.title')} query={query}>
      {({ items }) => {
        const [decision] = items;
        if (!decision)
          return (
            <Empty
              title={t('decision.none')}
              {...(isOpen && { help: t('decision.noneHelp') })}
              {...(isOpen && mayWrite && { action: <Write complaint={complaint} before={null} /> })}
            />
          );
        return (
          <>
            <p>
              <StateTag tone={TONE[decision.state]}>{word('state', decision.state)}</StateTag>{' '}
              {t('decision.version', { version: decision.version })}
              {items.length > 1 && <span className="fb-soft"> {t('decision.before', { count: items.length - 1 })}</span>}
            </p>
            <OneDecision decision={decision} />
            <Track decision={decision} />
            <Steps complaint={complaint} decision={decision} />
          </>
        );
      }}
    </Loaded>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { complaints, take } from '../../../api/client.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useAfterWord } from '../after/after-bits.tsx';
import { useDecisionWord } from '../decision/bits.ts';
import { SUPERVISION, type Approval } from './api.ts';

type Lines = readonly string[];

/** What exactly is to be approved, read where it is kept; null where there is nothing more to say here. */
function useReading(): (approval: Approval, signal: AbortSignal) => Promise<Lines | null> {
  const { t } = useTranslation();
  const decisionWord = useDecisionWord();
  const afterWord = useAfterWord();
  const ofComplaint = (id: string | null) => ({ params: { path: { id: id ?? '' } } });
  // A kind that is not here is read on its own page alone.
  const readers: Readonly<Partial<Record<Approval['kind'], (approval: Approval, signal: AbortSignal) => Promise<Lines | null>>>> = {
    bulk: async ({ ref }, signal) => {
      const { action, count, handler, tag } = await take(complaints.GET('/v1/bulks/{id}', { params: { path: { id: ref } }, signal }));
      return [
        t('approvalKind.bulk', { action: t(`supervision.bulk.actions.${action}`), count }),
        ...(handler === null ? [] : [t('approvalKind.bulkTo', { handler })]),
        ...(tag === null ? [] : [t('approvalKind.bulkTag', { tag })]),
      ];
    },
    decision: async ({ ref, complaintId }, signal) => {
      const { items } = await take(complaints.GET('/v1/complaints/{id}/decisions', { ...ofComplaint(complaintId), signal }));
      const found = items.find(({ id }) => id === ref);
      if (!found) return null;
      const { outcome, version, money, apology, remedyKinds, facts } = found;
      return [
        t('approvalKind.decision', { outcome: decisionWord('outcome', outcome), version }),
        ...(money === null ? [] : [t('approvalKind.money', { amount: money.amount, currency: money.currency })]),
        ...remedyKinds.map((kind) => decisionWord('remedy', kind)),
        ...(apology ? [t('approvalKind.apology')] : []),
        t('approvalKind.facts', { text: facts }),
      ];
    },
    'approval-matrix': async (_approval, signal) => {
      const { items } = await take(complaints.GET('/v1/approval-matrices', { signal }));
      return items
        .filter(({ version, approvedAt }) => version > 0 && approvedAt === null)
        .map(({ version, rows, note }) => t('approvalKind.matrix', { version, count: rows.length, note }));
    },
    'letter-template': async ({ ref }, signal) => {
      const { items } = await take(complaints.GET('/v1/letter-templates', { params: {}, signal }));
      return items
        .filter(({ id }) => id === ref)
        .map(({ titleZh, kind, version }) => t('approvalKind.template', { title: titleZh, kind: decisionWord('about', kind), version }));
    },
    'notice-waiver': async ({ ref, complaintId }, signal) => {
      const { waivers } = await take(complaints.GET('/v1/complaints/{id}/telling', { ...ofComplaint(complaintId), signal }));
      return waivers.filter(({ id }) => id === ref).map(({ tries, reason }) => t('approvalKind.waiver', { tries, reason: reason ?? '–' }));
    },
    'code-table': async (_approval, signal) => {
      const { items } = await take(complaints.GET('/v1/code-tables', { signal }));
      const proposed = items.find(({ state }) => state === 'proposed');
      if (!proposed) return null;
      const { version, validFrom, changes } = await take(
        complaints.GET('/v1/code-tables/{version}', { params: { path: { version: proposed.version } }, signal }),
      );
      const count = (change: string): number => changes.filter((each) => each.change === change).length;
      const counts = { added: count('added'), changed: count('changed'), withdrawn: count('withdrawn') };
      return [t('approvalKind.codes', { version, date: validFrom ?? '–', ...counts })];
    },
    'bad-faith': async ({ ref, complaintId }, signal) => {
      const { decisions } = await take(complaints.GET('/v1/complaints/{id}/bad-faith', { ...ofComplaint(complaintId), signal }));
      return decisions
        .filter(({ id }) => id === ref)
        .map(({ score, reason }) => t('approvalKind.badFaith', { score, reason: reason ?? t('sorting.badFaith.hidden') }));
    },
    'root-cause': async ({ ref, complaintId }, signal) => {
      const { items } = await take(complaints.GET('/v1/complaints/{id}/root-causes', { ...ofComplaint(complaintId), signal }));
      return items
        .filter(({ id }) => id === ref)
        .map(({ kind, whys }) => t('approvalKind.cause', { cause: afterWord('cause', kind), whys: whys.join(' → ') }));
    },
    attribution: async ({ ref, complaintId }, signal) => {
      const { items } = await take(complaints.GET('/v1/complaints/{id}/attributions', { ...ofComplaint(complaintId), signal }));
      return items
        .filter(({ id }) => id === ref)
        .map(({ kind, target, reason }) =>
          t('approvalKind.attribution', { kind: afterWord('object', kind), ref: target ?? '', reason: reason ?? '–' }),
        );
    },
  };
  return (approval, signal) => readers[approval.kind]?.(approval, signal) ?? Promise.resolve(null);
}

function Detail({ approval }: { readonly approval: Approval }): ReactNode {
  const { t } = useTranslation();
  const read = useReading();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...SUPERVISION, 'approval-change', approval.kind, approval.ref],
    queryFn: ({ signal }) => read(approval, signal),
  });
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Skeleton active title={false} paragraph={{ rows: 1 }} />;
  if (data === null || data.length === 0) return <p className="fb-soft">{t('approvalKind.unknown')}</p>;
  return (
    <ul className="fb-plain">
      {data.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** What follows if it is approved, and on demand what exactly it is. */
export function ApprovalChange({ approval }: { readonly approval: Approval }): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <div>{t(`approvalKind.effect.${approval.kind}`)}</div>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{t('approvalKind.show')}</summary>
        {isOpen && <Detail approval={approval} />}
      </details>
    </>
  );
}

import { Zone } from '#contact-rules';
import type { Vault } from '#vault';
import type { Reading } from '../complaint/complaint.mapper.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { maskText, openData } from '../complaint/sealing.ts';
import type { DecisionContent } from './content.ts';
import type { DecisionView } from './decision.dto.ts';
import type { DecisionRecord, Verdict } from './decision.store.ts';
import type { Need } from './matrix.ts';

export const CONTENT_CONTEXT = 'complaint_decision.content';
export const VERDICT_CONTEXT = 'decision_verdict.note';

export const openContent = (vault: Vault, record: Pick<DecisionRecord, 'contentSealed'>): DecisionContent =>
  JSON.parse(vault.open(record.contentSealed, CONTENT_CONTEXT)) as DecisionContent;

/** Amounts are stored with four places; two are shown unless more are used. */
export const plainAmount = (amount: string): string => amount.replace(/(\.\d\d)0*$/, '$1').replace(/(\.\d\d\d)0$/, '$1');

export const moneyOf = ({ amount, currency }: Pick<DecisionRecord, 'amount' | 'currency'>) =>
  amount === null || currency === null ? null : { amount: plainAmount(amount), currency };

export function toDecisionView(
  record: DecisionRecord,
  {
    complaint,
    reading,
    verdicts,
    need,
  }: {
    readonly complaint: ComplaintRecord;
    readonly reading: Reading;
    readonly verdicts: readonly Verdict[];
    readonly need: Need | null;
  },
): DecisionView {
  const { vault, masked } = reading;
  const zone = Zone.of(complaint.timeZone);
  const instant = (at: Date | null): string | null => at && zone.format(at.getTime());
  const known = masked ? openData(vault, complaint) : null;
  const shown = (text: string): string => (known === null ? text : maskText(text, known));
  const content = openContent(vault, record);
  const asked = record.role === null ? null : { role: record.role, approvers: record.approvers };
  return {
    id: record.id,
    version: record.version,
    state: record.state,
    outcome: record.outcome,
    facts: shown(content.facts),
    basis: content.basis.map(({ kind, ref, text }) => ({ kind, ref, text: text === null ? null : shown(text) })),
    reasons: shown(content.reasons),
    remedyKinds: content.remedyKinds,
    money: moneyOf(record),
    remedyText: content.remedyText === null ? null : shown(content.remedyText),
    remedyBy: content.remedyBy,
    apology: content.apology,
    remediesOpen: content.remediesOpen,
    severity: record.severity,
    need: record.state === 'draft' ? need && { role: need.role, approvers: need.approvers } : asked,
    matrixVersion: record.matrixVersion,
    verdicts: verdicts
      .filter(({ decision }) => decision === record.id)
      .map(({ by, verdict, at, noteSealed }) => ({
        by,
        verdict,
        at: zone.format(at.getTime()),
        note: noteSealed === null ? null : shown(vault.open(noteSealed, VERDICT_CONTEXT)),
      })),
    draftedBy: record.draftedBy,
    draftedAt: zone.format(record.draftedAt.getTime()),
    submittedBy: record.submittedBy,
    submittedAt: instant(record.submittedAt),
    decidedAt: instant(record.decidedAt),
    masked,
  };
}

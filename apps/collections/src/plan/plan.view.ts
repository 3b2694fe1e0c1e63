import { Zone } from '#contact-rules';
import { fromCents, toCents } from '#plan-rules';
import type { CircumstancesView, InstalmentView, PlanDetailView, PlanView } from './plan.dto.ts';
import type { InstalmentRow, PlanRecord } from './plan.store.ts';

export function toPlanView(row: PlanRecord): PlanView {
  const zone = Zone.of(row.timeZone ?? row.debtorZone);
  const instant = (at: Date | null): string | null => at && zone.format(at.getTime());
  const money = (amount: string) => ({ amount, currency: row.currency });
  const next = row.instalments.find(({ n }) => n === row.nextInstalment);
  return {
    id: row.id,
    caseId: row.caseId,
    agencyId: row.agencyId,
    state: row.state,
    endReason: row.endReason,
    method: row.terms.method,
    months: row.months,
    firstDueOn: row.firstDueOn,
    lastDueOn: row.lastDueOn,
    owed: money(row.owed),
    total: money(row.total),
    paid: money(row.paid),
    hardship: row.hardship,
    replaces: row.replaces,
    draftedBy: row.draftedBy,
    draftedAt: zone.format(row.draftedAt.getTime()),
    proposedBy: row.proposedBy,
    proposedAt: instant(row.proposedAt),
    approvedBy: row.approvedBy,
    approvedAt: instant(row.approvedAt),
    evidence: row.upload ? 'signed-document' : row.recording ? 'oral-recording' : null,
    documentSha256: row.documentSha256,
    recordingId: row.recording,
    agreedAt: instant(row.agreedAt),
    activatedAt: instant(row.activatedAt),
    graceDays: row.graceDays,
    nextInstalment: row.nextInstalment,
    nextDueOn: next?.dueOn ?? null,
    breaksAt: instant(row.breaksAt),
    brokenAt: instant(row.brokenAt),
    endedAt: instant(row.endedAt),
  };
}

export const toPlanDetail = (row: PlanRecord, circumstances: CircumstancesView | null): PlanDetailView => ({
  ...toPlanView(row),
  terms: { ...row.terms },
  instalments: toInstalments(row.instalments, toCents(row.paid) ?? 0n),
  circumstances,
});

/** What was paid meets one instalment after the other. */
function toInstalments(instalments: readonly InstalmentRow[], paid: bigint): InstalmentView[] {
  let left = paid;
  return instalments.map(({ n, dueOn, amount, principal, interest, fee }) => {
    const cents = toCents(amount) ?? 0n;
    const part = left < cents ? left : cents;
    left -= part;
    return { n, dueOn, amount, principal, interest, fee, paid: fromCents(part) };
  });
}

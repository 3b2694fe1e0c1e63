import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Vault } from '#vault';
import type { EntrustmentView, ProposalView } from './entrustment.dto.ts';
import type { ProposalRecord } from './entrustment.store.ts';
import type { LedgerRecord } from './entrustment-view.store.ts';

export const REASON = 'entrustment.reason';

const zone = Zone.of(DEFAULT_TIME_ZONE);
export const instant = (at: Date): string => zone.format(at.getTime());
export const instantOrNull = (at: Date | null): string | null => (at === null ? null : instant(at));

const opened = (vault: Vault, sealed: Buffer | null): string | null => (sealed === null ? null : vault.open(sealed, REASON));

export const toLedgerView = (record: LedgerRecord, vault: Vault): EntrustmentView => ({
  id: record.id,
  agencyId: record.agencyId,
  agencyName: record.agencyName,
  from: instant(record.from),
  until: instantOrNull(record.until),
  begunBy: record.begunBy,
  endedBy: record.endedBy,
  begunCause: record.begunCause,
  endedCause: record.endedCause,
  reason: opened(vault, record.reasonSealed),
  endReason: opened(vault, record.endReasonSealed),
  allocationId: record.allocation,
  noticeAt: instantOrNull(record.noticeAt),
  balance: record.balance,
  currency: record.currency,
  balanceAtEnd: record.balanceAtEnd,
});

export const toProposalView = (record: ProposalRecord, vault: Vault): ProposalView => ({
  id: record.id,
  caseId: record.caseId,
  agencyId: record.agencyId,
  state: record.state,
  proposedBy: record.proposedBy,
  proposedAt: instant(record.proposedAt),
  reason: vault.open(record.reasonSealed, REASON),
  allocationId: record.allocation,
  noticeAt: instantOrNull(record.noticeAt),
  readyAt: instantOrNull(record.readyAt),
  blocks: record.blocks,
});

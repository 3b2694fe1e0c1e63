import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Vault } from '#vault';
import type { DebtorChangeView } from './debtor.dto.ts';
import type { ChangeRecord } from './debtor.store.ts';

export const CHANGE_REASON = 'debtor_change.reason';
const zone = Zone.of(DEFAULT_TIME_ZONE);

export const toChangeView = (record: ChangeRecord, vault: Vault): DebtorChangeView => ({
  id: record.id,
  kind: record.kind,
  fromDebtorId: record.fromDebtorId,
  toDebtorId: record.toDebtorId,
  caseIds: record.caseIds,
  reason: vault.open(record.reasonSealed, CHANGE_REASON),
  evidence: record.evidence,
  state: record.state,
  proposedBy: record.proposedBy,
  proposedAt: zone.format(record.proposedAt.getTime()),
  decidedBy: record.decidedBy,
  decidedAt: record.decidedAt && zone.format(record.decidedAt.getTime()),
  counts: record.counts,
});

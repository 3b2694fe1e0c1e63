import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Vault } from '#vault';
import type { AllocationRuleView, AllocationRunView, AllocationView } from './allocation.dto.ts';
import type { AllocationRecord, RuleRecord } from './allocation.store.ts';
import { ORDER_REASON } from './order.runner.ts';

const zone = Zone.of(DEFAULT_TIME_ZONE);
const instant = (at: Date): string => zone.format(at.getTime());

export const toRuleView = ({ content, createdAt, retiredAt, ...rule }: RuleRecord): AllocationRuleView => ({
  id: rule.id,
  name: rule.name,
  version: rule.version,
  content: { ...content },
  createdBy: rule.createdBy,
  createdAt: instant(createdAt),
  retiredAt: retiredAt && instant(retiredAt),
});

/** How it stands with carrying an allocation out; null: nobody asked. */
export function runStateOf({ orderedBy, rejectedBy, run }: AllocationRecord): string | null {
  if (orderedBy === null) return null;
  if (rejectedBy !== null) return 'rejected';
  return run?.state ?? 'awaiting-approval';
}

function toRunView(record: AllocationRecord, vault: Vault): AllocationRunView | null {
  const { orderedBy, orderedAt, orderReasonSealed, run } = record;
  const state = runStateOf(record);
  if (state === null || orderedBy === null || orderedAt === null || orderReasonSealed === null) return null;
  return {
    state,
    orderedBy,
    orderedAt: instant(orderedAt),
    reason: vault.open(orderReasonSealed, ORDER_REASON),
    decidedBy: record.approvedBy ?? record.rejectedBy,
    progress: run?.progress ?? null,
    summary: run?.summary ?? null,
    finishedAt: run?.finishedAt ? instant(new Date(run.finishedAt)) : null,
  };
}

export const toView = (record: AllocationRecord, fourEyesAbove: number, vault: Vault): AllocationView => ({
  id: record.id,
  ruleId: record.ruleId,
  ruleName: record.ruleName,
  ruleVersion: record.ruleVersion,
  content: { ...record.content },
  state: record.state,
  progress: record.progress,
  failure: record.failure && { code: record.failure.code, detail: record.failure.detail },
  requestedBy: record.requestedBy,
  createdAt: instant(record.createdAt),
  finishedAt: record.finishedAt && instant(record.finishedAt),
  summary: record.summary,
  needsApproval: (record.summary?.assigned ?? 0) > fourEyesAbove,
  run: toRunView(record, vault),
});

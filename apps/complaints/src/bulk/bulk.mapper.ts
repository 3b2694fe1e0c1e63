import type { Principal, Role } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Vault } from '#vault';
import type { BulkItemView, BulkState, BulkView } from './bulk.dto.ts';
import { DETAIL, NOTE } from './bulk.runner.ts';
import type { BulkRecord, ItemRecord } from './bulk.store.ts';

interface Looking {
  readonly principal: Principal;
  readonly masked: boolean;
  readonly vault: Vault;
  readonly settles: Role;
}

function stateOf({ outcome, runState }: BulkRecord): BulkState {
  if (outcome === null) return 'proposed';
  return outcome === 'approved' ? (runState ?? 'queued') : outcome;
}

export function toBulkView(record: BulkRecord, counts: BulkView['counts'], { principal, masked, vault, settles }: Looking): BulkView {
  const zone = Zone.of(DEFAULT_TIME_ZONE);
  const opened = (sealed: Buffer | null): string | null => (sealed === null || masked ? null : vault.open(sealed, NOTE));
  return {
    id: record.id,
    action: record.action,
    handler: record.argument.handler,
    tag: record.argument.tag,
    note: opened(record.noteSealed),
    filter: record.filter,
    count: record.count,
    hash: record.idsHash.toString('hex'),
    state: stateOf(record),
    proposedBy: record.proposedBy,
    proposedAt: zone.format(record.proposedAt.getTime()),
    settledBy: record.settledBy,
    settledAt: record.settledAt && zone.format(record.settledAt.getTime()),
    refusal: opened(record.refusalSealed),
    counts: counts.map(({ state, code, count }) => ({ state, code, count })),
    failure: record.failure?.code ?? null,
    awaitsMe: record.outcome === null && record.proposedBy !== principal.subject && principal.roles.includes(settles),
  };
}

export function toItemView(record: ItemRecord, vault: Vault): BulkItemView {
  const { seq, complaintId, complaintNumber, handler, dueOn, state, code, source, detailSealed } = record;
  const detail = detailSealed && vault.open(detailSealed, DETAIL);
  return { seq, complaintId, complaintNumber, handler, dueOn, state, code, source, detail };
}

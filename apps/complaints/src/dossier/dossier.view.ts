import { Zone } from '#contact-rules';
import type { Reading } from '../complaint/complaint.mapper.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import type { HoldChoice, HoldScope } from '../hold/hold.scope.ts';
import type { CollectionHoldView, DossierItemView, DossierView } from './dossier.dto.ts';
import type { DossierRecord } from './dossier.store.ts';
import type { ItemRecord } from './item.store.ts';
import { ITEM_BODY } from './keeping.service.ts';

export const HOLD_REASON = 'collection_hold_choice.reason';

interface AskedHold {
  readonly wanted: boolean;
  readonly scope: HoldScope;
  readonly askedAt: Date;
  readonly answeredAt: Date | null;
}

type Counts = readonly { readonly of: string; readonly name: string; readonly n: number }[];

const countsOf = (counts: Counts, of: string): Record<string, number> =>
  Object.fromEntries(counts.filter((one) => one.of === of).map(({ name, n }) => [name, n]));

const NOTHING = {
  since: null,
  problem: null,
  account: null,
  from: null,
  debtorId: null,
  caseIds: [],
  readAt: null,
  nextReadAt: null,
  progress: null,
  announced: {},
};

export function toDossierView(
  { timeZone }: ComplaintRecord,
  dossier: DossierRecord | null,
  counts: Counts,
  read: { readonly state: string; readonly progress: { readonly done: number; readonly total: number | null } | null } | null,
  hold: CollectionHoldView | null,
): DossierView {
  const kept = { kinds: countsOf(counts, 'kind'), verdicts: countsOf(counts, 'verdict'), rules: countsOf(counts, 'rule') };
  if (dossier === null) return { ...NOTHING, state: 'none', counts: kept, hold };
  const zone = Zone.of(timeZone);
  const instant = (at: Date | null): string | null => at && zone.format(at.getTime());
  const isRunning = read !== null && (read.state === 'queued' || read.state === 'running');
  return {
    state: dossier.state,
    since: instant(dossier.stateSince),
    problem: dossier.problem ?? (dossier.state === 'waiting' ? 'unanswered' : null),
    account: dossier.account,
    from: instant(dossier.fromAt),
    debtorId: dossier.debtorId,
    caseIds: dossier.caseIds,
    readAt: instant(dossier.readAt),
    nextReadAt: instant(dossier.nextReadAt),
    progress: isRunning ? { done: read.progress?.done ?? 0, total: read.progress?.total ?? null } : null,
    announced: dossier.counts,
    counts: kept,
    hold,
  };
}

function kindOf({ contactPoint, channel, collectorId, agencyId }: HoldScope): string {
  if (contactPoint !== null) return 'contact-point';
  if (channel !== null) return 'channel';
  if (collectorId !== null) return 'collector';
  return agencyId === null ? 'account' : 'agency';
}

export function toHoldView(
  record: ComplaintRecord,
  asked: AskedHold | null,
  choice: HoldChoice | null,
  { vault, masked }: Reading,
): CollectionHoldView | null {
  if (asked === null && choice === null) return null;
  const zone = Zone.of(record.timeZone);
  const instant = (at: Date | null): string | null => at && zone.format(at.getTime());
  const scope = asked?.scope ?? choice;
  const reason = choice === null || masked ? null : vault.open(choice.reasonSealed, HOLD_REASON);
  return {
    state: record.holdState,
    wanted: asked?.wanted ?? false,
    scope: choice?.scope ?? (scope ? kindOf(scope) : 'account'),
    account: choice?.account ?? record.account,
    agencyId: scope?.agencyId ?? null,
    collectorId: scope?.collectorId ?? null,
    channel: scope?.channel ?? null,
    contactPointId: scope?.contactPoint ?? null,
    askedAt: instant(asked?.askedAt ?? null),
    undeliveredSince: asked && asked.answeredAt === null ? instant(asked.askedAt) : null,
    chosenBy: choice?.chosenBy ?? null,
    chosenAt: instant(choice?.chosenAt ?? null),
    reason: reason === '' ? null : reason,
  };
}

// What people wrote; the rest is ids, codes and instants.
const WRITTEN = ['text', 'note', 'summary'] as const;

export function toItemView(item: ItemRecord, zone: Zone, { vault, masked }: Reading): DossierItemView {
  const { bodySealed, at, readAt, ...rest } = item;
  const body = JSON.parse(vault.open(bodySealed, ITEM_BODY)) as Record<string, unknown>;
  const shown = Object.entries(body).filter(([field]) => !masked || !(WRITTEN as readonly string[]).includes(field));
  return { ...pick(rest), at: zone.format(at.getTime()), readAt: zone.format(readAt.getTime()), body: Object.fromEntries(shown) };
}

const pick = ({
  id,
  kind,
  ref,
  caseId,
  agencyId,
  channel,
  verdict,
  ruleIds,
  collectorIds,
  sha256,
  addedBy,
  revisions,
}: Omit<ItemRecord, 'bodySealed' | 'at' | 'readAt'>) => ({
  id,
  kind,
  ref,
  caseId,
  agencyId,
  channel,
  verdict,
  ruleIds,
  collectorIds,
  sha256,
  addedBy,
  revisions,
});

import { Inject, Injectable } from '@nestjs/common';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { TaskService } from '../task/task.service.ts';
import { agencyBlocks, caseBlocks, hasRoom, withinShare, type AgencyRoom, type Block, type CaseFacts, type Totals } from './blocks.ts';
import { EntrustmentStore, type Move, type NewProposal, type ProposalRecord } from './entrustment.store.ts';
import { Leaving } from './leaving.ts';
import { EntrustmentSettingStore, type EntrustmentSetting } from './setting.store.ts';

const HOUR_MS = 3_600_000;
const zone = Zone.of(DEFAULT_TIME_ZONE);

export interface Ask {
  readonly caseUuid: string;
  readonly agencyId: string;
  /** When the debtor was told of the referral to this agency; null: not yet. */
  readonly noticeAt: Date | null;
}

export interface Placed {
  readonly caseUuid: string;
  readonly caseId: string;
  readonly agencyId: string;
  readonly state: 'entrusted' | 'awaiting-notice' | 'awaiting-time' | 'refused';
  readonly blocks: readonly Block[];
}

/** What the asks of one transaction have taken already. */
class Taken {
  private readonly byAgency = new Map<string, number>();
  private readonly byCurrency = new Map<string, { cases: number; amount: number }>();

  constructor(private readonly totals: ReadonlyMap<string, Totals>) {}

  blocks(one: CaseFacts, room: AgencyRoom, setting: EntrustmentSetting): Block[] {
    const blocks: Block[] = [];
    if (!hasRoom(room, (this.byAgency.get(room.agencyId) ?? 0) + 1)) blocks.push({ code: 'no-capacity', names: [] });
    const totals = this.totals.get(one.currency);
    const before = this.byCurrency.get(one.currency) ?? { cases: 0, amount: 0 };
    const more = { cases: before.cases + 1, amount: before.amount + amountOf(one) };
    const limits = { number: setting.maxShareNumber, amount: setting.maxShareAmount };
    // From one agency to another, the share stays.
    if (one.agencyId === null && totals && !withinShare(totals, limits, more)) blocks.push({ code: 'share-limit', names: [] });
    return blocks;
  }

  take(one: CaseFacts, room: AgencyRoom): void {
    this.byAgency.set(room.agencyId, (this.byAgency.get(room.agencyId) ?? 0) + 1);
    if (one.agencyId !== null) return;
    const before = this.byCurrency.get(one.currency) ?? { cases: 0, amount: 0 };
    this.byCurrency.set(one.currency, { cases: before.cases + 1, amount: before.amount + amountOf(one) });
  }
}

const amountOf = ({ balance }: CaseFacts): number => Math.max(Number(balance), 0);

/** Puts cases where they are to go, in one transaction: with the agency when the debtor was told in time, else among those that wait. */
@Injectable()
export class EntrustmentDesk {
  constructor(
    @Inject(EntrustmentStore) private readonly store: EntrustmentStore,
    @Inject(EntrustmentSettingStore) private readonly settings: EntrustmentSettingStore,
    @Inject(Leaving) private readonly leaving: Leaving,
    @Inject(TaskService) private readonly tasks: TaskService,
  ) {}

  /** The locks of `place` and `complete` are held by the caller (EntrustmentStore.lock, lockCases). In the order of the asks. */
  async place(tx: Tx, institutionId: string, asks: readonly Ask[], move: Move): Promise<Placed[]> {
    const setting = await this.settings.find(tx, institutionId);
    const day = zone.format(move.at.getTime()).slice(0, 10);
    const agencyIds = [...new Set(asks.map(({ agencyId }) => agencyId))].toSorted();
    const rooms = new Map((await this.store.rooms(tx, institutionId, agencyIds, day)).map((room) => [room.agencyId, room]));
    const facts = new Map<string, CaseFacts>();
    for (const agencyId of agencyIds) {
      const uuids = asks.filter((ask) => ask.agencyId === agencyId).map(({ caseUuid }) => caseUuid);
      for (const one of await this.store.facts(tx, uuids, agencyId, move.at, setting.holdKinds)) facts.set(one.id, one);
    }
    const taken = new Taken(await this.totals(tx, institutionId, setting, [...facts.values()]));
    const placed: Placed[] = [];
    const kept: { ask: Ask; one: CaseFacts }[] = [];
    for (const ask of asks) {
      const one = facts.get(ask.caseUuid);
      const room = rooms.get(ask.agencyId) ?? null;
      if (!one) continue;
      const agency = agencyBlocks(day, room);
      const blocks = room === null ? agency : [...agency, ...caseBlocks(one, room), ...taken.blocks(one, room, setting)];
      const state = blocks.length > 0 ? 'refused' : stateOf(ask, setting, move.at);
      placed.push({ caseUuid: one.id, caseId: one.caseId, agencyId: ask.agencyId, state, blocks });
      if (blocks.length > 0 || room === null) continue;
      taken.take(one, room);
      kept.push({ ask, one });
    }
    await this.write(tx, institutionId, kept, placed, { setting, move });
    return placed;
  }

  /** Entrusts what waited and whose time has come, or says why it is not entrusted after all. */
  async complete(tx: Tx, institutionId: string, proposals: readonly ProposalRecord[], by: string, at: Date): Promise<Placed[]> {
    const setting = await this.settings.find(tx, institutionId);
    const placed: Placed[] = [];
    const was = new Map<string, string | null>();
    const day = zone.format(at.getTime()).slice(0, 10);
    for (const [agencyId, group] of groupsOf(proposals)) {
      const [room] = await this.store.rooms(tx, institutionId, [agencyId], day);
      const facts = new Map(
        (
          await this.store.facts(
            tx,
            group.map(({ caseUuid }) => caseUuid),
            agencyId,
            at,
            setting.holdKinds,
          )
        ).map((one) => [one.id, { ...one, waitsFor: null }]),
      );
      const agency = agencyBlocks(day, room ?? null);
      for (const proposal of group) {
        const one = facts.get(proposal.caseUuid);
        was.set(proposal.caseUuid, one?.agencyId ?? null);
        const blocks = one && room ? [...agency, ...caseBlocks(one, room)] : agency;
        const state = blocks.length > 0 ? 'refused' : 'entrusted';
        placed.push({ caseUuid: proposal.caseUuid, caseId: proposal.caseId, agencyId, state, blocks });
      }
    }
    await this.settle(tx, institutionId, proposals, placed, { by, at, was });
    return placed;
  }

  private async totals(
    tx: Tx,
    institutionId: string,
    { maxShareNumber, maxShareAmount }: EntrustmentSetting,
    facts: readonly CaseFacts[],
  ): Promise<Map<string, Totals>> {
    if (maxShareNumber === null && maxShareAmount === null) return new Map();
    const totals = new Map<string, Totals>();
    for (const currency of new Set(facts.map((one) => one.currency)))
      totals.set(currency, await this.store.totals(tx, institutionId, currency));
    return totals;
  }

  private async write(
    tx: Tx,
    institutionId: string,
    kept: readonly { ask: Ask; one: CaseFacts }[],
    placed: readonly Placed[],
    { setting, move }: { readonly setting: EntrustmentSetting; readonly move: Move },
  ): Promise<void> {
    const state = new Map(placed.map((one) => [one.caseUuid, one.state]));
    const waiting = kept.filter(({ one }) => state.get(one.id) !== 'entrusted');
    const proposals = waiting.map(({ ask, one }): NewProposal => ({
      caseUuid: one.id,
      agencyId: ask.agencyId,
      noticeAt: ask.noticeAt,
      readyAt: ask.noticeAt && readyAt(ask.noticeAt, setting),
    }));
    if (proposals.length > 0) await this.store.propose(tx, institutionId, proposals, move);
    // An allocation has one task for all its notices.
    const untold = move.cause === 'allocation' ? [] : waiting.filter(({ ask }) => ask.noticeAt === null);
    await this.tasks.openAll(
      tx,
      institutionId,
      untold.map(({ ask, one }) => ({
        kind: 'give-referral-notice',
        resource: `case/${one.caseId}`,
        caseUuid: one.id,
        detail: { agencyId: ask.agencyId },
      })),
      move.at,
    );
    const going = kept.filter(({ one }) => state.get(one.id) === 'entrusted');
    const moves = going.flatMap(({ ask, one }) =>
      ask.noticeAt === null ? [] : [{ id: one.id, caseId: one.caseId, was: one.agencyId, agencyId: ask.agencyId, noticeAt: ask.noticeAt }],
    );
    await this.move(tx, institutionId, moves, move);
  }

  private async settle(
    tx: Tx,
    institutionId: string,
    proposals: readonly ProposalRecord[],
    placed: readonly Placed[],
    { by, at, was }: { readonly by: string; readonly at: Date; readonly was: ReadonlyMap<string, string | null> },
  ): Promise<void> {
    const of = new Map(placed.map((one) => [one.caseUuid, one]));
    const ends = proposals.map(({ id, caseUuid }) => ({
      id,
      state: of.get(caseUuid)?.state ?? 'refused',
      blocks: of.get(caseUuid)?.blocks ?? [],
    }));
    await this.store.end(tx, ends, { by, at });
    // Those of one allocation go together; others each for its own reason.
    for (const group of Map.groupBy(proposals, ({ id, agencyId, allocation }) => `${agencyId} ${allocation ?? id}`).values()) {
      const [first] = group;
      if (!first) continue;
      const move: Move = { by: first.proposedBy, cause: first.cause, reasonSealed: first.reasonSealed, allocation: first.allocation, at };
      const moves = group.flatMap(({ caseUuid: id, caseId, agencyId, noticeAt }) =>
        noticeAt === null || of.get(id)?.state !== 'entrusted' ? [] : [{ id, caseId, was: was.get(id) ?? null, agencyId, noticeAt }],
      );
      await this.move(tx, institutionId, moves, move);
    }
    const refused = placed.filter(({ state }) => state === 'refused');
    await this.tasks.openAll(
      tx,
      institutionId,
      refused.map(({ caseUuid, caseId, agencyId, blocks }) => ({
        kind: 'mend-entrustment',
        resource: `case/${caseId}`,
        caseUuid,
        detail: { agencyId, blocks: blocks.map(({ code }) => code) },
      })),
      at,
    );
    for (const { caseId, cause } of proposals)
      if (cause !== 'allocation')
        await this.tasks.close(
          tx,
          institutionId,
          { kind: 'give-referral-notice', resource: `case/${caseId}` },
          { by, outcome: 'told', at },
        );
  }

  private async move(
    tx: Tx,
    institutionId: string,
    moves: readonly { id: string; caseId: string; was: string | null; agencyId: string; noticeAt: Date }[],
    move: Move,
  ): Promise<void> {
    const left = moves.flatMap(({ id, caseId, was }) => (was === null ? [] : [{ id, caseId, agencyId: was }]));
    for (const [agencyId, group] of groupsOf(moves)) await this.store.entrust(tx, group, agencyId, move);
    await this.leaving.after(tx, institutionId, left, move);
  }
}

const readyAt = (noticeAt: Date, { noticeHours }: EntrustmentSetting): Date => new Date(noticeAt.getTime() + noticeHours * HOUR_MS);

function stateOf({ noticeAt }: Ask, setting: EntrustmentSetting, at: Date): 'entrusted' | 'awaiting-notice' | 'awaiting-time' {
  if (noticeAt === null) return 'awaiting-notice';
  return readyAt(noticeAt, setting) <= at ? 'entrusted' : 'awaiting-time';
}

const groupsOf = <T extends { readonly agencyId: string }>(items: readonly T[]): [string, T[]][] =>
  [...Map.groupBy(items, ({ agencyId }) => agencyId)].toSorted(([a], [b]) => (a < b ? -1 : 1));

import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { claimKey, rememberResource } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { AfterDesk, wrong, type At, type Call } from '../aftercare/aftercare.desk.ts';
import type { EventCommand } from '../clock/event-command.ts';
import { EventService } from '../clock/event.service.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { rejectionText } from '../complaint/rejection-text.ts';
import type { DuplicateDecisionRequest, DuplicateView } from './duplicate.dto.ts';
import { ALREADY_MERGED, NOT_OPEN, NOT_SAME_PERSON, RULES_REFUSE, SEPARATE_ALREADY } from './duplicate.refusals.ts';
import { DuplicateService, NOTE } from './duplicate.service.ts';
import { DuplicateStore } from './duplicate.store.ts';
import { MergeTelling } from './merge-telling.ts';
import { isBefore, obstacleOf } from './pair.ts';

const CMP20_18 = 'CMP20 18';

/** The two complaints of a decision, both locked. */
interface Pair {
  readonly later: ComplaintRecord;
  readonly earlier: ComplaintRecord;
}

/**
 * What a person decides of two complaints that look alike (CMP20 18): a repeat goes on as what it repeats, and its own clock is over; new facts and reasons in it
 * begin the term of that anew; or they are two matters.
 */
@Injectable()
export class MergingService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(DuplicateStore) private readonly store: DuplicateStore,
    @Inject(DuplicateService) private readonly duplicates: DuplicateService,
    @Inject(EventService) private readonly events: EventService,
    @Inject(MergeTelling) private readonly telling: MergeTelling,
  ) {}

  /**
   * Refuses with NOT_FOUND, RECUSED on either, INVALID, ALREADY_MERGED, NOT_OPEN, NOT_SAME_PERSON, SEPARATE_ALREADY, RULES_REFUSE with the article,
   * IDEMPOTENCY_KEY_REUSED.
   */
  async decide(principal: Principal, complaintId: string, request: DuplicateDecisionRequest, call: Call): Promise<DuplicateView> {
    const { institutionId } = principal;
    if (principal.agencyId !== null) throw new Refusal(NOT_FOUND, { detail: 'There is no such thing here.' });
    const [asked, otherId] = [complaintId.toLowerCase(), request.otherId.toLowerCase()];
    if (otherId === asked) throw wrong('/otherId', 'is this complaint itself');
    return inTransaction(this.database, principal, async (tx) => {
      const records = await this.lockBoth(tx, principal, asked, otherId);
      const record = records.get(asked);
      const other = records.get(otherId);
      if (!record || !other) throw new Error('a complaint that was locked is not there');
      const claim = await claimKey(tx, institutionId, call.idempotency);
      const now = await this.desk.reading.now(tx);
      if (claim === null) {
        const pair = isBefore(record, other) ? { earlier: record, later: other } : { earlier: other, later: record };
        const id = await this.write({ tx, principal, record, now }, pair, request, call);
        await rememberResource(tx, institutionId, call.idempotency, id);
      }
      const after = await this.desk.reading.find(tx, principal, asked);
      return this.duplicates.view({ tx, principal, record: after, now }, call.requestId);
    });
  }

  /** In the order of their ids, as everybody does. */
  private async lockBoth(tx: Tx, principal: Principal, one: string, other: string): Promise<ReadonlyMap<string, ComplaintRecord>> {
    const locked = new Map<string, ComplaintRecord>();
    for (const id of [one, other].toSorted()) locked.set(id, await this.desk.reading.lock(tx, principal, id));
    return locked;
  }

  private async write(at: At, pair: Pair, request: DuplicateDecisionRequest, call: Call): Promise<string> {
    const { tx, principal, now } = at;
    const { later, earlier } = pair;
    const { decision, note, told } = request;
    if ((await this.store.lastOf(tx, later.id, earlier.id)) === decision && decision === 'separate')
      throw new Refusal(SEPARATE_ALREADY, { detail: `${later.number} and ${earlier.number} are two matters.` });
    await this.refuseMerged(tx, later, earlier);
    const { reasons, isSamePerson } = await this.duplicates.likeness(tx, later, earlier);
    const common = {
      institutionId: later.institutionId,
      laterId: later.id,
      earlierId: earlier.id,
      decision,
      reasons,
      noteSealed: this.desk.seal(note, NOTE),
      decidedBy: principal.subject,
      decidedAt: now,
    };
    if (decision === 'separate') {
      if (told) throw wrong('/told', 'is for complaints that are merged');
      const id = await this.store.add(tx, { ...common, toldForm: null, toldAt: null, toldProofSealed: null, dispatch: null });
      await this.desk.note({ ...at, record: later }, 'duplicate-separate', { otherId: earlier.id, otherNumber: earlier.number });
      await this.desk.note({ ...at, record: earlier }, 'duplicate-separate', { otherId: later.id, otherNumber: later.number });
      return id;
    }
    refuseObstacle(pair, isSamePerson);
    const going = decision === 'restarted' ? await this.restart(at, pair, note, call) : earlier;
    await this.record(tx, principal, later, mergedCommand(earlier), call);
    const said = await this.telling.tell(at, { later, earlier: going, restarted: decision === 'restarted' }, told ?? null);
    const id = await this.store.add(tx, { ...common, ...said });
    const data = { decision, reasons };
    await this.desk.note({ ...at, record: later }, 'duplicate-merged-into', { ...data, otherId: earlier.id, otherNumber: earlier.number });
    await this.desk.note({ ...at, record: earlier }, 'duplicate-merged-from', { ...data, otherId: later.id, otherNumber: later.number });
    return id;
  }

  /** The new facts were received with the later complaint: that day is day 0. */
  private async restart(at: At, { later, earlier }: Pair, note: string, call: Call): Promise<ComplaintRecord> {
    const { tx, principal } = at;
    const command: EventCommand = {
      at: later.receivedAt.toISOString(),
      facts: { type: 'new-facts' },
      more: { from: later.id, number: later.number },
      note: { note },
    };
    await this.record(tx, principal, earlier, command, call);
    return this.desk.reading.find(tx, principal, earlier.id);
  }

  /** What the rules refuse is taken back whole. Refuses with RULES_REFUSE. */
  private async record(tx: Tx, principal: Principal, record: ComplaintRecord, command: EventCommand, { language }: Call): Promise<void> {
    const { rejected } = await this.events.recordIn(tx, principal, record, command);
    if (rejected === null) return;
    const detail = `${record.number}: ${rejectionText(rejected.code, language)}`;
    throw new Refusal(RULES_REFUSE, { detail, errors: [{ pointer: '/decision', detail, source: rejected.source }] });
  }

  private async refuseMerged(tx: Tx, later: ComplaintRecord, earlier: ComplaintRecord): Promise<void> {
    for (const record of [later, earlier]) {
      if (record.state !== 'merged') continue;
      const end = await this.store.endOf(tx, record.id);
      throw new Refusal(ALREADY_MERGED, { detail: `${record.number} goes on as ${end?.number ?? ''}: ${end?.id ?? ''}. Decide there.` });
    }
  }
}

const mergedCommand = (earlier: ComplaintRecord): EventCommand => ({
  at: null,
  facts: { type: 'merged' },
  more: { into: earlier.id, number: earlier.number, isSettled: earlier.decidedAt !== null },
  note: {},
});

/** Refuses with NOT_OPEN, NOT_SAME_PERSON. */
function refuseObstacle({ later, earlier }: Pair, isSamePerson: boolean): void {
  const obstacle = obstacleOf(later, earlier, isSamePerson);
  if (obstacle === null) return;
  const zone = Zone.of(earlier.timeZone);
  const closed = earlier.closedAt === null ? '' : zone.format(earlier.closedAt.getTime()).slice(0, 10);
  const details = {
    'later-closed': `${later.number} is closed.`,
    'later-decided': `${later.number} is decided: tell the complainant.`,
    'earlier-closed': `${earlier.number} was closed on ${closed}: decide the later one on its own, or reopen the earlier one on new facts.`,
    'other-person': 'Neither contact nor id number, nor name and account, are the same.',
  } as const;
  const detail = details[obstacle];
  const errors = [{ pointer: '/decision', detail, source: CMP20_18 }];
  throw new Refusal(obstacle === 'other-person' ? NOT_SAME_PERSON : NOT_OPEN, { detail, errors });
}

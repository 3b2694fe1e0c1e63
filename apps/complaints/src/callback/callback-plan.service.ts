import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { Zone } from '#contact-rules';
import { databaseNow, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { Refusal } from '#problem';
import { CONFIG } from '#service';
import { AfterDesk, dueAfter, type At } from '../aftercare/aftercare.desk.ts';
import type { ComplaintsConfig } from '../config.ts';
import { DispatchService } from '../dispatch/dispatch.service.ts';
import { CALLBACK_DISPATCHED } from './callback.topic.ts';
import { CallbackPens } from './callback.pens.ts';
import { CallbackStore, type CallbackRecord } from './callback.store.ts';
import { messageOf } from './message.ts';
import { bucketOf, isDrawn, reachOf } from './sampling.ts';

const DAY_MS = 86_400_000;
const BATCH = 50;
const SYSTEM = 'system:callback';
// Complainants are written to by day.
const [PLANNED_HOUR, FIRST_HOUR, LAST_HOUR] = ['10:00:00', 9, 20];

/** Where and how texts and mails leave. */
@Injectable()
export class CallbackSending {
  constructor(
    @Inject(DispatchService) readonly dispatches: DispatchService,
    @Inject(CONFIG) readonly config: Pick<ComplaintsConfig, 'publicUrl'>,
    @Inject(Clock) readonly clock: Clock,
  ) {}
}

/** Who is called back when: drawn once the complainant was told, sent a link by day, called where no link can be sent. */
@Injectable()
export class CallbackPlanService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(CallbackStore) private readonly store: CallbackStore,
    @Inject(CallbackPens) private readonly pens: CallbackPens,
    @Inject(CallbackSending) private readonly sending: CallbackSending,
  ) {}

  /** Draws a complaint whose complainant was told; once, however often it is asked for. */
  async plan(institutionId: string, complaintId: string): Promise<void> {
    await inTransaction(this.database, { institutionId }, (tx) => this.planIn(tx, institutionId, complaintId));
  }

  /** The same in the caller's transaction. */
  async planIn(tx: Tx, institutionId: string, complaintId: string): Promise<void> {
    const principal = { subject: SYSTEM, clientId: null, institutionId, agencyId: null, roles: [] };
    const record = await this.desk.reading.lockAsParty(tx, principal, complaintId);
    if (record.toldAt === null) return;
    const now = await this.now(tx);
    const at: At = { tx, principal, record, now };
    const { samplePercent, daysAfter, phoneDays } = await this.pens.setting(tx, institutionId);
    const bucket = bucketOf(institutionId, complaintId);
    const drawn = isDrawn(bucket, samplePercent);
    const reach = reachOf(this.desk.personal(record).contact);
    const whyNot = drawn && reach === null ? 'no-contact' : null;
    const isNew = await this.store.draw(tx, { institutionId, complaintId, bucket, samplePercent, drawn, whyNot, at: now });
    if (!isNew || !drawn || reach === null) return;
    const zone = Zone.of(record.timeZone);
    const day = zone.format(record.toldAt.getTime() + daysAfter * DAY_MS).slice(0, 10);
    const plannedAt = new Date(zone.dateStart(day) + Date.parse(`1970-01-01T${PLANNED_HOUR}Z`));
    const channel = reach.channel === 'phone' ? 'phone' : 'link';
    const one = {
      institutionId,
      complaintId,
      purpose: 'satisfaction',
      channel,
      plannedAt,
      reportedBy: null,
      reportSealed: null,
      at: now,
    } as const;
    const id = await this.store.plan(tx, one);
    if (id === null) return;
    if (channel === 'phone') await this.pens.callBy(at, id, dueAfter(zone, plannedAt, phoneDays));
    await this.desk.note(at, 'callback-planned', { callbackId: id, channel, at: plannedAt.toISOString() });
  }

  /** Sends the links that are due; by day. How many. */
  async send(): Promise<number> {
    for (let total = 0; ;) {
      const sent = await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
        const now = await this.now(tx);
        const due = await this.store.due(tx, now, BATCH);
        const byDay = due.filter(({ timeZone }) => isDay(Zone.of(timeZone), now));
        for (const callback of byDay) await this.sendOne(tx, callback, now);
        return { count: byDay.length, more: byDay.length === BATCH };
      });
      total += sent.count;
      if (!sent.more) return total;
    }
  }

  private async sendOne(tx: Tx, callback: CallbackRecord, now: Date): Promise<void> {
    const { id, institutionId, complaintId, number, timeZone } = callback;
    const principal = { subject: SYSTEM, clientId: null, institutionId, agencyId: null, roles: [] };
    const record = await this.desk.reading.find(tx, principal, complaintId);
    const at: At = { tx, principal, record, now };
    const reach = reachOf(this.desk.personal(record).contact);
    const { linkDays, phoneDays } = await this.pens.setting(tx, institutionId);
    const zone = Zone.of(timeZone);
    const { dueAt: expiresAt, dueOn: lastDay } = dueAfter(zone, now, linkDays);
    if (reach === null || reach.channel === 'phone') return this.callInstead(at, id, dueAfter(zone, now, phoneDays));
    const link = `${this.sending.config.publicUrl}/public/satisfaction/${this.pens.token({ institutionId, id })}`;
    const message = messageOf({ channel: reach.channel, number, link, lastDay });
    try {
      const order = {
        institutionId,
        complaintId,
        ...reach,
        ...message,
        purpose: 'satisfaction',
        ref: id,
        topic: CALLBACK_DISPATCHED,
        by: SYSTEM,
      };
      const dispatch = await this.sending.dispatches.queue(tx, order, now);
      await this.store.sent(tx, id, dispatch, now, expiresAt);
      await this.desk.note(at, 'callback-sent', { callbackId: id, channel: reach.channel });
    } catch (error) {
      // An address that none can be sent to: somebody calls.
      if (!(error instanceof Refusal)) throw error;
      await this.callInstead(at, id, dueAfter(zone, now, phoneDays));
    }
  }

  private async callInstead(at: At, id: string, due: { readonly dueOn: string; readonly dueAt: Date }): Promise<void> {
    await this.store.toPhone(at.tx, id);
    await this.pens.callBy(at, id, due);
  }

  /** What became of the message of a link: where it did not arrive, somebody calls. */
  async dispatched(institutionId: string, dispatchId: string): Promise<void> {
    await inTransaction(this.database, { institutionId }, async (tx) => {
      const state = (await this.sending.dispatches.of(tx, institutionId, [dispatchId])).get(dispatchId)?.state;
      const callback = state === 'failed' || state === 'given-up' ? await this.store.ofDispatch(tx, institutionId, dispatchId) : null;
      if (callback === null) return;
      const principal = { subject: SYSTEM, clientId: null, institutionId, agencyId: null, roles: [] };
      const record = await this.desk.reading.find(tx, principal, callback.complaintId);
      const now = await this.now(tx);
      const { phoneDays } = await this.pens.setting(tx, institutionId);
      await this.callInstead({ tx, principal, record, now }, callback.id, dueAfter(Zone.of(record.timeZone), now, phoneDays));
    });
  }

  /** Ends links whose time is over; how many. */
  async expire(): Promise<number> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => this.store.expire(tx, await this.now(tx)));
  }

  private async now(tx: Tx): Promise<Date> {
    return this.sending.clock.override ?? databaseNow(tx);
  }
}

function isDay(zone: Zone, now: Date): boolean {
  const hour = Number(zone.format(now.getTime()).slice(11, 13));
  return hour >= FIRST_HOUR && hour < LAST_HOUR;
}

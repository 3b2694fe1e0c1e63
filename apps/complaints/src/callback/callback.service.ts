import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { INVALID, Refusal, type FieldError } from '#problem';
import { isUuid } from '#wire';
import { AfterDesk, dueAfter, happened, type At, type Call } from '../aftercare/aftercare.desk.ts';
import { NOT_IN_THIS_STATE, TOOK_PART } from '../aftercare/aftercare.refusals.ts';
import { toCommand } from '../clock/event-command.ts';
import { EventService } from '../clock/event.service.ts';
import { CallbackAnswering } from './callback.answering.ts';
import type { TryRequest, WithdrawalReportRequest } from './callback.dto.ts';
import { CallbackPens } from './callback.pens.ts';
import { CallbackReading, LOOK, REPORT, TRY_NOTE } from './callback.reading.ts';
import { CallbackStore, type CallbackRecord } from './callback.store.ts';
import type { CallbackView } from './callback.views.ts';

const MOST_TRIES = 3;
const CONFIRM_DAYS = 3;
const NOT_REACHED: readonly string[] = ['no-answer', 'busy', 'wrong-number'];

/** What a call-back is worked with. */
@Injectable()
export class CallbackTools {
  constructor(
    @Inject(CallbackPens) readonly pens: CallbackPens,
    @Inject(CallbackAnswering) readonly answering: CallbackAnswering,
  ) {}
}

/** Calls: how satisfied a complainant is, and whether a withdrawal that an employee reports is his own. */
@Injectable()
export class CallbackService {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(CallbackStore) private readonly store: CallbackStore,
    @Inject(CallbackReading) private readonly readings: CallbackReading,
    @Inject(CallbackTools) private readonly tools: CallbackTools,
    @Inject(EventService) private readonly events: EventService,
  ) {}

  /**
   * An employee says that the complainant withdraws: nothing is withdrawn until another has called and heard it from him (CMP20 15). Refuses with
   * NOT_FOUND, INVALID, NOT_IN_THIS_STATE, RECUSED, IDEMPOTENCY_KEY_REUSED.
   */
  async reportWithdrawal(
    principal: Principal,
    complaintId: string,
    { reasons, reportedAt }: WithdrawalReportRequest,
    call: Call,
  ): Promise<CallbackView> {
    return this.desk.change(principal, async () => complaintId, call, {
      work: async (at) => {
        const { tx, record, now } = at;
        if (record.closedAt !== null) throw new Refusal(NOT_IN_THIS_STATE, { detail: 'The complaint is closed.' });
        happened('/reportedAt', reportedAt, now, { at: record.receivedAt, what: 'the complaint was received' });
        const { institutionId, id: complaint, timeZone } = record;
        const one = { institutionId, complaintId: complaint, purpose: 'confirm-withdrawal', channel: 'phone' } as const;
        const reportSealed = this.desk.seal(reasons, REPORT);
        const id = await this.store.plan(tx, { ...one, plannedAt: now, reportedBy: principal.subject, reportSealed, at: now });
        if (id === null) throw new Refusal(NOT_IN_THIS_STATE, { detail: 'A withdrawal waits to be confirmed already.' });
        await this.tools.pens.callBy(at, id, dueAfter(Zone.of(timeZone), now, CONFIRM_DAYS));
        await this.desk.note(at, 'withdrawal-reported', { callbackId: id });
        return id;
      },
      show: (at, id) => this.readings.view(at, id, call.requestId),
    });
  }

  /**
   * One call and what came of it. Never by whoever handled the complaint or reported its withdrawal. Refuses with NOT_FOUND, INVALID, TOOK_PART,
   * NOT_IN_THIS_STATE, RECUSED, IDEMPOTENCY_KEY_REUSED.
   */
  async call(principal: Principal, id: string, request: TryRequest, call: Call): Promise<CallbackView> {
    return this.change(principal, id, call, async (at, callback) => {
      checkTry(callback, request);
      if (callback.state !== 'planned' && callback.state !== 'sent') throw over(callback);
      if ([callback.handler, at.record.handler, callback.reportedBy].includes(principal.subject))
        throw new Refusal(TOOK_PART, { detail: `${principal.subject} handled it, or reported it: somebody else calls.` });
      const { tx, record, now } = at;
      const { result, note, score } = request;
      const noteSealed = note ? this.desk.seal(note, TRY_NOTE) : null;
      await this.store.addTry(tx, record.institutionId, id, { at: now, by: principal.subject, result, noteSealed });
      if (result === 'answered' && score)
        return this.tools.answering.take(at, callback, { ...request, score }, { via: 'phone', by: principal.subject, language: null });
      if (result === 'confirmed') return this.withdraw(at, callback, note ?? '');
      await this.unanswered(at, callback, result);
    });
  }

  /** The complainant himself says it: only now is it withdrawn. */
  private async withdraw(at: At, { id }: CallbackRecord, note: string): Promise<void> {
    const { tx, principal, record } = at;
    await this.finish(at, id, 'confirmed');
    await this.desk.note(at, 'withdrawal-confirmed', { callbackId: id });
    await this.events.recordIn(tx, principal, record, toCommand.withdrawal({ evidence: note }));
  }

  private async unanswered(at: At, { id, channel }: CallbackRecord, result: TryRequest['result']): Promise<void> {
    const { tx } = at;
    if (result === 'denied' || result === 'refused') {
      await this.finish(at, id, result);
      return this.desk.note(at, result === 'denied' ? 'withdrawal-denied' : 'callback-refused', { callbackId: id });
    }
    await this.desk.note(at, 'callback-tried', { callbackId: id, result });
    const tries = (await this.store.tries(tx, [id])).filter((one) => NOT_REACHED.includes(one.result));
    // A link may still be answered.
    if (tries.length < MOST_TRIES || channel === 'link') return;
    await this.finish(at, id, 'unreachable');
    await this.desk.note(at, 'callback-unreachable', { callbackId: id, tries: tries.length });
  }

  private async finish({ tx, now, principal }: At, id: string, state: 'confirmed' | 'denied' | 'refused' | 'unreachable'): Promise<void> {
    await this.store.end(tx, id, state, now, principal.subject);
    await this.tools.pens.called(tx, id, now);
  }

  /** A supervisor has looked at a low score. Refuses with NOT_FOUND, NOT_IN_THIS_STATE, IDEMPOTENCY_KEY_REUSED. */
  async look(principal: Principal, id: string, note: string, call: Call): Promise<CallbackView> {
    return this.change(principal, id, call, async (at, callback) => {
      if (!callback.low || callback.lookedAt !== null)
        throw new Refusal(NOT_IN_THIS_STATE, {
          detail: callback.low ? `${callback.lookedBy ?? ''} has looked at it.` : 'It has no low score.',
        });
      await this.store.look(at.tx, id, at.now, principal.subject, this.desk.seal(note, LOOK));
      await this.tools.pens.lookedAt(at.tx, id, at.now);
      await this.desk.note(at, 'callback-looked-at', { callbackId: id });
    });
  }

  private change(
    principal: Principal,
    id: string,
    call: Call,
    work: (at: At, callback: CallbackRecord) => Promise<void>,
  ): Promise<CallbackView> {
    const find = async (tx: Tx) => (isUuid(id) ? this.store.complaintOf(tx, principal.institutionId, id) : null);
    return this.desk.change(principal, find, call, {
      work: async (at) => {
        const callback = await this.store.find(at.tx, id);
        if (callback === null) throw new Error('a call-back went while its complaint was locked');
        await work(at, callback);
        return id;
      },
      show: (at) => this.readings.view(at, id, call.requestId),
    });
  }
}

function checkTry({ purpose }: CallbackRecord, { result, score, resolved, comment, note }: TryRequest): void {
  const errors: FieldError[] = [];
  const ofWithdrawal = result === 'confirmed' || result === 'denied';
  if (ofWithdrawal && purpose === 'satisfaction')
    errors.push({ pointer: '/result', detail: 'is of a withdrawal; this asks for satisfaction' });
  if (result === 'answered' && purpose !== 'satisfaction') errors.push({ pointer: '/result', detail: 'say `confirmed` or `denied`' });
  if (result === 'answered' && !score) errors.push({ pointer: '/score', detail: 'is needed where it was answered' });
  if (result !== 'answered' && (score || resolved || comment))
    errors.push({ pointer: '/result', detail: 'must be `answered` where there is an answer' });
  if (result === 'confirmed' && !note)
    errors.push({ pointer: '/note', detail: 'say what proves it, such as the recording', source: 'CMP20 15' });
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
}

const over = ({ state }: CallbackRecord): Refusal => new Refusal(NOT_IN_THIS_STATE, { detail: `The call-back is ${state}.` });

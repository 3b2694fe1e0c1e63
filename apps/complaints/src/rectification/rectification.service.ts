import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { isUuid } from '#wire';
import { AfterDesk, endOfDay, localDate, wrong, type At, type Call } from '../aftercare/aftercare.desk.ts';
import { AfterDeadlineService } from '../aftercare/after-deadline.service.ts';
import { NOT_IN_THIS_STATE } from '../aftercare/aftercare.refusals.ts';
import { ApprovalService } from '../approval/approval.service.ts';
import { ownFiles } from '../file/own-files.ts';
import { RootCauseService, type CauseRecord } from '../root-cause/root-cause.service.ts';
import type {
  DelayRequest,
  DelaySettlementRequest,
  ImplementationRequest,
  RectificationRequest,
  StepDoneRequest,
} from './rectification.dto.ts';
import { RectificationReading, SEALED } from './rectification.reading.ts';
import { RectificationStore, type RectificationRecord } from './rectification.store.ts';
import type { RectificationView } from './rectification.views.ts';

/** What the service writes and asks with. */
@Injectable()
export class RectificationPens {
  constructor(
    @Inject(AfterDeadlineService) readonly deadlines: AfterDeadlineService,
    @Inject(ApprovalService) readonly approvals: ApprovalService,
  ) {}
}

/** The kind of its requests for approval. */
const DELAY = 'rectification-delay' as const;

/** Measures against the causes of complaints: who does what by when. */
@Injectable()
export class RectificationService {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(RectificationStore) private readonly store: RectificationStore,
    @Inject(RectificationReading) private readonly readings: RectificationReading,
    @Inject(RootCauseService) private readonly causes: RootCauseService,
    @Inject(RectificationPens) private readonly pens: RectificationPens,
  ) {}

  /** Against confirmed causes that are the same. Refuses with INVALID, NOT_FOUND, RECUSED, IDEMPOTENCY_KEY_REUSED. */
  async open(principal: Principal, request: RectificationRequest, call: Call): Promise<RectificationView> {
    const ids = [...new Set(request.causes)];
    if (ids.some((id) => !isUuid(id))) throw wrong('/causes', 'must be ids of confirmed root causes');
    let causes: readonly CauseRecord[] = [];
    const find = async (tx: Tx): Promise<string> => {
      causes = await this.causes.causes(tx, principal.institutionId, ids);
      const [first] = causes;
      if (first === undefined || causes.length < ids.length) throw wrong('/causes', 'there is no such root cause here');
      return first.complaintId;
    };
    return this.desk.change(principal, find, call, {
      work: async (at) => {
        const { tx, record, now } = at;
        const zone = Zone.of(record.timeZone);
        const first = this.sameCause(await this.causes.causes(tx, record.institutionId, ids));
        if (request.dueOn < localDate(zone, now)) throw wrong('/dueOn', 'has passed');
        const due = endOfDay(zone, request.dueOn);
        const { kind: causeKind, objectKind, objectRef } = first;
        const id = await this.store.add(tx, {
          institutionId: record.institutionId,
          complaintId: record.id,
          causeKind,
          objectKind,
          objectRef,
          titleSealed: this.desk.seal(request.title, SEALED.title),
          ownerKind: request.ownerKind,
          owner: request.owner,
          ...due,
          timeZone: record.timeZone,
          openedBy: principal.subject,
          openedAt: now,
          causes: ids,
          steps: request.steps.map(({ text, dueOn }) => ({ sealed: this.desk.seal(text, SEALED.step), dueOn: dueOn ?? null })),
        });
        await this.setDue(at, { id, ...due, ownerKind: request.ownerKind, owner: request.owner });
        await this.noteAll(at, causes, { rectificationId: id, dueOn: request.dueOn });
        return id;
      },
      show: (at, id) => this.readings.view(at, id, call.requestId, call.language),
    });
  }

  private sameCause(causes: readonly CauseRecord[]): CauseRecord {
    const [first] = causes;
    if (first === undefined) throw new Error('a cause went while its complaint was locked');
    if (causes.some(({ state }) => state !== 'confirmed'))
      throw wrong('/causes', 'must be confirmed: a measure is taken against what is known');
    const isSame = (one: CauseRecord): boolean =>
      one.kind === first.kind && one.objectKind === first.objectKind && one.objectRef === first.objectRef;
    if (!causes.every(isSame)) throw wrong('/causes', 'must be of one kind and one object: its effect is measured on them');
    return first;
  }

  private async noteAll(at: At, causes: readonly CauseRecord[], data: Readonly<Record<string, unknown>>): Promise<void> {
    for (const complaintId of new Set(causes.map((cause) => cause.complaintId)))
      await this.desk.note({ ...at, record: { ...at.record, id: complaintId } }, 'rectification-opened', data);
  }

  /** A step is done, with what shows it. Refuses with NOT_FOUND, INVALID, NOT_IN_THIS_STATE, IDEMPOTENCY_KEY_REUSED. */
  doStep(principal: Principal, id: string, n: number, { note, files }: StepDoneRequest, call: Call): Promise<RectificationView> {
    return this.change(principal, id, call, async ({ tx, now }, measure) => {
      if (measure.state !== 'open') throw notNow(measure, 'its steps are done while it is open');
      const step = (await this.store.steps(tx, id)).find((one) => one.n === n);
      if (step === undefined) throw new Refusal(NOT_FOUND, { detail: 'The measure has no such step.' });
      if (step.doneAt !== null) throw new Refusal(NOT_IN_THIS_STATE, { detail: `${step.doneBy ?? ''} has done step ${n}.` });
      const noteSealed = this.desk.seal(note, SEALED.stepNote);
      const about = [measure.complaintId, ...(await this.store.causes(tx, id)).map(({ complaintId }) => complaintId)];
      await this.store.doStep(tx, id, n, { by: principal.subject, at: now, noteSealed, files: await ownFiles(tx, about, '/files', files) });
    });
  }

  /** All its steps are done, and it is in place: from here on its effect counts. Refuses with NOT_FOUND, INVALID, NOT_IN_THIS_STATE, IDEMPOTENCY_KEY_REUSED. */
  implement(principal: Principal, id: string, { implementedOn }: ImplementationRequest, call: Call): Promise<RectificationView> {
    return this.change(principal, id, call, async (at, measure) => {
      const { tx, now } = at;
      if (measure.state !== 'open') throw notNow(measure, 'it is put in place once');
      if (measure.stepsDone < measure.steps)
        throw new Refusal(NOT_IN_THIS_STATE, { detail: `${measure.steps - measure.stepsDone} of its steps are not done.` });
      const zone = Zone.of(measure.timeZone);
      if (implementedOn > localDate(zone, now)) throw wrong('/implementedOn', 'is in the future');
      if (implementedOn < localDate(zone, measure.openedAt)) throw wrong('/implementedOn', 'is before the measure was taken');
      await this.store.implement(tx, id, implementedOn, principal.subject, now);
      await this.pens.deadlines.end(tx, 'rectification', [id], now);
      await this.desk.note(at, 'rectification-implemented', { rectificationId: id, implementedOn });
    });
  }

  /** Asks for more time; a supervisor who did not ask grants it. Refuses with NOT_FOUND, INVALID, NOT_IN_THIS_STATE, ALREADY_ASKED, IDEMPOTENCY_KEY_REUSED. */
  askDelay(principal: Principal, id: string, { dueOn, reason }: DelayRequest, call: Call): Promise<RectificationView> {
    return this.change(principal, id, call, async ({ tx, record, now }, measure) => {
      if (measure.state !== 'open') throw notNow(measure, 'more time is for what is open');
      if (dueOn <= measure.dueOn) throw wrong('/dueOn', `is not after ${measure.dueOn}`);
      const pending = (await this.store.delays(tx, id)).find(({ granted }) => granted === null);
      if (pending) throw new Refusal(NOT_IN_THIS_STATE, { detail: `More time until ${pending.toOn} is asked for already.` });
      const { institutionId } = record;
      const reasonSealed = this.desk.seal(reason, SEALED.delay);
      const delay = { institutionId, id, fromOn: measure.dueOn, toOn: dueOn, reasonSealed, by: principal.subject, at: now };
      const ref = await this.store.askDelay(tx, delay);
      const asking = {
        institutionId,
        complaintId: record.id,
        kind: DELAY,
        ref,
        role: 'complaint-supervisor',
        askedBy: principal.subject,
      } as const;
      await this.pens.approvals.ask(tx, asking, now);
    });
  }

  /** Refuses with NOT_FOUND, NOT_IN_THIS_STATE, OWN_REQUEST, ALREADY_SETTLED, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  settleDelay(principal: Principal, id: string, { granted, note }: DelaySettlementRequest, call: Call): Promise<RectificationView> {
    return this.change(principal, id, call, async (at, measure) => {
      const { tx, record, now } = at;
      const pending = (await this.store.delays(tx, id)).find((one) => one.granted === null);
      if (!pending || measure.state !== 'open') throw notNow(measure, 'nobody waits for more time');
      const of = { institutionId: record.institutionId, kind: DELAY, ref: pending.id };
      await this.pens.approvals.settle(tx, principal, of, granted ? 'approved' : 'refused', now);
      const noteSealed = note ? this.desk.seal(note, SEALED.delayNote) : null;
      await this.store.settleDelay(tx, pending.id, { granted, by: principal.subject, at: now, noteSealed });
      if (!granted) return;
      const due = endOfDay(Zone.of(measure.timeZone), pending.toOn);
      await this.store.moveDue(tx, id, due.dueOn, due.dueAt);
      await this.setDue(at, { ...measure, ...due });
    });
  }

  private change(
    principal: Principal,
    id: string,
    call: Call,
    work: (at: At, measure: RectificationRecord) => Promise<void>,
  ): Promise<RectificationView> {
    return this.desk.change(principal, (tx) => this.readings.complaintOf(tx, principal, id), call, {
      work: async (at) => {
        const measure = await this.store.find(at.tx, id);
        if (measure === null) throw new Error('a measure went while its complaint was locked');
        await work(at, measure);
        return id;
      },
      show: (at) => this.readings.view(at, id, call.requestId, call.language),
    });
  }

  private setDue(at: At, one: Pick<RectificationRecord, 'id' | 'dueOn' | 'dueAt' | 'ownerKind' | 'owner'>): Promise<void> {
    const { id: ref, dueOn, dueAt, ownerKind, owner } = one;
    const person = ownerKind === 'member' ? owner : null;
    const role = 'complaint-supervisor';
    return this.pens.deadlines.set(at, { kind: 'rectification', ref, dueOn, dueAt, person, role, escalateRole: role });
  }
}

const notNow = ({ state }: RectificationRecord, detail: string): Refusal =>
  new Refusal(NOT_IN_THIS_STATE, { detail: `The measure is ${state}: ${detail}.` });

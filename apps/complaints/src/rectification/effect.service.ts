import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { Refusal } from '#problem';
import { AfterDesk, endOfDay, wrong, type At, type Call } from '../aftercare/aftercare.desk.ts';
import { NOT_IN_THIS_STATE } from '../aftercare/aftercare.refusals.ts';
import { pastInstant } from '../complaint/past-instant.ts';
import { EffectStore, type EffectRecord, type Window } from './effect.store.ts';
import { comparePoisson, expectedOf, verdictOf } from './poisson.ts';
import type { AcceptanceRequest, EffectRequest, RectificationClosureRequest } from './rectification.dto.ts';
import { RectificationReading, SEALED } from './rectification.reading.ts';
import { EFFECT_NOT_SHOWN, OWNER_ACCEPTS, TOO_EARLY } from './rectification.refusals.ts';
import { RectificationPens } from './rectification.service.ts';
import { RectificationStore, type RectificationRecord } from './rectification.store.ts';
import type { RectificationView } from './rectification.views.ts';

/** The kind of its requests for approval. */
const UNMEASURED = 'rectification-unmeasured' as const;
const DAY_MS = 86_400_000;

const plus = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** What a measure has done, and how it is closed: on an effect that is shown, or because another person accepts that none can be measured. */
@Injectable()
export class EffectService {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(RectificationStore) private readonly store: RectificationStore,
    @Inject(EffectStore) private readonly effects: EffectStore,
    @Inject(RectificationReading) private readonly readings: RectificationReading,
    @Inject(RectificationPens) private readonly pens: RectificationPens,
  ) {}

  /** Counts before and after, and keeps what came of it for good. Refuses with NOT_FOUND, INVALID, NOT_IN_THIS_STATE, TOO_EARLY, IDEMPOTENCY_KEY_REUSED. */
  async measure(principal: Principal, id: string, request: EffectRequest, call: Call): Promise<RectificationView> {
    const cases = casesOf(request);
    return this.change(principal, id, call, async (at, measure) => {
      const { tx, record, now } = at;
      if (measure.state !== 'implemented' || measure.implementedOn === null)
        throw notNow(measure, 'measured once it is in place, and before it is closed');
      const asOf = request.asOf ? pastInstant(request.asOf, now) : now;
      if (asOf === null) throw wrong('/asOf', 'is in the future');
      const { windowDays } = request;
      const days = windowsOf(measure.implementedOn, windowDays);
      const zone = Zone.of(measure.timeZone);
      const until = endOfDay(zone, days.afterTo).dueAt;
      if (asOf < until)
        throw new Refusal(TOO_EARLY, {
          detail: `The ${windowDays} days after it end with ${days.afterTo}: measure from then on, or fewer days.`,
        });
      const cause = { kind: measure.causeKind, objectKind: measure.objectKind, objectRef: measure.objectRef };
      const count = (window: Window) => this.effects.counts(tx, record.institutionId, cause, window, asOf);
      const start = (date: string): Date => new Date(zone.dateStart(date));
      const before = await count({ from: start(days.beforeFrom), until: endOfDay(zone, days.beforeTo).dueAt });
      const after = await count({ from: start(days.afterFrom), until });
      const expected = expectedOf(after.pending, before.same + after.same, before.settled + after.settled);
      const counts = {
        before: before.same,
        after: after.same,
        exposureBefore: windowDays * (cases.beforeCases ?? 1),
        exposureAfter: windowDays * (cases.afterCases ?? 1),
      };
      const { ratio, low, high, pFewer } = comparePoisson(counts);
      const { verdict, pWithPending } = verdictOf(counts, expected);
      await this.effects.add(tx, record.institutionId, id, {
        asOf,
        windowDays,
        ...days,
        before: before.same,
        after: after.same,
        beforePending: before.pending,
        afterPending: after.pending,
        afterExpected: expected,
        ...cases,
        ratio,
        ratioLow: low,
        ratioHigh: high,
        pValue: pFewer,
        pWithPending,
        verdict,
        measuredBy: principal.subject,
        measuredAt: now,
      });
    });
  }

  /** Closes it on its last measurement, which shows the effect. Refuses with NOT_FOUND, INVALID, NOT_IN_THIS_STATE, EFFECT_NOT_SHOWN, IDEMPOTENCY_KEY_REUSED. */
  close(principal: Principal, id: string, { effectId, note }: RectificationClosureRequest, call: Call): Promise<RectificationView> {
    return this.change(principal, id, call, async (at, measure) => {
      if (measure.state !== 'implemented') throw notNow(measure, 'closed once it is in place');
      const effects = await this.effects.list(at.tx, id);
      const effect = effects.find((one) => one.id === effectId);
      if (effect === undefined) throw wrong('/effectId', 'is no measurement of this measure');
      if (effect !== effects.at(-1)) throw wrong('/effectId', 'is not the last measurement');
      if (effect.verdict !== 'shown') throw notShown(effect);
      await this.end(at, measure, 'effective', note ?? null, effect.id);
    });
  }

  /** Says why its effect cannot be measured, for another person to accept. Refuses with NOT_FOUND, NOT_IN_THIS_STATE, ALREADY_ASKED, IDEMPOTENCY_KEY_REUSED. */
  cannotMeasure(principal: Principal, id: string, reason: string, call: Call): Promise<RectificationView> {
    return this.change(principal, id, call, async ({ tx, record, now }, measure) => {
      if (measure.state !== 'implemented') throw notNow(measure, 'is for what is in place');
      const { institutionId, id: complaintId } = record;
      const by = principal.subject;
      await this.pens.approvals.ask(
        tx,
        { institutionId, complaintId, kind: UNMEASURED, ref: id, role: 'complaint-supervisor', askedBy: by },
        now,
      );
      await this.store.unmeasured(tx, id, { sealed: this.desk.seal(reason, SEALED.unmeasured), by, at: now });
    });
  }

  /**
   * A second person closes it without an effect, or lets it go on. Refuses with NOT_FOUND, NOT_IN_THIS_STATE, OWN_REQUEST, OWNER_ACCEPTS, ALREADY_SETTLED,
   * FORBIDDEN, IDEMPOTENCY_KEY_REUSED.
   */
  accept(principal: Principal, id: string, { accepted, reason }: AcceptanceRequest, call: Call): Promise<RectificationView> {
    return this.change(principal, id, call, async (at, measure) => {
      if (measure.state !== 'implemented' || measure.unmeasuredBy === null) throw notNow(measure, 'nobody says that it cannot be measured');
      if (measure.ownerKind === 'member' && measure.owner === principal.subject)
        throw new Refusal(OWNER_ACCEPTS, { detail: `${principal.subject} answers for the measure.` });
      const of = { institutionId: at.record.institutionId, kind: UNMEASURED, ref: id };
      await this.pens.approvals.settle(at.tx, principal, of, accepted ? 'approved' : 'refused', at.now);
      if (accepted) await this.end(at, measure, 'accepted', reason, null);
      else await this.store.unmeasured(at.tx, id, null);
    });
  }

  /** Refuses with NOT_FOUND, NOT_IN_THIS_STATE, IDEMPOTENCY_KEY_REUSED. */
  cancel(principal: Principal, id: string, reason: string, call: Call): Promise<RectificationView> {
    return this.change(principal, id, call, async (at, measure) => {
      if (measure.closedAt !== null) throw notNow(measure, 'it is over');
      await this.end(at, measure, 'cancelled', reason, null);
    });
  }

  private async end(
    at: At,
    { id }: RectificationRecord,
    state: 'effective' | 'accepted' | 'cancelled',
    note: string | null,
    effectId: string | null,
  ): Promise<void> {
    const { tx, record, principal, now } = at;
    const noteSealed = note ? this.desk.seal(note, SEALED.close) : null;
    await this.store.close(tx, id, { state, by: principal.subject, at: now, noteSealed, effectId });
    await this.pens.deadlines.end(tx, 'rectification', [id], now);
    await this.pens.approvals.moot(tx, { institutionId: record.institutionId, kind: UNMEASURED, ref: id }, principal.subject, now);
    await this.desk.note(at, 'rectification-closed', { rectificationId: id, state });
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
}

/** The day of the measure itself belongs to neither side. */
function windowsOf(implementedOn: string, days: number) {
  return {
    beforeFrom: plus(implementedOn, -days),
    beforeTo: plus(implementedOn, -1),
    afterFrom: plus(implementedOn, 1),
    afterTo: plus(implementedOn, days),
  };
}

function casesOf({ openCasesBefore, openCasesAfter, openCasesSource }: EffectRequest) {
  const given = [openCasesBefore, openCasesAfter, openCasesSource];
  if (given.every((one) => !one)) return { beforeCases: null, afterCases: null, casesSource: null };
  if (given.some((one) => !one)) throw wrong('/openCasesSource', 'give both numbers of cases and where they are from, or none');
  const [beforeCases, afterCases] = [Number(openCasesBefore), Number(openCasesAfter)];
  for (const [pointer, value] of [
    ['/openCasesBefore', beforeCases],
    ['/openCasesAfter', afterCases],
  ] as const)
    if (!(value > 0 && value < 1e11)) throw wrong(pointer, 'must be more than none');
  return { beforeCases, afterCases, casesSource: openCasesSource ?? null };
}

const notShown = ({ verdict }: EffectRecord): Refusal =>
  new Refusal(EFFECT_NOT_SHOWN, { detail: `The measurement says ${verdict}: measure again later, or say why it cannot be measured.` });

const notNow = ({ state }: RectificationRecord, detail: string): Refusal =>
  new Refusal(NOT_IN_THIS_STATE, { detail: `The measure is ${state}: ${detail}.` });

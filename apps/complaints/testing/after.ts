import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import { AfterDeadlineService } from '../src/aftercare/after-deadline.service.ts';
import { AfterDeadlineStore } from '../src/aftercare/after-deadline.store.ts';
import { AfterDesk, type Call } from '../src/aftercare/aftercare.desk.ts';
import { InvolvementService } from '../src/aftercare/involvement.service.ts';
import { InvolvementStore } from '../src/aftercare/involvement.store.ts';
import { MediationService } from '../src/mediation/mediation.service.ts';
import { MediationStore } from '../src/mediation/mediation.store.ts';
import { CallbackAnswering } from '../src/callback/callback.answering.ts';
import { CallbackPens } from '../src/callback/callback.pens.ts';
import { CallbackPlanService } from '../src/callback/callback-plan.service.ts';
import { CallbackReading } from '../src/callback/callback.reading.ts';
import { CallbackService } from '../src/callback/callback.service.ts';
import { CallbackStore } from '../src/callback/callback.store.ts';
import { SatisfactionService } from '../src/callback/satisfaction.service.ts';
import { DispatchService } from '../src/dispatch/dispatch.service.ts';
import { DispatchStore } from '../src/dispatch/dispatch.store.ts';
import { DispatchTrail } from '../src/dispatch/dispatch.trail.ts';
import { EffectService } from '../src/rectification/effect.service.ts';
import { EffectStore } from '../src/rectification/effect.store.ts';
import { RectificationReading } from '../src/rectification/rectification.reading.ts';
import { RectificationPens, RectificationService } from '../src/rectification/rectification.service.ts';
import { RectificationStore } from '../src/rectification/rectification.store.ts';
import { RootCauseService } from '../src/root-cause/root-cause.service.ts';
import { RootCauseStore } from '../src/root-cause/root-cause.store.ts';
import { ReopeningService } from '../src/reopening/reopening.service.ts';
import { ReopeningStore } from '../src/reopening/reopening.store.ts';
import { ReviewReading } from '../src/review/review.reading.ts';
import { ReviewService } from '../src/review/review.service.ts';
import { ReviewStore } from '../src/review/review.store.ts';
import { handler, principal, type Stage } from './stage.ts';
import { Supervision } from './supervision.ts';

/** Nobody who handled the complaints of the stage. */
export const superior = principal('complaint-supervisor', { subject: 'superior-1' });
export const superior2 = principal('complaint-supervisor', { subject: 'superior-2' });
export const regulator = principal('regulator');

export const key = (name: string): IdempotentRequest => ({ key: name, hash: Buffer.alloc(32, name) });
export const call = (idempotency: IdempotentRequest | null = null): Call => ({ idempotency, requestId: 'request-1', language: 'en' });

/** What came of a work: `done`, or the code of its refusal. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error as { kind?: { code: string } }).kind?.code ?? String(error),
  );

/** The rooms after the decision, on a stage. */
export class AfterRoom {
  readonly desk: AfterDesk;
  readonly deadlines: AfterDeadlineService;
  readonly involvement = new InvolvementService(new InvolvementStore());
  readonly reopenings: ReopeningService;
  readonly mediations: MediationService;
  readonly causes: RootCauseService;
  readonly rectifications: RectificationService;
  readonly rectificationReading: RectificationReading;
  readonly effects: EffectService;
  readonly pens: CallbackPens;
  readonly plans: CallbackPlanService;
  readonly callbackReading: CallbackReading;
  readonly callbacks: CallbackService;
  readonly satisfaction: SatisfactionService;
  readonly reviewReading: ReviewReading;
  readonly reviews: ReviewService;

  constructor(readonly stage: Stage) {
    const { source, clock, vault, reading, timeline, registrations } = stage;
    this.desk = new AfterDesk(source, reading, timeline, vault);
    this.deadlines = new AfterDeadlineService(source, clock, new AfterDeadlineStore());
    this.reopenings = new ReopeningService(this.desk, new ReopeningStore(), registrations, vault);
    this.mediations = new MediationService(this.desk, new MediationStore(), stage.events);
    const { approvals } = new Supervision(stage);
    const [measures, effects] = [new RectificationStore(), new EffectStore()];
    const pens = new RectificationPens(this.deadlines, approvals);
    this.causes = new RootCauseService(this.desk, new RootCauseStore(), this.involvement, approvals);
    this.rectificationReading = new RectificationReading(this.desk, measures, effects, vault);
    this.rectifications = new RectificationService(this.desk, measures, this.rectificationReading, this.causes, pens);
    this.effects = new EffectService(this.desk, measures, effects, this.rectificationReading, pens);
    const callbacks = new CallbackStore();
    this.pens = new CallbackPens(callbacks, this.deadlines, vault);
    const dispatches = new DispatchService(source, new DispatchStore(), new DispatchTrail(timeline), reading, vault);
    const sending = { dispatches, config: { publicUrl: 'https://bank.example' }, clock };
    this.plans = new CallbackPlanService(source, this.desk, callbacks, this.pens, sending);
    const answering = new CallbackAnswering(this.desk, callbacks, this.pens);
    this.callbackReading = new CallbackReading(this.desk, callbacks, this.pens);
    this.callbacks = new CallbackService(this.desk, callbacks, this.callbackReading, { pens: this.pens, answering }, stage.events);
    this.satisfaction = new SatisfactionService(source, clock, this.desk, this.pens, { store: callbacks, answering });
    const reviews = new ReviewStore();
    this.reviewReading = new ReviewReading(this.desk, reviews, this.involvement, vault);
    this.reviews = new ReviewService(this.desk, reviews, this.reviewReading, this.deadlines, this.reopenings);
  }

  /** A complaint received on the first of October 2026, decided and told on the tenth. */
  async closed(
    more: Parameters<Stage['register']>[0] = {},
    outcome: 'upheld' | 'not-upheld' = 'upheld',
    by: Principal = handler,
  ): Promise<string> {
    const { stage } = this;
    const before = stage.clock.override;
    stage.now = '2026-10-10T15:00:00+08:00';
    const { id } = await stage.register({ receivedAt: '2026-10-01T09:00:00+08:00', ...more }, by);
    await stage.record(id, { at: null, facts: { type: 'decided' }, more: { outcome }, note: { text: '属实' } }, by);
    await stage.tell(id);
    stage.clock.override = before;
    return id;
  }

  async kinds(complaintId: string): Promise<string[]> {
    const rows = await this.stage.sql<{ kind: string }>('select kind from timeline where complaint = $1 order by id', [complaintId]);
    return rows.map(({ kind }) => kind);
  }
}

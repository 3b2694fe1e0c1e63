import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { fromCents, standingOf, toCents, type Standing } from '#plan-rules';
import type { Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { ActService } from '../act/act.service.ts';
import { TaskService } from '../task/task.service.ts';
import { PlanDesk } from './plan-desk.ts';
import { PlanHolds } from './plan-holds.ts';
import { draw, toTerms } from './plan-terms.ts';
import { localDay, taskOf, type Asking } from './plan.service.ts';
import type { PlanDetailView, PlanReasonRequest } from './plan.dto.ts';
import { PLAN_IN_ARREARS, PLAN_STALE } from './plan.refusals.ts';
import { PlanStore, type PlanRecord } from './plan.store.ts';

const SKEW_MS = 60_000;

/** What proves that both sides agreed. */
export interface Evidence {
  readonly agreedAt: Date;
  readonly upload: string | null;
  readonly documentSha256: Buffer | null;
  readonly recording: string | null;
}

/** From the agreement on: the plan holds the debtor, in the transaction that makes it active, until an instalment is missed. */
@Injectable()
export class AgreementService {
  constructor(
    @Inject(PlanDesk) private readonly desk: PlanDesk,
    @Inject(PlanStore) private readonly store: PlanStore,
    @Inject(PlanHolds) private readonly holds: PlanHolds,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(TaskService) private readonly tasks: TaskService,
  ) {}

  /**
   * Makes an approved plan active. No permit is dated after it, in whatever process, and those that were given before are taken back.
   * Refuses with NOT_FOUND, PLAN_STATE, PLAN_STALE (paid or overtaken meanwhile), INVALID (the day of the agreement; the term, with its article), UNAVAILABLE.
   */
  async activate(tx: Tx, principal: Principal, id: string, evidence: Evidence): Promise<void> {
    const plan = await this.desk.lock(tx, principal, id, ['approved']);
    const { institutionId, subject } = principal;
    const replaced = plan.replaces === null ? null : await this.desk.lock(tx, principal, plan.replaces, ['active']);
    const settings = await this.desk.repayment.settingsOf(tx, institutionId);
    const payments = await this.holds.paymentsOf(tx, institutionId, plan, evidence.agreedAt);
    await this.holds.stopGates(tx, institutionId);
    const now = await this.desk.repayment.now(tx);
    const termFrom = checkAgreement(plan, replaced, evidence.agreedAt, now);
    const graceDays = settings.planGraceDays;
    const standing = standingOf(runningOf(plan, { graceDays, timeZone: plan.debtorZone, forgivenUntil: null }), payments);
    if (standing.kind === 'completed' || standing.breaksAt <= now.getTime())
      throw new Refusal(PLAN_STALE, {
        detail: standing.kind === 'completed' ? 'It has been paid already.' : 'Its first instalment has been missed already; revise it.',
      });
    const { debtor, caseUuid, debtorZone: timeZone } = plan;
    if (replaced) await this.end(tx, principal, replaced, 'replaced', now);
    await this.store.activate(tx, {
      ...evidence,
      id,
      institutionId,
      debtor,
      now,
      by: subject,
      termFrom,
      timeZone,
      graceDays,
      breaksAt: new Date(standing.breaksAt),
      next: standing.instalment,
      paid: fromCents(standing.paid),
    });
    await this.holds.revoke(tx, institutionId, debtor, now);
    const detail = {
      agreedAt: evidence.agreedAt,
      evidence: evidence.recording === null ? 'signed-document' : 'oral-recording',
      breaksAt: new Date(standing.breaksAt),
    };
    await this.acts.note(tx, principal, { action: 'plan-activated', resource: id, caseUuid, detail }, now);
    await this.tasks.close(tx, institutionId, taskOf('sign-plan', id), { by: subject, outcome: 'active', at: now });
  }

  /**
   * Takes a broken plan up again once what has fallen due is paid; the rest of its term goes on. Refuses with NOT_FOUND, PLAN_STATE, PLAN_IN_ARREARS,
   * PLAN_STALE (another runs), IDEMPOTENCY_KEY_REUSED, UNAVAILABLE.
   */
  reinstate({ principal, idempotency, requestId }: Asking, id: string, { reason }: PlanReasonRequest): Promise<PlanDetailView> {
    const work = async (tx: Tx): Promise<string> => {
      const plan = await this.desk.lock(tx, principal, id, ['broken']);
      const { institutionId, subject } = principal;
      const { caseUuid, debtor, agreedAt } = plan;
      if ((await this.store.openOn(tx, debtor, plan.debtId)).length > 0)
        throw new Refusal(PLAN_STALE, { detail: 'Another plan on the debt is under way.' });
      const payments = await this.holds.paymentsOf(tx, institutionId, plan, agreedAt ?? plan.draftedAt);
      await this.holds.stopGates(tx, institutionId);
      const now = await this.desk.repayment.now(tx);
      const standing = standingAgain(plan, payments, now);
      await this.store.reinstate(tx, id, { now, breaksAt: new Date(standing.breaksAt), next: standing.instalment });
      await this.holds.revoke(tx, institutionId, debtor, now);
      const detail = { breaksAt: new Date(standing.breaksAt), instalment: standing.instalment };
      await this.acts.note(tx, principal, { action: 'plan-reinstated', resource: id, caseUuid, detail, reason }, now);
      await this.tasks.close(
        tx,
        institutionId,
        { kind: 'follow-up-broken-plan', resource: `plan/${id}` },
        { by: subject, outcome: 'reinstated', at: now },
      );
      return id;
    };
    return this.desk.repayment.once(principal, idempotency, work, (tx) => this.desk.show(tx, principal, id, requestId));
  }

  /** Before it is active, or after: the debtor wants it no more, or it was broken and is given up. Refuses with NOT_FOUND, PLAN_STATE, IDEMPOTENCY_KEY_REUSED. */
  cancel({ principal, idempotency, requestId }: Asking, id: string, { reason }: PlanReasonRequest): Promise<PlanDetailView> {
    const work = async (tx: Tx): Promise<string> => {
      const plan = await this.desk.lock(tx, principal, id, ['draft', 'proposed', 'approved', 'active', 'broken']);
      await this.end(tx, principal, plan, 'cancelled', await this.desk.repayment.now(tx), reason);
      return id;
    };
    return this.desk.repayment.once(principal, idempotency, work, (tx) => this.desk.show(tx, principal, id, requestId));
  }

  private async end(
    tx: Tx,
    principal: Principal,
    plan: PlanRecord,
    why: 'cancelled' | 'replaced',
    now: Date,
    reason?: string,
  ): Promise<void> {
    const { id, caseUuid, state } = plan;
    await this.store.end(tx, id, why, now);
    const said = reason === undefined ? {} : { reason };
    await this.acts.note(tx, principal, { action: 'plan-cancelled', resource: id, caseUuid, detail: { state, why }, ...said }, now);
    for (const kind of ['approve-plan', 'sign-plan', 'follow-up-broken-plan'] as const)
      await this.tasks.close(
        tx,
        principal.institutionId,
        { kind, resource: `plan/${id}` },
        { by: principal.subject, outcome: why, at: now },
      );
  }
}

type Terms = Pick<PlanRecord, 'instalments'>;
const runningOf = ({ instalments }: Terms, more: { graceDays: number; timeZone: string; forgivenUntil: number | null }) => ({
  instalments: instalments.map(({ n, dueOn, amount }) => ({ n, dueOn, cents: toCents(amount) ?? 0n })),
  ...more,
});

/** From which day the term counts. */
function checkAgreement(plan: PlanRecord, replaced: PlanRecord | null, agreedAt: Date, now: Date): string {
  const { debtorZone, balance, owed, currency } = plan;
  const agreedOn = localDay(agreedAt, debtorZone);
  const invalid = (detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer: '/agreedAt', detail }] });
  if (agreedAt.getTime() > now.getTime() + SKEW_MS) throw invalid('is in the future');
  if (agreedOn < localDay(plan.draftedAt, debtorZone)) throw invalid('is before the day on which the plan was drafted');
  // More than was agreed may have accrued, which the bank forgoes; less means that something was paid that the plan does not know of.
  if ((toCents(balance) ?? 0n) < (toCents(owed) ?? 0n))
    throw new Refusal(PLAN_STALE, {
      detail: `The balance of the case is ${balance} ${currency} now, less than the ${owed} of the plan; revise it.`,
    });
  const termFrom = replaced?.termFrom ?? agreedOn;
  draw(toTerms(plan.terms), { agreedOn, termFrom }, null);
  return termFrom;
}

function standingAgain(
  plan: PlanRecord,
  payments: readonly { at: number; cents: bigint }[],
  now: Date,
): Extract<Standing, { kind: 'running' }> {
  const { graceDays, timeZone, debtorZone, instalments } = plan;
  const zone = timeZone ?? debtorZone;
  const today = Zone.of(zone).format(now.getTime()).slice(0, 10);
  const paid = payments.reduce((sum, { cents }) => sum + cents, 0n);
  const fallen = instalments.filter(({ dueOn }) => dueOn < today).reduce((sum, { amount }) => sum + (toCents(amount) ?? 0n), 0n);
  if (paid < fallen)
    throw new Refusal(PLAN_IN_ARREARS, { detail: `${fromCents(fallen)} ${plan.currency} has fallen due, and ${fromCents(paid)} is paid.` });
  const standing = standingOf(runningOf(plan, { graceDays: graceDays ?? 0, timeZone: zone, forgivenUntil: now.getTime() }), payments);
  if (standing.kind === 'completed' || standing.breaksAt <= now.getTime())
    throw new Refusal(PLAN_STALE, { detail: 'Nothing of it is left to be paid.' });
  return standing;
}

import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import type { IdempotentRequest } from '#idempotency';
import { fromCents, toCents } from '#plan-rules';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { ActService } from '../act/act.service.ts';
import type { CasePlace } from '../case/case.service.ts';
import { TaskService } from '../task/task.service.ts';
import { PlanDesk } from './plan-desk.ts';
import { approverOf, draw, owedOf, toPreview, totalOf, toTerms, type DrawnPlan } from './plan-terms.ts';
import type {
  PlanDetailView,
  PlanListRequest,
  PlanPreviewRequest,
  PlanPreviewView,
  PlanReasonRequest,
  PlanRequest,
  PlanView,
} from './plan.dto.ts';
import { ABOVE_LIMIT, OWN_PLAN, PLAN_RUNS, PLAN_STALE } from './plan.refusals.ts';
import { PlanStore, type DraftContent } from './plan.store.ts';
import { toPlanView } from './plan.view.ts';

const DEFAULT_LIMIT = 50;

/** Who asks, and once for which key. */
export interface Asking {
  readonly principal: Principal;
  readonly idempotency: IdempotentRequest | null;
  readonly requestId: string;
}

export const taskOf = (kind: 'approve-plan' | 'sign-plan', id: string) => ({ kind, resource: `plan/${id}` });

/** Repayment plans until somebody has approved them: nothing is held yet. */
@Injectable()
export class PlanService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(PlanDesk) private readonly desk: PlanDesk,
    @Inject(PlanStore) private readonly store: PlanStore,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(TaskService) private readonly tasks: TaskService,
  ) {}

  /** The instalments of such terms; nothing is kept. Refuses with NOT_FOUND, INVALID. */
  async preview(principal: Principal, caseId: string, request: PlanPreviewRequest): Promise<PlanPreviewView> {
    return inTransaction(this.database, principal, async (tx) => {
      const { place, settings } = await this.desk.repayment.caseOf(tx, principal, caseId);
      const { terms, drawn } = await this.drawn(tx, place, request);
      return toPreview(terms, drawn, place.currency, settings.approvalLimits);
    });
  }

  /** Refuses with NOT_FOUND, INVALID (61 months: with the article), PLAN_RUNS, IDEMPOTENCY_KEY_REUSED. */
  draft({ principal, idempotency, requestId }: Asking, caseId: string, request: PlanRequest): Promise<PlanDetailView> {
    const work = async (tx: Tx): Promise<string> => {
      const { place } = await this.desk.repayment.caseOf(tx, principal, caseId);
      await this.store.lockDebtor(tx, place.debtor);
      const content = await this.contentOf(tx, place, request, null);
      const now = await this.desk.repayment.now(tx);
      const { caseUuid, agencyId } = place;
      const id = await this.store.add(tx, principal.institutionId, { caseUuid, agencyId, by: principal.subject, at: now }, content);
      await this.acts.note(tx, principal, { action: 'plan-drafted', resource: id, caseUuid, detail: saidOf(content) }, now);
      return id;
    };
    return this.desk.repayment.once(principal, idempotency, work, (tx, id) => this.desk.show(tx, principal, id, requestId));
  }

  /** Refuses with NOT_FOUND, INVALID, PLAN_STATE. */
  revise(principal: Principal, id: string, request: PlanRequest, requestId: string): Promise<PlanDetailView> {
    const work = async (tx: Tx): Promise<string> => {
      const plan = await this.desk.lock(tx, principal, id, ['draft']);
      const { place } = await this.desk.repayment.caseOf(tx, principal, plan.caseUuid);
      const content = await this.contentOf(tx, place, request, id);
      const now = await this.desk.repayment.now(tx);
      await this.store.revise(tx, principal.institutionId, id, { by: principal.subject, at: now }, content);
      await this.acts.note(tx, principal, { action: 'plan-drafted', resource: id, caseUuid: plan.caseUuid, detail: saidOf(content) }, now);
      return id;
    };
    return this.desk.repayment.once(principal, null, work, (tx) => this.desk.show(tx, principal, id, requestId));
  }

  /** Hands a draft to whoever may approve it. Refuses with NOT_FOUND, PLAN_STATE, PLAN_STALE, IDEMPOTENCY_KEY_REUSED. */
  propose({ principal, idempotency, requestId }: Asking, id: string): Promise<PlanDetailView> {
    const work = async (tx: Tx): Promise<string> => {
      const plan = await this.desk.lock(tx, principal, id, ['draft']);
      const { caseUuid, owed, currency } = plan;
      if (toCents(plan.balance) !== toCents(owed))
        throw new Refusal(PLAN_STALE, {
          detail: `The balance of the case is ${plan.balance} ${currency} now, and the plan is on ${owed}; revise it.`,
        });
      const now = await this.desk.repayment.now(tx);
      if (plan.firstDueOn < localDay(now, plan.debtorZone))
        throw new Refusal(PLAN_STALE, { detail: 'The first instalment has been due already; revise the plan.' });
      await this.store.propose(tx, id, principal.subject, now);
      const { approvalLimits } = await this.desk.repayment.settingsOf(tx, principal.institutionId);
      const role = approverOf(toCents(owed) ?? 0n, currency, approvalLimits);
      await this.acts.note(
        tx,
        principal,
        { action: 'plan-proposed', resource: id, caseUuid, detail: { owed, currency, approver: role } },
        now,
      );
      await this.tasks.open(tx, principal.institutionId, { ...taskOf('approve-plan', id), caseUuid, role }, now);
      return id;
    };
    return this.desk.repayment.once(principal, idempotency, work, (tx) => this.desk.show(tx, principal, id, requestId));
  }

  /** By a second person. Refuses with NOT_FOUND, PLAN_STATE, OWN_PLAN, ABOVE_LIMIT, IDEMPOTENCY_KEY_REUSED. */
  approve({ principal, idempotency, requestId }: Asking, id: string): Promise<PlanDetailView> {
    const work = async (tx: Tx): Promise<string> => {
      const plan = await this.desk.lock(tx, principal, id, ['proposed']);
      const { institutionId, subject } = principal;
      if ([plan.proposedBy, plan.draftedBy].includes(subject)) throw new Refusal(OWN_PLAN, { detail: 'A second person approves it.' });
      const { approvalLimits } = await this.desk.repayment.settingsOf(tx, institutionId);
      const { caseUuid, owed, currency } = plan;
      const needed = approverOf(toCents(owed) ?? 0n, currency, approvalLimits);
      if (needed === 'head-office-approver' && !principal.roles.includes('head-office-approver'))
        throw new Refusal(ABOVE_LIMIT, {
          detail: `A collections manager approves up to ${approvalLimits[currency] ?? '0.00'} ${currency}; this is ${owed}: the head office approves it.`,
        });
      const now = await this.desk.repayment.now(tx);
      await this.store.approve(tx, id, subject, now);
      await this.acts.note(tx, principal, { action: 'plan-approved', resource: id, caseUuid, detail: { owed, currency } }, now);
      await this.tasks.close(tx, institutionId, taskOf('approve-plan', id), { by: subject, outcome: 'approved', at: now });
      await this.tasks.open(tx, institutionId, { ...taskOf('sign-plan', id), caseUuid, agencyId: plan.agencyId }, now);
      return id;
    };
    return this.desk.repayment.once(principal, idempotency, work, (tx) => this.desk.show(tx, principal, id, requestId));
  }

  /** Back to the draft, to be revised. Refuses with NOT_FOUND, PLAN_STATE, IDEMPOTENCY_KEY_REUSED. */
  giveBack({ principal, idempotency, requestId }: Asking, id: string, { reason }: PlanReasonRequest): Promise<PlanDetailView> {
    const work = async (tx: Tx): Promise<string> => {
      const { caseUuid } = await this.desk.lock(tx, principal, id, ['proposed', 'approved']);
      const now = await this.desk.repayment.now(tx);
      await this.store.giveBack(tx, id);
      await this.acts.note(tx, principal, { action: 'plan-returned', resource: id, caseUuid, reason }, now);
      for (const kind of ['approve-plan', 'sign-plan'] as const)
        await this.tasks.close(tx, principal.institutionId, taskOf(kind, id), { by: principal.subject, outcome: 'returned', at: now });
      return id;
    };
    return this.desk.repayment.once(principal, idempotency, work, (tx) => this.desk.show(tx, principal, id, requestId));
  }

  /** Refuses with NOT_FOUND. */
  find(principal: Principal, id: string, requestId: string): Promise<PlanDetailView> {
    if (!isUuid(id)) throw new Refusal(NOT_FOUND, { detail: 'There is no such repayment plan here.' });
    return inTransaction(this.database, principal, (tx) => this.desk.show(tx, principal, id, requestId));
  }

  /** Of one case, or of all that the caller may see; newest first. Refuses with NOT_FOUND, INVALID. */
  list(principal: Principal, caseId: string | null, request: PlanListRequest): Promise<Page<PlanView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    const { institutionId, agencyId: entrustedTo } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const of = caseId === null ? {} : { caseUuid: (await this.desk.repayment.caseOf(tx, principal, caseId)).place.caseUuid };
      const rows = await this.store.list(tx, { institutionId, entrustedTo, ...of, state: request.state, after, limit });
      return toPage(rows, limit, ({ id }) => id, toPlanView);
    });
  }

  private async contentOf(tx: Tx, place: CasePlace, request: PlanRequest, own: string | null): Promise<DraftContent> {
    const { hardship, circumstances, ...terms } = request;
    const { terms: read, drawn } = await this.drawn(tx, place, request, own);
    const { instalments } = drawn;
    return {
      terms,
      hardship,
      circumstancesSealed: this.desk.seal(circumstances),
      currency: place.currency,
      owed: fromCents(owedOf(read)),
      total: fromCents(totalOf(instalments)),
      months: instalments.length,
      firstDueOn: instalments[0]?.dueOn ?? '',
      lastDueOn: instalments.at(-1)?.dueOn ?? '',
      replaces: request.replaces ?? null,
      instalments: instalments.map(({ n, dueOn, principal, interest, fee, cents }) => ({
        n,
        dueOn,
        principal: fromCents(principal),
        interest: fromCents(interest),
        fee: fromCents(fee),
        amount: fromCents(cents),
      })),
    };
  }

  /** `own`: the draft that it is for. */
  private async drawn(tx: Tx, place: CasePlace, request: PlanPreviewRequest, own: string | null = null) {
    const terms = toTerms(request);
    const { replaces = null } = request;
    const others = (await this.store.openOn(tx, place.debtor, place.debtId)).filter(({ id }) => id !== own);
    const replaced = others.find(({ id, state }) => id === replaces && state === 'active');
    if (replaces !== null && !replaced)
      throw new Refusal(INVALID, { errors: [{ pointer: '/replaces', detail: 'must be the plan that runs on this debt' }] });
    const [other] = others.filter(({ id }) => id !== replaces);
    if (other)
      throw new Refusal(PLAN_RUNS, {
        detail: `The plan ${other.id} is ${other.state}: end it first${other.state === 'active' ? ', or say that this one replaces it' : ''}.`,
      });
    const agreedOn = localDay(await this.desk.repayment.now(tx), place.timeZone);
    const drawn: DrawnPlan = draw(terms, { agreedOn, termFrom: replaced?.termFrom ?? agreedOn }, place);
    return { terms, drawn };
  }
}

export const localDay = (at: Date, timeZone: string): string => Zone.of(timeZone).format(at.getTime()).slice(0, 10);

const saidOf = ({ owed, total, currency, months, firstDueOn, lastDueOn, hardship }: DraftContent) => ({
  owed,
  total,
  currency,
  months,
  firstDueOn,
  lastDueOn,
  hardship,
});

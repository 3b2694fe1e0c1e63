import { Inject, Injectable } from '@nestjs/common';
import { Zone } from '#contact-rules';
import { fromCents, standingOf, toCents, type Standing } from '#plan-rules';
import type { Tx } from '#pg';
import { ActService, type Action } from '../act/act.service.ts';
import { RevocationService } from '../contact/revocation.service.ts';
import { holdGates } from '../gates.ts';
import { PaymentLedger, type NetPayment } from '../payment/payment.ledger.ts';
import { TaskService, type NewTask } from '../task/task.service.ts';
import { PlanSettlementStore, type HoldEnd, type MovedPlan, type MovingPlan } from './plan-settlement.store.ts';
import { transitionOf, type Transition } from './plan-transition.ts';

/** Who settles. */
export const SYSTEM = 'system:repayment';

const PIECE = 200;

interface Moved {
  readonly plan: MovingPlan;
  readonly standing: Standing;
  readonly transition: Transition;
}

/** What an agreement counts: what was paid in its currency from the day of the agreement on. */
export const countedFor = (
  { currency, agreedAt, timeZone }: Pick<MovingPlan, 'currency' | 'agreedAt' | 'timeZone'>,
  net: readonly NetPayment[],
): NetPayment[] => {
  const from = Zone.of(timeZone).dayStart(agreedAt.getTime());
  return net.filter((payment) => payment.currency === currency && payment.at >= from);
};

/** Moves plans, and their holds with them, after payments and once an instalment is missed. The gate waits for none of it: its hold ends by itself. */
@Injectable()
export class PlanSettlement {
  constructor(
    @Inject(PlanSettlementStore) private readonly store: PlanSettlementStore,
    @Inject(PaymentLedger) private readonly ledger: PaymentLedger,
    @Inject(RevocationService) private readonly revocations: RevocationService,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(TaskService) private readonly tasks: TaskService,
  ) {}

  /** Of the cases of the payments, whose rows the caller has locked. */
  async settle(tx: Tx, institutionId: string, net: ReadonlyMap<string, readonly NetPayment[]>, now: Date): Promise<void> {
    await this.moveAll(tx, institutionId, await this.store.lockOf(tx, institutionId, [...net.keys()]), net, now);
  }

  /** Of every institution: says of plans whose hold has ended that they are broken. In pieces, of which each may be done twice; how many. */
  async breakDue(tx: Tx, now: Date): Promise<number> {
    const due = await this.store.lockDue(tx, now, PIECE);
    for (const institutionId of new Set(due.map((plan) => plan.institutionId))) {
      const own = due.filter((plan) => plan.institutionId === institutionId);
      const net = await this.ledger.netOf(
        tx,
        institutionId,
        own.map(({ caseUuid }) => caseUuid),
      );
      await this.moveAll(tx, institutionId, own, net, now);
    }
    return due.length;
  }

  /** Of every institution: what core banking says is cleared needs no plan any more. */
  async endCleared(tx: Tx, now: Date): Promise<number> {
    const ended = await this.store.endCleared(tx, now, SYSTEM);
    for (const { institutionId, id } of ended)
      await this.tasks.close(
        tx,
        institutionId,
        { kind: 'close-paid-plan', resource: `plan/${id}` },
        { by: SYSTEM, outcome: 'debt-cleared', at: now },
      );
    return ended.length;
  }

  private async moveAll(
    tx: Tx,
    institutionId: string,
    plans: readonly MovingPlan[],
    net: ReadonlyMap<string, readonly NetPayment[]>,
    now: Date,
  ): Promise<void> {
    if (plans.length === 0) return;
    const moved = plans.map((plan): Moved => {
      const standing = standingOf(toRunning(plan), countedFor(plan, net.get(plan.caseUuid) ?? []));
      const held = plan.holdUntil === null || plan.holdUntil > now;
      const stood = { state: plan.state, breaksAt: plan.holdUntil?.getTime() ?? null, held };
      return { plan, standing, transition: transitionOf(stood, standing, now.getTime()) };
    });
    await this.store.paid(
      tx,
      moved.map(({ plan, standing }) => ({ id: plan.id, paid: fromCents(standing.paid) })),
    );
    const changed = moved.filter(({ transition }) => transition.to !== 'same');
    if (changed.length === 0) return;
    await this.store.move(tx, changed.map(toRow));
    await this.moveHolds(tx, institutionId, changed, now);
    await this.tell(tx, institutionId, changed, now);
  }

  private async moveHolds(tx: Tx, institutionId: string, changed: readonly Moved[], now: Date): Promise<void> {
    const isHeld = ({ plan }: Moved): boolean => plan.holdUntil === null || plan.holdUntil > now;
    const lapsed = changed.filter((one) => one.transition.to !== 'broken' && !isHeld(one));
    const ends = changed.filter((one) => isHeld(one)).map((one): HoldEnd => ({ hold: one.plan.hold, until: holdUntil(one) }));
    if (ends.length > 0) await this.store.endHolds(tx, ends);
    if (lapsed.length === 0) return;
    // As with a new plan: no permit is on its way that does not see the hold, and none that was given before is used after it.
    await holdGates(tx, institutionId);
    await this.store.holdAnew(
      tx,
      now,
      lapsed.map((one) => ({ id: one.plan.id, until: holdUntil(one) })),
    );
    await this.revocations.revokeOfCases(
      tx,
      institutionId,
      lapsed.map(({ plan }) => plan.caseUuid),
      'collection-stopped',
      now,
    );
  }

  /** The history of the case, and what somebody has to do about it now. */
  private async tell(tx: Tx, institutionId: string, changed: readonly Moved[], now: Date): Promise<void> {
    const said = changed.flatMap(({ plan, standing, transition }) => {
      const action = actionOf(transition);
      if (action === null) return [];
      const detail = standing.kind === 'running' ? { instalment: standing.instalment, dueOn: standing.dueOn } : { reason: 'paid' };
      return [
        { act: { action, resource: plan.id, caseUuid: plan.caseUuid, detail: { ...detail, paid: fromCents(standing.paid) } }, at: now },
      ];
    });
    await this.acts.noteAll(tx, { institutionId, subject: SYSTEM, clientId: null }, said);
    const tasks = changed.flatMap(({ plan, transition }): NewTask[] => {
      const kind = transition.to === 'broken' ? 'follow-up-broken-plan' : transition.to === 'completed' ? 'close-paid-plan' : null;
      return kind === null
        ? []
        : [{ kind, resource: `plan/${plan.id}`, caseUuid: plan.caseUuid, agencyId: transition.to === 'broken' ? plan.agencyId : null }];
    });
    await this.tasks.openAll(tx, institutionId, tasks, now);
    for (const { plan } of changed.filter(({ transition }) => transition.to === 'active' && transition.again))
      for (const kind of ['follow-up-broken-plan', 'close-paid-plan'] as const)
        await this.tasks.close(tx, institutionId, { kind, resource: `plan/${plan.id}` }, { by: SYSTEM, outcome: 'plan-active', at: now });
  }
}

export const toRunning = (plan: Pick<MovingPlan, 'instalments' | 'graceDays' | 'timeZone' | 'forgivenUntil'>) => ({
  instalments: plan.instalments.map(({ n, dueOn, amount }) => ({ n, dueOn, cents: toCents(amount) ?? 0n })),
  graceDays: plan.graceDays,
  timeZone: plan.timeZone,
  forgivenUntil: plan.forgivenUntil?.getTime() ?? null,
});

/** Of a plan that was paid nobody collects what core banking has not yet let off: the hold stays until the case says that it is cleared. */
function holdUntil({ transition }: Moved): Date | null {
  if (transition.to === 'active') return new Date(transition.holdUntil);
  return transition.to === 'broken' ? new Date(transition.at) : null;
}

function actionOf(transition: Transition): Action | null {
  if (transition.to === 'broken') return 'plan-broken';
  if (transition.to === 'completed') return 'plan-completed';
  return transition.to === 'active' && transition.again ? 'plan-restored' : null;
}

function toRow({ plan, standing, transition }: Moved): MovedPlan {
  const running = standing.kind === 'running' ? standing : null;
  const completed = transition.to === 'completed' ? transition : null;
  return {
    id: plan.id,
    state: transition.to,
    paid: fromCents(standing.paid),
    breaksAt: running && new Date(running.breaksAt),
    next: running?.instalment ?? null,
    brokenAt: transition.to === 'broken' ? new Date(transition.at) : null,
    endedAt: completed && new Date(completed.at),
    endReason: completed && 'paid',
  };
}

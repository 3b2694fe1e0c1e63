import { Inject, Injectable } from '@nestjs/common';
import type { Principal, Role } from '#auth';
import type { HoldKind } from '#contact-rules';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { FORBIDDEN, INVALID, NOT_FOUND, Refusal } from '#problem';
import { ActService } from '../act/act.service.ts';
import type { HoldView } from './case.dto.ts';
import { toHoldView } from './case.mapper.ts';
import { HELD_BY_COMPLAINT, HELD_BY_OBJECTION, HELD_BY_PLAN, HELD_FOR_CARE, HOLD_OVER } from './case.refusals.ts';
import { Stopping } from '../contact/stopping.ts';
import type { CaseRecord } from './case.store.ts';
import { spanOf } from './instants.ts';
import { RegisterDesk } from './register-desk.ts';
import type { HoldRequest, ReasonRequest } from './register.dto.ts';
import { RegisterStore } from './register.store.ts';

// Whoever hears of it sets them, at once: to stop is always safe. A plan or an objection is a finding of the bank's.
const SET_AT_ONCE: readonly HoldKind[] = ['cease', 'legal-rep', 'deceased', 'incapacity', 'insolvency'];
const FINDS: readonly Role[] = ['collections-manager', 'compliance', 'integration'];

/** Holds that people set; those of complaints are set and lifted by the complaint. */
@Injectable()
export class HoldSettingService {
  constructor(
    @Inject(RegisterDesk) private readonly desk: RegisterDesk,
    @Inject(RegisterStore) private readonly store: RegisterStore,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(Stopping) private readonly stopping: Stopping,
  ) {}

  /**
   * Sets the hold of another room's finding, a plan or an objection, in its transaction: all contact with the debtor of the case stops, open permits
   * are taken back. Returns its id.
   */
  async place(
    tx: Tx,
    institutionId: string,
    caseUuid: string,
    { kind, from, until = null }: { readonly kind: HoldKind; readonly from: Date; readonly until?: Date | null },
  ): Promise<string> {
    await this.stopping.hold(tx, institutionId, [caseUuid]);
    const id = await this.store.addHold(tx, institutionId, caseUuid, { kind, from, until, scope: {} });
    await this.stopping.revokeOfDebtor(tx, institutionId, caseUuid);
    return id;
  }

  /** Ends what `place` has set. */
  lift(tx: Tx, id: string, at: Date): Promise<void> {
    return this.store.liftHold(tx, id, at);
  }

  /** Holds all contact with the debtor of a case, or what the scope says. Refuses with NOT_FOUND, INVALID, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async set(principal: Principal, caseId: string, request: HoldRequest, idempotency: IdempotentRequest | null): Promise<HoldView> {
    const { kind, reason } = request;
    checkKind(principal, kind);
    const scope = request.scope === 'all' || !request.scope ? {} : definedOf(request.scope);
    return this.desk.change(
      principal,
      idempotency,
      async (tx) => {
        const { caseUuid } = await this.desk.caseOf(tx, principal, caseId);
        const now = await this.desk.now(tx);
        const { from, until } = spanOf(request, now);
        const isWhole = Object.keys(scope).length === 0 && from <= now;
        if (isWhole) await this.stopping.hold(tx, principal.institutionId, [caseUuid]);
        const id = await this.store.addHold(tx, principal.institutionId, caseUuid, { kind, from, until, scope });
        if (isWhole) await this.stopping.revokeOfDebtor(tx, principal.institutionId, caseUuid);
        await this.acts.note(
          tx,
          principal,
          { action: 'hold-set', resource: id, caseUuid, detail: { kind, from, until, scope }, reason },
          now,
        );
        return { caseUuid, id };
      },
      showHold,
    );
  }

  /** Ends a hold now. Refuses with NOT_FOUND, HOLD_OVER, HELD_BY_COMPLAINT, HELD_BY_OBJECTION, HELD_BY_PLAN, HELD_FOR_CARE, IDEMPOTENCY_KEY_REUSED. */
  async release(principal: Principal, id: string, { reason }: ReasonRequest, idempotency: IdempotentRequest | null): Promise<HoldView> {
    return this.desk.change(
      principal,
      idempotency,
      async (tx) => {
        const hold = await this.store.lock(tx, 'hold', principal, id);
        if (hold === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such hold here.' });
        if (hold.kind === 'complaint-hold')
          throw new Refusal(HELD_BY_COMPLAINT, { detail: 'Decide or close the complaint; the hold ends with it.' });
        if (hold.cause === 'care')
          throw new Refusal(HELD_FOR_CARE, { detail: 'Decide the care case; whoever reported it is not who decides it.' });
        if (hold.kind === 'plan-active' && (await this.store.isOfRunningPlan(tx, id)))
          throw new Refusal(HELD_BY_PLAN, { detail: 'Cancel the plan; the hold ends with it.' });
        if (hold.kind === 'objection-open' && (await this.store.isOfObjection(tx, id)))
          throw new Refusal(HELD_BY_OBJECTION, { detail: 'Decide the objection and tell the debtor, or note that it was withdrawn.' });
        const now = await this.desk.now(tx);
        // No hold is shorter: one that was to begin later, or began this very millisecond, ends as it begins.
        const end = new Date(Math.max(now.getTime(), hold.since.getTime() + 1));
        if (hold.until && hold.until <= end) throw new Refusal(HOLD_OVER, { detail: `It ended at ${hold.until.toISOString()}.` });
        await this.store.end(tx, 'hold', id, end);
        const { caseUuid, kind } = hold;
        await this.acts.note(tx, principal, { action: 'hold-released', resource: id, caseUuid, detail: { kind }, reason }, now);
        return { caseUuid, id };
      },
      showHold,
    );
  }
}

const showHold = ({ holds, timeZone }: CaseRecord, id: string): HoldView | undefined => {
  const hold = holds.find((one) => one.id === id);
  return hold && toHoldView(hold, timeZone);
};

function checkKind(principal: Principal, kind: HoldKind): void {
  if (kind === 'complaint-hold')
    throw new Refusal(INVALID, {
      errors: [{ pointer: '/kind', detail: 'is set by a complaint about collection: register the complaint' }],
    });
  if (SET_AT_ONCE.includes(kind) || principal.roles.some((role) => FINDS.includes(role))) return;
  throw new Refusal(FORBIDDEN, { detail: `A hold of the kind ${kind} needs one of the roles ${FINDS.join(', ')}.` });
}

const definedOf = (scope: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined && value !== null));

import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import { RepaymentDesk } from '../promise/repayment-desk.ts';
import type { CircumstancesRequest, CircumstancesView, PlanDetailView, PlanState } from './plan.dto.ts';
import { PLAN_STATE } from './plan.refusals.ts';
import { PlanStore, type PlanRecord } from './plan.store.ts';
import { toPlanDetail } from './plan.view.ts';

const CIRCUMSTANCES = 'plan.circumstances';

/** Finds and shows plans, sealed parts and all. */
@Injectable()
export class PlanDesk {
  constructor(
    @Inject(RepaymentDesk) readonly repayment: RepaymentDesk,
    @Inject(PlanStore) private readonly store: PlanStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Locked, in one of the states. Refuses with NOT_FOUND, also for one of another institution or agency, and PLAN_STATE. */
  async lock(tx: Tx, { institutionId, agencyId }: Principal, id: string, states: readonly PlanState[]): Promise<PlanRecord> {
    const plan = await this.store.lock(tx, institutionId, id, agencyId);
    if (plan === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such repayment plan here.' });
    if (!states.includes(plan.state)) throw new Refusal(PLAN_STATE, { detail: `It is ${plan.state}; it must be ${states.join(' or ')}.` });
    return plan;
  }

  /** Refuses with NOT_FOUND, also for one of another institution or agency. */
  async find(tx: Tx, { institutionId, agencyId: entrustedTo }: Principal, id: string): Promise<PlanRecord> {
    const [row] = isUuid(id) ? await this.store.list(tx, { institutionId, entrustedTo, id, after: null, limit: 1 }) : [];
    if (!row) throw new Refusal(NOT_FOUND, { detail: 'There is no such repayment plan here.' });
    return row;
  }

  /** Refuses with NOT_FOUND. */
  async show(tx: Tx, principal: Principal, id: string, requestId: string): Promise<PlanDetailView> {
    const row = await this.find(tx, principal, id);
    const seen = this.repayment.seesPersonalData(principal) || principal.roles.includes('head-office-approver');
    if (seen) await this.repayment.noteShown(tx, principal, { resource: 'plan', ids: [id], fields: ['circumstances'] }, requestId);
    return toPlanDetail(row, seen ? this.open(row.circumstancesSealed) : null);
  }

  seal({ monthlyIncome, monthlyExpense, note = null }: CircumstancesRequest): Buffer {
    return this.vault.seal(JSON.stringify({ monthlyIncome, monthlyExpense, note }), CIRCUMSTANCES);
  }

  private open(sealed: Buffer): CircumstancesView {
    return JSON.parse(this.vault.open(sealed, CIRCUMSTANCES)) as CircumstancesView;
  }
}

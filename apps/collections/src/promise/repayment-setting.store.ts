import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

/** What an institution has set for promises and plans. */
export interface RepaymentSettings {
  readonly promiseGraceDays: number;
  readonly promiseLongestDays: number;
  readonly planGraceDays: number;
  /** By currency: up to which amount a collections manager approves a plan. */
  readonly approvalLimits: Readonly<Record<string, string>>;
}

export interface SettingRecord extends RepaymentSettings {
  readonly setBy: string | null;
  readonly setAt: Date | null;
}

/** What holds where an institution has set nothing. */
const USUAL: SettingRecord = {
  promiseGraceDays: 1,
  promiseLongestDays: 60,
  planGraceDays: 3,
  approvalLimits: { CNY: '50000.00' },
  setBy: null,
  setAt: null,
};

@Injectable()
export class RepaymentSettingStore {
  async find(tx: Tx, institutionId: string): Promise<SettingRecord> {
    const [row] = await tx.query<SettingRecord>(
      `select promise_grace_days as "promiseGraceDays", promise_longest_days as "promiseLongestDays", plan_grace_days as "planGraceDays",
         approval_limits as "approvalLimits", set_by as "setBy", set_at as "setAt"
       from repayment_setting where institution_id = $1 order by id desc limit 1`,
      [institutionId],
    );
    return row ?? USUAL;
  }

  async add(
    tx: Tx,
    institutionId: string,
    settings: RepaymentSettings,
    { by, at }: { readonly by: string; readonly at: Date },
  ): Promise<void> {
    const { promiseGraceDays, promiseLongestDays, planGraceDays, approvalLimits } = settings;
    await tx.query(
      `insert into repayment_setting (institution_id, promise_grace_days, promise_longest_days, plan_grace_days, approval_limits, set_by, set_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [institutionId, promiseGraceDays, promiseLongestDays, planGraceDays, JSON.stringify(approvalLimits), by, at],
    );
  }
}

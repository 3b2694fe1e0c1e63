import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { fromCents, toCents } from '#plan-rules';
import { inTransaction } from '#pg';
import { INVALID, Refusal, type FieldError } from '#problem';
import { ActService } from '../act/act.service.ts';
import { RepaymentDesk } from './repayment-desk.ts';
import type { RepaymentSettingRequest, RepaymentSettingView } from './repayment-setting.dto.ts';
import { RepaymentSettingStore, type SettingRecord } from './repayment-setting.store.ts';

/** What an institution sets for promises and repayment plans. */
@Injectable()
export class RepaymentSettingService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(RepaymentDesk) private readonly desk: RepaymentDesk,
    @Inject(RepaymentSettingStore) private readonly store: RepaymentSettingStore,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  find(principal: Principal): Promise<RepaymentSettingView> {
    return inTransaction(this.database, principal, async (tx) => toView(await this.store.find(tx, principal.institutionId)));
  }

  /** Holds for promises and plans that are made from now on. Refuses with INVALID. */
  async set(principal: Principal, { approvalLimits: given, ...days }: RepaymentSettingRequest): Promise<RepaymentSettingView> {
    const approvalLimits = limitsOf(given);
    const { institutionId, subject } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const now = await this.desk.now(tx);
      await this.store.add(tx, institutionId, { ...days, approvalLimits }, { by: subject, at: now });
      await this.acts.note(
        tx,
        principal,
        { action: 'repayment-setting', resource: 'repayment-setting', detail: { ...days, approvalLimits } },
        now,
      );
      return toView(await this.store.find(tx, institutionId));
    });
  }
}

function limitsOf(given: Readonly<Record<string, unknown>>): Record<string, string> {
  const errors: FieldError[] = [];
  const limits: Record<string, string> = {};
  for (const [currency, amount] of Object.entries(given)) {
    const cents = typeof amount === 'string' ? toCents(amount) : null;
    const pointer = `/approvalLimits/${currency}`;
    if (!/^[A-Z]{3}$/.test(currency)) errors.push({ pointer, detail: 'must be a currency of ISO 4217, such as CNY' });
    else if (cents === null || cents < 0n)
      errors.push({ pointer, detail: 'must be an amount as text with at most two decimals, such as "50000.00"' });
    else limits[currency] = fromCents(cents);
  }
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
  return limits;
}

const toView = ({ setAt, ...settings }: SettingRecord): RepaymentSettingView => ({
  promiseGraceDays: settings.promiseGraceDays,
  promiseLongestDays: settings.promiseLongestDays,
  planGraceDays: settings.planGraceDays,
  approvalLimits: settings.approvalLimits,
  setBy: settings.setBy,
  setAt: setAt && Zone.of(DEFAULT_TIME_ZONE).format(setAt.getTime()),
});

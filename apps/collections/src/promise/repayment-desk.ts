import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { CaseService, type CasePlace, type Shown } from '../case/case.service.ts';
import { RepaymentSettingStore, type SettingRecord } from './repayment-setting.store.ts';

/** The one shape of every change about repayment: replay check, work, view; and where it takes place. */
@Injectable()
export class RepaymentDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CaseService) private readonly cases: CaseService,
    @Inject(RepaymentSettingStore) private readonly settings: RepaymentSettingStore,
  ) {}

  /** Carries the work out once per idempotency key; the work returns the id of what is shown. Refuses with IDEMPOTENCY_KEY_REUSED, and as the work does. */
  async once<T>(
    principal: Principal,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx) => Promise<string>,
    show: (tx: Tx, id: string) => Promise<T>,
  ): Promise<T> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const id = claim ? claim.resource : await work(tx);
      if (!claim) await rememberResource(tx, institutionId, idempotency, id);
      return show(tx, id);
    });
  }

  async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }

  settingsOf(tx: Tx, institutionId: string): Promise<SettingRecord> {
    return this.settings.find(tx, institutionId);
  }

  /** Refuses with NOT_FOUND, also for a case of another institution or agency. */
  async caseOf(tx: Tx, principal: Principal, caseId: string): Promise<{ readonly place: CasePlace; readonly settings: SettingRecord }> {
    const place = await this.cases.place(tx, principal, caseId);
    return { place, settings: await this.settings.find(tx, principal.institutionId) };
  }

  seesPersonalData(principal: Principal): boolean {
    return this.cases.seesPersonalData(principal);
  }

  noteShown(tx: Tx, principal: Principal, shown: Shown, requestId: string): Promise<void> {
    return this.cases.noteShown(tx, principal, shown, requestId);
  }
}

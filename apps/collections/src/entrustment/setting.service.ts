import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { FORBIDDEN, NOT_FOUND, Refusal } from '#problem';
import { ActService } from '../act/act.service.ts';
import type { CapacityListView, CapacityView, EntrustmentSettingRequest, EntrustmentSettingView } from './entrustment.dto.ts';
import { instantOrNull } from './entrustment.view.ts';
import { EntrustmentSettingStore, type CapacityRecord, type EntrustmentSetting } from './setting.store.ts';

/** What an institution asks of its entrusting, and how many cases each agency may have. */
@Injectable()
export class EntrustmentSettingService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(EntrustmentSettingStore) private readonly store: EntrustmentSettingStore,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /** For other rooms. */
  settingOf(tx: Tx, institutionId: string): Promise<EntrustmentSetting> {
    return this.store.find(tx, institutionId);
  }

  async find(principal: Principal): Promise<EntrustmentSettingView> {
    return inTransaction(this.database, principal, async (tx) => toView(await this.store.find(tx, principal.institutionId)));
  }

  /** Refuses with FORBIDDEN for an agency's people. */
  async put(principal: Principal, request: EntrustmentSettingRequest): Promise<EntrustmentSettingView> {
    const { institutionId, subject } = principal;
    refuseAgency(principal);
    return inTransaction(this.database, principal, async (tx) => {
      const at = await this.now(tx);
      const { noticeHours, holdKinds = null, maxShareNumber = null, maxShareAmount = null, fourEyesAbove, pointStaleDays } = request;
      const set = { noticeHours, holdKinds, maxShareNumber, maxShareAmount, fourEyesAbove, pointStaleDays };
      await this.store.put(tx, institutionId, { ...set, setBy: subject, setAt: at });
      await this.acts.note(tx, principal, { action: 'entrusting-set', resource: 'entrustment-settings', detail: set }, at);
      return toView(await this.store.find(tx, institutionId));
    });
  }

  /** An agency finds itself alone. */
  async capacities(principal: Principal): Promise<CapacityListView> {
    return inTransaction(this.database, principal, async (tx) => ({
      items: (await this.store.capacities(tx, principal.institutionId, principal.agencyId)).map(toCapacity),
    }));
  }

  /** Refuses with NOT_FOUND, FORBIDDEN, IDEMPOTENCY_KEY_REUSED. */
  async setCapacity(
    principal: Principal,
    agencyId: string,
    maxOpenCases: number | null,
    idempotency: IdempotentRequest | null,
  ): Promise<CapacityView> {
    const { institutionId, subject: by } = principal;
    refuseAgency(principal);
    return inTransaction(this.database, principal, async (tx) => {
      if ((await claimKey(tx, institutionId, idempotency)) === null) {
        const at = await this.now(tx);
        const known = await this.store.setCapacity(tx, institutionId, { agencyId, maxOpenCases, by, at });
        if (!known) throw notFound();
        await this.acts.note(tx, principal, { action: 'capacity-set', resource: `agency/${agencyId}`, detail: { maxOpenCases } }, at);
        await rememberResource(tx, institutionId, idempotency, agencyId);
      }
      const [record] = await this.store.capacities(tx, institutionId, agencyId);
      if (!record) throw notFound();
      return toCapacity(record);
    });
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }
}

const notFound = (): Refusal => new Refusal(NOT_FOUND, { detail: 'There is no such agency here.' });

function refuseAgency({ agencyId }: Principal): void {
  if (agencyId !== null) throw new Refusal(FORBIDDEN, { detail: 'This is the institution’s to say.' });
}

const toView = ({ setAt, ...setting }: EntrustmentSetting): EntrustmentSettingView => ({ ...setting, setAt: instantOrNull(setAt) });
const toCapacity = ({ agencyId, name, openCases, waiting, maxOpenCases }: CapacityRecord): CapacityView => ({
  agencyId,
  name,
  openCases,
  waiting,
  maxOpenCases,
});

import { Inject, Injectable } from '@nestjs/common';
import { publishAll } from '#events';
import type { Tx } from '#pg';
import { HOLD_CHANGED, readHoldRequest, type HoldOutcome } from './hold.events.ts';
import { HoldStore, type Owner, type SetLater } from './hold.store.ts';

const isSet = ({ debtorId, caseId }: Owner | SetLater): HoldOutcome => ({ state: 'set', debtorId, ...(caseId === null ? {} : { caseId }) });

/** Holds that open complaints about collection ask for; the gate reads them with all others. */
@Injectable()
export class HoldService {
  constructor(@Inject(HoldStore) private readonly store: HoldStore) {}

  /** Does what a complaint asks for, unless it has asked for something later already. */
  async apply(tx: Tx, institutionId: string, payload: unknown): Promise<HoldOutcome> {
    const request = readHoldRequest(payload);
    const { complaintId, account } = request;
    const kept = await this.store.keep(tx, institutionId, request);
    const { hold, until } = await this.store.find(tx, institutionId, complaintId);
    if (until !== null) {
      if (kept) await this.store.lift(tx, institutionId, complaintId);
      return { state: 'lifted' };
    }
    const owner = await this.store.owner(tx, institutionId, account);
    if (owner === null || (!kept && hold === null)) return { state: hold === null ? 'no-case' : 'set' };
    if (kept) await this.store.write(tx, institutionId, complaintId, owner.debtor);
    return isSet(owner);
  }

  /** Sets what waited for a case to be imported, and says so; for the sweep. */
  async setWaiting(tx: Tx): Promise<void> {
    const later = await this.store.setWaiting(tx);
    for (const institutionId of new Set(later.map((one) => one.institutionId))) {
      const own = later.filter((one) => one.institutionId === institutionId);
      const told = own.map((one) => ({ complaintId: one.complaintId, version: one.version, account: one.account, ...isSet(one) }));
      await publishAll(tx, institutionId, HOLD_CHANGED, told);
    }
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Channel, HoldKind } from '#contact-rules';
import type { Tx } from '#pg';
import { ActService } from '../act/act.service.ts';
import { Stopping } from '../contact/stopping.ts';
import type { HoldCause } from './case.dto.ts';
import { RegisterStore } from './register.store.ts';

export interface Stop {
  /** Our ids. */
  readonly caseUuid: string;
  readonly debtor: string;
  readonly kind: HoldKind;
  readonly cause: HoldCause;
  /** In words; kept sealed. */
  readonly reason: string;
}

/** What a party wants no more. */
export interface Wish {
  readonly caseUuid: string;
  readonly debtor: string;
  /** As given at import. */
  readonly partyId: string;
  readonly channel: Channel;
  readonly at: Date;
  /** Where the proof is. */
  readonly evidence: string;
}

/** Stops collection in the transaction of whatever shows that it must stop. Call `Stopping.hold` first, before any row is locked and the clock is read. */
@Injectable()
export class StopService {
  constructor(
    @Inject(RegisterStore) private readonly store: RegisterStore,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(Stopping) private readonly stopping: Stopping,
  ) {}

  /** Holds all contact with the debtor and takes back every permit that nobody has used; returns the id of the hold. One that stops the same already stays. */
  async stop(tx: Tx, principal: Principal, { caseUuid, debtor, kind, cause, reason }: Stop, at: Date): Promise<string> {
    const { institutionId } = principal;
    const held = await this.store.findStop(tx, debtor, { kind, cause }, at);
    const id = held ?? (await this.store.addHold(tx, institutionId, caseUuid, { kind, from: at, until: null, scope: {}, cause }));
    if (held === null)
      await this.acts.note(tx, principal, { action: 'hold-set', resource: id, caseUuid, detail: { kind, cause, from: at }, reason }, at);
    await this.stopping.revokeOfDebtor(tx, institutionId, caseUuid);
    return id;
  }

  /** Ends a hold that `stop` set. */
  async resume(
    tx: Tx,
    principal: Principal,
    hold: { readonly id: string; readonly caseUuid: string },
    reason: string,
    at: Date,
  ): Promise<void> {
    const { id, caseUuid } = hold;
    await this.store.endStop(tx, id, at);
    await this.acts.note(tx, principal, { action: 'hold-released', resource: id, caseUuid, detail: { cause: 'care' }, reason }, at);
  }

  /** Whoever may release holds may release it from now on: it was decided that it stays. */
  settle(tx: Tx, hold: string): Promise<void> {
    return this.store.settleStop(tx, hold);
  }

  /** Notes that a party wants no more contact by a channel. */
  async optOut(tx: Tx, principal: Principal, { caseUuid, debtor, partyId, channel, at, evidence }: Wish, now: Date): Promise<void> {
    const wish = { partyId, channel, valueIndex: null, at, evidence };
    const id = await this.store.addOptOut(tx, principal.institutionId, debtor, wish);
    const detail = { partyId, channel, contactPointId: null, at };
    await this.acts.note(tx, principal, { action: 'opt-out-set', resource: id, caseUuid, detail, evidence }, now);
  }
}

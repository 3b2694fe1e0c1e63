import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { ActService } from '../act/act.service.ts';
import { EntrustmentService } from '../entrustment/entrustment.service.ts';
import { RegisterStore } from './register.store.ts';

/** A notice of a referral that reached the debtor. */
export interface DeliveredNotice {
  /** Our id. */
  readonly caseUuid: string;
  /** To whom it went, as given at import. */
  readonly partyId: string;
  readonly askedAt: Date;
  readonly toldAt: Date;
  /** Where the proof is. */
  readonly evidence: string;
}

/** That debtors were told of a referral, noted where nobody has to say so. */
@Injectable()
export class ReferralService {
  constructor(
    @Inject(RegisterStore) private readonly store: RegisterStore,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(EntrustmentService) private readonly entrustments: EntrustmentService,
  ) {}

  /**
   * Notes it for the agency that the case waits for, which it then goes to when its time has come, else for the one that has it. Once: a notice that
   * is noted stays. One that was asked for before the referral was of another, if of any; one that went to somebody else than the debtor or who
   * represents them told nobody. Returns the agency; null: nothing was noted.
   */
  async delivered(tx: Tx, by: Principal, notice: DeliveredNotice, now: Date): Promise<string | null> {
    const { caseUuid, partyId, askedAt, toldAt, evidence } = notice;
    if (!(await this.store.isTold(tx, caseUuid, partyId))) return null;
    const { institutionId, subject } = by;
    const [waiting] = await this.entrustments.pending(tx, institutionId, [caseUuid]);
    const isNew = waiting !== undefined && waiting.noticeAt === null && waiting.proposedAt <= askedAt;
    if (isNew) await this.entrustments.noteNotice(tx, institutionId, [waiting], { toldAt, by: subject }, now);
    const agencyId = isNew
      ? waiting.agencyId
      : waiting === undefined
        ? await this.store.tellReferralOf(tx, caseUuid, askedAt, toldAt)
        : null;
    if (agencyId === null) return null;
    const act = { action: 'referral-told', resource: caseUuid, caseUuid, detail: { agencyId, toldAt }, evidence } as const;
    await this.acts.note(tx, by, act, now);
    return agencyId;
  }
}

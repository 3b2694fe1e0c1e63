import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import { addDays, dayStart, localDay, localInstant, localInstantOrNull } from '../oversight/local-days.ts';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { notFound, reaches } from '../oversight/oversight.refusals.ts';
import { suggest, type Step, type Suggestion } from './ladder.ts';
import type { SanctionView } from './sanction.dto.ts';
import { SanctionStore, type SanctionRecord } from './sanction.store.ts';

export const REASON = 'sanction.reason';
export const SKIP_REASON = 'sanction.skip_reason';
export const END_NOTE = 'sanction.end_note';
export const APPEAL = 'sanction.appeal';
export const APPEAL_NOTE = 'sanction.appeal_note';

/** A repeat within so many days goes up the ladder. */
export const REPEAT_DAYS = 365;

/** Sanctions as those may see them who ask, and what the ladder suggests. */
@Injectable()
export class SanctionDesk {
  constructor(
    @Inject(OversightDesk) private readonly desk: OversightDesk,
    @Inject(SanctionStore) private readonly store: SanctionStore,
  ) {}

  /** An agency sees what has come into force. Refuses with NOT_FOUND, also for another agency's. */
  async record(tx: Tx, principal: Principal, id: string): Promise<SanctionRecord> {
    const found = isUuid(id) ? await this.store.find(tx, principal.institutionId, id) : null;
    const seen = found !== null && reaches(principal, found.agencyId) && (principal.agencyId === null || found.inForceAt !== null);
    if (!seen) throw notFound('sanction');
    return found;
  }

  /** The sanction, about which nobody else decides until the transaction ends. Refuses with NOT_FOUND. */
  async locked(tx: Tx, principal: Principal, id: string): Promise<SanctionRecord> {
    const { agencyId } = await this.record(tx, principal, id);
    await this.desk.lockAgency(tx, principal, agencyId);
    return this.record(tx, principal, id);
  }

  async suggestion(tx: Tx, institutionId: string, agencyId: string, now: Date): Promise<Suggestion & { taken: readonly Step[] }> {
    const today = localDay(now);
    const since = dayStart(addDays(today, -REPEAT_DAYS));
    const taken = await this.store.taken(tx, institutionId, agencyId, since);
    return { ...suggest({ taken, ...(await this.store.ladderFacts(tx, institutionId, agencyId, { since, today })) }), taken };
  }

  async view(tx: Tx, principal: Principal, id: string): Promise<SanctionView> {
    return this.toView(principal, await this.record(tx, principal, id));
  }

  toView(principal: Principal, record: SanctionRecord): SanctionView {
    return {
      id: record.id,
      agencyId: record.agencyId,
      agencyName: record.agencyName,
      step: record.step,
      state: record.state,
      suggested: record.suggested,
      reason: this.desk.open(record.reasonSealed, REASON),
      skipReason: principal.agencyId === null ? this.desk.open(record.skipReasonSealed, SKIP_REASON) : null,
      grounds: record.grounds.map(({ kind, id }) => ({ kind, id })),
      fromOn: record.fromOn,
      untilOn: record.untilOn,
      proposedBy: record.proposedBy,
      proposedAt: localInstant(record.proposedAt),
      approvedBy: record.approvedBy,
      approvedAt: localInstantOrNull(record.approvedAt),
      inForceAt: localInstantOrNull(record.inForceAt),
      endedAt: localInstantOrNull(record.endedAt),
      endedBy: record.endedBy,
      endNote: this.desk.open(record.endNoteSealed, END_NOTE),
      acknowledgedBy: record.acknowledgedBy,
      acknowledgedAt: localInstantOrNull(record.acknowledgedAt),
      appeal: this.desk.open(record.appealSealed, APPEAL),
      appealedBy: record.appealedBy,
      appealedAt: localInstantOrNull(record.appealedAt),
      appealOutcome: record.appealOutcome,
      appealDecidedBy: record.appealDecidedBy,
      appealDecidedAt: localInstantOrNull(record.appealDecidedAt),
      appealNote: this.desk.open(record.appealNoteSealed, APPEAL_NOTE),
    };
  }
}

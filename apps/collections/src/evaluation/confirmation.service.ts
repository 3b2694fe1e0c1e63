import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { daysBetween, localDay } from '../oversight/local-days.ts';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { bankOnly } from '../oversight/oversight.refusals.ts';
import { SuspensionService } from '../oversight/suspension.service.ts';
import type { EvaluationView } from './evaluation.dto.ts';
import { DECISION_NOTE, dutyOf, EvaluationNotes } from './evaluation-notes.ts';
import { NOT_DRAFT, OWN_EVALUATION, STALE_DRAFT } from './evaluation.refusals.ts';
import { EvaluationService } from './evaluation.service.ts';
import { EvaluationStore, type EvaluationRecord } from './evaluation.store.ts';

// Whoever confirms says that the numbers are those of today.
const SERVES_DAYS = 30;

/** The second person: what is confirmed counts as the agency's last evaluation, for the gate as well. */
@Injectable()
export class ConfirmationService {
  constructor(
    @Inject(OversightDesk) private readonly desk: OversightDesk,
    @Inject(EvaluationStore) private readonly store: EvaluationStore,
    @Inject(EvaluationService) private readonly evaluations: EvaluationService,
    @Inject(EvaluationNotes) private readonly notes: EvaluationNotes,
    @Inject(SuspensionService) private readonly suspensions: SuspensionService,
  ) {}

  /** Refuses with FORBIDDEN, NOT_FOUND, OWN_EVALUATION, NOT_DRAFT, STALE_DRAFT, IDEMPOTENCY_KEY_REUSED. */
  confirm(principal: Principal, id: string, note: string | null, idempotency: IdempotentRequest | null): Promise<EvaluationView> {
    return this.decide(principal, id, idempotency, async (tx, record, at) => {
      const evaluatedOn = localDay(at);
      if (daysBetween(localDay(record.asOf), evaluatedOn) > SERVES_DAYS)
        throw new Refusal(STALE_DRAFT, { detail: `They are older than ${SERVES_DAYS} days. Reject the draft and make another.` });
      const noteSealed = this.desk.seal(note === '' ? null : note, DECISION_NOTE);
      await this.store.decide(tx, id, { state: 'confirmed', by: principal.subject, at, evaluatedOn, noteSealed });
      await this.notes.decided(tx, principal, record, { confirmed: true, at });
      await this.suspensions.evaluated(tx, principal, { agencyId: record.agencyId, duty: dutyOf(record.agencyId), evaluatedOn });
    });
  }

  /** Refuses with FORBIDDEN, NOT_FOUND, OWN_EVALUATION, NOT_DRAFT, IDEMPOTENCY_KEY_REUSED. */
  reject(principal: Principal, id: string, reason: string, idempotency: IdempotentRequest | null): Promise<EvaluationView> {
    return this.decide(principal, id, idempotency, async (tx, record, at) => {
      const noteSealed = this.desk.seal(reason, DECISION_NOTE);
      await this.store.decide(tx, id, { state: 'rejected', by: principal.subject, at, evaluatedOn: null, noteSealed });
      await this.notes.decided(tx, principal, record, { confirmed: false, at });
    });
  }

  private async decide(
    principal: Principal,
    id: string,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx, record: EvaluationRecord, at: Date) => Promise<void>,
  ): Promise<EvaluationView> {
    bankOnly(principal);
    const decided = async (tx: Tx): Promise<string> => {
      const { agencyId } = await this.evaluations.record(tx, principal, id);
      await this.desk.lockAgency(tx, principal, agencyId);
      // Read again: whoever decided it meanwhile was first.
      const record = await this.evaluations.record(tx, principal, id);
      if (record.state !== 'draft') throw new Refusal(NOT_DRAFT, { detail: `${record.decidedBy} has ${record.state} it.` });
      if (record.draftedBy === principal.subject) throw new Refusal(OWN_EVALUATION, { detail: 'Ask a colleague to decide it.' });
      await work(tx, record, await this.desk.now(tx));
      return id;
    };
    return this.desk.write(principal, idempotency, decided, (tx) => this.evaluations.view(tx, principal, id));
  }
}

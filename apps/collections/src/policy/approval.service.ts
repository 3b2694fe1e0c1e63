import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Language } from '#contact-rules';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { holdGates } from '../gates.ts';
import { DraftDesk, requireState } from './draft.desk.ts';
import type { ApprovalRequest, PolicyDraftView } from './draft.dto.ts';
import { requireNotLooser } from './draft.service.ts';
import type { DraftRecord } from './draft.store.ts';
import { OWN_DRAFT, VERSION_BEGUN, VERSION_RECALLED } from './policy.refusals.ts';
import { isVersionNumber, PolicyStore } from './policy.store.ts';

/** What a second person decides about a draft, and about a version that has not begun. */
@Injectable()
export class ApprovalService {
  constructor(
    @Inject(DraftDesk) private readonly desk: DraftDesk,
    @Inject(PolicyStore) private readonly versions: PolicyStore,
  ) {}

  /**
   * Publishes a version. Refuses with NOT_FOUND, OWN_DRAFT, DRAFT_STATE, LOOSER_THAN_PACK, INVALID (a beginning that is not in the future),
   * UNAVAILABLE (gates that do not end).
   */
  approve(
    principal: Principal,
    id: string,
    request: ApprovalRequest,
    idempotency: IdempotentRequest | null,
    language: Language,
  ): Promise<PolicyDraftView> {
    return this.desk.write(principal, idempotency, language, async (tx) => {
      const draft = await this.takeForDecision(tx, principal, id);
      requireNotLooser(draft, language);
      const { institutionId } = principal;
      await holdGates(tx, institutionId);
      const now = await this.desk.now(tx);
      const version = await this.versions.append(tx, {
        institutionId,
        product: draft.product,
        content: draft.content,
        effectiveFrom: beginning(request.effectiveFrom ?? null, now),
        note: draft.note,
        author: draft.author,
        approvedBy: principal.subject,
        approvedAt: now,
        draftId: draft.id,
      });
      await this.desk.store.move(tx, draft.id, now, 'approved', version.number);
      await this.desk.note(tx, principal, draft, { action: 'approved', at: now, version: version.number });
      return draft.id;
    });
  }

  /** Refuses with NOT_FOUND, OWN_DRAFT, DRAFT_STATE. */
  reject(
    principal: Principal,
    id: string,
    reason: string,
    idempotency: IdempotentRequest | null,
    language: Language,
  ): Promise<PolicyDraftView> {
    return this.desk.write(principal, idempotency, language, async (tx) => {
      const draft = await this.takeForDecision(tx, principal, id);
      const at = await this.desk.now(tx);
      await this.desk.store.move(tx, draft.id, at, 'rejected', null);
      await this.desk.note(tx, principal, draft, { action: 'rejected', at, detail: reason });
      return draft.id;
    });
  }

  /** Calls a version back before it begins; what was in force stays in force. Refuses with NOT_FOUND, VERSION_BEGUN, VERSION_RECALLED. */
  recall(
    principal: Principal,
    number: string,
    reason: string,
    idempotency: IdempotentRequest | null,
    language: Language,
  ): Promise<PolicyDraftView> {
    return this.desk.write(principal, idempotency, language, async (tx) => {
      const { institutionId, subject } = principal;
      // As for publishing: no gate has read its clock at the beginning of the version while we say that there is none.
      await holdGates(tx, institutionId);
      const version = isVersionNumber(number) ? await this.versions.find(tx, institutionId, Number(number)) : null;
      if (version === null || version.draftId === null)
        throw new Refusal(NOT_FOUND, { detail: 'There is no such version here that could be recalled.' });
      if (version.recalledAt !== null) throw new Refusal(VERSION_RECALLED, { detail: `By ${version.recalledBy}.` });
      const at = await this.desk.now(tx);
      if (version.effectiveFrom <= at) throw new Refusal(VERSION_BEGUN, { detail: `It began at ${version.effectiveFrom.toISOString()}.` });
      await this.versions.recall(tx, institutionId, version.number, at, subject);
      const draft = await this.desk.find(tx, principal, version.draftId);
      await this.desk.note(tx, principal, draft, { action: 'recalled', at, detail: reason });
      return draft.id;
    });
  }

  private async takeForDecision(tx: Tx, principal: Principal, id: string): Promise<DraftRecord> {
    const draft = await this.desk.take(tx, principal, id);
    if (draft.author === principal.subject) throw new Refusal(OWN_DRAFT, { detail: 'You made it: let somebody else decide.' });
    requireState(draft, ['submitted']);
    return draft;
  }
}

/** A gate that read its clock before us may have read this very millisecond: what begins at once begins with the next one. */
function beginning(asked: string | null, now: Date): Date {
  if (asked === null) return new Date(now.getTime() + 1);
  const from = new Date(asked);
  if (from > now) return from;
  throw new Refusal(INVALID, {
    errors: [{ pointer: '/effectiveFrom', detail: 'is not in the future; leave it out for at once' }],
  });
}

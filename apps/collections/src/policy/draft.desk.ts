import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import type { Language } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { FORBIDDEN, NOT_FOUND, Refusal } from '#problem';
import { isUuid } from '#wire';
import type { PolicyDraftView } from './draft.dto.ts';
import { DraftStore, type DraftAction, type DraftRecord, type DraftState } from './draft.store.ts';
import { toDraftView } from './draft.view.ts';
import { DRAFT_STATE } from './policy.refusals.ts';

/** What everybody does who works on drafts: one write in one order, and a line in the record. */
@Injectable()
export class DraftDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(DraftStore) readonly store: DraftStore,
  ) {}

  /** Reads for somebody of the institution itself. Refuses with FORBIDDEN. */
  read<T>(principal: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (principal.agencyId !== null)
      throw new Refusal(FORBIDDEN, { detail: 'The policy is the institution’s own; an agency has no part in it.' });
    return inTransaction(this.database, principal, work);
  }

  /**
   * One write that answers with the draft of the id that `work` gives; the same key again answers with that draft as it stands.
   * Refuses with FORBIDDEN, IDEMPOTENCY_KEY_REUSED.
   */
  write(
    principal: Principal,
    idempotency: IdempotentRequest | null,
    language: Language,
    work: (tx: Tx) => Promise<string>,
  ): Promise<PolicyDraftView> {
    const { institutionId } = principal;
    return this.read(principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const id = claim === null ? await work(tx) : claim.resource;
      if (claim === null) await rememberResource(tx, institutionId, idempotency, id);
      return toDraftView(await this.find(tx, principal, id), language);
    });
  }

  /** Refuses with NOT_FOUND. */
  async find(tx: Tx, { institutionId }: Principal, id: string): Promise<DraftRecord> {
    return found(isUuid(id) ? await this.store.find(tx, institutionId, id) : null);
  }

  /** Takes the draft in hand: nobody else changes it until the transaction ends. Refuses with NOT_FOUND. */
  async take(tx: Tx, { institutionId }: Principal, id: string): Promise<DraftRecord> {
    return found(isUuid(id) ? await this.store.lock(tx, institutionId, id) : null);
  }

  /** The clock, to be read after the locks. */
  now(tx: Tx): Promise<Date> {
    return this.store.now(tx, this.clock.override);
  }

  /** A line in the record that nobody changes. */
  async note(
    tx: Tx,
    { subject, clientId, institutionId }: Principal,
    { id, revision, sha256, version }: DraftRecord,
    event: { readonly action: DraftAction; readonly at: Date; readonly version?: number; readonly detail?: string },
  ): Promise<void> {
    await this.store.note(tx, institutionId, {
      draftId: id,
      version: event.version ?? version,
      action: event.action,
      subject,
      clientId,
      at: event.at,
      revision,
      sha256,
      detail: event.detail ?? null,
    });
  }
}

function found(draft: DraftRecord | null): DraftRecord {
  if (draft === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such draft here.' });
  return draft;
}

/** Refuses with DRAFT_STATE. */
export function requireState({ state }: DraftRecord, allowed: readonly DraftState[]): void {
  if (!allowed.includes(state)) throw new Refusal(DRAFT_STATE, { detail: `It is ${state}; this needs ${allowed.join(' or ')}.` });
}

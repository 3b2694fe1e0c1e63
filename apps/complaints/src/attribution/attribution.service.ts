import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { AttributionDesk } from './attribution.desk.ts';
import type { AttributionRequest, Attributions, CauseState } from './attribution.dto.ts';
import { CAUSE_CONFLICT, CAUSE_KNOWN, CAUSE_SETTLED } from './attribution.refusals.ts';
import { AttributionStore, type AttributionRecord } from './attribution.store.ts';
import { checkCause, namesPerson } from './judging.ts';

export interface Asked {
  readonly idempotency: IdempotentRequest | null;
  readonly requestId: string;
}

/** What caused a complaint: found by its handler, on something of the file; confirmed by a second person where it names one. */
@Injectable()
export class AttributionService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(AttributionStore) private readonly store: AttributionStore,
    @Inject(AttributionDesk) private readonly desk: AttributionDesk,
  ) {}

  /** Refuses with NOT_FOUND. */
  list(principal: Principal, id: string, requestId: string): Promise<Attributions> {
    return inTransaction(this.database, principal, async (tx) => {
      if (principal.agencyId !== null) throw new Refusal(NOT_FOUND, { detail: 'There is no such complaint here.' });
      return this.shown(tx, principal, await this.reading.find(tx, principal, id), requestId);
    });
  }

  /** Refuses with NOT_FOUND, RECUSED, INVALID, CAUSE_KNOWN, CAUSE_CONFLICT. */
  propose(principal: Principal, id: string, request: AttributionRequest, { idempotency, requestId }: Asked): Promise<Attributions> {
    const { institutionId, subject } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.reading.lock(tx, principal, id);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (!claim) {
        const now = await this.reading.now(tx);
        const ground = await this.desk.groundOf(tx, record.id, request.itemId ?? null);
        const errors = checkCause(request, ground);
        if (errors.length > 0) throw new Refusal(INVALID, { errors });
        refuseConflict(request, await this.store.list(tx, record.id));
        const isOpen = namesPerson(request.kind);
        const causeId = await this.store.insert(tx, institutionId, record.id, {
          kind: request.kind,
          target: request.target || null,
          targetVersion: request.targetVersion ?? null,
          agencyId: request.kind === 'agency' ? (request.target ?? null) : (ground?.agencyId ?? null),
          itemId: request.kind === 'none' ? null : (request.itemId ?? null),
          reasonSealed: this.desk.seal(request.reason),
          state: isOpen ? 'proposed' : 'confirmed',
          proposedBy: subject,
          proposedAt: now,
          settledBy: isOpen ? null : subject,
          settledAt: isOpen ? null : now,
        });
        if (causeId === null) throw new Refusal(CAUSE_KNOWN, { detail: `${request.kind} ${request.target ?? ''}` });
        await this.desk.proposed(tx, record, { id: causeId, kind: request.kind, target: request.target ?? null }, principal, now);
        await rememberResource(tx, institutionId, idempotency, causeId);
      }
      return this.shown(tx, principal, record, requestId);
    });
  }

  /** Refuses with NOT_FOUND, RECUSED, CAUSE_SETTLED, and as approvals do: OWN_REQUEST, FORBIDDEN. */
  settle(principal: Principal, id: string, causeId: string, outcome: 'confirmed' | 'rejected', asked: Asked): Promise<Attributions> {
    return this.change(principal, id, causeId, asked, async (tx, cause, now) => {
      if (cause.state !== 'proposed') throw settled(cause);
      await this.desk.settle(tx, principal, cause.id, outcome === 'confirmed' ? 'approved' : 'refused', now);
      return outcome;
    });
  }

  /** Takes it back, also what was confirmed. Refuses with NOT_FOUND, RECUSED, CAUSE_SETTLED. */
  withdraw(principal: Principal, id: string, causeId: string, asked: Asked): Promise<Attributions> {
    return this.change(principal, id, causeId, asked, async (tx, cause, now) => {
      if (cause.state === 'rejected' || cause.state === 'withdrawn') throw settled(cause);
      await this.desk.moot(tx, principal, cause.id, now);
      return 'withdrawn';
    });
  }

  private change(
    principal: Principal,
    id: string,
    causeId: string,
    { idempotency, requestId }: Asked,
    decide: (tx: Tx, cause: AttributionRecord, now: Date) => Promise<CauseState>,
  ): Promise<Attributions> {
    const { institutionId, subject } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.reading.lock(tx, principal, id);
      const claim = await claimKey(tx, institutionId, idempotency);
      if (!claim) {
        const cause = await this.store.find(tx, record.id, causeId);
        if (cause === null) throw new Refusal(NOT_FOUND, { detail: 'The complaint has no such cause.' });
        const now = await this.reading.now(tx);
        const state = await decide(tx, cause, now);
        await this.store.settle(tx, cause.id, state, subject, now);
        await this.desk.settled(tx, record, cause, state, principal, now);
        await rememberResource(tx, institutionId, idempotency, cause.id);
      }
      return this.shown(tx, principal, record, requestId);
    });
  }

  private async shown(tx: Tx, principal: Principal, record: ComplaintRecord, requestId: string): Promise<Attributions> {
    const reading = this.reading.readingOf(principal, await this.reading.now(tx));
    const causes = await this.store.list(tx, record.id);
    if (causes.length > 0) await this.reading.noteRead(tx, principal, reading, [record.id], ['attributions.reason'], requestId);
    const zone = Zone.of(record.timeZone);
    return {
      items: causes.map((one) => ({
        id: one.id,
        kind: one.kind,
        target: one.target,
        targetVersion: one.targetVersion,
        agencyId: one.agencyId,
        itemId: one.itemId,
        reason: reading.masked ? null : this.desk.open(one.reasonSealed),
        state: one.state,
        proposedBy: one.proposedBy,
        proposedAt: zone.format(one.proposedAt.getTime()),
        settledBy: one.settledBy,
        settledAt: one.settledAt && zone.format(one.settledAt.getTime()),
      })),
    };
  }
}

const settled = ({ state, settledBy }: AttributionRecord): Refusal =>
  new Refusal(CAUSE_SETTLED, { detail: `It is ${state}, by ${settledBy ?? ''}.` });

function refuseConflict({ kind }: AttributionRequest, causes: readonly AttributionRecord[]): void {
  const active = causes.filter(({ state }) => state === 'proposed' || state === 'confirmed');
  const conflict = active.find((cause) => (cause.kind === 'none') !== (kind === 'none'));
  if (conflict) throw new Refusal(CAUSE_CONFLICT, { detail: `Take ${conflict.kind} ${conflict.target ?? ''} back first.` });
}

import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal, Role } from '#auth';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource } from '#idempotency';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { ActService, type Act } from '../act/act.service.ts';
import { TaskService, type NewTask } from '../task/task.service.ts';
import { DISPUTED, FACTS, type Call } from './call.ts';
import type { ObjectionListRequest, ObjectionView } from './objection.dto.ts';
import { ObjectionStore, type ObjectionRecord } from './objection.store.ts';

// Whoever works on the case or looks into the objection; the debtor's own words are personal.
const READS_WORDS: readonly Role[] = ['agent', 'agency-supervisor', 'collections-manager', 'compliance', 'integration'];
const zone = Zone.of(DEFAULT_TIME_ZONE);
const instant = (at: Date): string => zone.format(at.getTime());
const orNull = (at: Date | null): string | null => at && instant(at);

/** What a desk writes with. */
@Injectable()
export class ObjectionPens {
  constructor(
    @Inject(ActService) readonly acts: ActService,
    @Inject(TaskService) readonly tasks: TaskService,
    @Inject(Vault) readonly vault: Vault,
  ) {}
}

/** The one shape of every change to an objection: replay check, work, what it is now; and what is read of them. */
@Injectable()
export class ObjectionDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ObjectionStore) private readonly store: ObjectionStore,
    @Inject(ObjectionPens) private readonly pens: ObjectionPens,
  ) {}

  /** The work gives the id of the objection. Refuses with IDEMPOTENCY_KEY_REUSED, NOT_FOUND, and as the work does. */
  async change(principal: Principal, { idempotency, requestId }: Call, work: (tx: Tx) => Promise<string>): Promise<ObjectionView> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const id = claim?.resource ?? (await work(tx));
      if (claim === null) await rememberResource(tx, institutionId, idempotency, id);
      return this.view(tx, principal, id, requestId);
    });
  }

  /** Refuses with NOT_FOUND, also for another agency's case. */
  find(principal: Principal, id: string, requestId: string): Promise<ObjectionView> {
    return inTransaction(this.database, principal, (tx) => this.view(tx, principal, id, requestId));
  }

  /** The newest first; an agency sees those of its cases. Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: ObjectionListRequest, requestId: string): Promise<Page<ObjectionView>> {
    const { limit = 50, cursor, state = null, untold = false, caseId = null } = request;
    const before = decodeCursor(cursor, isUuid);
    const { institutionId, agencyId: own } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const now = await this.now(tx);
      const records = await this.store.list(tx, { institutionId, own, state, untold, caseId, before, limit });
      const page = toPage(
        records,
        limit,
        ({ id }) => id,
        (record) => this.toView(record, principal, now),
      );
      await this.noteRead(tx, principal, page.items, requestId);
      return page;
    });
  }

  async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }

  seal(text: string, context: string): Buffer {
    return this.pens.vault.seal(text, context);
  }

  opened(tx: Tx, { institutionId }: Principal, task: NewTask, at: Date): Promise<void> {
    return this.pens.tasks.open(tx, institutionId, task, at);
  }

  async closed(
    tx: Tx,
    { institutionId, subject: by }: Principal,
    task: Pick<NewTask, 'kind' | 'resource'>,
    outcome: string,
    at: Date,
  ): Promise<void> {
    await this.pens.tasks.close(tx, institutionId, task, { by, outcome, at });
  }

  note(
    tx: Tx,
    principal: Principal,
    { evidence, ...act }: Omit<Act, 'evidence'> & { readonly evidence?: string | null },
    at: Date,
  ): Promise<void> {
    return this.pens.acts.note(tx, principal, evidence ? { ...act, evidence } : act, at);
  }

  private async view(tx: Tx, principal: Principal, id: string, requestId: string): Promise<ObjectionView> {
    const record = await this.store.find(tx, principal.institutionId, principal.agencyId, id);
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such objection here.' });
    const view = this.toView(record, principal, await this.now(tx));
    await this.noteRead(tx, principal, [view], requestId);
    return view;
  }

  private async noteRead(
    tx: Tx,
    { institutionId, subject, clientId }: Principal,
    views: readonly ObjectionView[],
    requestId: string,
  ): Promise<void> {
    const ids = views.filter(({ disputed }) => disputed !== null).map(({ id }) => id);
    if (ids.length > 0) await this.store.noteRead(tx, { institutionId, subject, clientId, ids, requestId });
  }

  private toView(record: ObjectionRecord, { roles }: Principal, now: Date): ObjectionView {
    const reads = roles.some((role) => READS_WORDS.includes(role));
    const opened = (sealed: Buffer | null, context: string): string | null =>
      reads && sealed !== null ? this.pens.vault.open(sealed, context) : null;
    return {
      id: record.id,
      caseId: record.caseId,
      partyId: record.partyId,
      kind: record.kind,
      channel: record.channel,
      disputed: opened(record.disputedSealed, DISPUTED),
      amount: record.amount,
      currency: record.currency,
      evidence: record.evidence,
      raisedAt: instant(record.raisedAt),
      raisedBy: record.raisedBy,
      raisedAgency: record.raisedAgency,
      state: record.state,
      holdId: record.holdId,
      holds: record.holdUntil === null || record.holdUntil > now,
      decidedBy: record.decidedBy,
      decidedAt: orNull(record.decidedAt),
      facts: opened(record.factsSealed, FACTS),
      basis: record.basis,
      coreReference: record.coreReference,
      balanceBefore: record.balanceBefore,
      balanceAfter: record.balanceAfter,
      caseStateAfter: record.caseStateAfter,
      toldAt: orNull(record.toldAt),
      toldHow: record.toldHow,
      toldEvidence: record.toldEvidence,
      withdrawalEvidence: record.withdrawalEvidence,
    };
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { FORBIDDEN, INVALID, NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { ApprovalService, type ApprovalOf } from '../approval/approval.service.ts';
import { toTag } from '../tag/tag.service.ts';
import { BulkDesk } from './bulk.desk.ts';
import type { BulkItemsRequest, BulkItemView, BulkRequest, BulkView } from './bulk.dto.ts';
import { toBulkView, toItemView } from './bulk.mapper.ts';
import { BULK_OVER, LIST_CHANGED } from './bulk.refusals.ts';
import { BulkRunner, NOTE } from './bulk.runner.ts';
import { BulkStore, type BulkArgument, type BulkRecord } from './bulk.store.ts';

export const BULK = 'bulk';
const SETTLES = 'complaint-supervisor';
const DEFAULT_LIMIT = 50;

/** The same act for many complaints: one proposes it with a list that stays as it is, another approves it, the worker does it. */
@Injectable()
export class BulkService {
  constructor(
    @Inject(BulkDesk) private readonly desk: BulkDesk,
    @Inject(BulkStore) private readonly store: BulkStore,
    @Inject(BulkRunner) private readonly runner: BulkRunner,
    @Inject(ApprovalService) private readonly approvals: ApprovalService,
  ) {}

  /** Refuses with INVALID, FORBIDDEN for an act that the role may not do singly, SELECTION_EMPTY, SELECTION_TOO_LARGE, IDEMPOTENCY_KEY_REUSED. */
  async propose(principal: Principal, request: BulkRequest, idempotency: IdempotentRequest | null, requestId: string): Promise<BulkView> {
    const { institutionId, subject, roles } = principal;
    const argument = argumentOf(principal, request);
    return this.desk.once(
      principal,
      idempotency,
      async (tx) => {
        const now = await this.desk.now(tx);
        const { ids, idsHash, filter } = await this.desk.select(tx, principal, request, now);
        const noteSealed = this.desk.vault.seal(request.note, NOTE);
        const given = { institutionId, action: request.action, argument, noteSealed, filter, ids, idsHash };
        const id = await this.store.insert(tx, { ...given, proposedBy: subject, proposerRoles: roles }, now);
        await this.approvals.ask(
          tx,
          { ...of(institutionId, id), complaintId: null, role: SETTLES, askedBy: subject, note: request.note },
          now,
        );
        return id;
      },
      (tx, id) => this.view(tx, principal, id, requestId),
    );
  }

  /** Refuses with NOT_FOUND, OWN_REQUEST, FORBIDDEN, ALREADY_SETTLED, LIST_CHANGED for another list than it has. */
  approve(principal: Principal, id: string, hash: string, requestId: string): Promise<BulkView> {
    return this.settle(principal, id, requestId, async (tx, bulk, now) => {
      if (hash.toLowerCase() !== bulk.idsHash.toString('hex')) throw new Refusal(LIST_CHANGED, { detail: 'Look at the list again.' });
      await this.approvals.settle(tx, principal, of(bulk.institutionId, id), 'approved', now);
      await this.store.settle(tx, id, { outcome: 'approved', by: principal.subject, roles: principal.roles, refusalSealed: null }, now);
      await this.store.begin(tx, bulk);
      await this.runner.runs.wake(tx, bulk.institutionId, id);
    });
  }

  /** Refuses with NOT_FOUND, OWN_REQUEST, FORBIDDEN, ALREADY_SETTLED. */
  refuse(principal: Principal, id: string, reason: string, requestId: string): Promise<BulkView> {
    return this.settle(principal, id, requestId, async (tx, bulk, now) => {
      await this.approvals.settle(tx, principal, of(bulk.institutionId, id), 'refused', now);
      const refusalSealed = this.desk.vault.seal(reason, NOTE);
      await this.store.settle(tx, id, { outcome: 'refused', by: principal.subject, roles: principal.roles, refusalSealed }, now);
    });
  }

  /** Withdraws what is not approved, or stops what is not done: what is done stays done. Refuses with NOT_FOUND, FORBIDDEN, BULK_OVER. */
  cancel(principal: Principal, id: string, requestId: string): Promise<BulkView> {
    return this.settle(principal, id, requestId, async (tx, bulk, now) => {
      if (bulk.proposedBy !== principal.subject && !principal.roles.includes(SETTLES))
        throw new Refusal(FORBIDDEN, { detail: `${bulk.proposedBy} proposed it; a supervisor may stop it too.` });
      if (bulk.outcome === null) {
        await this.approvals.settle(tx, principal, of(bulk.institutionId, id), 'withdrawn', now);
        await this.store.settle(tx, id, { outcome: 'withdrawn', by: principal.subject, roles: principal.roles, refusalSealed: null }, now);
      } else if (bulk.outcome !== 'approved' || !(await this.runner.runs.cancel(tx, id))) throw new Refusal(BULK_OVER);
    });
  }

  /** Refuses with NOT_FOUND. */
  find(principal: Principal, id: string, requestId: string): Promise<BulkView> {
    return inTransaction(this.desk.database, principal, (tx) => this.view(tx, principal, id, requestId));
  }

  /** Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: { limit?: number; cursor?: string }, requestId: string): Promise<Page<BulkView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const before = decodeCursor(request.cursor, isUuid);
    return inTransaction(this.desk.database, principal, async (tx) => {
      const records = await this.store.list(tx, principal.institutionId, before, limit);
      const views = new Map((await this.views(tx, principal, records.slice(0, limit), requestId)).map((view) => [view.id, view]));
      return toPage(
        records,
        limit,
        ({ id }) => id,
        ({ id }) => views.get(id) ?? missing(),
      );
    });
  }

  /** Refuses with NOT_FOUND, and with INVALID for a cursor that is not ours. */
  async items(principal: Principal, id: string, request: BulkItemsRequest): Promise<Page<BulkItemView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, (key) => /^\d{1,6}$/.test(key));
    return inTransaction(this.desk.database, principal, async (tx) => {
      await this.bulk(tx, principal, id);
      const records = await this.store.items(tx, id, request.state ?? null, Number(after ?? 0), limit);
      return toPage(
        records,
        limit,
        ({ seq }) => String(seq),
        (record) => toItemView(record, this.desk.vault),
      );
    });
  }

  private settle(
    principal: Principal,
    id: string,
    requestId: string,
    work: (tx: Tx, bulk: BulkRecord, now: Date) => Promise<void>,
  ): Promise<BulkView> {
    return inTransaction(this.desk.database, principal, async (tx) => {
      const bulk = isUuid(id) ? await this.store.lock(tx, principal.institutionId, id) : null;
      if (bulk === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such thing proposed here.' });
      await work(tx, bulk, await this.desk.now(tx));
      return this.view(tx, principal, id, requestId);
    });
  }

  private async bulk(tx: Tx, { institutionId }: Principal, id: string): Promise<BulkRecord> {
    const bulk = isUuid(id) ? await this.store.find(tx, institutionId, id) : null;
    if (bulk === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such thing proposed here.' });
    return bulk;
  }

  private async view(tx: Tx, principal: Principal, id: string, requestId: string): Promise<BulkView> {
    const [view] = await this.views(tx, principal, [await this.bulk(tx, principal, id)], requestId);
    return view ?? missing();
  }

  private async views(tx: Tx, principal: Principal, records: readonly BulkRecord[], requestId: string): Promise<BulkView[]> {
    const ids = records.map(({ id }) => id);
    const counts = Map.groupBy(await this.store.counts(tx, ids), ({ bulk }) => bulk);
    const masked = await this.desk.noteRead(tx, principal, ids, requestId);
    return records.map((record) =>
      toBulkView(record, counts.get(record.id) ?? [], { principal, masked, vault: this.desk.vault, settles: SETTLES }),
    );
  }
}

const of = (institutionId: string, ref: string): ApprovalOf => ({ institutionId, kind: BULK, ref });

function missing(): never {
  throw new Error('what was proposed is not there');
}

/** What the act needs, and nothing else. */
function argumentOf({ roles }: Principal, { action, handler, tag }: BulkRequest): BulkArgument {
  const gives = action === 'assign' || action === 'reassign';
  const errors = [
    ...(gives && !handler?.trim() ? [{ pointer: '/handler', detail: 'say to whom' }] : []),
    ...(!gives && handler ? [{ pointer: '/handler', detail: `is not for ${action}` }] : []),
    ...(action === 'add-tag' && !tag ? [{ pointer: '/tag', detail: 'say which' }] : []),
    ...(action !== 'add-tag' && tag ? [{ pointer: '/tag', detail: `is not for ${action}` }] : []),
  ];
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
  if (gives && !roles.includes(SETTLES))
    throw new Refusal(FORBIDDEN, { detail: 'A handler takes complaints for himself; a supervisor assigns others.' });
  return { handler: gives ? (handler?.trim() ?? null) : null, tag: tag ? toTag(tag) : null };
}

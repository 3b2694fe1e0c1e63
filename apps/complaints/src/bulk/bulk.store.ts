import { Injectable } from '@nestjs/common';
import type { Role } from '#auth';
import type { Tx } from '#pg';
import type { RunFailureJson, RunState } from '#runs';
import type { ApprovalOutcome } from '../approval/approval.dto.ts';
import type { BulkAction, ItemState } from './bulk.dto.ts';

export interface BulkArgument {
  readonly handler: string | null;
  readonly tag: string | null;
}

export interface NewBulk {
  readonly institutionId: string;
  readonly action: BulkAction;
  readonly argument: BulkArgument;
  readonly noteSealed: Buffer | null;
  readonly filter: object | null;
  readonly ids: readonly string[];
  readonly idsHash: Buffer;
  readonly proposedBy: string;
  readonly proposerRoles: readonly Role[];
}

export interface BulkRecord extends Omit<NewBulk, 'ids'> {
  readonly id: string;
  readonly count: number;
  readonly proposedAt: Date;
  readonly filter: Readonly<Record<string, unknown>> | null;
  readonly outcome: ApprovalOutcome | null;
  readonly settledBy: string | null;
  readonly settlerRoles: readonly Role[] | null;
  readonly settledAt: Date | null;
  readonly refusalSealed: Buffer | null;
  readonly runState: RunState | null;
  readonly failure: RunFailureJson | null;
}

export interface ItemRecord {
  readonly seq: number;
  readonly complaintId: string;
  readonly complaintNumber: string;
  readonly handler: string | null;
  readonly dueOn: string;
  readonly state: ItemState;
  readonly code: string | null;
  readonly source: string | null;
  readonly detailSealed: Buffer | null;
}

/** What became of one. */
export interface ItemResult {
  readonly state: Exclude<ItemState, 'waiting'>;
  readonly code: string | null;
  readonly source: string | null;
  readonly detailSealed: Buffer | null;
}

export interface Settlement {
  readonly outcome: ApprovalOutcome;
  readonly by: string;
  readonly roles: readonly Role[];
  readonly refusalSealed: Buffer | null;
}

const COLUMNS = `b.id, b.institution_id as "institutionId", b.action, b.argument, b.note_sealed as "noteSealed", b.filter, b.count, b.ids_hash as "idsHash",
  b.proposed_by as "proposedBy", b.proposer_roles as "proposerRoles", b.proposed_at as "proposedAt", b.outcome, b.settled_by as "settledBy",
  b.settler_roles as "settlerRoles", b.settled_at as "settledAt", b.refusal_sealed as "refusalSealed", r.state as "runState", r.failure`;
const FROM = 'bulk b left join bulk_run r on r.id = b.id';

@Injectable()
export class BulkStore {
  /** Those of the ids that are complaints of the institution. */
  async known(tx: Tx, institutionId: string, ids: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ id: string }>('select id from complaint where institution_id = $1 and id = any($2)', [
      institutionId,
      ids,
    ]);
    return new Set(rows.map(({ id }) => id));
  }

  async insert(tx: Tx, given: NewBulk, now: Date): Promise<string> {
    const { institutionId, action, argument, noteSealed, filter, ids, idsHash, proposedBy, proposerRoles } = given;
    const [row] = await tx.query<{ id: string }>(
      `insert into bulk (institution_id, action, argument, note_sealed, filter, count, ids_hash, proposed_by, proposer_roles, proposed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
      [institutionId, action, argument, noteSealed, filter && JSON.stringify(filter), ids.length, idsHash, proposedBy, proposerRoles, now],
    );
    if (!row) throw new Error('what was proposed was not stored');
    await tx.query(
      `insert into bulk_item (institution_id, bulk, seq, complaint) select $1, $2, n, id from unnest($3::uuid[]) with ordinality as given(id, n)`,
      [institutionId, row.id, ids],
    );
    return row.id;
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<BulkRecord | null> {
    const [row] = await tx.query<BulkRecord>(`select ${COLUMNS} from ${FROM} where b.institution_id = $1 and b.id = $2`, [
      institutionId,
      id,
    ]);
    return row ?? null;
  }

  /** The same, and nobody else settles it until the transaction ends. */
  async lock(tx: Tx, institutionId: string, id: string): Promise<BulkRecord | null> {
    await tx.query('select from bulk where institution_id = $1 and id = $2 for update', [institutionId, id]);
    return this.find(tx, institutionId, id);
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, institutionId: string, before: string | null, limit: number): Promise<BulkRecord[]> {
    return tx.query(
      `select ${COLUMNS} from ${FROM} where b.institution_id = $1 and ($2::uuid is null or b.id < $2) order by b.id desc limit $3`,
      [institutionId, before, limit + 1],
    );
  }

  async settle(tx: Tx, id: string, { outcome, by, roles, refusalSealed }: Settlement, now: Date): Promise<void> {
    await tx.query(
      'update bulk set outcome = $2, settled_by = $3, settler_roles = $4, settled_at = $5, refusal_sealed = $6 where id = $1',
      [id, outcome, by, roles, now, refusalSealed],
    );
  }

  async begin(tx: Tx, { institutionId, id, proposedBy }: BulkRecord): Promise<void> {
    await tx.query('insert into bulk_run (id, institution_id, requested_by) values ($1, $2, $3)', [id, institutionId, proposedBy]);
  }

  async counts(tx: Tx, ids: readonly string[]): Promise<{ bulk: string; state: ItemState; code: string | null; count: number }[]> {
    return tx.query(
      'select bulk, state, code, count(*)::int as count from bulk_item where bulk = any($1) group by 1, 2, 3 order by 1, 2, 4 desc',
      [ids],
    );
  }

  /** In their order; one more than the limit, if there are so many. */
  async items(tx: Tx, id: string, state: ItemState | null, after: number, limit: number): Promise<ItemRecord[]> {
    return tx.query(
      `select i.seq, i.complaint as "complaintId", c.number as "complaintNumber", c.handler, c.due_on as "dueOn", i.state, i.code, i.source, i.detail_sealed as "detailSealed"
       from bulk_item i join complaint c on c.id = i.complaint where i.bulk = $1 and ($2::text is null or i.state = $2) and i.seq > $3 order by i.seq limit $4`,
      [id, state, after, limit + 1],
    );
  }

  /** The list as it was proposed. */
  async ids(tx: Tx, id: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>('select complaint as id from bulk_item where bulk = $1 order by seq', [id]);
    return rows.map((row) => row.id);
  }

  async waiting(tx: Tx, id: string): Promise<{ seq: number; complaintId: string }[]> {
    return tx.query(`select seq, complaint as "complaintId" from bulk_item where bulk = $1 and state = 'waiting' order by seq`, [id]);
  }

  async end(tx: Tx, id: string, seq: number, { state, code, source, detailSealed }: ItemResult, now: Date): Promise<void> {
    await tx.query('update bulk_item set state = $3, code = $4, source = $5, detail_sealed = $6, at = $7 where bulk = $1 and seq = $2', [
      id,
      seq,
      state,
      code,
      source,
      detailSealed,
      now,
    ]);
  }
}

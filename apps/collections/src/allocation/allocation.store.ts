import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { runFields, type RunFields } from '#runs';
import { isUuid } from '#wire';
import type { AllocationSummary, RuleContent, RunSummary } from './rule.ts';

export interface RuleRecord {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly content: RuleContent;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
}

export interface AllocationRecord extends RunFields {
  readonly id: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly ruleVersion: number;
  readonly content: RuleContent;
  readonly summary: AllocationSummary | null;
  readonly orderedBy: string | null;
  readonly orderedAt: Date | null;
  readonly orderReasonSealed: Buffer | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly rejectedBy: string | null;
  readonly rejectedAt: Date | null;
  readonly run:
    | (Pick<RunFields, 'state' | 'progress' | 'failure'> & {
        readonly id: string;
        readonly summary: RunSummary | null;
        readonly finishedAt: string | null;
      })
    | null;
}

export interface LineRecord {
  readonly seq: number;
  readonly caseUuid: string;
  readonly caseId: string;
  readonly agencyId: string | null;
  readonly stays: string | null;
  readonly balance: string;
  readonly outcome: string | null;
  readonly detail: string | null;
}

const RULE = `r.id, r.name, r.version, r.content, r.created_by as "createdBy", r.created_at as "createdAt", r.retired_at as "retiredAt"`;
const ALLOCATION = `a.id, a.rule as "ruleId", r.name as "ruleName", r.version as "ruleVersion", r.content, a.summary, a.ordered_by as "orderedBy", a.ordered_at as "orderedAt",
  a.order_reason_sealed as "orderReasonSealed", a.approved_by as "approvedBy", a.approved_at as "approvedAt", a.rejected_by as "rejectedBy", a.rejected_at as "rejectedAt",
  (select json_build_object('id', u.id, 'state', u.state, 'progress', u.progress, 'failure', u.failure, 'summary', u.summary, 'finishedAt', u.finished_at)
    from allocation_run u where u.allocation = a.id) as run, a.${runFields.replaceAll(', ', ', a.')}`;

@Injectable()
export class AllocationStore {
  /** The next version of the rule of that name. */
  async addRule(
    tx: Tx,
    institutionId: string,
    { name, content, by, at }: { readonly name: string; readonly content: RuleContent; readonly by: string; readonly at: Date },
  ): Promise<string> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 42))', [`${institutionId}\u001f${name}`]);
    const [row] = await tx.query<{ id: string }>(
      `insert into allocation_rule (institution_id, name, version, content, created_by, created_at)
       select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5 from allocation_rule where institution_id = $1 and name = $2 returning id`,
      [institutionId, name, JSON.stringify(content), by, at],
    );
    if (!row) throw new Error('the rule was not stored');
    return row.id;
  }

  async findRule(tx: Tx, institutionId: string, id: string): Promise<RuleRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<RuleRecord>(`select ${RULE} from allocation_rule r where r.id = $1 and r.institution_id = $2`, [
      id,
      institutionId,
    ]);
    return row ?? null;
  }

  /** The newest version of each, by name. */
  async rules(tx: Tx, institutionId: string): Promise<RuleRecord[]> {
    return tx.query<RuleRecord>(
      `select distinct on (r.name) ${RULE} from allocation_rule r where r.institution_id = $1 order by r.name, r.version desc limit 500`,
      [institutionId],
    );
  }

  async retireRule(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query('update allocation_rule set retired_at = $2, retired_by = $3 where id = $1 and retired_at is null', [id, at, by]);
  }

  async create(tx: Tx, institutionId: string, ruleId: string, by: string): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      'insert into allocation (institution_id, rule, requested_by) values ($1, $2, $3) returning id',
      [institutionId, ruleId, by],
    );
    if (!row) throw new Error('the allocation was not stored');
    return row.id;
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<AllocationRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<AllocationRecord>(
      `select ${ALLOCATION} from allocation a join allocation_rule r on r.id = a.rule where a.id = $1 and a.institution_id = $2`,
      [id, institutionId],
    );
    return row ?? null;
  }

  /** Nobody else orders, approves or rejects it until the transaction ends. */
  async lock(tx: Tx, institutionId: string, id: string): Promise<AllocationRecord | null> {
    if (!isUuid(id)) return null;
    await tx.query('select from allocation where id = $1 and institution_id = $2 for update', [id, institutionId]);
    return this.find(tx, institutionId, id);
  }

  /** The newest first, before the id. */
  async list(tx: Tx, institutionId: string, before: string | null, limit: number): Promise<AllocationRecord[]> {
    return tx.query<AllocationRecord>(
      `select ${ALLOCATION} from allocation a join allocation_rule r on r.id = a.rule
       where a.institution_id = $1 and ($2::uuid is null or a.id < $2) order by a.id desc limit $3`,
      [institutionId, before, limit + 1],
    );
  }

  async lines(
    tx: Tx,
    {
      id,
      agencyId,
      stays,
      outcome,
      after,
      limit,
    }: { id: string; agencyId: string | null; stays: string | null; outcome: string | null; after: number | null; limit: number },
  ): Promise<LineRecord[]> {
    return tx.query<LineRecord>(
      `select l.seq, l.collection_case as "caseUuid", c.case_id as "caseId", l.agency_id as "agencyId", l.stays, l.balance::text as balance, l.outcome, l.detail
       from allocation_line l join collection_case c on c.id = l.collection_case
       where l.allocation = $1 and ($2::text is null or l.agency_id = $2) and ($3::text is null or l.stays = $3) and ($4::text is null or l.outcome = $4)
         and ($5::integer is null or l.seq > $5) order by l.seq limit $6`,
      [id, agencyId, stays, outcome, after, limit + 1],
    );
  }

  async order(
    tx: Tx,
    id: string,
    { by, at, reasonSealed }: { readonly by: string; readonly at: Date; readonly reasonSealed: Buffer },
  ): Promise<void> {
    await tx.query('update allocation set ordered_by = $2, ordered_at = $3, order_reason_sealed = $4 where id = $1', [
      id,
      by,
      at,
      reasonSealed,
    ]);
  }

  async approve(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query('update allocation set approved_by = $2, approved_at = $3 where id = $1', [id, by, at]);
  }

  async reject(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query('update allocation set rejected_by = $2, rejected_at = $3 where id = $1', [id, by, at]);
  }

  async createRun(tx: Tx, institutionId: string, allocation: string, by: string): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      'insert into allocation_run (institution_id, allocation, requested_by) values ($1, $2, $3) returning id',
      [institutionId, allocation, by],
    );
    if (!row) throw new Error('the run was not stored');
    return row.id;
  }

  async allocationOf(tx: Tx, institutionId: string, run: string): Promise<AllocationRecord | null> {
    const [row] = await tx.query<{ allocation: string }>('select allocation from allocation_run where id = $1 and institution_id = $2', [
      run,
      institutionId,
    ]);
    return row ? this.find(tx, institutionId, row.allocation) : null;
  }
}

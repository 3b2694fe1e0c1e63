import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import type { PromiseState } from './promise.dto.ts';

export interface NewPromise {
  readonly caseUuid: string;
  readonly attemptId: string | null;
  readonly agencyId: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly dueOn: string;
  readonly madeAt: Date;
  readonly madeBy: string;
  readonly noteSealed: Buffer | null;
  readonly graceDays: number;
  readonly breaksAt: Date;
}

export interface PromiseRecord extends NewPromise {
  readonly id: string;
  readonly caseId: string;
  readonly timeZone: string;
  readonly paid: string;
  readonly state: PromiseState;
  readonly settledAt: Date | null;
}

/** A promise that payments may settle. */
export interface OpenPromise {
  readonly id: string;
  readonly caseUuid: string;
  readonly amount: string;
  readonly paid: string;
  readonly currency: string;
  readonly dueOn: string;
  readonly state: PromiseState;
  readonly madeAt: Date;
  readonly breaksAt: Date;
}

/** Of one case, one by its id, or all of one state. */
export interface PromiseFilter {
  readonly institutionId: string;
  /** Only those of cases entrusted to this agency; null: all. */
  readonly entrustedTo: string | null;
  readonly id?: string;
  readonly caseUuid?: string;
  readonly state?: PromiseState | undefined;
  readonly after: string | null;
  readonly limit: number;
}

const COLUMNS = `p.id, p.collection_case as "caseUuid", c.case_id as "caseId", p.attempt as "attemptId", p.agency_id as "agencyId", p.amount::text as amount,
  p.paid::text as paid, p.currency, p.due_on::text as "dueOn", p.state, p.made_at as "madeAt", p.made_by as "madeBy", p.note_sealed as "noteSealed",
  p.grace_days as "graceDays", p.breaks_at as "breaksAt", p.settled_at as "settledAt", d.time_zone as "timeZone"`;

@Injectable()
export class PromiseStore {
  async add(tx: Tx, institutionId: string, promise: NewPromise): Promise<string> {
    const { caseUuid, attemptId, agencyId, amount, currency, dueOn, madeAt, madeBy, noteSealed, graceDays, breaksAt } = promise;
    const [row] = await tx.query<{ id: string }>(
      `insert into promise (institution_id, collection_case, attempt, agency_id, amount, currency, due_on, made_at, made_by, note_sealed, grace_days, breaks_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
      [institutionId, caseUuid, attemptId, agencyId, amount, currency, dueOn, madeAt, madeBy, noteSealed, graceDays, breaksAt],
    );
    if (!row) throw new Error('a promise was not stored');
    return row.id;
  }

  /** Newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, filter: PromiseFilter): Promise<PromiseRecord[]> {
    const { institutionId, entrustedTo, id = null, caseUuid = null, state = null, after, limit } = filter;
    return tx.query<PromiseRecord>(
      `select ${COLUMNS} from promise p join collection_case c on c.id = p.collection_case join debtor d on d.id = c.debtor
       where p.institution_id = $1 and ($2::text is null or c.agency_id = $2) and ($3::uuid is null or p.id = $3) and ($4::uuid is null or p.collection_case = $4)
         and ($5::text is null or p.state = $5) and ($6::uuid is null or p.id < $6) order by p.id desc limit $7`,
      [institutionId, entrustedTo, id, caseUuid, state, after, limit + 1],
    );
  }

  /** Locks it: what is settled meanwhile is seen. Null also for one of another agency’s case. */
  async lock(
    tx: Tx,
    institutionId: string,
    id: string,
    entrustedTo: string | null,
  ): Promise<{ caseUuid: string; state: PromiseState; madeAt: Date } | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<{ caseUuid: string; state: PromiseState; madeAt: Date }>(
      `select p.collection_case as "caseUuid", p.state, p.made_at as "madeAt" from promise p join collection_case c on c.id = p.collection_case
       where p.id = $1 and p.institution_id = $2 and ($3::text is null or c.agency_id = $3) for update of p`,
      [id, institutionId, entrustedTo],
    );
    return row ?? null;
  }

  async withdraw(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.query(`update promise set state = 'withdrawn', settled_at = $2 where id = $1`, [id, at]);
  }

  /** All that were not withdrawn, of these cases. */
  async lockOf(tx: Tx, institutionId: string, caseUuids: readonly string[]): Promise<OpenPromise[]> {
    return tx.query<OpenPromise>(
      `select id, collection_case as "caseUuid", amount::text as amount, paid::text as paid, currency, due_on::text as "dueOn", state, made_at as "madeAt",
         breaks_at as "breaksAt" from promise
       where institution_id = $1 and collection_case = any($2) and state <> 'withdrawn' order by id for update`,
      [institutionId, caseUuids],
    );
  }

  async settle(
    tx: Tx,
    rows: readonly { readonly id: string; readonly state: string; readonly paid: string; readonly at: Date | null }[],
  ): Promise<void> {
    await tx.query(
      `update promise p set state = r.state, paid = r.paid, settled_at = r.at
       from json_to_recordset($1) as r(id uuid, state text, paid numeric, at timestamptz) where p.id = r.id`,
      [JSON.stringify(rows)],
    );
  }

  /** Breaks those whose last day and grace are over, and notes it; those that somebody settles at this moment are theirs. */
  async breakDue(tx: Tx, now: Date, subject: string): Promise<number> {
    const broken = await tx.query<{ id: string }>(
      `with due as (
         select id from promise where state = 'open' and breaks_at <= $1 order by breaks_at limit 2000 for update skip locked
       ), broken as (
         update promise p set state = 'broken', settled_at = p.breaks_at from due where p.id = due.id returning p.*
       )
       insert into register_act (institution_id, action, resource, collection_case, subject, at, detail)
       select institution_id, 'promise-broken', id::text, collection_case, $2, $1,
         json_build_object('amount', amount::text, 'paid', paid::text, 'currency', currency, 'dueOn', due_on) from broken
       returning id`,
      [now, subject],
    );
    return broken.length;
  }
}

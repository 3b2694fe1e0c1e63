import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Reach } from './superiors.ts';

export interface TaskRecord {
  readonly id: string;
  readonly kind: string;
  readonly resource: string;
  /** As it was given at import. */
  readonly caseId: string | null;
  readonly agencyId: string | null;
  readonly role: string;
  readonly person: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly openedAt: Date;
  readonly dueAt: Date;
  /** What it was before it was first moved; null: it was not. */
  readonly firstDueAt: Date | null;
  readonly remindedAt: Date | null;
  readonly escalatedAt: Date | null;
  readonly doneAt: Date | null;
  readonly doneBy: string | null;
  readonly outcome: string | null;
}

export type Whose = 'mine' | 'role' | 'all';

export interface TaskFilter {
  readonly whose: Whose;
  readonly isDone: boolean;
  readonly kind: string | null;
  readonly caseId: string | null;
  readonly agencyId: string | null;
  /** The span of due times of the bucket. */
  readonly due: { readonly from: Date | null; readonly before: Date | null };
}

/** Where a page ends: of open tasks the due time, of done ones when they were done. */
export interface Position {
  readonly at: Date;
  readonly id: string;
}

export interface Counts {
  readonly overdue: number;
  readonly day: number;
  readonly week: number;
  readonly later: number;
}

const COLUMNS = `t.id, t.kind, t.resource, c.case_id as "caseId", t.agency_id as "agencyId", t.role, t.person, t.detail, t.opened_at as "openedAt", t.due_at as "dueAt",
  (select e.due_before from task_extension e where e.task = t.id order by e.id limit 1) as "firstDueAt", t.reminded_at as "remindedAt",
  t.escalated_at as "escalatedAt", t.done_at as "doneAt", t.done_by as "doneBy", t.outcome`;
const FROM = 'task t left join collection_case c on c.id = t.collection_case';

// Who asks, and whose tasks that person reaches.
const ME = `(select $1::text as institution_id, $2::text as subject, $3::text as agency_id, $4::text[] as roles, $5::text[] as team, $6::text[] as agency_roles, $7::boolean as of_agencies) me`;
const WITHIN = `t.institution_id = me.institution_id and (me.agency_id is null or (t.agency_id = me.agency_id and (t.role = any(me.agency_roles) or t.person = me.subject)))`;
const NOT_OF_AGENCIES = `(me.agency_id is not null or t.agency_id is null or t.role <> all(me.agency_roles))`;
const OF_ROLE = `(t.role = any(me.roles) and ${NOT_OF_AGENCIES})`;
const OF_TEAM = `(t.role = any(me.team) and (me.of_agencies or ${NOT_OF_AGENCIES}))`;
const REACHED = `(${WITHIN} and (t.person = me.subject or ${OF_ROLE} or ${OF_TEAM}))`;
const WHOSE: Readonly<Record<Whose, (isDone: boolean) => string>> = {
  mine: (isDone) => (isDone ? 't.done_by = me.subject' : 't.person = me.subject'),
  role: () => `(t.person = me.subject or (t.person is null and ${OF_ROLE}))`,
  all: () => `(t.person = me.subject or ${OF_TEAM})`,
};

const reachValues = ({ institutionId, subject, agencyId, roles, team, agencyRoles, ofAgencies }: Reach): unknown[] => [
  institutionId,
  subject,
  agencyId,
  roles,
  team,
  agencyRoles,
  ofAgencies,
];

const FILTERED = `($8::text is null or t.kind = $8) and ($9::text is null or c.case_id = $9 or c.id::text = $9) and ($10::text is null or t.agency_id = $10)`;

@Injectable()
export class TaskListStore {
  /** Open ones by due time, done ones the latest first; one more than the limit, if there are so many. */
  async list(tx: Tx, reach: Reach, filter: TaskFilter, after: Position | null, limit: number): Promise<TaskRecord[]> {
    const { whose, isDone, kind, caseId, agencyId, due } = filter;
    const order = isDone ? 't.done_at desc, t.id desc' : 't.due_at, t.id';
    const position = isDone ? '(t.done_at, t.id) < ($13, $14::uuid)' : '(t.due_at, t.id) > ($13, $14::uuid)';
    return tx.query<TaskRecord>(
      `select ${COLUMNS} from ${ME} cross join ${FROM} where ${WITHIN} and ${WHOSE[whose](isDone)} and ${FILTERED} and t.done_at is ${isDone ? 'not null' : 'null'}
         and ($11::timestamptz is null or t.due_at >= $11) and ($12::timestamptz is null or t.due_at < $12)
         and ($13::timestamptz is null or ${position})
       order by ${order} limit $15`,
      [...reachValues(reach), kind, caseId, agencyId, due.from, due.before, after?.at ?? null, after?.id ?? null, limit + 1],
    );
  }

  /** Open ones, by how long there is. */
  async counts(
    tx: Tx,
    reach: Reach,
    { whose, kind, caseId, agencyId }: Pick<TaskFilter, 'whose' | 'kind' | 'caseId' | 'agencyId'>,
    edges: { readonly now: Date; readonly day: Date; readonly week: Date },
  ): Promise<Counts> {
    const [row] = await tx.query<Counts>(
      `select count(*) filter (where t.due_at < $11)::int as overdue, count(*) filter (where t.due_at >= $11 and t.due_at < $12)::int as day,
         count(*) filter (where t.due_at >= $12 and t.due_at < $13)::int as week, count(*) filter (where t.due_at >= $13)::int as later
       from ${ME} cross join ${FROM} where ${WITHIN} and ${WHOSE[whose](false)} and ${FILTERED} and t.done_at is null`,
      [...reachValues(reach), kind, caseId, agencyId, edges.now, edges.day, edges.week],
    );
    return row ?? { overdue: 0, day: 0, week: 0, later: 0 };
  }

  async find(tx: Tx, reach: Reach, id: string): Promise<TaskRecord | null> {
    const [row] = await tx.query<TaskRecord>(`select ${COLUMNS} from ${ME} cross join ${FROM} where ${REACHED} and t.id = $8`, [
      ...reachValues(reach),
      id,
    ]);
    return row ?? null;
  }

  /** Whosever it is. */
  async findAny(tx: Tx, institutionId: string, id: string): Promise<TaskRecord | null> {
    const [row] = await tx.query<TaskRecord>(`select ${COLUMNS} from ${FROM} where t.institution_id = $1 and t.id = $2`, [
      institutionId,
      id,
    ]);
    return row ?? null;
  }

  /** One that is in reach, and nobody else changes it until the transaction ends. */
  async lock(tx: Tx, reach: Reach, id: string): Promise<TaskRecord | null> {
    await tx.query('select from task where institution_id = $1 and id = $2 for update', [reach.institutionId, id]);
    return this.find(tx, reach, id);
  }
}

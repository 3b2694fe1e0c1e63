import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { CauseOf } from '../root-cause/root-cause.service.ts';
import type { OwnerKind, RectificationState } from './rectification.dto.ts';

export interface RectificationRecord {
  readonly id: string;
  readonly complaintId: string;
  readonly causeKind: CauseOf['kind'];
  readonly objectKind: CauseOf['objectKind'];
  readonly objectRef: string | null;
  readonly titleSealed: Buffer;
  readonly ownerKind: OwnerKind;
  readonly owner: string;
  readonly dueOn: string;
  readonly firstDueOn: string;
  readonly dueAt: Date;
  readonly timeZone: string;
  readonly state: RectificationState;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly implementedOn: string | null;
  readonly unmeasuredSealed: Buffer | null;
  readonly unmeasuredBy: string | null;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  readonly closeSealed: Buffer | null;
  readonly effectId: string | null;
  readonly steps: number;
  readonly stepsDone: number;
}

export type NewRectification = Pick<
  RectificationRecord,
  | 'complaintId'
  | 'causeKind'
  | 'objectKind'
  | 'objectRef'
  | 'titleSealed'
  | 'ownerKind'
  | 'owner'
  | 'dueOn'
  | 'dueAt'
  | 'timeZone'
  | 'openedBy'
  | 'openedAt'
> & {
  readonly institutionId: string;
  readonly causes: readonly string[];
  readonly steps: readonly { readonly sealed: Buffer; readonly dueOn: string | null }[];
};

export interface StepRecord {
  readonly n: number;
  readonly textSealed: Buffer;
  readonly dueOn: string | null;
  readonly doneAt: Date | null;
  readonly doneBy: string | null;
  readonly noteSealed: Buffer | null;
  readonly files: readonly string[];
}

export interface DelayRecord {
  readonly id: string;
  readonly fromOn: string;
  readonly toOn: string;
  readonly reasonSealed: Buffer;
  readonly askedBy: string;
  readonly granted: boolean | null;
  readonly settledBy: string | null;
  readonly noteSealed: Buffer | null;
}

export interface RectificationFilter {
  readonly institutionId: string;
  readonly open: boolean | null;
  readonly state: RectificationState | null;
  readonly overdueAt: Date | null;
  readonly owner: string | null;
  readonly after: { readonly dueAt: string; readonly id: string } | null;
  readonly limit: number;
}

export interface Closing {
  readonly state: 'effective' | 'accepted' | 'cancelled';
  readonly by: string;
  readonly at: Date;
  readonly noteSealed: Buffer | null;
  readonly effectId: string | null;
}

const COLUMNS = `
  m.id, m.complaint as "complaintId", m.cause_kind as "causeKind", m.object_kind as "objectKind", m.object_ref as "objectRef", m.title_sealed as "titleSealed",
  m.owner_kind as "ownerKind", m.owner, m.due_on as "dueOn", m.first_due_on as "firstDueOn", m.due_at as "dueAt", m.time_zone as "timeZone", m.state, m.opened_by as "openedBy",
  m.opened_at as "openedAt", m.implemented_on as "implementedOn", m.unmeasured_sealed as "unmeasuredSealed", m.unmeasured_by as "unmeasuredBy", m.closed_by as "closedBy",
  m.closed_at as "closedAt", m.close_sealed as "closeSealed", m.effect as "effectId", s.steps, s.done as "stepsDone"`;
const FROM = `rectification m cross join lateral (
  select count(*)::int as steps, count(done_at)::int as done from rectification_step s where s.rectification = m.id) s`;

@Injectable()
export class RectificationStore {
  async add(tx: Tx, one: NewRectification): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into rectification (institution_id, complaint, cause_kind, object_kind, object_ref, title_sealed, owner_kind, owner, due_on, first_due_on, due_at, time_zone, state,
         opened_by, opened_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, 'open', $12, $13) returning id`,
      [
        one.institutionId,
        one.complaintId,
        one.causeKind,
        one.objectKind,
        one.objectRef,
        one.titleSealed,
        one.ownerKind,
        one.owner,
        one.dueOn,
        one.dueAt,
        one.timeZone,
        one.openedBy,
        one.openedAt,
      ],
    );
    const id = row?.id ?? '';
    await tx.query(`insert into rectification_cause (institution_id, rectification, root_cause) select $1, $2, unnest($3::uuid[])`, [
      one.institutionId,
      id,
      one.causes,
    ]);
    await tx.query(
      `insert into rectification_step (institution_id, rectification, n, text_sealed, due_on)
       select $1, $2, n, sealed, due_on from unnest($3::bytea[], $4::date[]) with ordinality as s(sealed, due_on, n)`,
      [one.institutionId, id, one.steps.map(({ sealed }) => sealed), one.steps.map(({ dueOn }) => dueOn)],
    );
    return id;
  }

  async complaintOf(tx: Tx, institutionId: string, id: string): Promise<string | null> {
    const [row] = await tx.query<{ complaint: string }>('select complaint from rectification where institution_id = $1 and id = $2', [
      institutionId,
      id,
    ]);
    return row?.complaint ?? null;
  }

  async find(tx: Tx, id: string): Promise<RectificationRecord | null> {
    const [row] = await tx.query<RectificationRecord>(`select ${COLUMNS} from ${FROM} where m.id = $1`, [id]);
    return row ?? null;
  }

  /** By when they are due; one more than the limit, if there are so many. */
  async list(tx: Tx, { institutionId, open, state, overdueAt, owner, after, limit }: RectificationFilter): Promise<RectificationRecord[]> {
    return tx.query<RectificationRecord>(
      `select ${COLUMNS} from ${FROM}
       where m.institution_id = $1 and ($2::boolean is null or (m.closed_at is null) = $2) and ($3::text is null or m.state = $3)
         and ($4::timestamptz is null or (m.state = 'open' and m.due_at <= $4)) and ($5::text is null or m.owner = $5)
         and ($6::timestamptz is null or (m.due_at, m.id) > ($6, $7::uuid))
       order by m.due_at, m.id limit $8`,
      [institutionId, open, state, overdueAt, owner, after?.dueAt ?? null, after?.id ?? null, limit + 1],
    );
  }

  async causes(tx: Tx, id: string): Promise<{ causeId: string; complaintId: string; complaintNumber: string }[]> {
    return tx.query(
      `select r.id as "causeId", c.id as "complaintId", c.number as "complaintNumber" from rectification_cause l join root_cause r on r.id = l.root_cause
       join complaint c on c.id = r.complaint where l.rectification = $1 order by r.id`,
      [id],
    );
  }

  async steps(tx: Tx, id: string): Promise<StepRecord[]> {
    return tx.query<StepRecord>(
      `select n, text_sealed as "textSealed", due_on as "dueOn", done_at as "doneAt", done_by as "doneBy", note_sealed as "noteSealed", files
       from rectification_step where rectification = $1 order by n`,
      [id],
    );
  }

  async doStep(tx: Tx, id: string, n: number, done: { by: string; at: Date; noteSealed: Buffer; files: readonly string[] }): Promise<void> {
    await tx.query(
      'update rectification_step set done_at = $3, done_by = $4, note_sealed = $5, files = $6 where rectification = $1 and n = $2',
      [id, n, done.at, done.by, done.noteSealed, done.files],
    );
  }

  async implement(tx: Tx, id: string, on: string, by: string, at: Date): Promise<void> {
    await tx.query(
      `update rectification set state = 'implemented', implemented_on = $2, implemented_by = $3, implemented_at = $4 where id = $1`,
      [id, on, by, at],
    );
  }

  async delays(tx: Tx, id: string): Promise<DelayRecord[]> {
    return tx.query<DelayRecord>(
      `select id, from_on as "fromOn", to_on as "toOn", reason_sealed as "reasonSealed", asked_by as "askedBy", granted, settled_by as "settledBy", note_sealed as "noteSealed"
       from rectification_delay where rectification = $1 order by id`,
      [id],
    );
  }

  async askDelay(
    tx: Tx,
    delay: { institutionId: string; id: string; fromOn: string; toOn: string; reasonSealed: Buffer; by: string; at: Date },
  ): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into rectification_delay (institution_id, rectification, from_on, to_on, reason_sealed, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [delay.institutionId, delay.id, delay.fromOn, delay.toOn, delay.reasonSealed, delay.by, delay.at],
    );
    return row?.id ?? '';
  }

  async settleDelay(tx: Tx, id: string, settled: { granted: boolean; by: string; at: Date; noteSealed: Buffer | null }): Promise<void> {
    await tx.query('update rectification_delay set granted = $2, settled_by = $3, settled_at = $4, note_sealed = $5 where id = $1', [
      id,
      settled.granted,
      settled.by,
      settled.at,
      settled.noteSealed,
    ]);
  }

  async moveDue(tx: Tx, id: string, dueOn: string, dueAt: Date): Promise<void> {
    await tx.query('update rectification set due_on = $2, due_at = $3 where id = $1', [id, dueOn, dueAt]);
  }

  /** Says why it cannot be measured; null takes that back. */
  async unmeasured(tx: Tx, id: string, given: { sealed: Buffer; by: string; at: Date } | null): Promise<void> {
    await tx.query('update rectification set unmeasured_sealed = $2, unmeasured_by = $3, unmeasured_at = $4 where id = $1', [
      id,
      given?.sealed ?? null,
      given?.by ?? null,
      given?.at ?? null,
    ]);
  }

  async close(tx: Tx, id: string, { state, by, at, noteSealed, effectId }: Closing): Promise<void> {
    await tx.query('update rectification set state = $2, closed_by = $3, closed_at = $4, close_sealed = $5, effect = $6 where id = $1', [
      id,
      state,
      by,
      at,
      noteSealed,
      effectId,
    ]);
  }
}

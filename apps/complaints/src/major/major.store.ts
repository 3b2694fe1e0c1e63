import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { MajorKind, PlanStep } from './plan.ts';

export const EVENT_STATES = ['proposed', 'confirmed', 'dismissed', 'closed'] as const;
export type EventState = (typeof EVENT_STATES)[number];

export interface EventRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly kind: MajorKind;
  readonly state: EventState;
  readonly drill: boolean;
  readonly titleSealed: Buffer;
  readonly reason: { readonly persons?: number | null; readonly words?: readonly string[]; readonly count?: number; readonly expected?: number };
  readonly noteSealed: Buffer | null;
  readonly surgeId: string | null;
  readonly knownAt: Date;
  readonly proposedBy: string;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionNoteSealed: Buffer | null;
  readonly reportDueAt: Date | null;
  readonly reportedAt: Date | null;
  readonly reportedBy: string | null;
  readonly reportedHowSealed: Buffer | null;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  readonly closingNoteSealed: Buffer | null;
  readonly complaints: number;
  readonly stepsOpen: number;
  readonly stepsAll: number;
}

export interface StepRecord {
  readonly seq: number;
  readonly zh: string;
  readonly en: string;
  readonly role: string;
  readonly dueAt: Date;
  readonly state: 'open' | 'done' | 'skipped';
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly noteSealed: Buffer | null;
}

export interface NewEvent {
  readonly institutionId: string;
  readonly kind: MajorKind;
  readonly drill: boolean;
  readonly titleSealed: Buffer;
  readonly reason: EventRecord['reason'];
  readonly noteSealed: Buffer | null;
  readonly surgeId: string | null;
  readonly knownAt: Date;
  readonly by: string;
}

const COLUMNS = `e.id, e.institution_id as "institutionId", e.kind, e.state, e.drill, e.title_sealed as "titleSealed", e.reason, e.note_sealed as "noteSealed", e.surge as "surgeId", e.known_at as "knownAt",
  e.proposed_by as "proposedBy", e.decided_by as "decidedBy", e.decided_at as "decidedAt", e.decision_note_sealed as "decisionNoteSealed", e.report_due_at as "reportDueAt", e.reported_at as "reportedAt",
  e.reported_by as "reportedBy", e.reported_how_sealed as "reportedHowSealed", e.closed_by as "closedBy", e.closed_at as "closedAt", e.closing_note_sealed as "closingNoteSealed",
  (select count(*)::int from major_complaint m where m.event = e.id) as complaints, (select count(*)::int from major_step s where s.event = e.id and s.state = 'open') as "stepsOpen",
  (select count(*)::int from major_step s where s.event = e.id) as "stepsAll"`;

@Injectable()
export class MajorStore {
  async insert(tx: Tx, event: NewEvent): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into major_event (institution_id, kind, state, drill, title_sealed, reason, note_sealed, surge, known_at, proposed_by)
       values ($1, $2, 'proposed', $3, $4, $5, $6, $7, $8, $9) returning id`,
      [
        event.institutionId,
        event.kind,
        event.drill,
        event.titleSealed,
        JSON.stringify(event.reason),
        event.noteSealed,
        event.surgeId,
        event.knownAt,
        event.by,
      ],
    );
    if (!row) throw new Error('the event was not stored');
    return row.id;
  }

  async addComplaints(tx: Tx, institutionId: string, event: string, complaints: readonly string[], by: string, at: Date): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `insert into major_complaint (institution_id, event, complaint, added_by, added_at)
       select $1, $2, c.id, $4, $5 from complaint c where c.id = any($3) and c.institution_id = $1 on conflict do nothing returning complaint as id`,
      [institutionId, event, complaints, by, at],
    );
    return rows.map(({ id }) => id);
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<EventRecord | null> {
    const [row] = await tx.query<EventRecord>(`select ${COLUMNS} from major_event e where e.institution_id = $1 and e.id = $2`, [institutionId, id]);
    return row ?? null;
  }

  /** Nobody else changes it until the transaction ends. */
  async lock(tx: Tx, institutionId: string, id: string): Promise<void> {
    await tx.query('select from major_event where institution_id = $1 and id = $2 for update', [institutionId, id]);
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(
    tx: Tx,
    filter: { institutionId: string; state: EventState | null; after: string | null; limit: number },
  ): Promise<EventRecord[]> {
    return tx.query(
      `select ${COLUMNS} from major_event e where e.institution_id = $1 and ($2::text is null or e.state = $2) and ($3::uuid is null or e.id < $3) order by e.id desc limit $4`,
      [filter.institutionId, filter.state, filter.after, filter.limit + 1],
    );
  }

  async ofComplaint(tx: Tx, institutionId: string, complaintId: string): Promise<EventRecord[]> {
    return tx.query(
      `select ${COLUMNS} from major_event e join major_complaint m on m.event = e.id where e.institution_id = $1 and m.complaint = $2 order by e.id desc`,
      [institutionId, complaintId],
    );
  }

  async complaintsOf(tx: Tx, event: string): Promise<{ id: string; number: string }[]> {
    return tx.query(
      'select c.id, c.number from major_complaint m join complaint c on c.id = m.complaint where m.event = $1 order by c.number limit 500',
      [event],
    );
  }

  async stepsOf(tx: Tx, event: string): Promise<StepRecord[]> {
    return tx.query(
      `select seq, zh, en, role, due_at as "dueAt", state, settled_by as "settledBy", settled_at as "settledAt", note_sealed as "noteSealed" from major_step where event = $1 order by seq`,
      [event],
    );
  }

  /** It is a major one: its clock and its plan run from when it was known. */
  async confirm(
    tx: Tx,
    event: EventRecord,
    given: { by: string; at: Date; noteSealed: Buffer | null; version: number; dueAt: Date; remindAt: Date; steps: readonly PlanStep[] },
  ): Promise<void> {
    await tx.query(
      `update major_event set state = 'confirmed', decided_by = $2, decided_at = $3, decision_note_sealed = $4, settings_version = $5, report_due_at = $6, remind_at = $7 where id = $1`,
      [event.id, given.by, given.at, given.noteSealed, given.version, given.dueAt, event.drill ? null : given.remindAt],
    );
    await tx.query(
      `insert into major_step (institution_id, event, seq, zh, en, role, due_at)
       select $1, $2, r.seq, r.zh, r.en, r.role, $4::timestamptz + make_interval(hours => r."withinHours")
       from json_to_recordset($3) as r(seq integer, zh text, en text, role text, "withinHours" integer)`,
      [event.institutionId, event.id, JSON.stringify(given.steps.map((step, at) => ({ ...step, seq: at + 1 }))), event.knownAt],
    );
  }

  async dismiss(tx: Tx, id: string, by: string, at: Date, noteSealed: Buffer): Promise<void> {
    await tx.query(`update major_event set state = 'dismissed', decided_by = $2, decided_at = $3, decision_note_sealed = $4 where id = $1`, [
      id,
      by,
      at,
      noteSealed,
    ]);
  }

  async settleStep(
    tx: Tx,
    event: string,
    seq: number,
    word: { state: string; by: string; at: Date; noteSealed: Buffer | null },
  ): Promise<void> {
    await tx.query('update major_step set state = $3, settled_by = $4, settled_at = $5, note_sealed = $6 where event = $1 and seq = $2', [
      event,
      seq,
      word.state,
      word.by,
      word.at,
      word.noteSealed,
    ]);
  }

  async reported(tx: Tx, id: string, by: string, at: Date, howSealed: Buffer): Promise<void> {
    await tx.query('update major_event set reported_at = $3, reported_by = $2, reported_how_sealed = $4 where id = $1', [id, by, at, howSealed]);
  }

  async close(tx: Tx, id: string, by: string, at: Date, noteSealed: Buffer): Promise<void> {
    await tx.query(`update major_event set state = 'closed', closed_by = $2, closed_at = $3, closing_note_sealed = $4 where id = $1`, [
      id,
      by,
      at,
      noteSealed,
    ]);
  }

  async noteFact(tx: Tx, institutionId: string, complaint: string, faceToFace: boolean, by: string, at: Date): Promise<void> {
    await tx.query(
      `insert into major_fact (institution_id, complaint, face_to_face, noted_by, noted_at) values ($1, $2, $3, $4, $5)
       on conflict (complaint) do update set face_to_face = $3, noted_by = $4, noted_at = $5`,
      [institutionId, complaint, faceToFace, by, at],
    );
  }

  async faceToFace(tx: Tx, complaint: string): Promise<boolean | null> {
    const [row] = await tx.query<{ is: boolean }>('select face_to_face as is from major_fact where complaint = $1', [complaint]);
    return row?.is ?? null;
  }

  /** Whether it is part of an event that nobody has dismissed. */
  async isPart(tx: Tx, complaint: string): Promise<boolean> {
    const rows = await tx.query(`select from major_complaint m join major_event e on e.id = m.event where m.complaint = $1 and e.state <> 'dismissed'`, [
      complaint,
    ]);
    return rows.length > 0;
  }

  async tell(tx: Tx, institutionId: string, complaint: string, kind: string, event: string, at: Date): Promise<void> {
    await tx.query(
      `insert into notification (institution_id, complaint, kind, recipient_role, created_at, data)
       select $1, $2, $3, r.role, $5, json_build_object('eventId', $4::text, 'dueOn', null) from unnest(array['complaint-supervisor', 'compliance']) as r(role)`,
      [institutionId, complaint, kind, event, at],
    );
  }

  /** Reminds of reports that are due soon and tells of those that are late, each once; drills never. Returns how many. */
  async fire(tx: Tx, now: Date): Promise<number> {
    const [row] = await tx.query<{ fired: number }>(
      `with soon as (
         update major_event set reminded_at = $1 where id in (
           select id from major_event where remind_at <= $1 and report_due_at > $1 and reminded_at is null and reported_at is null and state = 'confirmed' and not drill order by id for update skip locked)
         returning id, institution_id, report_due_at, 'major-report-soon' as kind),
       late as (
         update major_event set overdue_told_at = $1, reminded_at = coalesce(reminded_at, $1) where id in (
           select id from major_event where report_due_at <= $1 and overdue_told_at is null and reported_at is null and state in ('confirmed', 'closed') and not drill order by id for update skip locked)
         returning id, institution_id, report_due_at, 'major-report-overdue' as kind),
       fired as (select * from soon union all select * from late),
       told as (
         insert into notification (institution_id, complaint, kind, recipient_role, created_at, data)
         select f.institution_id, m.complaint, f.kind, r.role, $1, json_build_object('eventId', f.id, 'dueOn', (f.report_due_at at time zone 'Asia/Shanghai')::date)
         from fired f cross join lateral (select complaint from major_complaint c where c.event = f.id order by complaint limit 1) m
         cross join unnest(case when f.kind = 'major-report-soon' then array['complaint-supervisor', 'compliance'] else array['complaint-supervisor', 'compliance', 'head-office-approver'] end) as r(role))
       select count(*)::int as fired from fired`,
      [now],
    );
    return row?.fired ?? 0;
  }

  /** Of the year: real ones alone, drills apart. */
  async counts(tx: Tx, institutionId: string, from: Date): Promise<{ confirmed: number; late: number; proposed: number; drills: number }> {
    const [row] = await tx.query<{ confirmed: number; late: number; proposed: number; drills: number }>(
      `select count(*) filter (where not drill and state in ('confirmed', 'closed'))::int as confirmed,
         count(*) filter (where not drill and state in ('confirmed', 'closed') and coalesce(reported_at, clock_timestamp()) > report_due_at)::int as late,
         count(*) filter (where not drill and state = 'proposed')::int as proposed, count(*) filter (where drill)::int as drills
       from major_event where institution_id = $1 and known_at >= $2`,
      [institutionId, from],
    );
    return row ?? { confirmed: 0, late: 0, proposed: 0, drills: 0 };
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { ChecklistItem, InspectionKind } from './checklist.ts';

export const INSPECTION_STATES = ['planned', 'under-way', 'done', 'cancelled'] as const;
export type InspectionState = (typeof INSPECTION_STATES)[number];

export const ANSWERS = ['ok', 'finding', 'not-applicable'] as const;
export type Answer = (typeof ANSWERS)[number];

export interface InspectionRecord {
  readonly id: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly kind: InspectionKind;
  readonly state: InspectionState;
  readonly plannedOn: string;
  readonly inspector: string;
  readonly checklistVersion: number;
  readonly items: readonly ChecklistItem[] | null;
  readonly plannedBy: string;
  readonly plannedAt: Date;
  readonly begunAt: Date | null;
  readonly doneAt: Date | null;
  readonly doneBy: string | null;
  readonly summarySealed: Buffer | null;
  readonly findings: number;
  readonly openFindings: number;
}

export interface NewInspection {
  readonly agencyId: string;
  readonly kind: InspectionKind;
  readonly plannedOn: string;
  readonly inspector: string;
  readonly checklistVersion: number;
}

export interface AnswerRecord {
  readonly itemId: string;
  readonly answer: Answer;
  readonly noteSealed: Buffer | null;
  readonly answeredBy: string;
  readonly answeredAt: Date;
}

export interface InspectionFilter {
  readonly institutionId: string;
  /** Of this agency alone, and only what is done; null: all. */
  readonly own: string | null;
  readonly agencyId: string | null;
  readonly kind: InspectionKind | null;
  readonly state: InspectionState | null;
  readonly after: string | null;
  readonly limit: number;
}

/** How often an agency is inspected in a calendar year. */
export interface CoverageRecord {
  readonly agencyId: string;
  readonly name: string;
  readonly status: string;
  readonly onSiteDone: number;
  readonly onSitePlanned: number;
  readonly offSiteDone: number;
  readonly offSitePlanned: number;
  readonly nextOn: string | null;
  readonly lastOn: string | null;
}

const COLUMNS = `i.id, i.agency_id as "agencyId", a.name as "agencyName", i.kind, i.state, i.planned_on::text as "plannedOn", i.inspector, i.checklist_version as "checklistVersion",
  i.items, i.planned_by as "plannedBy", i.planned_at as "plannedAt", i.begun_at as "begunAt", i.done_at as "doneAt", i.done_by as "doneBy", i.summary_sealed as "summarySealed",
  (select count(*)::integer from inspection_finding f where f.inspection = i.id) as findings,
  (select count(*)::integer from inspection_finding f where f.inspection = i.id and f.state in ('open', 'replied')) as "openFindings"`;
const FROM = `from inspection i join agency a on a.agency_id = i.agency_id and a.institution_id = i.institution_id`;

@Injectable()
export class InspectionStore {
  /** In one statement; the ids in the order given. */
  async add(tx: Tx, institutionId: string, made: readonly NewInspection[], by: { subject: string; at: Date }): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `insert into inspection (institution_id, agency_id, kind, planned_on, inspector, checklist_version, planned_by, planned_at)
       select $1, r."agencyId", r.kind, r."plannedOn", r.inspector, r."checklistVersion", $3, $4
       from json_to_recordset($2) as r("agencyId" text, kind text, "plannedOn" date, inspector text, "checklistVersion" integer) returning id`,
      [institutionId, JSON.stringify(made), by.subject, by.at],
    );
    return rows.map(({ id }) => id);
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<InspectionRecord | null> {
    const [row] = await tx.query<InspectionRecord>(`select ${COLUMNS} ${FROM} where i.id = $1 and i.institution_id = $2`, [
      id,
      institutionId,
    ]);
    return row ?? null;
  }

  /** Nobody else changes it until the transaction ends. */
  async lock(tx: Tx, institutionId: string, id: string): Promise<void> {
    await tx.query('select from inspection where id = $1 and institution_id = $2 for no key update', [id, institutionId]);
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, { institutionId, own, agencyId, kind, state, after, limit }: InspectionFilter): Promise<InspectionRecord[]> {
    return tx.query(
      `select ${COLUMNS} ${FROM} where i.institution_id = $1 and ($2::text is null or (i.agency_id = $2 and i.state = 'done')) and ($3::text is null or i.agency_id = $3)
         and ($4::text is null or i.kind = $4) and ($5::text is null or i.state = $5) and ($6::uuid is null or i.id < $6) order by i.id desc limit $7`,
      [institutionId, own, agencyId, kind, state, after, limit + 1],
    );
  }

  async reschedule(tx: Tx, id: string, { plannedOn, inspector }: Pick<NewInspection, 'plannedOn' | 'inspector'>): Promise<void> {
    await tx.query('update inspection set planned_on = $2, inspector = $3 where id = $1', [id, plannedOn, inspector]);
  }

  async cancel(tx: Tx, id: string): Promise<void> {
    await tx.query(`update inspection set state = 'cancelled' where id = $1`, [id]);
  }

  async begin(tx: Tx, id: string, { version, items }: { version: number; items: readonly ChecklistItem[] }, at: Date): Promise<void> {
    await tx.query(`update inspection set state = 'under-way', begun_at = $2, checklist_version = $3, items = $4 where id = $1`, [
      id,
      at,
      version,
      JSON.stringify(items),
    ]);
  }

  async complete(tx: Tx, id: string, done: { by: string; at: Date; on: string; summarySealed: Buffer }): Promise<void> {
    await tx.query(`update inspection set state = 'done', done_at = $2, done_on = $3, done_by = $4, summary_sealed = $5 where id = $1`, [
      id,
      done.at,
      done.on,
      done.by,
      done.summarySealed,
    ]);
  }

  async answers(tx: Tx, id: string): Promise<AnswerRecord[]> {
    return tx.query(
      `select item_id as "itemId", answer, note_sealed as "noteSealed", answered_by as "answeredBy", answered_at as "answeredAt"
       from inspection_answer where inspection = $1 order by item_id`,
      [id],
    );
  }

  async answer(tx: Tx, institutionId: string, id: string, answers: readonly AnswerRecord[]): Promise<void> {
    const rows = answers.map(({ noteSealed, ...rest }) => ({ ...rest, note: noteSealed?.toString('base64') ?? null }));
    await tx.query(
      `insert into inspection_answer (institution_id, inspection, item_id, answer, note_sealed, answered_by, answered_at)
       select $1, $2, r."itemId", r.answer, decode(r.note, 'base64'), r."answeredBy", r."answeredAt"
       from json_to_recordset($3) as r("itemId" text, answer text, note text, "answeredBy" text, "answeredAt" timestamptz)
       on conflict (inspection, item_id) do update set answer = excluded.answer, note_sealed = excluded.note_sealed,
         answered_by = excluded.answered_by, answered_at = excluded.answered_at`,
      [institutionId, id, JSON.stringify(rows)],
    );
  }

  /** Agencies that work or could work again, and their inspections of a calendar year. */
  async coverage(tx: Tx, institutionId: string, year: number): Promise<CoverageRecord[]> {
    return tx.query(
      `select a.agency_id as "agencyId", a.name, a.status,
         count(*) filter (where i.kind = 'on-site' and i.state = 'done')::integer as "onSiteDone",
         count(*) filter (where i.kind = 'on-site' and i.state in ('planned', 'under-way'))::integer as "onSitePlanned",
         count(*) filter (where i.kind = 'off-site' and i.state = 'done')::integer as "offSiteDone",
         count(*) filter (where i.kind = 'off-site' and i.state in ('planned', 'under-way'))::integer as "offSitePlanned",
         (min(i.planned_on) filter (where i.state in ('planned', 'under-way')))::text as "nextOn",
         (max(i.done_on) filter (where i.state = 'done'))::text as "lastOn"
       from agency a left join inspection i on i.agency_id = a.agency_id and i.institution_id = a.institution_id
         and coalesce(i.done_on, i.planned_on) >= make_date($2, 1, 1) and coalesce(i.done_on, i.planned_on) < make_date($2 + 1, 1, 1)
       where a.institution_id = $1 and a.status in ('active', 'suspended') group by a.agency_id, a.name, a.status order by a.agency_id`,
      [institutionId, year],
    );
  }
}

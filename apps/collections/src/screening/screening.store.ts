import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { runFields, type RunFields } from '#runs';
import type { StoredUpload } from '#uploads';
import { isUuid } from '#wire';
import type { CaseFilter, Question } from './question.ts';
import type { ScreeningSummary } from './tally.ts';

export interface ScreeningRecord extends RunFields {
  readonly id: string;
  readonly institutionId: string;
  /** Who asks; null: the bank itself. */
  readonly agencyId: string | null;
  readonly name: string | null;
  readonly question: Question;
  readonly filter: CaseFilter;
  /** The list of cases; null: there was none, or it has done its work. */
  readonly upload: string | null;
  readonly listBytes: number | null;
  readonly listName: string | null;
  readonly summary: ScreeningSummary | null;
  readonly resultUpload: string | null;
  readonly resultBytes: number | null;
}

export interface NewScreening {
  readonly institutionId: string;
  readonly agencyId: string | null;
  readonly name: string | null;
  readonly question: Question;
  readonly filter: CaseFilter;
  readonly list: { readonly upload: StoredUpload; readonly fileName: string } | null;
  readonly requestedBy: string;
}

const COLUMNS = `screening.id, screening.institution_id as "institutionId", agency_id as "agencyId", name, question, filter, screening.upload, list_bytes::float8 as "listBytes",
  list_name as "listName", summary, f.upload as "resultUpload", f.bytes::float8 as "resultBytes", ${runFields}`;
const FROM = 'from screening left join screening_file f on f.screening = screening.id';

@Injectable()
export class ScreeningStore {
  async create(tx: Tx, row: NewScreening): Promise<string> {
    const { upload = null, fileName = null } = row.list ?? {};
    const [created] = await tx.query<{ id: string }>(
      `insert into screening (institution_id, agency_id, name, question, filter, upload, list_bytes, list_name, requested_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
      [
        row.institutionId,
        row.agencyId,
        row.name,
        JSON.stringify(row.question),
        JSON.stringify(row.filter),
        upload?.id ?? null,
        upload?.bytes ?? null,
        fileName,
        row.requestedBy,
      ],
    );
    if (!created) throw new Error('the screening was not stored');
    return created.id;
  }

  /** Null also for one of another agency. */
  async find(tx: Tx, institutionId: string, agencyId: string | null, id: string): Promise<ScreeningRecord | null> {
    const [row] = await tx.query<ScreeningRecord>(
      `select ${COLUMNS} ${FROM} where screening.id = $1 and screening.institution_id = $2 and ($3::text is null or agency_id = $3)`,
      [id, institutionId, agencyId],
    );
    return row ?? null;
  }

  /** The newest first, by id: ids grow with time. */
  async list(tx: Tx, institutionId: string, agencyId: string | null, before: string | null, limit: number): Promise<ScreeningRecord[]> {
    return tx.query<ScreeningRecord>(
      `select ${COLUMNS} ${FROM} where screening.institution_id = $1 and ($2::text is null or agency_id = $2) and ($3::uuid is null or screening.id < $3)
       order by screening.id desc limit $4`,
      [institutionId, agencyId, before, limit],
    );
  }

  async hasTemplate(tx: Tx, institutionId: string, templateId: string): Promise<boolean> {
    const rows = await tx.query(
      'select version from message_template where institution_id = $1 and template_id = $2 and approved_at is not null and retired_at is null limit 1',
      [institutionId, templateId],
    );
    return rows.length > 0;
  }

  /** Takes cases of a list in, each once however it is named. The list names them as given, or by our own ids. */
  async addCases(tx: Tx, { institutionId, agencyId, id }: ScreeningRecord, caseIds: readonly string[]): Promise<void> {
    // By index, id by id: the planner would rather read all cases for every part of a list.
    const names = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'];
    await tx.query(`select ${names.map((name) => `set_config('${name}', 'off', true)`).join(', ')}`, [], 'screening-by-index');
    await tx.query(
      `insert into screening_case (institution_id, screening, case_id, collection_case)
       select $1, $2, given.case_id, coalesce(named.id, ours.id)
       from unnest($4::text[], $5::uuid[]) as given(case_id, id)
       left join collection_case named on named.institution_id = $1 and named.case_id = given.case_id and ($3::text is null or named.agency_id = $3)
       left join collection_case ours on ours.id = given.id and ours.institution_id = $1 and ($3::text is null or ours.agency_id = $3)
       on conflict do nothing`,
      [institutionId, id, agencyId, caseIds, caseIds.map((caseId) => (isUuid(caseId) ? caseId : null))],
    );
  }

  /** Keeps the results, and lets go of the list. */
  async keepResults(tx: Tx, { institutionId, id }: ScreeningRecord, upload: StoredUpload): Promise<void> {
    await tx.query('insert into screening_file (institution_id, screening, upload, bytes) values ($1, $2, $3, $4)', [
      institutionId,
      id,
      upload.id,
      upload.bytes,
    ]);
    await tx.query('delete from screening_case where screening = $1', [id]);
  }

  /** Removes what an earlier run has left. */
  async clear(tx: Tx, id: string): Promise<void> {
    await tx.query('delete from screening_case where screening = $1', [id]);
    await tx.query('delete from screening_file where screening = $1', [id]);
  }

  /** Removes screenings that ended so many days ago with their results, and the lists of those that came to nothing; for the sweep. */
  async forget(tx: Tx, days: number): Promise<void> {
    await tx.query(`delete from screening where finished_at < clock_timestamp() - $1 * interval '1 day'`, [days]);
    await tx.query(
      `delete from screening_case where not exists (select from screening s where s.id = screening_case.screening and s.state in ('queued', 'running'))`,
    );
  }
}

import { Injectable } from '@nestjs/common';
import { append } from '#evidence-log';
import type { Tx } from '#pg';
import type { Period } from './period.ts';
import type { Format, ReportFailure, ReportState } from './report.dto.ts';

export interface ReportFile {
  readonly name: string;
  readonly format: Format;
  readonly upload: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export interface ReportRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly formats: readonly Format[];
  readonly origin: 'request' | 'schedule';
  readonly requestedBy: string;
  readonly state: ReportState;
  readonly rowsDone: number;
  readonly rowsTotal: number | null;
  readonly failure: ReportFailure | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly files: readonly ReportFile[];
}

export interface NewReport {
  readonly institutionId: string;
  readonly kind: string;
  readonly period: Period;
  readonly formats: readonly Format[];
  readonly requestedBy: string;
}

const COLUMNS = `id, institution_id as "institutionId", kind, period_from as "from", period_to as "to", formats, origin, requested_by as "requestedBy", state,
  rows_done::float8 as "rowsDone", rows_total::float8 as "rowsTotal", failure, created_at as "createdAt", finished_at as "finishedAt",
  (select coalesce(json_agg(json_build_object('name', f.name, 'format', f.format, 'upload', f.upload, 'bytes', f.bytes, 'sha256', encode(f.sha256, 'hex'))
    order by f.place), '[]') from report_file f where f.report = report.id) as files`;

@Injectable()
export class ReportStore {
  async create(tx: Tx, { institutionId, kind, period, formats, requestedBy }: NewReport): Promise<ReportRecord> {
    const [created] = await tx.query<ReportRecord>(
      `insert into report (institution_id, kind, period_from, period_to, formats, origin, requested_by) values ($1, $2, $3, $4, $5, 'request', $6) returning ${COLUMNS}`,
      [institutionId, kind, period.from, period.to, formats, requestedBy],
    );
    if (!created) throw new Error('the report was not stored');
    const body = { reportId: created.id, kind, period, formats };
    await append(tx, institutionId, [{ kind: 'report-asked', actor: requestedBy, body }]);
    return created;
  }

  /** Those that fell due and were not there yet; once, whoever asks and however often. In order: no two who ask at once wait for each other. */
  async schedule(
    tx: Tx,
    kind: string,
    period: Period,
    formats: readonly Format[],
    institutions: readonly string[],
  ): Promise<{ id: string; institutionId: string }[]> {
    return tx.query(
      `insert into report (institution_id, kind, period_from, period_to, formats, origin, requested_by)
       select whose, $1, $2, $3, $4, 'schedule', 'schedule' from unnest($5::text[]) as i(whose) order by whose
       on conflict (kind, period_from, institution_id) where origin = 'schedule' do nothing returning id, institution_id as "institutionId"`,
      [kind, period.from, period.to, formats, institutions],
    );
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<ReportRecord | null> {
    const [row] = await tx.query<ReportRecord>(`select ${COLUMNS} from report where id = $1 and institution_id = $2`, [id, institutionId]);
    return row ?? null;
  }

  /** The newest first, by id: ids grow with time. */
  async list(tx: Tx, institutionId: string, kind: string | null, before: string | null, limit: number): Promise<ReportRecord[]> {
    return tx.query<ReportRecord>(
      `select ${COLUMNS} from report where institution_id = $1 and ($2::text is null or kind = $2) and ($3::uuid is null or id < $3) order by id desc limit $4`,
      [institutionId, kind, before, limit],
    );
  }

  /** Begins an attempt, from the start; null when there is nothing to do. */
  async begin(tx: Tx, id: string, run: string): Promise<ReportRecord | null> {
    const [row] = await tx.query<ReportRecord>(
      `update report set state = 'running', run = $2, rows_done = 0, rows_total = null, touched_at = clock_timestamp()
       where id = $1 and state in ('queued', 'running') returning ${COLUMNS}`,
      [id, run],
    );
    return row ?? null;
  }

  /** Notes progress; false when another attempt has taken over. */
  async touch(tx: Tx, id: string, run: string, done: number, total: number | null): Promise<boolean> {
    const rows = await tx.query(
      `update report set touched_at = clock_timestamp(), rows_done = $3, rows_total = $4 where id = $1 and run = $2 and state = 'running' returning id`,
      [id, run, done, total],
    );
    return rows.length > 0;
  }

  /** Ends the report with its files, once; false when another attempt has taken over. */
  async finish(tx: Tx, { id, institutionId, kind, from, to, requestedBy }: ReportRecord, run: string, rows: number, files: readonly ReportFile[]): Promise<boolean> {
    const ended = await tx.query(
      `update report set state = 'done', rows_done = $3, rows_total = $3, finished_at = clock_timestamp(), touched_at = clock_timestamp()
       where id = $1 and run = $2 and state = 'running' returning id`,
      [id, run, rows],
    );
    if (ended.length === 0) return false;
    await tx.query(
      `insert into report_file (institution_id, report, place, name, format, upload, bytes, sha256)
       select $1, $2, place, file->>'name', file->>'format', (file->>'upload')::uuid, (file->>'bytes')::bigint, decode(file->>'sha256', 'hex')
       from json_array_elements($3) with ordinality as f(file, place)`,
      [institutionId, id, JSON.stringify(files)],
    );
    const made = files.map(({ name, format, bytes, sha256 }) => ({ name, format, bytes, sha256 }));
    const body = { reportId: id, kind, period: { from, to }, requestedBy, rows, files: made };
    await append(tx, institutionId, [{ kind: 'report-made', actor: 'system', body }]);
    return true;
  }

  async fail(tx: Tx, id: string, run: string, failure: ReportFailure): Promise<void> {
    await tx.query(
      `update report set state = 'failed', failure = $3, finished_at = clock_timestamp(), touched_at = clock_timestamp() where id = $1 and run = $2 and state = 'running'`,
      [id, run, JSON.stringify(failure)],
    );
  }

  /** Unfinished reports that nobody has touched for a while. Touched, so that each is woken once. */
  async takeAbandoned(tx: Tx, staleAfterMs: number): Promise<{ id: string; institutionId: string }[]> {
    return tx.query(
      `update report set touched_at = clock_timestamp() where id in (
         select id from report where state in ('queued', 'running') and touched_at < clock_timestamp() - $1 * interval '1 millisecond'
         order by id for update skip locked
       ) returning id, institution_id as "institutionId"`,
      [staleAfterMs],
    );
  }
}

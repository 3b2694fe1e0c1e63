import { Injectable } from '@nestjs/common';
import { append } from '#evidence-log';
import type { Tx } from '#pg';
import type { EvidenceHead, ReportNumber } from '#render';
import type { Period } from './period.ts';
import type { Audience, Format, Language, Origin, ReportFailure, ReportState } from './report.dto.ts';

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
  readonly origin: Origin;
  readonly requestedBy: string;
  readonly state: ReportState;
  readonly rowsDone: number;
  readonly rowsTotal: number | null;
  readonly failure: ReportFailure | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly files: readonly ReportFile[];
  readonly version: number;
  /** The first version's id; its own, if it is the first. */
  readonly series: string;
  readonly corrects: string | null;
  readonly correctionReason: string | null;
  readonly audience: Audience;
  readonly language: Language;
  readonly csvBom: boolean;
  readonly timeZone: string;
  readonly subject: string | null;
  readonly asOf: Date | null;
  readonly evidenceHead: EvidenceHead | null;
  /** Hexadecimal. */
  readonly documentSha256: string | null;
  readonly signedBy: string | null;
  readonly signedAt: Date | null;
  readonly endedBy: string | null;
}

/** What a report is to be. */
export interface ReportOrder {
  readonly kind: string;
  readonly period: Period;
  readonly formats: readonly Format[];
  readonly audience: Audience;
  readonly language: Language;
  readonly csvBom: boolean;
  readonly timeZone: string;
  readonly subject: string | null;
}

export interface NewReport extends ReportOrder {
  readonly institutionId: string;
  readonly requestedBy: string;
  readonly correcting?: { readonly id: string; readonly series: string; readonly version: number; readonly reason: string };
}

/** What a list shows. */
export interface ReportSelection {
  readonly kind: string | null;
  readonly state: ReportState | null;
  /** Before this id. */
  readonly before: string | null;
  /** Only these: what the reader may see. */
  readonly kinds: readonly string[];
  readonly states: readonly ReportState[];
}

/** What an attempt has made. */
export interface MadeReport {
  readonly rows: number;
  readonly files: readonly ReportFile[];
  readonly numbers: readonly ReportNumber[];
  readonly asOf: Date;
  readonly evidenceHead: EvidenceHead | null;
  readonly documentSha256: string;
}

export const REPORT_COLUMNS = `id, institution_id as "institutionId", kind, period_from as "from", period_to as "to", formats, origin, requested_by as "requestedBy", state,
  rows_done::float8 as "rowsDone", rows_total::float8 as "rowsTotal", failure, created_at as "createdAt", finished_at as "finishedAt",
  (select coalesce(json_agg(json_build_object('name', f.name, 'format', f.format, 'upload', f.upload, 'bytes', f.bytes, 'sha256', encode(f.sha256, 'hex'))
    order by f.place), '[]') from report_file f where f.report = report.id) as files, version, coalesce(series, id) as series, corrects,
  correction_reason as "correctionReason", audience, language, csv_bom as "csvBom", time_zone as "timeZone", subject, as_of as "asOf",
  evidence_head as "evidenceHead", encode(document_sha256, 'hex') as "documentSha256", signed_by as "signedBy", signed_at as "signedAt", ended_by as "endedBy"`;

const COLUMNS = REPORT_COLUMNS;

@Injectable()
export class ReportStore {
  async create(tx: Tx, { institutionId, period, requestedBy, correcting, ...order }: NewReport): Promise<ReportRecord> {
    const [created] = await tx.query<ReportRecord>(
      `insert into report (institution_id, kind, period_from, period_to, formats, origin, requested_by, audience, language, csv_bom, time_zone, subject,
         version, series, corrects, correction_reason)
       values ($1, $2, $3, $4, $5, case when $13::uuid is null then 'request' else 'correction' end, $6, $7, $8, $9, $10, $11, $12, $14, $13, $15) returning ${COLUMNS}`,
      [
        institutionId,
        order.kind,
        period.from,
        period.to,
        order.formats,
        requestedBy,
        order.audience,
        order.language,
        order.csvBom,
        order.timeZone,
        order.subject,
        (correcting?.version ?? 0) + 1,
        correcting?.id ?? null,
        correcting?.series ?? null,
        correcting?.reason ?? null,
      ],
    );
    if (!created) throw new Error('the report was not stored');
    const { kind, formats } = order;
    const body = { reportId: created.id, kind, period, formats };
    await append(tx, institutionId, [{ kind: 'report-asked', actor: requestedBy, body }]);
    return created;
  }

  /**
   * What fell due everywhere by itself and was not there yet, where the institution has no schedule of its own for the kind; once, whoever asks and
   * however often. In order: no two who ask at once wait for each other.
   */
  async schedule(
    tx: Tx,
    kind: string,
    period: Period,
    formats: readonly Format[],
    institutions: readonly string[],
  ): Promise<{ id: string; institutionId: string }[]> {
    return tx.query(
      `insert into report (institution_id, kind, period_from, period_to, formats, origin, requested_by)
       select whose, $1, $2, $3, $4, 'schedule', 'schedule' from unnest($5::text[]) as i(whose)
       where not exists (select from report_schedule s where s.institution_id = whose and s.kind = $1) order by whose
       on conflict (kind, period_from, period_to, audience, institution_id) where origin = 'schedule' do nothing
       returning id, institution_id as "institutionId"`,
      [kind, period.from, period.to, formats, institutions],
    );
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<ReportRecord | null> {
    const [row] = await tx.query<ReportRecord>(`select ${COLUMNS} from report where id = $1 and institution_id = $2`, [id, institutionId]);
    return row ?? null;
  }

  /** The newest first, by id: ids grow with time. */
  async list(
    tx: Tx,
    institutionId: string,
    { kind, state, before, kinds, states }: ReportSelection,
    limit: number,
  ): Promise<ReportRecord[]> {
    return tx.query<ReportRecord>(
      `select ${COLUMNS} from report where institution_id = $1 and ($2::text is null or kind = $2) and ($3::text is null or state = $3)
         and kind = any($4) and state = any($5) and ($6::uuid is null or id < $6) order by id desc limit $7`,
      [institutionId, kind, state, kinds, states, before, limit],
    );
  }

  /** The first version first. */
  async versions(tx: Tx, institutionId: string, series: string): Promise<ReportRecord[]> {
    return tx.query<ReportRecord>(
      `select ${COLUMNS} from report where institution_id = $1 and coalesce(series, id) = $2 order by version, id limit 1000`,
      [institutionId, series],
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

  /** Ends the report with its files and figures, once; false when another attempt has taken over, or it was cancelled. */
  async finish(tx: Tx, record: ReportRecord, run: string, made: MadeReport): Promise<boolean> {
    const { id, institutionId } = record;
    const ended = await tx.query(
      `update report set state = case origin when 'request' then 'done' else 'draft' end, rows_done = $3, rows_total = $3, as_of = $4, evidence_head = $5,
         document_sha256 = decode($6, 'hex'), finished_at = clock_timestamp(), touched_at = clock_timestamp()
       where id = $1 and run = $2 and state = 'running' returning id`,
      [id, run, made.rows, made.asOf, made.evidenceHead && JSON.stringify(made.evidenceHead), made.documentSha256],
    );
    if (ended.length === 0) return false;
    await tx.query(
      `insert into report_file (institution_id, report, place, name, format, upload, bytes, sha256)
       select $1, $2, place, file->>'name', file->>'format', (file->>'upload')::uuid, (file->>'bytes')::bigint, decode(file->>'sha256', 'hex')
       from json_array_elements($3) with ordinality as f(file, place)`,
      [institutionId, id, JSON.stringify(made.files)],
    );
    await tx.query(
      `insert into report_figure (institution_id, report, place, id, label, unit, value, suppressed, trace)
       select $1, $2, place, n->>'id', n->'label', n->'unit', (n->>'value')::float8, coalesce((n->>'suppressed')::boolean, false), n->'trace'
       from json_array_elements($3) with ordinality as f(n, place)`,
      [institutionId, id, JSON.stringify(made.numbers)],
    );
    const { kind, from, to, requestedBy } = record;
    const { rows, asOf, evidenceHead, documentSha256 } = made;
    const files = made.files.map(({ name, format, bytes, sha256 }) => ({ name, format, bytes, sha256 }));
    const figures = made.numbers.map(({ id: figure, value }) => ({ id: figure, value }));
    const body = { reportId: id, kind, period: { from, to }, requestedBy, rows, asOf, evidenceHead, documentSha256, files, figures };
    await append(tx, institutionId, [{ kind: 'report-made', actor: 'system', body }]);
    return true;
  }

  /** The numbers of a report as it pins them; with an id that one alone. */
  async numbers(tx: Tx, institutionId: string, report: string, id: string | null = null): Promise<ReportNumber[]> {
    return tx.query<ReportNumber>(
      `select id, label, unit, value, nullif(suppressed, false) as suppressed, trace from report_figure
       where institution_id = $1 and report = $2 and ($3::text is null or id = $3) order by place`,
      [institutionId, report, id],
    );
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

import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Severity } from '../oversight/setting.ts';

export const FINDING_STATES = ['draft', 'open', 'replied', 'accepted'] as const;
export type FindingState = (typeof FINDING_STATES)[number];
export const VERDICTS = ['accepted', 'rejected'] as const;
export type RectificationVerdict = (typeof VERDICTS)[number];

export interface FindingRecord {
  readonly id: string;
  readonly inspection: string;
  readonly agencyId: string;
  readonly itemId: string | null;
  readonly severity: Severity;
  readonly source: string | null;
  readonly summarySealed: Buffer;
  readonly owner: string | null;
  readonly dueOn: string;
  readonly state: FindingState;
  readonly foundBy: string;
  readonly foundAt: Date;
  readonly rectifiedAt: Date | null;
  readonly acceptedBy: string | null;
  readonly acceptedAt: Date | null;
}

export type NewFinding = Pick<
  FindingRecord,
  'inspection' | 'agencyId' | 'itemId' | 'severity' | 'source' | 'summarySealed' | 'owner' | 'dueOn' | 'foundBy' | 'foundAt'
>;

export interface ReportRecord {
  readonly id: string;
  readonly finding: string;
  readonly reportSealed: Buffer;
  readonly reportedBy: string;
  readonly reportedAt: Date;
  readonly verdict: RectificationVerdict | null;
  readonly verdictNoteSealed: Buffer | null;
  readonly verdictBy: string | null;
  readonly verdictAt: Date | null;
}

export interface FileRecord {
  readonly id: string;
  readonly inspection: string;
  readonly finding: string | null;
  readonly upload: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly byAgency: boolean;
  readonly addedBy: string;
  readonly addedAt: Date;
}

export interface FindingFilter {
  readonly institutionId: string;
  /** Of this agency alone, and no drafts; null: all. */
  readonly own: string | null;
  readonly agencyId: string | null;
  readonly state: FindingState | null;
  readonly after: string | null;
  readonly limit: number;
}

export interface LateFinding {
  readonly institutionId: string;
  readonly id: string;
  readonly agencyId: string;
  readonly severity: Severity;
  readonly dueOn: string;
}

const FINDING = `id, inspection, agency_id as "agencyId", item_id as "itemId", severity, source, summary_sealed as "summarySealed", owner, due_on::text as "dueOn", state,
  found_by as "foundBy", found_at as "foundAt", rectified_at as "rectifiedAt", accepted_by as "acceptedBy", accepted_at as "acceptedAt"`;
const REPORT = `id, finding, report_sealed as "reportSealed", reported_by as "reportedBy", reported_at as "reportedAt", verdict, verdict_note_sealed as "verdictNoteSealed",
  verdict_by as "verdictBy", verdict_at as "verdictAt"`;
const FILE = `id, inspection, finding, upload, file_name as "fileName", bytes::float8 as bytes, sha256, by_agency as "byAgency", added_by as "addedBy", added_at as "addedAt"`;

@Injectable()
export class FindingStore {
  async add(tx: Tx, institutionId: string, made: NewFinding): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into inspection_finding (institution_id, inspection, agency_id, item_id, severity, source, summary_sealed, owner, due_on, found_by, found_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
      [
        institutionId,
        made.inspection,
        made.agencyId,
        made.itemId,
        made.severity,
        made.source,
        made.summarySealed,
        made.owner,
        made.dueOn,
        made.foundBy,
        made.foundAt,
      ],
    );
    if (!row) throw new Error('the finding was not stored');
    return row.id;
  }

  async removeDraft(tx: Tx, id: string): Promise<void> {
    await tx.query(`update inspection_file set finding = null where finding = $1`, [id]);
    await tx.query(`delete from inspection_finding where id = $1 and state = 'draft'`, [id]);
  }

  /** Drafts become open: the agency is told of them. */
  async open(tx: Tx, inspection: string): Promise<FindingRecord[]> {
    return tx.query(
      `with opened as (update inspection_finding set state = 'open' where inspection = $1 and state = 'draft' returning *)
       select ${FINDING} from opened order by id`,
      [inspection],
    );
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<FindingRecord | null> {
    const [row] = await tx.query<FindingRecord>(`select ${FINDING} from inspection_finding where id = $1 and institution_id = $2`, [
      id,
      institutionId,
    ]);
    return row ?? null;
  }

  /** Nobody else changes it until the transaction ends. */
  async lock(tx: Tx, institutionId: string, id: string): Promise<FindingRecord | null> {
    const [row] = await tx.query<FindingRecord>(
      `select ${FINDING} from inspection_finding where id = $1 and institution_id = $2 for no key update`,
      [id, institutionId],
    );
    return row ?? null;
  }

  async ofInspection(tx: Tx, inspection: string): Promise<FindingRecord[]> {
    return tx.query(`select ${FINDING} from inspection_finding where inspection = $1 order by id`, [inspection]);
  }

  /** Those due first come first; one more than the limit, if there are so many. */
  async list(tx: Tx, { institutionId, own, agencyId, state, after, limit }: FindingFilter): Promise<FindingRecord[]> {
    return tx.query(
      `select ${FINDING} from inspection_finding where institution_id = $1 and ($2::text is null or (agency_id = $2 and state <> 'draft'))
         and ($3::text is null or agency_id = $3) and ($4::text is null or state = $4) and ($5::uuid is null or id < $5) order by id desc limit $6`,
      [institutionId, own, agencyId, state, after, limit + 1],
    );
  }

  async addReport(
    tx: Tx,
    institutionId: string,
    made: Pick<ReportRecord, 'finding' | 'reportSealed' | 'reportedBy' | 'reportedAt'>,
  ): Promise<void> {
    await tx.query(
      `insert into rectification (institution_id, finding, report_sealed, reported_by, reported_at) values ($1, $2, $3, $4, $5)`,
      [institutionId, made.finding, made.reportSealed, made.reportedBy, made.reportedAt],
    );
    await tx.query(`update inspection_finding set state = 'replied' where id = $1`, [made.finding]);
  }

  /** The report that waits for a verdict. */
  async waiting(tx: Tx, finding: string): Promise<ReportRecord | null> {
    const [row] = await tx.query<ReportRecord>(`select ${REPORT} from rectification where finding = $1 and verdict is null`, [finding]);
    return row ?? null;
  }

  async judge(
    tx: Tx,
    report: ReportRecord,
    said: { verdict: RectificationVerdict; noteSealed: Buffer; by: string; at: Date; dueOn: string },
  ): Promise<void> {
    await tx.query(`update rectification set verdict = $2, verdict_note_sealed = $3, verdict_by = $4, verdict_at = $5 where id = $1`, [
      report.id,
      said.verdict,
      said.noteSealed,
      said.by,
      said.at,
    ]);
    if (said.verdict === 'accepted')
      await tx.query(
        `update inspection_finding set state = 'accepted', rectified_at = $2, accepted_by = $3, accepted_at = $4 where id = $1`,
        [report.finding, report.reportedAt, said.by, said.at],
      );
    else await tx.query(`update inspection_finding set state = 'open', due_on = $2 where id = $1`, [report.finding, said.dueOn]);
  }

  async reports(tx: Tx, findings: readonly string[]): Promise<ReportRecord[]> {
    return tx.query(`select ${REPORT} from rectification where finding = any($1) order by id`, [findings]);
  }

  async addFile(tx: Tx, institutionId: string, file: Omit<FileRecord, 'id'>): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into inspection_file (institution_id, inspection, finding, upload, file_name, bytes, sha256, by_agency, added_by, added_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
      [
        institutionId,
        file.inspection,
        file.finding,
        file.upload,
        file.fileName,
        file.bytes,
        file.sha256,
        file.byAgency,
        file.addedBy,
        file.addedAt,
      ],
    );
    if (!row) throw new Error('the file was not stored');
    return row.id;
  }

  async files(tx: Tx, inspection: string): Promise<FileRecord[]> {
    return tx.query(`select ${FILE} from inspection_file where inspection = $1 order by id`, [inspection]);
  }

  async filesOf(tx: Tx, findings: readonly string[]): Promise<FileRecord[]> {
    return tx.query(`select ${FILE} from inspection_file where finding = any($1) order by id`, [findings]);
  }

  /** Of every institution: what should have been reported before this local day and was not, the oldest first. */
  async late(tx: Tx, day: string): Promise<LateFinding[]> {
    return tx.query(
      `select institution_id as "institutionId", id, agency_id as "agencyId", severity, due_on::text as "dueOn" from inspection_finding
       where state = 'open' and due_on < $1 order by due_on, id`,
      [day],
    );
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { FileKind, ScanState } from './file-kinds.ts';

export interface NewFile {
  readonly institutionId: string;
  readonly complaintId: string;
  readonly kind: FileKind;
  readonly fileNameSealed: Buffer;
  readonly mime: string;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly upload: string;
  readonly scanState: ScanState;
  readonly visibleToComplainant: boolean;
  readonly uploadedBy: string;
  readonly uploadedAt: Date;
}

export interface FileRecord extends Omit<NewFile, 'upload'> {
  readonly id: string;
  readonly upload: string | null;
  readonly scannedAt: Date | null;
  readonly scanFinding: string | null;
  readonly removedAt: Date | null;
  readonly removedBy: string | null;
}

export interface Unscanned {
  readonly id: string;
  readonly institutionId: string;
}

const COLUMNS = `f.id, f.institution_id as "institutionId", f.complaint as "complaintId", f.kind, f.file_name_sealed as "fileNameSealed", f.mime, f.bytes::float8 as bytes, f.sha256,
  f.upload, f.scan_state as "scanState", f.scanned_at as "scannedAt", f.scan_finding as "scanFinding", f.visible_to_complainant as "visibleToComplainant",
  f.uploaded_by as "uploadedBy", f.uploaded_at as "uploadedAt", f.removed_at as "removedAt", f.removed_by as "removedBy"`;

@Injectable()
export class FileStore {
  async add(tx: Tx, file: NewFile): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into complaint_file (institution_id, complaint, kind, file_name_sealed, mime, bytes, sha256, upload, scan_state, visible_to_complainant, uploaded_by, uploaded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
      [
        file.institutionId,
        file.complaintId,
        file.kind,
        file.fileNameSealed,
        file.mime,
        file.bytes,
        file.sha256,
        file.upload,
        file.scanState,
        file.visibleToComplainant,
        file.uploadedBy,
        file.uploadedAt,
      ],
    );
    if (!row) throw new Error('the file was not stored');
    return row.id;
  }

  async count(tx: Tx, complaintId: string): Promise<number> {
    const [row] = await tx.query<{ n: number }>('select count(*)::int as n from complaint_file where complaint = $1', [complaintId]);
    return row?.n ?? 0;
  }

  /** Of the complaints, the oldest first. */
  async list(tx: Tx, complaintIds: readonly string[]): Promise<FileRecord[]> {
    return tx.query<FileRecord>(`select ${COLUMNS} from complaint_file f where f.complaint = any($1) order by f.id`, [complaintIds]);
  }

  async find(tx: Tx, complaintIds: readonly string[], id: string): Promise<FileRecord | null> {
    const [row] = await tx.query<FileRecord>(`select ${COLUMNS} from complaint_file f where f.id = $1 and f.complaint = any($2)`, [
      id,
      complaintIds,
    ]);
    return row ?? null;
  }

  /** The same by its id alone, and nobody else changes it until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<FileRecord | null> {
    const [row] = await tx.query<FileRecord>(`select ${COLUMNS} from complaint_file f where f.id = $1 for update`, [id]);
    return row ?? null;
  }

  async scanned(tx: Tx, id: string, state: ScanState, at: Date, finding: string | null): Promise<void> {
    await tx.query('update complaint_file set scan_state = $2, scanned_at = $3, scan_finding = $4 where id = $1', [id, state, at, finding]);
  }

  /** What no scanner has looked at, those that came first. */
  async unscanned(tx: Tx, before: Date, limit: number): Promise<Unscanned[]> {
    return tx.query<Unscanned>(
      `select id, institution_id as "institutionId" from complaint_file
       where scan_state in ('not-scanned', 'waiting') and upload is not null and uploaded_at < $1 order by id limit $2`,
      [before, limit],
    );
  }

  async show(tx: Tx, id: string, visible: boolean): Promise<void> {
    await tx.query('update complaint_file set visible_to_complainant = $2 where id = $1', [id, visible]);
  }

  async remove(tx: Tx, id: string, at: Date, by: string): Promise<void> {
    await tx.query(
      'update complaint_file set upload = null, visible_to_complainant = false, removed_at = $2, removed_by = $3 where id = $1',
      [id, at, by],
    );
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface NewDocument {
  readonly institutionId: string;
  readonly agencyId: string;
  readonly kind: string;
  readonly title: string;
  readonly upload: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly validUntil: string | null;
  readonly uploadedBy: string;
  readonly uploadedAt: Date;
}

export interface DocumentRecord extends NewDocument {
  readonly id: string;
  readonly version: number;
  readonly isNewest: boolean;
}

const COLUMNS = `d.id, d.institution_id as "institutionId", d.agency_id as "agencyId", d.kind, d.title, d.version, d.upload, d.file_name as "fileName", d.content_type as "contentType",
  d.bytes::float8 as bytes, d.sha256, d.valid_until::text as "validUntil", d.uploaded_by as "uploadedBy", d.uploaded_at as "uploadedAt",
  not exists (select from agency_document n where n.agency_id = d.agency_id and n.kind = d.kind and n.title = d.title and n.institution_id = d.institution_id and n.version > d.version) as "isNewest"`;

@Injectable()
export class DocumentStore {
  /** As the next version of its kind and title. To be called by one at a time for an agency. */
  async add(tx: Tx, document: NewDocument): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into agency_document (institution_id, agency_id, kind, title, version, upload, file_name, content_type, bytes, sha256, valid_until, uploaded_by, uploaded_at)
       select $1, $2, $3, $4, 1 + coalesce(max(version), 0), $5, $6, $7, $8, $9, $10, $11, $12 from agency_document
       where agency_id = $2 and kind = $3 and title = $4 and institution_id = $1 returning id`,
      [
        document.institutionId,
        document.agencyId,
        document.kind,
        document.title,
        document.upload,
        document.fileName,
        document.contentType,
        document.bytes,
        document.sha256,
        document.validUntil,
        document.uploadedBy,
        document.uploadedAt,
      ],
    );
    if (!row) throw new Error('the document was not stored');
    return row.id;
  }

  async find(tx: Tx, institutionId: string, agencyId: string, id: string): Promise<DocumentRecord | null> {
    const [row] = await tx.query<DocumentRecord>(
      `select ${COLUMNS} from agency_document d where d.id = $1 and d.agency_id = $2 and d.institution_id = $3`,
      [id, agencyId, institutionId],
    );
    return row ?? null;
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(
    tx: Tx,
    filter: { institutionId: string; agencyId: string; kind: string | null; after: string | null; limit: number },
  ): Promise<DocumentRecord[]> {
    return tx.query<DocumentRecord>(
      `select ${COLUMNS} from agency_document d where d.agency_id = $2 and d.institution_id = $1 and ($3::text is null or d.kind = $3) and ($4::uuid is null or d.id < $4)
       order by d.id desc limit $5`,
      [filter.institutionId, filter.agencyId, filter.kind, filter.after, filter.limit + 1],
    );
  }
}

import { Injectable } from '@nestjs/common';
import { recordRead } from '#evidence-log';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import type { Proven } from './proof.dto.ts';

export interface ProofRecord {
  readonly id: string;
  readonly caseId: string;
  readonly resource: string;
  readonly upload: string;
  readonly fileNameSealed: Buffer;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly addedBy: string;
  readonly addedAt: Date;
}

export interface NewProof {
  readonly institutionId: string;
  readonly caseUuid: string;
  readonly resource: string;
  readonly upload: string;
  readonly fileNameSealed: Buffer;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly by: string;
  readonly at: Date;
}

const OF_CASE: Readonly<Record<Proven, string>> = {
  objection: 'select from objection where id = $2 and collection_case = $1',
  consent: 'select from consent s join party p on p.id = s.party where s.id = $2 and p.collection_case = $1',
  hold: 'select from hold h join collection_case c on c.debtor = h.debtor where h.id = $2 and c.id = $1',
  'opt-out': 'select from opt_out o join collection_case c on c.debtor = o.debtor where o.id = $2 and c.id = $1',
  party: 'select from party where id = $2 and collection_case = $1',
};

const COLUMNS = `f.id, c.case_id as "caseId", f.resource, f.upload, f.file_name_sealed as "fileNameSealed", f.media_type as "mediaType", f.bytes::integer as bytes,
  encode(f.sha256, 'hex') as sha256, f.added_by as "addedBy", f.added_at as "addedAt"`;

@Injectable()
export class ProofStore {
  async isOfCase(tx: Tx, caseUuid: string, kind: Proven, id: string): Promise<boolean> {
    return isUuid(id) && (await tx.query(OF_CASE[kind], [caseUuid, id])).length > 0;
  }

  async add(tx: Tx, row: NewProof): Promise<string> {
    const [made] = await tx.query<{ id: string }>(
      `insert into proof (institution_id, collection_case, resource, upload, file_name_sealed, media_type, bytes, sha256, added_by, added_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
      [row.institutionId, row.caseUuid, row.resource, row.upload, row.fileNameSealed, row.mediaType, row.bytes, row.sha256, row.by, row.at],
    );
    if (!made) throw new Error('the proof was not stored');
    return made.id;
  }

  /** Of a case of the reader's reach. */
  async find(tx: Tx, institutionId: string, own: string | null, id: string): Promise<ProofRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<ProofRecord>(
      `select ${COLUMNS} from proof f join collection_case c on c.id = f.collection_case where f.id = $1 and f.institution_id = $2 and ($3::text is null or c.agency_id = $3)`,
      [id, institutionId, own],
    );
    return row ?? null;
  }

  async ofCase(tx: Tx, caseUuid: string): Promise<ProofRecord[]> {
    return tx.query<ProofRecord>(
      `select ${COLUMNS} from proof f join collection_case c on c.id = f.collection_case where f.collection_case = $1 order by f.id limit 500`,
      [caseUuid],
    );
  }

  async noteRead(
    tx: Tx,
    read: { institutionId: string; subject: string; clientId: string | null; id: string; requestId: string },
  ): Promise<void> {
    await recordRead(tx, { ...read, resource: 'proof', resourceIds: [read.id], fields: ['file'] });
  }
}

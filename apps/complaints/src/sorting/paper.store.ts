import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface NewPaper {
  readonly institutionId: string;
  readonly complaintId: string | null;
  readonly about: string;
  readonly kind: 'bad-faith' | 'major';
  readonly number: string;
  readonly receiver: string;
  readonly bytesSealed: Buffer;
  readonly sha256: Buffer;
  readonly madeBy: string;
  readonly madeAt: Date;
}

export interface PaperRecord {
  readonly id: string;
  readonly number: string;
  readonly receiver: string;
  readonly sha256: string;
  readonly madeBy: string;
  readonly madeAt: Date;
}

const COLUMNS = `id, number, receiver, encode(sha256, 'hex') as sha256, made_by as "madeBy", made_at as "madeAt"`;

@Injectable()
export class PaperStore {
  async nextNumber(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ n: number }>(`select nextval('sorting_paper_serial')::float8 as n`);
    if (!row) throw new Error('no number');
    return row.n;
  }

  async insert(tx: Tx, paper: NewPaper): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into sorting_paper (institution_id, complaint, about, kind, number, receiver, bytes_sealed, sha256, made_by, made_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
      [
        paper.institutionId,
        paper.complaintId,
        paper.about,
        paper.kind,
        paper.number,
        paper.receiver,
        paper.bytesSealed,
        paper.sha256,
        paper.madeBy,
        paper.madeAt,
      ],
    );
    if (!row) throw new Error('the paper was not stored');
    return row.id;
  }

  /** The newest first. */
  async ofComplaint(tx: Tx, complaintId: string, kind: NewPaper['kind']): Promise<PaperRecord[]> {
    return tx.query(`select ${COLUMNS} from sorting_paper where complaint = $1 and kind = $2 order by id desc limit 100`, [
      complaintId,
      kind,
    ]);
  }

  async about(tx: Tx, about: string): Promise<PaperRecord[]> {
    return tx.query(`select ${COLUMNS} from sorting_paper where about = $1 order by id desc limit 100`, [about]);
  }

  async bytes(
    tx: Tx,
    institutionId: string,
    id: string,
    of: { readonly complaintId: string } | { readonly about: string },
  ): Promise<(PaperRecord & { readonly bytesSealed: Buffer }) | null> {
    const [column, value] = 'about' in of ? ['about', of.about] : ['complaint', of.complaintId];
    const [row] = await tx.query<PaperRecord & { bytesSealed: Buffer }>(
      `select ${COLUMNS}, bytes_sealed as "bytesSealed" from sorting_paper where institution_id = $1 and id = $2 and ${column} = $3`,
      [institutionId, id, value],
    );
    return row ?? null;
  }
}

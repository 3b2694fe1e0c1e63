import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface BatchRecord {
  readonly n: number;
  readonly kind: string;
  readonly count: number;
  readonly root: Buffer;
  readonly rules: Readonly<Record<string, number>>;
  readonly keysDestroyed: number;
  readonly destroyedAt: Date;
  /** Its record in the evidence log. */
  readonly evidenceRecord: string | null;
}

const COLUMNS = `b.n, b.kind, b.count, b.root, b.rules, b.keys_destroyed as "keysDestroyed", b.destroyed_at as "destroyedAt"`;
const WITH_EVIDENCE = `select ${COLUMNS}, e.id as "evidenceRecord" from retention_batch b left join evidence_record e
  on e.institution_id = b.institution_id and e.kind = 'records-destroyed' and e.body->>'run' = b.run::text and (e.body->>'batch')::integer = b.n`;

@Injectable()
export class BatchStore {
  async nextNumber(tx: Tx, run: string): Promise<number> {
    const [row] = await tx.query<{ n: number }>('select coalesce(max(n), 0) + 1 as n from retention_batch where run = $1', [run]);
    return row?.n ?? 1;
  }

  async insert(tx: Tx, institutionId: string, run: string, batch: Omit<BatchRecord, 'evidenceRecord'>): Promise<void> {
    await tx.query(
      `insert into retention_batch (institution_id, run, n, kind, count, root, rules, keys_destroyed, destroyed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        institutionId,
        run,
        batch.n,
        batch.kind,
        batch.count,
        batch.root,
        JSON.stringify(batch.rules),
        batch.keysDestroyed,
        batch.destroyedAt,
      ],
    );
  }

  list(tx: Tx, run: string): Promise<BatchRecord[]> {
    return tx.query<BatchRecord>(`${WITH_EVIDENCE} where b.run = $1 order by b.n`, [run]);
  }

  async find(tx: Tx, run: string, n: number): Promise<BatchRecord | null> {
    const [row] = await tx.query<BatchRecord>(`${WITH_EVIDENCE} where b.run = $1 and b.n = $2`, [run, n]);
    return row ?? null;
  }
}

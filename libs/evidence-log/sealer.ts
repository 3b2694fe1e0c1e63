import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Frontier, isKept, signHead, type TreeNode } from '#evidence';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { CONFIG } from '#service';
import { Vault } from '#vault';
import { KeyStore } from './keys.ts';
import { hashOf, HEAD_COLUMNS, RECORD_COLUMNS, type HeadRow, type RecordRow } from './rows.ts';
import type { EvidenceConfig } from './settings.ts';

/** Which service's log it is: in every head. */
export const LOG_NAME = Symbol('evidence log');

/** Records that one head covers at most: what a verifier keeps in memory. */
export const SEAL_BATCH = 2000;
// Of one institution in a row: others wait, and so do other works of the clock.
const MOST_BATCHES = 25;

interface Kept extends TreeNode {
  readonly hash: Buffer;
}

/** Of sealers, and of who changes their key: who writes records never takes it. */
export async function lockSealing(tx: Tx, institutionId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('evidence ' || $1, 0))`, [institutionId]);
}

/**
 * Gives what was recorded its place. Records that are committed and have none are taken in the order of their ids, numbered on from the last head
 * and signed; one that is committed late is simply among the next. Of two sealers of an institution at once one waits, and goes on from the other's head.
 */
@Injectable()
export class Sealer {
  private readonly keys: KeyStore;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Pick<EvidenceConfig, 'evidenceKeyDays'>,
    @Inject(LOG_NAME) private readonly log: string,
    @Inject(Vault) vault: Vault,
  ) {
    this.keys = new KeyStore(vault);
  }

  /** Seals for every institution with something to seal; returns how many records. */
  async sealAll(): Promise<number> {
    const institutions = await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, (tx) => this.waiting(tx));
    let total = 0;
    for (const institutionId of institutions) {
      for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
        const sealed = await this.seal(institutionId);
        total += sealed;
        if (sealed < SEAL_BATCH) break;
      }
    }
    return total;
  }

  /** One batch of an institution, and its head; returns how many records. */
  seal(institutionId: string, limit = SEAL_BATCH): Promise<number> {
    return inTransaction(this.database, { institutionId }, async (tx) => {
      await lockSealing(tx, institutionId);
      const [last] = await tx.query<HeadRow>(
        `select ${HEAD_COLUMNS} from evidence_head where institution_id = $1 order by size desc limit 1`,
        [institutionId],
      );
      const rows = await this.take(tx, institutionId, limit);
      if (rows.length === 0) return 0;
      const first = Number(last?.size ?? 0);
      const frontier = new Frontier(first, last?.edge ?? []);
      const nodes: Kept[] = [];
      const hashes = rows.map((row) => {
        const hash = hashOf(row);
        frontier.add(hash, (node, of) => isKept(node) && node.level > 0 && nodes.push({ ...node, hash: of }));
        return hash;
      });
      await this.place(tx, institutionId, first, rows, hashes);
      await this.keep(tx, institutionId, nodes);
      await this.sign(tx, institutionId, frontier);
      return rows.length;
    });
  }

  /** Without looking at every row that waits. */
  private async waiting(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `with recursive i (id) as (
         (select institution_id from evidence_pending order by institution_id limit 1)
         union all select (select institution_id from evidence_pending where institution_id > i.id order by institution_id limit 1) from i where i.id is not null
       ) select id from i where id is not null`,
    );
    return rows.map(({ id }) => id);
  }

  private take(tx: Tx, institutionId: string, limit: number): Promise<RecordRow[]> {
    return tx.query<RecordRow>(
      `with taken as (
         delete from evidence_pending p using (select record from evidence_pending where institution_id = $1 order by record limit $2) d
         where p.institution_id = $1 and p.record = d.record returning p.record
       ) select ${RECORD_COLUMNS} from taken t join evidence_record r on r.id = t.record order by r.id`,
      [institutionId, limit],
      'evidence-take',
    );
  }

  private async place(tx: Tx, institutionId: string, first: number, rows: readonly RecordRow[], hashes: readonly Buffer[]): Promise<void> {
    await tx.query(
      `insert into evidence_leaf (institution_id, position, record, hash)
       select $1, $2::bigint + n - 1, record, hash from unnest($3::uuid[], $4::bytea[]) with ordinality as g(record, hash, n)`,
      [institutionId, first, rows.map(({ id }) => id), hashes],
      'evidence-place',
    );
  }

  private async keep(tx: Tx, institutionId: string, nodes: readonly Kept[]): Promise<void> {
    if (nodes.length === 0) return;
    await tx.query(
      `insert into evidence_node (institution_id, level, index, hash) select $1, * from unnest($2::smallint[], $3::bigint[], $4::bytea[])`,
      [institutionId, nodes.map(({ level }) => level), nodes.map(({ index }) => index), nodes.map(({ hash }) => hash)],
      'evidence-keep',
    );
  }

  private async sign(tx: Tx, institutionId: string, frontier: Frontier): Promise<void> {
    // PostgreSQL's clock, as the records have it.
    const [row] = await tx.query<{ now: Date }>('select clock_timestamp()::timestamptz(3) as now');
    if (!row) throw new Error('no time');
    const name = { log: this.log, institution: institutionId };
    const { keyId, privateKey } = await this.keys.signing(tx, name, row.now, this.config.evidenceKeyDays);
    const { size, root, edge } = frontier;
    const head = signHead({ ...name, size, rootHash: root.toString('hex'), at: row.now.toISOString(), keyId }, privateKey);
    await tx.query('insert into evidence_head (institution_id, size, root, edge, at, key, signature) values ($1, $2, $3, $4, $5, $6, $7)', [
      institutionId,
      size,
      root,
      edge,
      row.now,
      keyId,
      Buffer.from(head.signature, 'base64'),
    ]);
  }
}

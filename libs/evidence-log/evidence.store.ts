import { nodesFor, rootsOf, type LeafRange, type TreeNode } from '#evidence';
import type { Tx } from '#pg';
import { HEAD_COLUMNS, RECORD_COLUMNS, type HeadRow, type RecordRow } from './rows.ts';

/** A place in the log; the record is null where somebody took it away. */
export interface PlacedRow {
  readonly position: string;
  readonly recordId: string;
  readonly leafHash: Buffer;
  readonly record: RecordRow | null;
}

/** A record as a list shows it: without what it says. */
export interface ListedRow {
  readonly id: string;
  readonly kind: string;
  readonly actor: string;
  readonly at: Date;
  readonly position: number | null;
}

const LISTED = 'r.id, r.kind, r.actor, r.at, l.position::float8 as position';

type FlatRow = Omit<PlacedRow, 'record'> & { readonly [Key in keyof RecordRow]: RecordRow[Key] | null };

const PLACED = `select l.position, l.record as "recordId", l.hash as "leafHash", ${RECORD_COLUMNS} from evidence_leaf l left join evidence_record r on r.id = l.record`;

const toPlaced = ({ position, recordId, leafHash, ...row }: FlatRow): PlacedRow => ({
  position,
  recordId,
  leafHash,
  record: row.id === null ? null : (row as RecordRow),
});

const keyOf = ({ level, index }: TreeNode): string => `${level} ${index}`;

/** What stands in the log of an institution. */
export class EvidenceStore {
  /** The newest first, smaller than the size. */
  heads(tx: Tx, institutionId: string, below: string | null, limit: number): Promise<HeadRow[]> {
    return tx.query<HeadRow>(
      `select ${HEAD_COLUMNS} from evidence_head where institution_id = $1 and ($2::bigint is null or size < $2) order by size desc limit $3`,
      [institutionId, below, limit],
    );
  }

  /** The head of this size, or the next one above it; null: there is none. */
  async headFrom(tx: Tx, institutionId: string, size: number): Promise<HeadRow | null> {
    const [row] = await tx.query<HeadRow>(
      `select ${HEAD_COLUMNS} from evidence_head where institution_id = $1 and size >= $2 order by size limit 1`,
      [institutionId, size],
    );
    return row ?? null;
  }

  async newestHead(tx: Tx, institutionId: string): Promise<HeadRow | null> {
    const [row] = await this.heads(tx, institutionId, null, 1);
    return row ?? null;
  }

  /** Above one size, up to another, in order. */
  headsBetween(tx: Tx, institutionId: string, above: number, upTo: number): Promise<HeadRow[]> {
    return tx.query<HeadRow>(
      `select ${HEAD_COLUMNS} from evidence_head where institution_id = $1 and size > $2 and size <= $3 order by size`,
      [institutionId, above, upTo],
    );
  }

  /** How far the signed log goes, and how far the places go: the same, in one look, unless somebody took heads away. */
  async extent(tx: Tx, institutionId: string): Promise<{ size: number; end: number; now: Date }> {
    const [row] = await tx.query<{ size: string; end: string; now: Date }>(
      `with h as (select coalesce(max(size), 0) as size from evidence_head where institution_id = $1)
       select h.size, greatest(h.size, (select coalesce(max(position) + 1, 0) from evidence_leaf where institution_id = $1)) as "end", clock_timestamp() as now from h`,
      [institutionId],
    );
    if (!row) throw new Error('the log has no extent');
    return { size: Number(row.size), end: Number(row.end), now: row.now };
  }

  async find(tx: Tx, institutionId: string, recordId: string): Promise<PlacedRow | null> {
    const [row] = await tx.query<FlatRow>(`${PLACED} where l.institution_id = $1 and l.record = $2`, [institutionId, recordId]);
    return row ? toPlaced(row) : null;
  }

  /** Records that name an id, of the seconds in which what has it was made (the ids of both say when). */
  about(tx: Tx, institutionId: string, id: string, [from, until]: readonly [string, string], limit: number): Promise<ListedRow[]> {
    return tx.query<ListedRow>(
      `select ${LISTED} from evidence_record r left join evidence_leaf l on l.record = r.id
       where r.institution_id = $1 and r.id >= $3 and r.id < $4 and r.body::text like '%' || $2 || '%' order by r.id desc limit $5`,
      [institutionId, id, from, until, limit],
    );
  }

  /** Those of a kind, whether they have a place or not, the newest first. */
  ofKind(tx: Tx, institutionId: string, kind: string, before: string | null, limit: number): Promise<ListedRow[]> {
    return tx.query<ListedRow>(
      `select ${LISTED} from evidence_record r left join evidence_leaf l on l.record = r.id
       where r.institution_id = $1 and r.kind = $2 and ($3::uuid is null or r.id < $3) order by r.id desc limit $4`,
      [institutionId, kind, before, limit],
    );
  }

  /** Those that have a place, the last first. */
  newest(tx: Tx, institutionId: string, below: string | null, limit: number): Promise<ListedRow[]> {
    return tx.query<ListedRow>(
      `select ${LISTED} from evidence_leaf l join evidence_record r on r.id = l.record
       where l.institution_id = $1 and ($2::bigint is null or l.position < $2) order by l.position desc limit $3`,
      [institutionId, below, limit],
    );
  }

  /** Whether there is such a record that has no place yet. */
  async isPending(tx: Tx, institutionId: string, recordId: string): Promise<boolean> {
    const rows = await tx.query('select 1 from evidence_pending where institution_id = $1 and record = $2', [institutionId, recordId]);
    return rows.length > 0;
  }

  /** Positions from one to before another, in order. */
  async between(tx: Tx, institutionId: string, from: number, to: number): Promise<PlacedRow[]> {
    const rows = await tx.query<FlatRow>(
      `${PLACED} where l.institution_id = $1 and l.position >= $2 and l.position < $3 order by l.position`,
      [institutionId, from, to],
    );
    return rows.map(toPlaced);
  }

  /** Records of a kind that stand before a position, in order. */
  async ofKindBefore(tx: Tx, institutionId: string, kind: string, before: number): Promise<PlacedRow[]> {
    const rows = await tx.query<FlatRow>(
      `${PLACED} where l.institution_id = $1 and r.institution_id = $1 and r.kind = $2 and l.position < $3 order by l.position`,
      [institutionId, kind, before],
    );
    return rows.map(toPlaced);
  }

  /** The roots of subtrees: O(log n) rows for a proof. Throws Error where the tree has a hole. */
  async roots(tx: Tx, institutionId: string, ranges: readonly LeafRange[]): Promise<Buffer[]> {
    const wanted = nodesFor(ranges);
    const rows = await tx.query<{ level: number; index: string; hash: Buffer | null }>(
      `select w.level, w.index, coalesce(l.hash, n.hash) as hash from unnest($2::smallint[], $3::bigint[]) as w(level, index)
         left join evidence_leaf l on w.level = 0 and l.position = w.index and l.institution_id = $1
         left join evidence_node n on w.level > 0 and n.level = w.level and n.index = w.index and n.institution_id = $1`,
      [institutionId, wanted.map(({ level }) => level), wanted.map(({ index }) => index)],
      'evidence-nodes',
    );
    const hashes = new Map(rows.map(({ level, index, hash }) => [`${level} ${index}`, hash]));
    return rootsOf(ranges, (node) => hashes.get(keyOf(node)) ?? undefined);
  }

  /** The keys of subjects, sealed, of those that are still there. */
  subjectKeys(tx: Tx, institutionId: string, ids: readonly string[]): Promise<{ id: string; subject: string; sealed: Buffer }[]> {
    return tx.query(
      'select id, subject, key_sealed as sealed from evidence_subject_key where institution_id = $1 and id = any($2) order by id',
      [institutionId, ids],
    );
  }
}

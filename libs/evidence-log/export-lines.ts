import type { DataSource } from 'typeorm';
import { canonical, inclusionRanges } from '#evidence';
import { inTransaction, type Tx } from '#pg';
import type { Vault } from '#vault';
import { SUBJECT_KEY_CONTEXT } from './append.ts';
import type { EvidenceStore, PlacedRow } from './evidence.store.ts';
import { KeyStore, type LogName } from './keys.ts';
import { toHead, toKeyInfo, toRecord, type HeadRow } from './rows.ts';

export interface ExportRange {
  readonly from: number;
  /** A head has this size. */
  readonly to: number;
  /** Beyond the last head: places that no head covers, which a sealer never leaves. */
  readonly end: number;
  readonly exportedAt: Date;
  /** The keys of subjects go with it. */
  readonly isReadable: boolean;
}

const BATCH = 500;
// What later records of the same export need to be made again.
const CONTEXT_KIND = 'policy-published';

const line = (value: Readonly<Record<string, unknown>>): string => `${canonical(value)}\n`;

const headLine = ({ log, institution }: LogName, row: HeadRow): string =>
  line({ type: 'head', ...toHead(log, institution, row), edge: row.edge.map((hash) => hash.toString('hex')) });

const recordLine = ({ position, recordId, leafHash, record }: PlacedRow): string =>
  line({
    type: 'record',
    position: Number(position),
    id: recordId,
    leafHash: leafHash.toString('hex'),
    record: record && toRecord(record),
  });

/** An export, piece by piece: short transactions over what never changes, so that memory stays flat and nobody is held up. */
export class ExportLines {
  private readonly keys: KeyStore;

  constructor(
    private readonly database: DataSource,
    private readonly store: EvidenceStore,
    private readonly vault: Vault,
    private readonly name: LogName,
  ) {
    this.keys = new KeyStore(vault);
  }

  async *of(range: ExportRange): AsyncGenerator<string> {
    const { from, to, end } = range;
    yield await this.inLog((tx) => this.beginning(tx, range));
    let records = 0;
    let covered = from;
    for (let at = from; at < end; at += BATCH) {
      const upTo = Math.min(at + BATCH, end);
      const { text, count } = await this.inLog((tx) => this.batch(tx, at, upTo, range));
      records += count;
      covered = upTo;
      yield text;
    }
    yield line({ type: 'end', records, size: Math.min(covered, to) });
  }

  private inLog<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.database, { institutionId: this.name.institution }, work);
  }

  /** Whose log, the keys, and of the part before: its edge, and the policies by which what follows was decided. */
  private async beginning(tx: Tx, { from, to, exportedAt }: ExportRange): Promise<string> {
    const { institution, log } = this.name;
    const parts = [line({ type: 'log', version: 1, log, institution, from, to, exportedAt: exportedAt.toISOString() })];
    for (const key of await this.keys.list(tx, institution)) parts.push(line({ type: 'key', ...toKeyInfo(key) }));
    if (from === 0) return parts.join('');
    const head = await this.store.headFrom(tx, institution, from);
    if (head) parts.push(headLine(this.name, head));
    for (const placed of await this.store.ofKindBefore(tx, institution, CONTEXT_KIND, from)) {
      const proof = await this.store.roots(tx, institution, inclusionRanges(Number(placed.position), from));
      const { record, position } = placed;
      if (record)
        parts.push(
          line({ type: 'context', position: Number(position), record: toRecord(record), proof: proof.map((hash) => hash.toString('hex')) }),
        );
    }
    return parts.join('');
  }

  private async batch(tx: Tx, from: number, upTo: number, range: ExportRange): Promise<{ text: string; count: number }> {
    const { institution } = this.name;
    const rows = await this.store.between(tx, institution, from, upTo);
    const heads = await this.store.headsBetween(tx, institution, from, Math.min(upTo, range.to));
    const parts: string[] = range.isReadable ? await this.subjectKeys(tx, rows) : [];
    for (const row of rows) {
      while (heads[0] && Number(heads[0].size) <= Number(row.position)) parts.push(headLine(this.name, heads.shift() as HeadRow));
      parts.push(recordLine(row));
    }
    for (const head of heads) parts.push(headLine(this.name, head));
    return { text: parts.join(''), count: rows.length };
  }

  private async subjectKeys(tx: Tx, rows: readonly PlacedRow[]): Promise<string[]> {
    const ids = rows.flatMap(({ record }) => record?.keyId ?? []);
    const keys = ids.length === 0 ? [] : await this.store.subjectKeys(tx, this.name.institution, ids);
    return keys.map(({ id, subject, sealed }) =>
      line({ type: 'subject-key', keyId: id, subject, key: this.vault.openBytes(sealed, SUBJECT_KEY_CONTEXT).toString('base64') }),
    );
  }
}

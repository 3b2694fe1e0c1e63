import { canonical, Frontier, inclusionRanges, leafHash } from '#evidence';

/** A record of a list: what was there, without what it said. */
export interface ListedRecord {
  readonly kind: string;
  readonly id: string;
  readonly digest: Buffer;
}

/** What stands for a record in the tree of a list, and in proofs of destruction. */
export const listLeaf = ({ kind, id, digest }: ListedRecord): Buffer =>
  leafHash(Buffer.from(canonical({ digest: digest.toString('hex'), id, kind }), 'utf8'));

export function rootOf(records: readonly ListedRecord[]): Buffer {
  const tree = new Frontier();
  for (const record of records) tree.add(listLeaf(record));
  return tree.root;
}

/** The hashes that lead from one record to the root (RFC 9162, 2.1.3). */
export const pathOf = (records: readonly ListedRecord[], place: number): Buffer[] =>
  inclusionRanges(place, records.length).map(({ start, end }) => rootOf(records.slice(start, end)));

import type { Frontier, SignedHead } from '#evidence';

type Fault = { readonly problem: 'inconsistent-head' | 'truncated-tail'; readonly position: number; readonly detail: string } | null;

/** A head that somebody kept, held against what is shown now. */
export class EarlierHead {
  private isCompared = false;

  constructor(readonly head: SignedHead) {}

  /** At every size of the tree that is known. */
  compare(tree: Frontier): Fault {
    const { size, rootHash, at } = this.head;
    if (this.isCompared || tree.size !== size) return null;
    this.isCompared = true;
    if (tree.root.toString('hex') === rootHash) return null;
    return { problem: 'inconsistent-head', position: size, detail: `the first ${size} records are not those of the earlier head of ${at}` };
  }

  /** When heads cover the log from one size to another. */
  atEnd(from: number, covered: number): Fault {
    const { size, at } = this.head;
    if (size > covered) {
      const detail = `the earlier head of ${at} covers ${size} records, this export ${covered}`;
      return { problem: 'truncated-tail', position: covered, detail };
    }
    if (size === 0 || this.isCompared) return null;
    const why =
      size < from ? `is of ${size} records, and the export begins after them` : 'cannot be compared, because records before it are missing';
    return { problem: 'inconsistent-head', position: size, detail: `the earlier head ${why}` };
  }
}

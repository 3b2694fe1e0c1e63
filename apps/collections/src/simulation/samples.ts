import { createHash } from 'node:crypto';

interface Candidate<T> {
  readonly rank: string;
  readonly sample: T;
}

/**
 * Some of many, the same ones each time: of every kind the few whose ids come first by their hash. What is rare is there, and nobody chose.
 * Memory follows the number of kinds.
 */
export class Samples<T> {
  private readonly kinds = new Map<string, Candidate<T>[]>();

  constructor(
    private readonly perKind: number,
    private readonly mostKinds: number,
  ) {}

  /** `make` is asked only for what is kept, for now. */
  offer(kind: string, id: string, make: () => T): void {
    let kept = this.kinds.get(kind);
    if (kept === undefined) {
      if (this.kinds.size >= this.mostKinds) return;
      kept = [];
      this.kinds.set(kind, kept);
    }
    const rank = createHash('sha256').update(id).digest('hex');
    const last = kept.at(-1);
    if (kept.length >= this.perKind && last !== undefined && rank >= last.rank) return;
    kept.push({ rank, sample: make() });
    kept.sort((a, b) => (a.rank < b.rank ? -1 : 1));
    if (kept.length > this.perKind) kept.pop();
  }

  /** So many at most, from all kinds in turn. */
  take(count: number): T[] {
    const rows = [...this.kinds.values()];
    const taken: T[] = [];
    for (let place = 0; place < this.perKind; place += 1) {
      for (const row of rows) {
        const candidate = row[place];
        if (candidate !== undefined && taken.length < count) taken.push(candidate.sample);
      }
    }
    return taken;
  }
}

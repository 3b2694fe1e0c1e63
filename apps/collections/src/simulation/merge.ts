interface Timed {
  readonly at: number;
}

/** Reads a stream of batches one by one. */
class Head<T extends Timed> {
  private batch: readonly T[] = [];
  private place = 0;
  private ended = false;

  constructor(private readonly batches: AsyncIterator<readonly T[]>) {}

  /** Null at the end. Waits only where a batch is used up. */
  peek(): T | null | Promise<T | null> {
    return this.batch[this.place] ?? (this.ended ? null : this.fetch());
  }

  skip(): void {
    this.place += 1;
  }

  private async fetch(): Promise<T | null> {
    for (;;) {
      const next = await this.batches.next();
      if (next.done === true) {
        this.ended = true;
        return null;
      }
      this.batch = next.value;
      this.place = 0;
      const [first] = next.value;
      if (first !== undefined) return first;
    }
  }
}

const BATCH = 1000;

/** Two streams, each in the order of time, as one; at one instant those of the first come first. */
export async function* mergeByTime<A extends Timed, B extends Timed>(
  first: AsyncIterable<readonly A[]>,
  second: AsyncIterable<readonly B[]>,
): AsyncGenerator<(A | B)[]> {
  const [left, right] = [new Head(first[Symbol.asyncIterator]()), new Head(second[Symbol.asyncIterator]())];
  let merged: (A | B)[] = [];
  for (;;) {
    const [a, b] = [left.peek(), right.peek()];
    const one = a instanceof Promise ? await a : a;
    const other = b instanceof Promise ? await b : b;
    const next = other === null || (one !== null && one.at <= other.at) ? one : other;
    if (next === null) break;
    if (next === one) left.skip();
    else right.skip();
    merged.push(next);
    if (merged.length < BATCH) continue;
    yield merged;
    merged = [];
  }
  if (merged.length > 0) yield merged;
}

import { Frontier } from '#evidence';

interface Place {
  readonly position: number;
  readonly id: string;
  readonly leafHash: Buffer;
}

/** Where in a span that does not lead to its head the fault is. */
export interface Fault {
  readonly problem: 'reordered' | 'altered';
  readonly position: number;
  readonly id: string | null;
  readonly detail: string;
}

// A sealer puts fewer under one head; an export without heads must not fill the memory.
const MOST_KEPT = 10_000;

/** The places between two heads, kept to say which of them is wrong. */
export class Span {
  private readonly places: Place[] = [];
  private isWhole = true;

  constructor(
    private readonly start: number,
    private readonly edge: readonly Buffer[],
  ) {}

  add(place: Place): void {
    if (this.places.length < MOST_KEPT) this.places.push(place);
    else this.isWhole = false;
  }

  /** `signed` is the tree that the head vouches for; null: its edge is not known. */
  faultOf(root: Buffer, reached: Frontier, signed: Frontier | null): Fault {
    const sorted = this.places.toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
    const moved = this.places.findIndex(({ id }, at) => sorted[at]?.id !== id);
    if (moved >= 0) {
      const place = this.places[moved];
      const detail = this.rootOf(sorted)?.equals(root)
        ? 'in the order of their ids the records lead to the head'
        : 'its id does not belong here';
      return { problem: 'reordered', position: place?.position ?? this.start, id: place?.id ?? null, detail };
    }
    const [from, to] = this.differing(reached, signed?.edge ?? null);
    const first = this.places.find(({ position }) => position >= from);
    const which = to - from === 1 ? `the record at position ${from}` : `one of the records at positions ${from} to ${to - 1}`;
    return { problem: 'altered', position: from, id: first?.id ?? null, detail: `${which} and its leaf hash are not what was signed` };
  }

  private rootOf(places: readonly Place[]): Buffer | null {
    if (!this.isWhole) return null;
    const frontier = new Frontier(this.start, this.edge);
    for (const { leafHash } of places) frontier.add(leafHash);
    return frontier.root;
  }

  /** As near as the subtrees at the edge say: the first of them that is another, as far as it lies in the span. */
  private differing(reached: Frontier, edge: readonly Buffer[] | null): [number, number] {
    let at = 0;
    for (const [index, part] of reached.edge.entries()) {
      let width = 1;
      while (width * 2 <= reached.size - at) width *= 2;
      if (edge?.[index] && !edge[index].equals(part)) return [Math.max(at, this.start), at + width];
      at += width;
    }
    return [this.start, reached.size];
  }
}

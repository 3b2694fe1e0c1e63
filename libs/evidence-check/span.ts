import { Frontier } from '#evidence';

interface Place {
  readonly position: number;
  readonly id: string;
  readonly leafHash: Buffer;
}

/** Where in a span that does not lead to its head the fault is. */
export interface Fault {
  readonly problem: 'reordered' | 'altered' | 'dropped';
  readonly position: number;
  readonly id: string | null;
  readonly detail: string;
}

// A sealer puts fewer under one head; an export without heads must not fill the memory.
const MOST_KEPT = 10_000;

// Looked for only where a head is wrong.
const MOST_LOST = 16;

/** How many leaves the subtree of the edge covers that begins here. */
function widthAt(at: number, size: number): number {
  let width = 1;
  while (width * 2 <= size - at) width *= 2;
  return width;
}

function rootOver(places: readonly Place[]): Buffer {
  const frontier = new Frontier();
  for (const { leafHash } of places) frontier.add(leafHash);
  return frontier.root;
}

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
    const lost = signed && this.lostBefore(signed);
    if (lost) {
      const [gone, were] = lost.count === 1 ? ['one record', 'is'] : [`${lost.count} records`, 'are'];
      const detail = `${gone} before position ${lost.until} ${were} gone, and those after were numbered anew: what was signed at ${lost.until} stands at ${lost.until - lost.count}`;
      return { problem: 'dropped', position: Math.min(from, lost.until - 1), id: null, detail };
    }
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

  /** Whether a subtree that the head vouches for is there, so many places before its own: then so many records before it were taken away. */
  private lostBefore(signed: Frontier): { readonly count: number; readonly until: number } | null {
    if (!this.isWhole) return null;
    let at = 0;
    for (const part of signed.edge) {
      const width = widthAt(at, signed.size);
      for (let count = 1; count <= MOST_LOST && at - count >= this.start; count += 1) {
        const leaves = this.places.slice(at - count - this.start, at - count - this.start + width);
        if (leaves.length === width && rootOver(leaves).equals(part)) return { count, until: at };
      }
      at += width;
    }
    return null;
  }

  /** As near as the subtrees at the edge say: the first of them that is another, as far as it lies in the span. */
  private differing(reached: Frontier, edge: readonly Buffer[] | null): [number, number] {
    let at = 0;
    for (const [index, part] of reached.edge.entries()) {
      const width = widthAt(at, reached.size);
      if (edge?.[index] && !edge[index].equals(part)) return [Math.max(at, this.start), at + width];
      at += width;
    }
    return [this.start, reached.size];
  }
}

export interface SortRecord {
  /** Ascending; any number but NaN. */
  readonly key: number;
  /** Well-formed text of any kind; it may hold line breaks. */
  readonly line: string;
}

/** In memory and in the spool alike: key (float64), length (uint32), UTF-8. */
export const HEAD_BYTES = 12;
const PIECE_BYTES = 1024 * 1024;
// Per record: key, place and position in the order, and the slack of the growing arrays.
const BOOKKEEPING_BYTES = 40;
const FIRST_ROOM = 1024;

/**
 * Records held as bytes: off the JavaScript heap, so that the bound is a true one whatever the strings were made of (a string cut out of a
 * file, or glued together, can hold many times its own length).
 */
export class RecordBuffer {
  private pieces: Buffer[] = [];
  private used = 0;
  private at = 0;
  private room = 0;
  private keys = new Float64Array(FIRST_ROOM);
  private places = new Uint32Array(FIRST_ROOM);
  private starts = new Uint32Array(FIRST_ROOM);
  count = 0;
  private bytes = 0;
  private sorted = true;

  /** What is held, in bytes. */
  get heldBytes(): number {
    return this.bytes + this.count * BOOKKEEPING_BYTES;
  }

  add(record: SortRecord): void {
    const { key, line } = record;
    if (Number.isNaN(key)) throw new RangeError('a record to sort has no key');
    const most = HEAD_BYTES + line.length * 3;
    if (most > this.room) this.addPiece(most);
    const piece = this.pieces[this.used - 1];
    if (piece === undefined) throw new Error('no room was made');
    const length = piece.write(line, this.at + HEAD_BYTES, 'utf8');
    piece.writeDoubleLE(key, this.at);
    piece.writeUInt32LE(length, this.at + 8);
    const { count } = this;
    if (count > 0 && key < (this.keys[count - 1] ?? 0)) this.sorted = false;
    if (count === this.keys.length) this.grow();
    this.keys[count] = key;
    this.places[count] = this.used - 1;
    this.starts[count] = this.at;
    this.count = count + 1;
    this.at += HEAD_BYTES + length;
    this.room -= HEAD_BYTES + length;
  }

  private grow(): void {
    const room = this.count * 2;
    const keys = new Float64Array(room);
    keys.set(this.keys);
    this.keys = keys;
    const places = new Uint32Array(room);
    places.set(this.places);
    this.places = places;
    const starts = new Uint32Array(room);
    starts.set(this.starts);
    this.starts = starts;
  }

  private addPiece(most: number): void {
    let piece = this.pieces[this.used];
    if (piece === undefined || piece.length < most) {
      piece = Buffer.allocUnsafeSlow(Math.max(most, PIECE_BYTES));
      this.pieces[this.used] = piece;
    }
    this.used += 1;
    this.bytes += piece.length;
    this.at = 0;
    this.room = piece.length;
  }

  /** Positions in ascending order of key, ties in order of arrival. */
  order(): ArrayLike<number> {
    const { keys } = this;
    const order = new Uint32Array(this.count);
    for (let at = 0; at < order.length; at += 1) order[at] = at;
    if (this.sorted) return order;
    return this.orderOfIntegers() ?? order.toSorted((a, b) => compareKeys(keys[a] ?? 0, keys[b] ?? 0));
  }

  /**
   * Key and position glued into one number, where both fit into the 53 bits of an exact integer (instants of a century and a million
   * records do): the engine sorts plain numbers many times quicker than through a comparison, and the position keeps ties in order.
   */
  private orderOfIntegers(): Float64Array | null {
    const { count } = this;
    const keys = this.keys.subarray(0, count);
    let least = Infinity;
    let most = -Infinity;
    for (const key of keys) {
      if (!Number.isSafeInteger(key)) return null;
      if (key < least) least = key;
      if (key > most) most = key;
    }
    if ((most - least + 1) * count > Number.MAX_SAFE_INTEGER) return null;
    const glued = new Float64Array(count);
    for (let at = 0; at < count; at += 1) glued[at] = ((keys[at] ?? 0) - least) * count + at;
    glued.sort();
    for (let at = 0; at < count; at += 1) glued[at] = (glued[at] ?? 0) % count;
    return glued;
  }

  keyAt(position: number): number {
    return this.keys[position] ?? Number.NaN;
  }

  recordAt(position: number): SortRecord {
    const bytes = this.bytesAt(position);
    return { key: this.keyAt(position), line: bytes.toString('utf8', HEAD_BYTES) };
  }

  /** Head and text, as they go to the spool. */
  bytesAt(position: number): Buffer {
    const piece = this.pieces[this.places[position] ?? -1];
    const start = this.starts[position];
    if (piece === undefined || start === undefined) throw new RangeError(`no record ${position}`);
    return piece.subarray(start, start + HEAD_BYTES + piece.readUInt32LE(start + 8));
  }

  /** Forgets the records and keeps their memory for the next ones: waiting for the collector would take twice as much. */
  clear(): void {
    this.used = 0;
    this.count = 0;
    this.bytes = 0;
    this.at = 0;
    this.room = 0;
    this.sorted = true;
  }

  /** Gives the memory back, before the merge takes its own. */
  release(): void {
    this.clear();
    this.pieces = [];
  }
}

// Not a - b: infinity less infinity is no number.
const compareKeys = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

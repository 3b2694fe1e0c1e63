import { createHash, createHmac } from 'node:crypto';

/** How alike texts are is estimated from so many numbers. */
export const HASHES = 60;
// Two texts that are alike by 0.8 share a band with a probability of 0.99, by 0.5 of 0.3, by 0.3 of 0.03.
const ROWS = 5;
export const BANDS = HASHES / ROWS;
const SHINGLE = 4;
// Below it everybody says the same.
const SHORTEST = 40;
const MOST_SHINGLES = 6000;

/** Letters alone, digits as one sign: amounts, dates and card numbers make no difference. */
const normalised = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\d+/g, '0')
    .replace(/[^\p{L}0]+/gu, '');

/** Signatures of texts under a key: without it nobody can try a text against them. */
export class TextMarker {
  private readonly spread: readonly (readonly [number, number])[];

  constructor(private readonly key: Buffer) {
    this.spread = Array.from({ length: HASHES }, (_, at): [number, number] => {
      const bytes = createHmac('sha256', key).update(`spread ${at}`).digest();
      return [bytes.readUInt32BE(0), bytes.readUInt32BE(4) | 1];
    });
  }

  /** The least of each hash over all shingles; empty where there is too little text. */
  minhash(text: string): number[] {
    const letters = normalised(text);
    if (letters.length < SHORTEST) return [];
    const least = this.spread.map(() => 0xffffffff);
    const seen = new Set<string>();
    for (let at = 0; at + SHINGLE <= letters.length && seen.size < MOST_SHINGLES; at += 1) {
      const shingle = letters.slice(at, at + SHINGLE);
      if (seen.has(shingle)) continue;
      seen.add(shingle);
      const value = createHmac('sha256', this.key).update(shingle).digest().readUInt32BE(0);
      for (const [index, [add, times]] of this.spread.entries()) {
        const hash = scatter(Math.imul(value ^ add, times));
        if (hash < (least[index] ?? 0)) least[index] = hash;
      }
    }
    // As PostgreSQL's integer has it.
    return least.map((hash) => hash | 0);
  }

  /** What alike texts have in common, one mark a band. */
  bands(minhash: readonly number[]): Buffer[] {
    if (minhash.length === 0) return [];
    return Array.from({ length: BANDS }, (_, band) => {
      const part = minhash.slice(band * ROWS, (band + 1) * ROWS);
      return createHash('sha256')
        .update(`${band} ${part.join(' ')}`)
        .digest()
        .subarray(0, 12);
    });
  }
}

/** Every bit of the input moves every bit of the output. */
function scatter(given: number): number {
  let value = given;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** How alike, from 0 to 1. */
export const alike = (a: readonly number[], b: readonly number[]): number =>
  a.length === 0 || a.length !== b.length ? 0 : a.filter((hash, at) => hash === b[at]).length / a.length;

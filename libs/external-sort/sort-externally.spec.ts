import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { sortExternally, type SortRecord } from './index.ts';

async function* batches(records: readonly SortRecord[], size: number): AsyncGenerator<SortRecord[]> {
  for (let at = 0; at < records.length; at += size) yield records.slice(at, at + size);
}

async function collect(from: AsyncIterable<readonly SortRecord[]>): Promise<SortRecord[]> {
  const all: SortRecord[] = [];
  for await (const batch of from) all.push(...batch);
  return all;
}

const stable = (records: readonly SortRecord[]): SortRecord[] => records.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));

describe('sortExternally', () => {
  let spoolFolder: string;
  beforeAll(async () => {
    spoolFolder = await mkdtemp(join(tmpdir(), 'external-sort-'));
  });
  afterEach(async () => {
    const left = await readdir(spoolFolder);
    if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
  });
  afterAll(() => rm(spoolFolder, { recursive: true }));

  it('equals a stable sort in memory, for any input, memory and fan-in', async () => {
    const record = fc.record({
      key: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })),
      line: fc.string({ unit: 'grapheme' }),
    });
    const property = fc.asyncProperty(
      fc.array(record, { maxLength: 60 }),
      fc.integer({ min: 1, max: 4_000_000 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 2, max: 5 }),
      async (records, memoryBytes, batch, mergeRuns) => {
        const sorted = await collect(sortExternally(batches(records, batch), { memoryBytes, spoolFolder, mergeRuns, batchRows: 7 }));
        expect(sorted).toEqual(stable(records));
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it('keeps ties in order of arrival across runs and merge passes', async () => {
    const records = Array.from({ length: 500 }, (_, at) => ({ key: (at * 7) % 5, line: `${at}` }));
    expect(await collect(sortExternally(batches(records, 10), { memoryBytes: 1, spoolFolder, mergeRuns: 3 }))).toEqual(stable(records));
  });

  it('takes a line longer than its buffers', async () => {
    const records = [2, 1, 3].map((key) => ({ key, line: `${key}长`.repeat(700_000) }));
    const sorted = await collect(sortExternally(batches(records, 1), { memoryBytes: 1_000, spoolFolder }));
    expect(sorted.map(({ key, line }) => [key, line === `${key}长`.repeat(700_000)])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
  });

  it('leaves no name in the file system while it works', async () => {
    const records = Array.from({ length: 100 }, (_, at) => ({ key: -at, line: 'x' }));
    for await (const batch of sortExternally(batches(records, 10), { memoryBytes: 1, spoolFolder })) {
      expect(batch).toHaveLength(100);
      expect(await readdir(spoolFolder)).toEqual([]);
    }
  });

  it('cleans up when the reader stops, the source fails or the caller aborts', async () => {
    const records = Array.from({ length: 100 }, (_, at) => ({ key: -at, line: 'x' }));
    for await (const batch of sortExternally(batches(records, 10), { memoryBytes: 1, spoolFolder, batchRows: 10 })) {
      expect(batch[0]?.key).toBe(-99);
      break;
    }
    const failing = async function* (): AsyncGenerator<SortRecord[]> {
      yield records;
      throw new Error('the source failed');
    };
    await expect(collect(sortExternally(failing(), { memoryBytes: 1, spoolFolder }))).rejects.toThrow('the source failed');
    const abort = new AbortController();
    const sorting = sortExternally(batches(records, 10), { memoryBytes: 1, spoolFolder, batchRows: 10, signal: abort.signal });
    await sorting.next();
    abort.abort(new Error('enough'));
    await expect(sorting.next()).rejects.toThrow('enough');
  });

  it('refuses a record without a key', async () => {
    await expect(collect(sortExternally(batches([{ key: Number.NaN, line: '' }], 1), { memoryBytes: 1, spoolFolder }))).rejects.toThrow(
      RangeError,
    );
  });
});

import { linesOf, pageOf } from './ndjson.ts';

interface Finding {
  readonly attemptId: string;
  readonly ruleId: string;
}

async function* chunks(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

async function* lines(count: number, told: { read: number }): AsyncGenerator<string> {
  for (let n = 0; n < count; n += 1) {
    told.read += 1;
    yield JSON.stringify({ attemptId: `a${n}`, ruleId: n % 3 === 0 ? 'burst' : 'quiet-hours' });
  }
}

const isBurst = ({ ruleId }: Finding): boolean => ruleId === 'burst';

describe('items read from a stream', () => {
  it('puts lines together that were cut anywhere, in the middle of a letter too', async () => {
    const bytes = new TextEncoder().encode('{"m":"催收"}\n\n{"m":"有度"}');
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const found: string[] = [];
      for await (const line of linesOf(chunks(bytes.slice(0, cut), bytes.slice(cut)))) found.push(line);
      expect(found).toEqual(['{"m":"催收"}', '{"m":"有度"}']);
    }
  });

  it('gives page after page of what is wanted, and an end', async () => {
    const first = await pageOf(lines(10, { read: 0 }), isBurst, 0, 3);
    expect([first.items.map(({ attemptId }) => attemptId), first.nextCursor]).toEqual([['a0', 'a3', 'a6'], '3']);
    const second = await pageOf(lines(10, { read: 0 }), isBurst, 3, 3);
    expect([second.items.map(({ attemptId }) => attemptId), second.nextCursor]).toEqual([['a9'], null]);
    expect(await pageOf(lines(9, { read: 0 }), isBurst, 0, 3)).toMatchObject({ nextCursor: null });
  });

  it('reads no further than it must', async () => {
    const told = { read: 0 };
    await pageOf(lines(1_000_000, told), () => true, 0, 50);
    expect(told.read).toBe(51);
  });
});

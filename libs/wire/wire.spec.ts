import { Refusal, validationPipe } from '#problem';
import {
  AllOrNested,
  Amount,
  decodeCursor,
  encodeCursor,
  Flag,
  Instant,
  isInstant,
  isLocalDate,
  isUuid,
  LocalDate,
  ManyOf,
  Nested,
  NestedList,
  OneOf,
  PageRequest,
  Text,
  TimeOfDay,
  TimeZone,
  toPage,
  Whole,
} from '#wire';

class Item {
  @Text({ max: 3 })
  name!: string;

  @Whole({ optional: true, min: 1, max: 9 })
  count?: number;
}

class Order {
  @Instant({ optional: true })
  at?: string;

  @LocalDate({ nullable: true })
  on?: string | null;

  @TimeOfDay({ optional: true })
  from?: string;

  @TimeZone({ optional: true })
  zone?: string;

  @Amount({ optional: true })
  amount?: string;

  @Flag({ optional: true })
  urgent?: boolean;

  @OneOf(['voice', 'sms'], { optional: true })
  channel?: string;

  @ManyOf(['a', 'b'], { optional: true, minItems: 1 })
  packs?: string[];

  @Nested(() => Item, { optional: true })
  item?: Item;

  @NestedList(() => Item, { optional: true, maxItems: 2 })
  items?: Item[];

  @AllOrNested(() => Item)
  scope?: 'all' | Item | null;
}

const pipe = validationPipe();

async function problems(body: unknown): Promise<string[]> {
  try {
    await pipe.transform(body, { type: 'body', metatype: Order });
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.kind.code).toBe('invalid');
    return (error.extras.errors ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`);
  }
}

const pointers = async (body: unknown): Promise<string[]> => [
  ...new Set((await problems(body)).map((problem) => problem.split(' ')[0] ?? '')),
];

describe('formats', () => {
  it.each([
    ['2026-11-21T21:59:59+08:00', true],
    ['2026-11-21T21:59:59Z', true],
    ['2026-11-21T21:59:59.123456789-03:30', true],
    ['2024-02-29T00:00:00Z', true],
    ['2026-02-29T00:00:00Z', false],
    ['2026-11-21T21:59:59', false],
    ['2026-11-21 21:59:59+08:00', false],
    ['2026-11-21T24:00:00+08:00', false],
    ['2026-11-21T23:59:60Z', false],
    ['2026-11-21T21:59:59+24:00', false],
    ['2026-11-21T21:59+08:00', false],
    ['2026-11-21T21:59:59+08:00\n', false],
    [1_795_276_800_000, false],
    [null, false],
  ])('isInstant(%j) is %s', (value, is) => expect(isInstant(value)).toBe(is));

  it.each([
    ['2026-11-21', true],
    ['2026-02-30', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['21.11.2026', false],
    ['2026-11-21T00:00:00Z', false],
    [20261121, false],
  ])('isLocalDate(%j) is %s', (value, is) => expect(isLocalDate(value)).toBe(is));

  it('knows a UUID', () => {
    expect(isUuid('01912d68-783e-7a3b-8f4e-1f2b3c4d5e6f')).toBe(true);
    expect(['', 'C1', '01912d68783e7a3b8f4e1f2b3c4d5e6f', '01912d68-783e-7a3b-8f4e-1f2b3c4d5e6g'].map(isUuid)).not.toContain(true);
  });
});

describe('fields', () => {
  it.each([
    ['zone', ['Asia/Shanghai', 'UTC', 'America/St_Johns'], ['Beijing', '', 8, null]],
    ['amount', ['1234.50', '-1', '0', '999999999999999.9999'], ['1e3', '1,000', '1.', '.5', '', 12, '1.23456', 'NaN']],
    ['from', ['22:00', '00:00:00', '24:00'], ['24:01', '7:00', '22', '22:60', 2200]],
    ['urgent', [true, false], ['true', 1, null]],
    ['channel', ['voice'], ['fax', '', null, ['voice']]],
    ['packs', [['a'], ['a', 'b']], [[], ['c'], 'a', [null], ['a', 'a', 'a', ...'a'.repeat(20)]]],
    ['on', ['2026-11-21', null], ['2026-02-30', '']],
    ['scope', ['all', null, { name: 'n' }], ['some', { name: 1 }, {}, 7]],
  ])('%s', async (field, good, bad) => {
    for (const value of good) expect([value, await pointers({ [field]: value })]).toEqual([value, []]);
    for (const value of bad) expect([value, (await pointers({ [field]: value }))[0]?.startsWith(`/${field}`)]).toEqual([value, true]);
  });

  it('takes whole numbers, also as a query gives them, and nothing that merely turns into one', async () => {
    const item = (count: unknown) => problems({ item: { name: 'n', count } });
    for (const count of [1, 9, '5']) expect(await item(count)).toEqual([]);
    for (const count of [0, 10, 1.5, '', '1e0', 'x', true, null, [3], {}]) {
      expect([count, new Set(await item(count))]).toEqual([count, new Set(['/item/count must be a whole number from 1 to 9'])]);
    }
    const page: unknown = await pipe.transform({ limit: '20' }, { type: 'query', metatype: PageRequest });
    expect(page).toEqual({ limit: 20 });
  });
});

describe('pointers', () => {
  it('lead to each wrong field, however deep, and to fields that are not known', async () => {
    const body = { at: 'now', item: { name: 'long', more: 1 }, items: [{ name: 'n' }, { count: 1, 'a/b~c': 2 }], strange: {} };
    expect((await problems(body)).toSorted()).toEqual([
      '/at must be an instant with its offset, such as 2026-11-21T21:59:59+08:00',
      '/item/more this field is not known here; leave it out',
      '/item/name must have at most 3 characters',
      '/items/1/a~1b~0c this field is not known here; leave it out',
      '/items/1/name must be text',
      '/items/1/name must have at most 3 characters',
      '/items/1/name must not be empty',
      '/strange this field is not known here; leave it out',
    ]);
  });

  it.each([[[null]], [['x']], [[[]]], [[{ name: 'n' }, null]], [{}], [null], ['x'], [[{ name: 'a' }, { name: 'b' }, { name: 'c' }]]])(
    'say what is wrong with a list: %j',
    async (items) => expect((await pointers({ items })).every((pointer) => pointer.startsWith('/items'))).toBe(true),
  );

  it.each([[[]], [null], ['x'], [7]])('say that %j is not an object', async (item) => {
    expect((await problems({ item }))[0]).toBe('/item must be an object');
  });

  it('never repeat what was sent', async () => {
    expect((await problems({ at: '13800000001', item: { name: '13800000001' }, channel: '13800000001' })).join()).not.toContain('138');
  });
});

describe('pages', () => {
  const rows = ['a', 'b', 'c'];
  const page = (limit: number) =>
    toPage(
      rows,
      limit,
      (row) => row,
      (row) => row.toUpperCase(),
    );

  it('end where there is nothing more', () => {
    expect(page(3)).toEqual({ items: ['A', 'B', 'C'], nextCursor: null });
    expect(page(2)).toEqual({ items: ['A', 'B'], nextCursor: encodeCursor('b') });
  });

  it('go on at the cursor that was given, and refuse any other', () => {
    const isKey = (key: string): boolean => rows.includes(key);
    expect(decodeCursor(encodeCursor('b'), isKey)).toBe('b');
    expect([decodeCursor(undefined, isKey), decodeCursor('', isKey)]).toEqual([null, null]);
    expect(() => decodeCursor(encodeCursor('z'), isKey)).toThrow(Refusal);
    expect(() => decodeCursor('%%%', isKey)).toThrow(Refusal);
  });
});

import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { bufferSource, readTable, TableError, type Column, type RowError, type TableRow, type TableSource } from './index.ts';

const columns: Column[] = ['id', 'name', 'note'].map((name) => ({ name, required: name !== 'note' }));

interface Read {
  rows: TableRow[];
  errors: RowError[];
}

async function read(source: TableSource, blockBytes?: number, wanted: readonly Column[] = columns): Promise<Read> {
  const all: Read = { rows: [], errors: [] };
  for await (const batch of readTable(source, wanted, { blockBytes, batchRows: 2 })) {
    expect(batch.rows.length).toBeLessThanOrEqual(2);
    all.rows.push(...batch.rows);
    all.errors.push(...batch.errors);
  }
  return all;
}

const text = (csv: string): TableSource => bufferSource(Buffer.from(csv));
const faults = ({ errors }: Read): unknown[] => errors.map(({ row, column, code }) => [row, column, code]);
const values = ({ rows }: Read): unknown[] => rows.map(({ values: cells }) => cells);

const quote = (value: string, always: boolean): string => (always || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

function inChunks(bytes: Buffer, sizes: readonly number[]): TableSource {
  return {
    bytes: bytes.length,
    async *open() {
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        yield bytes.subarray(at, at + size);
        at += size;
      }
    },
  };
}

describe('readTable on CSV', () => {
  it('numbers rows as a spreadsheet does', async () => {
    const got = await read(text('id,name,note\n1,a,x\n\n2,"b\nb",y\r\n,,\n3,c,z'));
    expect(got).toEqual({
      errors: [],
      rows: [
        { row: 2, values: ['1', 'a', 'x'] },
        { row: 4, values: ['2', 'b\nb', 'y'] },
        { row: 6, values: ['3', 'c', 'z'] },
      ],
    });
  });

  it('takes tabs, a byte order mark, spaces around names, other orders and a missing optional column', async () => {
    expect(values(await read(text('\uFEFF name \tid\r\na,b\t1\r\n')))).toEqual([['1', 'a,b', '']]);
    expect(values(await read(text('"id","name"\n"1","a"\n')))).toEqual([['1', 'a', '']]);
    expect(values(await read(text('id,name\r1,a\r2,b\r')))).toEqual([
      ['1', 'a', ''],
      ['2', 'b', ''],
    ]);
  });

  it('keeps a fault with its row', async () => {
    const csv = 'id,name,note\n1,a\n2,b,c,d\n3,"b"x,c\n4,ok,"say ""hi"""\n5,"open,c\n6,ok,\n7,5" pipe,x\n';
    const got = await read(text(csv));
    expect(faults(got)).toEqual([
      [2, 'note', 'too-few-cells'],
      [3, null, 'too-many-cells'],
      [4, 'name', 'bad-quote'],
      [6, 'name', 'bad-quote'],
    ]);
    expect(got.rows.map(({ row, values: cells }) => [row, ...cells])).toEqual([
      [5, '4', 'ok', 'say "hi"'],
      [7, '6', 'ok', ''],
      [8, '7', '5" pipe', 'x'],
    ]);
  });

  it('leaves out a cell over 64 KiB and a quote that does not close within it', async () => {
    const long = 'x'.repeat(65 * 1024);
    const got = await read(text(`id,name,note\n1,${long},\n2,"${long}",\n3,ok,\n`));
    expect(faults(got)).toEqual([
      [2, 'name', 'field-too-long'],
      [3, 'name', 'field-too-long'],
    ]);
    expect(values(got)).toEqual([['3', 'ok', '']]);
    expect(faults(await read(text('id,name,note\n1,"open,\n2,b,c\n')))).toEqual([[2, 'name', 'unclosed-quote']]);
    const many = await read(text(`id,name,note\n1,"open,\n${'2,b,c\n'.repeat(40_000)}`));
    expect(faults(many)).toEqual([[2, 'name', 'unclosed-quote']]);
    expect(many.rows).toHaveLength(40_000);
  });

  it('refuses other columns, naming them all', async () => {
    const error = await read(text('id,ID,id,other\n')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TableError);
    expect(error).toMatchObject({
      code: 'columns',
      row: 1,
      detail:
        'The columns in row 1 are not the expected ones: unknown: ID, other; twice: id; missing: name. Expected: id, name, note (optional).',
    });
    await expect(read(text('id;name;note\n1;2;3\n'))).rejects.toThrow('separated by commas or tabs');
    await expect(read(text('"id,name\n1,2\n'))).rejects.toMatchObject({ code: 'columns' });
    await expect(read(text('\n\n'))).rejects.toMatchObject({ code: 'empty' });
    await expect(read(text(''))).rejects.toMatchObject({ code: 'empty' });
  });

  it('refuses what has no lines', async () => {
    await expect(read(bufferSource(Buffer.alloc(5_000_000, 'a')))).rejects.toMatchObject({ code: 'line-too-long' });
  });

  it('reads GB18030 and UTF-16', async () => {
    // 中文 in GB18030.
    const gb = Buffer.concat([Buffer.from('id,name\n1,'), Buffer.from([0xd6, 0xd0, 0xce, 0xc4]), Buffer.from('\n')]);
    expect(values(await read(bufferSource(gb)))).toEqual([['1', '中文', '']]);
    const utf16 = Buffer.from('\uFEFFid\tname\r\n1\t中文\r\n', 'utf16le');
    expect(values(await read(inChunks(utf16, [3])))).toEqual([['1', '中文', '']]);
    expect(values(await read(bufferSource(Buffer.from(utf16).swap16())))).toEqual([['1', '中文', '']]);
  });

  it('leaves out rows that are not UTF-8 where others are', async () => {
    const bad = Buffer.from([0xd6, 0xd0, 0xce, 0xc4]);
    const mixed = Buffer.concat([Buffer.from('id,name\n1,中文\n2,'), bad, Buffer.from('\n3,"'), bad, Buffer.from('\n"\n4,\uFFFD\n')]);
    for (const blockBytes of [1, 20, undefined]) {
      const got = await read(bufferSource(mixed), blockBytes);
      expect(faults(got)).toEqual([
        [3, 'name', 'encoding'],
        [4, 'name', 'encoding'],
      ]);
      expect(values(got)).toEqual([
        ['1', '中文', ''],
        ['4', '\uFFFD', ''],
      ]);
      expect(got.errors[0]?.detail).toContain('Save the file as UTF-8');
    }
  });

  it('reads what csv-parse reads', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '中', '"', ',', '\n', '\r\n', '😀', ' '), maxLength: 6 });
    const rowOf = fc.tuple(fc.constantFrom('1', 'x y'), cell, cell);
    const property = fc.asyncProperty(
      fc.array(rowOf, { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      async (rows, end, always) => {
        const csv = ['id,name,note', ...rows.map((cells) => cells.map((value) => quote(value, always)).join(','))].join(end);
        const got = await read(text(csv));
        expect(got.errors).toEqual([]);
        expect(values(got)).toEqual(parse(csv).slice(1));
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });

  it('gives the same rows and faults wherever the chunks are cut, whatever the bytes', async () => {
    const byte = fc.constantFrom(0x22, 0x22, 0x2c, 0x0a, 0x0a, 0x0d, 0x61, 0xe4, 0xb8, 0xad, 0xd6);
    const property = fc.asyncProperty(
      fc.array(byte, { maxLength: 80 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 40 }),
      async (bytes, sizes, blockBytes) => {
        const file = Buffer.concat([Buffer.from('id,name\n1,中\n'), Buffer.from(bytes)]);
        expect(await read(inChunks(file, sizes), blockBytes)).toEqual(await read(bufferSource(file)));
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });
});

it('passes over columns that nobody asked for, where it is told to', async () => {
  const rows: unknown[] = [];
  const source = text('trunk,note,id,trunk,name\nt1,n1,1,t2,甲\n');
  for await (const batch of readTable(source, columns, { others: 'ignore' })) rows.push(...batch.rows);
  expect(rows).toEqual([{ row: 2, values: ['1', '甲', 'n1'] }]);
  await expect(read(text('trunk,id,name\n'))).rejects.toThrow('unknown: trunk');
  const twice = readTable(text('id,name,id\n'), columns, { others: 'ignore' });
  await expect(twice.next()).rejects.toThrow('twice: id');
});

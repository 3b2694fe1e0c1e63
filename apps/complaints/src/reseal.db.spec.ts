import { randomBytes } from 'node:crypto';
import { inTransaction } from '#pg';
import { reseal } from '#reseal';
import { Vault } from '#vault';
import { handler, Stage } from '../testing/stage.ts';
import { toCommand } from './clock/event-command.ts';
import { ReadingService } from './complaint/reading.service.ts';
import { ComplaintStore } from './complaint/complaint.store.ts';
import { LedgerStore } from './complaint/ledger.store.ts';
import { SEALED_COLUMNS } from './sealed-columns.ts';

const newKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const indexKey = randomBytes(32).toString('base64');
const ring = { old: newKey('k1'), fresh: newKey('k2') };
const before = new Vault([ring.old], indexKey);
const during = new Vault([ring.fresh, ring.old], indexKey);
const after = new Vault([ring.fresh], indexKey);

let stage: Stage;
let id: string;

beforeAll(async () => {
  stage = await Stage.open(before);
  const made = await stage.register({
    complainant: { name: '张三', idNumber: '230100199001011234', contact: '+8613800000001', proxy: { name: '李四' } },
  });
  id = made.id;
  // A note in the ledger, and one of an event that the rules refuse, which only the timeline keeps.
  await stage.record(id, toCommand.complexity({ note: '涉及多家机构' }));
  await stage.record(id, toCommand.complexity({ note: '再次申请' }));
});
afterAll(() => stage.close());

const open = (vault: Vault) =>
  inTransaction(stage.source, handler, (tx) =>
    new ReadingService(new ComplaintStore(), new LedgerStore(), stage.clock, vault, stage.recusals).view(tx, handler, id, 'request-1'),
  );

describe('reseal', () => {
  it('knows every sealed column of the schema', async () => {
    const columns = await stage.sql<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' and column_name like '%sealed'`,
    );
    expect(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).toSorted()).toEqual(columns.map(({ name }) => name).toSorted());
  });

  it('lets the old key go: everything opens as before without it', async () => {
    const seen = await open(during);
    // Seven columns of the complaint, the note in the ledger, the one in the timeline, and the key of what is evidence of it.
    expect(await reseal(stage.source, during, SEALED_COLUMNS, () => undefined)).toBe(10);
    expect(await open(after)).toEqual(seen);
    await expect(open(before)).rejects.toThrow('not on the ring');
    for (const { table, column } of SEALED_COLUMNS) {
      const rows = await stage.sql<{ sealed: Buffer }>(`select ${column} as sealed from ${table} where ${column} is not null`);
      expect(rows.filter(({ sealed }) => !after.isCurrent(sealed))).toEqual([]);
    }
    expect(await reseal(stage.source, after, SEALED_COLUMNS, () => undefined)).toBe(0);
  });
});

import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { runColumns, RunFailure, Runs, TakenOver, type Run } from '#runs';
import { testDatabase, type TestDatabase } from '#testkit';

const BANK = 'bank-1';
let db: TestDatabase;
let source: DataSource;
let runs: Runs;

const inBank = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(source, { institutionId: BANK }, work);
const table = { table: 'errand', topic: 'errand.requested', idName: 'errandId' };

beforeAll(async () => {
  db = await testDatabase('collections');
  const owner = new Client({ connectionString: db.adminUrl });
  await owner.connect();
  await owner.query(`create table errand (id uuid primary key default uuidv7(), institution_id text not null, ${runColumns});
    create table errand_result (errand uuid, line text);
    grant select, insert, update, delete on errand, errand_result to public`);
  await owner.end();
  source = await createDataSource({ url: db.appUrl, poolSize: 8, applicationName: 'runs' });
});
afterAll(async () => {
  await source.destroy();
  await db.drop();
});
beforeEach(async () => {
  runs = new Runs(source, {
    ...table,
    clear: async (tx, id) => void (await tx.query('delete from errand_result where errand = $1', [id])),
  });
  await inBank((tx) => tx.query('delete from outbox'));
});

async function errand(): Promise<string> {
  const [row] = await inBank((tx) =>
    tx.query<{ id: string }>(`insert into errand (institution_id, requested_by) values ($1, 'me') returning id`, [BANK]),
  );
  return row?.id ?? '';
}
const stateOf = async (id: string): Promise<unknown> =>
  (await inBank((tx) => tx.query('select state, summary, failure, progress from errand where id = $1', [id])))[0];
const linesOf = async (id: string): Promise<string[]> =>
  (await inBank((tx) => tx.query<{ line: string }>('select line from errand_result where errand = $1 order by line', [id]))).map(
    ({ line }) => line,
  );
const woken = async (): Promise<unknown[]> =>
  (await inBank((tx) => tx.query<{ payload: unknown }>(`select payload from outbox where topic = 'errand.requested'`))).map(
    ({ payload }) => payload,
  );
const add = (run: Run, line: string): Promise<void> =>
  run.write(async (tx) => void (await tx.query('insert into errand_result values ($1, $2)', [run.id, line])));

it('ends with what the work gives', async () => {
  const id = await errand();
  await runs.carryOut(BANK, id, false, async (run) => {
    run.progress(3, 7);
    await add(run, 'one');
    return { found: 1 };
  });
  expect(await stateOf(id)).toEqual({ state: 'done', summary: { found: 1 }, failure: null, progress: { done: 3, total: 7 } });
  await runs.carryOut(BANK, id, false, () => Promise.reject(new Error('done work is not done again')));
  expect(await linesOf(id)).toEqual(['one']);
});

it('of two at once the later does the work, and the earlier writes nothing any more', async () => {
  const id = await errand();
  let release: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (release = resolve));
  let begun: () => void = () => undefined;
  const hasBegun = new Promise<void>((resolve) => (begun = resolve));
  const earlier = runs.carryOut(BANK, id, true, async (run) => {
    await add(run, 'earlier');
    begun();
    await waiting;
    await expect(add(run, 'too late')).rejects.toThrow(TakenOver);
    expect(run.signal.aborted).toBe(true);
    expect(() => run.check()).toThrow(TakenOver);
    return 'earlier';
  });
  await hasBegun;
  await runs.carryOut(BANK, id, false, async (run) => {
    await add(run, 'later');
    return 'later';
  });
  release();
  await earlier;
  expect(await stateOf(id)).toMatchObject({ state: 'done', summary: 'later' });
  expect(await linesOf(id)).toEqual(['later']);
});

it('says why it could not be done, and is not tried again', async () => {
  const id = await errand();
  const failure = { code: 'empty', detail: 'The file has no header.', row: 1, column: null };
  await runs.carryOut(BANK, id, false, () => Promise.reject(new RunFailure(failure)));
  expect(await stateOf(id)).toMatchObject({ state: 'failed', failure, summary: null });
});

it('a fault of ours is thrown for another try; the last one ends the work and tells nothing of it', async () => {
  const id = await errand();
  const broken = (): Promise<never> => Promise.reject(new Error('secret inside'));
  await expect(runs.carryOut(BANK, id, false, broken)).rejects.toThrow('secret inside');
  expect(await stateOf(id)).toMatchObject({ state: 'running' });
  await expect(runs.carryOut(BANK, id, true, broken)).rejects.toThrow('secret inside');
  const ended = await stateOf(id);
  expect(ended).toMatchObject({ state: 'failed', failure: { code: 'internal' } });
  expect(JSON.stringify(ended)).not.toContain('secret');
});

it('hands the work back when the process ends', async () => {
  const id = await errand();
  await runs.carryOut(BANK, id, false, async (run) => {
    runs.stop();
    run.check();
    return 'never';
  });
  expect(await stateOf(id)).toMatchObject({ state: 'running' });
  expect(await woken()).toEqual([{ errandId: id }]);
});

it('cancels what is not finished, once', async () => {
  const id = await errand();
  await runs.carryOut(BANK, id, true, async (run) => {
    expect(await inBank((tx) => runs.cancel(tx, id))).toBe(true);
    expect(await inBank((tx) => runs.cancel(tx, id))).toBe(false);
    await add(run, 'too late');
    return 'never';
  });
  expect(await stateOf(id)).toMatchObject({ state: 'cancelled', summary: null });
  expect([await linesOf(id), await woken()]).toEqual([[], []]);
});

it('wakes what nobody has touched for a while, once', async () => {
  const [left, fresh, done] = [await errand(), await errand(), await errand()];
  await runs.carryOut(BANK, done, false, () => Promise.resolve(null));
  await inBank((tx) => tx.query(`update errand set touched_at = touched_at - interval '1 hour' where id = any($1)`, [[left, done]]));
  const sweep = (): Promise<void> => inTransaction(source, { institutionId: EVERY_INSTITUTION }, (tx) => runs.wakeAbandoned(tx, 60_000));
  await Promise.all([sweep(), sweep()]);
  expect(await woken()).toEqual([{ errandId: left }]);
  expect(await stateOf(fresh)).toMatchObject({ state: 'queued' });
});

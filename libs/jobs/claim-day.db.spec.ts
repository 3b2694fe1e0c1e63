import type { DataSource } from 'typeorm';
import { claimDay } from '#jobs';
import { createDataSource, EVERY_INSTITUTION, inTransaction } from '#pg';
import { testDatabase, type TestDatabase } from '#testkit';

const night = { hour: 2, zone: 'Asia/Shanghai' };
let db: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  db = await testDatabase('complaints');
  source = await createDataSource({ url: db.appUrl, poolSize: 8, applicationName: 'claim-day' });
});
afterAll(async () => {
  await source.destroy();
  await db.drop();
});

const ask = (name: string, at: string | null, work = night): Promise<string | null> =>
  inTransaction(source, { institutionId: EVERY_INSTITUTION }, (tx) => claimDay(tx, name, at === null ? null : new Date(at), work));

it('gives the day to one of any number who ask, from the hour on', async () => {
  expect(await ask('recompute', '2026-11-20T23:00:00+08:00')).toBe('2026-11-20');
  expect(await ask('recompute', '2026-11-21T01:59:59+08:00')).toBeNull();
  const asked = await Promise.all(Array.from({ length: 8 }, () => ask('recompute', '2026-11-21T02:00:00+08:00')));
  expect(asked.filter((day) => day !== null)).toEqual(['2026-11-21']);
  expect(await ask('recompute', '2026-11-22T01:00:00+08:00')).toBeNull();
  expect(await ask('another', '2026-11-22T01:00:00+08:00')).toBe('2026-11-21');
});

it('makes up for nights in which nothing ran, once', async () => {
  expect(await ask('late', '2026-11-01T03:00:00+08:00')).toBe('2026-11-01');
  expect(await ask('late', '2026-11-09T17:00:00+08:00')).toBe('2026-11-09');
  expect(await ask('late', '2026-11-09T18:00:00+08:00')).toBeNull();
});

it('leaves the day to others when the work fails', async () => {
  const failing = inTransaction(source, { institutionId: EVERY_INSTITUTION }, async (tx) => {
    await claimDay(tx, 'failing', new Date('2026-11-21T05:00:00+08:00'), night);
    throw new Error('the work failed');
  });
  await expect(failing).rejects.toThrow('the work failed');
  expect(await ask('failing', '2026-11-21T05:00:01+08:00')).toBe('2026-11-21');
});

it('asks PostgreSQL for the time when no clock is given', async () => {
  expect(await ask('now', null)).toMatch(/^20\d\d-\d\d-\d\d$/);
  expect(await ask('now', null)).toBeNull();
});

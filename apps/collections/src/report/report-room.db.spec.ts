import { hashOf } from '#idempotency';
import { inTransaction } from '#pg';
import { Refusal } from '#problem';
import { ReportRunner, type ReportKind } from '#reports';
import { KIND, manager, OCTOBER, ReportRoom } from '../../testing/report-room.ts';
import { BANK, principal } from '../../testing/stage.ts';

let room: ReportRoom;
beforeAll(async () => {
  room = await ReportRoom.open();
});
afterAll(() => room.stage.close());

const refusal = (promise: Promise<unknown>): Promise<Refusal> =>
  promise.then(() => Promise.reject(new Error('nothing was refused')), asRefusal);
const asRefusal = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error;
  throw error;
};

describe('making a report', () => {
  it('happens once, however many workers try and whatever died before', async () => {
    const { id } = await room.ask();
    await inTransaction(room.stage.source, { institutionId: BANK }, (tx) =>
      room.store.begin(tx, id, '0190b3c4-0000-7000-8000-000000000001'),
    );
    await Promise.all([room.runner.run(BANK, id), room.runner.run(BANK, id), room.runner.run(BANK, id)]);
    await room.runner.run(BANK, id);
    const first = await room.service.find(manager, id);
    expect(first.state).toBe('done');
    expect(first.files.map(({ name }) => name)).toEqual([
      'report.json',
      'rows.csv',
      'lookback-findings.csv',
      'call-findings.csv',
      'repeats.csv',
      'period-before.csv',
    ]);
    const late = await inTransaction(room.stage.source, { institutionId: BANK }, async (tx) => {
      const record = await room.store.find(tx, BANK, id);
      return (
        record &&
        room.store.finish(tx, record, '0190b3c4-0000-7000-8000-000000000001', {
          rows: 1,
          files: [],
          numbers: [],
          asOf: new Date(0),
          evidenceHead: null,
          documentSha256: '00',
        })
      );
    });
    expect(late).toBe(false);
    await room.runner.run(BANK, id);
    expect(await room.service.find(manager, id)).toEqual(first);
  });

  it('keeps its files when uploads are swept', async () => {
    const { id } = await room.ask();
    await room.runner.run(BANK, id);
    await room.stage.sql(`update upload set created_at = now() - interval '3 days'`);
    const before = await room.content(id, 'report.json');
    await room.stage.uploads.sweep();
    expect((await room.content(id, 'report.json')).equals(before)).toBe(true);
    const kept = await room.stage.sql<{ lost: number }>(
      `select count(*)::int as lost from upload u where not exists (select from report_file f where f.upload = u.id)`,
    );
    expect(kept[0]?.lost).toBe(0);
  });

  it('of the same rows gives the same bytes', async () => {
    const hashes = async (): Promise<unknown> => {
      const { id } = await room.ask({ formats: ['pdf', 'xlsx', 'csv', 'json'] });
      await room.runner.run(BANK, id);
      return (await room.service.find(manager, id)).files;
    };
    expect(await hashes()).toEqual(await hashes());
  });

  it('that fails every time says so on the last try', async () => {
    const { id } = await room.ask();
    const broken: ReportKind = {
      title: { zh: '', en: '' },
      build: () => Promise.reject(new Error('no such luck')),
      institutions: async () => [],
    };
    const unlucky = new ReportRunner(room.stage.source, room.stage.clock, room.store, room.stage.uploads, new Map([[KIND, broken]]));
    await expect(unlucky.run(BANK, id)).rejects.toThrow('no such luck');
    expect(await room.service.find(manager, id)).toMatchObject({ state: 'running', failure: null });
    await expect(unlucky.run(BANK, id, true)).rejects.toThrow('no such luck');
    expect(await room.service.find(manager, id)).toMatchObject({ state: 'failed', failure: { code: 'internal' }, files: [] });
    expect((await refusal(room.service.file(manager, id, 'report.json'))).kind.code).toBe('report-not-finished');
  });

  it('that nobody works on is woken once', async () => {
    const { id } = await room.ask();
    await room.stage.sql(`update report set touched_at = now() - interval '1 hour' where id = $1`, [id]);
    const wake = (): Promise<void> =>
      inTransaction(room.stage.source, { institutionId: '*' }, (tx) => room.runner.wakeAbandoned(tx, 60_000));
    await Promise.all([wake(), wake()]);
    await wake();
    const woken = await room.stage.sql(`select id from outbox where payload->>'reportId' = $1`, [id]);
    expect(woken).toHaveLength(2);
  });
});

describe('asking for a report', () => {
  it.each([
    [{ period: { from: '2026-10-02', to: '2026-10-01' } }, '/period/to'],
    [{ period: { from: '2025-01-01', to: '2026-01-02' } }, '/period'],
  ])('%j is refused at %s', async (more, pointer) => {
    const { kind, extras } = await refusal(room.ask(more));
    expect([kind.status, extras.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('takes a leap year and a single day', async () => {
    expect((await room.ask({ period: { from: '2024-01-01', to: '2024-12-31' } })).state).toBe('queued');
    expect((await room.ask({ period: { from: '2026-10-01', to: '2026-10-01' } })).state).toBe('queued');
  });

  it('with one key is asked once', async () => {
    const body = { kind: KIND, period: OCTOBER, formats: ['json'] as const };
    const key = (input: unknown) => ({ key: 'report-key', hash: hashOf('POST /v1/reports', input) });
    const asked = await Promise.all(Array.from({ length: 4 }, () => room.service.create(manager, body, key(body))));
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    const other = { ...body, formats: ['pdf'] as const };
    expect((await refusal(room.service.create(manager, other, key(other)))).kind.code).toBe('idempotency-key-reused');
  });

  it('is for the institution: neither for another nor for an agency', async () => {
    const { id } = await room.ask();
    await room.runner.run(BANK, id);
    const stranger = principal('compliance', { institutionId: 'bank-2' });
    expect((await refusal(room.service.find(stranger, id))).kind.code).toBe('not-found');
    expect((await refusal(room.service.file(stranger, id, 'report.json'))).kind.code).toBe('not-found');
    expect((await room.service.list(stranger, {})).items).toEqual([]);
    const agency = principal('compliance', { agencyId: 'a2' });
    for (const read of [
      room.service.find(agency, id),
      room.service.list(agency, {}),
      room.service.file(agency, id, 'report.json'),
      room.ask({}, agency),
    ])
      expect((await refusal(read)).kind.code).toBe('forbidden');
  });

  it('lists the newest first, page by page', async () => {
    const all = await room.service.list(manager, { limit: 200 });
    const first = await room.service.list(manager, { limit: 2 });
    const second = await room.service.list(manager, { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(all.items.slice(0, 4).map(({ id }) => id));
    expect((await refusal(room.service.list(manager, { kind: 'other' }))).extras.errors?.[0]?.pointer).toBe('/kind');
    expect((await refusal(room.service.list(manager, { cursor: 'x' }))).extras.errors?.[0]?.pointer).toBe('/cursor');
  });
});

it('the report of a month is made once it is over, for every institution that has something, whoever looks', async () => {
  await room.stage.addCases([{ caseId: 'X1', debtorId: 'XD1' }], 'bank-2');
  room.stage.now = '2026-11-21T12:00:00+08:00';
  const other = principal('integration', { institutionId: 'bank-2' });
  const request = { ...(await room.stage.request('C1')), caseId: 'X1', contactPointId: await room.stage.pointOf('X1', 'P1', 'bank-2') };
  await room.stage.gate.ask(other, request, null, 'en');
  room.stage.now = '2026-10-31T23:59:59+08:00';
  expect(await room.schedule.run()).toBe(1);
  room.stage.now = '2026-11-01T00:00:00+08:00';
  const made = await Promise.all(Array.from({ length: 4 }, () => room.schedule.run()));
  expect(made.toSorted()).toEqual([0, 0, 0, 1]);
  room.stage.now = '2026-12-01T00:00:00+08:00';
  expect(await room.schedule.run()).toBe(2);
  expect(await room.schedule.run()).toBe(0);
  // It is looked for each day, and made once all the same.
  room.stage.now = '2026-12-02T00:00:00+08:00';
  expect(await room.schedule.run()).toBe(0);
  const scheduled = await room.stage.sql<{ institution: string; from: string; to: string; formats: string[] }>(
    `select institution_id as institution, period_from as "from", period_to as "to", formats from report where origin = 'schedule' order by 2, 1`,
    [],
    '*',
  );
  const formats = ['pdf', 'xlsx', 'csv', 'json'];
  expect(scheduled).toEqual([
    { institution: BANK, from: '2026-09-01', to: '2026-09-30', formats },
    { institution: BANK, ...OCTOBER, formats },
    { institution: BANK, from: '2026-11-01', to: '2026-11-30', formats },
    { institution: 'bank-2', from: '2026-11-01', to: '2026-11-30', formats },
  ]);
});

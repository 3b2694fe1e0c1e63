import { Sealer } from '#evidence-log';
import { KIND, manager, OCTOBER, ReportRoom } from '../../testing/report-room.ts';
import { BANK } from '../../testing/stage.ts';

const FORMATS = ['pdf', 'xlsx', 'csv', 'json'];

let room: ReportRoom;
let sealer: Sealer;
beforeAll(async () => {
  room = await ReportRoom.open();
  sealer = new Sealer(room.stage.source, { evidenceKeyDays: 365 }, 'collections', room.stage.vault);
  await sealer.sealAll();
});
afterAll(() => room.stage.close());

/** The SHA-256 of each file, and what the report pins. */
async function made(now: string, more: object = {}) {
  room.stage.now = now;
  const id = await room.made({ formats: FORMATS, ...more });
  const { files, pins } = await room.service.find(manager, id);
  return { id, pins, files: Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256])) };
}

it('makes the same bytes of the same data, whenever and however often, in every format', async () => {
  const first = await made('2026-11-01T09:00:00+08:00');
  expect(Object.keys(first.files)).toEqual(expect.arrayContaining(['report.pdf', 'report.xlsx', 'figures.csv', 'report.json', 'rows.csv']));
  // The log has gone on: what was made was recorded.
  expect(await sealer.sealAll()).toBeGreaterThan(0);
  const again = await made('2026-11-20T17:31:12+08:00');
  expect(again.files).toEqual(first.files);
  expect(again.pins).toEqual(first.pins);
  expect(first.pins).toMatchObject({ asOf: '2026-11-01T01:00:00.000Z', evidenceHead: { size: 13 } });
  for (const name of ['report.pdf', 'report.xlsx'])
    expect((await room.content(again.id, name)).equals(await room.content(first.id, name))).toBe(true);
  const inEnglish = [
    await made('2026-11-21T09:00:00+08:00', { language: 'en' }),
    await made('2026-11-22T09:00:00+08:00', { language: 'en' }),
  ];
  expect(inEnglish[1]?.files).toEqual(inEnglish[0]?.files);
  expect(inEnglish[0]?.files['report.pdf']).not.toBe(first.files['report.pdf']);
});

it('is of one instant with and without a byte order mark, and for the public', async () => {
  const first = await made('2026-11-23T09:00:00+08:00');
  const plain = await made('2026-11-24T09:00:00+08:00', { csvBom: false });
  expect(plain.files['report.json']).toBe(first.files['report.json']);
  expect(plain.files['rows.csv']).not.toBe(first.files['rows.csv']);
  const shown = [
    await made('2026-11-25T09:00:00+08:00', { audience: 'public' }),
    await made('2026-11-26T09:00:00+08:00', { audience: 'public' }),
  ];
  expect(shown[1]?.files).toEqual(shown[0]?.files);
  expect(shown[0]?.pins).toMatchObject({ asOf: first.pins?.asOf });
});

it('makes the same of two that are made at once', async () => {
  const period = { from: '2026-10-01', to: '2026-10-30' };
  const asked = await Promise.all([1, 2, 3].map(() => room.ask({ formats: FORMATS, period })));
  await Promise.all(
    asked.map(({ id }, index) => {
      room.stage.now = `2026-11-27T09:0${index}:00+08:00`;
      return room.runner.run(BANK, id);
    }),
  );
  const views = await Promise.all(asked.map(({ id }) => room.service.find(manager, id)));
  expect(new Set(views.map(({ files }) => JSON.stringify(files.map(({ sha256 }) => sha256)))).size).toBe(1);
  expect(
    await room.stage.sql(`select count(*)::int as n from report where kind = $1 and period_to = '2026-10-30' and state = 'done'`, [KIND]),
  ).toEqual([{ n: 3 }]);
});

it('makes other bytes of other data, and says as of when', async () => {
  const first = await made('2026-11-28T09:00:00+08:00');
  await room.stage.sql(`update contact set result = 'busy' where result is null and at >= '2026-10-12' and at < '2026-10-13'`);
  const other = await made('2026-11-29T09:00:00+08:00');
  expect(other.pins).toMatchObject({ asOf: '2026-11-29T01:00:00.000Z' });
  for (const [name, sha256] of Object.entries(other.files))
    if (name.startsWith('report') || name === 'rows.csv') expect([name, sha256]).not.toEqual([name, first.files[name]]);
  expect((await made('2026-11-30T09:00:00+08:00', { period: OCTOBER })).files).toEqual(other.files);
});

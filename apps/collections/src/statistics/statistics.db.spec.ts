import { Refusal } from '#problem';
import type { ReportDocument } from '#render';
import { OCTOBER, ReportRoom } from '../../testing/report-room.ts';
import { BANK, principal } from '../../testing/stage.ts';
import { StatisticsService } from './statistics.service.ts';

const regulator = principal('regulator');
let room: ReportRoom;
let statistics: StatisticsService;
beforeAll(async () => {
  room = await ReportRoom.open();
  statistics = new StatisticsService(room.stage.source, room.stage.clock);
});
afterAll(() => room.stage.close());

it('counts what the report counts', async () => {
  const id = await room.made();
  const document = JSON.parse((await room.content(id, 'report.json')).toString()) as ReportDocument;
  const figure = (name: string): number | null | undefined => document.figures.find((one) => one.id === name)?.value;
  const found = await statistics.find(regulator, OCTOBER);
  expect(found.contacts).toEqual({ asked: figure('asked'), permitted: figure('permitted'), refused: figure('refused') });
  const rules = document.tables.find(({ id: table }) => table === 'by-rule')?.rows ?? [];
  expect(found.rules.length).toBeGreaterThan(1);
  expect(found.rules).toEqual(rules.map(({ key, cells }) => ({ ruleId: key, all: cells[0]?.value, first: cells[1]?.value })));
  expect(found.months).toEqual([{ month: '2026-10', ...found.contacts }]);
  expect(found.standings).toEqual([{ status: 'active', agencies: 2, published: 2 }]);
});

it('a month ends at midnight of the zone', async () => {
  const { months } = await statistics.find(regulator, { from: '2026-09-30', to: '2026-11-01' });
  expect(months.map(({ month, asked }) => [month, asked])).toEqual([
    ['2026-09', 1],
    ['2026-10', 10],
    ['2026-11', 1],
  ]);
});

it('the register is that of the day', async () => {
  const change = (at: string, status: string): Promise<unknown> =>
    room.stage.sql(
      `insert into agency_standing (institution_id, agency_id, at, set_by, status, published, bars) values ($1, 'a2', $2, 'x', $3, true, '{}')`,
      [BANK, at, status],
    );
  await change('2026-10-10T12:00:00+08:00', 'active');
  await change('2026-10-20T23:59:59+08:00', 'suspended');
  const on = async (day: string): Promise<unknown> =>
    (await statistics.register(regulator, { on: day })).items.map(({ agencyId, status }) => [agencyId, status]);
  // The one has no history, the other none before.
  expect(await on('2026-10-09')).toEqual([['=a1', 'active']]);
  expect(await on('2026-10-19')).toEqual([
    ['=a1', 'active'],
    ['a2', 'active'],
  ]);
  expect(await on('2026-10-20')).toEqual([
    ['=a1', 'active'],
    ['a2', 'suspended'],
  ]);
});

it('of another institution there is nothing, and an agency sees none', async () => {
  const empty = await statistics.find(principal('regulator', { institutionId: 'bank-2' }), OCTOBER);
  expect(empty).toMatchObject({ contacts: { asked: 0 }, months: [], rules: [], standings: [] });
  await expect(statistics.find(principal('compliance', { agencyId: 'a2' }), OCTOBER)).rejects.toThrow(Refusal);
  await expect(statistics.find(regulator, { from: '2026-10-02', to: '2026-10-01' })).rejects.toThrow(Refusal);
  await expect(statistics.find(regulator, { from: '2025-10-01', to: '2026-10-02' })).rejects.toThrow(Refusal);
});

import { hashOf } from '#idempotency';
import { EVERY_INSTITUTION } from '#pg';
import { Refusal } from '#problem';
import { KIND, manager, ReportRoom } from '../../testing/report-room.ts';
import { BANK, principal } from '../../testing/stage.ts';

const compliance = principal('compliance');
const second = principal('compliance', { subject: 'compliance-2' });
const stranger = principal('compliance', { institutionId: 'bank-2' });

let room: ReportRoom;
beforeAll(async () => {
  room = await ReportRoom.open();
});
afterAll(() => room.stage.close());

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Refusal) return error.kind.code;
      throw error;
    },
  );

interface Made {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}
const made = (schedule: string): Promise<Made[]> =>
  room.stage.sql(`select period_from as "from", period_to as "to", time_zone as zone from report where schedule = $1 order by 1`, [
    schedule,
  ]);

const monthly = { kind: KIND, frequency: 'monthly', formats: ['json', 'pdf'] } as const;

it('is one a kind, frequency and audience, though many ask; a key that comes again is answered again', async () => {
  room.stage.now = '2026-11-21T12:00:00+08:00';
  const key = { key: 's-1', hash: hashOf('POST /v1/report-schedules', monthly) };
  const asked = await Promise.all(Array.from({ length: 4 }, () => room.schedules.create(compliance, monthly, key)));
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
  expect(asked[0]).toMatchObject({
    timeZone: 'Asia/Shanghai',
    delayDays: 0,
    audience: 'internal',
    formats: ['pdf', 'json'],
    nextPeriod: {
      from: '2026-11-01',
      to: '2026-11-30',
    },
    nextRunAt: '2026-11-30T16:00:00.000Z',
  });
  const races = await Promise.all(
    Array.from({ length: 4 }, () => codeOf(room.schedules.create(compliance, { ...monthly, frequency: 'yearly' }, null))),
  );
  expect(races.toSorted()).toEqual(['done', ...Array.from({ length: 3 }, () => 'report-schedule-exists')].toSorted());
  expect(await codeOf(room.schedules.create(compliance, { ...monthly, audience: 'public' }, null))).toBe('done');
  expect((await room.schedules.list(stranger, {})).items).toEqual([]);
  expect(await codeOf(room.schedules.find(stranger, asked[0]?.id ?? ''))).toBe('not-found');
  expect(await codeOf(room.schedules.create(principal('compliance', { agencyId: 'a2' }), monthly, null))).toBe('forbidden');
  for (const { id } of (await room.schedules.list(compliance, {})).items) await room.schedules.end(compliance, id);
});

it('makes a draft of each period when it is over, once, whoever looks, and makes up for months that nobody looked', async () => {
  room.stage.now = '2026-11-21T12:00:00+08:00';
  const { id } = await room.schedules.create(compliance, monthly, null);
  const quarterly = await room.schedules.create(
    compliance,
    { ...monthly, frequency: 'quarterly', timeZone: 'Europe/Berlin', delayDays: 2 },
    null,
  );
  room.stage.now = '2026-11-30T23:59:59+08:00';
  expect(await room.scheduleRunner.run()).toBe(0);
  room.stage.now = '2026-12-01T00:00:00+08:00';
  const looked = await Promise.all(Array.from({ length: 4 }, () => room.scheduleRunner.run()));
  expect(looked.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(await room.schedules.find(compliance, id)).toMatchObject({
    nextPeriod: { from: '2026-12-01' },
    nextRunAt: '2026-12-31T16:00:00.000Z',
  });
  // The quarter begins with the same day as its first month, and is another report.
  room.stage.now = '2027-03-15T09:00:00+08:00';
  expect(await room.scheduleRunner.run()).toBe(4);
  expect(await room.scheduleRunner.run()).toBe(0);
  expect((await made(id)).map(({ from }) => from)).toEqual(['2026-11-01', '2026-12-01', '2027-01-01', '2027-02-01']);
  expect(await made(quarterly.id)).toEqual([{ from: '2026-10-01', to: '2026-12-31', zone: 'Europe/Berlin' }]);

  const [report] = await room.stage.sql<{ id: string }>(`select id from report where schedule = $1 order by period_from limit 1`, [
    quarterly.id,
  ]);
  const reportId = report?.id ?? '';
  await room.runner.run(BANK, reportId);
  expect(await room.service.find(manager, reportId)).toMatchObject({
    state: 'draft',
    origin: 'schedule',
    requestedBy: 'schedule',
    timeZone: 'Europe/Berlin',
  });
  // A draft of a schedule is anybody's of compliance to sign, whoever made the schedule.
  expect((await room.life.signOff(compliance, reportId, null)).state).toBe('signed');
  for (const one of [id, quarterly.id]) await room.schedules.end(second, one);
});

it('that is paused makes nothing; what ended meanwhile is made up for only if that is asked', async () => {
  room.stage.now = '2027-04-10T12:00:00+08:00';
  const { id } = await room.schedules.create(compliance, monthly, null);
  expect(await room.schedules.pause(compliance, id)).toMatchObject({ nextRunAt: null, nextPeriod: { from: '2027-04-01' } });
  expect(await codeOf(room.schedules.pause(compliance, id))).toBe('report-schedule-state');
  room.stage.now = '2027-07-10T12:00:00+08:00';
  expect(await room.scheduleRunner.run()).toBe(0);
  expect(await room.schedules.resume(compliance, id, {})).toMatchObject({ nextPeriod: { from: '2027-07-01' }, pausedAt: null });
  expect(await codeOf(room.schedules.resume(compliance, id, {}))).toBe('report-schedule-state');
  expect(await room.scheduleRunner.run()).toBe(0);
  await room.schedules.pause(compliance, id);
  room.stage.now = '2027-09-10T12:00:00+08:00';
  await room.schedules.resume(compliance, id, { makeUp: true });
  expect(await room.scheduleRunner.run()).toBe(2);
  expect((await made(id)).map(({ from }) => from)).toEqual(['2027-07-01', '2027-08-01']);
  const changed = await room.schedules.change(second, id, { timeZone: 'America/New_York', delayDays: 5, formats: ['csv'] });
  expect(changed).toMatchObject({
    nextRunAt: '2027-10-06T04:00:00.000Z',
    formats: ['csv'],
    changedBy: 'compliance-2',
    createdBy: 'compliance-1',
  });
  await room.schedules.end(compliance, id);
  expect(await codeOf(room.schedules.find(compliance, id))).toBe('not-found');
});

it('of an institution takes the place of what is made by itself, also when it has ended', async () => {
  room.stage.now = '2026-11-01T00:00:00+08:00';
  expect(await room.schedule.run()).toBe(0);
  const own = await room.stage.sql(`select id from report where origin = 'schedule' and schedule is null`, [], EVERY_INSTITUTION);
  expect(own).toEqual([]);
});

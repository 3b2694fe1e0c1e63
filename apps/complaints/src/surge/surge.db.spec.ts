import { call, compliance, headOffice2, MajorStage, refusal } from '../../testing/major.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import { inTransaction, EVERY_INSTITUTION } from '#pg';
import { AlarmStore } from './alarm.store.ts';

let stage: Stage;
let room: MajorStage;

beforeAll(async () => {
  stage = await Stage.open();
  room = new MajorStage(stage);
});
afterAll(() => stage.close());
beforeEach(async () => {
  await stage.clear();
  await stage.sql('delete from major_alarm');
  // A Wednesday.
  stage.now = '2026-11-25T15:00:00+08:00';
});

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** Complaints about an agency, each received at an instant; many at once, from one that was registered. */
async function received(instants: readonly string[], agencyId: string, institutionId = 'bank-1'): Promise<void> {
  const by = principal('complaint-handler', { institutionId });
  const { id } = await stage.register({ against: { agencyId: 'model' } }, by);
  const columns = (
    await stage.sql<{ name: string }>(
      `select column_name as name from information_schema.columns where table_name = 'complaint' and column_name not in ('id', 'number', 'received_at', 'registered_at', 'against_agency_id')`,
      [],
      institutionId,
    )
  ).map(({ name }) => name);
  await stage.sql(
    `insert into complaint (number, received_at, registered_at, against_agency_id, ${columns.join(', ')})
     select 'X' || gen_random_uuid(), r.at, greatest(r.at, registered_at), $3, ${columns.join(', ')} from complaint cross join unnest($2::timestamptz[]) as r(at) where id = $1`,
    [id, instants, agencyId],
    institutionId,
  );
}

const at = (daysAgo: number, time = '10:00:00'): string => {
  const day = new Date(Date.parse('2026-11-25T00:00:00Z') - daysAgo * DAY_MS).toISOString().slice(0, 10);
  return `${day}T${time}+08:00`;
};
const quiet = (days: number): string[] => Array.from({ length: days }, (_, n) => at(n + 8));
// The longer window first.
const alarms = async (who = supervisor) =>
  (await room.alarms.list(who, {}, 'r')).items.toSorted((one, other) => other.windowDays - one.windowDays);
const shown = async () =>
  (await alarms()).map(({ dimension, code, windowDays, count, state }) => [dimension, code, windowDays, count, state]);

describe('a surge', () => {
  it('is raised once for its window, told, explained, and grows while the window lasts', async () => {
    await received(quiet(50), 'calm');
    await received([at(0), at(0), at(0), at(0), at(0), at(0)], 'agency-1');
    expect(await Promise.all([room.jobs.look(), room.jobs.look()]).then((counts) => counts.toSorted())).toEqual([0, 2]);
    expect(await shown()).toEqual([
      ['agency', 'agency-1', 7, 6, 'open'],
      ['agency', 'agency-1', 1, 6, 'open'],
    ]);
    const [, day] = await alarms();
    const view = await room.alarms.find(supervisor, day?.id ?? '', 'r');
    expect(view).toMatchObject({ kind: 'surge', endsOn: '2026-11-25', pastCount: 0, dispersion: 1, settingsVersion: 1 });
    expect(view.pastDays).toBe(56);
    expect(view.days.at(-1)).toMatchObject({ day: '2026-11-25', count: 6, works: true });
    expect(view.days).toHaveLength(57);
    expect((view.expected ?? 1) < 0.1 && (view.chance ?? 1) < 1e-4).toBe(true);
    const told = await stage.sql<{ role: string }>(`select recipient_role as role from notification where kind = 'major-alarm'`);
    expect(told).toHaveLength(4);
    await received([at(0, '11:00:00')], 'agency-1');
    expect(await room.jobs.look()).toBe(0);
    expect((await alarms()).map(({ count, peak }) => [count, peak])).toEqual([
      [6, 7],
      [6, 7],
    ]);
    // The day after it is a day's surge again if as many come, and the same week's still.
    stage.now = '2026-11-26T15:00:00+08:00';
    await received(
      Array.from({ length: 9 }, () => '2026-11-26T09:00:00+08:00'),
      'agency-1',
    );
    expect(await room.jobs.look()).toBe(1);
    expect((await shown()).map((each) => each.slice(1, 4)).toSorted()).toEqual([
      ['agency-1', 1, 6],
      ['agency-1', 1, 9],
      ['agency-1', 7, 6],
    ]);
  });

  it('is none with too short a past, of what always comes, or of another institution', async () => {
    await received([at(12), at(0), at(0), at(0), at(0), at(0), at(0)], 'agency-1');
    expect(await room.jobs.look()).toBe(0);
    await received(Array.from({ length: 60 }, (_, n) => [at(n), at(n, '11:00:00')]).flat(), 'agency-2');
    await received(
      Array.from({ length: 60 }, (_, n) => at(n)),
      'agency-3',
      'bank-2',
    );
    expect((await room.jobs.look()) > 0).toBe(true);
    expect((await alarms()).map(({ code }) => code)).toEqual(['agency-1', 'agency-1']);
    expect((await room.alarms.list(principal('compliance', { institutionId: 'bank-2' }), {}, 'r')).items).toEqual([]);
  });

  it('of yesterday is seen this morning, though nobody looked in the night', async () => {
    await received(quiet(50), 'calm');
    await received(
      Array.from({ length: 6 }, (_, n) => at(1, `23:5${n}:00`)),
      'agency-1',
    );
    stage.now = '2026-11-25T00:05:00+08:00';
    expect(await room.jobs.look()).toBe(2);
    expect((await alarms()).map(({ windowDays, endsOn }) => [windowDays, endsOn]).toSorted()).toEqual([
      [1, '2026-11-24'],
      [7, '2026-11-25'],
    ]);
  });
});

it('days are counted in the institution’s own zone, as counting by hand does', async () => {
  // Around midnight of Shanghai, which is 16:00 of UTC.
  let state = 7;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const now = Date.parse('2026-11-25T07:00:00Z');
  const instants = Array.from({ length: 300 }, () => new Date(now - Math.floor(random() * 60 * DAY_MS)).toISOString());
  await received(instants, 'agency-1');
  const naive = new Map<number, number>();
  for (const instant of instants) {
    const day = Math.floor((Date.parse(instant) + SHANGHAI_MS) / DAY_MS);
    naive.set(day, (naive.get(day) ?? 0) + 1);
  }
  const found = await inTransaction(stage.source, { institutionId: EVERY_INSTITUTION }, (tx) =>
    new AlarmStore().counts(tx, new Date(now), [{ institution: 'bank-2', zone: 'UTC' }], 65, 'Asia/Shanghai'),
  );
  const key = found.find(({ code }) => code === 'agency-1');
  expect(new Map(key?.counts.map(({ day, count }) => [day, count]))).toEqual(naive);
  expect(key?.since).toBe(Math.min(...naive.keys()));
  const inUtc = await inTransaction(stage.source, { institutionId: EVERY_INSTITUTION }, (tx) =>
    new AlarmStore().counts(tx, new Date(now), [{ institution: 'bank-1', zone: 'UTC' }], 65, 'Asia/Shanghai'),
  );
  expect(inUtc.find(({ code }) => code === 'agency-1')?.counts).not.toEqual(key?.counts);
});

describe('an alarm', () => {
  const surge = async () => {
    await received(quiet(50), 'calm');
    await received(
      Array.from({ length: 8 }, () => at(0)),
      'agency-1',
    );
    await room.jobs.look();
    const [week] = await alarms();
    return week?.id ?? '';
  };

  it('is confirmed once, by one of several, and its complaints are part of the matter', async () => {
    const id = await surge();
    stage.now = '2026-11-25T18:00:00+08:00';
    await received([at(0, '17:00:00')], 'agency-1');
    expect(await refusal(room.alarms.confirm(call(), id, { reason: 'x' }))).toBe('invalid');
    const confirm = (who = supervisor, key: string | null = null) =>
      room.alarms.confirm(call(who, key), id, { title: '机构催收投诉激增', reason: '同一机构' });
    const results = await Promise.all([supervisor, headOffice2].map((who) => refusal(confirm(who))));
    expect(results.toSorted()).toEqual(['major-alarm-settled', 'none']);
    const { matterId, state, reason } = await room.alarms.find(supervisor, id, 'r');
    expect([state, reason]).toEqual(['confirmed', '同一机构']);
    const matter = await room.majors.find(supervisor, matterId ?? '', 'r');
    // Known since the alarm, not since somebody looked at it.
    expect([matter.kind, matter.complaints, matter.knownAt]).toEqual(['surge', 9, '2026-11-25T15:00:00+08:00']);
    const [, day] = await alarms();
    await room.alarms.confirm(call(supervisor, 'c2'), day?.id ?? '', { reason: '同上', matterId });
    await room.alarms.confirm(call(supervisor, 'c2'), day?.id ?? '', { reason: '同上', matterId });
    expect((await room.majors.find(supervisor, matterId ?? '', 'r')).complaints).toBe(9);
  });

  it('is dismissed with a reason, once, and not raised again for its window', async () => {
    const id = await surge();
    const results = await Promise.all([1, 2, 3].map(() => refusal(room.alarms.dismiss(call(), id, '批量导入所致'))));
    expect(results.toSorted()).toEqual(['major-alarm-settled', 'major-alarm-settled', 'none']);
    expect(await refusal(room.alarms.confirm(call(), id, { title: 'x', reason: 'x' }))).toBe('major-alarm-settled');
    expect((await room.alarms.find(compliance, id, 'r')).reason).toBeNull();
    expect(await room.jobs.look()).toBe(0);
    const stranger = principal('complaint-supervisor', { institutionId: 'bank-2' });
    expect(await refusal(room.alarms.dismiss(call(stranger), id, 'x'))).toBe('not-found');
  });
});

describe('a complaint', () => {
  it('that speaks of a major matter raises an alarm, once, and a person confirms it', async () => {
    const { id } = await stage.register({ channel: 'branch', groupSize: 26 });
    const { id: flood } = await stage.register({ narrative: '洪水冲毁房屋，仍被催收' });
    await stage.register();
    await Promise.all([room.jobs.takeIn(), room.jobs.takeIn()]);
    await room.jobs.takeIn();
    const found = await alarms();
    expect(found.map(({ code, kind, count, words, windowDays }) => [code, kind, count, words, windowDays]).toSorted()).toEqual(
      [
        [id, 'group', 26, [], 0],
        [flood, 'disaster', 1, ['洪水'], 0],
      ].toSorted(),
    );
    const of = await room.alarms.ofComplaint(handler, id, 'r');
    expect(of).toMatchObject({ matters: [], alarms: [{ kind: 'group', state: 'open' }], region: '230000', regionBy: 'system' });
    const matter = await room.alarms.confirm(call(), of.alarms[0]?.id ?? '', { title: '二十六人到网点', reason: '现场' });
    expect([matter.kind, matter.persons, matter.complaintList.map((each) => each.id)]).toEqual(['group', 26, [id]]);
    expect((await room.alarms.ofComplaint(handler, id, 'r')).matters.map(({ number }) => number)).toEqual([matter.number]);
  });

  it('has a region that a person corrects, and of which a surge is one', async () => {
    await received(quiet(50), 'calm');
    const ids = await Promise.all(Array.from({ length: 6 }, async () => (await stage.register()).id));
    for (const id of ids) await room.alarms.noteRegion(call(handler), id, '440000');
    await room.alarms.noteRegion(call(handler), ids[0] ?? '', '440000');
    await room.jobs.takeIn();
    expect((await room.alarms.ofComplaint(handler, ids[0] ?? '', 'r')).region).toBe('440000');
    expect(await refusal(Promise.resolve().then(() => room.alarms.noteRegion(call(handler), ids[0] ?? '', '990000')))).toBe('invalid');
    const noted = await stage.sql(`select from timeline where kind = 'region-noted' and complaint = $1`, [ids[0]]);
    expect(noted).toHaveLength(1);
    await room.jobs.look();
    expect((await alarms()).map(({ dimension, code }) => `${dimension} ${code}`)).toContain('region 440000');
  });
});

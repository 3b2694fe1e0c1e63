import { EVERY_INSTITUTION } from '#pg';
import { CalendarRoom } from '../../testing/calendar.ts';
import { BANK, handler, headOffice, principal, Stage, supervisor } from '../../testing/stage.ts';
import { toCommand } from '../clock/event-command.ts';
import { DueCheckService } from '../deadline/due-check.service.ts';
import { DueCheckStore } from '../deadline/due-check.store.ts';
import { createLogger } from '#telemetry';
import { CALENDAR_PUBLISHED } from './calendar-run.service.ts';

let stage: Stage;
let room: CalendarRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new CalendarRoom(stage);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-06-10T10:00:00+01:00';
  await stage.clear();
  await owner('truncate calendar_version cascade');
});

async function owner(sql: string): Promise<void> {
  await stage.asOwner(sql);
}

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: { kind: { code: string } }) => error.kind.code,
  );

/** Payments of a British branch: fifteen working days, to 22 June for what came in on 1 June. */
const payment = async (receivedAt = '2026-06-01T09:00:00+01:00'): Promise<string> =>
  (await stage.register({ channel: 'uk-branch', category: 'payment-services', receivedAt })).id;

type Row = { id: string; xmin: string; due: string; provisional: boolean; state: string; wake: Date | null };
const rows = (): Promise<Row[]> =>
  stage.sql<Row>(`select id, xmin::text, due_on::text as due, provisional, state, wake_at as wake from complaint order by id`);
const dueOf = async (id: string): Promise<string> => (await rows()).find((row) => row.id === id)?.due ?? '';
const entriesOf = (id: string) =>
  stage.sql<{ data: Record<string, unknown> }>(
    `select data from timeline where complaint = $1 and kind = 'calendar-recomputed' order by id`,
    [id],
  );
const run = (id: string): Promise<void> => room.runs.run(BANK, id);
const version = (id: string) => room.reading.version(supervisor, id);
/** An investigation that was entered on 10 June and counts so many working days from then or from later. */
const stageOf = (complaint: string, days: number, countedFrom: string, due: string) =>
  stage.sql(
    `insert into stage_entry (institution_id, complaint, seq, stage, limit_version, amount, unit, entered_at, entered_by, base_due_at, remind_before, term_due_on, wake_at,
       counted_from, counted_amount, counted_unit)
     values ($1, $2, 1, 'investigation', 0, $3, 'working-days', '2026-06-10T10:00:00+08', 'x', $5, interval '1 day', '2026-06-25', '2026-06-17T00:00:00+08', $4, $3, 'working-days')`,
    [BANK, complaint, days, countedFrom, due],
  );

describe('a calendar that is corrected', () => {
  it('moves exactly the open clocks that rest on the day, in one job, and nothing else is written', async () => {
    const early = await payment();
    const late = await payment('2026-06-09T09:00:00+01:00');
    const natural = (await stage.register({ channel: 'uk-branch', receivedAt: '2026-06-01T09:00:00+01:00' })).id;
    const chinese = (await stage.register({ receivedAt: '2026-06-01T09:00:00+01:00' })).id;
    const decided = await payment();
    await stage.decide(decided);
    const closed = await payment();
    await stage.decide(closed);
    await stage.tell(closed);
    // Before the day, and after it.
    const over = await payment('2026-05-18T09:00:00+01:00');
    const before = await rows();
    const { id } = await room.publish('GB', 2026, { off: ['2026-06-22'] });
    expect(await rows()).toEqual(before);
    await run(id);
    const changed = (await rows()).filter((row) => before.find((one) => one.id === row.id)?.xmin !== row.xmin).map((row) => row.id);
    expect(changed.toSorted()).toEqual([early, late].toSorted());
    expect([await dueOf(early), await dueOf(late), await dueOf(decided), await dueOf(closed)]).toEqual([
      '2026-06-23',
      '2026-07-01',
      '2026-06-22',
      '2026-06-22',
    ]);
    for (const quiet of [natural, chinese, decided, closed, over]) expect(await entriesOf(quiet)).toEqual([]);
    const [entry] = await entriesOf(early);
    expect(entry?.data).toMatchObject({
      calendarId: id,
      country: 'GB',
      year: 2026,
      version: 1,
      before: { dueOn: '2026-06-22', provisional: false },
      after: { dueOn: '2026-06-23', provisional: false },
      conflicts: [],
    });
    expect((await version(id)).run).toMatchObject({
      phase: 'done',
      days: 1,
      total: 3,
      examined: 3,
      later: 2,
      earlier: 0,
      overdue: 0,
      stages: 0,
    });
    const { items } = await room.reading.moves(supervisor, id, {});
    expect(items.map(({ complaintId, dueBefore, dueAfter }) => [complaintId, dueBefore, dueAfter])).toEqual(
      [
        [early, '2026-06-22', '2026-06-23'],
        [late, '2026-06-30', '2026-07-01'],
      ].toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1)),
    );
    // The view, the events and the night's check say the same.
    expect((await stage.complaints.find(handler, early, 'r')).clock.dueOn).toBe('2026-06-23');
    expect((await stage.complaints.find(handler, closed, 'r')).clock).toMatchObject({ state: 'met', dueOn: '2026-06-22' });
    expect(await check()).toMatchObject({ corrected: 0 });
    // Doing it again is nothing.
    const after = await rows();
    await run(id);
    expect(await rows()).toEqual(after);
  });

  it('and one that a day less makes overdue is escalated, once', async () => {
    stage.now = '2026-06-22T10:00:00+01:00';
    const id = await payment();
    // A Saturday that is worked: one day less.
    const { id: calendar } = await room.publish('GB', 2026, { madeUp: ['2026-06-13'] });
    await run(calendar);
    expect(await dueOf(id)).toBe('2026-06-19');
    expect((await version(calendar)).run).toMatchObject({ earlier: 1, overdue: 1 });
    await stage.deadlines.fireMilestones();
    await stage.deadlines.fireMilestones();
    const fired = await stage.sql<{ kind: string }>(`select kind from milestone where complaint = $1 order by kind`, [id]);
    expect(fired.map(({ kind }) => kind)).toEqual(['overdue-head-office', 'overdue-supervisor']);
    expect((await stage.complaints.find(handler, id, 'r')).state).toBe('missed');
  });

  it('a year that is new makes dates certain', async () => {
    stage.now = '2027-12-20T10:00:00+00:00';
    const id = await payment('2027-12-20T09:00:00+00:00');
    expect((await rows())[0]).toMatchObject({ due: '2028-01-12', provisional: true });
    const { id: calendar } = await room.publish('GB', 2028, { off: ['2028-01-03'] });
    await run(calendar);
    expect((await rows())[0]).toMatchObject({ due: '2028-01-13', provisional: false });
    expect((await entriesOf(id)).length).toBe(1);
  });

  it('puts an extension outside its term: it counts no more, that is shown, and the clock still takes events', async () => {
    stage.now = '2026-06-22T10:00:00+01:00';
    const id = await payment();
    const at = '2026-06-22T09:00:00+01:00';
    await stage.record(id, toCommand.extension({ at, note: '复杂', complainantToldAt: at }, supervisor), supervisor);
    expect(await dueOf(id)).toBe('2026-07-20');
    const { id: calendar } = await room.publish('GB', 2026, { madeUp: ['2026-06-13'] });
    expect((await room.reading.version(supervisor, calendar)).run).toMatchObject({ total: 1 });
    await run(calendar);
    expect(await dueOf(id)).toBe('2026-06-19');
    expect((await entriesOf(id))[0]?.data).toMatchObject({ conflicts: [{ type: 'extended', code: 'term-already-over' }] });
    expect((await version(calendar)).run).toMatchObject({ conflicting: 1 });
    const decision = await stage.decide(id);
    expect(decision.accepted).toBe(true);
  });

  it('what was decided keeps the calendar of its day, whatever is published later', async () => {
    stage.now = '2026-06-22T10:00:00+01:00';
    const id = await payment();
    await stage.decide(id);
    const { id: calendar } = await room.publish('GB', 2026, { madeUp: ['2026-06-13'] });
    await run(calendar);
    stage.now = '2026-06-22T12:00:00+01:00';
    await stage.tell(id);
    expect((await stage.complaints.find(handler, id, 'r')).clock).toMatchObject({ state: 'met', dueOn: '2026-06-22', rejected: [] });
  });

  it('is none of another institution', async () => {
    const id = await payment();
    const elsewhere = principal('complaint-supervisor', { institutionId: 'bank-2' });
    const { id: calendar } = await room.publish('GB', 2026, { off: ['2026-06-22'] });
    await run(calendar);
    expect(await dueOf(id)).toBe('2026-06-23');
    expect((await room.reading.year(elsewhere, 'GB', '2026')).version).toBe(0);
    expect(await refusal(room.reading.version(elsewhere, calendar))).toBe('not-found');
    expect(await refusal(room.reading.list(principal('complaint-handler', { agencyId: 'a' })))).toBe('not-found');
    expect((await stage.clocks.workingDays(elsewhere, { from: '2026-06-19', days: 1, country: 'GB' })).date).toBe('2026-06-22');
    expect((await stage.clocks.workingDays(supervisor, { from: '2026-06-19', days: 1, country: 'GB' })).date).toBe('2026-06-23');
  });
});

const check = () =>
  new DueCheckService(stage.source, stage.reading, new DueCheckStore(), stage.ledger, createLogger('check', 'silent')).run();

describe('the job', () => {
  it('goes on where it was killed, and two at once write each clock once', async () => {
    for (let n = 0; n < 5; n += 1) await payment();
    const { id } = await room.publish('GB', 2026, { off: ['2026-06-22'] });
    expect(await room.runs.step(BANK, id, 2)).toBe(true);
    expect((await version(id)).run).toMatchObject({ phase: 'clocks', total: 5, examined: 2, later: 2, finishedAt: null });
    // What a crash in the middle of a batch leaves is nothing, also of the counts.
    const before = await rows();
    const recompute = stage.ledger.recompute.bind(stage.ledger);
    stage.ledger.recompute = async (...given) => {
      await recompute(...given);
      throw new Error('the process ends here');
    };
    await expect(run(id)).rejects.toThrow('the process ends here');
    stage.ledger.recompute = recompute;
    expect(await rows()).toEqual(before);
    expect((await version(id)).run).toMatchObject({ examined: 2, later: 2 });
    await Promise.all([run(id), run(id), room.runs.step(BANK, id, 1)]);
    await run(id);
    expect((await version(id)).run).toMatchObject({ phase: 'done', examined: 5, later: 5 });
    const entries = await stage.sql(`select id from timeline where kind = 'calendar-recomputed'`);
    expect(entries.length).toBe(5);
  });

  it('is woken by the publication, and again when nobody goes on with it', async () => {
    const woken = () => stage.sql<{ payload: unknown }>(`select payload from outbox where topic = $1`, [CALENDAR_PUBLISHED]);
    const { id } = await room.publish('GB', 2026, { off: ['2026-06-22'] });
    expect(await woken()).toEqual([{ payload: { institutionId: BANK, calendarId: id } }]);
    await stage.sql(`update calendar_run set advanced_at = clock_timestamp() - interval '2 minutes'`);
    await stage.inEvery((tx) => room.runs.wakeAbandoned(tx, 60_000));
    await stage.inEvery((tx) => room.runs.wakeAbandoned(tx, 60_000));
    expect((await woken()).length).toBe(2);
  });

  it('is no fault to the check of the night while it has not come to a clock', async () => {
    await payment();
    const { id } = await room.publish('GB', 2026, { off: ['2026-06-22'] });
    expect(await check()).toMatchObject({ checked: 1, corrected: 0 });
    await run(id);
    await stage.sql('delete from due_check', [], EVERY_INSTITUTION);
    expect(await check()).toMatchObject({ checked: 1, corrected: 0 });
    await stage.sql(`update complaint set due_on = '2026-06-22'`);
    await stage.sql('delete from due_check', [], EVERY_INSTITUTION);
    expect(await check()).toMatchObject({ checked: 1, corrected: 1 });
  });

  it('leaves nobody out who registers while it is published', async () => {
    const { id, revision } = await room.draft('GB', 2026, { off: ['2026-06-22'] });
    await room.calendars.propose(supervisor, id, null);
    const registered = Array.from({ length: 6 }, () => payment());
    const published = room.calendars.approve(headOffice, id, revision, null);
    const ids = await Promise.all([...registered, ...Array.from({ length: 6 }, () => payment())]);
    await published;
    await run(id);
    for (const one of ids) expect([one, await dueOf(one)]).toEqual([one, '2026-06-23']);
  });

  it('moves stages that count working days', async () => {
    stage.now = '2026-06-10T10:00:00+08:00';
    const { id } = await stage.register();
    await stageOf(id, 5, '2026-06-10T10:00:00+08', '2026-06-18T00:00:00+08');
    const { id: calendar } = await room.publish('CN', 2026, { off: ['2026-06-15'] });
    await run(calendar);
    const [entry] = await stage.sql<{ due: Date; wake: Date }>('select base_due_at as due, wake_at as wake from stage_entry');
    expect([entry?.due.toISOString(), entry?.wake.toISOString()]).toEqual(['2026-06-18T16:00:00.000Z', '2026-06-10T02:00:00.000Z']);
    expect((await version(calendar)).run).toMatchObject({ phase: 'done', total: 0, stages: 1 });
    expect((await entriesOf(id))[0]?.data).toMatchObject({ stage: 'investigation', after: { dueAt: '2026-06-19T00:00:00+08:00' } });
  });

  it('counts those whose limit grew shorter from when it did', async () => {
    stage.now = '2026-06-11T12:00:00+08:00';
    const { id } = await stage.register();
    // Entered the day before with five days; three since the complaint turned out to be grave.
    await stageOf(id, 3, '2026-06-11T10:00:00+08', '2026-06-17T00:00:00+08');
    const { id: calendar } = await room.publish('CN', 2026, { off: ['2026-06-15'] });
    await run(calendar);
    expect((await entriesOf(id))[0]?.data).toMatchObject({
      before: { dueAt: '2026-06-17T00:00:00+08:00' },
      after: { dueAt: '2026-06-18T00:00:00+08:00' },
    });
  });
});

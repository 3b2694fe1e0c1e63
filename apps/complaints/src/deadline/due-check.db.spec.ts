import { pino } from 'pino';
import type { ClockEvent } from '#clock-rules';
import { EVERY_INSTITUTION } from '#pg';
import { openComplaints } from '../../testing/open-complaints.ts';
import { handler, headOffice, Stage } from '../../testing/stage.ts';
import { toCommand } from '../clock/event-command.ts';
import { DueCheckService, nightOf, type Checked } from './due-check.service.ts';
import { DueCheckStore } from './due-check.store.ts';

let stage: Stage;
let logged: { msg: string; complaintId: string; before: object; after: object }[] = [];
const logger = pino({ level: 'error' }, { write: (line) => void logged.push(JSON.parse(line) as (typeof logged)[number]) });

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());
beforeEach(async () => {
  logged = [];
  await stage.clear();
});

const sql = <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> => stage.sql<Row>(text, values, EVERY_INSTITUTION);
const shanghai = (local: string): string => new Date(`${local}:00+08:00`).toISOString();
const open = (count = 1): Promise<string[]> => openComplaints(sql, { receivedOn: '2026-02-10', count });

const newCheck = (): DueCheckService => new DueCheckService(stage.source, stage.reading, new DueCheckStore(), stage.ledger, logger);

function checkAt(local: string): Promise<Checked> {
  stage.now = shanghai(local);
  return newCheck().run();
}

/** Puts events into the ledger of a complaint behind the back of the columns. */
async function append(complaintId: string, events: readonly ClockEvent[]): Promise<void> {
  for (const [index, { type, at, ...facts }] of events.entries())
    await sql(
      `insert into clock_event (institution_id, complaint, seq, type, at, recorded_at, recorded_by, data) values ('bank-1', $1, $2, $3, $4, $4, 'zhang', $5)`,
      [complaintId, index + 1, type, at, JSON.stringify(facts)],
    );
}

const due = (): Promise<unknown[]> =>
  sql(`select due_on::text as "dueOn", term_id as "termId", state, ledger_version as version, wake_at as wake from complaint order by id`);

describe('the check of the night', () => {
  it('finds nothing where the columns say what the ledger says', async () => {
    await open(3);
    expect(await checkAt('2026-02-21T03:00')).toEqual({ checked: 3, corrected: 0 });
    expect([logged, await sql('select id from timeline')]).toEqual([[], []]);
  });

  it('nor after any sweep', async () => {
    await open(3);
    for (const day of ['2026-02-20', '2026-02-25', '2026-02-26', '2026-02-27', '2026-03-09']) {
      // A term that ended since the last sweep is the sweep's to mark.
      expect(await checkAt(`${day}T02:00`)).toEqual({ checked: 3, corrected: 0 });
      await stage.deadlines.fireMilestones();
      await sql('delete from due_check');
      expect(await checkAt(`${day}T02:00`)).toEqual({ checked: 3, corrected: 0 });
      await sql('delete from due_check');
    }
  });

  it('nor whatever the desk does to a complaint', async () => {
    stage.now = shanghai('2026-02-10T09:00');
    const { id } = await stage.register();
    const steps: [string, () => Promise<unknown>][] = [
      ['2026-02-12T09:00', () => stage.record(id, toCommand.complexity({}))],
      ['2026-02-14T09:00', () => stage.record(id, toCommand.pause({ reason: 'appraisal' }))],
      ['2026-03-14T09:00', () => stage.record(id, toCommand.resumption({}))],
      [
        '2026-04-08T09:00',
        () => stage.record(id, toCommand.extension({ complainantToldAt: shanghai('2026-04-07T10:00') }, headOffice), headOffice),
      ],
      ['2026-04-20T09:00', () => stage.record(id, toCommand.newFacts({ note: '新的证据' }))],
      ['2026-04-21T09:00', () => stage.record(id, toCommand.agreement({ dueOn: '2026-05-01', evidence: '录音' }))],
      ['2026-04-30T09:00', () => stage.decide(id, null, handler)],
    ];
    for (const [at, step] of steps) {
      stage.now = shanghai(at);
      await stage.deadlines.fireMilestones();
      expect(await step()).toMatchObject({ accepted: true });
      await sql('delete from due_check');
      expect([at, await newCheck().run(), logged]).toEqual([at, { checked: 1, corrected: 0 }, []]);
    }
    stage.now = shanghai('2026-05-01T09:00');
    await stage.tell(id);
    await sql('delete from due_check');
    expect(await newCheck().run()).toEqual({ checked: 0, corrected: 0 });
  });

  it('corrects what differs, and says so in the log and in the timeline', async () => {
    const [id = ''] = await open();
    await open(2);
    await append(id, [
      { type: 'declared-complex', at: shanghai('2026-02-12T09:00') },
      { type: 'paused', at: shanghai('2026-02-13T09:00') },
      { type: 'resumed', at: shanghai('2026-02-15T09:00') },
    ]);
    expect(await checkAt('2026-02-21T03:00')).toEqual({ checked: 3, corrected: 1 });
    const [first, second] = await due();
    expect(first).toEqual({
      dueOn: '2026-03-14',
      termId: 'decide-complex',
      state: 'running',
      version: 3,
      wake: new Date(shanghai('2026-03-09T00:00')),
    });
    expect(second).toMatchObject({ dueOn: '2026-02-25', version: 0 });
    const before = { dueOn: '2026-02-25', dueAt: shanghai('2026-02-26T00:00'), termId: 'decide', ledgerVersion: 0 };
    const after = { dueOn: '2026-03-14', dueAt: shanghai('2026-03-15T00:00'), termId: 'decide-complex', ledgerVersion: 3 };
    expect(logged).toMatchObject([{ complaintId: id, before, after }]);
    const entries = await sql<{ data: unknown }>(`select complaint, kind, actor, data from timeline`);
    expect(entries).toEqual([{ complaint: id, kind: 'clock-corrected', actor: 'system', data: { before, after } }]);
    await sql('delete from due_check');
    expect(await checkAt('2026-02-22T03:00')).toEqual({ checked: 3, corrected: 0 });
  });

  it('reads what the events say, not only that they were', async () => {
    const [id = ''] = await open();
    await append(id, [{ type: 'agreed', at: shanghai('2026-02-12T09:00'), dueOn: '2026-03-20' }]);
    await checkAt('2026-02-21T03:00');
    expect(await due()).toMatchObject([{ dueOn: '2026-03-20', termId: 'agreed' }]);
  });

  it.each([
    ['a wake that was lost', `update complaint set wake_at = null`, ['wakeAt']],
    ['a date that is wrong', `update complaint set due_on = '2026-03-01'`, ['dueOn']],
    ['missed before the end', `update complaint set state = 'missed'`, ['state']],
    ['a pause that was none', `update complaint set state = 'paused', wake_at = null`, ['state']],
  ])('mends %s', async (...[, statement, columns]) => {
    await open();
    const whole = await due();
    await sql(statement);
    expect(await checkAt('2026-02-19T03:00')).toEqual({ checked: 1, corrected: 1 });
    expect(await due()).toEqual(whole);
    expect(logged.map(({ after }) => Object.keys(after))).toEqual([columns]);
  });

  it('is done once a night, by whoever comes first, and again the next', async () => {
    await open(1200);
    stage.now = shanghai('2026-02-19T02:00');
    const both = await Promise.all([newCheck().run(), newCheck().run()]);
    expect(both.reduce((sum, { checked }) => sum + checked, 0)).toBe(1200);
    expect(await checkAt('2026-02-20T01:59')).toEqual({ checked: 0, corrected: 0 });
    expect(await checkAt('2026-02-20T02:00')).toEqual({ checked: 1200, corrected: 0 });
    expect(await sql('select night::text, checked::int, finished_at is not null as done from due_check order by 1')).toEqual([
      { night: '2026-02-19', checked: 1200, done: true },
      { night: '2026-02-20', checked: 1200, done: true },
    ]);
  });

  it('goes on where a crash left it', async () => {
    const ids = await open(1200);
    stage.now = shanghai('2026-02-19T02:00');
    await sql(`insert into due_check (night, started_at, after_id, checked) values ('2026-02-19', now(), $1, 700)`, [ids.toSorted()[699]]);
    expect(await newCheck().run()).toEqual({ checked: 500, corrected: 0 });
    expect(await sql('select checked::int from due_check')).toEqual([{ checked: 1200 }]);
  });
});

it('a night is named by the date on which it ends', () => {
  expect(nightOf(new Date(shanghai('2026-02-19T01:59')))).toBe('2026-02-18');
  expect(nightOf(new Date(shanghai('2026-02-19T02:00')))).toBe('2026-02-19');
});

import { inTransaction, type Tx } from '#pg';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { StandingRoom } from '../../testing/standing-room.ts';
import type { StandingChanges, StandingOptions } from './standing.service.ts';

let stage: Stage;
let room: StandingRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new StandingRoom(stage);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

const inBank = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(stage.source, { institutionId: BANK }, work);
const actor = { institutionId: BANK, by: 'manager-1' };
const change = (agencyId: string, changes: StandingChanges, options: StandingOptions = { reason: '巡检' }) =>
  inBank((tx) => room.standings.change(tx, actor, agencyId, changes, options));
const agent = (agencyId: string) => principal('agent', { agencyId });
const supervisor = principal('compliance');

const withCase = (agencyId: string) => room.agencyWithCase(agencyId);
const tasks = (agencyId: string) =>
  stage.sql<{ done: boolean }>(`select done_at is not null as done from task where resource = $1 and kind = 'take-back-case' order by id`, [
    `agency/${agencyId}`,
  ]);

describe('a change of how an agency stands', () => {
  it('takes back its open permits at that instant, refuses the next contact and opens one task for its cases', async () => {
    const caseId = await withCase('A1');
    const permit = await stage.ask(caseId, {}, agent('A1'));
    expect(permit.verdict).toBe('permitted');
    stage.now = '2026-11-21T15:01:00+08:00';
    const changed = await change('A1', { status: 'suspended' });
    expect(changed).toMatchObject({ bars: ['suspended'], revoked: 1, before: { status: 'active' }, after: { status: 'suspended' } });
    const view = await stage.outcomes.view(supervisor, permit.id, 'en');
    expect(view).toMatchObject({
      state: 'revoked',
      revocation: { at: '2026-11-21T15:01:00+08:00', reason: 'agency-barred' },
      permit: { expiresAt: '2026-11-21T15:15:00+08:00' },
    });
    const next = await stage.ask(caseId, {}, agent('A1'));
    expect(next.reasons.filter(({ severity }) => severity === 'block').map(({ ruleId }) => ruleId)).toEqual(['agency-standing']);
    expect(await tasks('A1')).toEqual([{ done: false }]);
    await change('A1', { status: 'active' });
    expect(await tasks('A1')).toEqual([{ done: true }]);
    expect((await stage.ask(caseId, {}, agent('A1'))).verdict).toBe('permitted');
  });

  it('ends the reservation for the counters; a call that was under way is reported all the same, and counts', async () => {
    const caseId = await withCase('A2');
    for (let n = 0; n < 3; n += 1) expect((await stage.ask(caseId, {}, agent('A2'))).verdict).toBe('permitted');
    // Three in an hour are all that is allowed.
    const bank = await stage.ask(caseId);
    expect(bank.reasons.map(({ ruleId }) => ruleId)).toContain('burst');
    const before = await stage.ask(caseId, {}, agent('A2'));
    expect(before.verdict).toBe('refused');
    const open = await stage.sql<{ id: string }>(`select id from contact where agency_id = 'A2' order by id`);
    stage.now = '2026-11-21T15:02:00+08:00';
    expect((await change('A2', { published: false })).revoked).toBe(3);
    const freed = await stage.ask(caseId);
    expect(freed.verdict).toBe('permitted');
    const called = await stage.outcomes.record(
      agent('A2'),
      open[0]?.id ?? '',
      { result: 'conversation', startedAt: '2026-11-21T15:00:30+08:00', endedAt: '2026-11-21T15:03:00+08:00' } as never,
      'en',
    );
    expect(called).toMatchObject({ state: 'closed', revocation: { reason: 'agency-barred' }, outcome: { startedAfterLapse: false } });
    const late = await stage.outcomes.record(
      agent('A2'),
      open[1]?.id ?? '',
      { result: 'no-answer', startedAt: '2026-11-21T15:02:30+08:00', endedAt: null } as never,
      'en',
    );
    expect(late.outcome).toMatchObject({ startedAfterLapse: true });
    stage.now = '2026-11-21T15:04:00+08:00';
    // One on its way of the bank's, two that were made: the cap is reached again.
    expect((await stage.ask(caseId)).reasons.map(({ ruleId }) => ruleId)).toContain('burst');
    // The decision that counted the three is made again as it was.
    expect((await stage.outcomes.replay(supervisor, before.id, 'en')).identical).toBe(true);
  });

  it('is told from the permits of others, of outcomes that are known and of logs that were imported', async () => {
    const [one, other] = [await withCase('A3'), await withCase('A4')];
    const done = await stage.ask(one, {}, agent('A3'));
    await stage.outcomes.record(
      agent('A3'),
      done.id,
      { result: 'busy', startedAt: '2026-11-21T15:00:00+08:00', endedAt: null } as never,
      'en',
    );
    const kept = await stage.ask(other, {}, agent('A4'));
    await stage.sql(
      `insert into contact (institution_id, attempt_id, debtor_id, value_index, channel, initiator, agency_id, collector_ids, at, lapses_at, time_zone)
       values ($1, 'log-1', 'D-A3', '', 'voice', 'us', 'A3', '{c1}', $2, $3, 'Asia/Shanghai')`,
      [BANK, '2026-11-21T14:59:00+08:00', '2026-11-21T15:14:00+08:00'],
    );
    expect((await change('A3', { status: 'suspended' })).revoked).toBe(0);
    expect((await stage.outcomes.view(supervisor, done.id, 'en')).revocation).toBeNull();
    expect((await stage.outcomes.view(supervisor, kept.id, 'en')).state).toBe('pending');
  });

  it('two at once are both kept, one after the other, and the permits are taken back once', async () => {
    const caseId = await withCase('A5');
    await stage.ask(caseId, {}, agent('A5'));
    const both = await Promise.all([change('A5', { status: 'suspended' }), change('A5', { published: false })]);
    expect(both.reduce((sum, { revoked }) => sum + revoked, 0)).toBe(1);
    const history = await stage.sql<{ bars: string[]; revoked: number }>(
      `select bars, revoked from agency_standing where agency_id = 'A5' order by id`,
    );
    expect(history.at(-1)?.bars).toEqual(['suspended', 'not-published']);
    expect(history.reduce((sum, { revoked }) => sum + revoked, 0)).toBe(1);
    expect(await tasks('A5')).toEqual([{ done: false }]);
  });

  it('waits for the gate in flight, and the gate that comes later finds it', async () => {
    const caseId = await withCase('A6');
    const live = new StandingRoom(Object.create(stage, { clock: { value: { override: null } } }) as Stage);
    const load = async (tx: Tx): Promise<{ now: string; status: string | undefined }> => {
      const [row] = await tx.query<{ batch: { now: string; found: { agency: { status: string } | null }[] } }>(
        `select gate_load($1, (select json_agg(json_build_object('n', 0, 'case_id', $2::text, 'agency', 'A6', 'channels', array['voice']))), null, true) as batch`,
        [BANK, caseId],
      );
      return { now: row?.batch.now ?? '', status: row?.batch.found[0]?.agency?.status };
    };
    const waiting = async (): Promise<number> =>
      (
        await stage.sql<{ count: number }>(
          `select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
        )
      )[0]?.count ?? 0;
    let suspending: Promise<{ at: Date }> = Promise.reject(new Error('not begun'));
    suspending.catch(() => undefined);
    const inFlight = await inBank(async (tx) => {
      const first = await load(tx);
      suspending = inBank((other) => live.standings.change(other, actor, 'A6', { status: 'suspended' }, { reason: null }));
      for (let asked = 0; (await waiting()) === 0; asked += 1) if (asked > 3000) throw new Error('the change does not wait');
      return first;
    });
    const { at } = await suspending;
    const later = await inBank(load);
    expect([inFlight.status, later.status]).toEqual(['active', 'suspended']);
    expect(Date.parse(inFlight.now)).toBeLessThanOrEqual(at.getTime());
    expect(Date.parse(later.now)).toBeGreaterThanOrEqual(at.getTime());
  });

  it('refuses a contract that ends before it begins and an agency that is not here; nothing of it is kept', async () => {
    await withCase('A7');
    await expect(change('A7', { contractFrom: '2026-05-01', contractTo: '2026-04-30' })).rejects.toMatchObject({
      kind: { code: 'invalid' },
    });
    await expect(change('A99', { status: 'suspended' })).rejects.toMatchObject({ kind: { code: 'not-found' } });
    const elsewhere = inTransaction(stage.source, { institutionId: 'bank-2' }, (tx) =>
      room.standings.change(tx, { institutionId: 'bank-2', by: 'x' }, 'A7', { status: 'suspended' }, { reason: null }),
    );
    await expect(elsewhere).rejects.toMatchObject({ kind: { code: 'not-found' } });
    expect(await stage.sql(`select id from agency_standing where agency_id = 'A7'`)).toHaveLength(1);
  });

  it('is for good: neither history is rewritten', async () => {
    await withCase('A8');
    for (const sql of [
      `update agency_standing set status = 'exited' where agency_id = 'A8'`,
      `delete from agency_standing where agency_id = 'A8'`,
      `update agency_publication set phone = '1' where agency_id = 'A8'`,
      `delete from agency_publication where agency_id = 'A8'`,
    ])
      await expect(stage.sql(sql)).rejects.toThrow(/not changed|permission denied/);
  });
});

describe('files of the register', () => {
  it('take the same way: a file that suspends takes permits back, and last night’s file lifts nothing', async () => {
    const row = {
      row: 2,
      agencyId: 'F1',
      name: 'F1',
      licence: null,
      status: 'active',
      published: true,
      phone: null,
      address: null,
    } as const;
    const dates = { contractFrom: '2026-01-01', contractTo: null, lastEvaluatedOn: '2026-09-01' };
    const record = { id: 'import-1', institutionId: BANK, requestedBy: 'core-1' };
    const load = (more: object) => inBank((tx) => room.imports.storeAgencies(tx, record, [{ ...row, ...dates, ...more }]));
    await load({});
    await stage.sql(
      `insert into agency_staff (institution_id, agency_id, collector_id, name_sealed, certificate_until, content_hash) values ($1, 'F1', 'c1', '', '2099-12-31', '')`,
      [BANK],
    );
    await stage.sql(`insert into agency_device (institution_id, agency_id, device_id, collector_id) values ($1, 'F1', 't1', 'c1')`, [BANK]);
    await stage.addCases([{ caseId: 'C-F1', debtorId: 'D-F1', debtId: 'L-F1', contactPoint: '+8613810009001', agencyId: 'F1' }]);
    const permit = await stage.ask('C-F1', {}, agent('F1'));
    expect(permit.verdict).toBe('permitted');
    await load({ status: 'suspended' });
    expect((await stage.outcomes.view(supervisor, permit.id, 'en')).state).toBe('revoked');
    expect(await room.listed('F1')).toMatchObject([{ because: 'suspended' }]);
    await change('F1', { status: 'exited' });
    await load({ status: 'suspended', phone: '1' });
    expect(await stage.sql(`select status, phone from agency where agency_id = 'F1'`)).toEqual([{ status: 'exited', phone: '1' }]);
  });

  it('take permits back of who leaves and of tools that are retired', async () => {
    await withCase('F2');
    const permit = () => stage.ask('C-F2', {}, agent('F2'));
    const person = {
      row: 2,
      agencyId: 'F2',
      collectorId: 'c1',
      name: '王五',
      certificateUntil: '2099-12-31',
      active: true,
      deviceIds: ['t1'],
    };
    const load = (more: object) =>
      inBank((tx) => room.imports.storeStaff(tx, { institutionId: BANK, agencyId: null, requestedBy: 'core' }, [{ ...person, ...more }]));
    const first = await permit();
    await load({});
    expect((await stage.outcomes.view(supervisor, first.id, 'en')).state).toBe('pending');
    await load({ deviceIds: ['t2'] });
    expect(await stage.outcomes.view(supervisor, first.id, 'en')).toMatchObject({
      state: 'revoked',
      revocation: { reason: 'device-retired' },
    });
    await load({});
    const second = await permit();
    await load({ active: false });
    expect(await stage.outcomes.view(supervisor, second.id, 'en')).toMatchObject({ revocation: { reason: 'collector-left' } });
  });
});

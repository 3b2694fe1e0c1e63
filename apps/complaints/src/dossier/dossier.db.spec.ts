import { contactItem, Loop, StandIn } from '../../testing/loop.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';

let stage: Stage;
let standIn: StandIn;
let loop: Loop;

beforeAll(async () => {
  stage = await Stage.open();
  standIn = await StandIn.open();
  loop = new Loop(stage, standIn.url);
});
afterAll(async () => {
  await standIn.close();
  await stage.close();
});
beforeEach(async () => {
  stage.now = '2026-11-21T15:00:00+08:00';
  standIn.asked.length = 0;
  standIn.status = 200;
  standIn.items = [];
  standIn.meanwhile = async () => undefined;
  // What the test before left to be told and read.
  while ((await loop.tell()) > 0);
  await stage.sql('update dossier set next_read_at = null');
});

const asked = { idempotency: null, requestId: 'r' };
const view = (id: string) => loop.showing.find(handler, id, 'r');
const about = (more: object = {}) => stage.register({ category: 'collection', account: 'C1', ...more });
const told = (id: string, topic = 'complaint.file-requested') =>
  stage
    .sql<{ payload: Record<string, unknown> }>(`select payload from event where topic = $2 and payload->>'complaintId' = $1 order by id`, [
      id,
      topic,
    ])
    .then((rows) => rows.map(({ payload }) => payload));
const kinds = async (id: string): Promise<string[]> =>
  (await stage.complaints.timeline(handler, id, {}, { requestId: 'r', language: 'en' })).items.map(({ kind }) => kind);
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string } }) => error.kind?.code ?? error,
  );

describe('a complaint about collection', () => {
  it('asks collections for its file, once for each change, and has it told what came of it', async () => {
    const { id } = await about({ against: { agencyId: 'A1' } });
    expect(await view(id)).toMatchObject({ state: 'waiting', problem: 'unanswered', account: 'C1', readAt: null });
    await Promise.all([loop.tell(), loop.tell()]);
    expect(await told(id)).toMatchObject([{ version: 1, account: 'C1', agencyId: 'A1', closedAt: null, outcome: null }]);
    expect(await loop.tell()).toBe(0);
    await stage.decide(id);
    await loop.tell();
    await stage.tell(id);
    await loop.tell();
    expect((await told(id)).map(({ version, outcome, closedAt }) => [version, outcome, closedAt === null])).toEqual([
      [1, null, true],
      [2, 'upheld', true],
      [3, 'upheld', false],
    ]);
    const other = await stage.register({ category: 'fees' });
    expect(await view(other.id)).toMatchObject({ state: 'none', hold: null });
  });

  it('is withdrawn: collections hears that, and of nothing upheld', async () => {
    const { id } = await about();
    await stage.record(id, { at: null, facts: { type: 'withdrawn' }, more: {}, note: { evidence: '来电' } });
    await loop.tell();
    expect((await told(id)).at(-1)).toMatchObject({ withdrawnAt: expect.any(String), decidedAt: null, outcome: null });
  });
});

describe('the file', () => {
  it('is read page by page, kept as it was read, sealed, and goes on where a read was cut off', async () => {
    const { id } = await about();
    await loop.tell();
    standIn.items = [1, 2, 3, 4, 5].map((n) => contactItem({ at: `2026-11-2${n === 5 ? 0 : 0}T0${n}:00:00.000Z` }));
    await loop.heard(id, 1);
    expect(await view(id)).toMatchObject({ state: 'reading', announced: { contact: 3 }, caseIds: ['C1'] });
    // The other side goes away after the first page.
    standIn.meanwhile = async (page) => void (standIn.status = page === 1 ? 200 : 503);
    await loop.read();
    expect(await view(id)).toMatchObject({ state: 'waiting', problem: 'unreachable', counts: { kinds: { contact: 2 } } });
    standIn.meanwhile = async () => undefined;
    standIn.status = 200;
    stage.now = '2026-11-21T15:00:10+08:00';
    await loop.read();
    expect(await view(id)).toMatchObject({
      state: 'kept',
      problem: null,
      counts: { kinds: { contact: 5 }, verdicts: { refused: 5 }, rules: { 'quiet-hours': 5 } },
    });
    expect(standIn.asked.map(({ after }) => after === null)).toEqual([true, false, false, false]);
    expect(await kinds(id)).toEqual(['registered', 'hold-requested', 'dossier-waiting', 'dossier-read']);
    const rows = await stage.sql<{ body: Buffer }>('select body_sealed as body from dossier_item');
    expect(rows.map(({ body }) => body.toString('utf8')).join()).not.toContain('客户');
  });

  it('is read again while the complaint is open: what changed is a further row, what is the same is not', async () => {
    const { id } = await about();
    await loop.tell();
    const [one, two] = [contactItem({ body: { result: null } }), contactItem()];
    standIn.items = [one, two];
    await loop.heard(id, 1);
    await loop.read();
    stage.now = '2026-11-21T15:10:00+08:00';
    standIn.items = [{ ...one, body: { ...one.body, result: 'answered' } }, two, contactItem({ at: '2026-11-21T07:05:00.000Z' })];
    await loop.read();
    const { items } = await loop.showing.items(handler, id, {}, 'r');
    expect(items.map(({ revisions }) => revisions).toSorted()).toEqual([1, 1, 2]);
    expect(items.find(({ ref }) => ref === one.id)?.body).toMatchObject({ result: 'answered', note: '客户说不要再打' });
    expect(standIn.asked.at(-1)?.since).toBe('2026-11-13T07:00:00.000Z');
    await stage.decide(id);
    await stage.tell(id);
    await loop.tell();
    await loop.heard(id, 2, { state: 'closed' });
    await loop.read();
    expect(await view(id)).toMatchObject({ state: 'kept', nextReadAt: null });
  });

  it('waits while collections is away, longer each time, and the complaint goes on', async () => {
    const { id } = await about();
    await loop.tell();
    await loop.heard(id, 1);
    standIn.status = 503;
    const waits: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      await loop.read();
      const { nextReadAt } = await view(id);
      waits.push(Date.parse(nextReadAt ?? '') - stage.clock.override.getTime());
      stage.now = nextReadAt ?? '';
    }
    expect(waits).toEqual([5000, 10_000, 20_000]);
    expect(await view(id)).toMatchObject({ state: 'waiting', since: '2026-11-21T15:00:00+08:00', problem: 'unreachable' });
    expect((await kinds(id)).filter((kind) => kind === 'dossier-waiting')).toHaveLength(1);
    expect((await stage.decide(id)).accepted).toBe(true);
  });

  it('is read once, however many workers wake, and an answer to an older request says nothing', async () => {
    const { id } = await about();
    await loop.tell();
    standIn.items = [contactItem()];
    await stage.decide(id);
    await loop.tell();
    await loop.heard(id, 1);
    expect((await view(id)).state).toBe('waiting');
    await Promise.all([loop.heard(id, 2), loop.heard(id, 2)]);
    await Promise.all([loop.read(), loop.read(), loop.read()]);
    expect(await stage.sql('select id from dossier_read r where complaint = $1', [id])).toHaveLength(1);
    expect(await view(id)).toMatchObject({ state: 'kept', counts: { kinds: { contact: 1 } } });
  });

  it('of an account that nobody has says so, until a case comes', async () => {
    const { id } = await about({ account: 'NONE' });
    await loop.tell();
    await loop.heard(id, 1, { state: 'no-case', debtorId: null, caseIds: [], counts: {} });
    expect(await view(id)).toMatchObject({ state: 'no-case', account: 'NONE' });
    await loop.heard(id, 1);
    expect(await view(id)).toMatchObject({ state: 'reading' });
  });

  it('what cannot be read is our fault and ends no complaint', async () => {
    const { id } = await about();
    await loop.tell();
    await loop.heard(id, 1);
    standIn.items = [{ kind: 'contact', id: 'no uuid', at: 'never', body: {} }];
    await expect(loop.read()).rejects.toThrow('cannot be read');
    standIn.items = [];
    await loop.read();
    expect((await view(id)).state).toBe('kept');
  });

  it('shows what people wrote to those who work on complaints alone, and notes who saw it; an agency sees nothing', async () => {
    const { id } = await about();
    await loop.tell();
    await loop.heard(id, 1);
    standIn.items = [contactItem()];
    await loop.read();
    const seen = await loop.showing.items(principal('regulator'), id, {}, 'r9');
    expect(JSON.stringify(seen)).not.toContain('客户');
    expect(seen.items[0]).toMatchObject({ ruleIds: ['quiet-hours'], body: { contactPoint: '138****0001' } });
    await loop.showing.items(handler, id, {}, 'r8');
    const reads = await stage.sql(`select subject, request_id as r from personal_data_read where request_id in ('r8', 'r9')`);
    expect(reads).toEqual([{ subject: handler.subject, r: 'r8' }]);
    for (const stranger of [
      principal('complaint-handler', { agencyId: 'A1' }),
      principal('complaint-handler', { institutionId: 'bank-2' }),
    ])
      expect(await codeOf(loop.showing.items(stranger, id, {}, 'r'))).toBe('not-found');
    expect((await loop.showing.items(handler, id, { ruleId: 'burst' }, 'r')).items).toEqual([]);
    expect((await loop.showing.items(handler, id, { kind: 'contact', verdict: 'refused' }, 'r')).items).toHaveLength(1);
  });

  it('takes an account that somebody finds, and then holds it; the same key does it once', async () => {
    const { id } = await stage.register({ against: { agencyId: 'A1' } });
    expect(await view(id)).toMatchObject({ state: 'waiting', account: null, hold: null });
    const idempotency = { key: 'k1', hash: Buffer.from('h') };
    const request = () => loop.dossiers.request(handler, id, { account: 'C9' }, { idempotency, requestId: 'r' });
    const all = await Promise.all([request(), request()]);
    for (const one of all)
      expect(one).toMatchObject({
        state: 'waiting',
        account: 'C9',
        hold: { wanted: true, account: 'C9', agencyId: 'A1', scope: 'agency' },
      });
    expect((await kinds(id)).filter((kind) => kind === 'dossier-requested')).toHaveLength(1);
    expect(await told(id, 'complaint.collection-hold')).toMatchObject([{ account: 'C9', agencyId: 'A1', until: null }]);
    await loop.tell();
    expect((await told(id)).at(-1)).toMatchObject({ account: 'C9' });
  });

  it('takes what a supervisor attaches, also while collections is away; not after the complaint is closed, nor of the future', async () => {
    const { id } = await about();
    const attach = (at: string) => loop.dossiers.attach(supervisor, id, { at, summary: '机构寄来的录音', agencyId: 'A1' }, asked);
    expect(await codeOf(attach('2026-11-22T00:00:00+08:00'))).toBe('invalid');
    expect(await attach('2026-11-20T10:00:00+08:00')).toMatchObject({ state: 'waiting', counts: { kinds: { attached: 1 } } });
    const { items } = await loop.showing.items(handler, id, {}, 'r');
    expect(items).toMatchObject([{ kind: 'attached', addedBy: supervisor.subject, body: { summary: '机构寄来的录音' } }]);
    await stage.record(id, { at: null, facts: { type: 'withdrawn' }, more: {}, note: { evidence: '来电' } });
    expect(await codeOf(attach('2026-11-20T10:00:00+08:00'))).toBe('complaint-over');
    expect(await codeOf(loop.dossiers.readAgain(handler, id, asked))).toBe('complaint-over');
  });
});

import { inTransaction } from '#pg';
import { Refusal } from '#problem';
import { BANK, handler, headOffice, principal, Stage, supervisor } from '../../testing/stage.ts';
import { toCommand } from './event-command.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-02-20T10:00:00+08:00'));

const received = { receivedAt: '2026-02-10T09:00:00+08:00' };
const key = (name: string) => ({ key: name, hash: Buffer.alloc(32, name) });
const kinds = async (id: string): Promise<string[]> =>
  (await stage.complaints.timeline(handler, id, {}, { requestId: 'r', language: 'en' })).items.map(({ kind }) => kind);
const row = async (id: string) =>
  (
    await stage.sql<Record<string, unknown>>(
      `select state, term_id, day0, due_on, due_at, decided_at, told_at, closed_at, ledger_version, wake_at, due_set_at from complaint where id = $1`,
      [id],
    )
  )[0];
const refusal = async (work: Promise<unknown>): Promise<Refusal> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Refusal) return error;
  throw new Error(`no refusal: ${String(error)}`);
};

describe('an event', () => {
  it('moves the due date, the columns and what comes next', async () => {
    const { id } = await stage.register(received);
    expect(await row(id)).toMatchObject({
      term_id: 'decide',
      day0: '2026-02-10',
      due_on: '2026-02-25',
      wake_at: new Date('2026-02-20T00:00:00+08:00'),
    });
    const {
      accepted,
      rejected,
      id: eventId,
      complaint,
    } = await stage.record(id, toCommand.complexity({ at: '2026-02-20T09:00:00+08:00', note: '须核对录音' }));
    expect({ accepted, rejected }).toEqual({ accepted: true, rejected: null });
    expect(eventId).toMatch(/^[0-9a-f-]{36}$/);
    expect(complaint.clock).toMatchObject({
      state: 'running',
      termId: 'decide-complex',
      dueOn: '2026-03-12',
      dueAt: '2026-03-13T00:00:00+08:00',
      daysLeft: 20,
    });
    expect(await row(id)).toMatchObject({
      term_id: 'decide-complex',
      due_on: '2026-03-12',
      ledger_version: 1,
      wake_at: new Date('2026-03-07T00:00:00+08:00'),
      due_set_at: new Date('2026-02-20T10:00:00+08:00'),
    });
    const { items } = await stage.complaints.timeline(handler, id, {}, { requestId: 'r', language: 'en' });
    expect(items.at(-1)).toMatchObject({
      kind: 'clock-event',
      actor: handler.subject,
      at: '2026-02-20T10:00:00+08:00',
      data: { eventId, type: 'declared-complex', at: '2026-02-20T09:00:00+08:00', note: '须核对录音' },
    });
  });

  it('is met when it is both decided and told in time, and closed then', async () => {
    const { id } = await stage.register(received);
    expect((await stage.decide(id)).complaint).toMatchObject({ state: 'running', closedAt: null, decidedAt: '2026-02-20T10:00:00+08:00' });
    stage.now = '2026-02-25T23:59:59+08:00';
    expect((await stage.tell(id)).complaint).toMatchObject({ state: 'met', dueBucket: 'closed', closedAt: '2026-02-25T23:59:59+08:00' });
    expect(await row(id)).toMatchObject({ state: 'met', wake_at: null });
  });

  it('told too late is missed, and closed all the same', async () => {
    const { id } = await stage.register(received);
    stage.now = '2026-02-26T00:00:00+08:00';
    expect((await stage.decide(id)).complaint).toMatchObject({ state: 'missed', dueBucket: 'overdue' });
    expect((await stage.tell(id)).complaint).toMatchObject({ state: 'missed', dueBucket: 'closed' });
  });

  it('sleeps while it is paused, and wakes with a later date', async () => {
    const { id } = await stage.register(received);
    expect((await stage.record(id, toCommand.pause({ reason: 'mediation', complainantAgreed: true }))).complaint.dueBucket).toBe('paused');
    expect(await row(id)).toMatchObject({ state: 'paused', wake_at: null });
    stage.now = '2026-03-20T10:00:00+08:00';
    expect((await stage.complaints.find(handler, id, 'r')).state).toBe('paused');
    const { complaint } = await stage.record(id, toCommand.resumption({ at: '2026-03-01T10:00:00+08:00' }));
    expect(complaint.clock).toMatchObject({ state: 'missed', dueOn: '2026-03-06' });
    expect(await row(id)).toMatchObject({ wake_at: new Date('2026-03-07T00:00:00+08:00') });
  });

  it('that the rules refuse is an answer, kept in the timeline, and changes nothing', async () => {
    const { id } = await stage.register(received);
    stage.now = '2026-02-26T10:00:00+08:00';
    const before = await row(id);
    const { accepted, id: eventId, rejected } = await stage.record(id, toCommand.complexity({ note: '太晚' }));
    expect({ accepted, eventId, rejected }).toEqual({
      accepted: false,
      eventId: null,
      rejected: { code: 'term-already-over', detail: expect.stringMatching(/term/), source: expect.stringContaining('CMP20') },
    });
    expect(await row(id)).toEqual(before);
    expect(await kinds(id)).toEqual(['registered', 'clock-event-refused']);
    const zh = await stage.complaints.timeline(principal('regulator'), id, {}, { requestId: 'r', language: 'zh' });
    expect(zh.items.at(-1)?.data).toMatchObject({
      type: 'declared-complex',
      note: '太晚',
      rejected: { code: 'term-already-over', detail: expect.stringMatching(/期限/) },
    });
  });

  it('may lie in the past, but not before the receipt nor in the future', async () => {
    const { id } = await stage.register(received);
    for (const [at, detail] of [
      ['2026-02-10T08:59:59+08:00', /before/],
      ['2026-02-20T10:02:00+08:00', /future/],
    ] as const) {
      const { kind, extras } = await refusal(stage.decide(id, at));
      expect([kind.code, extras.errors?.[0]?.pointer, extras.errors?.[0]?.detail]).toEqual([
        'invalid',
        '/at',
        expect.stringMatching(detail),
      ]);
    }
    expect(await kinds(id)).toEqual(['registered']);
  });

  it('that would undo what was accepted for a later time is refused', async () => {
    const { id } = await stage.register(received);
    await stage.record(id, toCommand.complexity({ at: '2026-02-18T09:00:00+08:00' }));
    const early = await stage.record(id, toCommand.withdrawal({ at: '2026-02-15T09:00:00+08:00', evidence: '书面' }));
    expect(early).toMatchObject({ accepted: false, rejected: { code: 'contradicts-later-event', source: 'product' } });
    expect((await stage.record(id, toCommand.withdrawal({ at: '2026-02-19T09:00:00+08:00', evidence: '书面' }))).complaint.state).toBe(
      'withdrawn',
    );
  });
});

describe('the extension', () => {
  const extension = (by = supervisor) => toCommand.extension({ complainantToldAt: '2026-02-20T09:00:00+08:00' }, by);

  it('is approved by a supervisor or head office, at their level', async () => {
    const one = await stage.register(received);
    const answer = await stage.record(one.id, extension(), supervisor);
    expect(answer.rejected).toBeNull();
    expect(answer.complaint.clock).toMatchObject({ termId: 'decide-special', dueOn: '2026-04-11' });
    const other = await stage.register(received);
    await stage.record(other.id, extension(headOffice), headOffice);
    expect(await stage.sql('select data from clock_event where complaint = $1', [other.id])).toEqual([
      { data: { approverLevel: 'head-office', complainantToldAt: '2026-02-20T09:00:00+08:00' } },
    ]);
  });

  it('never by who handles the complaint, or registered it as a handler', async () => {
    const handled = await stage.register(received);
    await stage.assignments.assign(supervisor, handled.id, { handler: supervisor.subject }, 'r');
    expect((await refusal(stage.record(handled.id, extension(), supervisor))).kind).toMatchObject({ code: 'own-complaint', status: 403 });
    const both = principal('complaint-handler', { subject: 'both', roles: ['complaint-handler', 'complaint-supervisor'] });
    const registered = await stage.register(received, both);
    expect((await refusal(stage.record(registered.id, extension(both), both))).kind.code).toBe('own-complaint');
    expect((await stage.record(registered.id, extension(), supervisor)).accepted).toBe(true);
    const ofSupervisor = await stage.register(received, supervisor);
    expect((await stage.record(ofSupervisor.id, extension(), supervisor)).accepted).toBe(true);
  });
});

describe('at once', () => {
  it('of many decisions one is accepted', async () => {
    const { id } = await stage.register(received);
    const answers = await Promise.all(Array.from({ length: 8 }, () => stage.decide(id)));
    expect(answers.filter(({ accepted }) => accepted)).toHaveLength(1);
    expect(new Set(answers.filter(({ accepted }) => !accepted).map(({ rejected }) => rejected?.code))).toEqual(
      new Set(['already-decided']),
    );
    expect((await kinds(id)).toSorted()).toEqual(
      [...Array.from({ length: 7 }, () => 'clock-event-refused'), 'clock-event', 'registered'].toSorted(),
    );
  });

  it('the same key is the same answer, accepted or not', async () => {
    const { id } = await stage.register(received);
    const decision = toCommand.decision({ outcome: 'upheld', text: '属实' });
    const answers = await Promise.all(Array.from({ length: 6 }, () => stage.record(id, decision, handler, key('D'))));
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect(answers.every(({ accepted }) => accepted)).toBe(true);
    const refused = await stage.record(id, decision, handler, key('E'));
    stage.now = '2026-02-21T10:00:00+08:00';
    expect({ ...(await stage.record(id, decision, handler, key('E'))), complaint: null }).toEqual({ ...refused, complaint: null });
    expect(await kinds(id)).toEqual(['registered', 'clock-event', 'clock-event-refused']);
  });
});

describe('the clock at an instant', () => {
  it('knows the events up to then', async () => {
    const { id } = await stage.register(received);
    await stage.record(id, toCommand.complexity({ at: '2026-02-18T09:00:00+08:00' }));
    const at = (instant: string) => stage.clocks.clockAt(handler, id, { at: instant });
    expect(await at('2026-02-17T10:00:00+08:00')).toMatchObject({ termId: 'decide', dueOn: '2026-02-25', daysLeft: 8 });
    expect(await at('2026-02-18T10:00:00+08:00')).toMatchObject({ termId: 'decide-complex', dueOn: '2026-03-12' });
    expect(await at('2026-03-13T00:00:00+08:00')).toMatchObject({ state: 'missed', daysLeft: -1 });
    expect((await refusal(at('2026-02-10T08:00:00+08:00'))).kind.code).toBe('invalid');
  });
});

describe('a hold', () => {
  const published = (id: string) =>
    stage.sql<{ payload: Record<string, unknown> }>(`select payload from event where payload ->> 'complaintId' = $1 order by id`, [id]);

  it('is asked for when a complaint about collection names an account, and until the decision', async () => {
    const { id, number, hold } = await stage.register({
      ...received,
      category: 'collection-harassment',
      account: 'C1',
      against: { agencyId: 'agency-a' },
    });
    expect(hold).toEqual({ state: 'requested', scope: { agencyId: 'agency-a', collectorId: null } });
    const asked = {
      complaintId: id,
      version: 1,
      account: 'C1',
      agencyId: 'agency-a',
      collectorId: null,
      channel: null,
      contactPoint: null,
      from: '2026-02-20T02:00:00.000Z',
      until: null,
      number,
    };
    expect(await published(id)).toEqual([{ payload: asked }]);
    stage.now = '2026-02-21T10:00:00+08:00';
    await stage.decide(id);
    expect((await published(id)).map(({ payload }) => payload)).toEqual([
      asked,
      { ...asked, version: 2, until: '2026-02-21T02:00:00.000Z' },
    ]);
    expect(
      await stage.sql(`select topic, payload ->> 'topic' as of from outbox where payload ->> 'payload' like '%' || $1 || '%'`, [id]),
    ).toHaveLength(2);
    await stage.tell(id);
    expect(await published(id)).toHaveLength(2);
  });

  it('is not asked for otherwise', async () => {
    const none = [{ category: 'collection' }, { account: 'C1' }, { category: 'collections', account: 'C1' }];
    for (const more of none) expect((await stage.register({ ...received, ...more })).hold.state).toBe('none');
  });

  it('takes the answer to its last request, once', async () => {
    const { id, number } = await stage.register({ ...received, category: 'collection', account: 'C1' });
    const request = { complaintId: id, account: 'C1', agencyId: null, collectorId: null, from: '', until: null, number };
    const answer = (state: 'set' | 'no-case', version: number): Promise<void> =>
      inTransaction(stage.source, { institutionId: BANK }, (tx) =>
        stage.holds.acknowledge(tx, BANK, { ...request, version }, { state, debtorId: 'D1', caseId: 'C1' }),
      );
    await answer('set', 1);
    await answer('set', 1);
    await answer('no-case', 0);
    expect((await stage.complaints.find(handler, id, 'r')).hold.state).toBe('set');
    expect(await kinds(id)).toEqual(['registered', 'hold-requested', 'hold-set']);
  });
});

import { Refusal } from '#problem';
import { complaintRequest, handler, headOffice, principal, Stage, supervisor } from '../../testing/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-11-21T15:00:00+08:00'));

const refusal = async (work: Promise<unknown>): Promise<Refusal> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};
const key = (name: string, hash = 'a') => ({ key: name, hash: Buffer.alloc(32, hash) });

describe('registering', () => {
  it('starts the clock and answers with it', async () => {
    const view = await stage.register({ receivedAt: '2026-11-20T23:59:59+08:00', externalRef: 'R1', groupSize: 7 });
    expect(view).toMatchObject({
      number: expect.stringMatching(/^TS20261121-\d{6,}$/),
      externalRef: 'R1',
      receivedAt: '2026-11-20T23:59:59+08:00',
      registeredAt: '2026-11-21T15:00:00+08:00',
      complainant: { name: '张三', idNumber: '230100199001011234', contact: '+8613800000001', proxy: null },
      requests: ['停止夜间来电'],
      groupSize: 7,
      handler: null,
      state: 'running',
      dueBucket: 'later',
      clock: { state: 'running', termId: 'decide', dueOn: '2026-12-05', dueAt: '2026-12-06T00:00:00+08:00', daysLeft: 14, rejected: [] },
      hold: { state: 'none', scope: null },
      source: 'api',
      masked: false,
    });
    const [row] = await stage.sql<{ wake: Date; text: string }>(
      'select wake_at as wake, row_to_json(c)::text as text from complaint c where id = $1',
      [view.id],
    );
    // Five days before the due date, when that day begins.
    expect(row?.wake.toISOString()).toBe('2026-11-29T16:00:00.000Z');
    expect(row?.text).not.toMatch(/张三|13800000001|深夜|夜间/);
  });

  it('takes no complaint from the future, and forgives a minute of clock', async () => {
    expect((await refusal(stage.register({ receivedAt: '2026-11-21T15:02:00+08:00' }))).extras.errors).toEqual([
      { pointer: '/receivedAt', detail: 'is in the future' },
    ]);
    expect((await stage.register({ receivedAt: '2026-11-21T15:00:30+08:00' })).receivedAt).toBe('2026-11-21T15:00:00+08:00');
  });

  it('the same key is the same complaint, also at once', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => stage.register({}, handler, key('K1'))));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect((await refusal(stage.register({}, handler, key('K1', 'b')))).kind.code).toBe('idempotency-key-reused');
  });

  it('the same external reference with the same content is the complaint that is there; with other content it is refused and named', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => stage.register({ externalRef: 'R2' })));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    const refused = await refusal(stage.register({ externalRef: 'R2', subject: '另一件事' }));
    expect(refused.kind).toMatchObject({ code: 'external-ref-known', status: 409 });
    expect(refused.message).toContain(all[0]?.id);
    const elsewhere = await stage.register({ externalRef: 'R2' }, principal('integration', { institutionId: 'bank-2' }));
    expect(elsewhere.id).not.toBe(all[0]?.id);
  });

  it('one that is known draws no number', async () => {
    const numberOf = async (externalRef: string): Promise<number> => Number((await stage.register({ externalRef })).number.slice(-6));
    const first = await numberOf('R3');
    for (const again of [1, 2, 3]) expect([again, await numberOf('R3')]).toEqual([again, first]);
    expect(await numberOf('R4')).toBe(first + 1);
  });

  it('a proxy is kept and masked', async () => {
    const proxy = { name: '李四', idNumber: '230100198001011234', contact: 'li@example.com' };
    const { id } = await stage.register({ complainant: { ...complaintRequest().complainant, proxy } });
    expect((await stage.complaints.find(handler, id, 'r')).complainant.proxy).toEqual(proxy);
    expect((await stage.complaints.find(principal('compliance'), id, 'r')).complainant.proxy).toEqual({
      name: '李*',
      idNumber: '230*************34',
      contact: 'l***@example.com',
    });
  });
});

describe('reading', () => {
  it('is masked but for those who work on complaints, whose reading is recorded', async () => {
    const { id } = await stage.register();
    const reads = async (): Promise<number> =>
      Number((await stage.sql<{ count: string }>('select count(*) from personal_data_read where $1 = any(resource_ids)', [id]))[0]?.count);
    const before = await reads();
    for (const role of ['compliance', 'regulator', 'collections-manager', 'admin', 'integration'] as const) {
      const view = await stage.complaints.find(principal(role), id, 'r');
      expect(view).toMatchObject({ masked: true, complainant: { name: '张*', contact: '138****0001' } });
      expect(JSON.stringify(view)).not.toMatch(/张三|13800000001|230100199001011234/);
      const list = await stage.listing.list(principal(role), {}, 'r');
      expect(JSON.stringify(list)).not.toMatch(/张三/);
    }
    expect(await reads()).toBe(before);
    for (const who of [handler, supervisor, headOffice]) {
      expect((await stage.complaints.find(who, id, 'r')).complainant.name).toBe('张三');
      await stage.complaints.timeline(who, id, {}, { requestId: 'r', language: 'zh' });
    }
    expect(await reads()).toBe(before + 6);
  });

  it('ends at the institution', async () => {
    const { id } = await stage.register();
    const stranger = principal('complaint-handler', { institutionId: 'bank-2' });
    for (const work of [
      () => stage.complaints.find(stranger, id, 'r'),
      () => stage.complaints.timeline(stranger, id, {}, { requestId: 'r', language: 'zh' }),
      () => stage.assignments.assign(stranger, id, { handler: 'x' }, 'r'),
      () => stage.clocks.clockAt(stranger, id, {}),
      () => stage.decide(id, null, stranger),
      () => stage.complaints.find(handler, 'x', 'r'),
    ])
      expect((await refusal(work())).kind.code).toBe('not-found');
  });
});

describe('assigning', () => {
  it('a supervisor gives, a handler takes what nobody has', async () => {
    const { id } = await stage.register();
    expect((await refusal(stage.assignments.assign(handler, id, { handler: 'else' }, 'r'))).kind.status).toBe(403);
    expect((await stage.assignments.assign(handler, id, { handler: handler.subject }, 'r')).handler).toBe(handler.subject);
    const other = principal('complaint-handler', { subject: 'handler-2' });
    expect((await refusal(stage.assignments.assign(other, id, { handler: 'handler-2' }, 'r'))).kind.code).toBe('handled-by-other');
    expect((await stage.assignments.assign(supervisor, id, { handler: 'handler-2' }, 'r')).handler).toBe('handler-2');
    await stage.assignments.assign(supervisor, id, { handler: 'handler-2' }, 'r');
    const { items } = await stage.complaints.timeline(handler, id, {}, { requestId: 'r', language: 'en' });
    expect(items.map(({ kind, actor, data }) => [kind, actor, data])).toEqual([
      ['registered', handler.subject, { channel: 'phone', category: null, externalRef: null }],
      ['assigned', handler.subject, { handler: handler.subject, before: null, how: 'taken' }],
      ['assigned', supervisor.subject, { handler: 'handler-2', before: handler.subject, how: 'chosen' }],
    ]);
  });

  it('whoever is complained of neither gets it nor acts on it', async () => {
    const { id } = await stage.register({ against: { staffId: 'staff-9' } });
    const staff = principal('complaint-handler', { subject: 'staff-9' });
    const works = [
      () => stage.assignments.assign(supervisor, id, { handler: 'staff-9' }, 'r'),
      () => stage.assignments.assign(staff, id, { handler: 'staff-9' }, 'r'),
      () => stage.decide(id, null, staff),
    ];
    for (const work of works) expect((await refusal(work())).kind).toMatchObject({ code: 'recused', status: 403 });
  });
});

describe('the list', () => {
  const bank = principal('complaint-handler', { institutionId: 'bank-list' });
  const ids = new Map<string, string>();

  beforeAll(async () => {
    stage.now = '2026-11-21T15:00:00+08:00';
    const add = async (name: string, receivedAt: string): Promise<string> => {
      const { id } = await stage.register(
        { receivedAt, externalRef: name, account: `A-${name.slice(-1)}`, channel: name === 'today' ? 'web' : 'phone' },
        bank,
      );
      ids.set(name, id);
      return id;
    };
    await add('overdue', '2026-11-01T09:00:00+08:00');
    await add('today', '2026-11-06T09:00:00+08:00');
    await add('in-3', '2026-11-09T23:00:00+08:00');
    await add('in-4', '2026-11-10T00:00:00+08:00');
    await add('in-7', '2026-11-13T09:00:00+08:00');
    await add('in-8', '2026-11-14T09:00:00+08:00');
    const closed = await add('closed', '2026-11-02T09:00:00+08:00');
    await stage.decide(closed, '2026-11-03T09:00:00+08:00', bank);
    await stage.record(closed, { at: '2026-11-04T09:00:00+08:00', facts: { type: 'told' }, more: {}, note: {} }, bank);
    const paused = await add('paused', '2026-11-12T09:00:00+08:00');
    await stage.record(paused, { at: null, facts: { type: 'paused', complainantToldAt: null }, more: {}, note: {} }, bank);
    await stage.assignments.assign(bank, ids.get('in-7') ?? '', { handler: bank.subject }, 'r');
  });

  const names = async (filter: object): Promise<(string | null)[]> =>
    (await stage.listing.list(bank, filter, 'r')).items.map(({ externalRef }) => externalRef);

  it('puts each into its bucket, by local dates', async () => {
    const buckets = { overdue: ['overdue'], today: ['today'], 'within-3': ['in-3'], 'within-7': ['in-4', 'in-7'], later: ['in-8'] };
    for (const [dueBucket, expected] of Object.entries({ ...buckets, paused: ['paused'], closed: ['closed'] })) {
      expect(await names({ dueBucket })).toEqual(expected);
      const { items } = await stage.listing.list(bank, { dueBucket: dueBucket as 'today' }, 'r');
      expect(items.map((item) => item.dueBucket)).toEqual(expected.map(() => dueBucket));
    }
    const { buckets: counts, total, days } = await stage.listing.counts(bank, {});
    expect(Object.fromEntries(counts.map(({ dueBucket, count }) => [dueBucket, count]))).toEqual({
      overdue: 1,
      today: 1,
      'within-3': 1,
      'within-7': 2,
      later: 1,
      paused: 1,
      closed: 1,
    });
    expect(total).toBe(8);
    expect(days).toEqual(
      ['2026-11-16', '2026-11-21', '2026-11-24', '2026-11-25', '2026-11-28', '2026-11-29'].map((dueOn) => ({ dueOn, count: 1 })),
    );
  });

  it('shows an open one whose term is over as missed, without anybody writing', async () => {
    expect(await names({ state: 'missed' })).toEqual(['overdue']);
    stage.now = '2026-11-22T00:00:00+08:00';
    expect(await names({ state: 'missed' })).toEqual(['overdue', 'today']);
    expect(await names({ dueBucket: 'overdue' })).toEqual(['overdue', 'today']);
    expect((await stage.complaints.find(bank, ids.get('today') ?? '', 'r')).state).toBe('missed');
  });

  it('filters', async () => {
    expect(await names({ channel: 'web' })).toEqual(['today']);
    expect(await names({ handler: 'me' })).toEqual(['in-7']);
    expect(await names({ handler: 'none', dueBucket: 'within-7' })).toEqual(['in-4']);
    expect(await names({ externalRef: 'in-8' })).toEqual(['in-8']);
    expect(await names({ category: 'none' })).toEqual([]);
    expect(await names({ account: 'A-8' })).toEqual(['in-8']);
    const { number } = await stage.complaints.find(bank, ids.get('closed') ?? '', 'r');
    expect(await names({ number: number.toLowerCase() })).toEqual(['closed']);
    expect(await names({ state: 'met' })).toEqual(['closed']);
    expect(await names({ state: 'paused' })).toEqual(['paused']);
  });

  it('goes on where the page before ended, open ones first', async () => {
    const all: (string | null)[] = [];
    let cursor: string | undefined;
    do {
      const page = await stage.listing.list(bank, { limit: 3, ...(cursor ? { cursor } : {}) }, 'r');
      all.push(...page.items.map(({ externalRef }) => externalRef));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(all).toEqual(['overdue', 'today', 'in-3', 'in-4', 'paused', 'in-7', 'in-8', 'closed']);
    expect((await refusal(stage.listing.list(bank, { cursor: 'x' }, 'r'))).kind.code).toBe('invalid');
  });
});

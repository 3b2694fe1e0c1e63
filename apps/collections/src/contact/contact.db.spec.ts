import { hashOf } from '#idempotency';
import { Refusal } from '#problem';
import { principal, Stage } from '../../testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
  await stage.addAgencies(['a1', 'a2']);
});
afterAll(() => stage.close());

// Each test has a debtor of its own, so that none sees the other's counts.
let serial = 0;
async function newCase(more: Parameters<Stage['addCases']>[0][number] = {}): Promise<string> {
  serial += 1;
  const id = String(serial).padStart(4, '0');
  await stage.addCases([{ caseId: `C${id}`, debtorId: `D${id}`, contactPoint: `+861380001${id}`, ...more }]);
  return `C${id}`;
}

const rules = (answer: { reasons: readonly { ruleId: string }[] }): string[] => answer.reasons.map(({ ruleId }) => ruleId);
const refusal = (promise: Promise<unknown>): Promise<Refusal> =>
  promise.then(
    () => {
      throw new Error('nothing was refused');
    },
    (error: unknown) => {
      if (error instanceof Refusal) return error;
      throw error;
    },
  );

beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

describe('quiet hours at the gate', () => {
  it.each([
    ['2026-11-21T21:59:59+08:00', 'permitted'],
    ['2026-11-21T22:00:00+08:00', 'refused'],
    ['2026-11-22T07:59:59+08:00', 'refused'],
    ['2026-11-22T08:00:00+08:00', 'permitted'],
  ])('%s is %s', async (now, verdict) => {
    const caseId = await newCase();
    stage.now = now;
    const answer = await stage.ask(caseId);
    expect(answer).toMatchObject({ verdict, decidedAt: now });
    expect(rules(answer)).toEqual(verdict === 'refused' ? ['quiet-hours'] : []);
  });

  it('obeys consents across midnight, until they are withdrawn', async () => {
    const caseId = await newCase();
    await stage.sql(
      `insert into consent (institution_id, party, kind, channels, from_time, to_time, given_at, evidence)
       select c.institution_id, p.id, 'out-of-hours', '{voice}', '22:00', '00:30', '2026-11-01T09:00:00+08:00', 'recording 17'
       from party p join collection_case c on c.id = p.collection_case where c.case_id = $1`,
      [caseId],
    );
    stage.now = '2026-11-22T00:10:00+08:00';
    expect(await stage.ask(caseId)).toMatchObject({ verdict: 'permitted', mustEndBy: '2026-11-22T00:30:00+08:00' });
    await stage.sql(`update consent set withdrawn_at = '2026-11-22T00:20:00+08:00'`);
    stage.now = '2026-11-22T00:20:00+08:00';
    expect(rules(await stage.ask(caseId))).toEqual(['quiet-hours']);
  });
});

describe('a permit is a reservation', () => {
  it('counts while it is pending, and lapses after 15 minutes for the reader even when the job is late', async () => {
    const caseId = await newCase();
    for (let permit = 0; permit < 3; permit += 1)
      expect(await stage.ask(caseId)).toMatchObject({ verdict: 'permitted', permit: { expiresAt: '2026-11-21T15:15:00+08:00' } });
    const refused = await stage.ask(caseId);
    expect(refused).toMatchObject({ verdict: 'refused', permit: null, nextPermittedAt: '2026-11-21T15:15:00+08:00' });
    expect(rules(refused)).toEqual(['conversations-per-debtor', 'burst']);
    stage.now = '2026-11-21T15:14:59.999+08:00';
    expect((await stage.ask(caseId)).verdict).toBe('refused');
    stage.now = '2026-11-21T15:15:00+08:00';
    expect((await stage.ask(caseId)).verdict).toBe('permitted');
  });

  it('is marked by the job, once, and its late outcome counts again', async () => {
    const caseId = await newCase();
    const { id } = await stage.ask(caseId);
    stage.now = '2026-11-21T15:16:00+08:00';
    const [lapsed, again] = [await stage.jobs.lapsePermits(), await stage.jobs.lapsePermits()];
    expect(lapsed).toBeGreaterThan(0);
    expect(again).toBe(0);
    const recorded = await stage.sql<{ at: Date }>(
      `select at from evidence_record where kind = 'permit-lapsed' and institution_id = $2 and body->>'attemptId' = $1`,
      [id, 'bank-1'],
    );
    expect(recorded).toHaveLength(1);
    expect(await stage.outcomes.view(principal('compliance'), id, 'en')).toMatchObject({ state: 'lapsed', outcome: null });
    const said = await stage.outcomes.record(
      principal('agent'),
      id,
      { result: 'conversation', startedAt: '2026-11-21T15:01:00+08:00', endedAt: '2026-11-21T15:16:00+08:00' },
      'en',
    );
    expect(said).toMatchObject({ state: 'closed', outcome: { result: 'conversation', startedAfterLapse: false } });
    const answers = [];
    for (let permit = 0; permit < 3; permit += 1) answers.push((await stage.ask(caseId)).verdict);
    expect(answers).toEqual(['permitted', 'permitted', 'refused']);
  });

  it('of whatever agency: all actors count together, on the debtor and on a number that two debtors share', async () => {
    const [own, other] = [await newCase({ agencyId: 'a1' }), await newCase({ agencyId: 'a2' })];
    const debtorOfOwn = `D${own.slice(1)}`;
    await stage.addCases([
      { caseId: `${own}-2`, debtorId: debtorOfOwn, contactPoint: '+8613900000009', agencyId: 'a2' },
      { caseId: other, debtorId: `D${other.slice(1)}`, contactPoint: '+8613900000009', agencyId: 'a2' },
    ]);
    const agency = (agencyId: string) => principal('agent', { agencyId });
    expect((await stage.ask(own, {}, agency('a1'))).verdict).toBe('permitted');
    expect((await stage.ask(`${own}-2`, {}, agency('a2'))).verdict).toBe('permitted');
    expect((await stage.ask(own, {}, principal('agent'))).verdict).toBe('permitted');
    expect(rules(await stage.ask(`${own}-2`, {}, agency('a2')))).toContain('burst');
    // The other debtor was not called, so only the shared number could refuse; one pending call there is far from six.
    expect((await stage.ask(other, { contactPointId: await sharedPoint(other) }, agency('a2'))).verdict).toBe('permitted');
    expect((await refusal(stage.ask(other, {}, agency('a1')))).kind.code).toBe('not-found');
  });
});

async function sharedPoint(caseId: string): Promise<string> {
  const points = await stage.sql<{ id: string }>(
    `select t.id from contact_point t join party p on p.id = t.party join collection_case c on c.id = p.collection_case where c.case_id = $1 order by t.id desc`,
    [caseId],
  );
  return points[0]?.id ?? '';
}

describe('under concurrency', () => {
  const race = async (caseId: string, requests: number, outcome: boolean): Promise<number> => {
    const request = await stage.request(caseId);
    const answers = await Promise.all(
      Array.from({ length: requests }, () => stage.gate.ask(principal('integration'), request, null, 'en')),
    );
    const permits = answers.filter(({ verdict }) => verdict === 'permitted');
    if (outcome) {
      for (const { id } of permits) {
        await stage.outcomes.record(
          principal('integration'),
          id,
          { result: 'no-answer', startedAt: '2026-11-21T15:00:00+08:00', endedAt: '2026-11-21T15:00:30+08:00' },
          'en',
        );
      }
    }
    return permits.length;
  };

  it('200 requests at once get exactly the 3 permits of the hour', async () => {
    expect(await race(await newCase(), 200, false)).toBe(3);
  });

  it('with the burst cap off, three pending calls could all become conversations: still 3; unanswered, the number takes 6', async () => {
    const caseId = await newCase();
    await stage.publish({ adjust: { burst: { off: true } } });
    const permits = [await race(caseId, 70, true), await race(caseId, 70, true), await race(caseId, 60, true)];
    const answer = await stage.ask(caseId);
    await stage.publish({});
    expect(permits).toEqual([3, 3, 0]);
    expect(rules(answer)).toEqual(['attempts-per-point']);
    expect(answer.reasons[0]).toMatchObject({ limit: 6, counted: 6 });
  });

  it('20 repeats with one idempotency key store one row and give one answer', async () => {
    const caseId = await newCase();
    const request = await stage.request(caseId);
    const idempotency = { key: `key-${caseId}`, hash: hashOf('POST /v1/contact-attempts', request) };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => stage.gate.ask(principal('integration'), request, idempotency, 'en')),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const [row] = await stage.sql<{ decisions: string; contacts: string }>(
      `select (select count(*) from decision d join collection_case c on c.id = d.collection_case where c.case_id = $1) as decisions,
        (select count(*) from contact where case_id = $1) as contacts`,
      [caseId],
    );
    expect(row).toEqual({ decisions: '1', contacts: '1' });
    const other = { ...idempotency, hash: hashOf('POST /v1/contact-attempts', { ...request, purpose: 'remind' }) };
    expect((await refusal(stage.gate.ask(principal('integration'), request, other, 'en'))).kind).toMatchObject({
      code: 'idempotency-key-reused',
      status: 422,
    });
  });

  it('outcomes that race are recorded once', async () => {
    const { id } = await stage.ask(await newCase());
    const outcome = (result: 'busy' | 'no-answer') =>
      stage.outcomes.record(principal('agent'), id, { result, startedAt: '2026-11-21T15:00:00+08:00' }, 'en');
    const results = await Promise.allSettled([outcome('busy'), outcome('no-answer'), outcome('busy'), outcome('no-answer')]);
    const recorded = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.outcome?.result] : []));
    expect(recorded).toHaveLength(2);
    expect(new Set(recorded).size).toBe(1);
  });
});

describe('what is refused as a request', () => {
  it('knows only its own institution', async () => {
    const caseId = await newCase();
    const request = await stage.request(caseId);
    const stranger = principal('integration', { institutionId: 'bank-2' });
    expect((await refusal(stage.gate.ask(stranger, request, null, 'en'))).kind.status).toBe(404);
    const { id } = await stage.ask(caseId);
    expect((await refusal(stage.outcomes.view(stranger, id, 'en'))).kind.status).toBe(404);
    // Row-level security holds even where a query forgets the institution.
    expect(await stage.sql('select id from collection_case', [], 'bank-2')).toEqual([]);
    await expect(
      stage.sql(`insert into outbox (institution_id, topic, payload) values ('bank-1', 't', '{}')`, [], 'bank-2'),
    ).rejects.toThrow(/row-level security/);
  });

  it('names the channel that the contact point serves', async () => {
    const caseId = await newCase();
    const error = await refusal(stage.ask(caseId, { channel: 'email' }));
    expect(error.extras.errors?.[0]).toMatchObject({ pointer: '/channel' });
    expect((await refusal(stage.ask(caseId, { contactPointId: '0190b3c4-0000-7000-8000-000000000000' }))).extras.errors?.[0]?.pointer).toBe(
      '/contactPointId',
    );
    expect((await refusal(stage.ask('nowhere', { contactPointId: 'x' }))).extras.errors?.[0]?.pointer).toBe('/caseId');
  });

  it('an outcome must fit its permit', async () => {
    const caseId = await newCase();
    const permitted = await stage.ask(caseId);
    const agent = principal('agent');
    const pointers = async (request: object): Promise<(string | undefined)[]> =>
      (await refusal(stage.outcomes.record(agent, permitted.id, { result: 'busy', ...request }, 'en'))).extras.errors?.map(
        ({ pointer }) => pointer,
      ) ?? [];
    expect(await pointers({})).toEqual(['/startedAt']);
    expect(await pointers({ startedAt: '2026-11-20T15:00:00+08:00' })).toEqual(['/startedAt']);
    expect(await pointers({ startedAt: '2026-11-21T15:00:10+08:00', endedAt: '2026-11-21T15:00:09+08:00' })).toEqual(['/endedAt']);
    stage.now = '2026-11-21T23:00:00+08:00';
    const refused = await stage.ask(caseId);
    expect((await refusal(stage.outcomes.record(agent, refused.id, { result: 'cancelled' }, 'en'))).kind.code).toBe('attempt-was-refused');
  });
});

describe('a decision can be made again', () => {
  it('to the same bytes, whatever has happened since', async () => {
    const caseId = await newCase();
    for (let permit = 0; permit < 4; permit += 1) await stage.ask(caseId);
    const refused = await stage.ask(caseId);
    await stage.sql(`update collection_case set balance = 0, state = 'closed' where case_id = $1`, [caseId]);
    await stage.sql(`delete from contact where case_id = $1`, [caseId]);
    const replay = await stage.outcomes.replay(principal('regulator'), refused.id, 'en');
    expect(replay.identical).toBe(true);
    expect(replay.replayed).toEqual(replay.recorded);
    expect(rules(replay.replayed)).toEqual(['conversations-per-debtor', 'burst']);
  });

  it('and says so when the record was changed', async () => {
    const { id } = await stage.ask(await newCase());
    await stage.sql(`update decision set facts = replace(facts::text, '"open"', '"closed"')::json where id = $1`, [id]);
    expect((await stage.outcomes.replay(principal('regulator'), id, 'en')).identical).toBe(false);
  });

  it('keeps no personal data', async () => {
    const { id } = await stage.ask(await newCase());
    const [row] = await stage.sql<{ text: string }>(
      `select proposed::text || facts::text || outcome::text as text from decision where id = $1`,
      [id],
    );
    expect(row?.text).toMatch(/cp_[0-9a-f]{24}/);
    expect(row?.text).not.toMatch(/138000|张三|230100/);
  });
});

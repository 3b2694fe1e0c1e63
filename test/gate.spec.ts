import { request } from 'node:http';
import { queueBackends, type SpawnedService } from '#testkit';
import { Installation, type Reply } from './harness.ts';
import { caseCsv, freshCase, NOON, type AttemptBody } from './rows.ts';
import { eventually } from './start/running.ts';

let bank: Installation;

beforeAll(async () => {
  bank = await Installation.open({ servers: 4 });
});
afterAll(() => bank.close());

const newCase = async (): Promise<AttemptBody> => {
  const [attempt] = await bank.cases([freshCase()]);
  if (!attempt) throw new Error('the case has no contact point');
  return attempt;
};

const times = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));
const permits = (replies: readonly Reply[]): Reply[] => replies.filter(({ json }) => json.verdict === 'permitted');

describe('the gate under concurrency', () => {
  it('lets exactly three of 200 attempts through, from four processes', async () => {
    const attempt = await newCase();
    const replies = await times(200, (index) => bank.ask(attempt, { server: index % 4 }));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
    expect(permits(replies)).toHaveLength(3);
    const refused = replies.find(({ json }) => json.verdict === 'refused')?.json;
    expect(refused).toMatchObject({
      permit: null,
      reasons: expect.arrayContaining([expect.objectContaining({ ruleId: 'burst', limit: 3, counted: 3 })]),
    });
    const { rows } = await bank.admin.query(
      'select verdict, count(*)::int as n from decision d join collection_case c on c.id = d.collection_case where c.case_id = $1 group by 1 order by 1',
      [attempt.caseId],
    );
    expect(rows).toEqual([
      { verdict: 'permitted', n: 3 },
      { verdict: 'refused', n: 197 },
    ]);
  });

  it('stores one row for 20 repeats with one key, and answers the same bytes', async () => {
    const attempt = await newCase();
    const headers = { 'idempotency-key': `repeat ${attempt.caseId}` };
    const replies = await times(20, (index) => bank.ask(attempt, { server: index % 4, headers }));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    const { rows } = await bank.admin.query(
      'select count(*)::int as n from decision d join collection_case c on c.id = d.collection_case where c.case_id = $1',
      [attempt.caseId],
    );
    expect(rows).toEqual([{ n: 1 }]);
    // The order of the keys of an object says nothing.
    const turned = Object.fromEntries(Object.entries(attempt).toReversed());
    expect((await bank.ask(turned, { headers })).text).toBe(replies[0]?.text);
    const other = await bank.ask({ ...attempt, purpose: 'remind' }, { headers });
    expect([other.status, other.json.type]).toEqual([422, '/problems/idempotency-key-reused']);
    const elsewhere = await bank.call('/v1/pre-dial', { body: attempt, headers });
    expect([elsewhere.status, elsewhere.json.type]).toEqual([422, '/problems/idempotency-key-reused']);
  });

  it('a key that failed is free again', async () => {
    const attempt = await newCase();
    const headers = { 'idempotency-key': `free ${attempt.caseId}` };
    expect((await bank.ask({ ...attempt, caseId: 'nowhere' }, { headers })).status).toBe(404);
    expect((await bank.ask(attempt, { headers })).status).toBe(201);
  });
});

describe('what came of a permit', () => {
  it('goes from permit to outcome, is read, replayed and counted', async () => {
    const attempt = await newCase();
    const asked = await bank.ask(attempt);
    const { id, decidedAt, permit } = asked.json;
    expect(asked.json).toMatchObject({ verdict: 'permitted', reasons: [], packs: [{ pack: 'cn-card', version: 2 }] });
    const offset = /(Z|[+-]\d\d:\d\d)$/;
    const zone = offset.exec(decidedAt)?.[0];
    expect(new Date(decidedAt).toLocaleTimeString('en-GB', { timeZone: NOON, hour12: false })).toBe(decidedAt.slice(11, 19));
    for (const instant of [permit.expiresAt, asked.json.mustEndBy]) expect(offset.exec(instant)?.[0]).toBe(zone);
    expect(asked.json.mustEndBy.slice(11, 19)).toBe('22:00:00');
    expect(Date.parse(permit.expiresAt) - Date.parse(decidedAt)).toBe(15 * 60_000);

    const pending = await bank.call(`/v1/contact-attempts/${id}`, { server: 1 });
    expect(pending.json).toEqual({ ...asked.json, state: 'pending', outcome: null });
    const body = { result: 'no-answer', startedAt: decidedAt, endedAt: decidedAt, note: '无人接听' };
    const outcome = await bank.call(`/v1/contact-attempts/${id}/outcome`, { body, server: 2 });
    expect(outcome.json).toMatchObject({ id, state: 'closed', outcome: { result: 'no-answer', startedAt: decidedAt, endedAt: decidedAt } });
    expect([200, 201]).toContain(outcome.status);
    expect((await bank.call(`/v1/contact-attempts/${id}/outcome`, { body })).text).toBe(outcome.text);
    const other = await bank.call(`/v1/contact-attempts/${id}/outcome`, { body: { ...body, result: 'busy' } });
    expect([other.status, other.json.type]).toEqual([409, '/problems/outcome-already-recorded']);
    const replay = await bank.call(`/v1/contact-attempts/${id}/replay`, { server: 3 });
    expect(replay.json.identical).toBe(true);
    expect(replay.json.replayed).toEqual(replay.json.recorded);
    expect(replay.json.recorded.verdict).toBe('permitted');
  });

  it('tells dialers by status, with the same body', async () => {
    const attempt = await newCase();
    const replies = [];
    for (let call = 0; call < 4; call += 1) replies.push(await bank.call('/v1/pre-dial', { body: attempt }));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 409]);
    const refused = replies[3]?.json;
    expect(refused).toMatchObject({
      verdict: 'refused',
      permit: null,
      reasons: expect.arrayContaining([expect.objectContaining({ ruleId: 'burst' })]),
    });
    expect((await bank.call(`/v1/contact-attempts/${refused.id}`)).json).toEqual({ ...refused, state: 'refused', outcome: null });
    expect((await bank.call('/v1/pre-dial', { body: { ...attempt, caseId: 'nowhere' } })).status).toBe(404);
  });

  it('says what asking would give, and reserves nothing', async () => {
    const attempt = await newCase();
    const path = `/v1/cases/${attempt.caseId}/contactability?channel=voice&partyId=${attempt.partyId}&contactPointId=${attempt.contactPointId}`;
    for (let look = 0; look < 4; look += 1) expect((await bank.call(path)).json).toMatchObject({ verdict: 'permitted' });
    await times(3, () => bank.ask(attempt));
    const refused = (await bank.call(path)).json;
    const asked = (await bank.ask(attempt)).json;
    for (const field of ['verdict', 'reasons', 'packs', 'nextPermittedAt', 'mustEndBy']) expect(refused[field]).toEqual(asked[field]);
    expect((await bank.call(`${path}&at=${encodeURIComponent(refused.nextPermittedAt)}`)).json).toMatchObject({ verdict: 'permitted' });
  });

  it('a permit lapses by a job, and then stands in nobody’s way', async () => {
    const attempt = await newCase();
    const { id } = (await bank.ask(attempt)).json;
    await times(2, () => bank.ask(attempt));
    expect((await bank.ask(attempt)).json.verdict).toBe('refused');
    await bank.admin.query(`update contact set lapses_at = clock_timestamp() where case_id = $1`, [attempt.caseId]);
    await bank.admin.query(`update decision set permit_expires_at = clock_timestamp() where id = $1`, [id]);
    await eventually(
      'the permit lapses',
      async () => (await bank.admin.query('select from contact where id = $1 and lapsed_at is not null', [id])).rowCount === 1,
    );
    expect((await bank.call(`/v1/contact-attempts/${id}`)).json.state).toBe('lapsed');
    expect((await bank.ask(attempt)).json.verdict).toBe('permitted');
  });
});

/** Asks again and again on connections of its own until told to stop; what was answered, and what was not. */
function load(server: number, attempts: readonly AttemptBody[], token: string) {
  const answered: { status: number; text: string }[] = [];
  const failed: string[] = [];
  const ending = new AbortController();
  let open = 0;
  const url = bank.servers[server]?.url ?? '';
  const one = (attempt: AttemptBody): Promise<void> =>
    new Promise((resolve) => {
      let status = 0;
      open += 1;
      const call = request(
        `${url}/v1/contact-attempts`,
        {
          method: 'POST',
          agent: false,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'accept-language': 'en' },
        },
        (response) => {
          status = response.statusCode ?? 0;
          let text = '';
          response.on('data', (chunk: Buffer) => (text += chunk.toString()));
          response.once('error', (error) => failed.push(`cut off after ${status}: ${error.message}`));
          response.once('end', () => answered.push({ status, text }));
          response.once('close', () => ((open -= 1), resolve()));
        },
      );
      call.once('error', (error: NodeJS.ErrnoException) => {
        if (status === 0) failed.push(error.code ?? error.message);
        open -= 1;
        resolve();
      });
      call.end(JSON.stringify(attempt));
    });
  const running = Promise.all(
    attempts.map(async (attempt) => {
      while (!ending.signal.aborted && !failed.includes('ECONNREFUSED')) await one(attempt);
    }),
  );
  return { answered, failed, open: () => open, stop: () => (ending.abort(), running) };
}

describe('a process that ends', () => {
  it('killed under load, loses no decision that it answered, and lets no cap slip', async () => {
    const attempts = await bank.cases(Array.from({ length: 16 }, () => freshCase()));
    const index = bank.servers.length;
    const server = await bank.startServer();
    const run = load(index, attempts, await bank.issuer.token({ role: 'integration' }));
    await eventually('some answers', () => run.answered.length > 120);
    await server.kill9();
    await run.stop();
    expect(run.answered.filter(({ status }) => status !== 201)).toEqual([]);
    const read = await times(run.answered.length, async (nth) => {
      const said = JSON.parse(run.answered[nth]?.text ?? '{}');
      const { json } = await bank.call(`/v1/contact-attempts/${said.id}`, { server: nth % 4 });
      return [json, { ...said, state: json.state, outcome: json.outcome }];
    });
    for (const [kept, said] of read) expect(kept).toEqual(said);
    // Those not answered may have been granted, but never more than the cap together.
    for (const attempt of attempts) await times(4, () => bank.ask(attempt));
    const { rows } = await bank.admin.query('select case_id, count(*)::int as n from contact where case_id = any($1) group by 1', [
      attempts.map(({ caseId }) => caseId),
    ]);
    expect(rows.map(({ n }) => n)).toEqual(attempts.map(() => 3));
  });

  it('told to stop under load, answers what it has begun and exits with 0', async () => {
    const attempts = await bank.cases(Array.from({ length: 8 }, () => freshCase()));
    const index = bank.servers.length;
    const server = await bank.startServer();
    const run = load(index, attempts, await bank.issuer.token({ role: 'integration' }));
    await eventually('some answers', () => run.answered.length > 50);
    const code = await server.stop();
    await run.stop();
    expect(code).toBe(0);
    // A connection that the process never saw may be reset; nothing that it read may go without an answer.
    expect(run.failed.filter((failure) => failure !== 'ECONNREFUSED' && failure !== 'ECONNRESET')).toEqual([]);
    expect(run.answered.filter(({ status }) => status !== 201)).toEqual([]);
    const { rows } = await bank.admin.query(
      'select count(*)::int as n from decision d join collection_case c on c.id = d.collection_case where c.case_id = any($1)',
      [attempts.map(({ caseId }) => caseId)],
    );
    expect(rows).toEqual([{ n: run.answered.length }]);
  });
});

describe.each(queueBackends)('imports with the queue on $backend', ({ env }) => {
  let inst: Installation;
  beforeAll(async () => {
    inst = await Installation.open({ worker: false, env: env() });
  });
  afterAll(() => inst.close());

  const file = (rows: number): string => caseCsv(Array.from({ length: rows }, () => freshCase()));

  const ROWS = 4000;
  const whole = { state: 'done', rows: { total: ROWS, done: ROWS, inserted: ROWS, updated: 0, unchanged: 0, rejected: 0 }, errors: [] };

  async function underWay(): Promise<{ id: string; worker: SpawnedService }> {
    const { json } = await inst.upload('cases', file(ROWS));
    expect(json).toMatchObject({ state: 'queued', rows: { total: null, done: 0 } });
    const worker = await inst.startWorker();
    await eventually('the import is under way', async () => (await inst.call(`/v1/imports/${json.id}`)).json.rows.done > 0);
    return { id: json.id, worker };
  }

  it('a worker killed in the middle does not spoil the counts', async () => {
    const { id, worker } = await underWay();
    await worker.kill9();
    expect(await inst.call(`/v1/imports/${id}`)).toMatchObject({ json: { state: 'running', rows: { total: null } } });
    await inst.startWorker();
    expect(await inst.untilEnded(id)).toMatchObject(whole);
    const { rows } = await inst.admin.query(
      'select (select count(*)::int from collection_case) as cases, (select count(*)::int from contact_point) as points',
    );
    expect(rows).toEqual([{ cases: ROWS, points: ROWS }]);
    expect(await inst.worker?.stop()).toBe(0);
  });

  it('a worker told to stop hands its import over', async () => {
    const { id, worker } = await underWay();
    expect(await worker.stop()).toBe(0);
    expect(await inst.call(`/v1/imports/${id}`)).toMatchObject({ json: { state: 'running', rows: { total: null } } });
    await inst.startWorker();
    expect(await inst.untilEnded(id)).toMatchObject(whole);
    expect(await inst.worker?.stop()).toBe(0);
  });

  it('what was queued is done even when the queue’s store forgot it', async () => {
    const { json } = await inst.upload('cases', file(3));
    // As it stands after the relay has handed it on: what happens next is up to the queue.
    await inst.admin.query('update outbox set sent_at = clock_timestamp()');
    await inst.forgetQueue();
    await inst.startWorker();
    expect((await inst.untilEnded(json.id)).rows.inserted).toBe(3);
    // The same while the worker lives: its clockwork comes back by itself.
    await inst.forgetQueue();
    const again = await inst.upload('cases', file(4));
    await inst.admin.query('update outbox set sent_at = clock_timestamp()');
    expect((await inst.untilEnded(again.json.id)).rows.inserted).toBe(4);
  });
});

import { csvRecords, queueBackends } from '#testkit';
import { Installation, type Call, type Reply, type Who } from './harness.ts';
import { freshCase } from './rows.ts';
import { eventually } from './start/running.ts';

const dialler: Who = { role: 'integration' };
const agencyA: Who = { role: 'agency-supervisor', agencyId: 'agency-a' };
const CASES = 40;

function expectKind({ status, json }: Reply, expected: number, code: string): void {
  expect([status, json.type]).toEqual([expected, `/problems/${code}`]);
}

describe.each(queueBackends)('screenings, on $backend', ({ env }) => {
  let bank: Installation;
  const cells = Array.from({ length: CASES }, (_, index) =>
    freshCase({ timeZone: 'Asia/Shanghai', balance: index % 4 === 0 ? '0.00' : '10.00', agencyId: index % 2 === 0 ? 'agency-a' : '' }),
  );
  const caseIds = cells.map(({ caseId }) => caseId ?? '');
  // Noon of the cases' zone: whatever the hour of the test, nobody sleeps.
  const at = '2026-11-21T12:00:00+08:00';

  beforeAll(async () => {
    bank = await Installation.open({ env: env() });
    await bank.cases(cells);
  });
  afterAll(async () => {
    const said = bank.logs();
    await bank.close();
    expect(said).not.toContain('unexpected error');
  });

  const create = (body: object, more: Call = {}): Promise<Reply> => bank.call('/v1/screenings', { as: dialler, body, ...more });

  async function untilEnded(id: string, as: Who = dialler): Promise<Reply['json']> {
    let view: Reply['json'];
    await eventually(`the end of screening ${id}`, async () => {
      view = (await bank.call(`/v1/screenings/${id}`, { as })).json;
      return view.state !== 'queued' && view.state !== 'running';
    });
    return view;
  }

  const upload = (file: string, request: string | null, as: Who = dialler): Promise<Reply> => {
    const form = new FormData();
    if (request !== null) form.set('request', request);
    form.set('file', new Blob([file]), 'morning.csv');
    return bank.call('/v1/screenings', { as, body: form });
  };

  const rows = async (id: string, query = '', headers: Record<string, string> = {}): Promise<Reply['json'][]> =>
    (await bank.call(`/v1/screenings/${id}/results.ndjson${query}`, { as: dialler, headers })).text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));

  it('judge the portfolio: the answer that contactability gives for each case, in NDJSON and CSV', async () => {
    const { status, json } = await create({ name: 'morning list', at });
    expect(status).toBe(202);
    expect(json).toMatchObject({ state: 'queued', name: 'morning list', requestedBy: 'integration-1', cases: null, byRule: [] });
    const view = await untilEnded(json.id);
    expect(view).toMatchObject({ state: 'done', cases: CASES, permitted: 30, refused: 10, nextNever: 10 });
    const all = await rows(json.id);
    for (const row of all.slice(0, 5)) {
      const query = `?at=${encodeURIComponent(at)}`;
      const gate = await bank.call(`/v1/cases/${row.caseId}/contactability${query}`, { as: dialler });
      const { packs: _packs, ...answer } = gate.json;
      const { caseId: _caseId, agencyId: _agencyId, missing: _missing, ...screened } = row;
      expect(screened).toEqual(answer);
    }
    const refused = await rows(json.id, '?verdict=refused', { 'accept-language': 'zh-CN' });
    expect(refused).toHaveLength(10);
    expect(refused[0].reasons[0]).toMatchObject({ ruleId: 'case-open', message: expect.stringMatching(/^[\u4e00-\u9fff]/) });
    const csv = await bank.call(`/v1/screenings/${json.id}/results.csv`, { as: { role: 'regulator' } });
    expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="screening-${json.id}.csv"`);
    expect(
      csvRecords(csv.text)
        .map(({ caseId }) => caseId)
        .toSorted(),
    ).toEqual(caseIds.toSorted());
    const list = await bank.call('/v1/screenings?limit=1', { as: dialler });
    expect(list.json.items).toHaveLength(1);
  });

  it('take a list as a file, and name what it names in vain', async () => {
    const file = ['caseId', caseIds[1], 'nobody', '', caseIds[1], `"un"closed`].join('\r\n');
    const { status, json } = await upload(file, JSON.stringify({ at, pointChoice: 'first-permitted' }));
    expect(status).toBe(202);
    const view = await untilEnded(json.id);
    expect(view).toMatchObject({
      state: 'done',
      cases: 2,
      permitted: 1,
      unknownCaseIds: ['nobody'],
      filter: { list: 'morning.csv' },
      unreadableRows: [6],
    });
    expect(await rows(json.id, '?verdict=not-judged')).toMatchObject([
      { caseId: 'nobody', missing: 'caseId', verdict: 'not-judged', reasons: [] },
    ]);
    // What the list was needed for is done.
    await eventually(
      'the list is swept',
      async () => (await bank.admin.query(`select id from upload where file_name = 'morning.csv'`)).rows.length === 0,
    );
    const broken = await untilEnded((await upload('case\nx', null)).json.id);
    expect(broken).toMatchObject({ state: 'failed', failure: { code: 'columns', row: 1 } });
  });

  it('show an agency its own cases and screenings alone', async () => {
    const mine = await create({ at, caseIds }, { as: agencyA });
    const view = await untilEnded(mine.json.id, agencyA);
    expect(view).toMatchObject({ agencyId: 'agency-a', cases: CASES, notJudged: { caseId: CASES / 2 } });
    expect(view.byAgency.map(({ agencyId }: { agencyId: string }) => agencyId)).toEqual(['agency-a']);
    const theirs = await create({ at });
    await untilEnded(theirs.json.id);
    for (const as of [agencyA, { ...agencyA, agencyId: 'agency-b' }, { ...dialler, institutionId: 'bank-2' }])
      for (const route of ['', '/results.csv', '/results.ndjson'])
        expect((await bank.call(`/v1/screenings/${theirs.json.id}${route}`, { as })).status).toBe(404);
    const list = await bank.call('/v1/screenings', { as: agencyA });
    expect(list.json.items.map(({ id }: { id: string }) => id)).toEqual([mine.json.id]);
    expect((await bank.call(`/v1/screenings/${theirs.json.id}/cancellation`, { as: agencyA, method: 'POST' })).status).toBe(404);
  });

  it('are ended by whoever asked; what has ended stays ended', async () => {
    const { json } = await create({ at });
    const ended = await bank.call(`/v1/screenings/${json.id}/cancellation`, { as: dialler, method: 'POST' });
    if (ended.status === 200) {
      expect((await untilEnded(json.id)).state).toBe('cancelled');
      expectKind(await bank.call(`/v1/screenings/${json.id}/results.csv`, { as: dialler }), 409, 'screening-not-finished');
    } else expectKind(ended, 409, 'screening-already-ended');
  });

  it('are begun again when their worker dies', async () => {
    const { json } = await create({ at, caseIds });
    await bank.worker?.kill9();
    await bank.startWorker();
    expect(await untilEnded(json.id)).toMatchObject({ state: 'done', cases: CASES });
    expect(await rows(json.id)).toHaveLength(CASES);
  });

  it('the same key is the same screening', async () => {
    const headers = { 'idempotency-key': 'once' };
    const one = await create({ at }, { headers });
    expect((await create({ at }, { headers })).json.id).toBe(one.json.id);
    expectKind(await create({ at, mode: 'informational' }, { headers }), 422, 'idempotency-key-reused');
  });

  it('refuse what they cannot judge, and say which field', async () => {
    const bad: readonly [object | string, number, string | null][] = [
      [{ channel: 'fax' }, 422, '/channel'],
      [{ partyRole: 'related' }, 422, '/partyRole'],
      [{ caseIds: [] }, 422, '/caseIds'],
      [{ caseIds: 'C1' }, 422, '/caseIds'],
      [{ caseIds: [''] }, 422, '/caseIds'],
      [{ caseIds: ['a\u0000b'] }, 422, '/caseIds/0'],
      [{ caseIds: Array.from({ length: 20_001 }, () => 'x') }, 422, '/caseIds'],
      [{ caseIds: ['C1'], filter: { product: 'x' } }, 422, '/caseIds'],
      [{ filter: { state: 'gone' } }, 422, '/filter/state'],
      [{ filter: [] }, 422, '/filter'],
      [{ at: '2026-11-21' }, 422, '/at'],
      [{ pointChoice: 'best' }, 422, '/pointChoice'],
      [{ templateId: 'nothing' }, 422, '/templateId'],
      ['[]', 422, null],
      ['"x"', 422, null],
      ['{', 400, null],
    ];
    for (const [body, status, pointer] of bad) {
      const reply = await bank.call('/v1/screenings', { as: dialler, method: 'POST', body });
      expect(`${JSON.stringify(body).slice(0, 60)} ${reply.status}`).toBe(`${JSON.stringify(body).slice(0, 60)} ${status}`);
      if (pointer !== null) expect(reply.json.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      const reply = await bank.call('/v1/screenings', { as: dialler, method: 'POST', body: 'x=1', headers: { 'content-type': type } });
      expect(reply.status).toBe(415);
    }
    expect((await bank.call('/v1/screenings', { as: dialler, method: 'POST' })).status).toBe(415);
    expect((await upload('caseId\nC1', '{')).status).toBe(400);
    expect((await upload('caseId\nC1', '{"caseIds":["C1"]}')).status).toBe(422);
    expect((await upload('caseId\nC1', '{"name":"\\u0000"}')).status).toBe(422);
    expect((await upload('', '{}')).status).toBe(422);
    const screening = (await create({ at })).json.id;
    await untilEnded(screening);
    expect((await bank.call(`/v1/screenings/${screening}/results.csv?verdict=maybe`, { as: dialler })).status).toBe(422);
    expect((await bank.call(`/v1/screenings?cursor=x`, { as: dialler })).status).toBe(422);
    expect((await bank.call(`/v1/screenings/nothing`, { as: dialler })).status).toBe(404);
  });
});

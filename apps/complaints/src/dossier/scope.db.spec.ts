import { randomUUID } from 'node:crypto';
import { inTransaction } from '#pg';
import { Loop, StandIn } from '../../testing/loop.ts';
import { BANK, handler, principal, Stage } from '../../testing/stage.ts';

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
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string } }) => error.kind?.code ?? error,
  );

describe('the hold', () => {
  const choose = (id: string, more: object, by = handler) =>
    loop.scopes.choose(by, id, { scope: 'account', reason: '核实中', ...more }, asked);
  const holds = (id: string) => told(id, 'complaint.collection-hold');

  it('is of the scope that somebody chooses', async () => {
    const { id } = await about({ against: { agencyId: 'A1', collectorId: 'c1' } });
    expect((await view(id)).hold).toMatchObject({
      scope: 'collector',
      wanted: true,
      undeliveredSince: '2026-11-21T15:00:00+08:00',
      chosenBy: null,
    });
    const point = randomUUID();
    for (const [request, scope] of [
      [{}, { agencyId: null, collectorId: null, channel: null, contactPoint: null }],
      [{ scope: 'agency' }, { agencyId: 'A1', collectorId: null }],
      [
        { scope: 'collector', collectorId: 'c2' },
        { agencyId: 'A1', collectorId: 'c2' },
      ],
      [
        { scope: 'channel', channel: 'sms' },
        { agencyId: null, channel: 'sms' },
      ],
      [
        { scope: 'contact-point', contactPointId: point },
        { contactPoint: point, channel: null },
      ],
    ] as const) {
      await choose(id, request);
      expect((await holds(id)).at(-1)).toMatchObject({ ...scope, until: null });
    }
    expect((await view(id)).hold).toMatchObject({
      scope: 'contact-point',
      contactPointId: point,
      reason: '核实中',
      chosenBy: handler.subject,
    });
    expect((await loop.showing.find(principal('compliance'), id, 'r')).hold?.reason).toBeNull();
    // Nothing is held any more, and then all again.
    await choose(id, { scope: 'none' });
    expect((await holds(id)).at(-1)).toMatchObject({ until: expect.any(String) });
    await choose(id, {});
    expect((await holds(id)).at(-1)).toMatchObject({ until: null, version: 8 });
  });

  it('refuses a scope without what it is about', async () => {
    const { id } = await about();
    for (const request of [
      { scope: 'agency' },
      { scope: 'collector' },
      { scope: 'channel' },
      { scope: 'contact-point', contactPointId: 'x' },
    ])
      expect(await codeOf(choose(id, request))).toBe('invalid');
    const { id: without } = await stage.register({ against: { agencyId: 'A1' } });
    expect(await codeOf(choose(without, {}))).toBe('invalid');
    expect(await codeOf(choose(id, {}, principal('complaint-handler', { institutionId: 'bank-2' })))).toBe('not-found');
  });

  it('ends with the decision, cannot be chosen then, and is there again when the complaint is opened again', async () => {
    const { id } = await about();
    await stage.decide(id);
    await loop.tell();
    expect((await holds(id)).map(({ until }) => until === null)).toEqual([true, false]);
    expect(await codeOf(choose(id, {}))).toBe('hold-over');
    // However a room opens it again: the ledger says that it is not decided.
    await stage.sql(`update complaint set decided_at = null, ledger_version = ledger_version + 1 where id = $1`, [id]);
    await Promise.all([loop.tell(), loop.tell()]);
    expect((await holds(id)).map(({ until }) => until === null)).toEqual([true, false, true]);
    expect((await view(id)).hold).toMatchObject({ wanted: true, state: 'requested' });
  });

  it('says since when collections has not answered', async () => {
    const { id } = await about();
    const answer = (version: number) =>
      inTransaction(stage.source, { institutionId: BANK }, (tx) =>
        stage.holds.acknowledge(tx, BANK, { complaintId: id, version, account: 'C1' }, { state: 'set', debtorId: 'D1', caseId: 'C1' }),
      );
    await answer(1);
    expect((await view(id)).hold).toMatchObject({ state: 'set', undeliveredSince: null });
    stage.now = '2026-11-21T16:00:00+08:00';
    await choose(id, { scope: 'channel', channel: 'voice' });
    await answer(1);
    expect((await view(id)).hold).toMatchObject({ state: 'requested', undeliveredSince: '2026-11-21T16:00:00+08:00' });
  });
});

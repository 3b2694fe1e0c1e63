import { randomUUID } from 'node:crypto';
import { inTransaction } from '#pg';
import { author, draftOf, refusal, type PolicyRoom } from '../../testing/policy-room.ts';
import { SimulationRoom } from '../../testing/simulation-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import type { SimulationService } from './simulation.service.ts';

let stage: Stage;
let simulations: SimulationRoom;
let room: PolicyRoom;
let service: SimulationService;

beforeAll(async () => {
  stage = await Stage.open();
  simulations = new SimulationRoom(stage);
  room = simulations.policies;
  service = simulations.service;
});
afterAll(() => stage.close());

const simulate: SimulationRoom['simulate'] = (content, days) => simulations.simulate(content, days);

interface Past {
  readonly at: string;
  readonly caseId?: string;
  readonly debtorId?: string;
  readonly point?: string;
  readonly result?: string;
  readonly channel?: string;
  readonly agencyId?: string | null;
  readonly initiator?: string;
}

/** Contacts as an import leaves them. */
async function log(rows: readonly Past[]): Promise<void> {
  const values = rows.map((row) => ({
    attempt_id: randomUUID(),
    debtor_id: row.debtorId ?? 'L1',
    case_id: row.caseId ?? null,
    point: stage.vault.index(row.point ?? '+8613811110001', 'contact.value').toString('hex'),
    channel: row.channel ?? 'voice',
    at: row.at,
    result: row.result ?? 'no-answer',
    agency_id: row.agencyId ?? null,
    initiator: row.initiator ?? 'us',
  }));
  await stage.sql(
    `insert into contact (institution_id, attempt_id, debtor_id, case_id, party_id, party_role, value_index, channel, mode, purpose, initiator, agency_id, collector_ids, at, result, time_zone)
     select $1, attempt_id, debtor_id, case_id, 'P1', 'debtor', decode(point, 'hex'), channel, 'interactive', 'collect', initiator, agency_id, '{c1}', at, result, 'Asia/Shanghai'
     from json_to_recordset($2) as r(attempt_id text, debtor_id text, case_id text, point text, channel text, at timestamptz, result text, agency_id text, initiator text)`,
    [BANK, JSON.stringify(values)],
  );
}

const hours = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `2026-11-20T${String(8 + index).padStart(2, '0')}:30:00+08:00`);

describe('a simulation', () => {
  beforeAll(async () => {
    await stage.publish({ packs: [{ pack: 'cn-card', version: 1 }] });
    stage.now = '2026-11-21T15:00:00+08:00';
    // Seven calls to one number, an hour apart: by the pack the seventh is refused, with a cap of four the fifth, sixth and seventh.
    await log(hours(7).map((at) => ({ at, agencyId: 'a1' })));
    // What they began, what was never placed, and what lies before the time, is not judged.
    await log([
      { at: '2026-11-20T09:00:00+08:00', initiator: 'them', debtorId: 'L2', point: '+8613811110002' },
      { at: '2026-11-20T09:01:00+08:00', result: 'cancelled', debtorId: 'L2', point: '+8613811110002' },
      { at: '2026-10-20T09:00:00+08:00', debtorId: 'L2', point: '+8613811110002' },
      { at: '2026-11-20T23:00:00+08:00', debtorId: 'L3', point: '+8613811110003' },
    ]);
  });

  it('judges past contacts under the version in force and under the draft, and counts what turns', async () => {
    const view = await simulate({ packs: [{ pack: 'cn-card', version: 1 }], adjust: { 'attempts-per-point': { cap: 4 } } });
    expect(view).toMatchObject({
      state: 'done',
      against: 1,
      judged: 8,
      decided: 0,
      logged: 8,
      changed: 2,
      toRefused: 2,
      toPermitted: 0,
      refusedBefore: 2,
      refusedAfter: 4,
      byRule: [{ ruleId: 'attempts-per-point', pack: 'cn-card', toRefused: 2, toPermitted: 0 }],
      byAgency: [
        { agencyId: 'a1', judged: 7, toRefused: 2, toPermitted: 0 },
        { agencyId: null, judged: 1, toRefused: 0, toPermitted: 0 },
      ],
      byDay: [{ day: '2026-11-20', judged: 8, toRefused: 2, toPermitted: 0 }],
      openPermits: { open: 0, touched: 0, items: [] },
    });
    expect(view.bySegment[0]).toMatchObject({ segment: '- · M0 · voice · interactive', judged: 8, toRefused: 2 });
    expect(view.samples.map(({ source, at, before, after }) => [source, at, before.verdict, after.verdict])).toEqual(
      expect.arrayContaining([
        ['log', '2026-11-20T12:30:00+08:00', 'permitted', 'refused'],
        ['log', '2026-11-20T13:30:00+08:00', 'permitted', 'refused'],
      ]),
    );
    expect(view.samples[0]?.after.reasons[0]).toMatchObject({ ruleId: 'attempts-per-point', limit: 4 });
    expect(JSON.stringify(view)).not.toContain('1381111');
    expect(view.samples[0]?.contactPoint).toMatch(/^cp_[0-9a-f]{24}$/);
    expect(view.notes.map(({ code }) => code)).toContain('history-would-differ');
    expect(view.progress).toEqual({ done: 10, total: 10 });
  });

  it('counts refusals that become permits', async () => {
    await stage.publish({ packs: [{ pack: 'cn-card', version: 1 }], adjust: { 'attempts-per-point': { cap: 4 } } });
    const view = await simulate({ packs: [{ pack: 'cn-card', version: 1 }], adjust: { 'attempts-per-point': { cap: 5 } } });
    expect(view).toMatchObject({ against: 2, toRefused: 0, toPermitted: 1 });
    expect(view.byRule).toEqual([{ ruleId: 'attempts-per-point', pack: 'cn-card', toRefused: 0, toPermitted: 1 }]);
    await stage.publish({ packs: [{ pack: 'cn-card', version: 1 }] });
  });

  it('judges nothing for a product that the draft is not for', async () => {
    const [one, all] = [await simulate({ product: '车贷' }), await simulate({})];
    expect(one).toMatchObject({ product: '车贷', judged: 0 });
    expect(all.judged).toBe(8);
  });

  it('counts before the days asked for, and judges within them', async () => {
    const view = await simulate({ packs: [{ pack: 'cn-card', version: 1 }], adjust: { 'attempts-per-point': { cap: 4 } } }, 1);
    // Of the 24 hours before 15:00 of the 21st: the calls at 12:30 and before lie outside, and still count.
    expect(view).toMatchObject({ judged: 1, changed: 0 });
    stage.now = '2026-11-21T13:00:00+08:00';
    const earlier = await simulate({ packs: [{ pack: 'cn-card', version: 1 }], adjust: { 'attempts-per-point': { cap: 4 } } }, 1);
    expect(earlier).toMatchObject({ judged: 3, changed: 1, period: { from: '2026-11-20T05:00:00.000Z', to: '2026-11-21T05:00:00.000Z' } });
    stage.now = '2026-11-21T15:00:00+08:00';
  });
});

describe('decisions of the gate', () => {
  it('are made again from what was recorded with them, and permits that stand are named', async () => {
    await stage.addCases([{ caseId: 'C7', debtorId: 'D7', contactPoint: '+8613811110007', product: '分期', overdueSince: '2026-10-10' }]);
    stage.now = '2026-11-21T15:10:00+08:00';
    const answers: Awaited<ReturnType<Stage['ask']>>[] = [];
    for (let call = 0; call < 4; call += 1) answers.push(await stage.ask('C7'));
    expect(answers.map(({ verdict }) => verdict)).toEqual(['permitted', 'permitted', 'permitted', 'refused']);
    // What happens to the case does not matter to what was decided.
    await stage.sql(`update collection_case set state = 'paid' where case_id = 'C7'`);
    stage.now = '2026-11-21T15:12:00+08:00';
    const view = await simulate({ product: '分期', packs: [{ pack: 'cn-card', version: 1 }], adjust: { burst: { cap: 1 } } }, 1);
    expect(view).toMatchObject({ judged: 4, decided: 4, logged: 0, toRefused: 2, toPermitted: 0, refusedBefore: 1 });
    expect(view.byRule).toEqual([{ ruleId: 'burst', pack: 'cn-card', toRefused: 2, toPermitted: 0 }]);
    expect(view.bySegment[0]).toMatchObject({ product: '分期', overdue: 'M2', channel: 'voice' });
    expect(view.samples.map(({ attemptId }) => attemptId).toSorted()).toEqual([answers[1]?.id, answers[2]?.id].toSorted());
    expect(view.samples[0]?.after).toMatchObject({ verdict: 'refused', nextPermittedAt: expect.stringMatching(/^2026-11-21T15:25/) });
    expect(view.openPermits).toEqual({
      open: 3,
      touched: 2,
      items: [1, 2].map((place) =>
        expect.objectContaining({
          id: answers[place]?.id,
          caseId: 'C7',
          expiresAt: '2026-11-21T07:25:00.000Z',
          reasons: [{ ruleId: 'burst', pack: 'cn-card' }],
        }),
      ),
    });
  });

  it('that did not record what a rule needs are not judged by it, and it is named', async () => {
    // As a release left them that knew nothing of agencies and sources.
    await stage.sql(
      `update decision set facts = (facts::jsonb - 'contactPoints' - 'agency' - 'optOuts')::json, agency_id = 'a1', proposed = (proposed::jsonb || '{"agencyId": "a1", "deviceId": "d1"}')::json`,
    );
    const view = await simulate({ product: '分期', packs: [{ pack: 'cn-card', version: 2 }] }, 1);
    expect(view.toRefused).toBe(0);
    expect(view.leftOut.map(({ ruleId, contacts }) => [ruleId, contacts])).toEqual(
      expect.arrayContaining([
        ['point-source', 4],
        ['agency-standing', 4],
      ]),
    );
    expect(view.notes.map(({ code }) => code)).toContain('facts-not-recorded');
  });

  it('of a policy that looked back less get older contacts from the ledger', async () => {
    await stage.addCases([{ caseId: 'C8', debtorId: 'D8', contactPoint: '+8613811110008', product: '远' }]);
    await log(
      [15, 16, 17, 18].map((day) => ({ at: `2026-11-${day}T10:00:00+08:00`, debtorId: 'D8', caseId: 'C8', point: '+8613811110008' })),
    );
    stage.now = '2026-11-21T15:20:00+08:00';
    const { id } = await stage.ask('C8');
    const own = {
      ruleId: 'own-four-in-seven',
      kind: 'counter',
      params: {
        channel: 'voice',
        mode: null,
        results: 'placed',
        seat: 'debtor',
        scope: 'all-actors',
        window: { localDays: 7 },
        cap: 4,
        consent: null,
      },
      severity: 'block',
      source: 'own',
      article: '1',
      grade: 'A',
      effectiveFrom: '2026-01-01',
    };
    stage.now = '2026-11-21T15:21:00+08:00';
    const view = await simulate({ product: '远', packs: [{ pack: 'cn-card', version: 1 }], rules: [own] }, 1);
    expect(view).toMatchObject({ judged: 1, decided: 1, toRefused: 1 });
    expect(view.samples[0]).toMatchObject({
      attemptId: id,
      after: { reasons: [{ ruleId: 'own-four-in-seven', pack: 'institution', counted: 4 }] },
    });
  });
});

describe('the work', () => {
  it('is done once for a draft at a time, by one key, and begun again after a crash with the same result', async () => {
    const { id } = await room.drafts.create(author, draftOf({ adjust: { burst: { cap: 1 } } }), null, 'en');
    const idempotency = { key: 'sim-1', hash: Buffer.from('1') };
    const asked = await Promise.allSettled(Array.from({ length: 4 }, () => service.create(author, id, 7, idempotency, 'en')));
    expect(new Set(asked.map((one) => (one.status === 'fulfilled' ? one.value.id : 'refused'))).size).toBe(1);
    expect((await refusal(service.create(author, id, 7, null, 'en'))).kind.code).toBe('simulation-running');
    const [first] = (await service.list(author, id, {})).items;
    const simulation = first?.id ?? '';
    // A worker that died after it had kept its samples.
    await stage.sql(`update policy_simulation set state = 'running', run = $2 where id = $1`, [simulation, randomUUID()]);
    await inTransaction(stage.source, { institutionId: BANK }, (tx) => simulations.store.keepSamples(tx, BANK, simulation, []));
    await Promise.all([simulations.runner.run(BANK, simulation), simulations.runner.run(BANK, simulation)]);
    const done = await service.find(author, simulation, 'en');
    expect(done.state).toBe('done');
    await simulations.runner.run(BANK, simulation);
    expect(await service.find(author, simulation, 'en')).toEqual(done);
    expect(done.samples.length).toBeGreaterThan(0);
    expect((await service.create(author, id, 7, idempotency, 'en')).id).toBe(simulation);
    expect((await service.create(author, id, 7, null, 'en')).state).toBe('queued');
  });

  it('is the institution’s own', async () => {
    const [one] = (await room.drafts.list(author, {}, 'en')).items;
    const stranger = principal('compliance', { institutionId: 'bank-2' });
    expect((await refusal(service.create(stranger, one?.id ?? '', 7, null, 'en'))).kind.code).toBe('not-found');
    expect((await refusal(service.find(author, 'x', 'en'))).kind.code).toBe('not-found');
  });
});

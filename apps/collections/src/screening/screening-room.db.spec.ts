import { inTransaction } from '#pg';
import { ScreeningRoom } from '../../testing/screening-room.ts';
import { BANK, principal } from '../../testing/stage.ts';
import { ScreeningRuns } from './screening.runs.ts';

let room: ScreeningRoom;
const bank = principal('integration');
const ofA1 = principal('agency-supervisor', { agencyId: 'A1' });

const idsOf = async (id: string): Promise<string[]> => (await room.rows(id)).map(({ caseId, verdict }) => `${caseId} ${verdict}`);
const left = (table: string): Promise<{ n: number }[]> => room.stage.sql<{ n: number }>(`select count(*)::int as n from ${table}`);
const woken = (id: string): Promise<unknown[]> =>
  room.stage.sql(`select id from outbox where topic = 'screening.requested' and payload->>'screeningId' = $1`, [id]);

beforeAll(async () => {
  room = await ScreeningRoom.open();
  await room.stage.addCases([
    { caseId: 'C1', debtorId: 'D1' },
    { caseId: 'C2', debtorId: 'D2', contactPoint: '+8613800000002', agencyId: 'A1', product: 'cash' },
    { caseId: 'C3', debtorId: 'D2', contactPoint: '+8613800000002', agencyId: 'A2' },
    { caseId: 'C4', debtorId: 'D4', contactPoint: 'x@example.com', contactChannel: 'email' },
    { caseId: 'C5', debtorId: 'D5', contactPoint: '+8613800000005', balance: '0.00', agencyId: 'A1' },
  ]);
});
afterAll(() => room.stage.close());

describe('which cases', () => {
  it('all, with what cannot be judged', async () => {
    const { id, cases, permitted, refused, notJudged, byRule, byAgency, nextNever, policies } = await room.screen({ name: 'morning' });
    expect(await idsOf(id)).toEqual(['C1 permitted', 'C2 permitted', 'C3 permitted', 'C4 not-judged', 'C5 refused']);
    expect({ cases, permitted, refused, notJudged }).toEqual({
      cases: 5,
      permitted: 3,
      refused: 1,
      notJudged: { caseId: 0, partyId: 0, contactPointId: 1 },
    });
    expect(byRule).toEqual([{ ruleId: 'case-open', pack: 'cn-card', severity: 'block', fact: null, cases: 1 }]);
    expect(byAgency).toContainEqual({ agencyId: 'A1', cases: 2, permitted: 1, refused: 1, notJudged: 0 });
    expect(nextNever).toBe(1);
    expect(policies).toEqual([{ product: null, version: null, packs: [{ pack: 'cn-card', version: expect.any(Number) }] }]);
  });

  it.each([
    [{ agencyId: 'A1' }, ['C2', 'C5']],
    [{ product: 'cash' }, ['C2']],
    [{ debtorId: 'D2' }, ['C2', 'C3']],
    [{ debtorId: 'D2', agencyId: 'A2' }, ['C3']],
    [{ state: 'closed' as const }, []],
    [{ product: `'; drop table hold; --` }, []],
  ])('those of the filter %j', async (filter, expected) => {
    const { id } = await room.screen({ filter });
    expect((await room.rows(id)).map(({ caseId }) => caseId)).toEqual(expected);
  });

  it('those of a list, each once, by the id given or by ours; unknown ones are named', async () => {
    const [ours] = await room.stage.sql<{ id: string }>(`select id from collection_case where case_id = 'C1'`);
    const caseIds = ['C5', 'nobody', 'C1', ours?.id.toUpperCase() ?? '', 'C5', 'C",\n5', '00000000-0000-7000-8000-000000000000'];
    const { id, cases, notJudged, unknownCaseIds } = await room.screen({ caseIds });
    expect({ cases, notJudged, unknownCaseIds }).toMatchObject({
      cases: 5,
      notJudged: { caseId: 3 },
      unknownCaseIds: ['00000000-0000-7000-8000-000000000000', 'C",\n5', 'nobody'],
    });
    expect((await idsOf(id)).filter((row) => !row.endsWith('not-judged'))).toEqual(['C1 permitted', 'C5 refused']);
    expect(await left('screening_case')).toEqual([{ n: 0 }]);
  });

  it('of an agency only its own, whatever it asks for', async () => {
    const all = await room.screen({}, ofA1);
    expect((await room.rows(all.id)).map(({ caseId }) => caseId)).toEqual(['C2', 'C5']);
    const listed = await room.screen({ caseIds: ['C1', 'C2', 'C3'] }, ofA1);
    expect(listed.unknownCaseIds).toEqual(['C1', 'C3']);
    const filtered = await room.screen({ filter: { agencyId: 'A2' } }, ofA1);
    expect(filtered.cases).toBe(0);
    await expect(room.service.find(principal('agency-supervisor', { agencyId: 'A2' }), all.id)).rejects.toMatchObject({
      kind: { code: 'not-found' },
    });
    const { items } = await room.service.list(ofA1, {});
    expect(new Set(items.map(({ agencyId }) => agencyId))).toEqual(new Set(['A1']));
  });
});

describe('a screening that is cut off', () => {
  it('is begun again, and has its results once', async () => {
    const { id } = await room.create({ caseIds: ['C1', 'C2', 'nobody'] });
    // A worker that died in the middle: its rows are there, its run is not over.
    await inTransaction(room.stage.source, { institutionId: BANK }, async (tx) => {
      await tx.query(
        `update screening set state = 'running', run = gen_random_uuid(), touched_at = now() - interval '1 hour' where id = $1`,
        [id],
      );
      await tx.query(`insert into screening_case (institution_id, screening, case_id) values ($1, $2, 'C9')`, [BANK, id]);
    });
    await inTransaction(room.stage.source, { institutionId: '*' }, (tx) => room.worker().sweep(tx, 60_000));
    expect(await woken(id)).toHaveLength(2);
    await Promise.all([room.worker().run(BANK, id), room.worker().run(BANK, id)]);
    await room.worker().run(BANK, id);
    expect(await idsOf(id)).toEqual(['C1 permitted', 'C2 permitted', 'nobody not-judged']);
    expect(await room.stage.sql('select screening from screening_file where screening = $1', [id])).toHaveLength(1);
  });

  it('by the end of its process is handed to another', async () => {
    const { id } = await room.create({});
    const runs = new ScreeningRuns(room.stage.source, room.store);
    const dying = room.worker(runs);
    const running = dying.run(BANK, id);
    dying.beforeApplicationShutdown();
    await running;
    const { state } = await room.service.find(bank, id);
    // It may have been quick enough to end.
    if (state !== 'done') {
      expect(await woken(id)).toHaveLength(2);
      await room.worker().run(BANK, id);
    }
    expect((await room.service.find(bank, id)).cases).toBe(5);
  });

  it('by whoever asked has no results and does not go on', async () => {
    const { id } = await room.create({ caseIds: ['C1'] });
    await expect(room.text(id, 'csv')).rejects.toMatchObject({ kind: { code: 'screening-not-finished' } });
    expect(await room.service.cancel(bank, id)).toMatchObject({ state: 'cancelled', finishedAt: expect.any(String) });
    expect(await room.service.cancel(bank, id)).toMatchObject({ state: 'cancelled' });
    await room.worker().run(BANK, id);
    expect((await room.service.find(bank, id)).state).toBe('cancelled');
    await expect(room.text(id, 'csv')).rejects.toMatchObject({ kind: { code: 'screening-not-finished' } });
    const done = await room.screen({ caseIds: ['C1'] });
    await expect(room.service.cancel(bank, done.id)).rejects.toMatchObject({ kind: { code: 'screening-already-ended' } });
  });

  it('while it runs stops at its next write', async () => {
    const { id } = await room.create({});
    const cancelling = new (class extends ScreeningRuns {
      override carryOut(...[institutionId, of, isLast, work]: Parameters<ScreeningRuns['carryOut']>): Promise<void> {
        return super.carryOut(institutionId, of, isLast, async (run) => {
          await room.service.cancel(bank, id);
          return work(run);
        });
      }
    })(room.stage.source, room.store);
    await room.worker(cancelling).run(BANK, id);
    expect(await room.service.find(bank, id)).toMatchObject({ state: 'cancelled', cases: null });
  });
});

describe('what is kept', () => {
  it('the same key and body is the same screening; another body is refused', async () => {
    const one = await room.create({ caseIds: ['C1'] }, bank, 'k1');
    expect((await room.create({ caseIds: ['C1'] }, bank, 'k1')).id).toBe(one.id);
    await expect(room.create({ caseIds: ['C2'] }, bank, 'k1')).rejects.toMatchObject({ kind: { code: 'idempotency-key-reused' } });
    await expect(room.create({ caseIds: ['C1'], mode: 'informational' }, bank, 'k1')).rejects.toMatchObject({
      kind: { code: 'idempotency-key-reused' },
    });
  });

  it('goes after its days, with its results', async () => {
    const { id } = await room.screen({});
    await room.stage.sql(`update screening set finished_at = finished_at - interval '29 days 23 hours' where id = $1`, [id]);
    const sweep = (): Promise<void> => inTransaction(room.stage.source, { institutionId: '*' }, (tx) => room.worker().sweep(tx, 60_000));
    await sweep();
    expect(await idsOf(id)).toHaveLength(5);
    await room.stage.sql(`update screening set finished_at = finished_at - interval '2 hours' where id = $1`, [id]);
    await room.stage.sql(`insert into screening_case (institution_id, screening, case_id) values ($1, $2, 'C9')`, [BANK, id]);
    await sweep();
    await expect(room.service.find(bank, id)).rejects.toMatchObject({ kind: { code: 'not-found' } });
    expect(await room.stage.sql(`select from screening_file where screening = $1`, [id])).toEqual([]);
    expect(await left('screening_case')).toEqual([{ n: 0 }]);
  });

  it('a template that is not approved is refused; one that is retired meanwhile ends the screening', async () => {
    await expect(room.create({ channel: 'sms', templateId: 'T1' })).rejects.toMatchObject({
      extras: { errors: [{ pointer: '/templateId' }] },
    });
    await room.stage.sql(
      `insert into message_template (institution_id, template_id, version, channel, title, text, variables, author, approved_by, approved_at)
       values ($1, 'T1', 1, 'sms', 't', '您尾号账户余额 {{balance}} 元', '{balance}', 'a', 'b', now())`,
      [BANK],
    );
    const { id } = await room.create({ channel: 'sms', templateId: 'T1' });
    await room.stage.sql(`update message_template set retired_at = now(), retired_by = 'b'`);
    await room.worker().run(BANK, id);
    expect(await room.service.find(bank, id)).toMatchObject({ state: 'failed', failure: { code: 'no-template' } });
  });
});

import { inTransaction } from '#pg';
import { toCommand } from '../clock/event-command.ts';
import { Handling, key, refusalOf } from '../../testing/handling.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';

let stage: Stage;
let room: Handling;

beforeAll(async () => {
  stage = await Stage.open();
  room = new Handling(stage);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-11-23T10:00:00+08:00';
  for (const table of ['stage_milestone', 'stage_entry', 'stage_limit', 'notification']) await stage.sql(`delete from ${table}`);
});

async function begun(more: object = {}): Promise<string> {
  const { id } = await stage.register(more);
  await stage.assignments.assign(supervisor, id, { handler: handler.subject }, 'r');
  expect(await room.stages.begin('bank-1', [id])).toBe(1);
  return id;
}
const move = (
  id: string,
  to: 'investigation' | 'draft' | 'approval' | 'done' | 'first-contact',
  note: string | null = null,
  as = handler,
) => room.stages.move(as, id, { to, note }, null, 'r');
const last = async (id: string) => (await room.stages.track(handler, id, 'r')).entries.at(-1);
const told = () =>
  stage.sql<{ kind: string; recipient: string | null; role: string | null }>(
    'select kind, recipient, recipient_role as role from notification order by id',
  );

describe('stages', () => {
  it('begin with the first contact, once, and follow each other with their times', async () => {
    const id = await begun();
    expect(await Promise.all([1, 2].map(() => room.stages.begin('bank-1', [id])))).toEqual([0, 0]);
    expect(await last(id)).toMatchObject({
      stage: 'first-contact',
      state: 'open',
      dueAt: '2026-11-24T10:00:00+08:00',
      enteredBy: 'system',
    });
    stage.now = '2026-11-23T16:00:00+08:00';
    const track = await move(id, 'investigation');
    expect(track.entries.map(({ stage: at, state, doneBy }) => [at, state, doneBy])).toEqual([
      ['first-contact', 'done', handler.subject],
      ['investigation', 'open', null],
    ]);
    // Five working days from Monday: the end of the next Monday.
    expect(track.entries[1]).toMatchObject({ dueAt: '2026-12-01T00:00:00+08:00', amount: 5, unit: 'working-days' });
    await move(id, 'draft');
    await move(id, 'approval');
    expect((await move(id, 'done')).entries.every(({ doneAt }) => doneAt !== null)).toBe(true);
    const { items } = await stage.complaints.timeline(handler, id, {}, { requestId: 'r', language: 'en' });
    expect(items.filter(({ kind }) => kind === 'stage-entered')).toHaveLength(4);
  });

  it('go another way only with a note, which is sealed, and are moved by who handles or supervises', async () => {
    const id = await begun();
    expect((await refusalOf(move(id, 'draft'))).extras.errors?.[0]?.pointer).toBe('/note');
    expect((await refusalOf(move(id, 'first-contact'))).kind.code).toBe('stage-entered-already');
    const back = await move(id, 'approval', '张三急用', supervisor);
    expect(back.entries.at(-1)).toMatchObject({ stage: 'approval', note: '张三急用' });
    expect((await room.stages.track(principal('regulator'), id, 'r')).entries.at(-1)?.note).toBe('张*急用');
    const stranger = principal('complaint-handler', { subject: 'somebody' });
    expect((await refusalOf(move(id, 'draft', 'x', stranger))).kind.code).toBe('handled-by-other');
    expect((await refusalOf(move(id, 'draft', 'x', principal('complaint-handler', { institutionId: 'bank-2' })))).kind.code).toBe(
      'not-found',
    );
    const [row] = await stage.sql<{ text: string }>(`select string_agg(row_to_json(e)::text, '') as text from stage_entry e`);
    expect(row?.text).not.toContain('急用');
  });

  it('of two who move at once one does; the same key is the same move', async () => {
    const id = await begun();
    const both = await Promise.allSettled([move(id, 'investigation'), move(id, 'investigation')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const again = () => room.stages.move(handler, id, { to: 'draft' }, key(`move-${id}`), 'r');
    const all = await Promise.all([again(), again(), again()]);
    expect(all.map(({ entries }) => entries.length)).toEqual([3, 3, 3]);
  });

  it('never end after the term, and end with the decision', async () => {
    const id = await begun({ receivedAt: '2026-11-09T09:00:00+08:00' });
    // Due 24 November at its end; five working days would be longer.
    const track = await move(id, 'investigation');
    expect(track.entries.at(-1)?.dueAt).toBe('2026-11-25T00:00:00+08:00');
    stage.now = '2026-11-24T10:00:00+08:00';
    await stage.decide(id);
    expect(await last(id)).toMatchObject({ state: 'done', doneBy: 'system:decision', doneAt: '2026-11-24T10:00:00+08:00' });
    expect((await refusalOf(move(id, 'draft'))).kind.code).toBe('stages-over');
  });

  it('stand still with the clock, and gain what the term gains', async () => {
    const id = await begun();
    await move(id, 'investigation');
    stage.now = '2026-11-24T10:00:00+08:00';
    await stage.record(id, toCommand.pause({ reason: 'appraisal', complainantToldAt: '2026-11-24T09:00:00+08:00' }));
    expect((await last(id))?.state).toBe('paused');
    stage.now = '2026-12-04T10:00:00+08:00';
    expect(await room.stageJobs.fire()).toBe(0);
    await stage.record(id, toCommand.resumption({}));
    // Ten days of pause, ten days later.
    expect(await last(id)).toMatchObject({ state: 'open', dueAt: '2026-12-11T00:00:00+08:00' });
    await stage.record(id, toCommand.complexity({}));
    expect((await last(id))?.dueAt).toBe('2026-12-26T00:00:00+08:00');
  });
});

describe('the sweep', () => {
  it('reminds and escalates each once, however many sweep', async () => {
    const id = await begun();
    expect(await room.stageJobs.fire()).toBe(0);
    stage.now = '2026-11-24T04:00:00+08:00';
    await Promise.all([1, 2, 3].map(() => room.stageJobs.fire()));
    expect(await told()).toEqual([{ kind: 'stage-reminder', recipient: handler.subject, role: null }]);
    stage.now = '2026-11-24T10:00:00+08:00';
    await Promise.all([1, 2, 3].map(() => room.stageJobs.fire()));
    expect((await told()).slice(1)).toEqual([{ kind: 'stage-overdue', recipient: null, role: 'complaint-supervisor' }]);
    expect((await last(id))?.state).toBe('overdue');
    stage.now = '2026-11-25T10:00:00+08:00';
    expect(await room.stageJobs.fire()).toBe(0);
  });

  it('waits for nobody who changes a complaint, and leaves only that one for the next sweep', async () => {
    const [held, free] = [await begun(), await begun()];
    stage.now = '2026-11-24T10:00:00+08:00';
    await inTransaction(stage.source, { institutionId: 'bank-1' }, async (tx) => {
      await tx.query('select from complaint where id = $1 for update', [held]);
      expect(await room.stageJobs.fire()).toBe(1);
      expect([(await last(free))?.state, (await told()).length]).toEqual(['overdue', 1]);
    });
    expect(await room.stageJobs.fire()).toBe(1);
  });

  it('tells of nothing that is over', async () => {
    const id = await begun();
    await stage.decide(id);
    stage.now = '2026-11-30T10:00:00+08:00';
    expect(await room.stageJobs.fire()).toBe(0);
    expect(await stage.sql('select from stage_entry where wake_at is not null')).toEqual([]);
  });
});

describe('limits', () => {
  const limits = (hours: number) => [
    { stage: 'first-contact' as const, amount: hours, unit: 'hours' as const },
    { stage: 'first-contact' as const, amount: 1, unit: 'hours' as const, area: 'collection' },
    { stage: 'investigation' as const, amount: 4, unit: 'working-days' as const },
    { stage: 'draft' as const, amount: 2, unit: 'working-days' as const },
    { stage: 'approval' as const, amount: 1, unit: 'working-days' as const },
  ];

  it('are versions; of two who set the next one does, and stages keep theirs', async () => {
    const before = await begun();
    const both = await Promise.allSettled([8, 9].map((hours) => room.stageLimits.set(supervisor, { basedOn: 0, limits: limits(hours) })));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await room.stageLimits.find(handler)).versions.map(({ version }) => version)).toEqual([1, 0]);
    expect((await last(before))?.amount).toBe(24);
    expect((await last(await begun({ category: 'collection-night' })))?.amount).toBe(1);
    expect((await refusalOf(room.stageLimits.set(supervisor, { basedOn: 0, limits: limits(7) }))).kind.code).toBe('stage-limits-changed');
    const refused = await refusalOf(room.stageLimits.set(supervisor, { basedOn: 1, limits: limits(200) }));
    expect(refused.extras.errors?.[0]).toMatchObject({ pointer: '/limits', source: 'CMP20 18' });
  });
});

describe('punctuality', () => {
  it('counts who was in time, by person, unit and stage; what was late stays late', async () => {
    await room.unit('HRB');
    await room.member(handler.subject, { name: '孙晓雯', unit: 'HRB' });
    const [first, second, third] = [await begun(), await begun(), await begun()];
    stage.now = '2026-11-23T14:00:00+08:00';
    await move(first, 'investigation');
    stage.now = '2026-11-24T12:00:00+08:00';
    await move(second, 'investigation');
    // The term gains fifteen days afterwards: the stage was late all the same.
    await stage.record(second, toCommand.complexity({}));
    const period = { from: '2026-11-23', to: '2026-11-24' };
    const view = await room.punctuality.find(supervisor, period);
    expect(view).toMatchObject({ own: false, total: { inTime: 1, late: 1, openOverdue: 1, medianHours: 15 } });
    expect(view.rows).toEqual([{ key: handler.subject, name: '孙晓雯', inTime: 1, late: 1, openOverdue: 1, medianHours: 15 }]);
    expect((await room.punctuality.find(supervisor, { ...period, by: 'unit' })).rows[0]).toMatchObject({ key: 'HRB', late: 1 });
    expect((await room.punctuality.find(supervisor, { ...period, by: 'stage' })).rows[0]).toMatchObject({
      key: 'first-contact',
      inTime: 1,
    });
    const own = await room.punctuality.find(principal('complaint-handler', { subject: 'other' }), period);
    expect(own).toMatchObject({ own: true, rows: [], total: { inTime: 0 } });
    expect(third).toBeDefined();
    expect((await refusalOf(room.punctuality.find(supervisor, { from: '2026-11-02', to: '2026-11-01' }))).kind.code).toBe('invalid');
  });
});

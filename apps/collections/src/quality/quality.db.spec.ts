import type { Principal } from '#auth';
import { hashOf } from '#idempotency';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { QualityRoom } from '../../testing/quality-room.ts';
import { weekBefore } from './plan.service.ts';
import { drawSample } from './sample.ts';
import { PRODUCT_SHEET, type Mark } from './sheet.ts';

const EMPTIED = 'quality_review quality_sample quality_plan quality_sheet quality_setting notice task daily_work contact'.split(' ');
let stage: Stage;
let room: QualityRoom;
const compliance = principal('compliance');
const reviewer = (name: string): Principal => principal('compliance', { subject: name });
const supervisorOf = (agencyId: string): Principal => principal('agency-supervisor', { agencyId, subject: `lead-${agencyId}` });
const key = (text: string) => ({ key: text, hash: hashOf(text, {}) });

beforeAll(async () => {
  stage = await Stage.open();
  room = new QualityRoom(stage);
  await stage.addCases([{ caseId: 'C1' }]);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-11-23T03:00:00+08:00';
  for (const table of EMPTIED) await stage.sql(`delete from ${table}`);
});

/** So many recorded calls of an agency within the week before. */
const addCalls = (
  agencyId: string | null,
  count: number,
  more: { collector?: string; day?: string; institution?: string } = {},
): Promise<unknown> =>
  stage.sql(
    `insert into contact (institution_id, attempt_id, debtor_id, value_index, channel, initiator, agency_id, collector_ids, at, result, time_zone, recording)
     select $1, gen_random_uuid()::text, 'D1', '', 'voice', 'us', $2, array[$3::text], ($4 || ' 10:00+08')::timestamptz + n * interval '1 second', 'conversation', 'Asia/Shanghai', 'rec-' || n
     from generate_series(1, $5) n`,
    [more.institution ?? BANK, agencyId, more.collector ?? 'c1', more.day ?? '2026-11-18', count],
    more.institution,
  );
const setUp = (more: object = {}) =>
  room.plans.set(compliance, {
    percent: 10,
    minimum: 2,
    secondPercent: 0,
    reviewers: [{ person: 'x' }, { person: 'y' }, { person: 'z' }],
    ...more,
  });
const week = { from: '2026-11-16', to: '2026-11-22' };
const draw = () => room.plans.draw(compliance, week, null);
const marks = (more: Record<string, Mark> = {}) => PRODUCT_SHEET.items.map(({ id }) => ({ item: id, mark: more[id] ?? ('met' as const) }));
const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string } }) => error.kind?.code ?? error,
  );
type Open = { id: string; reviewer: string | null; sample: string };
const open = (position: number) =>
  stage.sql<Open>('select id, reviewer, sample from quality_review where position = $1 and done_at is null order by id', [position]);
const tasks = () =>
  stage.sql<{ kind: string; role: string; person: string | null; done: boolean }>(
    'select kind, role, person, done_at is not null as done from task order by kind, id',
  );

describe('the draw', () => {
  it('takes its share of each agency and of the bank, at least the minimum, and can be drawn again from its seed', async () => {
    await setUp();
    await addCalls('agency-a', 40);
    await addCalls('agency-b', 3);
    await addCalls(null, 1);
    // Not of the week, not of the bank.
    await addCalls('agency-a', 5, { day: '2026-11-23' });
    await addCalls('agency-a', 5, { institution: 'bank-2' });
    const plan = await draw();
    expect(plan.layers).toEqual([
      { agencyId: null, recordings: 1, drawn: 1 },
      { agencyId: 'agency-a', recordings: 40, drawn: 4 },
      { agencyId: 'agency-b', recordings: 3, drawn: 2 },
    ]);
    const units = await stage.sql<{ id: string; agencyId: string | null }>(
      `select id, agency_id as "agencyId" from contact where at < '2026-11-23 00:00+08'`,
    );
    const again = drawSample(plan.seed, units, plan).map(({ id }) => id);
    const kept = await stage.sql<{ unit: string }>('select unit from quality_sample order by unit');
    expect(kept.map(({ unit }) => unit)).toEqual(again.toSorted());
    expect((await tasks()).map(({ kind, person }) => [kind, person])).toEqual(
      Array.from({ length: 7 }, () => ['review-recording', expect.stringMatching(/^[xyz]$/)]),
    );
  });

  it('is of a period once, however many ask, and the same for the same key', async () => {
    await setUp();
    await addCalls('agency-a', 10);
    const asked = await Promise.all([1, 2, 3].map(() => codeOf(draw())));
    expect(asked.toSorted()).toEqual(['done', 'period-drawn', 'period-drawn']);
    expect(await codeOf(room.plans.draw(compliance, { from: '2026-11-20', to: '2026-11-21' }, null))).toBe('period-drawn');
    const before = { from: '2026-11-09', to: '2026-11-15' };
    expect(await room.plans.draw(compliance, before, key('d1'))).toEqual(await room.plans.draw(compliance, before, key('d1')));
    expect(await codeOf(room.plans.draw(compliance, { from: '2026-11-23', to: '2026-11-23' }, null))).toBe('period-open');
  });

  it('comes by itself for the week that is over, once, also after days in which nothing ran', async () => {
    await setUp();
    await addCalls('agency-a', 10);
    stage.now = '2026-11-26T09:00:00+08:00';
    const drawn = await Promise.all([1, 2, 3].map(() => room.work.drawDue()));
    expect(drawn.toSorted()).toEqual([0, 0, 1]);
    stage.now = '2026-11-27T09:00:00+08:00';
    expect(await room.work.drawDue()).toBe(0);
    expect((await room.plans.list(compliance, {})).items).toMatchObject([{ ...week, drawnBy: 'system:weekly', drawn: 2, finished: 0 }]);
    expect([weekBefore('2026-11-23'), weekBefore('2026-11-29')]).toEqual([week, week]);
  });

  it('gives nobody what he collected himself', async () => {
    await setUp({ reviewers: [{ person: 'x', collectorIds: ['c1'] }, { person: 'y' }] });
    await addCalls(null, 10, { collector: 'c1' });
    await addCalls('agency-a', 10, { collector: 'y' });
    await draw();
    const rows = await stage.sql<{ reviewer: string; collector: string }>(
      'select r.reviewer, s.collector_ids[1] as collector from quality_review r join quality_sample s on s.id = r.sample',
    );
    expect(new Set(rows.map(({ reviewer: who, collector }) => `${collector}: ${who}`))).toEqual(new Set(['c1: y', 'y: x']));
  });
});

describe('a review', () => {
  it('is done once, by whom it was given to, and is the result', async () => {
    await setUp({ minimum: 1 });
    await addCalls('agency-a', 1);
    await draw();
    const [review] = await open(1);
    const [id, who] = [review?.id ?? '', reviewer(review?.reviewer ?? '')];
    expect(await codeOf(room.reviews.finish(reviewer('stranger'), id, { marks: marks() }, null))).toBe('not-found');
    expect(await codeOf(room.reviews.finish({ ...who, agencyId: 'agency-a' }, id, { marks: marks() }, null))).toBe('not-found');
    expect(await codeOf(room.reviews.finish(who, id, { marks: marks().slice(1) }, null))).toBe('invalid');
    const done = await Promise.all(
      [1, 2, 3].map(() => codeOf(room.reviews.finish(who, id, { marks: marks({ tone: 'not-met' }), comment: '语气稍急' }, null))),
    );
    expect(done.toSorted()).toEqual(['done', 'review-done', 'review-done']);
    const { items } = await room.results.list(compliance, {});
    expect(items).toMatchObject([{ score: 90, fatal: false, passed: true, state: 'finished', agencyId: 'agency-a' }]);
    expect(await tasks()).toMatchObject([{ kind: 'review-recording', done: true }]);
  });

  it('that nobody was named for is of whoever takes it, but not of whoever called', async () => {
    await setUp({ reviewers: [], minimum: 1 });
    await addCalls(null, 1, { collector: 'caller' });
    await draw();
    const [{ items }] = [await room.reviews.list(reviewer('anybody'), {})];
    expect(items).toHaveLength(1);
    const id = items[0]?.id ?? '';
    expect(await codeOf(room.reviews.finish(reviewer('caller'), id, { marks: marks() }, null))).toBe('took-part');
    const [first, again] = [
      await room.reviews.finish(reviewer('anybody'), id, { marks: marks() }, key('f1')),
      await room.reviews.finish(reviewer('anybody'), id, { marks: marks() }, key('f1')),
    ];
    expect(again).toEqual(first);
    expect(first).toMatchObject({ score: 100, reviewer: 'anybody', reference: 'rec-1' });
  });

  it('of one who did not pass opens coaching; what is fatal is judged as well', async () => {
    await setUp({ minimum: 1 });
    await addCalls('agency-a', 1);
    await addCalls(null, 1);
    await draw();
    for (const { id, reviewer: who } of await open(1))
      await room.reviews.finish(reviewer(who ?? ''), id, { marks: marks({ 'no-threat': 'not-met' }) }, null);
    expect((await tasks()).filter(({ done }) => !done)).toMatchObject([
      { kind: 'coach-collector', role: expect.stringMatching(/agency-supervisor|collections-manager/) },
      { kind: 'coach-collector', role: expect.stringMatching(/agency-supervisor|collections-manager/) },
      { kind: 'judge-quality-finding', role: 'compliance' },
      { kind: 'judge-quality-finding', role: 'compliance' },
    ]);
    expect((await room.results.list(compliance, { passed: true })).items).toEqual([]);
    expect((await room.results.list(compliance, { passed: false })).items).toHaveLength(2);
  });
});

describe('calibration', () => {
  const both = async (one: Record<string, Mark>, other: Record<string, Mark>): Promise<void> => {
    await setUp({ secondPercent: 100, minimum: 1 });
    await addCalls('agency-a', 1);
    await draw();
    const [[first], [second]] = [await open(1), await open(2)];
    expect(first?.reviewer).not.toBe(second?.reviewer);
    await Promise.all([
      room.reviews.finish(reviewer(first?.reviewer ?? ''), first?.id ?? '', { marks: marks(one) }, null),
      room.reviews.finish(reviewer(second?.reviewer ?? ''), second?.id ?? '', { marks: marks(other) }, null),
    ]);
  };

  it('ends where both agree, and says how far they do', async () => {
    await both({ tone: 'not-met' }, { tone: 'not-met' });
    expect((await room.results.list(compliance, {})).items).toMatchObject([{ score: 90 }]);
    const view = await room.calibration.find(compliance, { from: '2026-11-23', to: '2026-11-23' });
    expect(view).toMatchObject({
      pairs: 1,
      third: 0,
      reviewers: [
        { exact: 1, milder: 0 },
        { exact: 1, milder: 0 },
      ],
    });
    expect(view.items).toHaveLength(PRODUCT_SHEET.items.length);
  });

  it('has a third decide where two differ, who is neither of them and sees both', async () => {
    await both({ tone: 'not-met' }, {});
    expect((await room.results.list(compliance, {})).items).toEqual([]);
    const [third] = await open(3);
    const two = await stage.sql<{ reviewer: string }>('select reviewer from quality_review where position < 3');
    expect(two.map((each) => each.reviewer)).not.toContain(third?.reviewer);
    const decider = reviewer(third?.reviewer ?? '');
    expect((await room.reviews.find(decider, third?.id ?? '')).earlier.map(({ score }) => score).toSorted()).toEqual([100, 90]);
    await room.reviews.finish(decider, third?.id ?? '', { marks: marks({ tone: 'not-met' }) }, null);
    expect((await room.results.list(compliance, {})).items).toMatchObject([{ score: 90 }]);
    const view = await room.calibration.find(compliance, week.to < '2026-11-23' ? { from: '2026-11-23', to: '2026-11-23' } : week);
    expect(view).toMatchObject({ pairs: 1, third: 1 });
    expect(view.items.find(({ item }) => item === 'tone')).toMatchObject({ exact: 0, kappa: 0 });
    expect(view.reviewers.map(({ milder }) => milder).toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([-10, 10]);
  });

  it('is blind: the second sees nothing of the first', async () => {
    await setUp({ secondPercent: 100, minimum: 1 });
    await addCalls('agency-a', 1);
    await draw();
    const [[first], [second]] = [await open(1), await open(2)];
    await room.reviews.finish(reviewer(first?.reviewer ?? ''), first?.id ?? '', { marks: marks() }, null);
    const seen = await room.reviews.find(reviewer(second?.reviewer ?? ''), second?.id ?? '');
    expect([seen.earlier, seen.marks, seen.comment]).toEqual([[], [], null]);
    expect(await codeOf(room.reviews.find(reviewer(second?.reviewer ?? ''), first?.id ?? ''))).toBe('not-found');
    expect((await room.results.list(compliance, {})).items).toEqual([]);
  });
});

describe('a result', () => {
  let id = '';
  let who = '';
  beforeEach(async () => {
    await setUp({ minimum: 1 });
    await addCalls('agency-a', 1);
    await draw();
    const [review] = await open(1);
    who = review?.reviewer ?? '';
    await room.reviews.finish(reviewer(who), review?.id ?? '', { marks: marks({ 'no-threat': 'not-met' }), comment: '有威胁' }, null);
    id = review?.sample ?? '';
  });
  const how = { idempotency: null, requestId: 'r1' };

  it('is read by its agency, without the names of who reviewed, and by no other', async () => {
    const seen = await room.results.find(supervisorOf('agency-a'), id, 'r1');
    expect(seen).toMatchObject({ score: 0, fatal: true, comment: '有威胁', reviews: [], mayDispute: true, mayAnswer: false });
    expect(await codeOf(room.results.find(supervisorOf('agency-b'), id, 'r1'))).toBe('not-found');
    expect((await room.results.list(supervisorOf('agency-b'), {})).items).toEqual([]);
    expect((await room.results.list(supervisorOf('agency-b'), { agencyId: 'agency-a' })).items).toEqual([]);
    expect(await codeOf(room.results.find(principal('compliance', { institutionId: 'bank-2' }), id, 'r1'))).toBe('not-found');
    expect(await stage.sql(`select from personal_data_read where resource = 'quality-result'`)).not.toEqual([]);
  });

  it('is disputed once by its agency, and answered once by somebody who did not review it', async () => {
    const dispute = () => codeOf(room.results.dispute(supervisorOf('agency-a'), id, { reason: '录音不完整' }, how));
    expect(await codeOf(room.results.dispute(supervisorOf('agency-b'), id, { reason: 'x' }, how))).toBe('not-found');
    expect(await codeOf(room.results.answer(compliance, id, { marks: [], answer: 'x' }, how))).toBe('not-disputed');
    expect((await Promise.all([dispute(), dispute(), dispute()])).toSorted()).toEqual(['disputed-already', 'disputed-already', 'done']);
    expect(await codeOf(room.results.answer(reviewer(who), id, { marks: [], answer: 'x' }, how))).toBe('took-part');
    const request = { marks: marks(), answer: '复听后没有威胁' };
    const [first, again] = [
      await room.results.answer(compliance, id, request, { ...how, idempotency: key('a1') }),
      await room.results.answer(compliance, id, request, { ...how, idempotency: key('a1') }),
    ];
    expect(again).toEqual(first);
    expect(first).toMatchObject({
      score: 100,
      fatal: false,
      passed: true,
      state: 'answered',
      changed: true,
      dispute: '录音不完整',
      answer: request.answer,
    });
    expect(first.reviews).toHaveLength(2);
    expect((await tasks()).filter(({ done }) => !done)).toEqual([]);
    expect(await codeOf(room.results.answer(compliance, id, request, how))).toBe('not-disputed');
  });
});

it('score sheets are versions; a review keeps the one that it was drawn with', async () => {
  await setUp({ minimum: 1 });
  await addCalls('agency-a', 1);
  await draw();
  const item = { id: 'only', weight: 1, fatal: false, zh: '唯一', en: 'only' };
  const made = await room.plans.addSheet(compliance, { passScore: 60, items: [item], note: '新版' }, key('s1'));
  expect(await room.plans.addSheet(compliance, { passScore: 60, items: [item], note: '新版' }, key('s1'))).toEqual(made);
  expect((await room.plans.sheets(compliance)).items.map(({ version }) => version)).toEqual([1, 0]);
  const [review] = await open(1);
  expect((await room.reviews.find(reviewer(review?.reviewer ?? ''), review?.id ?? '')).sheet.version).toBe(0);
  expect(await codeOf(room.plans.addSheet(compliance, { passScore: 60, items: [item, item], note: 'x' }, null))).toBe('invalid');
  const add = () => room.plans.addSheet(compliance, { passScore: 60, items: [item], note: '同时' }, null);
  expect((await Promise.all([add(), add(), add()])).map(({ version }) => version).toSorted()).toEqual([2, 3, 4]);
});

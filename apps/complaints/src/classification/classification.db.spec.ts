import { inTransaction } from '#pg';
import type { ImportRecord } from '#imports';
import { bufferSource, readTable } from '#tabular';
import { CfpbKind } from '../import/cfpb.kind.ts';
import { FileRegistration } from '../import/file-registration.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import { key, SortingStage } from '../../testing/sorting.ts';

const BUREAU = 'bureau-1';
let stage: Stage;
let room: SortingStage;

beforeAll(async () => {
  stage = await Stage.open();
  room = new SortingStage(stage);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

const night = { channel: 'phone', business: 'credit-card', cause: 'collection-frequency', area: 'collection' };
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: { kind?: { code: string } }) => error.kind?.code ?? String(error),
  );
const confirm = (id: string, more: object = {}, who = handler, keyed: string | null = null) =>
  room.classifications.confirm(who, id, { ...night, ...more }, keyed === null ? null : key(keyed), 'r');
const agreed = () => room.agreement.find(supervisor, { from: '2026-11-01', to: '2026-11-30' });

it('is suggested when it comes in, once, with reasons, and confirmed by nobody', async () => {
  const { id } = await stage.register({ narrative: '催收员深夜频繁打信用卡欠款电话', category: 'collection' });
  // Before the job has come by, it is said all the same.
  expect((await room.classifications.find(handler, id, 'r')).suggested.map(({ code }) => code)).toContain('collection-frequency');
  await Promise.all([room.classificationJobs.run(), room.classificationJobs.run()]);
  expect(await stage.sql('select work from arrival where complaint = $1 and work = $2', [id, 'classification'])).toEqual([]);
  const view = await room.classifications.find(handler, id, 'r');
  expect(view).toMatchObject({ confirmed: null, history: [], rulesVersion: 1 });
  expect(view.suggested.find(({ dimension }) => dimension === 'cause')).toMatchObject({
    code: 'collection-frequency',
    reasons: [{ rule: 'cause-frequency', words: ['深夜', '夜间', '频繁'] }],
  });
  expect(view.words).toContainEqual({ dimension: 'area', code: 'collection', zh: '催收', en: 'Collection' });
});

it('is put down by a person once per key, and changed with a reason', async () => {
  const { id } = await stage.register({ narrative: '催收员深夜打信用卡欠款电话', category: 'collection' });
  const first = await confirm(id, {}, handler, 'c1');
  expect(first).toMatchObject({ confirmed: { ...night, tableVersion: 0 }, confirmedBy: 'complaint-handler-1' });
  expect(await confirm(id, {}, handler, 'c1')).toEqual(first);
  expect(await refusal(confirm(id, { cause: 'fees' }))).toBe('reason-needed');
  const second = await confirm(id, { cause: 'fees', reason: '张三 实为年费争议' }, supervisor);
  expect(second.history.map(({ cause, by, reason }) => [cause, by, reason])).toEqual([
    ['fees', 'complaint-supervisor-1', '张三 实为年费争议'],
    ['collection-frequency', 'complaint-handler-1', null],
  ]);
  // The same again is no change.
  expect((await confirm(id, { cause: 'fees' }, supervisor)).history).toHaveLength(2);
  const masked = await room.classifications.find(principal('compliance'), id, 'r');
  expect(masked.history[0]?.reason).toBe('张* 实为年费争议');
  const kinds = await stage.sql<{ kind: string }>(`select kind from timeline where complaint = $1 and kind = 'classified'`, [id]);
  expect(kinds).toHaveLength(2);
});

it('of many who put it down at once, one is the first, and the others need a reason', async () => {
  const { id } = await stage.register({ narrative: '年费争议' });
  const results = await Promise.all(['fees', 'service', 'contract'].map((cause) => refusal(confirm(id, { cause, area: 'card-use' }))));
  expect(results.toSorted()).toEqual(['none', 'reason-needed', 'reason-needed']);
  expect(await stage.sql('select count(*)::int as n from suggestion_outcome where complaint = $1', [id])).toEqual([{ n: 4 }]);
});

it('keeps to the table in force, names the field, and leaves alone who is complained of', async () => {
  const { id } = await stage.register({ against: { staffId: 'complaint-handler-1' } });
  expect(await refusal(confirm(id))).toBe('recused');
  expect(await refusal(confirm(id, { cause: 'nothing' }, supervisor))).toBe('code-unknown');
  expect(await refusal(confirm(id, {}, principal('complaint-handler', { institutionId: 'bank-2' })))).toBe('not-found');
  expect(await refusal(confirm(id, {}, principal('complaint-handler', { agencyId: 'agency-a', subject: 'q' })))).toBe('not-found');
});

it('measures how often it is taken, by dimension, month and rule', async () => {
  const before = await agreed();
  const stolen = () => stage.register({ subject: '盗刷', narrative: '信用卡盗刷', requests: ['赔偿'] });
  const of = (view: Awaited<ReturnType<typeof agreed>>, rule: string) => view.rules.find((each) => each.rule === rule);
  const [a, b] = [await stolen(), await stolen()];
  await confirm(a.id, { cause: 'funds-safety', area: 'card-use' });
  await confirm(b.id, { cause: 'service', area: 'card-use' });
  // What is changed later was taken or not the first time.
  await confirm(b.id, { cause: 'funds-safety', area: 'card-use', reason: '更正' });
  const after = await agreed();
  const cause = (view: typeof after) => view.dimensions.find(({ dimension }) => dimension === 'cause');
  expect((cause(after)?.suggested ?? 0) - (cause(before)?.suggested ?? 0)).toBe(2);
  expect((cause(after)?.taken ?? 0) - (cause(before)?.taken ?? 0)).toBe(1);
  expect(of(after, 'cause-funds')).toMatchObject({ code: 'funds-safety', hits: 2, taken: 1, overruled: 1 });
  expect(after.months.every(({ month }) => month === '2026-11')).toBe(true);
  expect(await refusal(room.agreement.find(supervisor, { from: '2026-11-02', to: '2026-11-01' }))).toBe('invalid');
});

it('has rules of the institution’s own, in versions, that nobody overwrites unseen', async () => {
  const own = {
    negators: { zh: [], en: [] },
    rules: [{ id: 'mine', dimension: 'cause' as const, code: 'systems', weight: 9, zh: ['掉线'] }],
  };
  const set = (version: number, who = supervisor) => room.suggestions.set(who, { version, ...own, note: '自有' });
  const results = await Promise.all([refusal(set(1)), refusal(set(1, principal('compliance')))]);
  expect(results.toSorted()).toEqual(['none', 'stale-setting']);
  const { id } = await stage.register({ subject: '掉线', narrative: '总是掉线' });
  expect((await room.classifications.find(handler, id, 'r')).suggested).toMatchObject([{ code: 'systems' }]);
  const wrong = { ...own, rules: [{ id: 'mine', dimension: 'cause' as const, code: 'nowhere', weight: 9, zh: ['掉线'] }] };
  expect(await refusal(room.suggestions.set(supervisor, { version: 2, ...wrong, note: 'x' }))).toBe('rules-refused');
});

it('leaves aside what cannot be opened, and goes on', async () => {
  const { id } = await stage.register({ narrative: '年费' });
  const broken = await stage.register({ narrative: '年费' });
  await stage.sql(`update complaint set narrative_sealed = '\\x0102' where id = $1`, [broken.id]);
  await room.classificationJobs.run();
  const left = await stage.sql(
    `select complaint, failed_at is not null as failed from arrival where work = 'classification' and complaint = any($1)`,
    [[id, broken.id]],
  );
  expect(left).toEqual([{ complaint: broken.id, failed: true }]);
});

describe('the file of the Bureau', () => {
  const file = [
    'Complaint ID,Product,Sub-product,Issue,Sub-issue,State,ZIP code,Submitted via,Date received,Date sent to company,Company,Company response,Timely response?,Consumer disputed?',
    '1,Debt collection,Credit card,Communication tactics,Frequent or repeated calls,FL,32219,Web,11/13/2014,11/13/2014,"A, Inc.",Closed with explanation,Yes,',
    '2,Credit card,,Late fee,,GA,31721,Postal mail,11/13/2014,11/13/2014,B,Closed with explanation,Yes,',
    '3,Debt collection,,Something never seen,,GA,31721,Fax,11/13/2014,11/13/2014,C,Closed with explanation,Yes,',
  ].join('\n');

  it('is sorted by its columns, and taken for those that are whole', async () => {
    stage.now = '2026-11-21T15:00:00+08:00';
    const kind = new CfpbKind(new FileRegistration(stage.registrations, stage.reading, stage.vault));
    for await (const batch of readTable(bufferSource(Buffer.from(file)), kind.columns))
      await inTransaction(stage.source, { institutionId: BUREAU }, (tx) =>
        kind.storeBatch(tx, { institutionId: BUREAU, requestedBy: 'core' } as ImportRecord, batch),
      );
    await room.classificationJobs.run();
    const done = await inTransaction(stage.source, { institutionId: BUREAU }, async (tx) => {
      const rows = await tx.query<{ id: string }>('select id from complaint where institution_id = $1 order by external_ref', [BUREAU]);
      const ids = rows.map(({ id }) => id);
      const who = principal('complaint-supervisor', { institutionId: BUREAU });
      const records = await Promise.all(ids.map((id) => stage.reading.find(tx, who, id)));
      const taken = await room.classifications.confirmSuggested(tx, records, who.subject, new Date('2026-11-21T07:00:00Z'));
      const of = await room.classifications.of(tx, ids);
      return {
        taken: taken.length,
        codes: ids.map((id) => of.get(id)?.confirmed ?? of.get(id)?.suggested?.suggestions.map(({ code }) => code)),
      };
    });
    expect(done).toEqual({
      taken: 2,
      codes: [
        { channel: 'web', business: 'credit-card', cause: 'collection-frequency', area: 'collection', tableVersion: 0 },
        { channel: 'letter', business: 'credit-card', cause: 'fees', area: 'card-use', tableVersion: 0 },
        // Channel and business alone are known of it.
        ['other-channel', 'debt-collection'],
      ],
    });
  });
});

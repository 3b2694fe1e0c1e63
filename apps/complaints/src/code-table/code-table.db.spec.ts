import { INVALID } from '#problem';
import { BANK, principal, Stage, supervisor } from '../../testing/stage.ts';
import { key, SortingStage } from '../../testing/sorting.ts';
import { OUR_CODES } from './codes.ts';

let stage: Stage;
let room: SortingStage;
const compliance = principal('compliance');
const elsewhere = principal('compliance', { institutionId: 'bank-2' });

beforeAll(async () => {
  stage = await Stage.open();
  room = new SortingStage(stage);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

const codes = (more: readonly object[] = []) => [
  { dimension: 'channel', code: '01', parent: null, zh: '电话', en: 'Phone', validFrom: '2026-01-01' },
  { dimension: 'business', code: '0201', parent: null, zh: '信用卡', en: 'Credit card', validFrom: '2026-01-01' },
  { dimension: 'cause', code: '0301', parent: null, zh: '服务', en: 'Service', validFrom: '2026-01-01' },
  { dimension: 'cause', code: '030101', parent: '0301', zh: '态度', en: 'Attitude', validFrom: '2026-01-01' },
  ...(more as never[]),
];
const put = (note: string, more: readonly object[] = []) => room.tables.put(supervisor, { codes: codes(more), note });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => ({ code: 'none', errors: [] as readonly { pointer: string }[] }),
    (error: { kind: { code: string }; extras: { errors?: readonly { pointer: string }[] } }) => ({
      code: error.kind.code,
      errors: error.extras.errors ?? [],
    }),
  );

it('begins with the product’s own table', async () => {
  const { version, codes: known } = await room.tables.codes(supervisor, undefined);
  expect([version, known.length]).toEqual([0, OUR_CODES.length]);
  expect((await room.tables.list(supervisor)).items).toMatchObject([{ version: 0, state: 'built-in', isInForce: true }]);
});

it('goes from draft to force by four eyes, from its date on, and old codes stay readable', async () => {
  const draft = await put('行内代码');
  expect(draft).toMatchObject({ version: 1, state: 'draft', isInForce: false, codes: 9 });
  expect(draft.changes.filter(({ change }) => change === 'withdrawn').length).toBe(OUR_CODES.length - 5);
  // The same again is the same draft.
  expect((await put('行内代码')).version).toBe(1);
  await room.tables.propose(supervisor, '1', { validFrom: '2026-12-01' }, key('p1'));
  expect((await refusal(room.tables.approve(supervisor, '1', null))).code).toBe('forbidden');
  expect((await refusal(put('另一份'))).code).toBe('code-table-proposed');
  const once = await room.tables.approve(compliance, '1', key('a1'));
  expect(once).toMatchObject({ state: 'published', isInForce: false, approvedBy: 'compliance-1' });
  expect(await room.tables.approve(compliance, '1', key('a1'))).toEqual(once);
  expect((await room.tables.codes(supervisor, undefined)).version).toBe(0);
  expect((await room.tables.codes(supervisor, '2026-12-01')).version).toBe(1);
  stage.now = '2026-12-01T00:00:00+08:00';
  expect((await room.tables.codes(supervisor, undefined)).codes.map(({ code }) => code)).toContain('030101');
  const words = await stageWords();
  expect([words.get('cause 0301')?.zh, words.get('cause fees')?.zh]).toEqual(['服务', '定价与收费']);
});

const stageWords = () => room.desk.read(supervisor, (tx) => room.tables.words(tx, BANK));

it('names every code that is wrong, and the article', async () => {
  const wrong = [
    { dimension: 'cause', code: '0301', parent: '9999', zh: '重', en: 'Twice', validFrom: '2026-01-01' },
    { dimension: 'area', code: 'loans', parent: null, zh: '贷款', en: 'Loans', validFrom: '2026-01-01' },
  ];
  const { code, errors } = await refusal(put('错', wrong));
  expect(code).toBe('codes-refused');
  expect(errors).toEqual([
    { pointer: '/codes/4/parent', detail: expect.stringContaining('9999') },
    { pointer: '/codes/4/code', detail: expect.stringContaining('twice') },
    { pointer: '/codes/5/code', detail: expect.stringContaining('five areas'), source: 'HLJ' },
    { pointer: '/codes', detail: expect.stringContaining('complaint-handling'), source: 'HLJ' },
  ]);
});

it('refuses a parent that goes round', async () => {
  const round = [
    { dimension: 'cause', code: 'a', parent: 'b', zh: '甲', en: 'A', validFrom: '2026-01-01' },
    { dimension: 'cause', code: 'b', parent: 'a', zh: '乙', en: 'B', validFrom: '2026-01-01' },
  ];
  expect((await refusal(put('环', round))).errors.map(({ pointer }) => pointer)).toEqual(['/codes/4/parent', '/codes/5/parent']);
});

async function file(text: string, keyed: string | null = null) {
  const upload = await room.uploads.keep(BANK, 'codes.csv', [Buffer.from(text)]);
  return room.tables.take(supervisor, { fields: { note: '文件' }, upload, fileName: 'codes.csv' }, keyed);
}

it('takes a file, names its rows, and keeps nothing of one that is wrong', async () => {
  const head = 'dimension,code,parent,zh,en,validFrom\n';
  const rows = 'channel,01,,电话,Phone,2026-01-01\nbusiness,02,,信用卡,Card,2026-01-01\ncause,03,,服务,Service,2026-01-01\n';
  const bad = await refusal(file(`${head}${rows}cause,04,,,Nothing,2026-13-01\nreason,05,,别的,Other,2026-01-01\n`));
  expect(bad.errors.map(({ pointer }) => pointer)).toEqual(['/rows/6/dimension']);
  const dates = await refusal(file(`${head}${rows}cause,04,,,Nothing,2026-13-01\n`));
  expect(dates.errors.map(({ pointer }) => pointer)).toEqual(['/rows/5/zh', '/rows/5/validFrom']);
  const taken = await file(`${head}${rows}`, 'f1');
  expect(taken).toMatchObject({ state: 'draft', codes: 8, note: '文件' });
  expect((await file(`${head}${rows}`, 'f1')).version).toBe(taken.version);
  expect((await refusal(file('a,b\n1,2\n'))).code).toBe(INVALID.code);
  expect(await stage.sql('select id from upload')).toEqual([]);
});

it('of two who approve at once, one does, and never who proposed', async () => {
  const { version } = await put('并发');
  await room.tables.propose(supervisor, String(version), { validFrom: '2027-01-01' }, null);
  const others = ['x', 'y'].map((subject) => principal('compliance', { subject }));
  const results = await Promise.all([supervisor, ...others].map((who) => refusal(room.tables.approve(who, String(version), null))));
  expect(results[0]?.code).not.toBe('none');
  expect(
    results
      .slice(1)
      .map(({ code }) => code)
      .toSorted(),
  ).toEqual(['code-table-state', 'none']);
});

it('comes into force neither in the past nor before what is published, and is given back with a reason', async () => {
  const { version } = await put('下一版');
  const asked = (validFrom: string) => refusal(room.tables.propose(supervisor, String(version), { validFrom }, null));
  expect((await asked('2026-11-20')).errors).toMatchObject([{ pointer: '/validFrom' }]);
  expect((await asked('2026-12-15')).errors).toMatchObject([{ pointer: '/validFrom', detail: expect.stringContaining('2027-01-01') }]);
  await room.tables.propose(supervisor, String(version), { validFrom: '2027-02-01' }, null);
  const back = await room.tables.giveBack(compliance, String(version), '缺少征信类', null);
  expect(back).toMatchObject({ state: 'draft', returnedBy: 'compliance-1', returnReason: '缺少征信类', validFrom: null });
});

it('is not there for other institutions and for agencies', async () => {
  expect((await refusal(room.tables.find(elsewhere, '1'))).code).toBe('not-found');
  expect((await refusal(room.tables.list(principal('complaint-handler', { agencyId: 'a-1' })))).code).toBe('not-found');
});

import { hashOf } from '#idempotency';
import { LETTER } from '../../testing/delivery-room.ts';
import { principal, Stage } from '../../testing/stage.ts';
import { ActService } from '../act/act.service.ts';
import { ActStore } from '../act/act.store.ts';
import type { TemplateRequest } from './message.dto.ts';
import { MessageService } from './message.service.ts';
import { MessageStore } from './message.store.ts';
import { TextScreeningService } from './screening.service.ts';
import { SettingStore } from './setting.store.ts';
import type { FieldError } from '#problem';

let stage: Stage;
let messages: MessageService;
const author = principal('compliance');
const second = principal('compliance', { subject: 'compliance-2' });

beforeAll(async () => {
  stage = await Stage.open();
  messages = new MessageService(stage.source, stage.clock, new MessageStore(), new ActService(new ActStore(), stage.vault));
});
afterAll(() => stage.close());

const request = (templateId: string, more: Partial<TemplateRequest> = {}): TemplateRequest => ({
  templateId,
  channel: 'sms',
  title: '还款提醒',
  text: '{{debtorName}}您好，您的信用卡欠款{{ balance }}元，请联系{{bankContact}}。',
  ...more,
});
const create = (templateId: string, more: Partial<TemplateRequest> = {}, key: string | null = null) =>
  messages.create(author, request(templateId, more), key === null ? null : { key, hash: hashOf('x', more) });
const approve = (templateId: string, version = 1, by = second) => messages.approve(by, { templateId, version: String(version) }, null);
const refusal = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string }; extras?: { errors?: readonly { detail: string }[] } }) => [
      error.kind?.code,
      error.extras?.errors?.[0]?.detail,
    ],
  );
const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
  const said = await refusal(work);
  return Array.isArray(said) ? said[0] : said;
};

describe('a template', () => {
  it('has versions that count from 1 and know their variables', async () => {
    expect(await create('t1')).toMatchObject({
      version: 1,
      state: 'draft',
      variables: ['debtorName', 'balance', 'bankContact'],
      author: 'compliance-1',
    });
    expect(await create('t1', { text: '请联系{{bankContact}}' })).toMatchObject({ version: 2, variables: ['bankContact'] });
    const many = await Promise.all(Array.from({ length: 8 }, () => create('t1')));
    expect(many.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await codeOf(create('t1', { channel: 'email' }))).toBe('other-channel');
  });

  it('asked for twice with one key is one version', async () => {
    const all = await Promise.all([1, 2, 3].map(() => create('t2', {}, 'k1')));
    expect(all.map(({ version }) => version)).toEqual([1, 1, 1]);
  });

  it('is approved by a second person, once', async () => {
    await create('t3');
    expect(await codeOf(approve('t3', 1, author))).toBe('own-template');
    const both = await Promise.all([codeOf(approve('t3')), codeOf(approve('t3'))]);
    expect(both.toSorted()).toEqual(['already-approved', 'done']);
    expect((await messages.list(author, { templateId: 't3' })).items).toMatchObject([{ state: 'approved', approvedBy: 'compliance-2' }]);
    for (const version of ['2', '0', 'x', '99999999999'])
      expect(await codeOf(messages.approve(second, { templateId: 't3', version }, null))).toBe('not-found');
    expect(await codeOf(approve('t3', 1, principal('compliance', { institutionId: 'bank-2' })))).toBe('not-found');
  });

  it('is retired, approved or not, and then approved no more', async () => {
    await create('t4');
    const retire = () => messages.retire(author, { templateId: 't4', version: '1' }, { reason: '过时' }, null);
    expect(await retire()).toMatchObject({ state: 'retired', retiredBy: 'compliance-1' });
    expect(await codeOf(retire())).toBe('template-retired');
    expect(await codeOf(approve('t4'))).toBe('template-retired');
    const acts = await stage.sql(`select action from register_act where resource = 'message-template/t4/1' order by id`);
    expect(acts).toEqual([{ action: 'template-created' }, { action: 'template-retired' }]);
  });

  it.each([
    ['再不还钱就起诉并上门抓你', 'content-refused'],
    ['您欠款5000元，请还款', 'content-refused'],
    ['请付{{interest}}', 'invalid'],
    ['请付{balance}', 'invalid'],
    ['请付{{balance}', 'invalid'],
  ])('%s is refused, and why', async (text, code) => {
    const said = await refusal(create('t5', { text }));
    expect(said).toEqual([code, expect.stringMatching(/\S/)]);
  });

  it('is listed by state and channel, by page', async () => {
    await create('t6', { channel: 'letter', text: null, blocks: LETTER });
    expect((await messages.list(author, { channel: 'letter' })).items.map(({ templateId }) => templateId)).toEqual(['t6']);
    const first = await messages.list(author, { templateId: 't1', limit: 6 });
    const rest = await messages.list(author, { templateId: 't1', limit: 6, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...rest.items].map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect((await messages.list(author, { state: 'approved' })).items.map(({ templateId }) => templateId)).toEqual(['t3']);
    expect((await messages.list(principal('compliance', { institutionId: 'bank-2' }), {})).items).toEqual([]);
  });
});

describe('a letter', () => {
  const letter = (blocks: readonly { kind: string; text: string }[]) =>
    create('letter-1', { channel: 'letter', text: null, blocks: [...blocks] }).then(
      () => [],
      (error: { extras: { errors: readonly FieldError[] } }) => error.extras.errors,
    );

  it('has every item of CC11 Art. 69, or is refused with the article', async () => {
    expect(await letter(LETTER)).toEqual([]);
    for (const { kind } of LETTER) {
      const errors = await letter(LETTER.filter((block) => block.kind !== kind));
      expect(errors).toMatchObject([
        { pointer: '/blocks', source: 'CC11 69', detail: expect.stringContaining(`the ${kind} paragraph is missing`) },
      ]);
    }
    expect(await letter([])).toHaveLength(8);
    expect(await codeOf(create('letter-1', { channel: 'letter' }))).toBe('invalid');
    expect(await codeOf(create('t1', { channel: 'sms', blocks: [...LETTER] }))).toBe('invalid');
  });

  it('has paragraphs that say what they are for', async () => {
    const said = (kind: string, text: string) => letter(LETTER.map((block) => (block.kind === kind ? { kind, text } : block)));
    expect(await said('objection', '祝您生活愉快。')).toMatchObject([{ pointer: '/blocks/4/text', source: 'CC11 69' }]);
    expect(await said('name-and-balance', '{{debtorName}}：您有欠款。')).toMatchObject([
      { pointer: '/blocks/0/text', detail: expect.stringContaining('{{balance}}'), source: 'CC11 69' },
    ]);
    expect(await said('closing', 'x')).toEqual([]);
    expect(await letter([...LETTER, { kind: 'query', text: '查询' }])).toMatchObject([{ pointer: '/blocks/8' }]);
    expect(await said('query', '查询\n\n账单')).toMatchObject([{ pointer: '/blocks/3/text' }]);
    expect(await said('rights-and-duties', '您有义务还款，否则通知单位领导。')).toMatchObject([
      { pointer: '/blocks/2/text', source: 'HLJ 21-22, CBA26 bans', detail: expect.stringContaining('exposure') },
    ]);
    expect(await said('rights-and-duties', '您有义务归还5000元。')).toMatchObject([
      { pointer: '/blocks/2/text', source: 'CC11 69, HLJ 21-22' },
    ]);
  });
});

describe('a text that is being written', () => {
  const screenings = () => new TextScreeningService(stage.source, new SettingStore());
  const matches = async (text: string, caseId?: string, by = author) => (await screenings().screen(by, { text, caseId }, 'zh')).matches;

  it('is told where it breaks which ban, in Chinese and English, however it is written', async () => {
    const text = '您好。不还款将列入黑 名.单并通知单位领导';
    expect(await matches(text)).toMatchObject([
      { ban: 'blacklist', words: '黑名单', source: 'HLJ 21-22, CBA26 bans', name: '虚构黑名单或惩戒', from: 9, to: 14 },
      { ban: 'exposure', words: '通知…领导', from: 15, to: 21 },
    ]);
    expect(text.slice(9, 14)).toBe('黑 名.单');
    const english = 'Dear 😀 client: you are b.l.a.c.k.l.i.s.t.e.d, or we TELL your employer.';
    expect((await matches(english)).map(({ ban, from, to }) => [ban, english.slice(from, to)])).toEqual([
      ['blacklist', 'b.l.a.c.k.l.i.s.t.e.d'],
      ['exposure', 'TELL your employer'],
    ]);
    expect(await matches('我们不会通知您的家人。')).toEqual([]);
  });

  it('has its amounts compared with the ledger, and is stored nowhere', async () => {
    await stage.addCases([{ caseId: 'S1', debtorId: 'DS1', agencyId: 'a1' }]);
    expect(await matches('您欠款５０００.01元', 'S1')).toMatchObject([
      { ban: 'amount', words: '5000.01元', from: 3, to: 11, source: 'CC11 69, HLJ 21-22' },
    ]);
    expect(await matches('您欠款5,000元', 'S1')).toEqual([]);
    expect(await screenings().screen(author, { text: '您欠款5元' }, 'en')).toEqual({ verdict: 'clean', matches: [], unknownAmounts: true });
    expect(await codeOf(matches('x', 'S1', principal('agent', { agencyId: 'a2' })))).toBe('not-found');
    expect(await matches('我们是某某银行信用卡中心', 'S1', principal('agent', { agencyId: 'a1' }))).toMatchObject([{ ban: 'posing-bank' }]);
    expect(await stage.sql('select 1 from decision')).toEqual([]);
  });
});

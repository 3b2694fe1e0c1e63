import { hashOf } from '#idempotency';
import { principal, Stage } from '../../testing/stage.ts';
import { ActService } from '../act/act.service.ts';
import { ActStore } from '../act/act.store.ts';
import type { TemplateRequest } from './message.dto.ts';
import { MessageService } from './message.service.ts';
import { MessageStore } from './message.store.ts';

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
    expect(await codeOf(create('t1', { channel: 'letter' }))).toBe('other-channel');
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
    await create('t6', { channel: 'letter' });
    expect((await messages.list(author, { channel: 'letter' })).items.map(({ templateId }) => templateId)).toEqual(['t6']);
    const first = await messages.list(author, { templateId: 't1', limit: 6 });
    const rest = await messages.list(author, { templateId: 't1', limit: 6, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...rest.items].map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect((await messages.list(author, { state: 'approved' })).items.map(({ templateId }) => templateId)).toEqual(['t3']);
    expect((await messages.list(principal('compliance', { institutionId: 'bank-2' }), {})).items).toEqual([]);
  });
});

import { hashOf } from '#idempotency';
import { codeOf, collectorRoom, type CollectorRoom } from '../../testing/collector-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import type { ScriptRequest } from './script.dto.ts';

let stage: Stage;
let room: CollectorRoom;
const author = principal('compliance');
const second = principal('collections-manager');

beforeAll(async () => {
  stage = await Stage.open();
  room = collectorRoom(stage);
  await stage.addAgencies(['A1', 'A2']);
  await stage.addCases([
    { caseId: 'C1', debtorId: 'D1', debtorName: '张三', partyName: '张三' },
    { caseId: 'CA', debtorId: 'DA', contactPoint: '+8613800000002', agencyId: 'A1', partyName: '李四' },
  ]);
});
afterAll(() => stage.close());

const request = (scriptId: string, more: Partial<ScriptRequest> = {}): ScriptRequest => ({
  scriptId,
  channel: 'voice',
  language: 'zh',
  audience: 'debtor',
  title: '首次提醒',
  identity:
    '您好，我是{{organisation}}的{{callerName}}，工号{{collectorNumber}}，受{{bankName}}委托，就逾期还款与您联系，本次通话将被录音。',
  text: '{{debtorName}}，您欠款{{balance}}{{currency}}，自{{overdueSince}}起逾期。',
  ...more,
});

describe('a script', () => {
  it('without the identity statement is refused with its article', async () => {
    const error: unknown = await room.scripts
      .create(author, request('bad', { identity: '您好，请还款。' }), null)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      kind: { code: 'script-refused' },
      extras: { errors: expect.arrayContaining([expect.objectContaining({ source: 'HLJ 21, CBA26' })]) },
    });
  });

  it('has versions, and each is approved by a second person, once', async () => {
    const key = { key: 's1', hash: hashOf('s', 1) };
    const made = await Promise.all([1, 2, 3].map(() => room.scripts.create(author, request('s1'), key)));
    expect(made.map(({ version }) => version)).toEqual([1, 1, 1]);
    const many = await Promise.all([1, 2, 3].map(() => room.scripts.create(author, request('s1'), null)));
    expect(many.map(({ version }) => version).toSorted()).toEqual([2, 3, 4]);
    expect(await codeOf(room.scripts.approve(author, { scriptId: 's1', version: '1' }, null))).toBe('own-script');
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(room.scripts.approve(second, { scriptId: 's1', version: '1' }, null))));
    expect(codes.toSorted()).toEqual(['done', 'script-approved', 'script-approved']);
    await room.scripts.retire(author, { scriptId: 's1', version: '1' }, 'old', null);
    expect(await codeOf(room.scripts.retire(author, { scriptId: 's1', version: '1' }, 'old', null))).toBe('script-retired');
    expect(
      await codeOf(room.scripts.approve(principal('compliance', { institutionId: 'bank-2' }), { scriptId: 's1', version: '2' }, null)),
    ).toBe('not-found');
  });

  it('is read out for the case, filled from the register, the closest first', async () => {
    for (const [id, more] of [
      ['all', {}],
      ['early', { stages: ['M1', 'M2', 'M3'] }],
      ['loan', { products: ['消费贷'] }],
      ['english', { language: 'en' }],
      ['draft', {}],
    ] as const) {
      await room.scripts.create(author, request(id, more as Partial<ScriptRequest>), null);
      if (id !== 'draft') await room.scripts.approve(second, { scriptId: id, version: '1' }, null);
    }
    const bank = await room.reading.forCase(principal('agent', { subject: '8001' }), 'C1', {}, 'r');
    expect(bank.items.map(({ scriptId }) => scriptId)).toEqual(['early', 'all']);
    expect(bank.items[0]).toMatchObject({
      identity: '您好，我是演示银行的{{callerName}}，工号8001，受演示银行委托，就逾期还款与您联系，本次通话将被录音。',
      text: '张三，您欠款5000.00CNY，自2026-09-01起逾期。',
      missing: ['callerName'],
    });
    // A login that nobody says is not said.
    const person = await room.reading.forCase(principal('agent', { subject: '85fbd067-44ef-42d1-92cd-da126ca96899' }), 'C1', {}, 'r');
    expect(person.items[0]?.missing).toEqual(['callerName', 'collectorNumber']);
    await stage.sql(
      `insert into message_setting (institution_id, bank_name, bank_contact, sender_address, set_by, set_at) values ($1, '哈城银行', '95000', '哈尔滨', 'x', now())`,
      [BANK],
    );
    const named = await room.reading.forCase(principal('agent', { subject: '8001' }), 'C1', {}, 'r');
    expect(named.items[0]?.identity).toContain('受哈城银行委托');
    const agency = await room.reading.forCase(principal('agent', { agencyId: 'A1' }), 'CA', { collectorId: 'c1' }, 'r');
    expect(agency.items[0]?.identity).toContain('我是A1的王五，工号c1，受哈城银行委托');
    expect(await codeOf(room.reading.forCase(principal('agent', { agencyId: 'A2' }), 'CA', {}, 'r'))).toBe('not-found');
    expect(await stage.sql(`select resource_ids as ids from personal_data_read where fields = '{parties.name}' order by id`)).toEqual([
      { ids: ['C1'] },
      { ids: ['C1'] },
      { ids: ['C1'] },
      { ids: ['CA'] },
    ]);
  });
});

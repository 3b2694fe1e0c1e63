import type { FactsJson, ProposedJson } from '#contact-rules';
import { Refusal } from '#problem';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import type { AttemptRequest } from './contact.dto.ts';
import { pointToken } from './facts.ts';

// What a decision is made on, as it is kept: from where in the register, and how far back.

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

let serial = 0;
async function newCase(more: Parameters<Stage['addCases']>[0][number] = {}): Promise<string> {
  serial += 1;
  const id = String(serial).padStart(4, '0');
  await stage.addCases([{ caseId: `C${id}`, debtorId: `D${id}`, contactPoint: `+861390001${id}`, ...more }]);
  return `C${id}`;
}
const debtorOf = (caseId: string): string => `D${caseId.slice(1)}`;

interface Kept {
  readonly proposed: ProposedJson;
  readonly facts: FactsJson;
  readonly all: string;
  readonly sealed: Buffer | null;
}

async function decided(caseId: string, more: Partial<AttemptRequest> = {}, agencyId: string | null = null): Promise<Kept> {
  const { id } = await stage.ask(caseId, more, principal('integration', { agencyId }));
  const [row] = await stage.sql<Kept>(
    `select proposed, facts, message_sealed as sealed, proposed::text || facts::text || outcome::text as all from decision where id = $1`,
    [id],
  );
  if (!row) throw new Error('nothing was kept');
  expect((await stage.outcomes.replay(principal('regulator'), id, 'en')).identical).toBe(true);
  return row;
}

/** A contact of the past, as a log would bring it. */
async function past(
  caseId: string,
  at: string,
  more: { result?: string; role?: string; party?: string; channel?: string } = {},
): Promise<void> {
  await stage.sql(
    `insert into contact (institution_id, attempt_id, debtor_id, case_id, debt_id, party_id, party_role, value_index, channel, mode, purpose, initiator, collector_ids, at, result, time_zone)
     select institution_id, gen_random_uuid()::text, $2, case_id, debt_id, $5, $6, '\\x01', $7, 'interactive', 'collect', 'us', '{c9}', $3, $4, 'Asia/Shanghai'
     from collection_case where case_id = $1`,
    [caseId, debtorOf(caseId), at, more.result ?? 'no-answer', more.party ?? 'P1', more.role ?? 'debtor', more.channel ?? 'voice'],
  );
}

const startedAt = ({ facts }: Kept): (string | undefined)[] => (facts.history ?? []).map((one) => one.startedAt);

describe('an agency', () => {
  beforeAll(() =>
    stage.sql(
      `with a as (insert into agency (institution_id, agency_id, name, status, published, contract_from, contract_to, last_evaluated_on)
         values ('${BANK}', 'A01', '甲', 'active', true, '2026-01-01', null, '2026-03-01'), ('${BANK}', 'A02', '乙', 'suspended', false, null, null, null)),
       s as (insert into agency_staff (institution_id, agency_id, collector_id, name_sealed, certificate_until, active, content_hash)
         values ('${BANK}', 'A01', 'c1', '', '2027-01-01', true, ''), ('${BANK}', 'A01', 'c2', '', null, true, ''), ('${BANK}', 'A01', 'gone', '', '2027-01-01', false, ''),
           ('${BANK}', 'A01', 'other', '', '2027-01-01', true, ''), ('${BANK}', 'A02', 'elsewhere', '', '2027-01-01', true, ''))
       insert into agency_device (institution_id, agency_id, device_id, collector_id, retired_at)
         values ('${BANK}', 'A01', 't1', 'c1', null), ('${BANK}', 'A01', 't1', 'c2', now()), ('${BANK}', 'A01', 't2', 'c1', now())`,
    ),
  );

  it('is described by the register, with the asked collectors and the asked device alone', async () => {
    const caseId = await newCase({ agencyId: 'A01' });
    const { facts } = await decided(caseId, { collectorIds: ['c2', 'c1', 'gone', 'elsewhere'], deviceId: 't1' }, 'A01');
    expect(facts.agency).toEqual({
      agencyId: 'A01',
      status: 'active',
      published: true,
      entrusted: true,
      contract: { from: '2026-01-01', to: null },
      lastEvaluatedOn: '2026-03-01',
      collectors: [
        { id: 'c1', certificateUntil: '2027-01-01' },
        { id: 'c2', certificateUntil: null },
      ],
      devices: ['t1'],
    });
    expect((await decided(caseId, { deviceId: 't2' }, 'A01')).facts.agency?.devices).toEqual([]);
  });

  it('that is suspended, has no contract, or is not in the register is so in the facts', async () => {
    expect((await decided(await newCase({ agencyId: 'A02' }), {}, 'A02')).facts.agency).toMatchObject({
      status: 'suspended',
      contract: null,
      collectors: [],
    });
    expect((await decided(await newCase({ agencyId: 'A03' }), {}, 'A03')).facts.agency).toBeNull();
  });

  it('is nobody where the bank itself asks', async () => {
    const { facts, proposed } = await decided(await newCase({ agencyId: 'A01' }));
    expect([facts.agency, proposed.agencyId]).toEqual([null, null]);
  });
});

describe('the debtor and the number', () => {
  it('the asked number comes with its source and status; zones, region and referral with the case', async () => {
    const caseId = await newCase({ contactSource: 'bank-records', zones: ['America/Denver'], region: '230100', referralNoticeAt: null });
    await stage.sql(
      `update contact_point set status = 'invalid' where party in (select p.id from party p join collection_case c on c.id = p.collection_case where c.case_id = $1)`,
      [caseId],
    );
    await stage.sql(`update collection_case set referral_notice_at = '2026-11-01T09:00:00+08:00' where case_id = $1`, [caseId]);
    const { facts, proposed } = await decided(caseId);
    expect(facts.contactPoints).toEqual([
      { value: proposed.contactPoint, partyId: 'P1', partyRole: 'debtor', channel: 'voice', status: 'invalid', source: 'bank-records' },
    ]);
    expect(facts).toMatchObject({ timeZone: 'Asia/Shanghai', timeZones: ['America/Denver'], region: '230100', agency: null });
    expect(facts.case).toMatchObject({ referralNoticeAt: '2026-11-01T01:00:00.000Z' });
  });

  it('opt-outs are those of the party, whichever case they were said in', async () => {
    const caseId = await newCase();
    const other = `${caseId}-2`;
    await stage.addCases([{ caseId: other, debtorId: debtorOf(caseId), contactPoint: '+8613900090001' }]);
    await stage.sql(
      `insert into opt_out (institution_id, debtor, party_id, channel, value_index, at, withdrawn_at, evidence)
       select '${BANK}', id, party, channel, index, '2026-11-01T09:00:00+08:00', null, 'x' from debtor,
         (values ('P1', 'voice', null::bytea), ('P1', null, '\\x0102'::bytea), ('P2', null, null)) as o(party, channel, index) where debtor_id = $1`,
      [debtorOf(caseId)],
    );
    const { facts } = await decided(other);
    const said = { partyId: 'P1', at: '2026-11-01T01:00:00.000Z', withdrawnAt: null };
    expect(facts.optOuts).toHaveLength(2);
    expect(facts.optOuts).toEqual(
      expect.arrayContaining([
        { ...said, channel: 'voice', contactPoint: null },
        { ...said, channel: null, contactPoint: pointToken('0102') },
      ]),
    );
  });
});

describe('the history', () => {
  it('goes back 30 hours, and further where the version in force counts further', async () => {
    const [caseId, card] = [await newCase({ product: '信用卡' }), await newCase({ product: '消费贷' })];
    for (const one of [caseId, card])
      for (const at of ['2026-11-13T15:00:01+08:00', '2026-11-20T09:00:00+08:00', '2026-11-20T09:00:01+08:00']) await past(one, at);
    expect(startedAt(await decided(caseId))).toEqual(['2026-11-20T01:00:01.000Z']);
    // As it would be for a week's counter.
    await stage.publish({}, { product: '别的' });
    await stage.sql(
      `insert into policy_version (institution_id, number, product, content, sha256, history_ms, effective_from, note, author, approved_by, approved_at)
       select institution_id, 77, '信用卡', content, sha256, 8 * 86400000, effective_from, note, author, approved_by, approved_at from policy_version where product = '别的'`,
    );
    const wide = await decided(caseId);
    expect(startedAt(wide).slice(0, 3)).toEqual(['2026-11-13T07:00:01.000Z', '2026-11-20T01:00:00.000Z', '2026-11-20T01:00:01.000Z']);
    expect(wide.facts.history?.[0]).toMatchObject({ debtId: 'L1', purpose: 'collect', collectorIds: ['c9'] });
    expect(startedAt(await decided(card))).toEqual(['2026-11-20T01:00:01.000Z']);
  });

  it('of a debtor who is looked for goes back to the last contact, and names the numbers', async () => {
    const caseId = await newCase();
    await stage.addCases([
      { caseId, debtorId: debtorOf(caseId), contactPoint: '+8613900090011', contactChannel: 'sms' },
      { caseId, debtorId: debtorOf(caseId), partyId: 'P2', partyRole: 'related', partyName: '李四', contactPoint: '+8613900090012' },
    ]);
    await past(caseId, '2026-10-01T10:00:00+08:00');
    await past(caseId, '2026-10-02T10:00:00+08:00', { result: 'conversation' });
    await past(caseId, '2026-10-03T10:00:00+08:00');
    await past(caseId, '2026-10-04T10:00:00+08:00', { result: 'cancelled' });
    await past(caseId, '2026-10-05T10:00:00+08:00', { role: 'related', party: 'P2' });
    await past(caseId, '2026-10-06T10:00:00+08:00', { role: 'related', party: 'P2', result: 'refused' });
    const of = (purpose: AttemptRequest['purpose'], partyId: string): Promise<Kept> => decided(caseId, { partyId, purpose });
    const located = await of('locate', 'P2');
    expect(startedAt(located)).toEqual(['2026-10-02T02:00:00.000Z', '2026-10-03T02:00:00.000Z', '2026-10-06T02:00:00.000Z']);
    expect(located.facts.contactPoints?.map(({ partyRole, channel }) => `${partyRole} ${channel}`).toSorted()).toEqual([
      'debtor sms',
      'debtor voice',
      'related voice',
    ]);
    expect(startedAt(await of('remind', 'P2'))[0]).toBe('2026-10-06T02:00:00.000Z');
    expect(startedAt(await of('locate', 'P1')).filter((at) => (at ?? '') < '2026-11')).toEqual([]);
  });
});

describe('a message', () => {
  beforeAll(() =>
    stage.sql(
      `insert into message_template (institution_id, template_id, version, channel, title, text, variables, author, approved_by, approved_at) values
         ('${BANK}', 'due', 1, 'sms', '到期', '{{debtorName}}，欠款{{balance}}{{currency}}，请联系{{ bankContact }}。', '{}', 'a', 'b', now()),
         ('${BANK}', 'due', 2, 'sms', '到期', '{{debtorName}}欠款{{balance}}', '{}', 'a', null, null)`,
    ),
  );

  const variables = { debtorName: '张三丰', bankContact: 95588, balance: '1.00' };

  it('is the newest approved version, filled in; what the ledger knows is the ledger’s; text and variables are sealed', async () => {
    const { proposed, all, sealed } = await decided(await newCase(), { channel: 'sms', message: { templateId: 'due', variables } });
    expect(proposed.message).toEqual({ templateId: 'due', version: 1, approved: true });
    expect(all).not.toMatch(/张三丰|95588/);
    expect(JSON.parse(stage.vault.open(sealed ?? Buffer.alloc(0), 'decision.message'))).toEqual({
      text: '张三丰，欠款5000.00CNY，请联系95588。',
      variables,
    });
  });

  it.each([
    ['a version that nobody approved', 'sms', { templateId: 'due', version: 2, variables }, false],
    ['a template of another channel', 'im', { templateId: 'due', variables }, false],
    ['a text that is the template filled in', 'sms', { templateId: 'due', text: '李四，欠款5000.00CNY，请联系95588。' }, true],
    ['a text with something added', 'sms', { templateId: 'due', text: '李四，欠款5000.00CNY，请联系95588。否则上门' }, false],
    ['a free text', 'sms', { text: '你好' }, null],
  ] as const)('%s', async (_what, channel, message, approved) => {
    expect((await decided(await newCase(), { channel, message })).proposed.message?.approved).toBe(approved);
  });

  it.each([
    ['a template that there is not', { templateId: 'none' }, '/message/templateId'],
    ['a version that there is not', { templateId: 'due', version: 3 }, '/message/templateId'],
    ['a variable that nobody gave', { templateId: 'due', variables: { debtorName: '张' } }, '/message/variables/bankContact'],
    [
      'a variable that is no word',
      { templateId: 'due', variables: { debtorName: { a: 1 }, bankContact: '1' } },
      '/message/variables/debtorName',
    ],
  ])('%s is an error that names it', async (_what, message, pointer) => {
    const error = await stage.ask(await newCase(), { channel: 'sms', message }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Refusal);
    expect(new Set((error as Refusal).extras.errors?.map((one) => one.pointer))).toEqual(new Set([pointer]));
  });

  it('is looked at by its template alone where nobody asks for a permit yet', async () => {
    const caseId = await newCase();
    const look = (templateId: string) => stage.gate.contactability(principal('agent'), caseId, { channel: 'sms', templateId }, 'en');
    await expect(look('due')).resolves.toMatchObject({ partyId: 'P1' });
    await expect(look('none')).rejects.toBeInstanceOf(Refusal);
  });
});

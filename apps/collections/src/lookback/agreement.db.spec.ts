import type { Principal } from '#auth';
import { inTransaction } from '#pg';
import { RandomPortfolio } from '../../testing/random-portfolio.ts';
import { ScreeningRoom } from '../../testing/screening-room.ts';
import { BANK, principal } from '../../testing/stage.ts';
import type { Contactability } from '../contact/answer.ts';
import type { AttemptRequest } from '../contact/contact.dto.ts';
import { EvaluationService } from '../contact/evaluation.service.ts';
import { PolicyService } from '../policy/policy.service.ts';
import { LookBack } from './engine.ts';
import { LookbackRegister } from './lookback.register.ts';
import { LOG_COLUMNS, checkCells, readLine, type LogRow } from './log-row.ts';
import { byDate, type PolicyTimeline } from './policies.ts';
import type { Registered } from './register.ts';

const NOW = '2026-11-21T15:00:00+08:00';
const CASES = 90;
const policies = new PolicyService();
let room: ScreeningRoom;
let timeline: PolicyTimeline;
let past: readonly LogRow[];
let registered: (row: LogRow) => Registered;

const inBank = <T>(work: Parameters<typeof inTransaction<T>>[2]): Promise<T> =>
  inTransaction(room.stage.source, { institutionId: BANK }, work);
const version = (pack: string): { pack: string; version: number } => ({ pack, version: pack === 'cn-card' ? 2 : 1 });

beforeAll(async () => {
  room = await ScreeningRoom.open();
  const { stage } = room;
  stage.now = NOW;
  await new RandomPortfolio(stage, 20_261_122, Date.parse(NOW)).fill(CASES);
  // A log does not say when a permit lapses: it does so as permits do that nobody gave another life.
  await stage.sql(
    `update contact set lapses_at = at + case when channel = 'voice' then interval '15 minutes' else interval '24 hours' end where result is null`,
  );
  // Numbers that find nobody, so that others may be asked for some of the debtors.
  await stage.sql(
    `update contact set result = 'no-answer' where result is not null and debtor_id in ('D10', 'D12', 'D20', 'D22', 'D30') and initiator = 'us'`,
  );
  await stage.publish({ packs: [version('cn-card')] });
  await stage.publish({ packs: ['us-reg-f', 'in-rbi'].map(version) }, { product: '分期' });
  await stage.publish(
    { packs: ['cn-card', 'us-reg-f', 'jp-mla'].map(version), adjust: { 'attempts-per-point': { cap: 2 } } },
    { product: 'cash' },
  );
  timeline = byDate(await inBank((tx) => policies.versions(tx, BANK)), policies.policy(policies.refOf(['cn-card'])));
  past = (await contactsAsLog()).map(rowOf);
  registered = await readRegister();
});
afterAll(() => room.stage.close());

/** The ledger of contacts as a bank would hand it in: a log, in the order of time. */
async function contactsAsLog(): Promise<Readonly<Record<string, string | null>>[]> {
  const rows = await room.stage.sql<Record<string, string | null> & { sealed: Buffer }>(
    `select c.attempt_id as "attemptId", c.case_id as "caseId", c.debtor_id as "debtorId", c.debt_id as "debtId", c.party_id as "partyId", c.party_role as "partyRole", c.channel, c.mode,
       c.purpose, c.initiator, c.agency_id as "agencyId", array_to_string(c.collector_ids, ';') as "collectorIds", c.at, c.result, c.time_zone as "timeZone", v.value_sealed as sealed
     from contact c join contact_value v on v.value_index = c.value_index and v.institution_id = c.institution_id where c.at <= $1 order by c.at, c.id`,
    [NOW],
  );
  return rows.map(({ sealed, ...row }) => ({
    ...row,
    startedAt: new Date(String(row['at'])).toISOString(),
    contactPoint: room.stage.vault.open(sealed, 'contact.value'),
  }));
}

function rowOf(cells: Readonly<Record<string, string | null>>): LogRow {
  const checked = checkCells(
    LOG_COLUMNS.map(({ name }) => cells[name] ?? ''),
    0,
    2,
  );
  if ('code' in checked) throw new Error(`${checked.column}: ${checked.code}`);
  return readLine(checked.key, checked.line);
}

interface Question {
  readonly by: Principal;
  readonly purpose: 'collect' | 'locate';
  readonly channel: 'voice' | 'sms' | 'visit';
  readonly partyId?: string;
}

/** The row that a log would have of the contact that the gate was asked for. */
async function askedRow(caseId: string, { partyId, contactPointId }: Contactability, { by, purpose, channel }: Question): Promise<LogRow> {
  const [known] = await room.stage.sql<Record<string, string> & { sealed: Buffer }>(
    `select d.debtor_id as "debtorId", c.debt_id as "debtId", p.role as "partyRole", d.time_zone as "timeZone", v.value_sealed as sealed
     from contact_point t join party p on p.id = t.party join collection_case c on c.id = p.collection_case join debtor d on d.id = c.debtor
       join contact_value v on v.value_index = t.value_index and v.institution_id = t.institution_id where t.id = $1`,
    [contactPointId],
  );
  if (!known) throw new Error(`${contactPointId} is no contact point`);
  const { sealed, ...cells } = known;
  const value = room.stage.vault.open(sealed, 'contact.value');
  const asked = { attemptId: `asked-${caseId}`, caseId, partyId, channel, purpose, agencyId: by.agencyId, startedAt: NOW };
  return rowOf({
    ...cells,
    ...asked,
    contactPoint: value,
    mode: 'interactive',
    initiator: 'us',
    collectorIds: 'c1;c2',
    deviceId: 'd1',
    result: 'no-answer',
  });
}

async function readRegister(): Promise<(row: LogRow) => Registered> {
  const register = new LookbackRegister(room.stage.vault);
  const caseIds = await room.stage.sql<{ id: string }>('select case_id as id from collection_case');
  const cases = await inBank((tx) =>
    register.cases(
      tx,
      BANK,
      caseIds.map(({ id }) => id),
    ),
  );
  const agencies = await inBank((tx) => register.agencies(tx, BANK, ['A1', 'A2', 'A3']));
  return ({ caseId, agencyId }) => ({ case: cases.get(caseId ?? '') ?? null, agency: agencies.get(agencyId ?? '') ?? null });
}

/** What a look-back finds in the contact, and the rules that it left out for it. */
function lookBackOn(row: LogRow): { found: string[]; leftOut: Set<string> } {
  const engine = new LookBack(timeline);
  for (const one of past) engine.hear(one, registered(one));
  const counted = new Map(engine.leftOut.map(({ pack, ruleId, attempts }) => [`${pack} ${ruleId}`, attempts]));
  const { findings } = engine.hear(row, registered(row));
  const left = engine.leftOut.filter(({ pack, ruleId, attempts }) => attempts > (counted.get(`${pack} ${ruleId}`) ?? 0));
  return {
    found: findings.map(({ pack, ruleId, fact, severity, limit, counted: sum }) =>
      [pack, ruleId, fact ?? '', severity, limit, sum].join(' '),
    ),
    leftOut: new Set(left.map(({ pack, ruleId }) => `${pack} ${ruleId}`)),
  };
}

const told = ({ reasons }: Pick<Contactability, 'reasons'>): { text: string; rule: string; fact: string | undefined }[] =>
  reasons.map(({ pack, ruleId, fact, severity, limit, counted }) => ({
    text: [pack, ruleId, fact ?? '', severity, limit, counted].join(' '),
    rule: `${pack} ${ruleId}`,
    fact,
  }));
/** A fact of the register that is missing: a look-back leaves the rule out. */
const isOfRegister = (fact: string | undefined): boolean => /^(case|holds|contactPoints|agency|message|region)\b/.test(fact ?? '');

const bank = principal('integration');
const ofA1 = principal('agency-supervisor', { agencyId: 'A1' });
const questions: readonly [string, Question][] = [
  ['a call of the bank', { by: bank, purpose: 'collect', channel: 'voice' }],
  ['a call of an agency', { by: ofA1, purpose: 'collect', channel: 'voice' }],
  ['a visit', { by: bank, purpose: 'collect', channel: 'visit' }],
  ['a text', { by: bank, purpose: 'collect', channel: 'sms' }],
  ['a call to find a debtor through somebody else', { by: bank, purpose: 'locate', channel: 'voice', partyId: 'P2' }],
];

async function everyAnswer(question: Question): Promise<{ caseId: string; answer: Contactability }[]> {
  const { by, purpose, channel, partyId } = question;
  const cases = await room.stage.sql<{ caseId: string }>(
    `select distinct c.case_id as "caseId" from collection_case c join party p on p.collection_case = c.id join contact_point t on t.party = p.id
     where ($1::text is null or c.agency_id = $1) and p.party_id = $2 and ($2 <> 'P1' or p.role = 'debtor') and t.channel = any($3) order by 1`,
    [by.agencyId, partyId ?? 'P1', channel === 'visit' ? ['visit', 'letter'] : ['voice', 'sms', 'im']],
  );
  const request = { channel, purpose, partyId, mode: 'interactive', collectorIds: 'c1,c2', deviceId: 'd1' } as const;
  return Promise.all(
    cases.map(async ({ caseId }) => ({ caseId, answer: await room.stage.gate.contactability(by, caseId, request, 'en') })),
  );
}

describe.each(questions)('of %s', (_about, question) => {
  it('the look-back finds in the log what the gate says on the ledger', async () => {
    const answers = await everyAnswer(question);
    expect(answers.length).toBeGreaterThan(5);
    let reasons = 0;
    for (const { caseId, answer } of answers) {
      const { found, leftOut } = lookBackOn(await askedRow(caseId, answer, question));
      const said = told(answer).filter(({ rule, fact }) => !leftOut.has(rule) && !isOfRegister(fact));
      expect({ caseId, found: found.toSorted() }).toEqual({ caseId, found: said.map(({ text }) => text).toSorted() });
      reasons += said.length;
    }
    expect(reasons).toBeGreaterThan(5);
  });
});

// A screening asks for debtors.
describe.each(questions.filter(([, { partyId }]) => partyId === undefined))('of %s', (_about, question) => {
  it('the screening says what the gate says', async () => {
    const { by, purpose, channel } = question;
    const { id } = await room.screen(
      { channel, purpose, mode: 'interactive', collectorIds: ['c1', 'c2'], deviceId: 'd1', pointChoice: 'first' },
      by,
    );
    const rows = new Map((await room.rows(id)).map((row) => [row.caseId, row]));
    for (const { caseId, answer } of await everyAnswer(question)) {
      const { verdict, reasons, nextPermittedAt, mustEndBy } = answer;
      expect(rows.get(caseId)).toMatchObject({ verdict, reasons, nextPermittedAt, mustEndBy });
    }
  });
});

// Last, because permits count.
it.each(questions)(
  'what the gate decides the evaluation says of the stated facts, and the replay to the byte: %s',
  async (_about, question) => {
    const { by, purpose, channel } = question;
    const evaluation = new EvaluationService(policies);
    let evaluated = 0;
    for (const { caseId, answer: open } of await everyAnswer(question)) {
      const { partyId, contactPointId } = open;
      const asked: AttemptRequest = {
        caseId,
        partyId,
        contactPointId,
        channel,
        mode: 'interactive',
        purpose,
        collectorIds: ['c1', 'c2'],
        deviceId: 'd1',
      };
      const decided = await room.stage.gate.ask(by, asked, null, 'en');
      const replay = await room.stage.outcomes.replay(by, decided.id, 'en');
      expect([caseId, replay.identical]).toEqual([caseId, true]);
      const record = await inBank((tx) => room.stage.store.find(tx, decided.id, BANK, null));
      if (!record) throw new Error('the decision was not kept');
      const packs = record.policy.packs.map(({ pack }) => pack);
      // Stated facts are judged by packs as published, in their newest version.
      if (
        JSON.stringify(policies.refOf(packs).packs) !== JSON.stringify(record.policy.packs) ||
        decided.packs.some(({ pack }) => pack === 'institution')
      )
        continue;
      const { verdict, reasons, nextPermittedAt, mustEndBy } = decided;
      const stated = evaluation.evaluate(
        { packs, at: record.decidedAt.toISOString(), proposed: record.proposed, facts: record.facts } as Parameters<
          EvaluationService['evaluate']
        >[0],
        'en',
      );
      expect(stated).toMatchObject({ verdict, reasons, nextPermittedAt, mustEndBy });
      evaluated += 1;
    }
    expect(evaluated).toBeGreaterThan(0);
  },
);

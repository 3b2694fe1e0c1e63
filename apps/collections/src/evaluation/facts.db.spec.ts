import { inTransaction } from '#pg';
import { OversightRoom } from '../../testing/oversight-room.ts';
import { addComplaints, type RandomComplaint } from '../../testing/random-complaints.ts';
import { Chance } from '../../testing/random-portfolio.ts';
import { BANK, Stage } from '../../testing/stage.ts';
import { addDays, dayEnd, dayStart } from '../oversight/local-days.ts';
import type { EvaluationFacts } from './facts.ts';
import type { Period } from './facts.service.ts';

// Counted again by hand, row by row, over the edges of days and months.
const AGENCIES = ['r1', 'r2', 'r3'] as const;
const CASES = 12;
const asOf = new Date('2026-11-29T10:00:00+08:00');
const periods: readonly Period[] = [
  { from: '2026-09-01', to: '2026-11-28' },
  { from: '2026-09-01', to: '2026-09-30' },
  { from: '2026-10-01', to: '2026-10-31' },
  { from: '2026-11-01', to: '2026-11-30' },
];

interface Decision {
  readonly agency: string | null;
  readonly at: Date;
  readonly refused: boolean;
  readonly rules: readonly string[];
}
interface Entrusted {
  readonly kase: number;
  readonly agency: string;
  readonly from: Date;
  readonly until: Date | null;
}
let stage: Stage;
let room: OversightRoom;
const chance = new Chance(20_261_129);
const decisions: Decision[] = [];
const entrusted: Entrusted[] = [];
let complaints: RandomComplaint[] = [];

/** Often the very edge of a month. */
const instant = (): Date => {
  const edge = chance.pick(['2026-09-01', '2026-10-01', '2026-11-01', '2026-11-29']);
  const at =
    dayStart(edge).getTime() + (chance.is(0.5) ? (chance.upTo(3) - 1) * 1000 : Math.round((chance.next() - 0.5) * 80 * 86_400_000));
  return new Date(Math.min(at, asOf.getTime() + 86_400_000));
};

async function addDecisions(caseIds: readonly { id: string }[], points: readonly { id: string }[]): Promise<void> {
  for (let n = 0; n < 400; n += 1) {
    const refused = chance.is(0.4);
    const given: Decision = {
      agency: chance.pick([...AGENCIES, null]),
      at: instant(),
      refused,
      rules: refused ? chance.pick([['burst'], ['quiet-hours', 'burst'], ['burst', 'burst']]) : [],
    };
    decisions.push(given);
    const reasons = [...given.rules.map((ruleId) => ({ ruleId, severity: 'block' })), { ruleId: 'visit-per-day', severity: 'warn' }];
    const index = chance.upTo(CASES);
    await stage.sql(
      `insert into decision (institution_id, collection_case, contact_point, agency_id, requested_by, decided_at, verdict, permit_expires_at, time_zone, proposed, facts, policy, outcome)
       values ('bank-1', $1, $2, $3, 'x', $4, $5, $6, 'Asia/Shanghai', '{}', '{}', '{}', $7)`,
      [
        caseIds[index]?.id,
        points[0]?.id,
        given.agency,
        given.at,
        refused ? 'refused' : 'permitted',
        refused ? null : given.at,
        JSON.stringify({ reasons }),
      ],
    );
  }
}

async function addEntrustments(caseIds: readonly { id: string }[]): Promise<void> {
  await stage.sql(`delete from entrustment`);
  for (let kase = 0; kase < CASES; kase += 1) {
    let from = new Date(dayStart('2026-08-01').getTime() + chance.upTo(60) * 86_400_000);
    while (from < asOf) {
      const until = chance.is(0.3) ? null : new Date(from.getTime() + (1 + chance.upTo(50)) * 86_400_000);
      const agency = chance.pick(AGENCIES);
      entrusted.push({ kase, agency, from, until });
      await stage.sql(
        `insert into entrustment (institution_id, collection_case, agency_id, from_at, until_at, begun_by, ended_by, begun_cause, ended_cause, balance, currency, balance_at_end)
         values ('bank-1', $1, $2, $3, $4, 'x', $5, 'hand', $5, 100, 'CNY', $6)`,
        [caseIds[kase]?.id, agency, from, until, until && 'x', until && 80],
      );
      if (until === null) break;
      from = new Date(until.getTime() + chance.upTo(3) * 86_400_000);
    }
  }
}

beforeAll(async () => {
  stage = await Stage.open();
  room = new OversightRoom(stage);
  await stage.addAgencies(AGENCIES);
  await stage.addCases(
    Array.from({ length: CASES }, (_, n) => ({
      caseId: `C${n}`,
      debtId: `L${n}`,
      debtorId: `D${n}`,
      contactPoint: `+861380000${1000 + n}`,
    })),
  );
  const caseIds = await stage.sql<{ id: string }>(`select id from collection_case order by length(case_id), case_id`);
  const points = await stage.sql<{ id: string }>(`select id from contact_point order by id`);
  await addDecisions(caseIds, points);
  await addEntrustments(caseIds);
  complaints = await addComplaints(stage, chance, { agencies: AGENCIES, cases: CASES, instant });
});
afterAll(() => stage.close());

const gather = (agencyIds: readonly string[] = AGENCIES): Promise<EvaluationFacts[][]> =>
  inTransaction(stage.source, { institutionId: BANK }, (tx) => room.facts.gather(tx, { institutionId: BANK, agencyIds, periods, asOf }));

/** The same by hand. */
function byHand(agency: string, { from, to }: Period) {
  const begins = dayStart(from);
  const ends = new Date(Math.min(dayEnd(to).getTime(), asOf.getTime()));
  const within = (at: Date): boolean => at >= begins && at < ends;
  const asked = decisions.filter((one) => one.agency === agency && within(one.at));
  const refused = asked.filter((one) => one.refused);
  const count = (ruleId: string): number => refused.filter(({ rules }) => rules.includes(ruleId)).length;
  const rules = ['burst', 'quiet-hours'].map((ruleId) => ({ ruleId, refusals: count(ruleId) })).filter(({ refusals }) => refusals > 0);
  const had = entrusted.filter((one) => one.agency === agency && one.from < ends && (one.until === null || one.until >= begins));
  const foundBy = ({ cause, confirmed }: RandomComplaint): string | null => (confirmed <= asOf ? cause : null);
  const whose = (one: RandomComplaint): string | null => {
    const { account, agency: named, at } = one;
    const found = foundBy(one);
    if (found !== null && found !== 'none') return found;
    if (named !== null) return named;
    const held = entrusted.filter(
      ({ kase, from: since, until }) => kase === Number(account.slice(1)) && since <= at && (until === null || until > at),
    );
    return held.toSorted((a, b) => b.from.getTime() - a.from.getTime())[0]?.agency ?? null;
  };
  const heard = complaints.filter((one) => within(one.at) && whose(one) === agency);
  const outcomeOf = ({ outcome, decided }: RandomComplaint): string | null => (decided <= asOf ? outcome : null);
  const stands = (one: RandomComplaint): boolean => !one.withdrawn && outcomeOf(one) !== 'not-upheld' && foundBy(one) !== 'none';
  return {
    asked: asked.length,
    refused: refused.length,
    refusalsByRule: rules.toSorted((a, b) => b.refusals - a.refusals || (a.ruleId < b.ruleId ? -1 : 1)),
    cases: new Set(had.map(({ kase }) => kase)).size,
    complaints: heard.filter(stands).length,
    complaintsReceived: heard.length,
    complaintsUpheld: heard.filter((one) => ['upheld', 'partly-upheld'].includes(outcomeOf(one) ?? '')).length,
    complaintsAttributed: heard.filter((one) => foundBy(one) === agency).length,
    complaintsWithdrawn: heard.filter(({ withdrawn }) => withdrawn).length,
  };
}

describe('the facts of agencies', () => {
  it('are what a count by hand gives, for each agency and period', async () => {
    const facts = await gather();
    for (const [a, agency] of AGENCIES.entries())
      for (const [p, period] of periods.entries())
        expect({ agency, period, ...facts[a]?.[p] }).toMatchObject({ agency, period, ...byHand(agency, period) });
  });

  it('of one agency are the same as those of all', async () => {
    const all = await gather();
    for (const [index, agency] of AGENCIES.entries()) expect(await gather([agency])).toEqual([all[index]]);
  });

  it('count a log that was looked back upon twice once, on the day on which it ends', async () => {
    const summary = (agencyId: string, attempts: number, findings: number, to: string) =>
      JSON.stringify({
        period: { from: '2026-09-01T09:00:00+08:00', to },
        byAgency: [
          { agencyId: null, attempts: 5, findings: 5 },
          { agencyId, attempts, findings },
        ],
      });
    const add = (name: string, content: string, finished: string) =>
      stage.sql(
        `insert into lookback (institution_id, policy, upload_bytes, file_name, state, summary, requested_by, finished_at) values ('bank-1', '{}', 10, $1, 'done', $2, 'x', $3)`,
        [name, content, finished],
      );
    await add('a.csv', summary('r1', 100, 7, '2026-09-30T23:59:59+08:00'), '2026-10-05T09:00:00+08:00');
    await add('a.csv', summary('r1', 100, 3, '2026-09-30T23:59:59+08:00'), '2026-10-06T09:00:00+08:00');
    await add('b.csv', summary('r1', 50, 2, '2026-10-01T00:00:00+08:00'), '2026-10-06T09:00:00+08:00');
    // Later than what is known.
    await add('c.csv', summary('r1', 50, 50, '2026-10-01T00:00:00+08:00'), '2026-11-29T10:00:01+08:00');
    const [[whole, september, october, november] = []] = await gather(['r1']);
    const seen = (one?: EvaluationFacts) => [one?.lookedBack, one?.lookbackFindings];
    expect([whole, september, october, november].map(seen)).toEqual([
      [150, 5],
      [100, 3],
      [50, 2],
      [0, 0],
    ]);
  });

  it('count calls that were held against permits the same way', async () => {
    await stage.sql(
      `with s as (insert into call_record_source (institution_id, name, reading, changed_by) values ('bank-1', 's', '{}', 'x') returning id)
       insert into reconciliation (institution_id, source, source_name, reading, upload_bytes, file_name, state, summary, requested_by, finished_at)
         select 'bank-1', id, 's', '{}', 10, 'calls.csv', 'done', $1::json, 'x', '2026-11-02T09:00:00+08:00' from s`,
      [
        JSON.stringify({
          period: { from: '2026-10-01T01:00:00Z', to: '2026-10-31T15:59:59Z' },
          byAgency: [{ agencyId: 'r2', calls: 40, findings: 4 }],
        }),
      ],
    );
    const [, second] = await gather();
    expect(second?.map(({ calls, callFindings }) => [calls, callFindings])).toEqual([
      [40, 4],
      [0, 0],
      [40, 4],
      [0, 0],
    ]);
  });

  it('count promises by the day they were settled, and money by the day it was paid, exactly', async () => {
    const [{ id } = { id: '' }] = await stage.sql<{ id: string }>(`select id from collection_case where case_id = 'C0'`);
    const promise = (state: string, settled: string) =>
      stage.sql(
        `insert into promise (institution_id, collection_case, agency_id, amount, currency, due_on, state, made_at, made_by, grace_days, breaks_at, settled_at)
         values ('bank-1', $1, 'r3', 10, 'CNY', '2026-10-01', $2, '2026-09-01', 'x', 0, '2026-10-02', $3)`,
        [id, state, settled],
      );
    await promise('kept', '2026-10-01T00:00:00+08:00');
    await promise('broken', '2026-10-31T23:59:59+08:00');
    await promise('kept', '2026-11-01T00:00:00+08:00');
    await promise('withdrawn', '2026-10-10T00:00:00+08:00');
    const pay = (paymentId: string, amount: string, at: string) =>
      stage.sql(
        `insert into payment (institution_id, payment_id, collection_case, agency_id, paid_at, amount, currency, booked_at, booked_by)
         values ('bank-1', $1, $2, 'r3', $3, $4, 'CNY', '2026-11-02', 'x')`,
        [paymentId, id, at, amount],
      );
    await pay('p1', '0.10', '2026-10-01T00:00:00+08:00');
    await pay('p2', '0.20', '2026-10-31T23:59:59+08:00');
    const [, , third] = await gather();
    expect(third?.map(({ promisesSettled, promisesKept }) => [promisesSettled, promisesKept])).toEqual([
      [3, 2],
      [0, 0],
      [2, 1],
      [1, 1],
    ]);
    expect(third?.[2]?.recoveries).toMatchObject([{ currency: 'CNY', paid: '0.30', cases: third?.[2]?.cases }]);
  });

  it('count whoever has no certificate or has passed no training for a year, as it was at the end of the period', async () => {
    const [one] = await gather();
    expect(one?.map(({ staff, trainingGaps }) => [staff, trainingGaps])).toEqual(periods.map(() => [1, 1]));
    await stage.sql(
      `with t as (insert into agency_training (institution_id, agency_id, held_on, subject, hours, noted_by, noted_at)
         values ('bank-1', 'r1', '2026-10-01', '合规', 4, 'x', '2026-10-02') returning id)
       insert into agency_training_attendant (training, institution_id, collector_id, result) select id, 'bank-1', 'c1', 'passed' from t`,
    );
    const [after] = await gather();
    expect(after?.map(({ trainingGaps }) => trainingGaps)).toEqual([0, 1, 0, 0]);
    const sooner = addDays('2026-10-31', -1);
    await stage.sql(`update agency_staff set certificate_until = $1 where agency_id = 'r1'`, [sooner]);
    const [expired] = await gather();
    expect(expired?.map(({ trainingGaps }) => trainingGaps)).toEqual([1, 1, 1, 1]);
  });
});

import { spawnService, type SpawnedService } from '#testkit';
import { Installation, type Reply } from './harness.ts';
import { caseCsv, contactCsv, freshCase, NOON, type AttemptBody, type CaseCells } from './rows.ts';

// The same files at once, over two workers, while the gate is asked.

const CASES = 1500;
const CONTACTS = 6000;
const PAYMENTS = 3000;
const DUE_DATES = 3000;
const AGENCIES = ['A1', 'A2'];

let bank: Installation;
let second: SpawnedService;
let asked: AttemptBody[];

beforeAll(async () => {
  // One file at a time each: two files are two workers.
  bank = await Installation.open({ env: { WORKER_CONCURRENCY: '1' } });
  second = await spawnService('apps/collections/src/worker.js', bank.env);
  asked = await bank.cases([freshCase(), freshCase(), freshCase()]);
});
afterAll(async () => {
  await second.stop();
  expect(`${bank.logs()}\n${second.log()}`).not.toMatch(/deadlock|job failed|unexpected error/);
  await bank.close();
});

const count = async (what: string): Promise<number> =>
  Number((await bank.admin.query<{ n: number }>(`select count(*)::int as n from ${what}`)).rows[0]?.n);

/** Asks the gate until the work is over; what it answered. */
async function whileAsked<T>(work: Promise<T>): Promise<{ readonly result: T; readonly replies: readonly Reply[] }> {
  const replies: Reply[] = [];
  const asks = { isOver: false };
  const asking = async (from: number): Promise<void> => {
    for (let at = from; !asks.isOver; at += 1) replies.push(await bank.ask({ ...asked[at % asked.length] }));
  };
  const over = work.finally(() => (asks.isOver = true));
  const [result] = await Promise.all([over, asking(0), asking(1)]);
  return { result, replies };
}

/** Two imports of one file at once. */
const twice = async (kind: string, file: string): Promise<Reply['json'][]> => {
  const taken = await Promise.all([1, 2].map(() => bank.upload(kind, file)));
  expect(taken.map(({ status }) => status)).toEqual([202, 202]);
  return Promise.all(taken.map(({ json }) => bank.untilEnded(json.id)));
};

const cases: readonly CaseCells[] = Array.from({ length: CASES }, (_none, index) => ({
  ...freshCase(),
  // Some debtors have two cases, some numbers two debtors.
  ...(index % 10 === 9 && { debtorId: `FD-shared-${index % 100}`, contactPoint: `+86138${String(index % 50).padStart(8, '0')}` }),
}));

const files: readonly [kind: string, file: string, table: string, rows: number][] = [
  [
    'agencies',
    [
      'agencyId,name,licence,status,published,contractFrom,contractTo,lastEvaluatedOn,phone,address',
      ...AGENCIES.map((id) => `${id},机构${id},L-${id},active,true,2020-01-01,2099-12-31,2026-06-30,,`),
      '',
    ].join('\n'),
    `agency where agency_id = any('{A1,A2}')`,
    AGENCIES.length,
  ],
  [
    'agency-staff',
    [
      'agencyId,collectorId,name,certificateUntil,deviceIds,status',
      ...Array.from({ length: 200 }, (_none, index) => `${AGENCIES[index % 2]},s${index},员工${index},2099-12-31,d${index % 50},active`),
      '',
    ].join('\n'),
    `agency_staff where agency_id = any('{A1,A2}')`,
    200,
  ],
  ['cases', caseCsv(cases), `collection_case where case_id <> all('{F000001,F000002,F000003}')`, CASES],
  [
    'contact-log',
    contactCsv(
      Array.from({ length: CONTACTS }, (_none, index) => {
        const { caseId = '', debtorId = '', contactPoint = '' } = cases[index % CASES] ?? {};
        return { attemptId: `L${index}`, caseId, debtorId, contactPoint, timeZone: NOON };
      }),
    ),
    `contact where attempt_id like 'L%'`,
    CONTACTS,
  ],
  [
    'payments',
    [
      'paymentId,caseId,paidAt,amount,currency,reversalOf,balanceAfter',
      ...Array.from({ length: PAYMENTS }, (_none, index) => {
        const { caseId = '' } = cases[index % CASES] ?? {};
        // The second payment of every tenth case takes back a part of the first.
        const isReversal = index >= CASES && index % 10 === 0;
        return `PAY${index},${caseId},2026-06-${isReversal ? '02' : '01'},${isReversal ? '-1.00' : '10.00'},CNY,${isReversal ? `PAY${index - CASES}` : ''},`;
      }),
      '',
    ].join('\n'),
    `payment where payment_id like 'PAY%'`,
    PAYMENTS,
  ],
  [
    'due-dates',
    [
      'caseId,dueOn,amountDue,currency,paidOn',
      ...Array.from({ length: DUE_DATES }, (_none, index) => {
        const { caseId = '' } = cases[index % CASES] ?? {};
        return `${caseId},2026-0${index < CASES ? 5 : 6}-20,100.00,CNY,${index % 3 === 0 ? '2026-05-19' : ''}`;
      }),
      '',
    ].join('\n'),
    'due_date',
    DUE_DATES,
  ],
];

describe('two imports of one file at once', () => {
  it.each(files)('of %s leave one set, and the gate goes on', async (kind, file, table, rows) => {
    const { result, replies } = await whileAsked(twice(kind, file));
    for (const view of result) expect(view).toMatchObject({ state: 'done', errors: [], rows: { total: rows, done: rows, rejected: 0 } });
    const [inserted, unchanged] = ['inserted', 'unchanged'].map((what) => result.reduce((sum, view) => sum + view.rows[what], 0));
    expect([inserted, unchanged, await count(table)]).toEqual([rows, rows, rows]);
    expect(replies.length).toBeGreaterThan(0);
    expect([...new Set(replies.map(({ status }) => status))]).toEqual([201]);
  });
});

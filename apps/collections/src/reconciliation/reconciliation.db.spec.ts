import type { Tx } from '#pg';
import { inTransaction } from '#pg';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import type { Reading } from './reading.ts';
import { ReconciliationRunner } from './reconciliation.runner.ts';
import { ReconciliationStore, type CallFinding, type ReconciliationRecord } from './reconciliation.store.ts';
import { SourceStore } from './source.store.ts';

let stage: Stage;
let runner: ReconciliationRunner;
const store = new ReconciliationStore();
const inBank = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(stage.source, { institutionId: BANK }, work);

const reading: Reading = {
  timeZone: 'Asia/Shanghai',
  agencyId: null,
  toleranceSeconds: 60,
  columns: { calledNumber: 'to', startedAt: 'at', result: 'result', collectorId: 'who', callId: 'id' },
  results: { ok: 'answered', none: 'no-answer' },
};

beforeAll(async () => {
  stage = await Stage.open();
  runner = new ReconciliationRunner(stage.source, stage.clock, store, stage.uploads, stage.vault);
});
afterAll(() => stage.close());

let files = 0;
async function send(lines: readonly string[], how: Reading = reading): Promise<ReconciliationRecord> {
  files += 1;
  const upload = await stage.uploads.keep(BANK, 'calls.csv', [Buffer.from(`${lines.join('\n')}\n`)]);
  return inBank(async (tx) => {
    await stage.uploads.finish(tx, upload);
    const source = await new SourceStore().create(tx, `source ${files}`, { institutionId: BANK, reading: how, changedBy: 'me' });
    return store.create(tx, {
      institutionId: BANK,
      agencyId: null,
      source: source?.id ?? '',
      sourceName: `source ${files}`,
      reading: how,
      upload: upload.id,
      uploadBytes: upload.bytes,
      fileName: 'calls.csv',
      requestedBy: 'me',
    });
  });
}
const reread = async (id: string): Promise<ReconciliationRecord> => {
  const record = await inBank((tx) => store.find(tx, BANK, id, null));
  if (!record) throw new Error('it is gone');
  return record;
};
const findingsOf = async (id: string): Promise<CallFinding[]> =>
  (await inBank((tx) => store.findings(tx, id, -1, 1000))).map(({ finding }) => finding);
async function reconcile(lines: readonly string[], how?: Reading): Promise<{ record: ReconciliationRecord; findings: CallFinding[] }> {
  const { id } = await send(lines, how);
  await runner.run(BANK, id);
  return { record: await reread(id), findings: await findingsOf(id) };
}
const brief = (findings: readonly CallFinding[]): unknown[] => findings.map(({ row, finding, why }) => [row, finding, why]);

let serial = 0;
/** A permit at an instant; the number that it is for. */
async function permitted(at: string, outcome?: 'no-answer' | 'conversation'): Promise<{ number: string; id: string; caseId: string }> {
  serial += 1;
  const key = String(serial).padStart(4, '0');
  const number = `+861390001${key}`;
  await stage.addCases([{ caseId: `R${key}`, debtorId: `RD${key}`, contactPoint: number }]);
  stage.now = at;
  const { id, verdict } = await stage.ask(`R${key}`, { collectorIds: [`c-${key}`] });
  expect(verdict).toBe('permitted');
  if (outcome) {
    const startedAt = new Date(Date.parse(at) + 20_000).toISOString();
    stage.now = startedAt;
    await stage.outcomes.record(principal('integration'), id, { result: outcome, startedAt, endedAt: startedAt }, 'en');
  }
  return { number, id, caseId: `R${key}` };
}

it('finds what the ledger does not bear out, by kind, agency and collector', async () => {
  const [fine, unreported, differs, late] = [
    await permitted('2026-11-20T10:00:00+08:00', 'conversation'),
    await permitted('2026-11-20T10:01:00+08:00'),
    await permitted('2026-11-20T10:02:00+08:00', 'no-answer'),
    await permitted('2026-11-20T10:03:00+08:00', 'no-answer'),
  ];
  stage.now = '2026-11-21T15:00:00+08:00';
  const { record, findings } = await reconcile([
    'trunk,to,at,result,who,id',
    `t1,${fine.number},2026-11-20 10:00:21,ok,c-1,k1`,
    `t1,${unreported.number.replace('+86', '')},2026-11-20 10:01:30,none,c-2,k2`,
    `t1,${differs.number},2026-11-20 10:02:25,ok,c-3,k3`,
    `t1,${late.number},2026-11-20 11:30:00,none,c-4,k4`,
    't1,13700009999,2026-11-20 12:00:00,none,c-4,k5',
    `t1,13700009998,2026-11-20 10:00:40,none,c-9,k6`,
    `t1,${fine.number},2026-11-20 10:05:00,ok,c-1,k7`,
    `t1,${fine.number},2026-11-20 10:06:00,cancelled,c-1,k8`,
    't1,,2026-11-20 12:00:00,none,c-4,k9',
  ]);
  expect(record).toMatchObject({ state: 'done', failure: null });
  expect(record.summary).toMatchObject({
    rows: { read: 9, calls: 7, neverPlaced: 1, rejected: 1 },
    period: { from: '2026-11-20T02:00:21.000Z', to: '2026-11-20T04:00:00.000Z' },
    matched: 4,
    findings: 6,
    byAgency: [{ agencyId: null, calls: 7, findings: 6, 'no-permit': 3, 'outside-permit': 1, 'outcome-missing': 1, 'outcome-differs': 1 }],
    errors: { total: 1, first: [{ row: 10, column: 'to', code: 'required' }] },
  });
  expect(brief(findings)).toEqual([
    [7, 'no-permit', 'none'],
    [3, 'outcome-missing', null],
    [4, 'outcome-differs', null],
    [8, 'no-permit', 'used'],
    [5, 'outside-permit', null],
    [6, 'no-permit', 'none'],
  ]);
  expect(findings[1]).toMatchObject({
    attemptId: unreported.id,
    caseId: unreported.caseId,
    callId: 'k2',
    collectorId: 'c-2',
    permittedFrom: '2026-11-20T02:01:00.000Z',
    permittedUntil: '2026-11-20T02:16:00.000Z',
    recorded: 'no-answer',
    reported: null,
  });
  // Of a number only what lets it be recognised is kept, and of the calls nothing.
  expect(JSON.stringify(findings)).not.toMatch(/1390001\d{4}|1370000999/);
  expect(await stage.sql('select from call_record')).toEqual([]);
});

it('a call to a number other than the one that was asked for', async () => {
  const { id } = await permitted('2026-11-20T14:00:00+08:00', 'no-answer');
  const collector = `c-${String(serial).padStart(4, '0')}`;
  stage.now = '2026-11-21T15:00:00+08:00';
  const { findings } = await reconcile(['to,at,result,who,id', `13700008888,2026-11-20 14:00:20,none,${collector},k1`]);
  expect(findings).toEqual([expect.objectContaining({ finding: 'other-number', attemptId: id, number: '137****8888' })]);
});

it('a refused contact that was made all the same, by the id that the dialer kept', async () => {
  const { caseId, number, id } = await permitted('2026-11-20T21:50:00+08:00', 'no-answer');
  stage.now = '2026-11-20T22:30:00+08:00';
  const refused = await stage.ask(caseId);
  expect(refused.verdict).toBe('refused');
  const how: Reading = { ...reading, columns: { calledNumber: 'to', startedAt: 'at', attemptId: 'permit' } };
  const { findings } = await reconcile(
    [
      'permit,to,at',
      `${refused.id},${number},2026-11-20 22:30:10`,
      `${id},${number},2026-11-20 21:50:20`,
      `x1,${number},2026-11-20 22:31:00`,
    ],
    how,
  );
  expect(brief(findings)).toEqual([
    [2, 'no-permit', 'refused'],
    [4, 'no-permit', 'unknown-attempt'],
  ]);
});

it('a file that lacks a column of the source is refused with its name', async () => {
  const { record } = await reconcile(['number,at', '13700009999,2026-11-20 12:00:00']);
  expect(record).toMatchObject({ state: 'failed', failure: { code: 'columns', detail: expect.stringContaining('missing: to') } });
});

it('gives the same whenever it is begun again, and another institution’s permits are nobody’s', async () => {
  const { number } = await permitted('2026-11-20T16:00:00+08:00', 'no-answer');
  stage.now = '2026-11-21T15:00:00+08:00';
  const { id } = await send([
    'to,at,result,who,id',
    `${number},2026-11-20 16:00:20,none,c-1,k1`,
    '13700007777,2026-11-20 16:00:30,none,c-1,k2',
  ]);
  await Promise.all([runner.run(BANK, id), runner.run(BANK, id), runner.run(BANK, id)]);
  expect(await reread(id)).toMatchObject({ state: 'done', summary: { rows: { read: 2, calls: 2 }, findings: 1 } });
  expect(brief(await findingsOf(id))).toEqual([[3, 'no-permit', 'none']]);
  const strange = await stage.sql('select from call_finding', [], 'bank-2');
  expect(strange).toEqual([]);
});

import { Zone, type Policy } from '#contact-rules';
import { inTransaction } from '#pg';
import { makeCases, makeContactLog, type ContactLogRow } from '../../../../tools/make-data/index.ts';
import { SimulationRoom } from '../../testing/simulation-room.ts';
import { BANK, Stage } from '../../testing/stage.ts';
import { LookBack } from '../lookback/engine.ts';
import { checkCells, LOG_COLUMNS, readLine } from '../lookback/log-row.ts';
import { LookbackRegister } from '../lookback/lookback.register.ts';
import { LogImportStore } from '../import/log-import.store.ts';
import { PolicyService } from '../policy/policy.service.ts';

// What the demo is made of, and a draft that anybody can check by counting.

const UNTIL = '2026-11-20';
const DAYS = 10;
const CASES = 400;
const SEED = 20_260_130;
const UNANSWERED = new Set(['busy', 'no-answer', 'voicemail', 'not-in-service', 'invalid-number', 'failed']);
const log = [...makeContactLog({ seed: SEED, rows: 6000, days: DAYS, until: UNTIL, cases: CASES })].map(({ row }) => row);

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
  stage.now = `${UNTIL}T23:59:59.999+08:00`;
  const orNull = (text: string): string | null => (text === '' ? null : text);
  const cases = [...makeCases({ seed: SEED, cases: CASES, until: UNTIL })].map((one, index) => ({
    ...one,
    row: index,
    idNumber: orNull(one.idNumber),
    overdueSince: orNull(one.overdueSince),
    agencyId: orNull(one.agencyId),
    region: orNull(one.region),
    referralNoticeAt: null,
  }));
  // Their words are those of the import: the generator's rows are text.
  await stage.addCases(cases as Parameters<Stage['addCases']>[0]);
  await inTransaction(stage.source, { institutionId: BANK }, async (tx) => {
    const rows = log.map((one, index) => toImported(one, index));
    await new LogImportStore(stage.vault).store(tx, BANK, rows);
  });
  await stage.publish({ packs: [{ pack: 'cn-card', version: 1 }] });
});
afterAll(() => stage.close());

const toRow = (one: ContactLogRow, index: number) => {
  const checked = checkCells(
    LOG_COLUMNS.map(({ name }) => one[name]),
    0,
    index,
  );
  if ('code' in checked) throw new Error(`${checked.column}: ${checked.code}`);
  return readLine(checked.key, checked.line);
};
function toImported(one: ContactLogRow, index: number): Parameters<LogImportStore['store']>[2][number] {
  const { debtId, contactPoint, deviceId, endedAt } = one;
  const ended = endedAt === '' ? null : Date.parse(endedAt);
  return { row: index, log: toRow(one, index), debtId: debtId || null, contactPoint, deviceId: deviceId || null, endedAt: ended };
}

/** Calls that nobody had answered on the number that day, before each of ours, counted by hand. */
function* unansweredBefore(): Generator<{ attemptId: string; before: number }> {
  const counts = new Map<string, number>();
  for (const one of log) {
    if (one.channel !== 'voice' || one.initiator !== 'us' || one.result === 'cancelled') continue;
    const day = Zone.of(one.timeZone).format(Date.parse(one.startedAt)).slice(0, 10);
    const seat = `${one.contactPoint} ${day}`;
    const before = counts.get(seat) ?? 0;
    yield { attemptId: one.attemptId, before };
    if (UNANSWERED.has(one.result)) counts.set(seat, before + 1);
  }
}

/** What the look-back of the same log refuses under the policy. */
async function refusedBy(policy: Policy): Promise<Set<string>> {
  const register = new LookbackRegister(stage.vault);
  const cases = await inTransaction(stage.source, { institutionId: BANK }, (tx) =>
    register.cases(tx, BANK, [...new Set(log.map(({ caseId }) => caseId))]),
  );
  const engine = new LookBack(policy);
  const rows = log.map(toRow).toSorted((a, b) => a.startedAt - b.startedAt);
  return new Set(
    rows.flatMap((row) => {
      const { findings } = engine.hear(row, { case: cases.get(row.caseId ?? '') ?? null, agency: null });
      return findings.some(({ severity }) => severity === 'block') ? [row.attemptId] : [];
    }),
  );
}

it('a cap of 4 in place of 6 refuses just the calls that a count by hand finds', async () => {
  const view = await new SimulationRoom(stage).simulate(
    { packs: [{ pack: 'cn-card', version: 1 }], adjust: { 'attempts-per-point': { cap: 4 } } },
    DAYS,
  );
  const refused = await refusedBy(new PolicyService().policy({ packs: [{ pack: 'cn-card', version: 1 }] }));
  const counted = [...unansweredBefore()].filter(({ attemptId, before }) => before >= 4 && before < 6 && !refused.has(attemptId));
  expect(counted.length).toBeGreaterThan(5);
  expect(view).toMatchObject({
    judged: log.filter(({ initiator, result }) => initiator === 'us' && result !== 'cancelled').length,
    toRefused: counted.length,
    toPermitted: 0,
    refusedBefore: refused.size,
    byRule: [{ ruleId: 'attempts-per-point', pack: 'cn-card', toRefused: counted.length, toPermitted: 0 }],
  });
  const found = new Set(counted.map(({ attemptId }) => attemptId));
  expect(view.samples.every(({ attemptId }) => found.has(attemptId))).toBe(true);
  const sum = (lines: readonly { toRefused: number }[]): number => lines.reduce((all, { toRefused }) => all + toRefused, 0);
  expect([view.byAgency, view.bySegment, view.byDay].map(sum)).toEqual([counted.length, counted.length, counted.length]);
});

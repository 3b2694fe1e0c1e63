import { csvRecords } from '#testkit';
import { Refusal } from '#problem';
import { numbersOf, recount, type ReportDocument, type TracedRow } from '#render';
import type { ReportKind } from '#reports';
import { manager, OCTOBER, ReportRoom } from '../../testing/report-room.ts';
import { BANK, newVault, principal } from '../../testing/stage.ts';
import { PolicyService } from '../policy/policy.service.ts';
import { AgencyRegisterReport } from './agency-register.report.ts';
import { DossierReport } from './dossier.report.ts';
import { DossierStore } from './dossier.store.ts';
import { RulesInForceReport } from './rules-in-force.report.ts';

const kinds = new Map<string, ReportKind>([
  ['agency-register', new AgencyRegisterReport()],
  ['rules-in-force', new RulesInForceReport(new PolicyService())],
  ['case-dossier', new DossierReport(new DossierStore(), newVault())],
]);

let room: ReportRoom;
beforeAll(async () => {
  room = await ReportRoom.open(kinds);
  kinds.set('case-dossier', new DossierReport(new DossierStore(), room.stage.vault));
  await room.stage.sql('select setseed(0.42)');
  const random = (sql: string): Promise<unknown> => room.stage.sql(sql, [BANK], '*');
  await random(`insert into agency (institution_id, agency_id, name, status, published, contract_from, contract_to, last_evaluated_on)
    select $1, 'r' || n, '=机构' || n, (array['candidate','approved','active','suspended','exited'])[1 + n * 7 % 5], n % 3 > 0, date '2026-01-01', date '2026-01-01' + n * 13, date '2025-01-01' + n * 17
    from generate_series(1, 40) n`);
  await random(`insert into agency_standing (institution_id, agency_id, at, set_by, status, published, bars, revoked)
    select $1, 'r' || n % 40, timestamptz '2026-09-25 00:00+08' + n * interval '7 hours', 'x', (array['active','suspended','exited'])[1 + n % 3], true, '{}', n % 4 from generate_series(1, 200) n`);
  await random(`insert into inspection (institution_id, agency_id, kind, state, planned_on, inspector, checklist_version, items, planned_by, planned_at, begun_at, done_at, done_on, done_by)
    select $1, 'r' || n % 7, (array['on-site','off-site'])[1 + n % 2], 'done', date '2026-09-20' + n, 'i', 1, '[]', 'x', now(), now(), now(), date '2026-09-20' + n, 'x' from generate_series(0, 59) n`);
  await random(`insert into inspection_finding (institution_id, inspection, agency_id, severity, summary_sealed, due_on, state, found_by, found_at)
    select $1, i.id, i.agency_id, (array['minor','major','critical'])[1 + n % 3], '', date '2026-10-10' + n * 5, 'open', 'x', i.done_on::timestamp at time zone 'Asia/Shanghai'
    from inspection i, generate_series(1, 5) n`);
  await random(`insert into portfolio_change (institution_id, at, agency_id, currency, cases, amount)
    select $1, timestamptz '2026-10-20 12:00+08' + n * interval '1 day', nullif('r' || n % 4, 'r0'), 'CNY', 1 + n % 5, n from generate_series(1, 20) n`);
});
afterAll(() => room.stage.close());

const make = async (kind: string, more: object = {}): Promise<{ id: string; document: ReportDocument; rows: Map<string, TracedRow[]> }> => {
  const id = await room.made({ kind, ...more });
  const document = JSON.parse((await room.content(id, 'report.json')).toString()) as ReportDocument;
  const rows = new Map<string, TracedRow[]>();
  for (const { name } of document.rowFiles) rows.set(name, csvRecords((await room.content(id, name)).toString()));
  return { id, document, rows };
};
const value = ({ figures }: ReportDocument, id: string): number | null | undefined => figures.find((figure) => figure.id === id)?.value;
const wrong = ({ document, rows }: { document: ReportDocument; rows: Map<string, TracedRow[]> }): unknown[] =>
  numbersOf(document).filter((number) => recount(number.trace, rows.get(number.trace.file) ?? []) !== number.value);
const one = async (sql: string, ...values: unknown[]): Promise<number> =>
  (await room.stage.sql<{ n: number }>(`select (${sql})::float8 as n`, values, '*'))[0]?.n ?? -1;

it('the register of agencies: every total is what an independent count gives', async () => {
  const made = await make('agency-register');
  expect(wrong(made)).toEqual([]);
  const [from, until] = ['2026-10-01T00:00:00+08:00', '2026-11-01T00:00:00+08:00'];
  const { document } = made;
  expect(value(document, 'agencies')).toBe(await one('select count(*) from agency where institution_id = $1', BANK));
  expect(value(document, 'unpublished')).toBe(await one(`select count(*) from agency where status = 'active' and not published`));
  expect(value(document, 'without-contract')).toBe(
    await one(
      `select count(*) from agency where status = 'active' and not coalesce('2026-10-31' between contract_from and contract_to, false)`,
    ),
  );
  expect(value(document, 'standing-changes')).toBe(
    await one('select count(*) from agency_standing where at >= $1 and at < $2', from, until),
  );
  expect(value(document, 'permits-revoked')).toBe(
    await one('select coalesce(sum(revoked), 0) from agency_standing where at >= $1 and at < $2', from, until),
  );
  expect(value(document, 'inspections')).toBe(31);
  expect(value(document, 'findings')).toBe(155);
  expect(value(document, 'findings-overdue')).toBe(
    await one(`select count(*) from inspection_finding where due_on < '2026-10-31' and found_at >= $1 and found_at < $2`, from, until),
  );
  const [outsourced, all] = [
    await one('select sum(cases) from portfolio_change where agency_id is not null and at < $1', until),
    await one('select sum(cases) from portfolio_change where at < $1', until),
  ];
  expect([value(document, 'outsourced'), value(document, 'outsourced-share')]).toEqual([
    outsourced,
    Math.round((outsourced * 1000) / all) / 10,
  ]);
  const inspections = document.tables.find(({ id }) => id === 'inspections-by-agency');
  expect(inspections?.rows.reduce((sum, { cells }) => sum + (cells[0]?.value ?? 0), 0)).toBe(31);
});

it('says so where there is nothing', async () => {
  const { document } = await make('agency-register', { period: { from: '2020-01-01', to: '2020-01-31' } });
  expect([value(document, 'inspections'), value(document, 'sanctions'), value(document, 'outsourced-share')]).toEqual([0, 0, null]);
  const dossier = await make('case-dossier', { subject: 'C1', period: { from: '2020-01-01', to: '2020-01-31' } });
  expect(value(dossier.document, 'decisions')).toBe(0);
});

it('its public version gives no small number away', async () => {
  const { document } = await make('agency-register', { audience: 'public' });
  const small = numbersOf(document).filter(
    ({ value: shown, trace }) => trace.measure === 'count' && shown !== null && shown > 0 && shown < 5,
  );
  expect(small).toEqual([]);
  expect(document.rowFiles).toEqual([]);
});

it('the rules in force on a day, with version, article and words', async () => {
  const made = await make('rules-in-force');
  expect(wrong(made)).toEqual([]);
  const rules = made.rows.get('rules.csv') ?? [];
  expect(rules.length).toBeGreaterThan(15);
  expect(rules.find(({ ruleId }) => ruleId === 'quiet-hours')).toMatchObject({ pack: 'cn-card', severity: 'block', own: 'no' });
  expect(rules.every(({ source, title, saysEn }) => source && title && saysEn)).toBe(true);
});

describe('the dossier of a case', () => {
  it('has all that was done to its debtor, with names, and says who had it made and who read it', async () => {
    const made = await make('case-dossier', { subject: 'C3' });
    expect(wrong(made)).toEqual([]);
    const { document, rows, id } = made;
    expect(document.edition?.subject).toBe('C3');
    expect([value(document, 'decisions'), value(document, 'conversations')]).toEqual([
      await one(
        `select count(*) from decision d join collection_case k on k.id = d.collection_case where k.case_id = 'C3' and d.decided_at >= '2026-10-01T00:00:00+08:00' and d.decided_at < '2026-11-01T00:00:00+08:00'`,
      ),
      1,
    ]);
    expect(rows.get('parties.csv')?.[0]).toMatchObject({ caseId: 'C3', name: '张三', contactPoints: '138****0003' });
    expect((await make('case-dossier', { subject: 'C2' })).rows.get('decisions.csv')?.map((row) => row['rules'])).toContain(
      'conversations-per-debtor;burst',
    );
    await room.service.rows(manager, id, 'decisions', {});
    const reads = await room.stage.sql<{ ids: string[]; fields: string[] }>(
      `select resource_ids as ids, fields from personal_data_read where resource = 'case-dossier' and subject = $1 and 'C3' = any(resource_ids) order by id`,
      [manager.subject],
    );
    expect(reads[0]).toEqual({ ids: ['C3'], fields: ['report'] });
    expect(reads.at(-1)).toEqual({ ids: ['C3'], fields: ['figure decisions'] });
    expect(reads.length).toBeGreaterThan(9);
  });

  it('is for those who may see names, of cases that there are, and never public', async () => {
    const refused = (more: object, by = manager): Promise<string | undefined> =>
      room.ask({ kind: 'case-dossier', ...more }, by).then(
        () => 'made',
        (error: unknown) => (error instanceof Refusal ? (error.extras.errors?.[0]?.pointer ?? error.kind.code) : 'failed'),
      );
    expect(await refused({})).toBe('/subject');
    expect(await refused({ subject: 'nobody' })).toBe('/subject');
    expect(await refused({ subject: 'C1', audience: 'public' })).toBe('/audience');
    expect(await refused({ subject: 'C1', kind: 'agency-register' })).toBe('/subject');
    expect(await refused({ subject: 'C1' }, principal('admin'))).toBe('forbidden');
    expect(await refused({ subject: 'C1' }, principal('compliance', { institutionId: 'bank-2' }))).toBe('/subject');
    expect(await refused({ subject: 'C1', period: { from: '2020-01-01', to: '2026-10-31' } })).toBe('made');
    expect(await refused({ kind: 'agency-register', period: { ...OCTOBER, from: '2020-01-01' } })).toBe('/period');
    const { id } = await make('case-dossier', { subject: 'C1' });
    await expect(room.service.find(principal('admin'), id)).rejects.toMatchObject({ kind: { code: 'forbidden' } });
    expect((await room.service.list(principal('admin'), {})).items.some(({ kind }) => kind === 'case-dossier')).toBe(false);
  });
});

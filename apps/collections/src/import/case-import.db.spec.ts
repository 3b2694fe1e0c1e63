import { inTransaction } from '#pg';
import type { TableRow } from '#tabular';
import { BANK, Stage } from '../../testing/stage.ts';
import { CaseImportStore } from './case-import.store.ts';
import { CASE_COLUMNS, readCaseRow, type CaseRow } from './case-rows.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const usual: Readonly<Record<string, string>> = {
  caseId: 'R1',
  debtorId: 'RD1',
  debtorName: '张三',
  debtId: 'RL1',
  balance: '100.00',
  currency: 'CNY',
  partyId: 'P1',
  partyRole: 'debtor',
  partyName: '张三',
  contactPoint: '+8613800000901',
  contactChannel: 'voice',
};
const tableRow = (cells: Readonly<Record<string, string>>): TableRow => ({
  row: 2,
  values: CASE_COLUMNS.map(({ name }) => ({ ...usual, ...cells })[name] ?? ''),
});
function read(cells: Readonly<Record<string, string>>, agencyId: string | null = null): CaseRow {
  const row = readCaseRow(tableRow(cells), { institutionId: BANK, agencyId });
  if ('code' in row) throw new Error(`${row.column} ${row.code}`);
  return row;
}
const load = (rows: readonly CaseRow[]) =>
  inTransaction(stage.source, { institutionId: BANK }, (tx) => new CaseImportStore(stage.vault).store(tx, BANK, rows));

interface Kept {
  readonly region: string | null;
  readonly told: Date | null;
  readonly zones: readonly string[];
}
async function kept(caseId = 'R1'): Promise<Kept | undefined> {
  const [row] = await stage.sql<Kept>(
    `select d.region, c.referral_notice_at as told, t.time_zones as zones from collection_case c join debtor d on d.id = c.debtor
     join party p on p.collection_case = c.id join contact_point t on t.party = p.id where c.case_id = $1`,
    [caseId],
  );
  return row;
}

describe('a file of cases', () => {
  it('may say where the debtor lives; one that does not, leaves it as it is', async () => {
    await load([read({ region: '230100' })]);
    expect(await load([read({ region: '230100' })])).toEqual({ inserted: 0, updated: 0, unchanged: 1 });
    await load([read({ balance: '90.00' })]);
    expect(await kept()).toMatchObject({ region: '230100' });
    expect(() => read({ region: '2301' })).toThrow('region region');
  });

  it('knows the zones of a number of the North American plan', async () => {
    await load([read({ caseId: 'R2', debtorId: 'RD2', contactPoint: '(605) 555-0123', timeZone: 'America/New_York' })]);
    expect((await kept('R2'))?.zones).toEqual([]);
    await load([read({ caseId: 'R3', debtorId: 'RD3', contactPoint: '+1 605 555 0123', timeZone: 'America/New_York' })]);
    expect((await kept('R3'))?.zones).toEqual(['America/Denver', 'America/North_Dakota/Center']);
    expect((await kept('R1'))?.zones).toEqual([]);
  });

  it('may say when the debtor was told of the referral; who was told of one agency was not told of the next', async () => {
    const told = '2026-11-01T00:00:00.000Z';
    const row = { caseId: 'R4', debtorId: 'RD4' };
    await load([read({ ...row, agencyId: 'A01', referralNoticeAt: '2026-11-01T08:00:00+08:00' })]);
    expect((await kept('R4'))?.told?.toISOString()).toBe(told);
    await load([read({ ...row, agencyId: 'A01', balance: '90.00' })]);
    expect((await kept('R4'))?.told?.toISOString()).toBe(told);
    await load([read({ ...row, agencyId: 'A02' })]);
    expect((await kept('R4'))?.told).toBeNull();
    await load([read({ ...row, agencyId: 'A02', referralNoticeAt: '2026-11-03' })]);
    expect((await kept('R4'))?.told?.toISOString()).toBe('2026-11-02T16:00:00.000Z');
    expect(() => read({ ...row, referralNoticeAt: '2026-11-03' })).toThrow('no-referral');
    expect(() => read({ ...row, agencyId: 'A02', referralNoticeAt: 'soon' })).toThrow('instant');
    expect(() => read({ ...row, agencyId: 'A02', referralNoticeAt: '2026-11-03' }, 'A02')).toThrow('bank-only');
  });
});

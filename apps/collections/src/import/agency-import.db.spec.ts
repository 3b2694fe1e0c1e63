import type { BatchOutcome, ImportKind, ImportRecord } from '#imports';
import { inTransaction } from '#pg';
import { BANK, Stage } from '../../testing/stage.ts';
import { StandingRoom } from '../../testing/standing-room.ts';
import { AgenciesKind } from './agencies.kind.ts';
import { AgencyStaffKind } from './agency-staff.kind.ts';

let stage: Stage;
let agencies: ImportKind;
let staff: ImportKind;

beforeAll(async () => {
  stage = await Stage.open();
  const store = new StandingRoom(stage).imports;
  [agencies, staff] = [new AgenciesKind(store), new AgencyStaffKind(store)];
});
afterAll(() => stage.close());

type Cells = Readonly<Record<string, string>>;

function load(kind: ImportKind, rows: readonly Cells[], scope: { agencyId?: string; institutionId?: string } = {}): Promise<BatchOutcome> {
  const { institutionId = BANK, agencyId = null } = scope;
  const record = { id: 'import-1', institutionId, agencyId, requestedBy: 'core-1' } as ImportRecord;
  const table = rows.map((cells, at) => ({ row: at + 2, values: kind.columns.map(({ name }) => cells[name] ?? '') }));
  return inTransaction(stage.source, { institutionId }, (tx) => kind.storeBatch(tx, record, { rows: table, errors: [], bytesRead: 1 }));
}

const agency = (agencyId: string, more: Cells = {}): Cells => ({
  agencyId,
  name: `${agencyId} 催收公司`,
  published: 'true',
  contractFrom: '2026-01-01',
  contractTo: '2026-12-31',
  ...more,
});
const standing = async (agencyId: string): Promise<unknown> =>
  (await stage.sql(`select status, published, contract_to::text as "to", name from agency where agency_id = $1`, [agencyId]))[0];
const devices = async (agencyId: string): Promise<string[]> =>
  (
    await stage.sql<{ id: string }>(
      `select distinct device_id as id from agency_device where agency_id = $1 and retired_at is null order by 1`,
      [agencyId],
    )
  ).map(({ id }) => id);

describe('files of agencies', () => {
  it('register them; the same file again changes nothing, a later one says what is new', async () => {
    const file = [agency('A01'), agency('A02', { status: 'suspended', published: '否' })];
    expect(await load(agencies, [...file, file[0] ?? {}])).toEqual({ inserted: 2, updated: 0, unchanged: 1, faults: [] });
    expect(await load(agencies, file)).toEqual({ inserted: 0, updated: 0, unchanged: 2, faults: [] });
    expect(await load(agencies, [agency('A01', { contractTo: '2027-12-31' })])).toMatchObject({ inserted: 0, updated: 1 });
    expect(await standing('A01')).toMatchObject({ status: 'active', to: '2027-12-31' });
    expect(await standing('A02')).toMatchObject({ status: 'suspended', published: false });
    const acts = await stage.sql(
      `select subject, detail->>'contractTo' as "to" from register_act where resource = 'agency/A01' order by id`,
    );
    expect(acts).toEqual([
      { subject: 'core-1', to: '2026-12-31' },
      { subject: 'core-1', to: '2027-12-31' },
    ]);
  });

  it('do not undo what people have set since: last night’s list does not lift a suspension', async () => {
    await load(agencies, [agency('A03')]);
    await stage.sql(`update agency set status = 'suspended' where agency_id = 'A03'`);
    expect(await load(agencies, [agency('A03', { name: '新名' })])).toMatchObject({ updated: 1 });
    expect(await standing('A03')).toMatchObject({ status: 'suspended', name: '新名' });
    await load(agencies, [agency('A03', { status: 'exited' })]);
    expect(await standing('A03')).toMatchObject({ status: 'exited' });
  });

  it('two at once leave one set', async () => {
    const file = Array.from({ length: 50 }, (_, n) => agency(`P${n}`));
    const outcomes = await Promise.all([load(agencies, file), load(agencies, file.toReversed()), load(agencies, file)]);
    expect(outcomes.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(50);
    expect(outcomes.reduce((sum, { updated }) => sum + updated, 0)).toBe(0);
    expect(await stage.sql(`select id from agency where agency_id like 'P%'`)).toHaveLength(50);
    expect(await stage.sql(`select id from register_act where resource like 'agency/P%'`)).toHaveLength(50);
  });

  it.each([
    ['name', '', 'required'],
    ['agencyId', '', 'required'],
    ['institutionId', 'bank-2', 'other-institution'],
    ['status', 'gone', 'unknown-value'],
    ['published', 'perhaps', 'unknown-value'],
    ['contractFrom', '2026-02-30', 'date'],
    ['contractTo', '2025-12-31', 'order'],
    ['lastEvaluatedOn', 'yesterday', 'date'],
    ['name', 'x'.repeat(201), 'too-long'],
    ['phone', 'a\u0007', 'control-character'],
  ])('report a row with %s %j, and take the rest', async (column, value, code) => {
    const result = await load(agencies, [agency('BAD', { [column]: value }), agency('GOOD')]);
    expect(result.faults.map((fault) => [fault.row, fault.column, fault.code])).toEqual([[2, column, code]]);
    expect(await standing('BAD')).toBeUndefined();
    expect(await standing('GOOD')).toBeDefined();
  });

  it('are the bank’s alone, and of one institution', async () => {
    const own = await load(agencies, [agency('A09')], { agencyId: 'A09' });
    expect(own.faults).toMatchObject([{ column: 'agencyId', code: 'bank-only' }]);
    await load(agencies, [agency('A10', { name: '别家' })], { institutionId: 'bank-2' });
    expect(await standing('A10')).toBeUndefined();
  });
});

describe('files of agency staff', () => {
  const person = (collectorId: string, more: Cells = {}): Cells => ({
    agencyId: 'S01',
    collectorId,
    name: '王小明',
    certificateUntil: '2027-01-31',
    ...more,
  });
  beforeAll(() => load(agencies, [agency('S01'), agency('S02')]));

  it('register collectors and their work tools; a tool that nobody has is registered no more', async () => {
    const file = [person('c1', { deviceIds: 'd2; d1;d1' }), person('c2', { deviceIds: 'd2' })];
    expect(await load(staff, file)).toEqual({ inserted: 2, updated: 0, unchanged: 0, faults: [] });
    expect(await load(staff, [person('c1', { deviceIds: 'd1；d2' }), person('c2', { deviceIds: 'd2' })])).toMatchObject({ unchanged: 2 });
    expect(await devices('S01')).toEqual(['d1', 'd2']);
    expect(await load(staff, [person('c1', { deviceIds: 'd3' })])).toMatchObject({ updated: 1 });
    expect(await devices('S01')).toEqual(['d2', 'd3']);
    expect(await load(staff, [person('c2', { status: 'left', deviceIds: 'd2' })])).toMatchObject({ updated: 1 });
    expect(await devices('S01')).toEqual(['d3']);
    await load(staff, file);
    expect(await devices('S01')).toEqual(['d1', 'd2']);
    const kept = await stage.sql<{ active: boolean; sealed: Buffer }>(
      `select active, name_sealed as sealed from agency_staff where agency_id = 'S01' order by collector_id`,
    );
    expect(kept.map(({ active, sealed }) => [active, stage.vault.open(sealed, 'agency_staff.name')])).toEqual([
      [true, '王小明'],
      [true, '王小明'],
    ]);
  });

  it('two at once leave one set', async () => {
    const file = Array.from({ length: 50 }, (_, n) => person(`p${n}`, { agencyId: 'S02', deviceIds: `e${n};shared` }));
    const outcomes = await Promise.all([load(staff, file), load(staff, file.toReversed())]);
    expect(outcomes.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(50);
    expect(await devices('S02')).toHaveLength(51);
  });

  it('of an agency are its own, and of one that is registered', async () => {
    const codes = async (rows: readonly Cells[], agencyId?: string): Promise<unknown> =>
      (await load(staff, rows, agencyId === undefined ? {} : { agencyId })).faults.map(({ row, column, code }) => [row, column, code]);
    expect(await codes([person('x'), person('y', { agencyId: 'S02' })], 'S02')).toEqual([[2, 'agencyId', 'other-agency']]);
    expect(await codes([person('x', { agencyId: 'S99' })])).toEqual([[2, 'agencyId', 'unknown-agency']]);
    expect(await codes([person('x', { certificateUntil: '31/12/2026' }), person('x', { status: 'gone' })])).toEqual([
      [2, 'certificateUntil', 'date'],
      [3, 'status', 'unknown-value'],
    ]);
  });
});

import { hashOf } from '#idempotency';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { StandingRoom } from '../../testing/standing-room.ts';
import type { StandingRequest } from './agency.dto.ts';
import { AgencyDesk } from './agency-desk.ts';
import { AgencyService } from './agency.service.ts';
import { AgencyStore } from './agency.store.ts';
import { StandingSettingService } from './standing-setting.service.ts';

let stage: Stage;
let agencies: AgencyService;
let settings: StandingSettingService;
const manager = principal('collections-manager');

beforeAll(async () => {
  stage = await Stage.open();
  const room = new StandingRoom(stage);
  agencies = new AgencyService(stage.source, stage.clock, new AgencyStore(), room.acts, stage.vault);
  const desk = new AgencyDesk(stage.source, stage.clock, new AgencyStore());
  settings = new StandingSettingService(desk, agencies, room.standings, room.revocations);
  await stage.sql(
    `insert into agency (institution_id, agency_id, name, published, contract_from, contract_to, last_evaluated_on)
     select '${BANK}', id, id || ' 公司', true, '2026-01-01', '2026-12-31', '2026-06-30' from unnest('{A01,A02,A03}'::text[]) as id`,
  );
  const staff = `insert into agency_staff (institution_id, agency_id, collector_id, name_sealed, certificate_until, active, content_hash) values ('${BANK}', 'A01', $1, $2, $3, $4, '')`;
  for (const [id, until, active] of [
    ['c1', '2026-11-21', true],
    ['c2', '2026-11-20', true],
    ['c3', null, true],
    ['c4', '2027-01-01', false],
  ])
    await stage.sql(staff, [id, stage.vault.seal('王小明', 'agency_staff.name'), until, active]);
  await stage.sql(
    `insert into agency_device (institution_id, agency_id, device_id, collector_id, retired_at) values ('${BANK}', 'A01', 'd1', 'c1', null), ('${BANK}', 'A01', 'd1', 'c2', null), ('${BANK}', 'A01', 'd0', 'c1', now())`,
  );
  await stage.addCases([{ caseId: 'C1', agencyId: 'A01' }]);
});
afterAll(() => stage.close());

const set = (agencyId: string, request: Partial<StandingRequest>, by = manager, key: string | null = null) =>
  settings.set(
    by,
    agencyId,
    { reason: '巡检', ...request },
    { idempotency: key === null ? null : { key, hash: hashOf(agencyId, request) }, requestId: 'r' },
  );
const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string } }) => error.kind?.code ?? error,
  );

describe('the register of agencies', () => {
  it('lists them in order, by page and by how they stand; an agency finds itself alone', async () => {
    const first = await agencies.list(manager, { limit: 2 });
    expect(first.items.map(({ agencyId }) => agencyId)).toEqual(['A01', 'A02']);
    expect(first.items[0]).toMatchObject({
      staffCount: 3,
      openCases: 1,
      standing: { good: true, reasons: [] },
      contract: { to: '2026-12-31' },
    });
    const rest = await agencies.list(manager, { limit: 2, cursor: first.nextCursor ?? '' });
    expect(rest).toMatchObject({ items: [{ agencyId: 'A03' }], nextCursor: null });
    expect((await agencies.list(principal('agency-supervisor', { agencyId: 'A02' }), {})).items).toMatchObject([{ agencyId: 'A02' }]);
    expect((await agencies.list(manager, { status: 'suspended' })).items).toEqual([]);
    expect(await codeOf(agencies.list(manager, { cursor: Buffer.from('a\u0000').toString('base64url') }))).toBe('invalid');
  });

  it('shows who may collect today and with which tools; names by role, and the showing is recorded', async () => {
    const seen = await agencies.find(manager, 'A01', 'r7');
    expect(seen.staff.map(({ collectorId, name, fit, deviceIds }) => [collectorId, name, fit, deviceIds])).toEqual([
      ['c1', '王小明', true, ['d1']],
      ['c2', '王小明', false, ['d1']],
      ['c3', '王小明', false, []],
      ['c4', '王小明', false, []],
    ]);
    expect(seen.deviceIds).toEqual(['d1']);
    const masked = await agencies.find(principal('compliance'), 'A01', 'r8');
    expect([masked.masked, masked.staff[0]?.name]).toEqual([true, '王**']);
    expect(await stage.sql(`select request_id from personal_data_read where resource = 'agency'`)).toEqual([{ request_id: 'r7' }]);
    for (const who of [principal('agency-supervisor', { agencyId: 'A02' }), principal('collections-manager', { institutionId: 'bank-2' })])
      expect(await codeOf(agencies.find(who, 'A01', 'r'))).toBe('not-found');
  });

  it('is changed by people: what is not said stays, what was set is kept with who and why', async () => {
    const suspended = await set('A02', { status: 'suspended' });
    expect(suspended).toMatchObject({ status: 'suspended', published: true, standing: { good: false, reasons: ['suspended'] } });
    const renewed = await set('A02', { status: 'active', contractTo: null, lastEvaluatedOn: '2026-11-01' }, principal('compliance'));
    expect(renewed).toMatchObject({ contract: { from: '2026-01-01', to: null }, lastEvaluatedOn: '2026-11-01', standing: { good: true } });
    expect(renewed.history).toMatchObject([
      { by: 'collections-manager-1', reason: '巡检', detail: { status: 'suspended' } },
      { by: 'compliance-1', detail: { status: 'active', contractTo: null } },
    ]);
  });

  it('one key is one change; two at once are both kept, one after the other', async () => {
    await Promise.all([1, 2, 3].map(() => set('A03', { published: false }, manager, 'k1')));
    expect((await agencies.find(manager, 'A03', 'r')).history).toHaveLength(1);
    await Promise.all([set('A03', { published: true }), set('A03', { status: 'suspended' })]);
    expect(await agencies.find(manager, 'A03', 'r')).toMatchObject({ published: true, status: 'suspended' });
  });

  it('a change of nothing, a contract that ends before it begins, and another’s agency are refused', async () => {
    expect(await codeOf(set('A03', {}))).toBe('invalid');
    expect(await codeOf(set('A03', { contractTo: '2025-01-01' }))).toBe('invalid');
    expect(await codeOf(set('A99', { published: true }))).toBe('not-found');
    expect(await codeOf(set('A03', { published: true }, principal('compliance', { institutionId: 'bank-2' })))).toBe('not-found');
  });
});

import { AgencyRoom, compliance, keyed, manager, ofAgency, refusalOf, usualAgency } from '../../testing/agency-room.ts';
import { principal, Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: AgencyRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new AgencyRoom(stage);
});
afterAll(() => stage.close());

const at = (agencyId: string) => ({ agencyId, idempotency: null, requestId: 'r' });

describe('the profile of an agency', () => {
  it('begins with a candidate that may not contact anybody; names are sealed, and their reading is recorded', async () => {
    const made = await room.register();
    expect(made).toMatchObject({
      name: usualAgency.name,
      licence: { issuer: '演示市市场监管局', until: '2030-12-31' },
      owners: [{ sharePercent: 80 }, { name: '钱一' }],
      approvals: [{ reference: '演银批〔2026〕1号' }],
      responsible: { subject: 'collections-manager-1', name: '李三' },
      masked: false,
    });
    expect(await stage.sql(`select status, published from agency where agency_id = 'N1'`)).toEqual([
      { status: 'candidate', published: false },
    ]);
    const [row] = await stage.sql<{ text: string }>(`select encode(private_sealed, 'escape') as text from agency_profile`);
    expect(row?.text).not.toContain('孙二');
    await stage.addCases([{ caseId: 'C1', agencyId: 'N1' }]);
    const asked = await stage.ask('C1', {}, principal('agent', { agencyId: 'N1' }));
    expect(asked.reasons).toContainEqual(expect.objectContaining({ ruleId: 'agency-standing' }));
    await room.profiles.find(manager, 'N1', 'r9');
    expect(await stage.sql(`select fields from personal_data_read where request_id = 'r9'`)).toEqual([{ fields: ['owners', 'contacts'] }]);
  });

  it('is masked for who only looks on; an agency reads its own', async () => {
    const masked = await room.profiles.find(principal('regulator'), 'N1', 'r');
    expect(masked).toMatchObject({
      masked: true,
      owners: [{ name: expect.stringMatching(/^演\*+$/) }, { name: '钱*' }],
      beneficialOwner: '***',
    });
    expect(masked.contacts[0]).toMatchObject({ name: '孙*', email: 's***@example.com' });
    expect(await room.profiles.find(ofAgency('N1'), 'N1', 'r')).toMatchObject({ masked: false });
    expect(await refusalOf(room.profiles.find(ofAgency('N2'), 'N1', 'r'))).toBe('not-found');
    expect(await refusalOf(room.profiles.write(ofAgency('N1'), usualAgency, at('N1')))).toBe('forbidden');
    expect(await refusalOf(room.profiles.write(principal('compliance', { institutionId: 'bank-2' }), usualAgency, at('N1')))).toBe(
      'not-found',
    );
  });

  it('is written anew as a whole, also of an agency that came by a file', async () => {
    await stage.addAgencies(['A01']);
    expect(await room.profiles.find(compliance, 'A01', 'r')).toMatchObject({ writtenAt: null, owners: [], responsible: null });
    const { agencyId: _id, ...profile } = usualAgency;
    expect(await room.profiles.write(compliance, { ...profile, owners: [] }, at('A01'))).toMatchObject({
      owners: [],
      name: usualAgency.name,
    });
    const over = { ...profile, owners: [...(profile.owners ?? []), { name: '周四', sharePercent: 1 }] };
    expect(await refusalOf(room.profiles.write(manager, over, at('A01')))).toBe('invalid /owners');
    expect(await stage.sql(`select status from agency where agency_id = 'A01'`)).toEqual([{ status: 'active' }]);
  });

  it('of two that register one id at once one is there; one key is one agency', async () => {
    const race = await Promise.all([1, 2, 3].map(() => refusalOf(room.register({ agencyId: 'R1' }))));
    expect(race.toSorted()).toEqual(['agency-known /agencyId', 'agency-known /agencyId', 'done']);
    const request = { ...usualAgency, agencyId: 'R2' };
    const once = () => room.profiles.register(manager, request, { idempotency: keyed('k', request), requestId: 'r' });
    const both = await Promise.all([once(), once()]);
    expect(both.map(({ agencyId }) => agencyId)).toEqual(['R2', 'R2']);
    expect(await refusalOf(room.register({ agencyId: 'a\u0007' }))).toBe('invalid /agencyId');
    expect(await refusalOf(room.profiles.register(ofAgency('N1'), request, { idempotency: null, requestId: 'r' }))).toBe('forbidden');
  });
});

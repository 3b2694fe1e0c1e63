import { AgencyRoom, compliance, keyed, manager, ofAgency, refusalOf, usualContract } from '../../testing/agency-room.ts';
import { BANK, Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: AgencyRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new AgencyRoom(stage);
  for (const agencyId of ['N1', 'N2', 'N3', 'N4']) await room.register({ agencyId });
});
afterAll(() => stage.close());

const gateDates = async (agencyId: string): Promise<unknown> =>
  (await stage.sql(`select contract_from::text || ' ' || contract_to::text as dates from agency where agency_id = $1`, [agencyId]))[0];
const { contractNo: _no, ...amendment } = usualContract;
const shareAlone = { currency: 'CNY', components: [{ kind: 'share-of-recoveries' as const, percent: '18' }] };

describe('a contract with an agency', () => {
  it('whose fee is a share of recoveries alone is refused with the article, new or amended, and nothing of it is kept', async () => {
    expect(await refusalOf(room.contract('N1', { feeTerms: shareAlone }))).toBe('invalid /feeTerms CC22');
    const weightless = { ...shareAlone, components: [...shareAlone.components, { kind: 'quality' as const, percent: '0' }] };
    expect(await refusalOf(room.contract('N1', { feeTerms: weightless }))).toBe('invalid /feeTerms CC22');
    await room.contract('N1');
    const amended = room.contracts.amend(manager, { agencyId: 'N1', contractNo: 'HT-1' }, { ...amendment, feeTerms: shareAlone }, null);
    expect(await refusalOf(amended)).toBe('invalid /feeTerms CC22');
    expect((await room.contracts.list(manager, 'N1', {})).items).toHaveLength(1);
  });

  it('is amended by the next version, which the gate follows; a renewal without a gap lengthens it', async () => {
    const made = await room.contract('N2', { note: '含质量考核' });
    expect(made).toMatchObject({ version: 1, isInForce: true, note: '含质量考核', scope: { regions: ['23'] } });
    const ended = await room.contracts.amend(
      compliance,
      { agencyId: 'N2', contractNo: 'HT-1' },
      { ...amendment, validTo: '2026-12-31' },
      null,
    );
    expect(ended).toMatchObject({ version: 2, isNewest: true, isInForce: true });
    expect(await gateDates('N2')).toEqual({ dates: '2026-11-01 2026-12-31' });
    await room.contract('N2', { contractNo: 'HT-2', validFrom: '2027-01-01', validTo: '2027-12-31' });
    expect(await gateDates('N2')).toEqual({ dates: '2026-11-01 2027-12-31' });
    const { items } = await room.contracts.list(ofAgency('N2'), 'N2', {});
    expect(items.map((one) => [one.contractNo, one.version, one.isInForce])).toEqual([
      ['HT-2', 1, false],
      ['HT-1', 2, true],
      ['HT-1', 1, false],
    ]);
    const overlap = room.contract('N2', { contractNo: 'HT-3', validFrom: '2027-12-31', validTo: '2028-06-30' });
    expect(await refusalOf(overlap)).toBe('contracts-overlap /validFrom');
  });

  it('one key is one version; of two with one number at once one is made', async () => {
    const twice = await Promise.all([1, 2, 3].map(() => room.contracts.create(manager, 'N3', usualContract, keyed('c1', usualContract))));
    expect(new Set(twice.map(({ id }) => id)).size).toBe(1);
    const race = await Promise.all([1, 2].map(() => refusalOf(room.contract('N4'))));
    expect(race.toSorted()).toEqual(['contract-known', 'done']);
    const amended = await Promise.all(
      [1, 2, 3].map(() => room.contracts.amend(manager, { agencyId: 'N4', contractNo: 'HT-1' }, amendment, null)),
    );
    expect(amended.map(({ version }) => version).toSorted()).toEqual([2, 3, 4]);
  });

  it('is the bank’s to make, and an agency’s to read of its own', async () => {
    expect(await refusalOf(room.contracts.create(ofAgency('N3'), 'N3', { ...usualContract, contractNo: 'X' }, null))).toBe('forbidden');
    expect(await refusalOf(room.contracts.list(ofAgency('N2'), 'N3', {}))).toBe('not-found');
    expect(await refusalOf(room.contracts.list({ ...manager, institutionId: 'bank-2' }, 'N3', {}))).toBe('not-found');
    const bad = { validFrom: '2026-02-01', validTo: '2026-01-31', documentId: 'none', scope: { regions: ['xy'] } };
    expect(await refusalOf(room.contract('N3', { contractNo: 'Y', ...bad }))).toBe('invalid /validTo /scope/regions/0');
    expect(
      await refusalOf(room.contract('N3', { contractNo: 'Y', validFrom: '2029-01-01', validTo: '2029-02-01', documentId: 'none' })),
    ).toBe('invalid /documentId');
    expect(await stage.sql(`select distinct institution_id from agency_contract`)).toEqual([{ institution_id: BANK }]);
  });
});

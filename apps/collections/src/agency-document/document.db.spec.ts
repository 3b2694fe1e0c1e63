import { createHash } from 'node:crypto';
import { AgencyRoom, manager, ofAgency, pdf, refusalOf } from '../../testing/agency-room.ts';
import { principal, Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: AgencyRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new AgencyRoom(stage);
  for (const agencyId of ['N1', 'N2']) await room.register({ agencyId });
});
afterAll(() => stage.close());

const licence = { kind: 'licence', title: '营业执照', validUntil: '2027-01-31' };

describe('a document of an agency', () => {
  it('is the next version of its kind and title, and comes back byte for byte with its hash', async () => {
    const first = await room.document('N1', licence, pdf('一'));
    const second = await room.document('N1', { ...licence, validUntil: '' }, pdf('二'), ofAgency('N1'));
    expect([first.version, second.version, second.isNewest]).toEqual([1, 2, true]);
    expect(second.sha256).toBe(createHash('sha256').update(pdf('二')).digest('hex'));
    const { items } = await room.documents.list(manager, 'N1', {});
    expect(items.map(({ version, isNewest, contentType }) => [version, isNewest, contentType])).toEqual([
      [2, true, 'application/pdf'],
      [1, false, 'application/pdf'],
    ]);
    const file = await room.documents.file(manager, 'N1', first.id, 'r3');
    const pieces: Uint8Array[] = [];
    for await (const piece of file.open()) pieces.push(piece);
    expect(Buffer.concat(pieces)).toEqual(pdf('一'));
    expect(await stage.sql(`select fields from personal_data_read where request_id = 'r3'`)).toEqual([
      { fields: [`document ${first.id}`] },
    ]);
    await stage.uploads.sweep();
    expect(await stage.sql('select from upload')).toHaveLength(2);
  });

  it('is what its bytes are, whatever it is called; what is refused is not kept', async () => {
    const before = await stage.sql('select from upload');
    expect(await refusalOf(room.document('N1', licence, Buffer.from('<html><script>alert(1)</script>')))).toBe('unsupported-media-type');
    expect(await refusalOf(room.document('N1', licence, Buffer.from('MZ\u0000\u0000 a program')))).toBe('unsupported-media-type');
    expect(await refusalOf(room.document('N1', { kind: 'x', title: ' ', validUntil: 'soon' }))).toBe('invalid /kind /title /validUntil');
    expect(await stage.sql('select from upload')).toHaveLength(before.length);
  });

  it('is uploaded once by one key; versions that come at once follow each other', async () => {
    const twice = await Promise.all([1, 2].map(() => room.document('N2', licence, pdf(), manager, 'u1')));
    expect(new Set(twice.map(({ id }) => id)).size).toBe(1);
    const race = await Promise.all([1, 2, 3].map((n) => room.document('N2', licence, pdf(String(n)))));
    expect(race.map(({ version }) => version).toSorted()).toEqual([2, 3, 4]);
    expect(await refusalOf(room.document('N2', licence, pdf('other'), manager, 'u1'))).toBe('idempotency-key-reused');
  });

  it('is the agency’s own', async () => {
    const [mine] = (await room.documents.list(manager, 'N2', {})).items;
    for (const who of [ofAgency('N1'), principal('compliance', { institutionId: 'bank-2' })]) {
      expect(await refusalOf(room.documents.file(who, 'N2', mine?.id ?? '', 'r'))).toBe('not-found');
      expect(await refusalOf(room.document('N2', licence, pdf(), who))).toBe('not-found');
    }
    // Nor by way of the own agency.
    expect(await refusalOf(room.documents.file(ofAgency('N1'), 'N1', mine?.id ?? '', 'r'))).toBe('not-found');
  });
});

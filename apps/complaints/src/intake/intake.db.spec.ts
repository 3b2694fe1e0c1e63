import { call, codeOf, key } from '../../testing/after.ts';
import { IntakeRooms } from '../../testing/desk-intake.ts';
import { complaintRequest, handler, principal, Stage, supervisor } from '../../testing/stage.ts';

let stage: Stage;
let rooms: IntakeRooms;

beforeAll(async () => {
  stage = await Stage.open();
  rooms = new IntakeRooms(stage);
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-11-21T15:00:00+08:00'));

const { complainant } = complaintRequest();
const people = (count: number, relationship: string | null = null) =>
  Array.from({ length: count }, (_, n) => ({ name: `代表${n}`, relationship }));
const found = (id: string, by = handler) => rooms.intakes.find(by, id, call());
const refusal = (work: Promise<unknown>) => work.catch((error: unknown) => error);
const forwarded = { regulator: 'PBOC', reference: 'PB-2026-7', forwardedOn: '2026-11-20' };

describe('who complains', () => {
  it('is a person for himself where nothing is said, and nothing is kept of it', async () => {
    const { id } = await stage.register();
    expect(await found(id)).toMatchObject({ kind: 'self', needsProof: null, representatives: [], forwarded: null, cannot: [] });
    expect(await stage.sql('select 1 from complaint_intake where complaint = $1', [id])).toEqual([]);
  });

  it('is a group with five who speak for it at most (CMP20 12)', async () => {
    const { id, groupSize } = await stage.register({ groupSize: 7, representatives: people(5) });
    expect(groupSize).toBe(7);
    expect(await found(id)).toMatchObject({ kind: 'group', groupSize: 7, representatives: [{ name: '代表0' }, {}, {}, {}, {}] });
    const refused = await refusal(stage.register({ groupSize: 7, representatives: people(6) }));
    expect(refused).toMatchObject({ kind: { code: 'invalid' }, extras: { errors: [{ pointer: '/representatives', source: 'CMP20 12' }] } });
    const [row] = await stage.sql<{ sealed: Buffer }>('select people_sealed as sealed from complaint_intake where complaint = $1', [id]);
    expect(row?.sealed.toString('utf8')).not.toContain('代表');
    expect(await found(id, principal('regulator'))).toMatchObject({ masked: true, representatives: [{ name: '代**' }, {}, {}, {}, {}] });
  });

  it('says no name: what that changes is said, and nobody has to be looked for', async () => {
    const { id, complainant: shown } = await stage.register({ complainantKind: 'anonymous', complainant: {} });
    expect(shown).toMatchObject({ name: '匿名', contact: null });
    expect((await found(id)).cannot).toEqual(['tell', 'call-back', 'review', 'account-data']);
    expect(await codeOf(stage.register({ complainantKind: 'anonymous' }))).toBe('invalid');
    expect(await codeOf(stage.register({ complainant: { name: '张三' } }))).toBe('invalid');
  });
});

describe('what a regulator sends on', () => {
  it('is known by its reference, one complaint for each regulator, and under its own rules', async () => {
    const registered = await stage.register({ forwarded });
    expect(registered.pack).toBe('cn-pboc-2020');
    expect(await found(registered.id)).toMatchObject({ forwarded: { ...forwarded, regulator: 'pboc' } });
    const refused = await refusal(stage.register({ forwarded, subject: '另一份' }));
    expect(refused).toMatchObject({ kind: { code: 'regulator-reference-known' }, extras: { errors: [{ source: 'CMP20 33' }] } });
    expect((refused as Error).message).toContain(registered.number);
    expect((await stage.register({ forwarded: { ...forwarded, regulator: '12378' } })).pack).toBe('cn-banking-2020');
    const stranger = principal('complaint-handler', { institutionId: 'bank-2' });
    expect((await stage.register({ forwarded }, stranger)).pack).toBe('cn-pboc-2020');
  });

  it('is registered once when it comes many times at once, and the same key or external reference is the same complaint', async () => {
    const one = { ...forwarded, reference: 'PB-2026-8' };
    const codes = await Promise.all(Array.from({ length: 5 }, () => codeOf(stage.register({ forwarded: one }))));
    expect(codes.toSorted()).toEqual(['done', ...Array.from({ length: 4 }, () => 'regulator-reference-known')]);
    const two = { forwarded: { ...forwarded, reference: 'PB-2026-9' }, externalRef: 'X-9' };
    const made = await Promise.all([stage.register(two), stage.register(two), stage.register(two, handler, key('F'))]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });
});

describe('who acts for the complainant', () => {
  const byProxy = { complainant: { ...complainant, proxy: { name: '李律师' } } };

  it('shows a paper that is examined; the latest examination counts (CMP20 14)', async () => {
    const { id } = await stage.register(byProxy);
    expect(await found(id)).toMatchObject({ kind: 'proxy', needsProof: 'authority', isProved: false });
    const file = await rooms.files.add(id, { fields: { kind: 'authority' } });
    const examine = (sufficient: boolean, by = handler) =>
      rooms.intakes.examine(by, id, { fileId: file.id, sufficient, note: '印章清晰' }, call());
    expect(await examine(true)).toMatchObject({
      isProved: true,
      examinations: [{ fileId: file.id, note: '印章清晰', examinedBy: handler.subject }],
    });
    expect(await examine(false, supervisor)).toMatchObject({
      isProved: false,
      examinations: [{ sufficient: false }, { sufficient: true }],
    });
    expect(await rooms.kinds(id)).toEqual(expect.arrayContaining(['proof-examined']));
    const other = await stage.register(byProxy);
    expect(await codeOf(rooms.intakes.examine(handler, other.id, { fileId: file.id, sufficient: true }, call()))).toBe('invalid');
    const self = await stage.register();
    expect(await codeOf(rooms.intakes.examine(handler, self.id, { fileId: file.id, sufficient: true }, call()))).toBe('no-proof-needed');
  });

  it('heirs are told only once they have shown that they are', async () => {
    const { id } = await stage.register({ complainantKind: 'heirs', representatives: people(2, '子女') });
    await stage.decide(id);
    expect(await refusal(stage.tell(id))).toMatchObject({
      kind: { code: 'representation-not-proved' },
      extras: { errors: [{ source: 'CMP20 14' }] },
    });
    const file = await rooms.files.add(id, { fields: { kind: 'identity' } });
    await rooms.intakes.examine(handler, id, { fileId: file.id, sufficient: true }, call(key('P')));
    await rooms.intakes.examine(handler, id, { fileId: file.id, sufficient: true }, call(key('P')));
    expect((await found(id)).examinations).toHaveLength(1);
    expect(await stage.tell(id)).toMatchObject({ accepted: true });
  });

  it('is nobody’s business elsewhere', async () => {
    const { id } = await stage.register(byProxy);
    expect(await codeOf(found(id, principal('complaint-handler', { institutionId: 'bank-2' })))).toBe('not-found');
    expect(await codeOf(found(id, principal('complaint-handler', { agencyId: 'A1' })))).toBe('not-found');
  });
});

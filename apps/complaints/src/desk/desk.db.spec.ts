import { inTransaction } from '#pg';
import { toCommand } from '../clock/event-command.ts';
import { admin, Handling, key, refusalOf } from '../../testing/handling.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';

let stage: Stage;
let room: Handling;

beforeAll(async () => {
  stage = await Stage.open();
  room = new Handling(stage);
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-11-21T15:00:00+08:00'));

const tx = <T>(work: (tx: Parameters<Parameters<typeof inTransaction>[2]>[0]) => Promise<T>): Promise<T> =>
  inTransaction(stage.source, admin, work as never) as Promise<T>;

describe('units', () => {
  it('stand below each other, and are changed with a history', async () => {
    await room.unit('HO', { kind: 'head-office', nameZh: '总行', nameEn: 'Head office' });
    await room.unit('HRB', { parent: 'HO', contact: '0451-555' });
    const changed = await room.unit('HRB', { parent: 'HO', nameZh: '哈尔滨分行', contact: '0451-666' });
    expect(changed).toMatchObject({ code: 'HRB', parent: 'HO', nameZh: '哈尔滨分行', contact: '0451-666', members: 0, retired: false });
    const { items } = await room.deskAdmin.changes(admin, { of: 'HRB' });
    expect(items.map(({ action, actor }) => [action, actor])).toEqual([
      ['changed', 'admin-1'],
      ['added', 'admin-1'],
    ]);
    expect(JSON.stringify(items)).not.toContain('0451');
    const [row] = await stage.sql<{ text: string }>(`select row_to_json(u)::text as text from desk_unit u where code = 'HRB'`);
    expect(row?.text).not.toContain('0451');
  });

  it('are not below themselves, not even when two changes come at once', async () => {
    expect((await refusalOf(room.unit('HO', { parent: 'HRB' }))).extras.errors).toEqual([
      { pointer: '/parent', detail: 'is the unit itself or below it' },
    ]);
    expect((await refusalOf(room.unit('X', { parent: 'nowhere' }))).extras.errors?.[0]?.pointer).toBe('/parent');
    await Promise.all([room.unit('P'), room.unit('Q')]);
    const both = await Promise.allSettled([room.unit('P', { parent: 'Q' }), room.unit('Q', { parent: 'P' })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('are retired only when nothing is below them', async () => {
    expect((await refusalOf(room.unit('HO', { kind: 'head-office', retired: true }))).kind.code).toBe('unit-in-use');
    await room.unit('OLD');
    await room.unit('OLD', { retired: true });
    expect((await refusalOf(room.member('m-old', { unit: 'OLD' }))).extras.errors?.[0]?.pointer).toBe('/unit');
  });

  it('of another institution are not there', async () => {
    const strange = principal('admin', { institutionId: 'bank-2' });
    expect((await room.deskAdmin.units(strange)).items).toEqual([]);
    expect((await room.deskAdmin.members(strange, {})).items).toEqual([]);
    expect((await room.deskAdmin.changes(strange, {})).items).toEqual([]);
  });
});

describe('members', () => {
  it('have a unit, a line and skills; names are sealed and shown to the desk alone', async () => {
    await room.member('m1', { name: '孙晓雯', unit: 'HRB', areas: ['collection', 'collection'], languages: ['zh'], dailyCapacity: 12 });
    const [shown] = (await room.deskAdmin.members(handler, { unit: 'HRB' })).items;
    expect(shown).toMatchObject({ subject: 'm1', name: '孙晓雯', unit: 'HRB', areas: ['collection'], dailyCapacity: 12, away: false });
    expect((await room.deskAdmin.members(principal('regulator'), { unit: 'HRB' })).items[0]?.name).toBe('');
    const [row] = await stage.sql<{ text: string }>(`select row_to_json(m)::text as text from desk_member m where subject = 'm1'`);
    expect(row?.text).not.toContain('孙');
    expect(await tx((t) => room.desk.names(t, 'bank-1', ['m1', 'm1', 'nobody']))).toEqual(new Map([['m1', '孙晓雯']]));
    expect(await tx((t) => room.desk.unitOf(t, 'bank-1', 'm1'))).toMatchObject({ code: 'HRB', nameEn: 'Branch HRB' });
    expect(await tx((t) => room.desk.unitOf(t, 'bank-1', 'nobody'))).toBeNull();
  });

  it('do not report to themselves, however it is reached', async () => {
    expect((await refusalOf(room.member('r1', { manager: 'r1' }))).extras.errors?.[0]?.pointer).toBe('/manager');
    await Promise.all([room.member('r1'), room.member('r2')]);
    const both = await Promise.allSettled([room.member('r1', { manager: 'r2' }), room.member('r2', { manager: 'r1' })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('are away for days, once for a key, and there again when it is cancelled', async () => {
    await room.member('m2');
    const days = { from: '2026-11-20', to: '2026-11-21', reason: '年假' };
    const all = await Promise.all([1, 2, 3].map(() => room.deskAdmin.addAbsence(supervisor, 'm2', days, key('absence'))));
    expect(new Set(all.map(({ absences }) => absences[0]?.id)).size).toBe(1);
    expect(all[0]).toMatchObject({ away: true, absences: [{ from: '2026-11-20', to: '2026-11-21', reason: '年假' }] });
    expect((await refusalOf(room.deskAdmin.addAbsence(supervisor, 'm2', days, key('absence', 'b')))).kind.code).toBe(
      'idempotency-key-reused',
    );
    expect(await tx((t) => room.desk.member(t, 'bank-1', 'm2', stage.clock.override))).toMatchObject({ away: { to: '2026-11-21' } });
    // The day after, in China.
    expect(await tx((t) => room.desk.member(t, 'bank-1', 'm2', new Date('2026-11-21T16:00:00Z')))).toMatchObject({ away: null });
    const id = all[0]?.absences[0]?.id ?? '';
    expect(await room.deskAdmin.cancelAbsence(supervisor, id)).toMatchObject({ away: false, absences: [] });
    expect((await refusalOf(room.deskAdmin.cancelAbsence(supervisor, id))).kind.code).toBe('not-found');
    expect((await refusalOf(room.deskAdmin.addAbsence(supervisor, 'm2', { from: '2026-11-22', to: '2026-11-21' }, null))).kind.code).toBe(
      'invalid',
    );
    expect((await refusalOf(room.deskAdmin.addAbsence(supervisor, 'nobody', days, null))).kind.code).toBe('not-found');
  });
});

describe('recusal (CMP20 17)', () => {
  // top > boss > accused > report > intern; aside is in nobody's line.
  beforeAll(async () => {
    await room.member('accused', { manager: 'boss' });
    await room.member('boss', { manager: 'top' });
    await room.member('report', { manager: 'accused' });
    await room.member('intern', { manager: 'report' });
    await room.member('aside', { manager: 'top' });
    await room.member('of-agency', { agencyId: 'a1' });
  });
  const as = (subject: string) => principal('complaint-handler', { subject });
  const code = async (work: Promise<unknown>) => (await refusalOf(work)).kind.code;

  it.each(['accused', 'boss', 'top', 'report', 'intern'])('%s neither is given the complaint nor acts on it', async (subject) => {
    const { id } = await stage.register({ against: { staffId: 'accused' } });
    const refused = await refusalOf(stage.assignments.assign(supervisor, id, { handler: subject }, 'r'));
    expect(refused.kind).toMatchObject({ code: 'recused', status: 403 });
    expect(refused.extras.errors?.[0]).toMatchObject({ pointer: '/handler', source: 'CMP20 17' });
    expect(await code(stage.decide(id, null, as(subject)))).toBe('recused');
    expect(await code(stage.assignments.assign(principal('complaint-supervisor', { subject }), id, { handler: 'aside' }, 'r'))).toBe(
      'recused',
    );
    const extension = toCommand.extension(
      { complainantToldAt: '2026-11-21T14:00:00+08:00' },
      principal('head-office-approver', { subject }),
    );
    expect(await code(stage.record(id, extension, principal('head-office-approver', { subject })))).toBe('recused');
    const [entries] = await stage.sql<{ count: number }>('select count(*)::int as count from timeline where complaint = $1', [id]);
    expect(entries?.count).toBe(1);
  });

  it('others go on', async () => {
    const { id } = await stage.register({ against: { staffId: 'accused', collectorId: 'c9', agencyId: 'a1' } });
    expect(await stage.assignments.assign(supervisor, id, { handler: 'aside' }, 'r')).toMatchObject({ handler: 'aside' });
    expect((await stage.decide(id, null, as('aside'))).accepted).toBe(true);
  });

  it('an agency and its people do not act on a complaint about it, by the list or by the token', async () => {
    const { id } = await stage.register({ against: { agencyId: 'a1', collectorId: 'c9' } });
    expect(await code(stage.assignments.assign(supervisor, id, { handler: 'of-agency' }, 'r'))).toBe('recused');
    expect(await code(stage.decide(id, null, as('of-agency')))).toBe('recused');
    expect(await code(stage.decide(id, null, principal('complaint-handler', { subject: 'new', agencyId: 'a1' })))).toBe('recused');
    expect(await code(stage.decide(id, null, as('c9')))).toBe('recused');
    expect(
      await tx((t) => room.desk.recusalOf(t, 'aside', { institutionId: 'bank-1', agencyId: 'a1', collectorId: 'c9', staffId: null })),
    ).toBeNull();
  });

  it('ends when the line is another, and is of this institution alone', async () => {
    const { id } = await stage.register({ against: { staffId: 'accused' } });
    await room.member('intern', { manager: 'aside' });
    expect((await stage.decide(id, null, as('intern'))).accepted).toBe(true);
    expect(
      await tx((t) => room.desk.recusalOf(t, 'boss', { institutionId: 'bank-2', agencyId: null, collectorId: null, staffId: 'accused' })),
    ).toBeNull();
  });
});

import { call, compliance, headOffice2, MajorStage, refusal } from '../../testing/major.ts';
import { handler, headOffice, principal, Stage, supervisor } from '../../testing/stage.ts';

let stage: Stage;
let room: MajorStage;

beforeAll(async () => {
  stage = await Stage.open();
  room = new MajorStage(stage);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

const one = async (more: object = {}): Promise<string> => (await stage.register(more)).id;
const kinds = async (complaint: string): Promise<string[]> =>
  (
    await stage.sql<{ kind: string }>(`select kind from timeline where complaint = $1 and kind like 'major-%' order by id`, [complaint])
  ).map(({ kind }) => kind);

describe('a major matter', () => {
  it('is opened by a person, with its plan and the hours of its kind from when it was known', async () => {
    const id = await one();
    const matter = await room.open([id], { kind: 'group', persons: 26, knownAt: '2026-11-21T11:00:00+08:00' });
    expect(matter).toMatchObject({
      kind: 'group',
      drill: false,
      state: 'open',
      persons: 26,
      complaints: 1,
      settingsVersion: 1,
      reportLate: false,
    });
    expect(matter.number).toMatch(/^ZD2026-\d{5}$/);
    expect(matter.reportDueAt).toBe('2026-11-22T11:00:00+08:00');
    expect(matter.plan.map(({ ownerRole, dueAt, late }) => [ownerRole, dueAt.slice(8, 13), late])).toEqual([
      // Known four hours before it was put down.
      ['complaint-supervisor', '21T12', true],
      ['complaint-supervisor', '21T13', true],
      ['complaint-handler', '21T19', false],
      ['compliance', '21T19', false],
      ['head-office-approver', '24T11', false],
      ['compliance', '01T11', false],
    ]);
    expect(await kinds(id)).toEqual(['major-marked']);
  });

  it('is one however often it is asked for, and of no complaint twice', async () => {
    const [first, second] = [await one(), await one()];
    const asked = { kind: 'designated', title: 'x', reason: 'y' } as const;
    const again = await Promise.all([1, 2, 3].map(() => room.majors.mark(call(handler, 'mark-1'), first, asked)));
    expect(new Set(again.map(({ id }) => id)).size).toBe(1);
    expect(await kinds(first)).toEqual(['major-marked']);
    const results = await Promise.all([1, 2, 3].map(() => refusal(room.open([second]))));
    expect(results.toSorted()).toEqual(['already-major', 'already-major', 'none']);
    await expect(room.open([await one(), second])).rejects.toMatchObject({ extras: { errors: [{ pointer: '/complaintIds/1' }] } });
  });

  it('refuses what it cannot be, by field', async () => {
    const id = await one();
    const wrong = async (more: object): Promise<unknown> =>
      room.open([id], more).then(
        () => null,
        (error: { extras: { errors?: { pointer: string; source?: string }[] } }) =>
          error.extras.errors?.map(({ pointer, source }) => [pointer, source]),
      );
    expect(await wrong({ kind: 'group' })).toEqual([['/persons', 'CMP20']]);
    expect(await wrong({ kind: 'group', persons: 19 })).toEqual([['/persons', 'CMP20']]);
    expect(await wrong({ knownAt: '2026-11-21T15:02:00+08:00' })).toEqual([['/knownAt', undefined]]);
    expect(await wrong({ knownAt: '2026-10-01T15:02:00+08:00' })).toEqual([['/knownAt', undefined]]);
    expect(await wrong({ complaintIds: [] })).toEqual([['/complaintIds', undefined]]);
    expect(await refusal(room.open(['nothing']))).toBe('not-found');
    expect(await kinds(id)).toEqual([]);
  });

  it('is not there for others, shown without texts to who sees none, and noted as read', async () => {
    const matter = await room.open([await one()]);
    const stranger = principal('complaint-supervisor', { institutionId: 'bank-2' });
    const agency = principal('complaint-handler', { agencyId: 'agency-1' });
    for (const who of [stranger, agency]) expect(await refusal(room.majors.find(who, matter.id, 'r'))).toBe('not-found');
    expect(await refusal(room.endings.close(call(stranger), matter.id, 'x'))).toBe('not-found');
    const masked = await room.majors.find(compliance, matter.id, 'r');
    expect(masked).toMatchObject({ masked: true, title: null });
    expect(masked.plan[0]?.text?.zh).toContain('应急预案');
    expect(masked.entries.map(({ note }) => note)).toEqual([null, null]);
    const reads = await stage.sql('select from personal_data_read where $1 = any(resource_ids) and subject = $2', [
      matter.id,
      supervisor.subject,
    ]);
    expect(reads).toHaveLength(1);
    const page = await room.majors.list(compliance, { state: 'open', drill: false, limit: 1 }, 'r');
    expect(page.items.map(({ id, title }) => [id, title])).toEqual([[matter.id, null]]);
  });

  it('is nothing that the person complained of may touch', async () => {
    const id = await one({ against: { staffId: 'complaint-supervisor-9' } });
    const complained = principal('complaint-supervisor', { subject: 'complaint-supervisor-9' });
    expect(await refusal(room.open([id], {}, call(complained)))).toBe('recused');
    const matter = await room.open([id]);
    const [step] = matter.plan;
    const acts = [
      room.plans.settle(call(complained), matter.id, step?.id ?? '', { state: 'done', proof: 'x' }),
      room.endings.downgrade(call(complained), matter.id, { reason: 'x' }),
      room.reports.draft(call(complained), matter.id, { kind: 'first', receiver: 'x', statement: 'x' }),
    ];
    expect(await Promise.all(acts.map(refusal))).toEqual(['recused', 'recused', 'recused']);
  });
});

describe('the plan', () => {
  it('is settled step by step, by whose step it is, with what shows it', async () => {
    const id = await one();
    const matter = await room.open([id]);
    const [first, , facts, impact] = matter.plan;
    const { id: file } = await room.files.add(id);
    expect(await refusal(room.plans.settle(call(handler), matter.id, first?.id ?? '', { state: 'done', proof: 'x' }))).toBe(
      'not-your-step',
    );
    await room.plans.settle(call(handler), matter.id, facts?.id ?? '', { state: 'done', proof: '录音已保全', files: [file] });
    const foreign = await room.files.add(await one());
    const settle = (files: string[]) =>
      room.plans.settle(call(compliance), matter.id, impact?.id ?? '', { state: 'skipped', proof: '无需', files });
    expect(await Promise.all([settle([foreign.id]), settle(['x'])].map(refusal))).toEqual(['invalid', 'invalid']);
    const seen = await room.majors.find(supervisor, matter.id, 'r');
    expect(seen.plan[2]).toMatchObject({
      state: 'done',
      settledBy: handler.subject,
      proof: '录音已保全',
      files: [file],
      late: false,
      mine: false,
    });
    expect([seen.stepsOpen, seen.steps]).toEqual([5, 6]);
  });

  it('is settled once of three at once, and once with one key', async () => {
    const matter = await room.open([await one()]);
    const [first, second] = matter.plan;
    const settle = (id: string, by = call()) => room.plans.settle(by, matter.id, id, { state: 'done', proof: 'x' });
    const results = await Promise.all([1, 2, 3].map(() => refusal(settle(first?.id ?? ''))));
    expect(results.toSorted()).toEqual(['major-step-settled', 'major-step-settled', 'none']);
    await Promise.all([1, 2].map(() => settle(second?.id ?? '', call(supervisor, 'step-2'))));
    expect((await room.majors.find(supervisor, matter.id, 'r')).entries.filter(({ kind }) => kind === 'step-done')).toHaveLength(2);
  });

  it('takes steps of the matter’s own, given to somebody by name', async () => {
    const matter = await room.open([await one()]);
    const dueAt = '2026-11-21T18:00:00+08:00';
    const passed = room.plans.add(call(), matter.id, { text: 'x', ownerRole: 'compliance', dueAt: '2026-11-21T15:00:00+08:00' });
    expect(await refusal(passed)).toBe('invalid');
    const longer = await room.plans.add(call(), matter.id, { text: '联系张三家属', ownerRole: 'complaint-handler', owner: 'li', dueAt });
    const own = longer.plan.at(-1);
    expect(own).toMatchObject({ text: { zh: '联系张三家属' }, owner: 'li', dueAt, state: 'open' });
    const masked = (who: string) => room.majors.find(principal('compliance', { subject: who }), matter.id, 'r');
    expect((await masked('somebody')).plan.at(-1)?.text).toBeNull();
    expect((await masked('li')).plan.at(-1)).toMatchObject({ text: { zh: '联系张三家属' }, mine: true });
    const byRole = room.plans.settle(call(handler), matter.id, own?.id ?? '', { state: 'done', proof: 'x' });
    expect(await refusal(byRole)).toBe('not-your-step');
    await room.plans.give(call(), matter.id, own?.id ?? '', handler.subject);
    await room.plans.settle(call(handler), matter.id, own?.id ?? '', { state: 'done', proof: 'x' });
    expect(await refusal(room.plans.give(call(), matter.id, own?.id ?? '', 'x'))).toBe('major-step-settled');
  });
});

describe('a downgrade', () => {
  it('takes a second person, one of them once, and frees the complaints', async () => {
    const id = await one();
    const matter = await room.open([id]);
    const report = await room.reports.draft(call(), matter.id, { kind: 'first', receiver: 'x', statement: 'x' });
    await room.reports.submit(call(), matter.id, report.reports[0]?.id ?? '');
    await room.endings.downgrade(call(headOffice), matter.id, { reason: '仅两人，误报' });
    expect(await refusal(room.endings.downgrade(call(), matter.id, { reason: 'x' }))).toBe('major-downgrade-waits');
    expect(await refusal(room.endings.settleDowngrade(call(headOffice), matter.id, { agrees: true }))).toBe('forbidden');
    expect(await refusal(room.endings.settleDowngrade(call(headOffice2), matter.id, { agrees: false }))).toBe('invalid');
    const others = [
      headOffice2,
      principal('head-office-approver', { subject: 'h3' }),
      principal('head-office-approver', { subject: 'h4' }),
    ];
    const results = await Promise.all(others.map((who) => refusal(room.endings.settleDowngrade(call(who), matter.id, { agrees: true }))));
    expect(results.toSorted()).toEqual(['major-ended', 'major-ended', 'none']);
    const seen = await room.majors.find(supervisor, matter.id, 'r');
    expect([seen.state, seen.reports[0]?.state, seen.reportLate]).toEqual(['downgraded', 'replaced', false]);
    expect(await kinds(id)).toEqual(['major-marked', 'major-downgraded']);
    const waiting = await stage.sql(`select from approval_request where settled_at is null and ref = any($1)`, [
      [matter.id, report.reports[0]?.id],
    ]);
    expect(waiting).toEqual([]);
    expect((await room.open([id])).state).toBe('open');
  });

  it('is refused by the rules for twenty face to face, unless there were fewer, and after a report', async () => {
    const matter = await room.open([await one()], { kind: 'group', persons: 20 });
    await expect(room.endings.downgrade(call(), matter.id, { reason: 'x' })).rejects.toMatchObject({
      kind: { code: 'major-by-rule' },
      extras: { errors: [{ pointer: '/persons', source: 'CMP20' }] },
    });
    await room.endings.downgrade(call(), matter.id, { reason: '重新清点', persons: 12 });
    const kept = await room.endings.settleDowngrade(call(headOffice), matter.id, { agrees: false, note: '录像显示二十余人' });
    expect([kept.state, kept.downgradeAskedBy]).toEqual(['open', null]);
    const report = await room.approved(matter.id);
    await room.reports.sent(call(), matter.id, report, { proof: '监管专网回执 1' });
    expect(await refusal(room.endings.downgrade(call(), matter.id, { reason: 'x', persons: 2 }))).toBe('major-already-reported');
  });
});

describe('settings', () => {
  it('are in force when a second person agrees, for what is opened then', async () => {
    const bank = { institutionId: 'bank-3' };
    const [sets, approves] = [principal('compliance', bank), principal('head-office-approver', bank)];
    const {
      version,
      note: _note,
      setBy: _by,
      setAt: _at,
      approvedBy: _who,
      approvedAt: _when,
      ...value
    } = (await room.settings.find(sets)).inForce;
    const words = { disaster: [...value.words.disaster], accident: [...value.words.accident], 'public-health': ['疫情'] };
    const next = { ...value, words, steps: [...value.steps], version, reportHours: { ...value.reportHours, group: 6 }, note: '更严' };
    const weaker = room.settings.set(sets, { ...next, persons: 30 });
    await expect(weaker).rejects.toMatchObject({ extras: { errors: [{ pointer: '/persons', source: 'CMP20' }] } });
    const results = await Promise.all([1, 2].map(() => refusal(room.settings.set(sets, next))));
    expect(results.toSorted()).toEqual(['major-settings-wait', 'none']);
    expect((await room.settings.find(sets)).inForce.version).toBe(1);
    const both = principal('head-office-approver', { ...bank, subject: sets.subject });
    expect(await refusal(room.settings.settle(both, true, null))).toBe('forbidden');
    const agreed = await Promise.all(['a', 'b'].map((subject) => refusal(room.settings.settle({ ...approves, subject }, true, null))));
    expect(agreed.toSorted()).toEqual(['major-no-settings-wait', 'none']);
    const { inForce, waiting } = await room.settings.find(sets);
    expect([inForce.version, inForce.reportHours.group, waiting]).toEqual([2, 6, null]);
    expect(await refusal(room.settings.set(sets, next))).toBe('stale-setting');
    await room.settings.set(sets, { ...next, version: 2 });
    expect((await room.settings.settle(sets, false, null)).waiting).toBeNull();
    const theirs = principal('complaint-supervisor', bank);
    const { id } = await stage.register({}, principal('complaint-handler', bank));
    const matter = await room.open([id], { kind: 'group', persons: 20 }, call(theirs));
    expect([matter.settingsVersion, matter.reportDueAt]).toEqual([2, '2026-11-21T21:00:00+08:00']);
  });
});

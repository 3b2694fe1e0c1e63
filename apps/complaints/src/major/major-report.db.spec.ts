import { createHash } from 'node:crypto';
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
const told = (kind: string) =>
  stage.sql<{ role: string | null; recipient: string | null }>(
    `select recipient_role as role, recipient from notification where kind = $1 order by recipient_role, recipient`,
    [kind],
  );

describe('a report', () => {
  it('is drafted from the data, approved by another, printed then, and sent with what proves it', async () => {
    const id = await one({ against: { agencyId: 'agency-7' } });
    const matter = await room.open([id], { kind: 'group', persons: 26 });
    const draft = { kind: 'first', receiver: '黑龙江监管局', statement: '现场已平稳。' } as const;
    const [report] = (await room.reports.draft(call(handler, 'd1'), matter.id, draft)).reports;
    expect((await room.reports.draft(call(handler, 'd1'), matter.id, draft)).reports).toHaveLength(1);
    const reportId = report?.id ?? '';
    const preview = await room.reports.file(supervisor, matter.id, reportId, 'r');
    expect([preview.bytes.subarray(0, 5).toString(), preview.fileName]).toEqual(['%PDF-', `${matter.number}-first-draft.pdf`]);
    const settle = (who = headOffice, agrees = true, note: string | null = null) =>
      room.reports.settle(call(who), matter.id, reportId, { agrees, note });
    expect(await refusal(settle())).toBe('major-report-state');
    await room.reports.submit(call(), matter.id, reportId);
    const own = principal('head-office-approver', { subject: handler.subject });
    expect(await Promise.all([settle(own), settle(headOffice, false)].map(refusal))).toEqual(['forbidden', 'invalid']);
    expect(await refusal(room.reports.sent(call(), matter.id, reportId, { proof: 'x' }))).toBe('major-report-state');
    const results = await Promise.all(
      [headOffice, headOffice2, principal('head-office-approver', { subject: 'h3' })].map((who) => refusal(settle(who))),
    );
    expect(results.toSorted()).toEqual(['major-report-state', 'major-report-state', 'none']);
    const approved = (await room.majors.find(supervisor, matter.id, 'r')).reports[0];
    const printed = await room.reports.file(supervisor, matter.id, reportId, 'r');
    expect([approved?.state, approved?.paper?.sha256]).toEqual(['approved', createHash('sha256').update(printed.bytes).digest('hex')]);
    expect(printed.fileName).toMatch(/^ZDBG-2026-\d{6}\.pdf$/);
    const { id: file } = await room.files.add(id);
    stage.now = '2026-11-22T16:00:00+08:00';
    const send = (sentAt: string | null) =>
      room.reports.sent(call(), matter.id, reportId, { sentAt, proof: '专网回执 202611220001', files: [file] });
    expect(await Promise.all(['2026-11-21T14:59:00+08:00', '2026-11-22T17:00:00+08:00'].map((at) => refusal(send(at))))).toEqual([
      'invalid',
      'invalid',
    ]);
    const sent = await send('2026-11-22T14:30:00+08:00');
    expect([sent.reportedAt, sent.reportLate]).toEqual(['2026-11-22T14:30:00+08:00', false]);
    expect(sent.reports[0]).toMatchObject({ state: 'sent', proof: '专网回执 202611220001', files: [file] });
    expect((await room.majors.find(compliance, matter.id, 'r')).reports[0]?.proof).toBeNull();
    const timeline = await stage.sql<{ data: object }>(`select data from timeline where complaint = $1 and kind = 'major-reported'`, [id]);
    expect(timeline.map(({ data }) => data)).toEqual([{ matterId: matter.id, number: matter.number, kind: 'group' }]);
    expect(await refusal(room.reports.draft(call(), matter.id, draft))).toBe('major-report-state');
  });

  it('that is returned or drafted anew makes room for the next, and no approval stays open', async () => {
    const matter = await room.open([await one()]);
    const draft = () => room.reports.draft(call(), matter.id, { kind: 'first', receiver: 'x', statement: 'x' });
    const states = async () => (await room.majors.find(supervisor, matter.id, 'r')).reports.map(({ state }) => state);
    const first = (await draft()).reports[0]?.id ?? '';
    await room.reports.submit(call(), matter.id, first);
    await room.reports.settle(call(headOffice), matter.id, first, { agrees: false, note: '人数不实' });
    const second = (await draft()).reports[1]?.id ?? '';
    await room.reports.submit(call(), matter.id, second);
    await Promise.all([draft(), draft()]);
    expect(await states()).toEqual(['returned', 'replaced', 'replaced', 'draft']);
    expect(await refusal(room.reports.settle(call(headOffice), matter.id, second, { agrees: true }))).toBe('major-report-state');
    expect(await stage.sql('select from approval_request where settled_at is null and ref = $1', [second])).toEqual([]);
  });

  it('says that it is late', async () => {
    const matter = await room.open([await one()], { kind: 'disaster' });
    const report = await room.approved(matter.id);
    stage.now = '2026-11-22T03:00:00+08:00';
    expect((await room.majors.find(supervisor, matter.id, 'r')).reportLate).toBe(false);
    stage.now = '2026-11-22T03:00:01+08:00';
    expect((await room.majors.find(supervisor, matter.id, 'r')).reportLate).toBe(true);
    expect((await room.reports.sent(call(), matter.id, report, { proof: 'x' })).reportLate).toBe(true);
  });
});

describe('a matter', () => {
  it('is closed when its plan is done and its reports are sent, and not before', async () => {
    const id = await one();
    const matter = await room.open([id]);
    const close = (by = call()) => room.endings.close(by, matter.id, '已整改');
    await expect(close()).rejects.toMatchObject({
      extras: { detail: 'Still missing: 6 steps of the plan; the first report, sent; the closing report, sent.' },
    });
    await room.settleAll(matter);
    for (const kind of ['first', 'closing'] as const) {
      const report = await room.approved(matter.id, kind);
      expect(await refusal(close())).toBe('major-not-to-be-closed');
      await room.reports.sent(call(), matter.id, report, { proof: '回执' });
    }
    const results = await Promise.all([1, 2, 3].map(() => refusal(close())));
    expect(results.toSorted()).toEqual(['major-ended', 'major-ended', 'none']);
    expect(await refusal(room.majors.add(call(), matter.id, [await one()]))).toBe('major-ended');
    expect((await room.open([id])).state).toBe('open');
  });
});

describe('a drill', () => {
  it('runs the whole plan, touches no complaint, is never sent, and is counted apart', async () => {
    const complaint = await one();
    const before = await stage.sql(`select count(*)::int as n, (select count(*)::int from notification) as told from timeline`);
    const figures = () => room.sweeps.figures(supervisor, undefined);
    stage.now = '2026-11-21T16:30:00+08:00';
    const earlier = await figures();
    stage.now = '2026-11-21T15:00:00+08:00';
    const drill = await room.drill();
    expect([drill.number.slice(0, 7), drill.drill, drill.complaints]).toEqual(['YL2026-', true, 0]);
    expect(await refusal(room.drill({ complaintIds: [complaint] }))).toBe('drill-has-no-complaints');
    expect(await refusal(room.majors.add(call(), drill.id, [complaint]))).toBe('drill-has-no-complaints');
    await room.settleAll(drill);
    stage.now = '2026-11-21T16:30:00+08:00';
    const report = await room.approved(drill.id);
    const printed = await room.reports.file(supervisor, drill.id, report, 'r');
    expect(printed.fileName).toMatch(/^YLBG-2026-/);
    expect(await refusal(room.reports.sent(call(), drill.id, report, { proof: 'x' }))).toBe('drill-is-not-sent');
    await expect(room.endings.close(call(), drill.id, 'x')).rejects.toMatchObject({
      extras: { detail: 'Still missing: the closing report, approved.' },
    });
    await room.approved(drill.id, 'closing');
    expect((await room.endings.close(call(), drill.id, '演练总结')).state).toBe('closed');
    expect(await stage.sql(`select count(*)::int as n, (select count(*)::int from notification) as told from timeline`)).toEqual(before);
    const { real, drills } = await figures();
    expect(real).toEqual(earlier.real);
    expect(drills).toMatchObject({
      opened: earlier.drills.opened + 1,
      closed: 1,
      reportedInTime: 1,
      medianMinutesToReport: 90,
      stepsInTime: 6,
    });
  });

  it('that nobody reports in time reminds nobody', async () => {
    const drill = await room.drill();
    const counts = () => stage.sql(`select count(*)::int as n from notification where data ->> 'matterId' = $1`, [drill.id]);
    stage.now = '2026-12-21T15:00:00+08:00';
    await room.sweeps.fire();
    expect(await counts()).toEqual([{ n: 0 }]);
    expect((await room.majors.find(supervisor, drill.id, 'r')).reportLate).toBe(true);
  });
});

describe('what is due', () => {
  it('is told once each: before the hours end, when they have, and steps to whose they are', async () => {
    await stage.clear();
    stage.now = '2026-11-21T15:00:01+08:00';
    const matter = await room.open([await one()], { kind: 'designated' });
    await room.plans.give(call(), matter.id, matter.plan[0]?.id ?? '', 'li');
    expect(await room.sweeps.fire()).toBe(0);
    stage.now = '2026-11-21T16:00:01+08:00';
    await room.sweeps.fire();
    expect(await told('major-step-overdue')).toEqual([]);
    stage.now = '2026-11-21T16:00:02+08:00';
    await room.sweeps.fire();
    expect(await told('major-step-overdue')).toEqual([{ role: null, recipient: 'li' }]);
    stage.now = '2026-11-23T11:00:01+08:00';
    await Promise.all([room.sweeps.fire(), room.sweeps.fire()]);
    expect(await told('major-report-due')).toEqual([{ role: 'complaint-supervisor', recipient: null }]);
    expect(await told('major-report-overdue')).toEqual([]);
    stage.now = '2026-11-23T15:00:02+08:00';
    await Promise.all([room.sweeps.fire(), room.sweeps.fire()]);
    expect((await told('major-report-overdue')).map(({ role }) => role)).toEqual([
      'complaint-supervisor',
      'compliance',
      'head-office-approver',
    ]);
    expect(await room.sweeps.fire()).toBe(0);
    expect((await told('major-step-overdue')).map(({ role, recipient }) => role ?? recipient).toSorted()).toEqual(
      ['complaint-handler', 'complaint-supervisor', 'compliance', 'li'].toSorted(),
    );
    expect((await room.sweeps.figures(supervisor, matter.knownAt)).real).toMatchObject({ open: 1, overdue: 1, reportedLate: 0 });
  });
});

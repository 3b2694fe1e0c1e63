import { CalendarRoom } from '../../testing/calendar.ts';
import { key } from '../../testing/sorting.ts';
import { headOffice, principal, Stage, supervisor } from '../../testing/stage.ts';

let stage: Stage;
let room: CalendarRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new CalendarRoom(stage);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-06-10T10:00:00+01:00';
  await stage.asOwner('truncate complaint, calendar_version, approval_request cascade');
});

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: { kind: { code: string } }) => error.kind.code,
  );
const payment = async (receivedAt = '2026-06-01T09:00:00+01:00'): Promise<string> =>
  (await stage.register({ channel: 'uk-branch', category: 'payment-services', receivedAt })).id;
const rows = () => stage.sql('select id, xmin::text, due_on::text as due from complaint order by id');
const version = (id: string) => room.reading.version(supervisor, id);

describe('a version', () => {
  it('is tried before anybody approves it, and the trial writes nothing', async () => {
    stage.now = '2026-06-22T10:00:00+01:00';
    const earlier = await payment();
    await payment('2026-06-20T09:00:00+01:00');
    const before = await rows();
    const { id } = await room.draft('GB', 2026, { madeUp: ['2026-06-13'] });
    const preview = await room.reading.preview(supervisor, id);
    expect(preview).toMatchObject({
      days: 1,
      total: 1,
      examined: 1,
      earlier: 1,
      later: 0,
      overdue: 1,
      unchanged: 0,
      conflicting: 0,
      stages: 0,
    });
    expect(preview.sample).toMatchObject([{ complaintId: earlier, dueBefore: '2026-06-22', dueAfter: '2026-06-19', overdue: true }]);
    expect(await rows()).toEqual(before);
  });

  it('is drafted by one and published by another, and only the revision that was looked at', async () => {
    const draft = await room.draft('CN', 2026, { off: ['2026-06-15'] });
    expect(draft).toMatchObject({ state: 'draft', revision: 1, version: null, changes: [{ date: '2026-06-15', works: false }] });
    expect(await refusal(room.draft('CN', 2026, { off: ['2026-06-16'] }))).toBe('calendar-open');
    const other = { ...(await room.yearWith('CN', 2026, { off: ['2026-06-16'] })), note: '改' };
    const both = principal('compliance', { subject: 'both', roles: ['compliance', 'head-office-approver'] });
    await room.calendars.change(both, draft.id, other, null);
    await room.calendars.propose(supervisor, draft.id, null);
    expect(await refusal(room.calendars.change(supervisor, draft.id, other, null))).toBe('calendar-state');
    expect(await refusal(room.calendars.approve(headOffice, draft.id, 1, null))).toBe('calendar-changed');
    expect(await refusal(room.calendars.approve(both, draft.id, 2, null))).toBe('forbidden');
    expect(await refusal(room.calendars.approve(principal('compliance'), draft.id, 2, null))).toBe('forbidden');
    const back = await room.calendars.giveBack(headOffice, draft.id, '来源不明', null);
    expect(back).toMatchObject({ state: 'draft', returnedBy: headOffice.subject, returnReason: '来源不明' });
    await room.calendars.propose(supervisor, draft.id, null);
    const second = principal('head-office-approver', { subject: 'second' });
    const approvals = [headOffice, second].map((who) => refusal(room.calendars.approve(who, draft.id, 2, null)));
    expect((await Promise.all(approvals)).toSorted()).toEqual(['calendar-state', 'none']);
    expect(await version(draft.id)).toMatchObject({ state: 'published', version: 1, draftedBy: [supervisor.subject, 'both'] });
    expect((await room.reading.year(supervisor, 'CN', '2026')).daysOff).toContain('2026-06-16');
  });

  it('comes once with one key', async () => {
    const request = { country: 'CN', year: 2026, ...(await room.yearWith('CN', 2026, { off: ['2026-06-15'] })) };
    const [one, other] = await Promise.all([1, 2].map(() => room.calendars.draft(supervisor, request, key('draft'))));
    expect(one?.id).toBe(other?.id);
    const id = one?.id ?? '';
    await room.calendars.propose(supervisor, id, key('propose'));
    await room.calendars.propose(supervisor, id, key('propose'));
    await Promise.all([1, 2].map(() => room.calendars.approve(headOffice, id, 1, key('approve'))));
    expect((await stage.sql('select calendar from calendar_run')).length).toBe(1);
  });

  it('names each day that is wrong, and refuses one that changes nothing', async () => {
    const draft = (daysOff: string[], makeUpDays: string[] = []) =>
      room.calendars.draft(supervisor, { country: 'CN', year: 2027, daysOff, makeUpDays, source: 's', note: 'n' }, null).then(
        () => [],
        (error: { extras: { errors: { pointer: string }[] } }) => error.extras.errors.map(({ pointer }) => pointer),
      );
    expect(await draft(['2027-02-30', '2026-01-01', '2027-01-01', '2027-01-01'], ['2027-01-04'])).toEqual([
      '/daysOff/0',
      '/daysOff/1',
      '/daysOff/3',
      '/makeUpDays/0',
    ]);
    expect(await draft(['2027-01-02'], ['2027-01-02'])).toEqual(['/makeUpDays/0']);
    expect(await draft([])).toEqual(['/daysOff']);
    const holding = await room.yearWith('CN', 2026, {});
    expect(await refusal(room.calendars.draft(supervisor, { country: 'CN', year: 2026, ...holding }, null))).toBe('invalid');
    expect(await draft(['2027-01-01'])).toEqual([]);
  });

  it('is listed with its year', async () => {
    const { id } = await room.draft('CN', 2027, { off: ['2027-01-01'] });
    const { items } = await room.reading.list(supervisor);
    expect(items.map(({ country, packs }) => [country, packs])).toEqual([
      ['CN', []],
      ['GB', ['uk-disp']],
      ['US', []],
    ]);
    expect(items[0]?.years.at(-1)).toEqual({ year: 2027, version: 0, isKnown: false, openId: id });
    await room.calendars.cancel(supervisor, id, null);
    expect((await room.reading.list(supervisor)).items[0]?.years.at(-1)).toEqual({ year: 2026, version: 0, isKnown: true, openId: null });
    expect(await refusal(room.reading.preview(supervisor, id))).toBe('calendar-state');
    expect(await refusal(room.reading.year(supervisor, 'CN', '12'))).toBe('not-found');
  });
});

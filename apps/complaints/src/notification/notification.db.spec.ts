import type { Principal, Role } from '#auth';
import { EVERY_INSTITUTION } from '#pg';
import { INVALID, NOT_FOUND } from '#problem';
import { openComplaints, type Run } from '../../testing/open-complaints.ts';
import { Stage } from '../../testing/stage.ts';
import { NotificationService } from './notification.service.ts';
import { NotificationStore } from './notification.store.ts';

let stage: Stage;
let notifications: NotificationService;

const sql: Run = (text, values) => stage.sql(text, values, EVERY_INSTITUTION);
const principal = (role: Role, subject = `${role}-1`, institutionId = 'bank-1'): Principal => ({
  subject,
  clientId: null,
  institutionId,
  agencyId: null,
  roles: [role],
});
const zhang = principal('complaint-handler', 'zhang');
const li = principal('complaint-handler', 'li');
const supervisor = principal('complaint-supervisor');
const headOffice = principal('head-office-approver');

const list = (who: Principal, more: object = {}) => notifications.list(who, more, 'request-1');
const kinds = async (who: Principal, more: object = {}): Promise<string[]> => (await list(who, more)).items.map(({ kind }) => kind);
const unread = async (who: Principal): Promise<number> => (await notifications.countUnread(who)).count;

beforeAll(async () => {
  stage = await Stage.open();
  stage.now = '2026-03-01T09:00:00+08:00';
  notifications = new NotificationService(stage.source, new NotificationStore(), stage.reading);
});
afterAll(() => stage.close());
beforeEach(async () => {
  for (const table of ['notification_read', 'notification', 'timeline', 'milestone', 'outbox', 'personal_data_read', 'complaint'])
    await sql(`delete from ${table}`, []);
  // Six milestones of zhang's, and as many of one that nobody has.
  const subjectSealed = stage.vault.seal('深夜催收', 'complaint.subject');
  for (const handler of ['zhang', null]) await openComplaints(sql, { receivedOn: '2026-02-10', handler, subjectSealed });
  await stage.deadlines.fireMilestones();
});

const REMINDERS = ['due-today', 'due-in-1', 'due-in-3', 'due-in-5'];

describe('my notifications', () => {
  it('are those to me and to my role, the newest first', async () => {
    expect((await kinds(zhang)).toSorted()).toEqual([...REMINDERS, ...REMINDERS].toSorted());
    expect((await kinds(li)).toSorted()).toEqual([...REMINDERS].toSorted());
    expect(await kinds(supervisor)).toEqual(['overdue-supervisor', 'overdue-supervisor']);
    expect(await kinds(headOffice)).toEqual(['overdue-head-office', 'overdue-head-office']);
    expect(await kinds(principal('compliance'))).toEqual([]);
    const ids = (await list(zhang)).items.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted().toReversed());
  });

  it('say what they are about', async () => {
    const [item] = (await list(supervisor)).items;
    expect(item).toEqual({
      id: expect.any(String),
      kind: 'overdue-supervisor',
      complaintId: expect.any(String),
      complaintNumber: expect.stringMatching(/^TS20260210-\d{6}$/),
      subject: '深夜催收',
      dueOn: '2026-02-25',
      createdAt: '2026-03-01T09:00:00+08:00',
      readAt: null,
    });
  });

  it('come in pages without a gap', async () => {
    const all = await list(zhang);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await list(zhang, { limit: 3, cursor: cursor ?? undefined });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all.items.map(({ id }) => id));
    await expect(list(zhang, { cursor: 'bm8gaWQ' })).rejects.toMatchObject({ kind: INVALID });
  });

  it('are noted as personal data that were read', async () => {
    await list(zhang);
    const [read] = await sql<{ subject: string; fields: string[]; ids: string[] }>(
      'select subject, fields, resource_ids as ids from personal_data_read',
      [],
    );
    expect(read).toMatchObject({ subject: 'zhang', fields: ['subject'] });
    expect(read?.ids).toHaveLength(2);
  });

  it('are of my institution alone', async () => {
    const stranger = principal('complaint-supervisor', 'complaint-supervisor-1', 'bank-2');
    expect([await kinds(stranger), await unread(stranger)]).toEqual([[], 0]);
    const [item] = (await list(supervisor)).items;
    await expect(notifications.read(stranger, item?.id ?? '', 'request-1')).rejects.toMatchObject({ kind: NOT_FOUND });
  });
});

describe('reading one', () => {
  it('counts for me, once', async () => {
    const [item] = (await list(supervisor)).items;
    const id = item?.id ?? '';
    expect(await unread(supervisor)).toBe(2);
    const first = await notifications.read(supervisor, id, 'request-1');
    expect(first.readAt).toMatch(/\+08:00$/);
    expect((await notifications.read(supervisor, id, 'request-1')).readAt).toBe(first.readAt);
    expect(await unread(supervisor)).toBe(1);
    expect((await list(supervisor, { unread: true })).items.map((one) => one.id)).not.toContain(id);
    expect((await list(supervisor)).items.find((one) => one.id === id)?.readAt).toBe(first.readAt);
  });

  it('leaves it unread for others of the role', async () => {
    const [item] = (await list(supervisor)).items;
    await notifications.read(supervisor, item?.id ?? '', 'request-1');
    expect(await unread(principal('complaint-supervisor', 'other'))).toBe(2);
  });

  it('is not for those whom it is not for', async () => {
    const mine = (await list(zhang)).items.map(({ id }) => id);
    const others = (await list(li)).items.map(({ id }) => id);
    const own = mine.find((id) => !others.includes(id)) ?? '';
    for (const id of [own, '01890b3c-0000-7000-8000-000000000000', 'no-id'])
      await expect(notifications.read(li, id, 'request-1')).rejects.toMatchObject({ kind: NOT_FOUND });
    expect(await unread(zhang)).toBe(8);
  });

  it('counts unread ones as far as a thousand', async () => {
    await sql(
      `insert into notification (institution_id, complaint, kind, recipient_role, created_at, data)
       select institution_id, complaint, kind, recipient_role, created_at, data from notification, generate_series(1, 600) where recipient_role = 'complaint-supervisor'`,
      [],
    );
    expect(await unread(supervisor)).toBe(1000);
  });
});

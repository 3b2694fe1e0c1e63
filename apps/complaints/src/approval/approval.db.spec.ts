import { randomUUID } from 'node:crypto';
import type { Principal } from '#auth';
import { inTransaction, type Tx } from '#pg';
import { FORBIDDEN, INVALID, NOT_FOUND } from '#problem';
import { handler, headOffice, principal, Stage, supervisor } from '../../testing/stage.ts';
import { Supervision } from '../../testing/supervision.ts';
import type { ApprovalOutcome, ApprovalState } from './approval.dto.ts';
import { ALREADY_ASKED, ALREADY_SETTLED, OWN_REQUEST } from './approval.refusals.ts';
import type { Asking } from './approval.service.ts';

let stage: Stage;
let desk: Supervision;
const other = principal('complaint-supervisor', { subject: 'supervisor-2' });
const now = new Date('2026-11-21T15:00:00+08:00');

beforeAll(async () => {
  stage = await Stage.open();
  desk = new Supervision(stage);
});
afterAll(() => stage.close());
beforeEach(() => stage.sql('delete from approval_request'));

const inBank = <T>(work: (tx: Tx) => Promise<T>, who: Principal = supervisor): Promise<T> => inTransaction(stage.source, who, work);
const asking = (more: Partial<Asking> = {}): Asking => ({
  institutionId: 'bank-1',
  complaintId: null,
  kind: 'bulk',
  ref: randomUUID(),
  role: 'complaint-supervisor',
  askedBy: supervisor.subject,
  ...more,
});
async function asked(more: Partial<Asking> = {}): Promise<Asking> {
  const one = asking(more);
  await inBank((tx) => desk.approvals.ask(tx, one, now));
  return one;
}
const settle = (who: Principal, of: Asking, outcome: ApprovalOutcome = 'approved') =>
  inBank((tx) => desk.approvals.settle(tx, who, of, outcome, now), who);
const refs = async (who: Principal, state?: ApprovalState): Promise<string[]> =>
  (await desk.approvals.list(who, { state }, 'r')).items.map(({ ref }) => ref);

describe('settling', () => {
  it('takes another person and the role', async () => {
    const one = await asked();
    await expect(settle(supervisor, one)).rejects.toMatchObject({ kind: OWN_REQUEST });
    await expect(settle(supervisor, one, 'refused')).rejects.toMatchObject({ kind: OWN_REQUEST });
    await expect(settle(handler, one)).rejects.toMatchObject({ kind: FORBIDDEN });
    await expect(settle(headOffice, one)).rejects.toMatchObject({ kind: FORBIDDEN });
    await expect(settle({ ...other, agencyId: 'a-1' }, one)).rejects.toMatchObject({ kind: FORBIDDEN });
    expect(await settle(other, one)).toMatchObject({ settledBy: 'supervisor-2', outcome: 'approved', settledAt: now });
    await expect(settle(other, one)).rejects.toMatchObject({ kind: ALREADY_SETTLED });
  });

  it('of many at once exactly one settles', async () => {
    const one = await asked();
    const people = Array.from({ length: 8 }, (_, n) => principal('complaint-supervisor', { subject: `supervisor-${n + 2}` }));
    const results = await Promise.allSettled(people.map((who, n) => settle(who, one, n % 2 === 0 ? 'approved' : 'refused')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ kind: ALREADY_SETTLED });
    expect(await refs(headOffice, 'settled')).toEqual([one.ref]);
  });

  it('the asker loses against a settler, never approves in the same moment', async () => {
    const one = await asked();
    const [own, others] = await Promise.allSettled([settle(supervisor, one), settle(other, one)]);
    expect(others.status).toBe('fulfilled');
    expect(own).toMatchObject({ status: 'rejected' });
  });

  it('the asker withdraws, and may ask again', async () => {
    const one = await asked({ askedBy: handler.subject });
    await expect(settle(principal('complaint-handler', { subject: 'x' }), one, 'withdrawn')).rejects.toMatchObject({ kind: FORBIDDEN });
    expect(await settle(handler, one, 'withdrawn')).toMatchObject({ outcome: 'withdrawn' });
    await inBank((tx) => desk.approvals.ask(tx, one, now));
    expect(await settle(other, one, 'refused')).toMatchObject({ outcome: 'refused' });
  });

  it('what nobody asked for, or another institution did, is not there', async () => {
    const one = await asked();
    await expect(settle(other, asking())).rejects.toMatchObject({ kind: NOT_FOUND });
    const stranger = principal('complaint-supervisor', { institutionId: 'bank-2', subject: 's' });
    await expect(settle(stranger, { ...one, institutionId: 'bank-2' })).rejects.toMatchObject({ kind: NOT_FOUND });
    await expect(settle(stranger, one)).rejects.toMatchObject({ kind: NOT_FOUND });
  });

  it('what is moot ends once and stays as it was settled', async () => {
    const one = await asked();
    const moot = (): Promise<void> => inBank((tx) => desk.approvals.moot(tx, one, 'system', now));
    await Promise.all([moot(), moot()]);
    expect((await desk.approvals.list(other, { state: 'settled' }, 'r')).items).toMatchObject([
      { settledBy: 'system', outcome: 'withdrawn' },
    ]);
    const settled = await asked();
    await settle(other, settled);
    await inBank((tx) => desk.approvals.moot(tx, settled, 'system', now));
    expect((await desk.approvals.list(other, { state: 'settled' }, 'r')).items[0]).toMatchObject({ outcome: 'approved' });
  });
});

describe('asking', () => {
  it('the same twice, also at once, is one request', async () => {
    const one = asking();
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => inBank((tx) => desk.approvals.ask(tx, one, now))));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ kind: ALREADY_ASKED });
    await asked({ ref: one.ref, kind: 'decision' });
  });

  it('keeps what was written sealed', async () => {
    const { id } = await stage.register();
    await asked({ complaintId: id, note: '张三的投诉' });
    const [row] = await stage.sql<{ text: string }>('select row_to_json(a)::text as text from approval_request a');
    expect(row?.text).not.toContain('张三');
    const item = async (who: Principal) => (await desk.approvals.list(who, { state: 'open' }, 'r9')).items[0];
    expect(await item(other)).toMatchObject({ note: '张三的投诉', complaintNumber: expect.stringMatching(/^TS/), dueOn: '2026-12-06' });
    expect(await item(principal('compliance'))).toMatchObject({ note: null, awaitsMe: false });
    const reads = await stage.sql<{ subject: string }>(`select subject from personal_data_read where request_id = 'r9'`);
    expect(reads).toEqual([{ subject: 'supervisor-2' }]);
  });
});

describe('what waits', () => {
  it('for me is of my roles and not my own', async () => {
    const mine = await asked();
    const theirs = await asked({ askedBy: other.subject });
    const above = await asked({ role: 'head-office-approver', askedBy: other.subject });
    expect(await refs(supervisor)).toEqual([theirs.ref]);
    expect(await refs(other)).toEqual([mine.ref]);
    expect(await refs(headOffice)).toEqual([above.ref]);
    expect(await refs(handler)).toEqual([]);
    expect(await refs(supervisor, 'open')).toEqual([mine.ref, theirs.ref, above.ref]);
    expect(await refs(supervisor, 'asked-by-me')).toEqual([mine.ref]);
    expect((await inBank((tx) => desk.approvals.open(tx, supervisor))).map(({ ref }) => ref)).toEqual([theirs.ref]);
    expect(await inBank((tx) => desk.approvals.open(tx, { ...supervisor, agencyId: 'a' }))).toEqual([]);
    expect(await refs(principal('complaint-supervisor', { institutionId: 'bank-2' }), 'open')).toEqual([]);
  });

  it('comes in pages without a gap', async () => {
    const all: string[] = [];
    for (let n = 0; n < 5; n += 1) all.push((await asked({ askedBy: other.subject, kind: n === 4 ? 'notice-waiver' : 'bulk' })).ref);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await desk.approvals.list(supervisor, { limit: 2, cursor: cursor ?? undefined }, 'r');
      seen.push(...page.items.map(({ ref }) => ref));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all);
    expect((await desk.approvals.list(supervisor, { kind: 'notice-waiver' }, 'r')).items.map(({ ref }) => ref)).toEqual(all.slice(4));
    await expect(desk.approvals.list(supervisor, { cursor: 'x' }, 'r')).rejects.toMatchObject({ kind: INVALID });
  });
});

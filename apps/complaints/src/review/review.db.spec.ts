import { AfterRoom, call, codeOf, key, regulator, superior, superior2 } from '../../testing/after.ts';
import { Handling } from '../../testing/handling.ts';
import { handler, headOffice, principal, Stage } from '../../testing/stage.ts';
import { toCommand } from '../clock/event-command.ts';
import type { ReviewDecisionRequest, ReviewRequest } from './review.dto.ts';

let stage: Stage;
let room: AfterRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new AfterRoom(stage);
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-10-20T10:00:00+08:00'));

const asked = (more: Partial<ReviewRequest> = {}): ReviewRequest => ({
  requestedAt: '2026-10-19T09:00:00+08:00',
  requester: 'complainant',
  reasons: '本人 13800000001 不服处理决定',
  ...more,
});
const finding = (proper: boolean) => ({ proper, basis: '核对了录音与办理记录' });
const decision = (more: Partial<ReviewDecisionRequest> = {}): ReviewDecisionRequest => ({
  process: finding(true),
  term: finding(true),
  result: finding(true),
  outcome: 'upheld',
  text: '维持原决定',
  ...more,
});
const request = async (complaint: string, more: Partial<ReviewRequest> = {}, by = handler) =>
  room.reviews.request(by, complaint, asked(more), call());
const taken = async (by = superior): Promise<string> => {
  const { review } = await request(await room.closed());
  await room.reviews.take(by, review?.id ?? '', call());
  return review?.id ?? '';
};

describe('a review', () => {
  it('may be asked for on the thirtieth day after the complainant was told, and not on the next', async () => {
    const id = await room.closed();
    const standing = () => room.reviewReading.standing(handler, id, call());
    expect(await standing()).toMatchObject({ windowEndsOn: '2026-11-09', rejected: null, items: [] });
    stage.now = '2026-11-10T00:00:00+08:00';
    expect(await standing()).toMatchObject({
      rejected: { code: 'too-late', source: 'CMP20 20', detail: expect.stringMatching(/30 days/) },
    });
    const late = await request(id, { requestedAt: '2026-11-10T00:00:00+08:00' });
    expect(late).toMatchObject({ accepted: false, rejected: { code: 'too-late', source: 'CMP20 20' }, review: null });
    const last = await request(id, { requestedAt: '2026-11-09T23:59:59+08:00' });
    expect(last).toMatchObject({ accepted: true, review: { late: false, windowEndsOn: '2026-11-09', dueOn: '2026-12-10' } });
    expect(await room.kinds(id)).toEqual(['registered', 'clock-event', 'clock-event', 'review-refused', 'review-asked']);
  });

  it('that is late is taken out of grace by a supervisor alone, and stays marked so', async () => {
    const id = await room.closed();
    stage.now = '2026-11-20T10:00:00+08:00';
    const late = { requestedAt: '2026-11-19T09:00:00+08:00', graceReason: '住院' };
    expect(await codeOf(request(id, late))).toBe('forbidden');
    expect(await request(id, late, superior)).toMatchObject({ accepted: true, review: { late: true, graceReason: '住院' } });
    stage.now = '2026-10-20T10:00:00+08:00';
    const inTime = await room.closed();
    expect(await codeOf(request(inTime, { graceReason: '无需' }, superior))).toBe('invalid');
  });

  it('is not asked for without a decision that was told, nor of what was withdrawn or declined', async () => {
    const { id } = await stage.register({ receivedAt: '2026-10-15T09:00:00+08:00' });
    const code = async (complaint: string) => (await request(complaint)).rejected?.code;
    expect(await code(id)).toBe('no-decision');
    await stage.decide(id);
    expect(await code(id)).toBe('not-told');
    await stage.record(id, toCommand.withdrawal({ evidence: '书面' }));
    expect(await code(id)).toBe('no-decision-to-review');
    const declined = await stage.register({ receivedAt: '2026-10-15T09:00:00+08:00' });
    await stage.record(declined.id, toCommand.decline({ reason: '非本人', toldAt: '2026-10-20T09:00:00+08:00' }));
    expect(await code(declined.id)).toBe('no-decision-to-review');
  });

  it('is one a decision: of many requests at once one is taken; the same key is the same answer', async () => {
    const id = await room.closed();
    const answers = await Promise.all(Array.from({ length: 6 }, () => request(id)));
    expect(answers.filter(({ accepted }) => accepted)).toHaveLength(1);
    expect(new Set(answers.filter(({ accepted }) => !accepted).map(({ rejected }) => rejected?.code))).toEqual(
      new Set(['reviewed-already']),
    );
    const other = await room.closed();
    const again = await Promise.all(Array.from({ length: 4 }, () => room.reviews.request(handler, other, asked(), call(key('R')))));
    expect(new Set(again.map(({ review }) => review?.id)).size).toBe(1);
    const refused = await room.reviews.request(handler, other, asked({ reasons: '再次' }), call(key('S')));
    stage.now = '2026-10-21T10:00:00+08:00';
    expect(await room.reviews.request(handler, other, asked({ reasons: '再次' }), call(key('S')))).toEqual(refused);
  });

  it('is judged by nobody who had a part: handler, decider, approver, who is complained of', async () => {
    const both = principal('complaint-supervisor', { subject: 'decider', roles: ['complaint-handler', 'complaint-supervisor'] });
    const id = await room.closed({ against: { staffId: superior2.subject } }, 'upheld', both);
    const { review } = await request(id);
    expect(await codeOf(room.reviews.take(both, review?.id ?? '', call()))).toBe('took-part');
    expect(await codeOf(room.reviews.take(superior2, review?.id ?? '', call()))).toBe('recused');
    expect(await room.reviews.take(superior, review?.id ?? '', call())).toMatchObject({
      state: 'taken',
      reviewer: superior.subject,
      recused: false,
    });
    expect(await room.reviewReading.find(both, review?.id ?? '', 'r')).toMatchObject({ recused: true });
  });

  it('is judged above the unit that decided, never in it nor below it', async () => {
    const desk = new Handling(stage);
    await desk.unit('HQ', { kind: 'head-office' });
    await desk.unit('B1', { parent: 'HQ' });
    await desk.unit('B1-1', { parent: 'B1' });
    await desk.member('of-b1', { unit: 'B1' });
    const id = await room.closed({}, 'upheld', principal('complaint-handler', { subject: 'of-b1' }));
    const { review } = await request(id);
    const reviewers = { same: 'B1', below: 'B1-1', above: 'HQ' };
    for (const [subject, unit] of Object.entries(reviewers)) await desk.member(subject, { unit });
    const codes = Object.keys(reviewers).map((subject) =>
      codeOf(room.reviews.take(principal('complaint-supervisor', { subject }), review?.id ?? '', call())),
    );
    expect(await Promise.all(codes)).toEqual(['took-part', 'took-part', 'done']);
    expect(await room.reviewReading.find(superior, review?.id ?? '', 'r')).toMatchObject({ reviewer: 'above', unit: 'HQ' });
  });

  it('is decided on process, time limit and result, told with proof, and over', async () => {
    const id = await taken();
    expect(await codeOf(room.reviews.decide(superior2, id, decision(), call()))).toBe('not-in-this-state');
    expect(await codeOf(room.reviews.decide(superior, id, decision({ result: finding(false) }), call()))).toBe('invalid');
    expect(await codeOf(room.reviews.decide(superior, id, decision({ outcome: 'changed' }), call()))).toBe('invalid');
    expect(await codeOf(room.reviews.tell(superior, id, { form: 'paper', proof: '回执' }, call()))).toBe('not-in-this-state');
    const decided = await room.reviews.decide(superior, id, decision({ term: finding(false) }), call());
    expect(decided).toMatchObject({
      state: 'decided',
      outcome: 'upheld',
      term: { proper: false },
      process: { basis: '核对了录音与办理记录' },
    });
    const told = await room.reviews.tell(handler, id, { form: 'paper', proof: '回执' }, call());
    expect(told).toMatchObject({ state: 'told', toldForm: 'paper', overdue: false });
    expect(await codeOf(room.reviews.withdraw(handler, id, '撤回', call()))).toBe('not-in-this-state');
    expect(await stage.sql(`select wake_at from after_deadline where ref = $1`, [id])).toEqual([{ wake_at: null }]);
  });

  it('that is sent back is a complaint that follows, and the closed one stays as it was', async () => {
    const complaint = await room.closed();
    const before = await stage.sql('select state, closed_at, ledger_version, due_on from complaint where id = $1', [complaint]);
    const { review } = await request(complaint);
    await room.reviews.take(superior, review?.id ?? '', call());
    const decided = await room.reviews.decide(
      superior,
      review?.id ?? '',
      decision({ outcome: 'sent-back', result: finding(false) }),
      call(key('back')),
    );
    const again = await room.reviews.decide(
      superior,
      review?.id ?? '',
      decision({ outcome: 'sent-back', result: finding(false) }),
      call(key('back')),
    );
    expect(again).toEqual(decided);
    expect(await stage.sql('select state, closed_at, ledger_version, due_on from complaint where id = $1', [complaint])).toEqual(before);
    const { items, mayReopen } = await room.reopenings.chain(handler, complaint, 'r');
    expect(items).toMatchObject([
      { id: complaint, isThis: true },
      { id: decided.successorId, basis: 'review-sent-back', dueOn: '2026-11-04' },
    ]);
    expect(mayReopen).toBe(false);
  });

  it('is taken on once of two who decide at once', async () => {
    const id = await taken();
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(room.reviews.decide(superior, id, decision(), call()))));
    expect(codes.toSorted()).toEqual(['done', 'not-in-this-state', 'not-in-this-state']);
  });

  it('that the complainant took back may be asked for again', async () => {
    const id = await room.closed();
    const first = await request(id);
    await room.reviews.withdraw(handler, first.review?.id ?? '', '电话录音', call());
    expect((await request(id)).accepted).toBe(true);
    expect((await room.reviewReading.standing(handler, id, call())).items.map(({ state }) => state)).toEqual(['withdrawn', 'asked']);
  });
});

describe('its due date', () => {
  it('is reminded of three days before, and told above when it is over, each once', async () => {
    await stage.sql('update after_deadline set wake_at = null');
    const id = await taken();
    const fire = () => Promise.all([1, 2, 3].map(() => room.deadlines.fire()));
    const told = (who: typeof superior) =>
      stage.sql<{ kind: string }>(
        `select kind from notification where data ->> 'ref' = $1 and (recipient = $2 or recipient_role = any($3)) order by id`,
        [id, who.subject, who.roles],
      );
    stage.now = '2026-11-15T23:59:59+08:00';
    await fire();
    expect(await told(superior)).toEqual([]);
    stage.now = '2026-11-16T00:00:00+08:00';
    await fire();
    expect(await told(superior)).toEqual([{ kind: 'review-due-in-3' }]);
    stage.now = '2026-11-25T00:00:00+08:00';
    await fire();
    await fire();
    expect(await told(superior)).toEqual([{ kind: 'review-due-in-3' }, { kind: 'review-overdue' }]);
    expect(await told(headOffice)).toEqual([{ kind: 'review-overdue-head-office' }]);
    const page = await room.reviewReading.list(superior, { overdue: true, open: true }, 'r');
    expect(page.items.map((item) => item.id)).toContain(id);
  });
});

describe('its readers', () => {
  it('see it masked where their role asks for it, and nothing of another institution or as an agency', async () => {
    const id = await room.closed();
    const { review } = await request(id);
    const masked = await room.reviewReading.find(regulator, review?.id ?? '', 'r');
    expect(masked).toMatchObject({ masked: true, subject: '' });
    expect(masked.reasons).not.toContain('13800000001');
    const reads = await stage.sql(`select from personal_data_read where $1 = any(resource_ids::text[]) and 'review' = any(fields)`, [id]);
    expect(reads.length).toBeGreaterThan(0);
    for (const who of [
      principal('complaint-supervisor', { institutionId: 'bank-2' }),
      principal('complaint-supervisor', { agencyId: 'a' }),
    ]) {
      expect(await codeOf(room.reviewReading.find(who, review?.id ?? '', 'r'))).toBe('not-found');
      expect(await codeOf(room.reviews.take(who, review?.id ?? '', call()))).toBe('not-found');
    }
    expect(await codeOf(room.reviewReading.find(handler, 'x', 'r'))).toBe('not-found');
  });

  it('go through the list page by page', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof room.reviewReading.list>> = await room.reviewReading.list(handler, { limit: 3, cursor }, 'r');
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    const [{ count } = { count: 0 }] = await stage.sql<{ count: number }>('select count(*)::int as count from review');
    expect(new Set(seen).size).toBe(count);
    expect(await codeOf(room.reviewReading.list(handler, { cursor: 'b3BlbiAx' }, 'r'))).toBe('invalid');
  });
});

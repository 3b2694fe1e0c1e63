import { hashOf } from '#idempotency';
import { codeOf, collectorRoom, type CollectorRoom } from '../../testing/collector-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { DEFAULT_STRATEGIES } from './default-strategies.ts';
import { whyOf } from './strategy.ts';
import type { NextRequest } from './worklist.dto.ts';

let stage: Stage;
let room: CollectorRoom;
const START = '2026-11-21T15:00:00+08:00';
const who = (subject: string, agencyId: string | null = null) => principal('agent', { subject, agencyId });
const next = (subject: string, more: NextRequest = {}) => room.nexts.next(who(subject), more, null, 'en');
const takenBy = async (subject: string, more: NextRequest = {}): Promise<string | undefined> => (await next(subject, more)).next?.caseId;

beforeEach(async () => {
  stage = await Stage.open();
  room = collectorRoom(stage);
  stage.now = START;
});
afterEach(() => stage.close());

const cases = (amounts: readonly (readonly [caseId: string, balance: string])[], more: object = {}) =>
  stage.addCases(
    amounts.map(([caseId, balance], n) => ({
      caseId,
      debtorId: `D-${caseId}`,
      debtId: caseId,
      balance,
      contactPoint: `+86139${String(n).padStart(8, '0')}`,
      ...more,
    })),
  );

describe('the next case', () => {
  it('is the first in order that may be contacted now; those before it say why not, and when', async () => {
    await cases([
      ['held', '90000.00'],
      ['called', '80000.00'],
      ['good', '70000.00'],
      ['small', '10.00'],
    ]);
    await room.refresh.run(BANK);
    await stage.sql(
      `insert into hold (institution_id, debtor, kind, from_at) select '${BANK}', debtor, 'cease', '2026-11-01' from collection_case where case_id = 'held'`,
    );
    for (const minute of ['00', '01', '02']) {
      stage.now = `2026-11-21T15:${minute}:00+08:00`;
      const { id } = await stage.ask('called');
      await stage.outcomes.record(principal('agent'), id, { result: 'no-answer', startedAt: `2026-11-21T15:${minute}:00+08:00` }, 'en');
    }
    stage.now = '2026-11-21T15:10:00+08:00';
    const answer = await next('a', { strategy: 'large' });
    expect(answer).toMatchObject({
      next: { caseId: 'good', leasedTo: 'a', leasedUntil: '2026-11-21T15:30:00+08:00', contactPointId: await stage.pointOf('good') },
      skipped: [
        { caseId: 'held', reasons: [{ ruleId: 'cease' }], nextPermittedAt: null },
        { caseId: 'called', reasons: [{ ruleId: 'burst' }], nextPermittedAt: '2026-11-21T16:00:00+08:00' },
      ],
      skippedCount: 2,
    });
    expect(answer.next?.why.map(({ key }) => key)).toEqual(expect.arrayContaining(['amount', 'since-contact']));
  });

  it('goes to one collector alone, however many ask at once', async () => {
    await cases(Array.from({ length: 60 }, (_, n) => [`C${n}`, `${1000 + n}.00`] as const));
    await room.refresh.run(BANK);
    const all = await Promise.all(Array.from({ length: 50 }, (_, n) => takenBy(`agent-${n}`)));
    expect(all).not.toContain(undefined);
    expect(new Set(all).size).toBe(50);
  });

  it('is never two for one key, and as many as one person can work', async () => {
    await cases(Array.from({ length: 10 }, (_, n) => [`C${n}`, `${1000 + n}.00`] as const));
    await room.refresh.run(BANK);
    const key = { key: 'k', hash: hashOf('n', {}) };
    const all = await Promise.all([1, 2, 3].map(() => room.nexts.next(who('a'), {}, key, 'en')));
    expect(new Set(all.map((one) => one.next?.caseId)).size).toBe(1);
    const many = await Promise.all(Array.from({ length: 8 }, () => codeOf(next('a'))));
    expect(many.filter((code) => code === 'done')).toHaveLength(4);
    expect(many.filter((code) => code === 'too-many-cases-in-hand')).toHaveLength(4);
  });

  it('comes back when its time is over, when it is put back and has rested, and not while it is worked', async () => {
    await cases([['only', '1000.00']]);
    await room.refresh.run(BANK);
    expect(await takenBy('a')).toBe('only');
    expect(await takenBy('b')).toBeUndefined();
    stage.now = '2026-11-21T15:20:00+08:00';
    expect(await takenBy('b')).toBe('only');
    expect(await codeOf(room.worklists.release(who('a'), { caseId: 'only' }, null))).toBe('case-not-in-hand');
    expect(await room.worklists.release(who('b'), { caseId: 'only' }, null)).toEqual({ caseId: 'only' });
    expect(await takenBy('c')).toBeUndefined();
    stage.now = '2026-11-21T17:20:00+08:00';
    expect(await takenBy('c')).toBe('only');
    const { id } = await stage.ask('only');
    await room.outcomes.record(who('c'), id, { result: 'no-answer', startedAt: '2026-11-21T17:20:00+08:00' }, 'en');
    expect((await room.worklists.list(who('c'), {})).items).toMatchObject([{ caseId: 'only', leasedTo: null }]);
  });

  it('at night is none, and the answer says when there will be one', async () => {
    await cases([
      ['one', '1000.00'],
      ['two', '900.00'],
    ]);
    stage.now = '2026-11-21T22:30:00+08:00';
    await room.refresh.run(BANK);
    expect(await next('a')).toMatchObject({ next: null, skippedCount: 2, earliestAt: '2026-11-22T08:00:00+08:00', more: false });
    // A letter keeps nobody awake, but has no address here.
    expect(await next('a', { channel: 'letter' })).toMatchObject({
      next: null,
      skipped: [{ reasons: [] }, { reasons: [] }],
      earliestAt: null,
    });
  });

  it('by another number where the first does not serve', async () => {
    await cases([['two-numbers', '1000.00']]);
    await stage.addCases([
      { caseId: 'two-numbers', debtorId: 'D-two-numbers', debtId: 'two-numbers', balance: '1000.00', contactPoint: '+8613911112222' },
    ]);
    await stage.sql(`update contact_point set status = 'invalid' where id = $1`, [await stage.pointOf('two-numbers')]);
    await room.refresh.run(BANK);
    const answer = await next('a');
    expect(answer.next?.caseId).toBe('two-numbers');
    expect(answer.next?.contactPointId).not.toBe(await stage.pointOf('two-numbers'));
  });
});

describe('what was agreed', () => {
  it('lets a case wait, and brings it first when its time has come', async () => {
    await cases([
      ['agreed', '10.00'],
      ['rich', '900000.00'],
    ]);
    await room.refresh.run(BANK);
    const { id } = await stage.ask('agreed');
    const report = { followUpAt: '2026-11-21T18:00:00+08:00', bestTime: { from: '18:00', to: '19:00' } };
    await room.outcomes.record(who('a'), id, { result: 'conversation', startedAt: START, report }, 'en');
    expect((await room.worklists.list(who('a'), {})).items.map(({ caseId }) => caseId)).toEqual(['rich']);
    expect((await room.worklists.day(who('a'))).followUps).toMatchObject([{ caseId: 'agreed', followUpAt: report.followUpAt }]);
    stage.now = '2026-11-21T18:00:00+08:00';
    const answer = await next('a');
    expect(answer.next?.caseId).toBe('agreed');
    expect(answer.next?.why.slice(0, 2).map(({ key }) => key)).toEqual(['follow-up', 'best-time']);
    const { contacts, talks, inHand } = await room.worklists.day(who('a'));
    expect({ contacts, talks, inHand: inHand.map(({ caseId }) => caseId) }).toEqual({ contacts: 0, talks: 0, inHand: ['agreed'] });
  });

  it('as a promise lets a case wait until the day before, and a broken one raises it', async () => {
    await cases([
      ['waits', '5000.00'],
      ['due', '5000.00'],
      ['broke', '5000.00'],
    ]);
    const promise = (caseId: string, dueOn: string, state: string) =>
      stage.sql(
        `insert into promise (institution_id, collection_case, amount, currency, due_on, state, made_at, made_by, grace_days, breaks_at, settled_at)
         select '${BANK}', id, 100, 'CNY', $2, $3, now(), 'a', 0, now(), case when $3 <> 'open' then now() end from collection_case where case_id = $1`,
        [caseId, dueOn, state],
      );
    await promise('waits', '2026-11-25', 'open');
    await promise('due', '2026-11-22', 'open');
    await promise('broke', '2026-11-19', 'broken');
    await room.refresh.run(BANK);
    const listed = async (strategy: string): Promise<string[]> =>
      (await room.worklists.list(who('a'), { strategy })).items.map(({ caseId }) => caseId);
    expect(await listed('balanced')).toEqual(['broke', 'due']);
    expect(await listed('promise-due')).toEqual(['due']);
    expect(await listed('promise-broken')).toEqual(['broke']);
  });
});

describe('the order', () => {
  it('of PostgreSQL is the one that is explained', async () => {
    await cases(
      [
        ['a', '12.34'],
        ['b', '5000.00'],
        ['c', '2000000.00'],
      ],
      { overdueSince: '2026-10-01' },
    );
    const { id } = await stage.ask('b');
    await stage.outcomes.record(principal('agent'), id, { result: 'answered', startedAt: START }, 'en');
    stage.now = '2026-11-23T10:00:00+08:00';
    await room.refresh.run(BANK);
    const ranks = await stage.sql<{ strategy: string; caseId: string; rank: number }>(
      `select strategy_id as strategy, case_id as "caseId", rank from worklist_entry e join collection_case c on c.id = e.collection_case`,
    );
    for (const { strategyId, content } of DEFAULT_STRATEGIES) {
      for (const item of (await room.worklists.list(who('a'), { strategy: strategyId })).items) {
        const explained = item.why.reduce((sum, { points }) => sum + points, 0);
        const rank = ranks.find((one) => one.strategy === strategyId && one.caseId === item.caseId)?.rank ?? Number.NaN;
        expect(Math.abs(explained - rank)).toBeLessThan(0.01);
        expect(content.order.length).toBeGreaterThanOrEqual(item.why.length);
      }
    }
    expect(whyOf([], { days: 1, balance: '1', hours: 1, promise: null, followUpDue: false }, false)).toEqual([]);
  });

  it('holds only what a strategy asks for, and pages through it without gaps', async () => {
    await cases(
      Array.from({ length: 7 }, (_, n) => [`M${n}`, `${1000 * (n + 1)}.00`] as const),
      { overdueSince: '2026-11-10' },
    );
    await cases([['late', '30000.00']], { overdueSince: '2026-07-01', contactPoint: '+8613922223333' });
    await room.refresh.run(BANK);
    const pages: string[][] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const page = await room.worklists.list(who('a'), { strategy: 'early', limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      pages.push(page.items.map(({ caseId }) => caseId));
      more = page.nextCursor !== null;
      cursor = page.nextCursor ?? undefined;
    }
    expect(pages).toEqual([['M6', 'M5', 'M4'], ['M3', 'M2', 'M1'], ['M0']]);
    expect((await room.worklists.list(who('a'), { strategy: 'late' })).items).toMatchObject([{ caseId: 'late', stage: 'M5' }]);
    expect(await codeOf(room.worklists.list(who('a'), { strategy: 'unheard-of' }))).toBe('invalid');
    await stage.sql(`update collection_case set state = 'paid' where case_id = 'late'`);
    await room.refresh.run(BANK);
    expect((await room.worklists.list(who('a'), { strategy: 'late' })).items).toEqual([]);
  });

  it('is an institution’s own to change, in versions', async () => {
    await cases([['a', '1000.00']], { product: '消费贷' });
    const manager = principal('collections-manager');
    const request = {
      strategyId: 'loans',
      name: { zh: '消费贷', en: 'Loans' },
      filter: { products: ['消费贷'] },
      order: [{ key: 'amount' as const, weight: 10 }],
      leaseMinutes: 10,
      restMinutes: 0,
    };
    const key = { key: 's', hash: hashOf('s', request) };
    const made = await Promise.all([1, 2, 3].map(() => room.strategies.put(manager, request, key)));
    expect(made.map(({ version }) => version)).toEqual([1, 1, 1]);
    const versions = await Promise.all([1, 2, 3].map(() => room.strategies.put(manager, request, null)));
    expect(versions.map(({ version }) => version).toSorted()).toEqual([2, 3, 4]);
    expect((await room.worklists.list(who('a'), { strategy: 'loans' })).items).toMatchObject([{ caseId: 'a' }]);
    expect(await codeOf(room.strategies.put(manager, { ...request, filter: { minAmount: '2', maxAmount: '1' } }, null))).toBe('invalid');
    await room.strategies.retire(manager, 'loans', null);
    expect(await codeOf(room.strategies.retire(manager, 'loans', null))).toBe('strategy-retired');
    expect(await codeOf(room.worklists.list(who('a'), { strategy: 'loans' }))).toBe('invalid');
    expect(
      (await room.strategies.list(principal('agent', { institutionId: 'bank-2' }))).items.map(({ strategyId }) => strategyId),
    ).not.toContain('loans');
  });
});

describe('whose work it is', () => {
  it('an agency works its own cases, and the bank its own', async () => {
    await stage.addAgencies(['A1', 'A2']);
    await cases([['bank', '1000.00']]);
    await cases([['ofA1', '1000.00']], { agencyId: 'A1', contactPoint: '+8613922220001' });
    await room.refresh.run(BANK);
    const listed = async (agencyId: string | null): Promise<string[]> =>
      (await room.worklists.list(who('x', agencyId), {})).items.map(({ caseId }) => caseId);
    expect([await listed(null), await listed('A1'), await listed('A2')]).toEqual([['bank'], ['ofA1'], []]);
    const request = { collectorId: 'c1', deviceId: 't1' };
    expect((await room.nexts.next(who('x', 'A1'), request, null, 'en')).next?.caseId).toBe('ofA1');
    expect((await room.nexts.next(who('x', 'A2'), request, null, 'en')).next).toBeNull();
    // Moved to another agency, it is that one's at once, whatever the order still says.
    await stage.sql(`update collection_case set agency_id = 'A2' where case_id = 'ofA1'`);
    expect(await listed('A1')).toEqual([]);
    expect(await codeOf(room.worklists.release(who('x', 'A1'), { caseId: 'ofA1' }, null))).toBe('not-found');
  });

  it('a case that was given to a collector is theirs until the agency changes', async () => {
    await stage.addAgencies(['A1']);
    await cases([
      ['mine', '1000.00'],
      ['pool', '900.00'],
    ]);
    const manager = principal('collections-manager');
    await room.refresh.run(BANK);
    const given = { caseIds: ['mine', 'nothing'], collectorId: 'a' };
    expect(await room.worklists.assign(manager, given, null)).toEqual({ assigned: ['mine'], unknown: ['nothing'] });
    expect(await room.worklists.assign(principal('agency-supervisor', { agencyId: 'A1' }), given, null)).toEqual({
      assigned: [],
      unknown: ['mine', 'nothing'],
    });
    expect(await takenBy('b', { whose: 'mine' })).toBeUndefined();
    expect(await takenBy('b')).toBe('pool');
    expect(await takenBy('a', { whose: 'mine' })).toBe('mine');
    await stage.sql(`update collection_case set agency_id = 'A1' where case_id = 'mine'`);
    await room.refresh.run(BANK);
    expect((await room.worklists.list(who('z', 'A1'), { whose: 'pool' })).items).toMatchObject([{ caseId: 'mine', owner: null }]);
  });
});

import { hashOf } from '#idempotency';
import { SendError, type TextMessage } from '#sending';
import { BANK, Stage } from '../../testing/stage.ts';
import { StandingRoom } from '../../testing/standing-room.ts';
import { codeOf } from './code.ts';
import { DebtQueryService, type DebtQuestion } from './debt-query.service.ts';
import { DebtQueryStore } from './debt-query.store.ts';
import { DebtQueryWork } from './debt-query.work.ts';

let stage: Stage;
let room: StandingRoom;
let queries: DebtQueryService;
let work: DebtQueryWork;
const sent: TextMessage[] = [];
let gateway: (message: TextMessage) => void = () => undefined;
let address = 0;

beforeAll(async () => {
  stage = await Stage.open();
  room = new StandingRoom(stage);
  queries = new DebtQueryService(stage.source, stage.clock, new DebtQueryStore(), stage.vault, { complaintPhone: '95500' });
  const sms = {
    send: async (message: TextMessage) => {
      gateway(message);
      sent.push(message);
      return { providerId: null };
    },
  };
  work = new DebtQueryWork(stage.source, stage.clock, new DebtQueryStore(), stage.vault, sms);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
  sent.length = 0;
  gateway = () => undefined;
});

/** Everybody from an address of their own, unless a test says otherwise. */
const ask = (caseReference: string, phone: string, more: Partial<DebtQuestion> = {}, key: string | null = null) => {
  address += 1;
  const question = { institutionId: BANK, caseReference, phone, language: 'zh' as const, ip: `198.51.100.${address}`, ...more };
  return queries.ask(question, key === null ? null : { key, hash: hashOf('x', { caseReference, phone }) });
};
const answer = (id: string, code = codeOf(stage.vault, id)) => queries.answer(BANK, id, code);
const codeOfRefusal = async (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'done',
    (error: { kind?: { code: string } }) => error.kind?.code ?? error,
  );
let number = 0;
async function debtor(agencyId: string | null): Promise<{ caseId: string; phone: string }> {
  number += 1;
  const [caseId, phone] = [`Q${number}`, `+8613811110${String(number).padStart(3, '0')}`];
  await stage.addCases([{ caseId, debtorId: `DQ${number}`, debtId: `LQ${number}`, contactPoint: phone, agencyId }]);
  return { caseId, phone };
}

describe('who holds my debt', () => {
  it('is told to who has the reference and the number: the agency, how to reach it and how to complain, and nothing else', async () => {
    await room.agencyWithCase('H1');
    await stage.sql(`update agency set phone = '0451-1', address = '哈尔滨' where agency_id = 'H1'`);
    const { caseId, phone } = await debtor('H1');
    const asked = await ask(` ${caseId} `, phone.slice(3));
    expect(asked).toEqual({ id: expect.any(String) as string, expiresAt: '2026-11-21T15:10:00+08:00' });
    await work.send(BANK, asked.id);
    expect(sent).toEqual([{ id: asked.id, to: phone, text: expect.stringContaining(codeOf(stage.vault, asked.id)) as string }]);
    expect(await answer(asked.id)).toEqual({
      holder: 'agency',
      agency: { name: 'H1', phone: '0451-1', address: '哈尔滨', since: expect.any(String) as string, published: true },
      complain: { bankPhone: '95500', regulatorPhone: '12378' },
    });
    const [kept] = await stage.sql(`select tries, told_agency as told, answered_at is not null as answered from debt_query where id = $1`, [
      asked.id,
    ]);
    expect(kept).toEqual({ tries: 1, told: 'H1', answered: true });
  });

  it('the bank itself, also of a case that is paid; an agency that was suspended is not on the list', async () => {
    const own = await debtor(null);
    await room.agencyWithCase('H2');
    const [paid, suspended] = [await debtor('H2'), await debtor('H2')];
    await stage.sql(`update collection_case set state = 'paid' where case_id = $1`, [paid.caseId]);
    await room.change('H2', { status: 'suspended' });
    const told = async ({ caseId, phone }: { caseId: string; phone: string }) => {
      const { id } = await ask(caseId, phone);
      await work.send(BANK, id);
      return answer(id);
    };
    expect(await told(own)).toMatchObject({ holder: 'bank', agency: null });
    expect(await told(paid)).toMatchObject({ holder: 'bank', agency: null });
    expect(await told(suspended)).toMatchObject({ holder: 'agency', agency: { name: 'H2', published: false } });
  });
});

describe('nothing is learnt', () => {
  it('from a case that is not there, a number that is another’s or nobody’s: the same answer, the same work, and no code is good', async () => {
    const [one, other] = [await debtor(null), await debtor(null)];
    const asked = [await ask('NOT-THERE', one.phone), await ask(one.caseId, other.phone), await ask(one.caseId, 'nonsense')];
    for (const each of asked) {
      expect(Object.keys(each)).toEqual(['id', 'expiresAt']);
      await work.send(BANK, each.id);
      expect(await codeOfRefusal(answer(each.id))).toBe('code-not-good');
    }
    expect(sent).toEqual([]);
    const rows = await stage.sql(`select unsent, tries from debt_query where id = any($1)`, [asked.map(({ id }) => id)]);
    expect(rows).toEqual(asked.map(() => ({ unsent: 'no-match', tries: 1 })));
    // One job each, whether there is something to send or not.
    const jobs = await stage.sql(`select id from outbox where topic = 'debt-query.code' and payload->>'queryId' = any($1)`, [
      asked.map(({ id }) => id),
    ]);
    expect(jobs).toHaveLength(asked.length);
    expect(await codeOfRefusal(answer('0198a000-0000-7000-8000-000000000000', '000000'))).toBe('code-not-good');
    expect(await codeOfRefusal(answer('no-id', '１２３'))).toBe('code-not-good');
  });

  it('by another institution, which has neither the question nor the case', async () => {
    const { caseId, phone } = await debtor(null);
    const { id } = await ask(caseId, phone);
    await work.send(BANK, id);
    expect(await codeOfRefusal(queries.answer('bank-2', id, codeOf(stage.vault, id)))).toBe('code-not-good');
    const theirs = await ask(caseId, phone, { institutionId: 'bank-2' });
    await work.send('bank-2', theirs.id);
    expect(await codeOfRefusal(queries.answer('bank-2', theirs.id, codeOf(stage.vault, theirs.id)))).toBe('code-not-good');
  });

  it('from a relative’s number: only the debtor and who owes with them are told', async () => {
    await stage.addCases([
      { caseId: 'Q-rel', debtorId: 'D-rel', debtId: 'L-rel', contactPoint: '+8613811112001' },
      { caseId: 'Q-rel', debtorId: 'D-rel', debtId: 'L-rel', partyId: 'P2', partyRole: 'related', contactPoint: '+8613811112002' },
    ]);
    const { id } = await ask('Q-rel', '13811112002');
    await work.send(BANK, id);
    expect(sent).toEqual([]);
  });
});

describe('a code', () => {
  it('has five tries, however many come at once', async () => {
    const { caseId, phone } = await debtor(null);
    const { id } = await ask(caseId, phone);
    await work.send(BANK, id);
    const wrong = codeOf(stage.vault, id) === '000000' ? '000001' : '000000';
    const all = await Promise.all(Array.from({ length: 20 }, () => codeOfRefusal(answer(id, wrong))));
    expect(new Set(all)).toEqual(new Set(['code-not-good']));
    expect(await stage.sql(`select tries from debt_query where id = $1`, [id])).toEqual([{ tries: 5 }]);
    expect(await codeOfRefusal(answer(id))).toBe('code-not-good');
  });

  it('is good once, for ten minutes, and not before it was sent', async () => {
    const { caseId, phone } = await debtor(null);
    const [first, second] = [await ask(caseId, phone), await ask(caseId, phone)];
    expect(await codeOfRefusal(answer(first.id))).toBe('code-not-good');
    await work.send(BANK, first.id);
    const twice = await Promise.all([codeOfRefusal(answer(first.id)), codeOfRefusal(answer(first.id))]);
    expect(twice.toSorted()).toEqual(['code-not-good', 'done']);
    await work.send(BANK, second.id);
    stage.now = '2026-11-21T15:10:00+08:00';
    expect(await codeOfRefusal(answer(second.id))).toBe('code-not-good');
  });

  it('goes out once, however often the worker is woken; a gateway that is away is tried again with the same words', async () => {
    const { caseId, phone } = await debtor(null);
    const { id } = await ask(caseId, phone);
    gateway = () => {
      throw new SendError('away', { again: true, mayHaveArrived: true });
    };
    await expect(work.send(BANK, id)).rejects.toThrow('away');
    gateway = () => undefined;
    await Promise.all([work.send(BANK, id), work.send(BANK, id), work.send(BANK, id)]);
    expect(sent).toHaveLength(1);
    expect((await answer(id)).holder).toBe('bank');
  });

  it('does not go to who asked for no text messages, nor to a number that is not good, nor too late', async () => {
    const [stopped, late] = [await debtor(null), await debtor(null)];
    await stage.sql(
      `insert into opt_out (institution_id, debtor, party_id, channel, at, evidence) select institution_id, debtor, 'P1', 'sms', now(), 'call' from collection_case where case_id = $1`,
      [stopped.caseId],
    );
    const [first, second] = [await ask(stopped.caseId, stopped.phone), await ask(late.caseId, late.phone)];
    await work.send(BANK, first.id);
    stage.now = '2026-11-21T15:11:00+08:00';
    await work.send(BANK, second.id);
    const rows = await stage.sql(`select unsent from debt_query where id = any($1) order by unsent`, [[first.id, second.id]]);
    expect([rows, sent]).toEqual([[{ unsent: 'opted-out' }, { unsent: 'too-late' }], []]);
  });
});

describe('whoever asks too often waits', () => {
  it('for one case, whether it is there or not, however many ask at once', async () => {
    const { caseId, phone } = await debtor(null);
    for (const reference of [caseId, 'NOT-THERE-2']) {
      const all = await Promise.all(Array.from({ length: 8 }, (_, n) => codeOfRefusal(ask(reference, n === 0 ? phone : `1381111300${n}`))));
      expect(all.filter((one) => one === 'done')).toHaveLength(3);
      expect(all.filter((one) => one === 'too-many-requests')).toHaveLength(5);
    }
    stage.now = '2026-11-21T16:00:01+08:00';
    expect(await codeOfRefusal(ask(caseId, phone))).toBe('done');
  });

  it('from one address, and is told how long', async () => {
    const all = await Promise.all(Array.from({ length: 14 }, (_, n) => codeOfRefusal(ask(`X${n}`, `1381111400${n}`, { ip: '192.0.2.7' }))));
    expect(all.filter((one) => one === 'done')).toHaveLength(10);
    await expect(ask('X99', '13811114999', { ip: '::ffff:192.0.2.7' })).rejects.toMatchObject({ extras: { retryAfterSeconds: 3600 } });
  });

  it('and at night everybody does', async () => {
    const { caseId, phone } = await debtor(null);
    for (const [time, want] of [
      ['07:59:59', 'no-codes-at-night'],
      ['08:00:00', 'done'],
      ['21:59:59', 'done'],
      ['22:00:00', 'no-codes-at-night'],
    ]) {
      stage.now = `2026-11-21T${time}+08:00`;
      expect([time, await codeOfRefusal(ask(caseId, phone))]).toEqual([time, want]);
    }
  });

  it('one key is one question, also at once', async () => {
    const { caseId, phone } = await debtor(null);
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => ask(caseId, phone, { ip: '192.0.2.9' }, 'k-1')));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(await codeOfRefusal(ask('other', phone, {}, 'k-1'))).toBe('idempotency-key-reused');
  });
});

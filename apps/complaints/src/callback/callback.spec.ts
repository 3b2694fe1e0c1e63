import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Vault } from '#vault';
import { figureOf, shownRows, totalOf, type Tally } from './figures.ts';
import { bucketOf, isDrawn, reachOf } from './sampling.ts';
import { readToken, tokenOf } from './token.ts';

const ID = '01890b3c-0000-7000-8000-000000000000';

describe('the draw', () => {
  it('is the same for whoever draws again', () => {
    // printf '%s' bank-1/01890b3c-0000-7000-8000-000000000000 | sha256sum
    expect(bucketOf('bank-1', ID)).toBe(bucketOf('bank-1', ID));
    expect([isDrawn(0, 0), isDrawn(9999, 100), isDrawn(2999, 30), isDrawn(3000, 30)]).toEqual([false, true, true, false]);
  });

  it('takes about as many as it says, and with a higher rate nobody fewer', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.integer({ min: 0, max: 99 }),
        (id, percent) => !isDrawn(bucketOf('b', id), percent) || isDrawn(bucketOf('b', id), percent + 1),
      ),
    );
    const drawn = Array.from({ length: 4000 }, (_, n) => isDrawn(bucketOf('bank-1', String(n)), 30)).filter(Boolean).length;
    expect(drawn).toBeGreaterThan(1080);
    expect(drawn).toBeLessThan(1320);
  });
});

describe('a contact', () => {
  it.each([
    ['+8613800000001', { channel: 'sms', to: '+8613800000001' }],
    ['138 0000 0001', { channel: 'sms', to: '+8613800000001' }],
    ['a@example.com', { channel: 'email', to: 'a@example.com' }],
    ['+8645112345678', { channel: 'phone' }],
    ['哈尔滨市某路 1 号', { channel: 'phone' }],
    [' ', null],
    [null, null],
  ])('%j is reached so', (contact, reach) => expect(reachOf(contact)).toEqual(reach));
});

describe('a link', () => {
  const newVault = () => new Vault([`k1:${randomBytes(32).toString('base64')}`], randomBytes(32).toString('base64'));
  const vault = newVault();
  it('leads to its call-back, and no other token does', () => {
    const token = tokenOf(vault, { institutionId: '银行-1', id: ID });
    expect(readToken(vault, token)).toEqual({ institutionId: '银行-1', id: ID });
    expect(readToken(newVault(), token)).toBeNull();
    for (let at = 0; at < token.length; at += 1)
      expect(readToken(vault, `${token.slice(0, at)}${token[at] === 'a' ? 'b' : 'a'}${token.slice(at + 1)}`)).toBeNull();
    for (const garbage of ['', '.', '..', `${token}.`, `${token}=`, 'x'.repeat(500)]) expect(readToken(vault, garbage)).toBeNull();
  });
});

describe('the figures', () => {
  const tally = fc.integer({ min: 0, max: 12 }).chain((answered) =>
    fc.array(fc.integer({ min: 0, max: 4 }), { minLength: answered, maxLength: answered }).map((given): Tally => ({
      key: 'k',
      asked: answered + 2,
      answered,
      refused: 1,
      unreachable: 1,
      expired: 0,
      scores: [0, 1, 2, 3, 4].map((score) => given.filter((one) => one === score).length),
    })),
  );

  it('never let a single answer follow from what is shown', () =>
    fc.assert(
      fc.property(fc.array(tally, { maxLength: 8 }), fc.integer({ min: 3, max: 8 }), (rows, least) => {
        const shown = shownRows(rows, least);
        for (const row of shown) expect(row.answered === 0 || row.answered >= least).toBe(true);
        const hidden = rows.filter((row) => !shown.has(row));
        const answers = totalOf(hidden).answered;
        const total = totalOf(rows);
        // Either nothing is left out, or too much to tell, or nothing of the answers is shown at all.
        expect(hidden.length === 0 || answers >= least || total.answered === answers).toBe(true);
      }),
    ));

  it('have an average where they are shown', () => {
    const row: Tally = { key: 'a', asked: 9, answered: 4, refused: 2, unreachable: 1, expired: 2, scores: [1, 0, 0, 0, 3] };
    expect(figureOf(row, true)).toMatchObject({ average: 4, suppressed: false });
    expect(figureOf(row, false)).toEqual({ key: 'a', asked: 9, suppressed: true, tally: null, average: null });
  });
});

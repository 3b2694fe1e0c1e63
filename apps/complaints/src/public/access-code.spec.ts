import { randomBytes } from 'node:crypto';
import { Vault } from '#vault';
import { hashOfCode, isRightCode, newAccessCode } from './access-code.ts';

const vault = new Vault([`k1:${randomBytes(32).toString('base64')}`], randomBytes(32).toString('base64'));

describe('an access code', () => {
  it('can be read out: three groups of four, no sign that looks like another', () => {
    for (let n = 0; n < 200; n += 1)
      expect(newAccessCode(vault, 'c1', null)).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
  });

  it('is another each time, but the same for the same complaint and key', () => {
    const drawn = new Set(Array.from({ length: 500 }, () => newAccessCode(vault, 'c1', null)));
    expect(drawn.size).toBe(500);
    expect(newAccessCode(vault, 'c1', 'k')).toBe(newAccessCode(vault, 'c1', 'k'));
    expect(newAccessCode(vault, 'c1', 'k')).not.toBe(newAccessCode(vault, 'c2', 'k'));
    expect(newAccessCode(vault, 'c1', 'k')).not.toBe(newAccessCode(vault, 'c1', 'k2'));
  });

  it('is right however it is typed, for its complaint alone', () => {
    const code = newAccessCode(vault, 'c1', 'k');
    const hash = hashOfCode(vault, 'c1', code);
    expect(hash.toString('latin1')).not.toContain(code);
    for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ''), ` ${code.replaceAll('-', ' ')} `])
      expect(isRightCode(vault, 'c1', typed, hash)).toBe(true);
    expect(isRightCode(vault, 'c2', code, hash)).toBe(false);
    expect(isRightCode(vault, 'c1', code.slice(0, -1), hash)).toBe(false);
    expect(isRightCode(vault, null, code, null)).toBe(false);
    expect(isRightCode(vault, 'c1', code, null)).toBe(false);
  });
});

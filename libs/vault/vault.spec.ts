import { randomBytes } from 'node:crypto';
import { Vault } from '#vault';

const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const indexKey = randomBytes(32).toString('base64');
const [one, two] = [key('k1'), key('k2')];
const vault = new Vault([one], indexKey);
const both = new Vault([two, one], indexKey);

describe('seal and open', () => {
  it.each(['', '张三', '+8613800000001', '𠮷 👩‍👩‍👧', 'x'.repeat(100_000)])('gives back what was put in', (plain) => {
    expect(vault.open(vault.seal(plain, 'name'), 'name')).toBe(plain);
  });

  it('gives back any bytes', () => {
    const bytes = randomBytes(1000);
    expect(vault.openBytes(vault.seal(bytes, 'file'), 'file')).toEqual(bytes);
  });

  it('shows neither the value nor that two are equal', () => {
    const [a, b] = [vault.seal('13800000001', 'c'), vault.seal('13800000001', 'c')];
    expect(a.equals(b)).toBe(false);
    expect(a.includes('13800000001')).toBe(false);
  });

  it('does not open what was moved into another context', () => {
    expect(() => vault.open(vault.seal('张三', 'debtor.name'), 'party.name')).toThrow('unable to authenticate');
  });

  it('does not open when a single bit was changed, wherever it is', () => {
    const sealed = vault.seal('张三', 'name');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => vault.open(changed, 'name')).toThrow(/unable to authenticate|not on the ring|authentication tag/);
    }
  });

  it.each([0, 1, 10, 20, 30])('does not open the first %i bytes of a value', (length) => {
    expect(() => vault.open(vault.seal('张三', 'name').subarray(0, length), 'name')).toThrow(
      /outside buffer bounds|out of range|unable to authenticate|not on the ring|authentication tag|initialization vector/i,
    );
  });

  it('does not open under a key of the same name, nor without the key', () => {
    const sealed = vault.seal('张三', 'name');
    expect(() => new Vault([key('k1')], indexKey).open(sealed, 'name')).toThrow('unable to authenticate');
    expect(() => new Vault([two], indexKey).open(sealed, 'name')).toThrow('not on the ring');
  });
});

describe('rotation', () => {
  it('seals under the first key and opens under every key', () => {
    const [old, fresh] = [vault.seal('旧', 'c'), both.seal('新', 'c')];
    expect([both.open(old, 'c'), both.open(fresh, 'c')]).toEqual(['旧', '新']);
    expect([both.isCurrent(old), both.isCurrent(fresh), vault.isCurrent(old)]).toEqual([false, true, true]);
    expect(new Vault([two], indexKey).open(fresh, 'c')).toBe('新');
    expect(() => vault.open(fresh, 'c')).toThrow('not on the ring');
  });

  it('does not change the index', () => {
    expect(both.index('13800000001', 'c')).toEqual(vault.index('13800000001', 'c'));
  });
});

describe('index', () => {
  it('is 32 bytes that depend on value, context and key, and on where the one ends and the other begins', () => {
    const hash = vault.index('b', 'a');
    expect(hash).toHaveLength(32);
    const others = [vault.index('c', 'a'), vault.index('b', 'c'), vault.index('', 'ab'), vault.index('ab', '')];
    others.push(new Vault([one], randomBytes(32).toString('base64')).index('b', 'a'));
    expect(others.filter((other) => other.equals(hash))).toEqual([]);
  });

  it('stays the same from release to release, or nothing would be found again', () => {
    const fixed = new Vault([one], Buffer.alloc(32, 7).toString('base64'));
    expect(fixed.index('+8613800000001', 'contact.value').toString('hex')).toBe(
      'b9cb7baa63bada12e6939d84470f8801a6b9b53ff768dc25aca4c89e228aa499',
    );
  });
});

describe('a ring that is wrong', () => {
  it.each([[[]], [['k1']], [['k1:c2hvcnQ=']], [[one.replace('k1', 'K 1')]], [[`:${one}`]], [[one, 'k2:']]])('is refused: %#', (ring) => {
    expect(() => new Vault(ring, indexKey)).toThrow(/key ring is empty|id:base64 with 32 bytes/);
  });

  it('never says the key', () => {
    const bad = `k1:${randomBytes(31).toString('base64')}`;
    const said = (() => {
      try {
        return String(new Vault([bad], indexKey));
      } catch (error) {
        return String(error);
      }
    })();
    expect(said).not.toContain(bad.slice(3, 12));
  });

  it.each(['', 'short', randomBytes(31).toString('base64')])('so is an index key that is not 32 bytes', (bad) => {
    expect(() => new Vault([one], bad)).toThrow('32 bytes');
  });
});

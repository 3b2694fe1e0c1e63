import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { canonical, checkHeads, checkRecord, isConsistent, isIncluded, type RecordProof, type SignedHead } from './check.ts';

// The tree as RFC 9162 defines it, by recursion; the page goes the other way, up from the leaf.
const hash = (...parts: readonly Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const leaf = (text: string): Buffer => hash(Buffer.of(0), Buffer.from(text));
const split = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);
const rootOf = (leaves: readonly Buffer[]): Buffer => {
  const [first] = leaves;
  if (leaves.length === 1 && first) return first;
  const k = split(leaves.length);
  return hash(Buffer.of(1), rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
};
const pathOf = (at: number, leaves: readonly Buffer[]): Buffer[] => {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return at < k
    ? [...pathOf(at, leaves.slice(0, k)), rootOf(leaves.slice(k))]
    : [...pathOf(at - k, leaves.slice(k)), rootOf(leaves.slice(0, k))];
};
const between = (m: number, leaves: readonly Buffer[], isWhole: boolean): Buffer[] => {
  if (m === leaves.length) return isWhole ? [] : [rootOf(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...between(m, leaves.slice(0, k), isWhole), rootOf(leaves.slice(k))]
    : [...between(m - k, leaves.slice(k), false), rootOf(leaves.slice(0, k))];
};
const hex = (parts: readonly Buffer[]): string[] => parts.map((part) => part.toString('hex'));

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const der = publicKey.export({ type: 'spki', format: 'der' });
const keyId = createHash('sha256').update(der).digest('hex').slice(0, 16);
const keys = [{ keyId, publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() }];

const records = Array.from({ length: 37 }, (_one, n) => ({
  id: `r${n}`,
  kind: 'x',
  body: { n, text: '张三\u2028"', 'ä b': [1.5, null, true] },
}));
const leaves = records.map((record) => leaf(canonical(record)));
function headOf(size: number): SignedHead {
  const head = {
    log: 'l',
    institution: 'i',
    size,
    rootHash: rootOf(leaves.slice(0, size)).toString('hex'),
    at: '2026-11-30T00:00:00.000Z',
    keyId,
  };
  const text = canonical({ signed: 'forbear-tree-head-1', ...head });
  return { ...head, signature: sign(null, Buffer.from(text), privateKey).toString('base64') };
}
const proofOf = (position: number, size: number): RecordProof => ({
  record: records[position] ?? {},
  position,
  leafHash: leaves[position]?.toString('hex') ?? '',
  proof: hex(pathOf(position, leaves.slice(0, size))),
  head: headOf(size),
});

it('finds every record in every tree, and at no other place', async () => {
  for (let size = 1; size <= leaves.length; size += 1) {
    const head = headOf(size);
    for (let at = 0; at < size; at += 1) {
      const { leafHash, proof } = proofOf(at, size);
      expect(await isIncluded(leafHash, at, head, proof)).toBe(true);
      if (size > 1) expect(await isIncluded(leafHash, (at + 1) % size, head, proof)).toBe(false);
    }
  }
});

it('finds every tree at the beginning of every larger one, and of no other', async () => {
  for (let second = 1; second <= leaves.length; second += 1)
    for (let first = 1; first <= second; first += 1) {
      const proof = hex(between(first, leaves.slice(0, second), true));
      expect(await isConsistent(headOf(first), headOf(second), proof)).toBe(true);
      const other = { ...headOf(first), rootHash: 'ab'.repeat(32) };
      expect(await isConsistent(other, headOf(second), proof)).toBe(false);
    }
});

it('says what does not hold', async () => {
  const shown = proofOf(5, 20);
  expect(await checkRecord(shown, keys)).toEqual({ hash: 'yes', included: 'yes', signed: 'yes' });
  expect(await checkRecord({ ...shown, record: { ...shown.record, kind: 'y' } }, keys)).toEqual({
    hash: 'no',
    included: 'no',
    signed: 'yes',
  });
  expect(await checkRecord({ ...shown, head: { ...shown.head, size: 19 } }, keys)).toMatchObject({ signed: 'no' });
  expect(await checkRecord(shown, [])).toMatchObject({ signed: 'no' });
  const another = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
  expect(await checkRecord(shown, [{ keyId, publicKey: another }])).toMatchObject({ signed: 'no' });
  const heads = { from: headOf(7), to: headOf(20), proof: hex(between(7, leaves.slice(0, 20), true)) };
  expect(await checkHeads(heads, keys)).toEqual({ consistent: 'yes', signed: 'yes' });
  expect(await checkHeads({ ...heads, proof: heads.proof.slice(1) }, keys)).toMatchObject({ consistent: 'no' });
});

it('writes JSON as RFC 8785 does', () => {
  expect(canonical({ b: 1e21, a: [1.0, -0, '€\n'], '\u20ac': null, '1': {} })).toBe('{"1":{},"a":[1,0,"€\\n"],"b":1e+21,"€":null}');
});

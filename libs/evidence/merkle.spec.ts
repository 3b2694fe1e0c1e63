import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  consistencyRanges,
  EMPTY_ROOT,
  Frontier,
  inclusionRanges,
  isConsistent,
  isIncluded,
  isKept,
  leafHash,
  nodesFor,
  rootsOf,
  type LeafRange,
  type TreeNode,
} from './merkle.ts';

const sha = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

// The definitions of RFC 9162, 2.1, word for word.
const k = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);
function mth(d: readonly Buffer[]): Buffer {
  const [first] = d;
  if (!first) return sha(Buffer.alloc(0));
  if (d.length === 1) return sha(Buffer.from([0]), first);
  return sha(Buffer.from([1]), mth(d.slice(0, k(d.length))), mth(d.slice(k(d.length))));
}
function path(m: number, d: readonly Buffer[]): Buffer[] {
  if (d.length <= 1) return [];
  const at = k(d.length);
  return m < at ? [...path(m, d.slice(0, at)), mth(d.slice(at))] : [...path(m - at, d.slice(at)), mth(d.slice(0, at))];
}
function subproof(m: number, d: readonly Buffer[], b: boolean): Buffer[] {
  if (m === d.length) return b ? [] : [mth(d)];
  const at = k(d.length);
  return m <= at ? [...subproof(m, d.slice(0, at), b), mth(d.slice(at))] : [...subproof(m - at, d.slice(at), false), mth(d.slice(0, at))];
}

const entries = (n: number): Buffer[] => Array.from({ length: n }, (_one, at) => Buffer.from(`entry ${at}`));

function grown(d: readonly Buffer[]): { frontier: Frontier; roots(ranges: readonly LeafRange[]): Buffer[] } {
  const frontier = new Frontier();
  const kept = new Map<string, Buffer>();
  const key = ({ level, index }: TreeNode): string => `${level} ${index}`;
  for (const entry of d) frontier.add(leafHash(entry), (node, hash) => isKept(node) && kept.set(key(node), hash));
  return { frontier, roots: (ranges) => rootsOf(ranges, (node) => kept.get(key(node))) };
}

const hex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));

// The eight entries that the reference implementations of Certificate Transparency are tested with.
const vectors = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((text) =>
  Buffer.from(text, 'hex'),
);
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the tree of RFC 9162', () => {
  it('gives the roots of the known vectors', () => {
    expect(EMPTY_ROOT.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hex(roots.map((_root, at) => grown(vectors.slice(0, at + 1)).frontier.root))).toEqual(roots);
  });

  it('gives the proofs of the known vectors', () => {
    const { roots: of } = grown(vectors);
    expect(hex(of(inclusionRanges(0, 8)))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(hex(of(consistencyRanges(6, 8)))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  it('agrees with the definition, whatever the size, and its proofs hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.nat(), fc.nat(), (size, one, other) => {
        const d = entries(size);
        const [index, from] = [one % size, (other % size) + 1];
        const { frontier, roots: of } = grown(d);
        const root = mth(d);
        expect(frontier.root).toEqual(root);
        const inclusion = of(inclusionRanges(index, size));
        expect(hex(inclusion)).toEqual(hex(path(index, d)));
        const consistency = of(consistencyRanges(from, size));
        expect(hex(consistency)).toEqual(hex(subproof(from, d, true)));
        const leaf = leafHash(d[index] ?? Buffer.alloc(0));
        expect(isIncluded(leaf, index, size, inclusion, root)).toBe(true);
        const before = { size: from, root: mth(d.slice(0, from)) };
        expect(isConsistent(before, { size, root }, consistency)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses another leaf, another place, another size, another root and a proof that was touched', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(), fc.nat(), (size, one, other) => {
        const d = entries(size);
        const [index, from] = [one % size, (other % (size - 1)) + 1];
        const { frontier, roots: of } = grown(d);
        const [leaf, root] = [leafHash(d[index] ?? Buffer.alloc(0)), frontier.root];
        const proof = of(inclusionRanges(index, size));
        const touched = proof.map((part, at) => (at === 0 ? leafHash(part) : part));
        expect(isIncluded(leafHash(Buffer.from('x')), index, size, proof, root)).toBe(false);
        expect(isIncluded(leaf, (index + 1) % size, size, proof, root)).toBe(false);
        expect(isIncluded(leaf, size, size, proof, root)).toBe(false);
        expect(isIncluded(leaf, index, size, touched, root)).toBe(false);
        expect(isIncluded(leaf, index, size, proof.slice(1), root)).toBe(false);
        expect(isIncluded(leaf, index, size, [...proof, root], root)).toBe(false);
        const [first, second] = [
          { size: from, root: grown(d.slice(0, from)).frontier.root },
          { size, root },
        ];
        const between = of(consistencyRanges(from, size));
        expect(isConsistent({ ...first, root: leafHash(Buffer.from('x')) }, second, between)).toBe(false);
        expect(isConsistent(first, { ...second, root: leafHash(Buffer.from('x')) }, between)).toBe(false);
        expect(isConsistent(first, second, between.slice(1))).toBe(false);
        expect(isConsistent(second, first, between)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('reads no more than a few nodes a level, however large the tree', () => {
    const size = 2 ** 40 + 12_345;
    const reads = nodesFor(inclusionRanges(2 ** 39 + 7, size)).length;
    expect(reads).toBeLessThan(7 * 41);
    expect(nodesFor(consistencyRanges(2 ** 39 + 7, size)).length).toBeLessThan(7 * 41);
  });

  it('goes on from the edge of a tree that is known by it alone', () => {
    const d = entries(37);
    const { frontier } = grown(d.slice(0, 21));
    const later = new Frontier(21, frontier.edge);
    for (const entry of d.slice(21)) later.add(leafHash(entry));
    expect(later.root).toEqual(mth(d));
    expect(() => new Frontier(21, frontier.edge.slice(1))).toThrow(RangeError);
  });
});

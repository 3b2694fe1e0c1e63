import { createHash } from 'node:crypto';

// RFC 9162, section 2.1: Merkle trees over SHA-256. Leaves and nodes are told apart by their first byte, or a node could be shown as a leaf.
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

const sha256 = (...parts: readonly Buffer[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The root of a tree without leaves. */
export const EMPTY_ROOT = sha256();

export const leafHash = (entry: Buffer): Buffer => sha256(LEAF, entry);
export const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(NODE, left, right);

/** Leaves from `start` to before `end`. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** The largest power of two that is smaller than n, for n > 1. */
function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The subtrees whose roots, from the leaf up, are the inclusion proof of a leaf (2.1.3.1). */
export function inclusionRanges(index: number, size: number, offset = 0): LeafRange[] {
  if (size <= 1) return [];
  const k = splitOf(size);
  return index < k
    ? [...inclusionRanges(index, k, offset), { start: offset + k, end: offset + size }]
    : [...inclusionRanges(index - k, size - k, offset + k), { start: offset, end: offset + k }];
}

/** The subtrees whose roots are the proof that the tree of `from` leaves is the beginning of that of `to` (2.1.4.1); 0 < from <= to. */
export function consistencyRanges(from: number, to: number, offset = 0, isWhole = true): LeafRange[] {
  if (from === to) return isWhole ? [] : [{ start: offset, end: offset + to }];
  const k = splitOf(to);
  return from <= k
    ? [...consistencyRanges(from, k, offset, isWhole), { start: offset + k, end: offset + to }]
    : [...consistencyRanges(from - k, to - k, offset + k, false), { start: offset, end: offset + k }];
}

// Numbers beyond 32 bits: no bit operators.
const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;

/** Whether the leaf is the one at that index of the tree with that root (2.1.3.2). */
export function isIncluded(leaf: Buffer, index: number, size: number, proof: readonly Buffer[], root: Buffer): boolean {
  if (index < 0 || index >= size) return false;
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const part of proof) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(part, hash);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else hash = nodeHash(hash, part);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && hash.equals(root);
}

/** Whether the first tree is the beginning of the second (2.1.4.2). */
export function isConsistent(
  from: { readonly size: number; readonly root: Buffer },
  to: { readonly size: number; readonly root: Buffer },
  proof: readonly Buffer[],
): boolean {
  if (from.size > to.size) return false;
  if (from.size === to.size) return proof.length === 0 && from.root.equals(to.root);
  if (from.size === 0) return proof.length === 0 && from.root.equals(EMPTY_ROOT);
  let [fn, sn] = [from.size - 1, to.size - 1];
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  // The old tree is whole in itself where its size is a power of two: then it is the first part of the proof, and nobody sends it.
  const [first, ...rest] = fn === 0 ? [from.root, ...proof] : proof;
  if (!first) return false;
  let [fr, sr] = [first, first];
  for (const part of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      [fr, sr] = [nodeHash(part, fr), nodeHash(part, sr)];
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else sr = nodeHash(sr, part);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && fr.equals(from.root) && sr.equals(to.root);
}

const folded = (parts: readonly Buffer[]): Buffer =>
  parts.reduceRight<Buffer | null>((right, left) => (right === null ? left : nodeHash(left, right)), null) ?? EMPTY_ROOT;

/** A complete subtree: the root over the leaves from index × 2^level, 2^level of them. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** How many complete subtrees a tree of so many leaves has at its right edge: one for each bit of the size. */
export function edgeCount(size: number): number {
  let count = 0;
  for (let left = size; left > 0; left = half(left)) count += left % 2;
  return count;
}

/** A tree that only grows, by the roots of the complete subtrees at its edge, the largest first: what it takes to add a leaf and to know the root. */
export class Frontier {
  private readonly parts: Buffer[];

  /** Throws RangeError where so many parts are not of so many leaves. */
  constructor(
    private leaves = 0,
    parts: readonly Buffer[] = [],
  ) {
    if (parts.length !== edgeCount(leaves)) throw new RangeError(`${parts.length} subtrees are not those of ${leaves} leaves`);
    this.parts = [...parts];
  }

  get size(): number {
    return this.leaves;
  }

  /** As it is now. */
  get edge(): readonly Buffer[] {
    return [...this.parts];
  }

  get root(): Buffer {
    return folded(this.parts);
  }

  /** Adds a leaf by its hash; says which subtrees it completes, from the leaf itself up. */
  add(leaf: Buffer, completes: (node: TreeNode, hash: Buffer) => void = () => undefined): void {
    let [level, index, hash] = [0, this.leaves, leaf];
    completes({ level, index }, hash);
    while (isOdd(index)) {
      const left = this.parts.pop();
      if (!left) throw new Error('the edge has lost a subtree');
      hash = nodeHash(left, hash);
      [level, index] = [level + 1, half(index)];
      completes({ level, index }, hash);
    }
    this.parts.push(hash);
    this.leaves += 1;
  }
}

/** Every third level is kept: an eighth of a node a leaf, and seven reads where one would do. */
export const KEPT_EVERY = 3;
export const isKept = ({ level }: TreeNode): boolean => level % KEPT_EVERY === 0;

/** The complete subtrees of which a range of a proof consists, the largest first. */
function nodesOf({ start, end }: LeafRange): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at = start; at < end;) {
    let [level, width] = [0, 1];
    while (width * 2 <= end - at) [level, width] = [level + 1, width * 2];
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

const childrenOf = ({ level, index }: TreeNode): [TreeNode, TreeNode] => [
  { level: level - 1, index: index * 2 },
  { level: level - 1, index: index * 2 + 1 },
];

const keptUnder = (node: TreeNode): TreeNode[] => (isKept(node) ? [node] : childrenOf(node).flatMap(keptUnder));

/** What is to be read to know the roots of the ranges: O(log n) for a proof. */
export const nodesFor = (ranges: readonly LeafRange[]): TreeNode[] => ranges.flatMap(nodesOf).flatMap(keptUnder);

/** The roots of the ranges from what was read. Throws Error where something was not there. */
export function rootsOf(ranges: readonly LeafRange[], read: (node: TreeNode) => Buffer | undefined): Buffer[] {
  const hashOf = (node: TreeNode): Buffer => {
    if (!isKept(node)) {
      const [left, right] = childrenOf(node);
      return nodeHash(hashOf(left), hashOf(right));
    }
    const hash = read(node);
    if (!hash) throw new Error(`the tree has lost node ${node.index} of level ${node.level}`);
    return hash;
  };
  return ranges.map((range) => folded(nodesOf(range).map(hashOf)));
}

import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import {
  checkNotLooser,
  compilePolicy,
  findPack,
  PACK_NAMES,
  type InstitutionRules,
  type Looseness,
  type Pack,
  type PackVersion,
  type Policy,
} from '#contact-rules';

/** The content of a policy version: versions of packs, and what the institution adds to them. */
export interface PolicyContent extends InstitutionRules {
  readonly packs: readonly PackVersion[];
}

/** @throws Error for a pack that there is not: validate first */
export function packOf(name: string, version?: number): Pack {
  const pack = findPack(name, version);
  if (!pack)
    throw new Error(`there is no pack ${name}${version === undefined ? '' : ` version ${version}`}; known are ${PACK_NAMES.join(', ')}`);
  return pack;
}

export const packsOf = (packs: readonly PackVersion[]): Pack[] => packs.map(({ pack, version }) => packOf(pack, version));

/** Ready to judge, with the institution's rules of the version; `packs` may be others than the content's. */
export const compile = (packs: readonly PackVersion[], version: number, { adjust, rules }: InstitutionRules): Policy =>
  compilePolicy(packsOf(packs), { version, rules: { adjust, rules } });

/** Looser than a pack, rather than no rule at all. */
export const isLooser = ({ code }: Looseness): boolean =>
  ['cap-raised', 'window-narrowed', 'block-to-warn', 'switched-off', 'fewer-collectors'].includes(code);

/**
 * Where a content is looser than a pack that it stacks; empty: it may be published. Who stays with an older version of a pack must not be looser
 * than the newest either where it changes a rule: what is decided today knows what is published today.
 */
export function loosenessOf({ packs, adjust, rules }: PolicyContent): Looseness[] {
  const stacked = checkNotLooser(packsOf(packs), { adjust, rules });
  const newest = checkNotLooser(
    packs.filter(({ pack, version }) => packOf(pack).version !== version).map(({ pack }) => packOf(pack)),
    { adjust, rules },
  );
  const known = new Set(stacked.map(({ pointer, pack }) => `${pointer} ${pack}`));
  return [...stacked, ...newest.filter((one) => isLooser(one) && !known.has(`${one.pointer} ${one.pack}`))];
}

/** How far back the counters of the rules look; refusals that last for ever are found without. */
export const historyMsOf = ({ rules }: Policy): number =>
  Math.max(0, ...rules.map(({ historyMs }) => historyMs).filter((ms) => Number.isFinite(ms)));

/** The one text of a content, and its hash: equal contents have equal hashes. */
export function seal({ packs, adjust, rules }: PolicyContent): { text: string; sha256: Buffer } {
  const text = canonicalize({ packs, adjust, rules }) ?? '';
  return { text, sha256: createHash('sha256').update(text).digest() };
}

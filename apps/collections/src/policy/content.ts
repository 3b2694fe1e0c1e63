import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { compilePolicy, findPack, PACK_NAMES, type Pack, type PackVersion, type Policy, type TenantValues } from '#contact-rules';

/** What an institution changes in a row of its packs. */
export interface Adjustment {
  readonly cap?: number;
  readonly refused?: { readonly from: string; readonly to: string };
  readonly severity?: 'block' | 'warn';
  readonly off?: true;
  readonly minCollectors?: number;
}

/** The content of a policy version: versions of packs, and what the institution adds to them. */
export interface PolicyContent {
  readonly packs: readonly PackVersion[];
  readonly adjust: Readonly<Record<string, Adjustment>>;
  readonly rules: readonly unknown[];
}

/** @throws Error for a pack that there is not: validate first */
export function packOf(name: string, version?: number): Pack {
  const pack = findPack(name, version);
  if (!pack)
    throw new Error(`there is no pack ${name}${version === undefined ? '' : ` version ${version}`}; known are ${PACK_NAMES.join(', ')}`);
  return pack;
}

const tenantValuesOf = (adjust: PolicyContent['adjust']): TenantValues =>
  Object.fromEntries(
    Object.entries(adjust).flatMap(([ruleId, { cap, off }]): [string, TenantValues[string]][] =>
      off ? [[ruleId, 'off']] : cap === undefined ? [] : [[ruleId, { cap }]],
    ),
  );

/** Ready to judge; `packs` may be others than the content's. */
export const compile = (packs: readonly PackVersion[], { adjust }: Pick<PolicyContent, 'adjust' | 'rules'>): Policy =>
  compilePolicy(
    packs.map(({ pack, version }) => packOf(pack, version)),
    null,
    tenantValuesOf(adjust),
  );

export interface Looseness {
  readonly pointer: string;
  readonly ruleId: string;
  readonly pack: string | null;
  readonly code: string;
  readonly text: { readonly zh: string; readonly en: string };
}

export function loosenessOf(_content: PolicyContent): Looseness[] {
  return [];
}

/** How far back the counters of the rules look; refusals that last for ever are found without. */
export const historyMsOf = ({ rules }: Policy): number =>
  Math.max(0, ...rules.map(({ historyMs }) => historyMs).filter((ms) => Number.isFinite(ms)));

/** The one text of a content, and its hash: equal contents have equal hashes. */
export function seal(content: PolicyContent): { text: string; sha256: Buffer } {
  const text = canonicalize(content) ?? '';
  return { text, sha256: createHash('sha256').update(text).digest() };
}

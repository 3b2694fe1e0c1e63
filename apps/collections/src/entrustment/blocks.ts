import type { FieldError } from '#problem';
import type { StandingFacts, StandingReason } from '../agency/standing.ts';
import { standingOn } from '../agency/standing.ts';

/** What keeps a case from an agency, in the order in which it is said. */
export const BLOCKS = [
  'unknown-agency',
  'agency-standing',
  'already-there',
  'case-closed',
  'held',
  'awaiting-other',
  'out-of-scope',
  'score-too-low',
  'no-capacity',
  'share-limit',
] as const;
export type BlockCode = (typeof BLOCKS)[number];

export interface Block {
  readonly code: BlockCode;
  /** The words behind it: reasons of the standing, kinds of holds. */
  readonly names: readonly string[];
}

/** What the contract of an agency covers; empty: everything. */
export interface ContractScope {
  readonly products: readonly string[];
  /** Codes of GB/T 2260, also the first two or four digits of one. */
  readonly regions: readonly string[];
}

export interface AgencyRoom extends StandingFacts {
  readonly agencyId: string;
  readonly openCases: number;
  /** Cases that wait to go to it. */
  readonly waiting: number;
  readonly maxOpenCases: number | null;
  /** Of its contracts in force; null: they are registered without a scope. */
  readonly scopes: readonly ContractScope[] | null;
  /** Of the last confirmed evaluation, 0 to 100. */
  readonly score: number | null;
}

export interface CaseFacts {
  readonly id: string;
  readonly caseId: string;
  readonly debtorId: string;
  readonly state: string;
  readonly product: string;
  readonly region: string | null;
  readonly balance: string;
  readonly currency: string;
  readonly agencyId: string | null;
  /** Kinds of holds in force that keep it from the agency. */
  readonly holds: readonly string[];
  /** The agency that it waits to go to. */
  readonly waitsFor: string | null;
}

/** Open cases of the institution, and those with agencies or on their way to one; of one currency. */
export interface Totals {
  readonly open: number;
  readonly outside: number;
  readonly openAmount: number;
  readonly outsideAmount: number;
}

export interface ShareLimits {
  /** Per cent; null: no limit. */
  readonly number: number | null;
  readonly amount: number | null;
}

const blocked = (code: BlockCode, names: readonly string[] = []): Block => ({ code, names });

/** What stands in the way on the agency's side, whatever the case. */
export function agencyBlocks(day: string, agency: AgencyRoom | null): Block[] {
  if (agency === null) return [blocked('unknown-agency')];
  const { good, reasons } = standingOn(day, agency);
  // What the gate only warns of stops nobody here either.
  const warns: readonly StandingReason[] = ['never-evaluated', 'evaluation-old'];
  return good
    ? []
    : [
        blocked(
          'agency-standing',
          reasons.filter((reason) => !warns.includes(reason)),
        ),
      ];
}

/** An agency that was never evaluated has no score to be enough. */
export function scoreBlocks(agency: AgencyRoom | null, minScore: number | null): Block[] {
  if (minScore === null || agency === null || (agency.score ?? -1) >= minScore) return [];
  return [blocked('score-too-low', agency.score === null ? [] : [String(agency.score)])];
}

/** What stands in the way of one case. */
export function caseBlocks(one: CaseFacts, agency: AgencyRoom): Block[] {
  const blocks: Block[] = [];
  if (one.agencyId === agency.agencyId) blocks.push(blocked('already-there'));
  if (one.state !== 'open') blocks.push(blocked('case-closed', [one.state]));
  if (one.holds.length > 0) blocks.push(blocked('held', one.holds));
  if (one.waitsFor !== null) blocks.push(blocked('awaiting-other', [one.waitsFor]));
  if (!covers(agency.scopes, one)) blocks.push(blocked('out-of-scope', [one.product, one.region ?? '']));
  return blocks;
}

/** Whether one of the contracts covers the case. */
export function covers(scopes: readonly ContractScope[] | null, { product, region }: Pick<CaseFacts, 'product' | 'region'>): boolean {
  if (scopes === null) return true;
  return scopes.some(({ products, regions }) => {
    const inRegion = regions.length === 0 || (region !== null && regions.some((code) => region.startsWith(code.replace(/(00)+$/, ''))));
    return (products.length === 0 || products.includes(product)) && inRegion;
  });
}

/** Whether one more case fits, of those that the agency has and that wait for it. */
export const hasRoom = ({ openCases, waiting, maxOpenCases }: AgencyRoom, more = 1): boolean =>
  maxOpenCases === null || openCases + waiting + more <= maxOpenCases;

/** Whether the share with agencies stays within the limits (CC22: lower the dependence) when these cases go as well. */
export function withinShare(totals: Totals, limits: ShareLimits, more: { readonly cases: number; readonly amount: number }): boolean {
  const exceeds = (part: number, whole: number, limit: number | null): boolean => limit !== null && part * 100 > limit * whole + 1e-6;
  return !(
    exceeds(totals.outside + more.cases, totals.open, limits.number) ||
    exceeds(totals.outsideAmount + more.amount, totals.openAmount, limits.amount)
  );
}

const WORDS: Readonly<Record<BlockCode, (names: readonly string[]) => Omit<FieldError, 'pointer'>>> = {
  'unknown-agency': () => ({ detail: 'is no registered agency' }),
  'agency-standing': (names) => ({ detail: `does not stand so that it may take cases: ${names.join(', ')}`, source: 'CC22' }),
  'already-there': () => ({ detail: 'has the case already' }),
  'case-closed': ([state]) => ({ detail: `the case is ${state ?? 'closed'}; only open cases are entrusted`, source: 'CC11 67' }),
  held: (names) => ({ detail: `a hold is in force: ${names.join(', ')}; release it or wait for its end`, source: 'CC11 69-70' }),
  'awaiting-other': ([agency]) => ({ detail: `the case waits to go to ${agency ?? 'another agency'}; withdraw that first` }),
  'out-of-scope': ([product, region]) => ({
    detail: `the contract does not cover product ${product || '(none)'}, region ${region || '(not known)'}`,
    source: 'CBA26',
  }),
  'score-too-low': ([score]) => ({ detail: `its last evaluation (${score ?? 'none'}) is below what the rule asks`, source: 'CBA26' }),
  'no-capacity': () => ({ detail: 'has as many open cases as it may have' }),
  'share-limit': () => ({ detail: 'the share of cases with agencies would exceed the institution’s limit', source: 'CC22' }),
};

const OF_CASE: readonly BlockCode[] = ['case-closed', 'held', 'awaiting-other'];

/** What a caller is told. */
export const toFieldError = ({ code, names }: Block): FieldError => ({
  pointer: OF_CASE.includes(code) ? '/caseId' : '/agencyId',
  ...WORDS[code](names),
});

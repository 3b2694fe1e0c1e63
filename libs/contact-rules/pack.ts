import { counter, type CounterParams, type ResultClass } from './kinds/counter.ts';
import type { AgencyParams } from './kinds/agency.ts';
import type { CalendarParams } from './kinds/calendar.ts';
import type { ContactPointParams } from './kinds/contact-point.ts';
import type { ContentParams } from './kinds/content.ts';
import type { DeviceParams } from './kinds/device.ts';
import { hold, type HoldParams } from './kinds/hold.ts';
import type { PreferenceParams } from './kinds/preference.ts';
import { standing, type StandingParams } from './kinds/standing.ts';
import { thirdParty, type ThirdPartyParams } from './kinds/third-party.ts';
import { timeWindow } from './kinds/time-window.ts';
import { visit, type VisitParams } from './kinds/visit.ts';
import type { Asked, Failure } from './kind.ts';
import type { Channel, ConsentKind, Initiator, Mode, PartyRole, Severity } from './types.ts';
import { DAY_MS } from './zone.ts';

interface RowOf<K extends string, P> {
  readonly ruleId: string;
  readonly kind: K;
  readonly params: P;
  readonly severity: Severity;
  /** Key of the instrument in docs/rules.md, and its article. */
  readonly source: string;
  readonly article: string;
  /** A: read in the instrument's own words; B: reliable secondary source; C: weaker. */
  readonly grade: 'A' | 'B' | 'C';
  /** Local dates from which and to which (inclusive) the row judges. */
  readonly effectiveFrom: string;
  readonly effectiveTo?: string;
  /** No instrument gives the number: the institution sets it, or switches the rule off. */
  readonly tenantValue?: boolean;
  /** The instrument says "should not" (不宜): an institution may let the row warn. */
  readonly mayWarn?: boolean;
  /** Further instruments that say the same. */
  readonly also?: readonly { readonly source: string; readonly article: string; readonly grade: 'A' | 'B' | 'C' }[];
  /** What the ruleId does not say: the row in words, for packs and rules whose id has no words of its own. */
  readonly title?: { readonly zh: string; readonly en: string };
}

export interface CounterRowParams {
  readonly channel: Channel;
  readonly mode: Mode | null;
  readonly results: ResultClass;
  /** What is counted on: a person, a person and a debt, or a number. */
  readonly seat: 'debtor' | 'debt' | 'contact-point';
  /** Whose contacts count: everybody's, those of the asking agency (or the bank), those of the named collectors. */
  readonly scope: 'all-actors' | 'agency' | 'collector';
  /** `localDays` N: the local day of the instant and the N - 1 before it. */
  readonly window: 'local-day' | { readonly rollingMinutes: number } | { readonly localDays: number };
  readonly cap: number;
  readonly consent: ConsentKind | null;
  /** The consent lifts the cap on its local day and the days after it, so many in all; left out: until it is withdrawn. */
  readonly consentDays?: number;
  /** Roles that are counted, each person on their own; left out: everybody. Seat `debtor` only asks of these roles. */
  readonly obligors?: readonly PartyRole[];
  /** Roles that are neither asked nor counted. */
  readonly exceptRoles?: readonly PartyRole[];
  /** Who began the contacts that count; `us` when left out. */
  readonly initiators?: readonly Initiator[];
}

export interface TimeWindowRowParams {
  /** Wall-clock times `HH:MM` or `HH:MM:SS`. */
  readonly refused: { readonly from: string; readonly to: string };
  readonly channels: readonly Channel[];
  readonly consent: ConsentKind | null;
  /** `stated` (when left out): the debtor's zone. `all-known`: refused where it is refused in any zone in which the debtor may be. */
  readonly zones?: 'stated' | 'all-known';
}

export type PackRow =
  | RowOf<'standing', StandingParams>
  | RowOf<'hold', HoldParams>
  | RowOf<'third-party', ThirdPartyParams>
  | RowOf<'time-window', TimeWindowRowParams>
  | RowOf<'preference', PreferenceParams>
  | RowOf<'contact-point', ContactPointParams>
  | RowOf<'counter', CounterRowParams>
  | RowOf<'visit', VisitParams>
  | RowOf<'agency', AgencyParams>
  | RowOf<'device', DeviceParams>
  | RowOf<'content', ContentParams>
  | RowOf<'calendar', CalendarParams>;

/** A pack as data: see packs/*.json. */
export interface Pack {
  readonly pack: string;
  readonly version: number;
  readonly title: { readonly zh: string; readonly en: string };
  readonly rules: readonly PackRow[];
}

/** What an institution sets for the rows that no instrument gives a number for. */
export type TenantValues = Readonly<Record<string, 'off' | { readonly cap: number }>>;

/** Facts that come from the register, not from a log of contacts. */
export type Need = 'case' | 'referral' | 'holds' | 'contactPoints' | 'optOuts' | 'agency' | 'message' | 'region';

/** A row ready to judge. */
export interface Rule {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly source: string;
  readonly pack: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  /** A contact that is going on must end when this rule begins to refuse. */
  readonly endsContact: boolean;
  /** The register's facts without which the rule can say nothing: a past log does not hold them. */
  readonly needs: readonly Need[];
  /** How far back in the history the rule looks: 0 not at all, Infinity for ever. */
  readonly historyMs: number;
  /** The rule reads, besides, the contacts with the debtor since the last connected one, that one included, however old. */
  readonly trail: boolean;
  /** The version of the institution's own rules that set or changed this row; null: the pack's own words. */
  readonly institution: number | null;
  judge(asked: Asked, at: number): Failure | null;
  boundaries(asked: Asked, at: number): readonly number[];
}

/** The rules that judge a contact: one pack, or several stacked. */
export interface Policy {
  readonly packs: readonly { readonly pack: string; readonly version: number }[];
  readonly rules: readonly Rule[];
}

/** `HH:MM` or `HH:MM:SS`, up to 24:00, to milliseconds after midnight. Throws RangeError for anything else. */
export function parseTimeOfDay(text: string): number {
  const match = /^(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  const [hours, minutes, seconds] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3] ?? 0)];
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  if (!match || minutes > 59 || seconds > 59 || ms > DAY_MS) throw new RangeError(`${text} is not a time of day such as 22:00`);
  return ms;
}

function toCounterParams(params: CounterRowParams): CounterParams {
  const { window } = params;
  return {
    ...params,
    obligors: params.obligors ?? [],
    window:
      window === 'local-day'
        ? { kind: 'local-day' }
        : 'localDays' in window
          ? { kind: 'local-day' }
          : { kind: 'rolling', ms: window.rollingMinutes * 60_000 },
  };
}

function judgeOf(row: PackRow): Pick<Rule, 'judge' | 'boundaries'> {
  const bind = <P>(
    kind: {
      judge(asked: Asked, params: P, at: number): Failure | null;
      boundaries(asked: Asked, params: P, at: number): readonly number[];
    },
    params: P,
  ) => ({
    judge: (asked: Asked, at: number) => kind.judge(asked, params, at),
    boundaries: (asked: Asked, at: number) => kind.boundaries(asked, params, at),
  });
  switch (row.kind) {
    case 'standing':
      return bind(standing, row.params);
    case 'hold':
      return bind(hold, row.params);
    case 'third-party':
      return bind(thirdParty, row.params);
    case 'time-window': {
      const { from, to } = row.params.refused;
      return bind(timeWindow, { ...row.params, refused: { from: parseTimeOfDay(from), to: parseTimeOfDay(to) } });
    }
    case 'counter':
      return bind(counter, toCounterParams(row.params));
    case 'visit':
      return bind(visit, row.params);
    default:
      throw new RangeError(`rules of kind ${row.kind} cannot be judged yet`);
  }
}

// The longest local day of the tz database since 2000 has 26 hours (Antarctica/Troll); the rest is margin.
const LONGEST_DAY_MS = 30 * 3_600_000;

function historyMsOf(row: PackRow): number {
  if (row.kind === 'third-party') return row.params.check === 'stopped' ? Number.POSITIVE_INFINITY : 0;
  if (row.kind !== 'counter') return 0;
  const { window } = row.params;
  if (window === 'local-day') return LONGEST_DAY_MS;
  return 'localDays' in window ? (window.localDays - 1) * DAY_MS + LONGEST_DAY_MS : window.rollingMinutes * 60_000;
}

const needsOf = ({ kind }: PackRow): Rule['needs'] => (kind === 'standing' ? ['case'] : kind === 'hold' ? ['holds'] : []);

/** A row of the pack made ready to judge. Throws RangeError for a time of day that is none. */
export function compileRow(row: PackRow, pack: string): Rule {
  return {
    ruleId: row.ruleId,
    severity: row.severity,
    source: `${row.source} ${row.article}`.trim(),
    pack,
    effectiveFrom: row.effectiveFrom,
    effectiveTo: row.effectiveTo ?? null,
    endsContact: row.kind === 'time-window',
    needs: needsOf(row),
    historyMs: historyMsOf(row),
    trail: false,
    institution: null,
    ...judgeOf(row),
  };
}

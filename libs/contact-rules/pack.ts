import type { AgencyParams } from './kinds/agency.ts';
import type { CalendarParams } from './kinds/calendar.ts';
import type { ContactPointParams } from './kinds/contact-point.ts';
import type { ContentParams } from './kinds/content.ts';
import type { DeviceParams } from './kinds/device.ts';
import type { HoldParams } from './kinds/hold.ts';
import type { PreferenceParams } from './kinds/preference.ts';
import type { StandingParams } from './kinds/standing.ts';
import type { ThirdPartyParams } from './kinds/third-party.ts';
import type { VisitParams } from './kinds/visit.ts';
import type { ResultClass } from './results.ts';
import type { Channel, ConsentKind, Initiator, Mode, PartyRole, Severity } from './types.ts';
import { DAY_MS } from './zone.ts';

export interface RowOf<K extends string, P> {
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
  /** Roles that are counted, each person on their own; left out: everybody. */
  readonly obligors?: readonly PartyRole[];
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
  /** Duties beside the rules of contact, such as how long records are kept. */
  readonly notes?: readonly { readonly zh: string; readonly en: string }[];
  readonly rules: readonly PackRow[];
}

/** `HH:MM` or `HH:MM:SS`, up to 24:00, to milliseconds after midnight. Throws RangeError for anything else. */
export function parseTimeOfDay(text: string): number {
  const match = /^(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  const [hours, minutes, seconds] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3] ?? 0)];
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  if (!match || minutes > 59 || seconds > 59 || ms > DAY_MS) throw new RangeError(`${text} is not a time of day such as 22:00`);
  return ms;
}

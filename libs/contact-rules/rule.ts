import { agency } from './kinds/agency.ts';
import { calendar } from './kinds/calendar.ts';
import { contactPoint } from './kinds/contact-point.ts';
import { content } from './kinds/content.ts';
import { counter, type CounterParams } from './kinds/counter.ts';
import { device } from './kinds/device.ts';
import { hold } from './kinds/hold.ts';
import { preference } from './kinds/preference.ts';
import { standing } from './kinds/standing.ts';
import { thirdParty } from './kinds/third-party.ts';
import { timeWindow } from './kinds/time-window.ts';
import { visit } from './kinds/visit.ts';
import type { Asked, Failure, Kind } from './kind.ts';
import { parseTimeOfDay, type CounterRowParams, type PackRow } from './pack.ts';
import type { Severity } from './types.ts';
import { DAY_MS } from './zone.ts';

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

function toCounterParams(params: CounterRowParams): CounterParams {
  const { window, obligors = null, initiators = ['us'], consentDays = null } = params;
  const same = { ...params, obligors, initiators, consentDays };
  if (window === 'local-day') return { ...same, window: { kind: 'local-days', days: 1 } };
  if ('localDays' in window) return { ...same, window: { kind: 'local-days', days: window.localDays } };
  return { ...same, window: { kind: 'rolling', ms: window.rollingMinutes * 60_000 } };
}

const bind = <P>(kind: Kind<P>, params: P): Pick<Rule, 'judge' | 'boundaries'> => ({
  judge: (asked: Asked, at: number) => kind.judge(asked, params, at),
  boundaries: (asked: Asked, at: number) => kind.boundaries(asked, params, at),
});

function judgeOf(row: PackRow): Pick<Rule, 'judge' | 'boundaries'> {
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
    case 'preference':
      return bind(preference, row.params);
    case 'contact-point':
      return bind(contactPoint, row.params);
    case 'counter':
      return bind(counter, toCounterParams(row.params));
    case 'visit':
      return bind(visit, row.params);
    case 'agency':
      return bind(agency, row.params);
    case 'device':
      return bind(device, row.params);
    case 'content':
      return bind(content, row.params);
    case 'calendar':
      return bind(calendar, row.params);
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

const isTrailed = (row: PackRow): boolean => row.kind === 'third-party' && row.params.check === 'lost';

function needsOf(row: PackRow): readonly Need[] {
  switch (row.kind) {
    case 'standing':
      return row.params.check === 'referral' ? ['referral'] : ['case'];
    case 'hold':
      return ['holds'];
    case 'third-party':
      return isTrailed(row) ? ['contactPoints'] : [];
    case 'contact-point':
      return ['contactPoints'];
    case 'preference':
      return ['optOuts'];
    case 'agency':
    case 'device':
      return ['agency'];
    case 'content':
      return ['message'];
    case 'calendar':
      return row.params.regions === undefined ? [] : ['region'];
    case 'time-window':
    case 'counter':
    case 'visit':
      return [];
  }
}

/** A row of the pack made ready to judge. Throws RangeError for a time of day that is none. */
export function compileRow(row: PackRow, pack: string): Rule {
  return {
    ruleId: row.ruleId,
    severity: row.severity,
    source: `${row.source} ${row.article}`.trim(),
    pack,
    effectiveFrom: row.effectiveFrom,
    effectiveTo: row.effectiveTo ?? null,
    endsContact: row.kind === 'time-window' || row.kind === 'calendar',
    needs: needsOf(row),
    historyMs: historyMsOf(row),
    trail: isTrailed(row),
    institution: null,
    ...judgeOf(row),
  };
}

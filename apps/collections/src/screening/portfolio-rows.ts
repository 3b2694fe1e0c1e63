import {
  readConsent,
  readHold,
  readOptOut,
  type CaseStatus,
  type Channel,
  type Consent,
  type ConsentKind,
  type Hold,
  type HoldJson,
  type HoldKind,
  type Initiator,
  type Mode,
  type OptOut,
  type PartyRole,
  type PastContact,
  type Purpose,
  type Result,
  Zone,
} from '#contact-rules';
import type { TextRow } from '#pg';
import { LIST_SEPARATOR } from './portfolio.sql.ts';

/** A number or address at which the debtor of a case may be reached. */
export interface ScreenedPoint {
  readonly id: string;
  readonly channel: Channel;
  readonly status: string;
  readonly source: string;
  readonly token: string;
}

/** A case with its debtor, and the points of that party, in their order. */
export interface ScreenedCase {
  /** The key by which all streams are ordered. */
  readonly debtor: string;
  readonly caseId: string;
  readonly debtId: string;
  readonly product: string;
  readonly balance: string;
  readonly currency: string;
  readonly overdueSince: string | null;
  readonly status: CaseStatus;
  readonly agencyId: string | null;
  readonly referralNoticeAt: number | null;
  readonly debtorId: string;
  readonly timeZone: string;
  readonly region: string | null;
  /** Null: no party of the case is its debtor. */
  readonly party: string | null;
  readonly partyId: string | null;
  readonly points: ScreenedPoint[];
  /** Where the party's numbers say that it lives. */
  timeZones: readonly string[];
}

const text = (row: TextRow, column: number): string => row[column] ?? '';
const nullable = (row: TextRow, column: number): string | null => row[column] ?? null;
const instant = (row: TextRow, column: number): number | null => {
  const value = row[column];
  return value === null || value === undefined ? null : Number(value);
};
const iso = (value: number | null): string | null => (value === null ? null : new Date(value).toISOString());
const parts = (value: string | null | undefined): string[] => (value ? value.split(LIST_SEPARATOR) : []);

const NO_ZONES: readonly string[] = [];

/** Columns of `casesQuery`. What the tables hold was checked when it came in. */
export function toCase(row: TextRow): ScreenedCase {
  return {
    debtor: text(row, 0),
    caseId: text(row, 1),
    debtId: text(row, 2),
    product: text(row, 3),
    balance: text(row, 4),
    currency: text(row, 5),
    overdueSince: nullable(row, 6),
    status: text(row, 7) as CaseStatus,
    agencyId: nullable(row, 8),
    referralNoticeAt: instant(row, 9),
    debtorId: text(row, 10),
    timeZone: text(row, 11),
    region: nullable(row, 12),
    party: nullable(row, 13),
    partyId: nullable(row, 14),
    points: [],
    timeZones: NO_ZONES,
  };
}

export const caseIdOf = (row: TextRow): string => text(row, 1);
export const debtorOf = (row: TextRow): string => text(row, 0);

/** Adds the point of a row of `casesQuery`, where it belongs to the party of the case: the first of its debtors, should there be more. */
export function addPoint(one: ScreenedCase, row: TextRow, tokenOf: (hex: string) => string): void {
  const id = row[15];
  if (!id || row[13] !== one.party) return;
  // Few numbers say anything: nothing is made for the others.
  if (row[19]) one.timeZones = [...new Set([...one.timeZones, ...parts(row[19])])].toSorted();
  one.points.push({ id, channel: text(row, 16) as Channel, status: text(row, 17), source: text(row, 18), token: tokenOf(text(row, 20)) });
}

/** What is known of a debtor besides the cases. */
export interface DebtorFacts {
  readonly holds: readonly HoldJson[];
  readonly consents: readonly { readonly party: string; readonly consent: Consent }[];
  readonly optOuts: readonly OptOut[];
  readonly history: readonly PastContact[];
}

export const NOTHING_KNOWN: DebtorFacts = { holds: [], consents: [], optOuts: [], history: [] };

/** Collects the rows of `factsQuery` of one debtor. */
export class FactsCollector implements DebtorFacts {
  readonly holds: HoldJson[] = [];
  readonly consents: { party: string; consent: Consent }[] = [];
  readonly optOuts: OptOut[] = [];
  readonly history: PastContact[] = [];

  add(row: TextRow, tokenOf: (hex: string) => string): void {
    const at = instant(row, 2);
    const from = iso(at) ?? '';
    switch (row[1]) {
      case 'hold':
        this.holds.push({
          kind: text(row, 3) as HoldKind,
          from,
          until: iso(instant(row, 4)),
          scope: JSON.parse(text(row, 5)) as HoldJson['scope'],
        });
        return;
      case 'consent': {
        const kind = text(row, 4) as ConsentKind;
        const channels = parts(row[5]) as Channel[];
        const consent = readConsent({ kind, channels, from: row[6], to: row[7], givenAt: from, withdrawnAt: iso(instant(row, 8)) });
        this.consents.push({ party: text(row, 3), consent });
        return;
      }
      case 'opt-out': {
        const [partyId, channel, value] = [nullable(row, 3), nullable(row, 4) as Channel | null, nullable(row, 5)];
        const contactPoint = value === null ? null : tokenOf(value);
        this.optOuts.push(readOptOut({ partyId, channel, contactPoint, at: from, withdrawnAt: iso(instant(row, 6)) }));
        return;
      }
      default:
        this.history.push(toContact(row, 3, at ?? 0, tokenOf));
    }
  }
}

/** The contact columns of `factsQuery` and `sharedQuery`, from a column on. */
function toContact(row: TextRow, from: number, at: number, tokenOf: (hex: string) => string): PastContact {
  const result = nullable(row, from + 2) as Result | null;
  return {
    at,
    result,
    lapsesAt: result === null ? instant(row, from + 1) : null,
    channel: text(row, from + 3) as Channel,
    mode: nullable(row, from + 4) as Mode | null,
    initiator: text(row, from + 6) as Initiator,
    partyRole: nullable(row, from + 9) as PartyRole | null,
    partyId: nullable(row, from + 10),
    contactPoint: tokenOf(text(row, from)),
    debtorId: nullable(row, from + 12),
    debtId: nullable(row, from + 11),
    agencyId: nullable(row, from + 7),
    purpose: nullable(row, from + 5) as Purpose | null,
    collectorIds: row[from + 8] ? parts(row[from + 8]) : null,
  };
}

/** A row of `sharedQuery`. */
export const toSharedContact = (row: TextRow, tokenOf: (hex: string) => string): PastContact =>
  toContact(row, 1, instant(row, 0) ?? 0, tokenOf);

export const toHolds = (holds: readonly HoldJson[], timeZone: string): Hold[] => {
  const zone = Zone.of(timeZone);
  return holds.map((hold) => readHold(hold, zone));
};

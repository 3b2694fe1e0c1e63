import type { CaseStatus, Channel, ConsentKind, HoldKind, Initiator, Mode, PartyRole, Purpose, Result } from './types.ts';

/** JSON as outsiders send it and as decisions record it: instants RFC 3339, local dates `YYYY-MM-DD`, times of day `HH:MM[:SS]`. */
export interface MessageJson {
  readonly templateId?: string | null;
  readonly version?: number | null;
  readonly approved?: boolean | null;
  readonly text?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  /** Never the caller's: set by whoever read the ledger. */
  readonly ledger?: readonly string[] | null;
}

export interface ProposedJson {
  readonly channel: Channel;
  readonly mode?: Mode | null;
  readonly purpose?: Purpose | null;
  readonly partyRole?: PartyRole | null;
  readonly partyId?: string | null;
  readonly contactPoint?: string | null;
  readonly debtorId?: string | null;
  readonly debtId?: string | null;
  readonly agencyId?: string | null;
  readonly collectorIds?: readonly string[] | null;
  readonly deviceId?: string | null;
  readonly message?: MessageJson | null;
}

export interface PastContactJson {
  readonly channel: Channel;
  readonly startedAt: string;
  readonly result?: Result | null;
  /** When a permit without an outcome lapses; by default 15 minutes after `startedAt` for voice, 24 hours for the rest. */
  readonly expiresAt?: string | null;
  readonly mode?: Mode | null;
  readonly initiator?: Initiator | null;
  readonly partyRole?: PartyRole | null;
  readonly partyId?: string | null;
  readonly contactPoint?: string | null;
  readonly debtorId?: string | null;
  readonly debtId?: string | null;
  readonly agencyId?: string | null;
  readonly purpose?: Purpose | null;
  readonly collectorIds?: readonly string[] | null;
}

export interface ConsentJson {
  readonly kind: ConsentKind;
  readonly channels: readonly Channel[];
  readonly from?: string | null;
  readonly to?: string | null;
  readonly givenAt: string;
  readonly withdrawnAt?: string | null;
}

export interface HoldJson {
  readonly kind: HoldKind;
  /** An instant, or a local date: its first instant. */
  readonly from: string;
  /** An instant (exclusive), or a local date (its last instant included). */
  readonly until?: string | null;
  readonly scope?:
    | 'all'
    | {
        readonly agencyId?: string | null;
        readonly collectorId?: string | null;
        readonly channel?: Channel | null;
        readonly partyId?: string | null;
        readonly contactPoint?: string | null;
      }
    | null;
}

export interface ContactPointJson {
  readonly value: string;
  readonly partyId?: string | null;
  readonly partyRole?: PartyRole | null;
  readonly channel?: Channel | null;
  readonly status?: string | null;
  readonly source?: string | null;
}

export interface AgencyJson {
  readonly agencyId?: string | null;
  readonly status?: string | null;
  readonly published?: boolean | null;
  readonly entrusted?: boolean | null;
  readonly contract?: { readonly from?: string | null; readonly to?: string | null } | null;
  readonly lastEvaluatedOn?: string | null;
  readonly collectors?: readonly { readonly id: string; readonly certificateUntil?: string | null }[] | null;
  readonly devices?: readonly string[] | null;
}

export interface OptOutJson {
  readonly partyId?: string | null;
  readonly channel?: Channel | null;
  readonly contactPoint?: string | null;
  readonly at: string;
  readonly withdrawnAt?: string | null;
}

export interface FactsJson {
  readonly timeZone?: string | null;
  readonly case?: {
    readonly status?: CaseStatus | null;
    readonly balance?: { readonly amount: string; readonly currency: string } | null;
    readonly overdueSince?: string | null;
    /** An instant, or a local date: its first instant; null: not told; left out: not known. */
    readonly referralNoticeAt?: string | null;
  } | null;
  readonly history?: readonly PastContactJson[] | null;
  readonly consents?: readonly ConsentJson[] | null;
  readonly holds?: readonly HoldJson[] | null;
  readonly contactPoints?: readonly ContactPointJson[] | null;
  readonly agency?: AgencyJson | null;
  readonly optOuts?: readonly OptOutJson[] | null;
  readonly timeZones?: readonly string[] | null;
  readonly region?: string | null;
}

/** A decision as it is recorded: without words, which are rendered for the reader (see message.ts). */
export interface DecisionJson {
  readonly verdict: 'permitted' | 'refused';
  readonly reasons: readonly {
    readonly ruleId: string;
    readonly severity: 'block' | 'warn';
    readonly pack: string;
    readonly source: string;
    readonly limit: number | null;
    readonly counted: number | null;
    readonly clearsAt: string | null;
    readonly fact: string | null;
    readonly rule: string;
    readonly detail: Readonly<Record<string, string>>;
  }[];
  readonly nextPermittedAt: string | null;
  readonly mustEndBy: string | null;
  readonly packs: readonly { readonly pack: string; readonly version: number }[];
}

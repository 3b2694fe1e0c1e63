/** The words of a contact. Instants are epoch milliseconds inside the rules; ISO text only at the edges (see wire.ts). */
export const CHANNELS = ['voice', 'sms', 'email', 'im', 'letter', 'visit'] as const;
export const MODES = ['informational', 'interactive'] as const;
export const PURPOSES = ['collect', 'locate', 'relay', 'remind'] as const;
export const PARTY_ROLES = ['debtor', 'co-debtor', 'guarantor', 'related', 'unrelated', 'representative'] as const;
export const INITIATORS = ['us', 'them'] as const;
export const RESULTS = [
  'busy',
  'invalid-number',
  'not-in-service',
  'no-answer',
  'voicemail',
  'answered',
  'conversation',
  'delivered',
  'failed',
  'refused',
  'cancelled',
] as const;
export const HOLD_KINDS = [
  'plan-active',
  'objection-open',
  'complaint-hold',
  'cease',
  'legal-rep',
  'deceased',
  'incapacity',
  'insolvency',
] as const;
export const CONSENT_KINDS = ['out-of-hours', 'frequency', 'channel', 'device'] as const;
export const CASE_STATUSES = ['open', 'closed', 'paid'] as const;

export type Channel = (typeof CHANNELS)[number];
export type Mode = (typeof MODES)[number];
export type Purpose = (typeof PURPOSES)[number];
export type PartyRole = (typeof PARTY_ROLES)[number];
export type Initiator = (typeof INITIATORS)[number];
export type Result = (typeof RESULTS)[number];
export type HoldKind = (typeof HOLD_KINDS)[number];
export type ConsentKind = (typeof CONSENT_KINDS)[number];
export type CaseStatus = (typeof CASE_STATUSES)[number];

/** A text to be sent: a version of a template with what was filled in. */
export interface Message {
  /** Null: free text. */
  readonly templateId: string | null;
  readonly version: number | null;
  /** Whether that version of the template was approved; null: not known. */
  readonly approved: boolean | null;
  /** As it will be read; null: not known. */
  readonly text: string | null;
  readonly variables: Readonly<Record<string, unknown>> | null;
  /** Amounts besides the balance that the ledger answers for, as an instalment that is due. */
  readonly ledger: readonly string[] | null;
}

/** The contact that someone wants to make. Null: not stated; a rule that needs it refuses with `missing-fact`. */
export interface Proposed {
  readonly channel: Channel;
  readonly mode: Mode | null;
  readonly purpose: Purpose | null;
  readonly partyRole: PartyRole | null;
  readonly partyId: string | null;
  readonly contactPoint: string | null;
  /** Given when the history may hold contacts with other debtors (a shared number); null: all of the history is this debtor's. */
  readonly debtorId: string | null;
  readonly debtId: string | null;
  /** Null: the bank itself. */
  readonly agencyId: string | null;
  readonly collectorIds: readonly string[] | null;
  /** The telephone, line or account that is used. */
  readonly deviceId: string | null;
  readonly message: Message | null;
}

/** An attempt that was made or is permitted and pending (`result` null). */
export interface PastContact {
  readonly at: number;
  /** The instant from which a pending permit counts no more; set where the result is null. */
  readonly lapsesAt: number | null;
  readonly result: Result | null;
  readonly channel: Channel;
  readonly mode: Mode | null;
  readonly initiator: Initiator;
  readonly partyRole: PartyRole | null;
  readonly partyId: string | null;
  readonly contactPoint: string | null;
  readonly debtorId: string | null;
  /** Null: not known; it counts for every debt. */
  readonly debtId: string | null;
  /** Null: the bank itself. */
  readonly agencyId: string | null;
  readonly purpose: Purpose | null;
  readonly collectorIds: readonly string[] | null;
}

export interface CaseFacts {
  readonly status: CaseStatus | null;
  /** Decimal text; null: not known. */
  readonly balance: string | null;
  /** Local date; null: not overdue; undefined: not known. */
  readonly overdueSince: string | null | undefined;
  /** Epoch ms at which the debtor was told that an agency collects; null: not told; undefined: not known. */
  readonly referralNoticeAt?: number | null;
}

/** A number, address or account at which somebody may be reached. */
export interface ContactPointFact {
  readonly value: string;
  readonly partyId: string | null;
  readonly partyRole: PartyRole | null;
  readonly channel: Channel | null;
  /** `valid`, `invalid`, `not-in-service`, ... ; null: nothing is known against it. */
  readonly status: string | null;
  /** Where it comes from, such as `contract`; null: not known. */
  readonly source: string | null;
}

/** What the register says of the agency that makes the contact. Dates are local dates, both included. */
export interface AgencyFacts {
  readonly agencyId: string | null;
  /** `active`, `suspended`, `exited`; null: not known. */
  readonly status: string | null;
  /** On the published list. */
  readonly published: boolean | null;
  /** The case is entrusted to it. */
  readonly entrusted: boolean | null;
  /** Null: there is none; undefined: not known. An open end is null. */
  readonly contract: { readonly from: string | null; readonly to: string | null } | null | undefined;
  /** Null: never; undefined: not known. */
  readonly lastEvaluatedOn: string | null | undefined;
  /** Registered collectors; a certificate that is null is none. Null: not known. */
  readonly collectors: readonly { readonly id: string; readonly certificateUntil: string | null }[] | null;
  /** Registered telephones, lines and accounts. Null: not known. */
  readonly devices: readonly string[] | null;
}

/** A channel, a contact point, or a channel at a contact point that a party wants no more; in force on [at, withdrawnAt). */
export interface OptOut {
  /** Null: everybody in the debtor's file. */
  readonly partyId: string | null;
  /** Null: every channel. */
  readonly channel: Channel | null;
  /** Null: every contact point. */
  readonly contactPoint: string | null;
  readonly at: number;
  readonly withdrawnAt: number | null;
}

/** Hours of the day in which the consent holds, in milliseconds after local midnight, [from, to), `to` may be before `from` (across midnight). */
export interface DailyWindow {
  readonly from: number;
  readonly to: number;
}

/** In force at t when givenAt <= t, and t < withdrawnAt where there is one. */
export interface Consent {
  readonly kind: ConsentKind;
  readonly channels: readonly Channel[];
  /** Null: the whole day. */
  readonly window: DailyWindow | null;
  readonly givenAt: number;
  readonly withdrawnAt: number | null;
}

/** Every part that is given must match the contact; none given means all contact. */
export interface HoldScope {
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly channel: Channel | null;
  readonly partyId: string | null;
  /** One number or address, whoever it is of. */
  readonly contactPoint: string | null;
}

/** In force on [from, until). */
export interface Hold {
  readonly kind: HoldKind;
  readonly from: number;
  readonly until: number | null;
  readonly scope: HoldScope;
}

/** What is known. Null: not known; a rule that needs it refuses with `missing-fact`. */
export interface Facts {
  readonly timeZone: string;
  readonly case: CaseFacts | null;
  readonly history: readonly PastContact[] | null;
  /** Not known counts as none: a consent can only permit. */
  readonly consents: readonly Consent[] | null;
  readonly holds: readonly Hold[] | null;
  readonly contactPoints: readonly ContactPointFact[] | null;
  /** Null for the bank itself. */
  readonly agency: AgencyFacts | null;
  /** Not known counts as none. */
  readonly optOuts: readonly OptOut[] | null;
  /** Other zones in which the debtor may be, by area code or address. */
  readonly timeZones: readonly string[] | null;
  /** GB/T 2260 code of where the debtor lives, such as `230100`. */
  readonly region: string | null;
}

export interface ContactInput {
  readonly proposed: Proposed;
  readonly facts: Facts;
}

export type Severity = 'block' | 'warn';

/** Why a contact is refused or warned of. */
export interface Reason {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly pack: string;
  readonly source: string;
  readonly limit: number | null;
  readonly counted: number | null;
  /** Epoch ms at which this rule alone would pass if nothing else happened; null: time cures nothing. */
  readonly clearsAt: number | null;
  /** The fact that is not known, for `missing-fact`. */
  readonly fact: string | null;
  /** The rule that gave the reason: differs from ruleId for `missing-fact`. */
  readonly rule: string;
  /** What the message says besides the numbers. */
  readonly detail: Readonly<Record<string, string>>;
}

export interface PackVersion {
  readonly pack: string;
  readonly version: number;
}

export interface Decision {
  readonly verdict: 'permitted' | 'refused';
  readonly reasons: readonly Reason[];
  /** Epoch ms of the earliest instant at or after `at` that passes; null: time alone cures nothing. */
  readonly nextPermittedAt: number | null;
  /** Epoch ms; null for a refusal, for channels that may be used at night, and where consent covers every night. */
  readonly mustEndBy: number | null;
  readonly packs: readonly PackVersion[];
}

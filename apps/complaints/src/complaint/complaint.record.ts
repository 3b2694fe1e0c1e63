import type { Matter } from '#clock-rules';
import type { ComplaintState, HoldState } from './complaint.dto.ts';

/** A complaint as it is stored; personal data still sealed. */
export interface ComplaintRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly number: string;
  readonly externalRef: string | null;
  readonly contentHash: Buffer;
  readonly channel: string;
  readonly category: string | null;
  readonly receivedAt: Date;
  readonly registeredAt: Date;
  readonly timeZone: string;
  readonly pack: string;
  /** What it is about, where its rules have terms for that. */
  readonly matter: Matter | null;
  /** Why it is under these rules; null: they are those of all. */
  readonly packRule: Readonly<Record<string, unknown>> | null;
  readonly nameSealed: Buffer;
  readonly idNumberSealed: Buffer | null;
  readonly contactSealed: Buffer | null;
  readonly proxySealed: Buffer | null;
  readonly account: string | null;
  readonly subjectSealed: Buffer;
  readonly narrativeSealed: Buffer;
  readonly requestsSealed: Buffer;
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly staffId: string | null;
  readonly groupSize: number;
  readonly source: 'api' | 'import';
  readonly registeredBy: string;
  readonly registeredByHandler: boolean;
  readonly handler: string | null;
  readonly state: ComplaintState;
  readonly termId: string;
  readonly day0: string | null;
  readonly dueOn: string;
  readonly dueAt: Date;
  readonly provisional: boolean;
  readonly dueSetAt: Date;
  readonly decidedAt: Date | null;
  readonly toldAt: Date | null;
  readonly closedAt: Date | null;
  readonly ledgerVersion: number;
  readonly holdState: HoldState;
  readonly holdVersion: number;
}

/** What follows from the ledger of clock events, and from nothing else but the instant of looking. */
export interface DueColumns {
  readonly state: ComplaintState;
  readonly termId: string;
  readonly day0: string;
  readonly dueOn: string;
  readonly dueAt: Date;
  readonly provisional: boolean;
  readonly decidedAt: Date | null;
  readonly toldAt: Date | null;
  readonly closedAt: Date | null;
}

/** A complaint that is to be stored. */
export interface NewComplaint extends DueColumns {
  readonly externalRef: string | null;
  readonly contentHash: Buffer;
  readonly channel: string;
  readonly category: string | null;
  readonly receivedAt: Date;
  readonly registeredAt: Date;
  readonly timeZone: string;
  readonly pack: string;
  readonly nameSealed: Buffer;
  readonly idNumberSealed: Buffer | null;
  readonly idNumberIndex: Buffer | null;
  readonly contactSealed: Buffer | null;
  readonly contactIndex: Buffer | null;
  readonly proxySealed: Buffer | null;
  readonly account: string | null;
  readonly subjectSealed: Buffer;
  readonly narrativeSealed: Buffer;
  readonly requestsSealed: Buffer;
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly staffId: string | null;
  readonly groupSize: number;
  readonly source: 'api' | 'import';
  readonly registeredBy: string;
  readonly registeredByHandler: boolean;
  readonly handler: string | null;
  readonly dueSetAt: Date;
  readonly ledgerVersion: number;
}

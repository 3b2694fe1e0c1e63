import { Instant, Nested, Text, Whole } from '#wire';

/** Where a page ended. */
export class FilePlace {
  @Whole()
  at!: number;

  @Text({ max: 36 })
  id!: string;
}

/** Another service asks, on a route that is in no public document. */
export class FilePageRequest {
  @Text({ max: 36 })
  complaintId!: string;

  @Text({ max: 200, description: 'Who reads, in the words of the complaints service' })
  by!: string;

  @Nested(() => FilePlace, { nullable: true })
  after?: FilePlace | null;

  @Instant({ nullable: true, description: 'Only what happened from then on' })
  since?: string | null;

  @Whole({ optional: true, min: 1, max: 1000 })
  limit?: number;
}

export interface DisclosedItem {
  readonly kind: string;
  readonly id: string;
  readonly at: string;
  readonly caseId: string | null;
  readonly agencyId: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  /** Of a message or a letter, as it was sent. */
  readonly text: string | null;
  /** What the collector noted. */
  readonly note: string | null;
  /** Masked. */
  readonly contactPoint: string | null;
}

export interface FilePage {
  readonly number: string;
  readonly debtorId: string;
  readonly readAt: string;
  readonly items: readonly DisclosedItem[];
  readonly next: FilePlace | null;
}

export class CaseLookupRequest {
  @Text({ max: 200 })
  by!: string;

  @Text({ max: 200, description: 'The number of the complaint, or what is being done' })
  purpose!: string;

  @Text({ nullable: true, max: 64 })
  idNumber?: string | null;

  @Text({ nullable: true, max: 200, description: 'A telephone number or an address' })
  contact?: string | null;

  @Text({ nullable: true, max: 200, description: 'A case, a debt or a debtor' })
  account?: string | null;
}

export interface LookedUpCase {
  readonly caseId: string;
  readonly debtId: string;
  readonly debtorId: string;
  /** Masked. */
  readonly debtorName: string;
  readonly product: string;
  readonly state: string;
  readonly balance: { readonly amount: string; readonly currency: string };
  readonly overdueSince: string | null;
  readonly agencyId: string | null;
  readonly agencyName: string | null;
  readonly matchedBy: string;
}

export interface CaseLookup {
  readonly items: readonly LookedUpCase[];
}

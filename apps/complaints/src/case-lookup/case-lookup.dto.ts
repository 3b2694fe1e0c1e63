import { Shown, Text } from '#wire';

export const LOOKUP_STATES = ['answered', 'unreachable', 'not-configured'] as const;

export class CaseLookupRequest {
  @Text({ nullable: true, max: 36, description: 'The complaint that it is for; its number is noted as the reason for the read' })
  complaintId?: string | null;

  @Text({ nullable: true, max: 64, description: 'An id number, exactly' })
  idNumber?: string | null;

  @Text({ nullable: true, max: 200, description: 'A telephone number however written, or an e-mail address' })
  contact?: string | null;

  @Text({ nullable: true, max: 200, description: 'A case, a debt or a debtor, as collections knows it' })
  account?: string | null;
}

export class LookedUpBalance {
  @Shown.text()
  readonly amount!: string;

  @Shown.text()
  readonly currency!: string;
}

export class LookedUpCase {
  @Shown.text()
  readonly caseId!: string;

  @Shown.text()
  readonly debtId!: string;

  @Shown.text()
  readonly debtorId!: string;

  @Shown.text({ description: 'Masked' })
  readonly debtorName!: string;

  @Shown.text()
  readonly product!: string;

  @Shown.oneOf(['open', 'closed', 'paid'])
  readonly state!: string;

  @Shown.nested(() => LookedUpBalance)
  readonly balance!: LookedUpBalance;

  @Shown.localDate({ nullable: true })
  readonly overdueSince!: string | null;

  @Shown.text({ nullable: true, description: 'The agency that has it; null: the bank itself' })
  readonly agencyId!: string | null;

  @Shown.text({ nullable: true })
  readonly agencyName!: string | null;

  @Shown.oneOf(['id-number', 'phone', 'account'])
  readonly matchedBy!: string;
}

export class CaseLookupAnswer {
  @Shown.oneOf(LOOKUP_STATES, {
    description: '`unreachable`: collections did not answer, so nothing is known; the complaint goes on without',
  })
  readonly state!: (typeof LOOKUP_STATES)[number];

  @Shown.list(() => LookedUpCase, { description: 'At most 20, the best match first' })
  readonly items!: readonly LookedUpCase[];
}

import { CASE_STATUSES } from '#contact-rules';
import type { CaseStatus } from '#contact-rules';
import { OneOf, PageRequest, Text } from '#wire';

export class CaseListRequest extends PageRequest {
  @Text({ optional: true })
  caseId?: string;

  @Text({ optional: true })
  debtorId?: string;

  @Text({ optional: true })
  agencyId?: string;

  @OneOf(CASE_STATUSES, { optional: true })
  state?: CaseStatus;
}

export interface CaseView {
  readonly id: string;
  readonly caseId: string;
  readonly debtorId: string;
  readonly debtId: string;
  readonly idNumber: string | null;
  readonly product: string;
  readonly state: CaseStatus;
  readonly balance: { readonly amount: string; readonly currency: string };
  readonly overdueSince: string | null;
  readonly timeZone: string;
  readonly agencyId: string | null;
  readonly parties: readonly {
    readonly id: string;
    readonly partyId: string;
    readonly role: string;
    readonly name: string;
    readonly contactPoints: readonly {
      readonly id: string;
      readonly channel: string;
      readonly value: string;
      readonly status: string;
      readonly source: string;
    }[];
  }[];
  readonly holds: readonly {
    readonly id: string;
    readonly kind: string;
    readonly from: string;
    readonly until: string | null;
    readonly scope: unknown;
  }[];
  readonly consents: readonly {
    readonly id: string;
    readonly partyId: string;
    readonly kind: string;
    readonly channels: readonly string[];
    readonly from: string | null;
    readonly to: string | null;
    readonly givenAt: string;
    readonly withdrawnAt: string | null;
  }[];
  /** Whether personal data are masked for the reader's role. */
  readonly masked: boolean;
}

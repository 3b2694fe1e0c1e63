import { CASE_STATUSES, CHANNELS, CONSENT_KINDS, HOLD_KINDS, PARTY_ROLES } from '#contact-rules';
import type { CaseStatus } from '#contact-rules';
import { OneOf, PageRequest, Shown, Text, type Page } from '#wire';

export class CaseListRequest extends PageRequest {
  @Text({ optional: true, description: 'As given at import' })
  caseId?: string;

  @Text({ optional: true, description: 'As given at import' })
  debtorId?: string;

  @Text({ optional: true, description: 'The agency that the case is entrusted to' })
  agencyId?: string;

  @OneOf(CASE_STATUSES, { optional: true })
  state?: CaseStatus;
}

export class MoneyView {
  @Shown.text({ example: '1234.50' })
  readonly amount!: string;

  @Shown.text({ example: 'CNY', description: 'ISO 4217' })
  readonly currency!: string;
}

export class ContactPointView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(CHANNELS)
  readonly channel!: string;

  @Shown.text({ example: '138****0001' })
  readonly value!: string;

  @Shown.oneOf(['valid', 'invalid'])
  readonly status!: string;

  @Shown.text({ description: 'Where the contact point is known from', example: 'contract' })
  readonly source!: string;
}

export class PartyView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'As given at import' })
  readonly partyId!: string;

  @Shown.oneOf(PARTY_ROLES)
  readonly role!: string;

  @Shown.text({ example: '张*' })
  readonly name!: string;

  @Shown.list(() => ContactPointView)
  readonly contactPoints!: readonly ContactPointView[];
}

export class HoldView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(HOLD_KINDS)
  readonly kind!: string;

  @Shown.instant()
  readonly from!: string;

  @Shown.instant({ nullable: true })
  readonly until!: string | null;

  @Shown.allOrFree({ description: 'What the hold is limited to; "all" or empty: all contact' })
  readonly scope!: unknown;
}

export class ConsentView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'As given at import' })
  readonly partyId!: string;

  @Shown.oneOf(CONSENT_KINDS)
  readonly kind!: string;

  @Shown.texts()
  readonly channels!: readonly string[];

  @Shown.text({ nullable: true, description: 'Time of day', example: '22:00' })
  readonly from!: string | null;

  @Shown.text({ nullable: true, description: 'Time of day', example: '23:00' })
  readonly to!: string | null;

  @Shown.instant()
  readonly givenAt!: string;

  @Shown.instant({ nullable: true })
  readonly withdrawnAt!: string | null;
}

export class CaseView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'As given at import' })
  readonly caseId!: string;

  @Shown.text({ description: 'As given at import' })
  readonly debtorId!: string;

  @Shown.text({ description: 'As given at import' })
  readonly debtId!: string;

  @Shown.text({ nullable: true })
  readonly idNumber!: string | null;

  @Shown.text()
  readonly product!: string;

  @Shown.oneOf(CASE_STATUSES)
  readonly state!: CaseStatus;

  @Shown.nested(() => MoneyView)
  readonly balance!: MoneyView;

  @Shown.localDate({ nullable: true })
  readonly overdueSince!: string | null;

  @Shown.text({ example: 'Asia/Shanghai' })
  readonly timeZone!: string;

  @Shown.text({ nullable: true, description: 'Null: the institution collects itself' })
  readonly agencyId!: string | null;

  @Shown.list(() => PartyView)
  readonly parties!: readonly PartyView[];

  @Shown.list(() => HoldView)
  readonly holds!: readonly HoldView[];

  @Shown.list(() => ConsentView)
  readonly consents!: readonly ConsentView[];

  @Shown.flag({ description: "Whether personal data are masked for the reader's role" })
  readonly masked!: boolean;
}

export class CasePage implements Page<CaseView> {
  @Shown.list(() => CaseView)
  readonly items!: readonly CaseView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

import { CASE_STATUSES, CHANNELS, CONSENT_KINDS, HOLD_KINDS, PARTY_ROLES } from '#contact-rules';
import type { CaseStatus } from '#contact-rules';
import { OneOf, PageRequest, Shown, Text, type Page, QueryFlag } from '#wire';
import { STANDING_REASONS, type StandingReason } from '../agency/standing.ts';

export class CaseListRequest extends PageRequest {
  @Text({ optional: true, description: 'As given at import' })
  caseId?: string;

  @Text({ optional: true, description: 'As given at import' })
  debtorId?: string;

  @Text({ optional: true, description: 'The agency that the case is entrusted to' })
  agencyId?: string;

  @OneOf(CASE_STATUSES, { optional: true })
  state?: CaseStatus;

  @QueryFlag({ optional: true, description: 'Only open cases that an agency has which may not work them, or only the others' })
  takeBack?: boolean;
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

  @Shown.oneOf(['valid', 'invalid', 'not-in-service'])
  readonly status!: string;

  @Shown.text({ description: 'Where the contact point is known from', example: 'contract' })
  readonly source!: string;

  @Shown.instant({ nullable: true, description: 'When somebody last made sure of it' })
  readonly checkedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly checkedBy!: string | null;

  @Shown.text({ nullable: true, description: 'called, answered-message, document, core-system, party-said, returned-mail' })
  readonly checkHow!: string | null;

  @Shown.text({ nullable: true, description: 'Null: it came in a file' })
  readonly addedBy!: string | null;

  @Shown.flag({ description: 'Whether it is to be checked again' })
  readonly stale!: boolean;
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

  @Shown.instant({ nullable: true, description: 'When the person ceased to be a party' })
  readonly endedAt!: string | null;

  @Shown.list(() => ContactPointView)
  readonly contactPoints!: readonly ContactPointView[];
}

/** Why an outcome or a note stops collection. */
export const HOLD_CAUSES = ['care', 'death', 'bankruptcy', 'fraud', 'dispute', 'cease-request'] as const;
export type HoldCause = (typeof HOLD_CAUSES)[number];

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

  @Shown.oneOf(HOLD_CAUSES, { nullable: true, description: 'Where the kind alone does not say why; `care`: a debtor in danger or in need' })
  readonly cause!: string | null;
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

export class OptOutView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'As given at import' })
  readonly partyId!: string;

  @Shown.oneOf(CHANNELS, { nullable: true, description: 'Null: every channel' })
  readonly channel!: string | null;

  @Shown.uuid({ nullable: true, description: 'Null: every contact point' })
  readonly contactPointId!: string | null;

  @Shown.instant()
  readonly at!: string;

  @Shown.instant({ nullable: true })
  readonly withdrawnAt!: string | null;

  @Shown.text()
  readonly evidence!: string;
}

/** Who has to take a case back. */
export class ResponsibleView {
  @Shown.text({
    nullable: true,
    description: 'The bank’s responsible person for the agency; null: nobody is named, so whoever has the role',
  })
  readonly person!: string | null;

  @Shown.text({ example: 'collections-manager' })
  readonly role!: string;
}

/** An open case that an agency has which may not work it. */
export class TakeBackView {
  @Shown.instant({ description: 'Since when the agency may not contact anybody' })
  readonly since!: string;

  @Shown.oneOf(STANDING_REASONS, { description: 'What stands in its way, the first of all' })
  readonly reason!: StandingReason;

  @Shown.nested(() => ResponsibleView)
  readonly responsible!: ResponsibleView;
}

/** The agency that has a case. */
export class CaseAgencyView {
  @Shown.text()
  readonly agencyId!: string;

  @Shown.text({ nullable: true })
  readonly name!: string | null;

  @Shown.text({ nullable: true })
  readonly phone!: string | null;

  @Shown.flag({ description: 'Whether it stands so that the gate lets it make contacts today' })
  readonly good!: boolean;

  @Shown.manyOf([...STANDING_REASONS, 'not-registered'], { description: 'Why not, and what the gate warns of' })
  readonly reasons!: readonly string[];
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

  @Shown.nested(() => CaseAgencyView, { nullable: true })
  readonly agency!: CaseAgencyView | null;

  @Shown.nested(() => TakeBackView, { nullable: true, description: 'Null: nobody has to take it back from an agency' })
  readonly takeBack!: TakeBackView | null;

  @Shown.instant({ nullable: true, description: 'When the debtor was told of the referral to the agency; null: not told' })
  readonly referralNoticeAt!: string | null;

  @Shown.text({ nullable: true, example: '230100', description: 'GB/T 2260, where the debtor lives' })
  readonly region!: string | null;

  @Shown.list(() => PartyView)
  readonly parties!: readonly PartyView[];

  @Shown.list(() => HoldView)
  readonly holds!: readonly HoldView[];

  @Shown.list(() => ConsentView)
  readonly consents!: readonly ConsentView[];

  @Shown.list(() => OptOutView, { description: 'Of all cases of the debtor' })
  readonly optOuts!: readonly OptOutView[];

  @Shown.flag({ description: "Whether personal data are masked for the reader's role" })
  readonly masked!: boolean;
}

export class CasePage implements Page<CaseView> {
  @Shown.list(() => CaseView)
  readonly items!: readonly CaseView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

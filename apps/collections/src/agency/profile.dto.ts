import { LocalDate, Nested, NestedList, Shown, Text, Whole } from '#wire';

export class LicenceDto {
  @Text({ max: 200, description: 'As printed' })
  number!: string;

  @Text({ max: 200, description: 'Who gave it' })
  issuer!: string;

  @LocalDate({ nullable: true, description: 'Last day; null: without end' })
  until?: string | null;
}

export class OwnerDto {
  @Text({ max: 200 })
  name!: string;

  @Whole({ min: 1, max: 100, description: 'Share in percent' })
  sharePercent!: number;
}

export class ApprovalDto {
  @Text({ max: 200, description: 'Reference of the decision inside the bank' })
  reference!: string;

  @LocalDate()
  on!: string;

  @Text({ max: 400, description: 'What was decided' })
  about!: string;
}

export class ContactDto {
  @Text({ max: 100, description: 'What for: manager, complaints, data protection' })
  role!: string;

  @Text({ max: 200 })
  name!: string;

  @Text({ max: 60, nullable: true })
  phone?: string | null;

  @Text({ max: 200, nullable: true })
  email?: string | null;
}

export class ResponsibleDto {
  @Text({ max: 200, description: 'As they sign in' })
  subject!: string;

  @Text({ max: 200 })
  name!: string;
}

export class ProfileRequest {
  @Text({ max: 200 })
  name!: string;

  @Text({ max: 60, nullable: true, description: 'Published' })
  phone?: string | null;

  @Text({ max: 400, nullable: true, description: 'Registered address; published' })
  address?: string | null;

  @Nested(() => LicenceDto, { nullable: true })
  licence?: LicenceDto | null;

  @NestedList(() => OwnerDto, { optional: true, maxItems: 50, description: 'Kept sealed, as all names' })
  owners?: OwnerDto[];

  @Text({ max: 1000, nullable: true, description: 'Who owns it in the end, and how; kept sealed' })
  beneficialOwner?: string | null;

  @NestedList(() => ApprovalDto, { optional: true, maxItems: 50 })
  approvals?: ApprovalDto[];

  @NestedList(() => ContactDto, { optional: true, maxItems: 20 })
  contacts?: ContactDto[];

  @Nested(() => ResponsibleDto, { nullable: true, description: "The bank's person who answers for the agency" })
  responsible?: ResponsibleDto | null;
}

export class AgencyRequest extends ProfileRequest {
  @Text({ max: 200, description: 'The id by which cases and contacts name it' })
  agencyId!: string;
}

export class LicenceView {
  @Shown.text({ nullable: true })
  readonly number!: string | null;

  @Shown.text({ nullable: true })
  readonly issuer!: string | null;

  @Shown.localDate({ nullable: true })
  readonly until!: string | null;
}

export class OwnerView {
  @Shown.text()
  readonly name!: string;

  @Shown.whole()
  readonly sharePercent!: number;
}

export class ApprovalView {
  @Shown.text()
  readonly reference!: string;

  @Shown.localDate()
  readonly on!: string;

  @Shown.text()
  readonly about!: string;
}

export class ContactView {
  @Shown.text()
  readonly role!: string;

  @Shown.text()
  readonly name!: string;

  @Shown.text({ nullable: true })
  readonly phone!: string | null;

  @Shown.text({ nullable: true })
  readonly email!: string | null;
}

export class BankResponsibleView {
  @Shown.text()
  readonly subject!: string;

  @Shown.text()
  readonly name!: string;
}

export class ProfileView {
  @Shown.text()
  readonly agencyId!: string;

  @Shown.text()
  readonly name!: string;

  @Shown.text({ nullable: true })
  readonly phone!: string | null;

  @Shown.text({ nullable: true })
  readonly address!: string | null;

  @Shown.nested(() => LicenceView)
  readonly licence!: LicenceView;

  @Shown.list(() => OwnerView)
  readonly owners!: readonly OwnerView[];

  @Shown.text({ nullable: true })
  readonly beneficialOwner!: string | null;

  @Shown.list(() => ApprovalView)
  readonly approvals!: readonly ApprovalView[];

  @Shown.list(() => ContactView)
  readonly contacts!: readonly ContactView[];

  @Shown.nested(() => BankResponsibleView, { nullable: true })
  readonly responsible!: BankResponsibleView | null;

  @Shown.instant({ nullable: true, description: 'Null: it came by a file, and nobody has written the rest down yet' })
  readonly writtenAt!: string | null;

  @Shown.flag({ description: "Whether names and numbers are masked for the reader's role" })
  readonly masked!: boolean;
}

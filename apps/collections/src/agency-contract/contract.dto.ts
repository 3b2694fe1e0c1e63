import { CHANNELS } from '#contact-rules';
import { Amount, Currency, LocalDate, ManyOf, Nested, NestedList, OneOf, Shown, Text, Texts, type Page } from '#wire';
import { FEE_KINDS } from './fee-terms.ts';

export class ScopeDto {
  @Texts({ optional: true, maxItems: 50, description: 'Products as cases name them; none: all' })
  products?: string[];

  @Texts({ optional: true, maxItems: 50, description: 'GB/T 2260 codes of 2, 4 or 6 digits; none: everywhere' })
  regions?: string[];

  @ManyOf(CHANNELS, { optional: true, description: 'None: every channel' })
  channels?: string[];
}

export class FeeComponentDto {
  @OneOf(FEE_KINDS)
  kind!: (typeof FEE_KINDS)[number];

  @Amount({ nullable: true, description: 'Of fixed-monthly, per-case and per-contact; of quality, if it is a sum' })
  amount?: string | null;

  @Amount({ nullable: true, example: '12.5', description: 'Of share-of-recoveries; of quality, if it is a weight' })
  percent?: string | null;
}

export class FeeTermsDto {
  @Currency()
  currency!: string;

  @NestedList(() => FeeComponentDto, { minItems: 1, maxItems: 20 })
  components!: FeeComponentDto[];
}

export class ContractVersionRequest {
  @LocalDate({ description: 'First day' })
  validFrom!: string;

  @LocalDate({ description: 'Last day' })
  validTo!: string;

  @Nested(() => ScopeDto, { nullable: true, description: 'What it is about; left out: everything' })
  scope?: ScopeDto | null;

  @Nested(() => FeeTermsDto, { description: 'Refused where it is a share of recoveries alone (CC22)' })
  feeTerms!: FeeTermsDto;

  @Text({ nullable: true, max: 40, description: 'The id of the signed document' })
  documentId?: string | null;

  @Text({ nullable: true, max: 2000, description: 'What is agreed besides, or why it is amended; kept sealed' })
  note?: string | null;
}

export class ContractRequest extends ContractVersionRequest {
  @Text({ max: 100, description: 'The number of the contract' })
  contractNo!: string;
}

export class ContractScopeView {
  @Shown.texts()
  readonly products!: readonly string[];

  @Shown.texts()
  readonly regions!: readonly string[];

  @Shown.manyOf(CHANNELS)
  readonly channels!: readonly string[];
}

export class FeeComponentView {
  @Shown.oneOf(FEE_KINDS)
  readonly kind!: string;

  @Shown.text({ nullable: true })
  readonly amount!: string | null;

  @Shown.text({ nullable: true })
  readonly percent!: string | null;
}

export class FeeTermsView {
  @Shown.text()
  readonly currency!: string;

  @Shown.list(() => FeeComponentView)
  readonly components!: readonly FeeComponentView[];
}

export class AgencyContractView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly contractNo!: string;

  @Shown.whole()
  readonly version!: number;

  @Shown.flag({ description: 'Whether it is the newest version of its number, which counts' })
  readonly isNewest!: boolean;

  @Shown.flag({ description: 'Whether it is the newest and in force today' })
  readonly isInForce!: boolean;

  @Shown.localDate()
  readonly validFrom!: string;

  @Shown.localDate()
  readonly validTo!: string;

  @Shown.nested(() => ContractScopeView)
  readonly scope!: ContractScopeView;

  @Shown.nested(() => FeeTermsView)
  readonly feeTerms!: FeeTermsView;

  @Shown.uuid({ nullable: true })
  readonly documentId!: string | null;

  @Shown.text({ nullable: true })
  readonly note!: string | null;

  @Shown.text()
  readonly madeBy!: string;

  @Shown.instant()
  readonly madeAt!: string;
}

export class AgencyContractPage implements Page<AgencyContractView> {
  @Shown.list(() => AgencyContractView)
  readonly items!: readonly AgencyContractView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

import { Amount, Currency, Flag, NestedList, OneOf, Shown, Text, Whole } from '#wire';
import { APPROVER_ROLES, type ApproverRole } from './matrix.ts';

export class MatrixRowRequest {
  @Amount({ nullable: true, description: 'The money is more than this' })
  amountAbove?: string | null;

  @Currency({ optional: true, description: 'CNY when left out; money in another currency counts as above every band' })
  currency?: string;

  @OneOf(['serious'], { nullable: true })
  severity?: 'serious' | null;

  @Flag({ optional: true, description: 'The complaint is major' })
  major?: boolean;

  @Text({ nullable: true, max: 64, description: 'The area or category of the complaint' })
  area?: string | null;

  @OneOf(APPROVER_ROLES)
  role!: ApproverRole;

  @Whole({ min: 1, max: 2 })
  approvers!: number;
}

export class MatrixRequest {
  @NestedList(() => MatrixRowRequest, {
    minItems: 1,
    maxItems: 50,
    description: 'The strictest of the rows that apply counts; where none applies nobody approves',
  })
  rows!: MatrixRowRequest[];

  @Text({ max: 1000, description: 'Why it is changed' })
  note!: string;
}

export class MatrixRowView {
  @Shown.text({ nullable: true })
  readonly amountAbove!: string | null;

  @Shown.text()
  readonly currency!: string;

  @Shown.oneOf(['serious'], { nullable: true })
  readonly severity!: 'serious' | null;

  @Shown.flag()
  readonly major!: boolean;

  @Shown.text({ nullable: true })
  readonly area!: string | null;

  @Shown.oneOf(APPROVER_ROLES)
  readonly role!: ApproverRole;

  @Shown.whole()
  readonly approvers!: number;
}

export class MatrixView {
  @Shown.whole({ description: '0: what the product brings' })
  readonly version!: number;

  @Shown.flag()
  readonly inForce!: boolean;

  @Shown.list(() => MatrixRowView)
  readonly rows!: readonly MatrixRowView[];

  @Shown.text()
  readonly note!: string;

  @Shown.text({ nullable: true })
  readonly author!: string | null;

  @Shown.instant({ nullable: true })
  readonly createdAt!: string | null;

  @Shown.text({ nullable: true })
  readonly approvedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly approvedAt!: string | null;
}

export class MatrixList {
  @Shown.list(() => MatrixView)
  readonly items!: readonly MatrixView[];
}

import { Amount, Flag, Instant, LocalDate, NestedList, OneOf, PageRequest, QueryFlag, Text, Texts, TextOrTexts, Whole } from '#wire';

export const OWNER_KINDS = ['member', 'unit', 'agency'] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];
export const RECTIFICATION_STATES = ['open', 'implemented', 'effective', 'accepted', 'cancelled'] as const;
export type RectificationState = (typeof RECTIFICATION_STATES)[number];

const MOST_FILES = 20;

export class StepRequest {
  @Text({ max: 1000, description: 'What is to be done; kept sealed' })
  text!: string;

  @LocalDate({ nullable: true })
  dueOn?: string | null;
}

export class RectificationRequest {
  @TextOrTexts({ maxItems: 50, description: 'Ids of confirmed root causes, all of the same kind and of the same object' })
  causes!: string[];

  @Text({ max: 400, description: 'The measure; kept sealed' })
  title!: string;

  @OneOf(OWNER_KINDS)
  ownerKind!: OwnerKind;

  @Text({ description: 'The subject of a member, the code of a unit, or the id of an agency' })
  owner!: string;

  @LocalDate({ description: 'The last day on which it is to be in place' })
  dueOn!: string;

  @NestedList(() => StepRequest, { minItems: 1, maxItems: 20 })
  steps!: StepRequest[];
}

export class StepDoneRequest {
  @Text({ max: 2000, description: 'What was done; kept sealed' })
  note!: string;

  @Texts({ nullable: true, maxItems: MOST_FILES, description: 'Ids of files, of the complaints that the measure is about, that show it' })
  files?: string[] | null;
}

export class ImplementationRequest {
  @LocalDate({
    description: 'Since when the measure has been in place: not in the future. What came before is compared with what came after',
  })
  implementedOn!: string;
}

export class DelayRequest {
  @LocalDate({ description: 'Until when; after the due date' })
  dueOn!: string;

  @Text({ max: 2000, description: 'Kept sealed' })
  reason!: string;
}

export class DelaySettlementRequest {
  @Flag()
  granted!: boolean;

  @Text({ nullable: true, max: 2000, description: 'Kept sealed' })
  note?: string | null;
}

export class EffectRequest {
  @Whole({ min: 7, max: 366, description: 'How many days before and after the day of the measure are compared' })
  windowDays!: number;

  @Instant({ nullable: true, description: 'What was known then, and nothing later; now when left out' })
  asOf?: string | null;

  @Amount({ nullable: true, description: 'Open cases on an average day before; with it and the one after, rates are by case' })
  openCasesBefore?: string | null;

  @Amount({ nullable: true })
  openCasesAfter?: string | null;

  @Text({ nullable: true, description: 'Where the numbers of cases are from; needed with them' })
  openCasesSource?: string | null;
}

export class RectificationClosureRequest {
  @Text({ description: 'The measurement that shows the effect' })
  effectId!: string;

  @Text({ nullable: true, max: 2000, description: 'Kept sealed' })
  note?: string | null;
}

export class ReasonRequest {
  @Text({ max: 2000, description: 'Kept sealed' })
  reason!: string;
}

export class AcceptanceRequest {
  @Flag({ description: '`true`: closed although its effect cannot be measured; `false`: it goes on' })
  accepted!: boolean;

  @Text({ max: 2000, description: 'Why; kept sealed' })
  reason!: string;
}

export class RectificationListRequest extends PageRequest {
  @QueryFlag({ optional: true, description: '`true`: not closed' })
  open?: boolean;

  @OneOf(RECTIFICATION_STATES, { optional: true })
  state?: RectificationState;

  @QueryFlag({ optional: true, description: '`true`: not in place, and its time is over' })
  overdue?: boolean;

  @Text({ optional: true, description: 'Of whom: a subject, a unit’s code, an agency’s id, or `me`' })
  owner?: string;
}

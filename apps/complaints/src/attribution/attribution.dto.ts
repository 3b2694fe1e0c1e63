import { OneOf, Shown, Text, Whole } from '#wire';

export const CAUSE_KINDS = ['rule', 'script', 'collector', 'agency', 'none'] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];
export const CAUSE_STATES = ['proposed', 'confirmed', 'rejected', 'withdrawn'] as const;
export type CauseState = (typeof CAUSE_STATES)[number];

export class AttributionRequest {
  @OneOf(CAUSE_KINDS, { description: '`none`: collection did nothing that caused it' })
  kind!: CauseKind;

  @Text({ nullable: true, max: 128, description: 'The ruleId, scriptId, collector or agency; none with `none`' })
  target?: string | null;

  @Whole({ nullable: true, min: 1, max: 1_000_000, description: 'Of a script' })
  targetVersion?: number | null;

  @Text({ nullable: true, max: 36, description: 'What of the file it rests on; needed but with `none`' })
  itemId?: string | null;

  @Text({ max: 4000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}

export class AttributionView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(CAUSE_KINDS)
  readonly kind!: string;

  @Shown.text({ nullable: true })
  readonly target!: string | null;

  @Shown.whole({ nullable: true })
  readonly targetVersion!: number | null;

  @Shown.text({ nullable: true, description: 'Whose doing it was; null: the bank’s own, or nobody’s' })
  readonly agencyId!: string | null;

  @Shown.uuid({ nullable: true })
  readonly itemId!: string | null;

  @Shown.text({ nullable: true, description: 'Null where the role does not see what people wrote' })
  readonly reason!: string | null;

  @Shown.oneOf(CAUSE_STATES, { description: '`proposed`: names a person, and another person has to confirm it' })
  readonly state!: string;

  @Shown.text()
  readonly proposedBy!: string;

  @Shown.instant()
  readonly proposedAt!: string;

  @Shown.text({ nullable: true })
  readonly settledBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly settledAt!: string | null;
}

export class Attributions {
  @Shown.list(() => AttributionView, { description: 'In the order in which they were proposed' })
  readonly items!: readonly AttributionView[];
}

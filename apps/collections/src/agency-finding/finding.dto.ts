import { LocalDate, OneOf, PageRequest, Shown, Text, type Page } from '#wire';
import { FINDING_KINDS, type FindingKind } from './pointers.ts';

export const FINDING_STATES = ['open', 'confirmed', 'unfounded'] as const;
export type FindingState = (typeof FINDING_STATES)[number];
export const VERDICTS = ['confirmed', 'unfounded'] as const;

export class FindingListRequest extends PageRequest {
  @Text({ optional: true, max: 200 })
  agencyId?: string;

  @OneOf(FINDING_STATES, { optional: true })
  state?: FindingState;

  @OneOf(FINDING_KINDS, { optional: true })
  kind?: FindingKind;
}

export class JudgementRequest {
  @OneOf(VERDICTS)
  verdict!: (typeof VERDICTS)[number];

  @Text({ max: 2000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}

export class AgencyCheckRequest {
  @LocalDate({ nullable: true, description: 'The day to look at; left out: today, as far as it has come' })
  day?: string | null;
}

export class EvidenceView {
  @Shown.localDate()
  readonly day!: string;

  @Shown.whole({ description: 'Contacts behind it; 1 where the register alone shows it' })
  readonly seen!: number;

  @Shown.texts()
  readonly collectorIds!: readonly string[];

  @Shown.texts()
  readonly deviceIds!: readonly string[];

  @Shown.texts()
  readonly agencyIds!: readonly string[];

  @Shown.text({ nullable: true, description: 'As the labour contract says' })
  readonly employer!: string | null;

  @Shown.instant({ nullable: true })
  readonly from!: string | null;

  @Shown.instant({ nullable: true })
  readonly to!: string | null;
}

export class AgencyFindingView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly agencyId!: string;

  @Shown.text()
  readonly agencyName!: string;

  @Shown.oneOf(FINDING_KINDS)
  readonly kind!: string;

  @Shown.text({ description: 'The tool, seat or collector that it is about' })
  readonly about!: string;

  @Shown.oneOf(FINDING_STATES)
  readonly state!: string;

  @Shown.localDate()
  readonly firstSeenOn!: string;

  @Shown.localDate()
  readonly lastSeenOn!: string;

  @Shown.whole({ description: 'Contacts behind it, of all days' })
  readonly seen!: number;

  @Shown.list(() => EvidenceView, { description: 'By day, the last first; 30 at most' })
  readonly evidence!: readonly EvidenceView[];

  @Shown.text({ nullable: true })
  readonly judgedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly judgedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly reason!: string | null;
}

export class AgencyFindingPage implements Page<AgencyFindingView> {
  @Shown.list(() => AgencyFindingView)
  readonly items!: readonly AgencyFindingView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class AgencyCheckView {
  @Shown.localDate()
  readonly day!: string;

  @Shown.whole({ description: 'Findings that the day is evidence of' })
  readonly findings!: number;

  @Shown.whole({ description: 'Those of them that are to be judged' })
  readonly open!: number;
}

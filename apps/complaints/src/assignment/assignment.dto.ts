import { Flag, Nested, Shown, Text, Whole } from '#wire';
import { RECUSAL_REASONS } from '../desk/recusal.ts';
import { PARTS, type Part, type Weights } from './score.ts';

export class AssignmentRequest {
  @Text({ nullable: true, description: 'The subject of who is to handle it; left out with `auto`' })
  handler?: string | null;

  @Flag({ nullable: true, description: 'True: whoever the suggestion puts first' })
  auto?: boolean | null;

  @Text({ nullable: true, max: 400, description: 'Why, of a complaint that somebody had; kept sealed' })
  reason?: string | null;
}

export class HandoverRequest {
  @Text({ nullable: true, description: 'Who takes all of them; each goes to whom the suggestion puts first when left out' })
  handler?: string | null;

  @Text({ max: 400, description: 'Why; kept sealed' })
  reason!: string;
}

export class WeightsRequest implements Weights {
  @Whole({ max: 100 })
  area!: number;

  @Whole({ max: 100 })
  cause!: number;

  @Whole({ max: 100 })
  channel!: number;

  @Whole({ max: 100 })
  language!: number;

  @Whole({ max: 100, description: 'For whoever has least to do' })
  load!: number;
}

export class AssignmentRuleRequest {
  @Flag({ description: 'True: new complaints are assigned at once' })
  automatic!: boolean;

  @Nested(() => WeightsRequest, { description: 'The most points that each part can give' })
  weights!: WeightsRequest;
}

export class WeightsView implements Weights {
  @Shown.whole()
  readonly area!: number;

  @Shown.whole()
  readonly cause!: number;

  @Shown.whole()
  readonly channel!: number;

  @Shown.whole()
  readonly language!: number;

  @Shown.whole()
  readonly load!: number;
}

export class AssignmentRuleView {
  @Shown.flag()
  readonly automatic!: boolean;

  @Shown.nested(() => WeightsView)
  readonly weights!: WeightsView;

  @Shown.text({ nullable: true, description: 'Null: nobody has, it is what the product says' })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;
}

export class ScorePartView {
  @Shown.oneOf(PARTS)
  readonly part!: Part;

  @Shown.number()
  readonly points!: number;

  @Shown.number({ description: 'The most that the part can give' })
  readonly of!: number;
}

export class CandidateView {
  @Shown.text()
  readonly subject!: string;

  @Shown.text({ description: 'Empty for who may not see names' })
  readonly name!: string;

  @Shown.text({ nullable: true, description: 'The code of the unit' })
  readonly unit!: string | null;

  @Shown.number()
  readonly score!: number;

  @Shown.list(() => ScorePartView)
  readonly parts!: readonly ScorePartView[];

  @Shown.whole({ description: 'Open complaints' })
  readonly open!: number;

  @Shown.number({ description: 'The same, heavier the nearer they are due: overdue or today 3, within three days 2, paused 0.5' })
  readonly load!: number;

  @Shown.whole()
  readonly capacity!: number;
}

export const OUT_REASONS = ['away', 'full', 'takes-none', 'of-agency', ...RECUSAL_REASONS] as const;
export type OutReason = (typeof OUT_REASONS)[number];

export class OutView {
  @Shown.text()
  readonly subject!: string;

  @Shown.text()
  readonly name!: string;

  @Shown.oneOf(OUT_REASONS)
  readonly reason!: OutReason;

  @Shown.localDate({ nullable: true, description: 'Away: the last day' })
  readonly until!: string | null;

  @Shown.text({ nullable: true, description: 'The article, where a rule keeps him out' })
  readonly source!: string | null;
}

export class SuggestionView {
  @Shown.flag({ description: 'New complaints are assigned at once' })
  readonly automatic!: boolean;

  @Shown.list(() => CandidateView, { description: 'Who can take it, the best first' })
  readonly candidates!: readonly CandidateView[];

  @Shown.list(() => OutView, { description: 'Who cannot, and why' })
  readonly out!: readonly OutView[];
}

export class HandoverView {
  @Shown.whole({ description: 'Complaints that somebody else has now' })
  readonly moved!: number;

  @Shown.whole({ description: 'Complaints that nobody can take' })
  readonly left!: number;
}

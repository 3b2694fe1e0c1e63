import { CASE_STATUSES, CHANNELS, MODES, PURPOSES, type CaseStatus, type Channel, type Mode, type Purpose } from '#contact-rules';
import type { RunFailureJson, RunProgress, RunState } from '#runs';
import { Instant, Nested, OneOf, Shown, Text, Texts, type Page } from '#wire';
import { POINT_CHOICES, type CaseFilter, type PointChoice, type Question } from './question.ts';
import { VERDICTS, type ScreeningVerdict } from './result-text.ts';
import type { AgencyCount, HourCount, RuleCount, ScreeningSummary } from './tally.ts';

/** JSON lists end here: longer ones are files. */
export const LONGEST_JSON_LIST = 20_000;
const STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

export class ScreeningFilter {
  @Text({ nullable: true, min: 1, description: 'Cases entrusted to this agency' })
  agencyId?: string | null;

  @Text({ nullable: true, min: 1 })
  product?: string | null;

  @Text({ nullable: true, min: 1, description: 'As given at import' })
  debtorId?: string | null;

  @OneOf(CASE_STATUSES, { nullable: true })
  state?: CaseStatus | null;
}

export class ScreeningRequest {
  @Text({ nullable: true, description: 'For whoever reads the list of screenings' })
  name?: string | null;

  @Nested(() => ScreeningFilter, { nullable: true, description: 'The whole portfolio when neither a filter nor a list is given' })
  filter?: ScreeningFilter | null;

  @Texts({
    nullable: true,
    maxItems: LONGEST_JSON_LIST,
    description: 'By the caseId given at import or by id; instead of a filter. Longer lists: a file of up to 1,000,000',
  })
  caseIds?: string[] | null;

  @OneOf(CHANNELS, { nullable: true, description: 'voice when left out' })
  channel?: Channel | null;

  @OneOf(MODES, { nullable: true, description: 'interactive when left out' })
  mode?: Mode | null;

  @OneOf(PURPOSES, { nullable: true, description: 'collect when left out' })
  purpose?: Purpose | null;

  @Instant({ nullable: true, description: 'The instant that is judged; when the screening begins, when left out' })
  at?: string | null;

  @Texts({ nullable: true, description: 'Who would make the contacts; whoever asks when left out' })
  collectorIds?: string[] | null;

  @Text({ nullable: true, min: 1, description: 'The telephone, line or account that would be used' })
  deviceId?: string | null;

  @Text({ nullable: true, min: 1, description: 'The template of a message, in its newest approved version' })
  templateId?: string | null;

  @OneOf(POINT_CHOICES, {
    nullable: true,
    description:
      '`first` (when left out): the first contact point of the debtor that serves the channel. `first-permitted`: they are tried in order; where none is permitted, the one that is permitted soonest is shown',
  })
  pointChoice?: PointChoice | null;
}

export class ScreeningProgress implements RunProgress {
  @Shown.whole({ description: 'Cases so far' })
  readonly done!: number;

  @Shown.whole({ nullable: true })
  readonly total!: number | null;
}

export class ScreeningFailure implements RunFailureJson {
  @Shown.text({ example: 'columns' })
  readonly code!: string;

  @Shown.text()
  readonly detail!: string;

  @Shown.whole({ nullable: true, description: 'Of the list, as a spreadsheet counts' })
  readonly row!: number | null;

  @Shown.text({ nullable: true })
  readonly column!: string | null;
}

export class ScreeningQuestion implements Question {
  @Shown.oneOf(CHANNELS)
  readonly channel!: Channel;

  @Shown.oneOf(MODES)
  readonly mode!: Mode;

  @Shown.oneOf(PURPOSES)
  readonly purpose!: Purpose;

  @Shown.instant({ nullable: true })
  readonly at!: string | null;

  @Shown.texts()
  readonly collectorIds!: readonly string[];

  @Shown.text({ nullable: true })
  readonly deviceId!: string | null;

  @Shown.text({ nullable: true })
  readonly templateId!: string | null;

  @Shown.oneOf(POINT_CHOICES)
  readonly pointChoice!: PointChoice;
}

export class ScreeningCases implements CaseFilter {
  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.text({ nullable: true })
  readonly product!: string | null;

  @Shown.text({ nullable: true })
  readonly debtorId!: string | null;

  @Shown.oneOf(CASE_STATUSES, { nullable: true })
  readonly state!: CaseStatus | null;

  @Shown.text({ nullable: true, description: 'The name of the file, where there was a list' })
  readonly list!: string | null;
}

export class NotJudged {
  @Shown.whole({ description: 'Ids of the list that name no case here' })
  readonly caseId!: number;

  @Shown.whole({ description: 'Cases without a debtor among their parties' })
  readonly partyId!: number;

  @Shown.whole({ description: 'Cases whose debtor has no contact point for the channel' })
  readonly contactPointId!: number;
}

export class ScreeningRule implements RuleCount {
  @Shown.text({ example: 'quiet-hours' })
  readonly ruleId!: string;

  @Shown.text()
  readonly pack!: string;

  @Shown.oneOf(['block', 'warn'])
  readonly severity!: 'block' | 'warn';

  @Shown.text({ nullable: true, description: 'For `missing-fact`, the fact that is missing' })
  readonly fact!: string | null;

  @Shown.whole()
  readonly cases!: number;
}

export class ScreeningAgency implements AgencyCount {
  @Shown.text({ nullable: true, description: 'To which the cases are entrusted; null: the institution itself' })
  readonly agencyId!: string | null;

  @Shown.whole()
  readonly cases!: number;

  @Shown.whole()
  readonly permitted!: number;

  @Shown.whole()
  readonly refused!: number;

  @Shown.whole()
  readonly notJudged!: number;
}

export class ScreeningHour implements HourCount {
  @Shown.instant({ description: 'The beginning of the hour' })
  readonly hour!: string;

  @Shown.whole()
  readonly cases!: number;
}

export class ScreeningPack {
  @Shown.text({ example: 'cn-card' })
  readonly pack!: string;

  @Shown.whole({ example: 1 })
  readonly version!: number;
}

export class ScreeningPolicy {
  @Shown.text({ nullable: true, description: 'Null: all products without a version of their own' })
  readonly product!: string | null;

  @Shown.whole({ nullable: true, description: "Of the institution's policy; null: it has none" })
  readonly version!: number | null;

  @Shown.list(() => ScreeningPack)
  readonly packs!: readonly ScreeningPack[];
}

type Told = Pick<ScreeningSummary, 'byRule' | 'byAgency' | 'byNextHour' | 'policies' | 'unknownCaseIds' | 'unreadableRows'>;

/** A screening: how far it is and, once done, what it amounts to. Null and empty until then. */
export class ScreeningView implements Told {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ nullable: true })
  readonly name!: string | null;

  @Shown.oneOf(STATES)
  readonly state!: RunState;

  @Shown.nested(() => ScreeningProgress, { nullable: true })
  readonly progress!: ScreeningProgress | null;

  @Shown.nested(() => ScreeningFailure, { nullable: true })
  readonly failure!: ScreeningFailure | null;

  @Shown.text({ nullable: true, description: 'Who asks; null: the institution itself' })
  readonly agencyId!: string | null;

  @Shown.nested(() => ScreeningQuestion)
  readonly question!: ScreeningQuestion;

  @Shown.nested(() => ScreeningCases)
  readonly filter!: ScreeningCases;

  @Shown.instant({ nullable: true, description: 'The instant that was judged' })
  readonly at!: string | null;

  @Shown.whole({ nullable: true, description: 'permitted + refused + those that could not be judged' })
  readonly cases!: number | null;

  @Shown.whole({ nullable: true })
  readonly permitted!: number | null;

  @Shown.whole({ nullable: true })
  readonly refused!: number | null;

  @Shown.nested(() => NotJudged, { nullable: true })
  readonly notJudged!: NotJudged | null;

  @Shown.texts({ description: 'The first 100 ids of the list that name no case here; the results name all' })
  readonly unknownCaseIds!: readonly string[];

  @Shown.wholes({ description: 'The first 100 rows of the list that hold no id' })
  readonly unreadableRows!: readonly number[];

  @Shown.list(() => ScreeningRule, { description: 'A case counts for each of its reasons' })
  readonly byRule!: readonly ScreeningRule[];

  @Shown.list(() => ScreeningAgency)
  readonly byAgency!: readonly ScreeningAgency[];

  @Shown.list(() => ScreeningHour, { description: 'Refused cases by the hour from which they are permitted, within seven days' })
  readonly byNextHour!: readonly ScreeningHour[];

  @Shown.whole({ nullable: true, description: 'Refused cases that are permitted later than that' })
  readonly nextLater!: number | null;

  @Shown.whole({ nullable: true, description: 'Refused cases that time alone does not help' })
  readonly nextNever!: number | null;

  @Shown.list(() => ScreeningPolicy)
  readonly policies!: readonly ScreeningPolicy[];

  @Shown.text()
  readonly requestedBy!: string;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.instant({ nullable: true })
  readonly finishedAt!: string | null;
}

export class ScreeningPage implements Page<ScreeningView> {
  @Shown.list(() => ScreeningView, { description: 'The newest first' })
  readonly items!: readonly ScreeningView[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}

/** `?verdict=`. */
export class ResultsRequest {
  @OneOf(VERDICTS, { optional: true, description: 'All when left out' })
  verdict?: ScreeningVerdict;
}

import { Flag, Nested, OneOf, Shown, Text, Texts, Whole, type PageRequest } from '#wire';
import { PaperView } from '../sorting/paper.service.ts';
import { DECISIONS, STANDINGS } from './judgement.store.ts';
import { SIGNALS } from './signals.ts';

export const RECEIVERS = ['regulator', 'police'] as const;
export type Receiver = (typeof RECEIVERS)[number];

export class BadFaithFlagRequest {
  @Text({ max: 2000, description: 'Which proof looks forged, and why; kept sealed' })
  note!: string;
}

export class BadFaithDecisionRequest {
  @OneOf(DECISIONS, { description: '`suspected` stands once a second person agrees; `open`: nobody has decided' })
  decision!: (typeof DECISIONS)[number];

  @Text({ max: 4000, description: 'Why; kept sealed' })
  reason!: string;
}

export class BadFaithSecondRequest {
  @Flag({ description: 'Whether the second person suspects it as well' })
  agrees!: boolean;

  @Text({ nullable: true, max: 4000, description: 'Kept sealed; needed to disagree' })
  note?: string | null;
}

export class BadFaithReportRequest {
  @OneOf(RECEIVERS)
  receiver!: Receiver;

  @Text({ max: 200, description: 'To whom by name, as the letter says it', example: '国家金融监督管理总局黑龙江监管局' })
  addressee!: string;

  @Text({ max: 4000, description: 'What is asked, and what else is to be said; printed' })
  statement!: string;
}

export class BadFaithListRequest implements PageRequest {
  @OneOf(STANDINGS, { optional: true })
  standing?: (typeof STANDINGS)[number];

  @Whole({ optional: true, min: 1, max: 200, description: 'How many items at most; 50 when left out' })
  limit?: number;

  @Text({ optional: true, max: 400, description: '`nextCursor` of the page before' })
  cursor?: string;
}

export class SignalWeightDto {
  @Whole({ min: 1, max: 100, description: 'Points of 100' })
  weight!: number;

  @Whole({ min: 1, max: 60, description: 'From this number on it counts' })
  from!: number;

  @Whole({ min: 1, max: 60, description: 'At this number with its whole weight' })
  full!: number;
}

export class SignalWeightsDto {
  @Nested(() => SignalWeightDto)
  'near-identical-text'!: SignalWeightDto;

  @Nested(() => SignalWeightDto)
  'shared-contact'!: SignalWeightDto;

  @Nested(() => SignalWeightDto)
  'same-proxy'!: SignalWeightDto;

  @Nested(() => SignalWeightDto)
  'fee-demand'!: SignalWeightDto;

  @Nested(() => SignalWeightDto)
  'forged-proof'!: SignalWeightDto;
}

export class BadFaithSettingsRequest {
  @Whole({ min: 1, description: 'The version that you read: nobody overwrites what somebody else has set since' })
  version!: number;

  @Nested(() => SignalWeightsDto)
  signals!: SignalWeightsDto;

  @Texts({ maxItems: 300, description: 'Words that demand fees or speak of agencies for refunds' })
  words!: string[];

  @Whole({ min: 7, max: 730, description: 'Complaints so many days before and after are compared' })
  windowDays!: number;

  @Whole({ min: 50, max: 100, description: 'From so many percent on texts are near-identical' })
  alikePercent!: number;

  @Whole({ min: 10, max: 100, description: 'From this score on it is on the list; more than any one sign weighs' })
  lookFrom!: number;

  @Text({ max: 2000, description: 'Why; shown to everyone who may read the settings' })
  note!: string;
}

export class BadFaithSettingsView {
  @Shown.whole({ description: '1 comes with the product' })
  readonly version!: number;

  @Shown.nested(() => SignalWeightsDto)
  readonly signals!: SignalWeightsDto;

  @Shown.texts()
  readonly words!: readonly string[];

  @Shown.whole()
  readonly windowDays!: number;

  @Shown.whole()
  readonly alikePercent!: number;

  @Shown.whole()
  readonly lookFrom!: number;

  @Shown.text({ nullable: true })
  readonly note!: string | null;

  @Shown.text({ nullable: true })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;
}

export class NamedComplaint {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly number!: string;
}

export class SignalView {
  @Shown.oneOf(SIGNALS)
  readonly signal!: string;

  @Shown.whole({ description: 'How many: complainants, this one included; words; or flags' })
  readonly count!: number;

  @Shown.whole({ description: 'The most that it can bring' })
  readonly weight!: number;

  @Shown.whole({ description: 'What it brings to the score' })
  readonly points!: number;

  @Shown.list(() => NamedComplaint, { description: 'The other complaints, the newest twenty' })
  readonly complaints!: readonly NamedComplaint[];

  @Shown.texts({ description: 'The words of the list that were said' })
  readonly words!: readonly string[];
}

export class BadFaithFlagView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ nullable: true, description: 'Null for who may not see personal data' })
  readonly note!: string | null;

  @Shown.text()
  readonly by!: string;

  @Shown.instant()
  readonly at!: string;

  @Shown.text({ nullable: true })
  readonly withdrawnBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly withdrawnAt!: string | null;
}

export class BadFaithDecisionView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(DECISIONS)
  readonly decision!: string;

  @Shown.text({ nullable: true, description: 'Null for who may not see personal data' })
  readonly reason!: string | null;

  @Shown.whole({ description: 'The score when it was decided' })
  readonly score!: number;

  @Shown.text()
  readonly by!: string;

  @Shown.instant()
  readonly at!: string;

  @Shown.text({ nullable: true })
  readonly secondBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly secondAt!: string | null;

  @Shown.flag({ nullable: true })
  readonly secondAgrees!: boolean | null;

  @Shown.text({ nullable: true })
  readonly secondNote!: string | null;
}

export class BadFaithView {
  @Shown.oneOf(STANDINGS, { description: 'What people say; it changes neither the state nor the clock of the complaint' })
  readonly standing!: string;

  @Shown.whole({ nullable: true, description: 'Of 100; null: not computed yet' })
  readonly score!: number | null;

  @Shown.list(() => SignalView)
  readonly signals!: readonly SignalView[];

  @Shown.whole({ nullable: true })
  readonly settingsVersion!: number | null;

  @Shown.instant({ nullable: true })
  readonly computedAt!: string | null;

  @Shown.list(() => BadFaithFlagView)
  readonly flags!: readonly BadFaithFlagView[];

  @Shown.list(() => BadFaithDecisionView, { description: 'The newest first' })
  readonly decisions!: readonly BadFaithDecisionView[];

  @Shown.list(() => PaperView, { description: 'What was written to a regulator or the police' })
  readonly reports!: readonly PaperView[];
}

export class ListedSignal {
  @Shown.oneOf(SIGNALS)
  readonly signal!: string;

  @Shown.whole()
  readonly count!: number;

  @Shown.whole()
  readonly points!: number;
}

export class BadFaithItem {
  @Shown.uuid()
  readonly complaintId!: string;

  @Shown.text()
  readonly number!: string;

  @Shown.instant()
  readonly receivedAt!: string;

  @Shown.whole()
  readonly score!: number;

  @Shown.list(() => ListedSignal)
  readonly signals!: readonly ListedSignal[];

  @Shown.oneOf(STANDINGS)
  readonly standing!: string;
}

export class BadFaithPage {
  @Shown.list(() => BadFaithItem)
  readonly items!: readonly BadFaithItem[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

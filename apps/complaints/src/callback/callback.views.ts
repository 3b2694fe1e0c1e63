import { Shown, type Page } from '#wire';
import { CallbackSettingRequest, CALLBACK_PURPOSES, CALLBACK_STATES, RESOLVED, TRY_RESULTS } from './callback.dto.ts';

export class CallbackSettingView extends CallbackSettingRequest {
  @Shown.text({ nullable: true, description: 'Null: as the product has it' })
  readonly changedBy!: string | null;
}

export class TryView {
  @Shown.instant()
  readonly at!: string;

  @Shown.text()
  readonly by!: string;

  @Shown.oneOf(TRY_RESULTS)
  readonly result!: string;

  @Shown.text({ nullable: true })
  readonly note!: string | null;
}

export class CallbackView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.uuid()
  readonly complaintId!: string;

  @Shown.text({ example: 'TS20261121-000001' })
  readonly complaintNumber!: string;

  @Shown.oneOf(CALLBACK_PURPOSES)
  readonly purpose!: string;

  @Shown.oneOf(['link', 'phone'])
  readonly channel!: string;

  @Shown.oneOf(CALLBACK_STATES)
  readonly state!: string;

  @Shown.instant()
  readonly plannedAt!: string;

  @Shown.instant({ nullable: true, description: 'Until when the link holds' })
  readonly expiresAt!: string | null;

  @Shown.text({ nullable: true, description: 'Whose work is judged' })
  readonly handler!: string | null;

  @Shown.text({ nullable: true, description: 'Of a withdrawal: who reported it' })
  readonly reportedBy!: string | null;

  @Shown.text({ nullable: true })
  readonly report!: string | null;

  @Shown.flag({ description: 'Whether the answer is shown: to supervisors and head office, and to who took it down' })
  readonly answerShown!: boolean;

  @Shown.whole({ nullable: true })
  readonly score!: number | null;

  @Shown.oneOf(RESOLVED, { nullable: true })
  readonly resolved!: string | null;

  @Shown.text({ nullable: true })
  readonly comment!: string | null;

  @Shown.instant({ nullable: true })
  readonly answeredAt!: string | null;

  @Shown.oneOf(['link', 'phone'], { nullable: true })
  readonly answeredVia!: string | null;

  @Shown.flag({ description: 'A low score that nobody has looked at' })
  readonly toLook!: boolean;

  @Shown.text({ nullable: true })
  readonly lookedBy!: string | null;

  @Shown.text({ nullable: true })
  readonly look!: string | null;

  @Shown.list(() => TryView)
  readonly tries!: readonly TryView[];
}

export class DrawView {
  @Shown.whole({ description: 'First four bytes of SHA-256 over institution/id, modulo 10,000' })
  readonly bucket!: number;

  @Shown.whole({ description: 'What was to be drawn then: buckets below a hundred times this' })
  readonly samplePercent!: number;

  @Shown.flag()
  readonly drawn!: boolean;

  @Shown.oneOf(['no-contact'], { nullable: true, description: 'Why it was not planned although it was drawn' })
  readonly whyNot!: string | null;
}

export class CallbackList {
  @Shown.list(() => CallbackView)
  readonly items!: readonly CallbackView[];

  @Shown.nested(() => DrawView, { nullable: true, description: 'How it was drawn; null: nobody was told yet' })
  readonly draw!: DrawView | null;
}

export class CallbackPage implements Page<CallbackView> {
  @Shown.list(() => CallbackView)
  readonly items!: readonly CallbackView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class FigureView {
  @Shown.text({ nullable: true, description: 'A handler, unit, agency or cause; null: none' })
  readonly key!: string | null;

  @Shown.whole()
  readonly asked!: number;

  @Shown.flag({ description: 'Too few answers to be shown, or what is left out would follow from them' })
  readonly suppressed!: boolean;

  @Shown.whole({ nullable: true })
  readonly answered!: number | null;

  @Shown.whole({ nullable: true })
  readonly refused!: number | null;

  @Shown.whole({ nullable: true })
  readonly unreachable!: number | null;

  @Shown.whole({ nullable: true })
  readonly expired!: number | null;

  @Shown.wholes({ description: 'How many gave each score, from 1 to 5; empty where it is not shown' })
  readonly scores!: readonly number[];

  @Shown.number({ nullable: true })
  readonly average!: number | null;
}

export class FiguresView {
  @Shown.whole({ description: 'No figure is shown of fewer answers' })
  readonly minimumCount!: number;

  @Shown.nested(() => FigureView)
  readonly total!: FigureView;

  @Shown.list(() => FigureView)
  readonly rows!: readonly FigureView[];
}

export class QuestionView {
  @Shown.text({ example: 'TS20261121-000001' })
  readonly number!: string;

  @Shown.instant({ description: 'Until when it can be answered' })
  readonly expiresAt!: string;
}

export class ThanksView {
  @Shown.flag()
  readonly taken!: boolean;
}

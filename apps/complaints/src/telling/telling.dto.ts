import { Free, Instant, OneOf, Shown, Text, Texts } from '#wire';
import { ClockRejection } from '../complaint/complaint.view.ts';
import { DISPATCH_STATES, type DispatchState } from '../dispatch/dispatch.states.ts';
import { LETTER_KINDS, type LetterKind } from '../letter-template/letter-kinds.ts';
import { TELLING_FORMS, TRY_FORMS, TRY_RESULTS, type TellingForm, type TryForm, type TryResult } from './forms.ts';

export class TellingRequest {
  @OneOf(LETTER_KINDS, { description: 'What is told: the decision, or what is not the decision, such as a longer term' })
  about!: LetterKind;

  @OneOf(TELLING_FORMS)
  form!: TellingForm;

  @OneOf(['complainant', 'representative'], {
    nullable: true,
    description:
      'Who is told; the complainant when left out. A proxy or an heir only once the paper that lets him was examined (CMP20 14); for heirs there is nobody else',
  })
  recipient?: 'complainant' | 'representative' | null;

  @Instant({ nullable: true, description: 'When it was handed over, posted or dialled; of a text or mail when it leaves' })
  at?: string | null;

  @Texts({ optional: true, maxItems: 10, description: 'Files of the complaint that prove it' })
  fileIds?: string[];

  @Text({ nullable: true, max: 100, description: 'Paper handed over: who took it; kept sealed, as all of the proof' })
  receivedBy?: string | null;

  @Text({ nullable: true, max: 200, description: 'Paper handed over: where the signed receipt is' })
  receiptRef?: string | null;

  @Text({ nullable: true, max: 100, description: 'Paper posted: the number under which' })
  trackingNo?: string | null;

  @Text({ nullable: true, max: 200, description: 'Phone: the recording of the call' })
  recordingRef?: string | null;

  @Text({ nullable: true, max: 100, description: 'Phone: who spoke' })
  spokeWith?: string | null;

  @Text({ nullable: true, max: 4000, description: 'Phone: what was read out and said back' })
  readBack?: string | null;

  @Text({ nullable: true, max: 200, description: 'Text or mail: where to; the contact of the complaint when left out' })
  to?: string | null;

  @OneOf(['zh', 'en'], { optional: true })
  language?: 'zh' | 'en';

  @Free({ optional: true, description: 'Text or mail: `reason`, `documents`, `answerBy`, where the template names them' })
  values?: Record<string, unknown>;
}

export class NoticeTryRequest {
  @OneOf(TRY_FORMS)
  form!: TryForm;

  @Instant({ nullable: true, description: 'Now when left out' })
  at?: string | null;

  @OneOf(TRY_RESULTS)
  result!: TryResult;

  @Text({ nullable: true, max: 1000, description: 'Kept sealed' })
  note?: string | null;
}

export class WaiverRequest {
  @Text({ max: 2000, description: 'Why the complainant cannot be reached; kept sealed' })
  reason!: string;
}

export const NOTICE_STATES = ['sending', 'told', 'failed'] as const;
export const WAIVER_STATES = ['waiting', 'approved', 'refused', 'lapsed'] as const;

export class ProofView {
  @Shown.texts()
  readonly fileIds!: readonly string[];

  @Shown.text({ nullable: true })
  readonly receivedBy!: string | null;

  @Shown.text({ nullable: true })
  readonly receiptRef!: string | null;

  @Shown.text({ nullable: true })
  readonly trackingNo!: string | null;

  @Shown.text({ nullable: true })
  readonly recordingRef!: string | null;

  @Shown.text({ nullable: true })
  readonly spokeWith!: string | null;

  @Shown.text({ nullable: true })
  readonly readBack!: string | null;

  @Shown.text({ nullable: true })
  readonly to!: string | null;
}

export class NoticeView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(LETTER_KINDS)
  readonly about!: LetterKind;

  @Shown.oneOf(TELLING_FORMS)
  readonly form!: TellingForm;

  @Shown.oneOf(NOTICE_STATES, { description: 'failed: it did not arrive, and must be told in another form' })
  readonly state!: (typeof NOTICE_STATES)[number];

  @Shown.instant({ nullable: true, description: 'The instant that counts' })
  readonly toldAt!: string | null;

  @Shown.nested(() => ProofView, { nullable: true, description: 'Null for those who do not work on complaints' })
  readonly proof!: ProofView | null;

  @Shown.uuid({ nullable: true })
  readonly dispatchId!: string | null;

  @Shown.text({ nullable: true, description: 'The name that gateway or mail server gave it' })
  readonly providerId!: string | null;

  @Shown.oneOf(DISPATCH_STATES, { nullable: true })
  readonly dispatchState!: DispatchState | null;

  @Shown.whole({ nullable: true })
  readonly tries!: number | null;

  @Shown.text({ nullable: true, description: 'Why it failed: a word' })
  readonly code!: string | null;

  @Shown.flag({ description: 'Whether the clock took it for the telling of the decision' })
  readonly counted!: boolean;

  @Shown.text({ nullable: true, description: 'Why the clock did not take it' })
  readonly rejected!: string | null;

  @Shown.text()
  readonly recordedBy!: string;

  @Shown.instant()
  readonly recordedAt!: string;
}

export class NoticeTryView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(TRY_FORMS)
  readonly form!: TryForm;

  @Shown.instant()
  readonly at!: string;

  @Shown.oneOf(TRY_RESULTS)
  readonly result!: TryResult;

  @Shown.text({ nullable: true })
  readonly note!: string | null;

  @Shown.text()
  readonly recordedBy!: string;
}

export class WaiverView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(WAIVER_STATES)
  readonly state!: (typeof WAIVER_STATES)[number];

  @Shown.text({ nullable: true })
  readonly reason!: string | null;

  @Shown.whole()
  readonly tries!: number;

  @Shown.text()
  readonly askedBy!: string;

  @Shown.instant()
  readonly askedAt!: string;

  @Shown.text({ nullable: true })
  readonly settledBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly settledAt!: string | null;
}

export class TriesView {
  @Shown.whole()
  readonly tries!: number;

  @Shown.whole({ description: 'On how many local days' })
  readonly days!: number;

  @Shown.whole({ description: 'In how many forms' })
  readonly forms!: number;
}

export class ToldView {
  @Shown.oneOf(LETTER_KINDS)
  readonly about!: LetterKind;

  @Shown.instant({ description: 'The latest' })
  readonly at!: string;
}

export class TellingView {
  @Shown.instant({ nullable: true })
  readonly decidedAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly toldAt!: string | null;

  @Shown.instant()
  readonly dueAt!: string;

  @Shown.flag({ description: 'The last notice of the decision did not arrive, and none in another form has followed' })
  readonly needsAnotherForm!: boolean;

  @Shown.list(() => NoticeView, { description: 'The newest first' })
  readonly notices!: readonly NoticeView[];

  @Shown.list(() => NoticeTryView, { description: 'The newest first' })
  readonly tries!: readonly NoticeTryView[];

  @Shown.nested(() => TriesView, { description: 'Tries since the decision, failed messages among them' })
  readonly tried!: TriesView;

  @Shown.nested(() => TriesView, { description: 'What the institution asks for before the telling may be waived' })
  readonly minimum!: TriesView;

  @Shown.flag()
  readonly mayWaive!: boolean;

  @Shown.list(() => WaiverView)
  readonly waivers!: readonly WaiverView[];

  @Shown.list(() => ToldView, { description: 'When the complainant was last told of each, for an extension or a pause that asks for it' })
  readonly told!: readonly ToldView[];
}

export class TellingAnswer {
  @Shown.flag({ description: 'Whether it stands: a text or mail counts once it was sent' })
  readonly accepted!: boolean;

  @Shown.nested(() => ClockRejection, { nullable: true, description: 'Why the rules do not allow it' })
  readonly rejected!: ClockRejection | null;

  @Shown.nested(() => TellingView)
  readonly telling!: TellingView;
}

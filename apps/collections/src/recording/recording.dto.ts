import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { Instant, OneOf, PageRequest, Shown, Text, Whole, type Page } from '#wire';
import { LONGEST_YEARS, SHORTEST_YEARS } from './keep-until.ts';

export const RECORDING_KINDS = ['voice', 'visit'] as const;
export type RecordingKind = (typeof RECORDING_KINDS)[number];

export const KEPT_FOR = ['legal-hold', 'debt', 'term'] as const;

const Sha256 = (): PropertyDecorator =>
  applyDecorators(
    Text({ max: 64, description: 'SHA-256 of the file, in hex' }),
    Matches(/^[0-9a-f]{64}$/, { message: 'must be 64 hex digits, small letters' }),
  );

export class RecordingReferenceRequest {
  @Text({ optional: true, description: 'The contact that it is of; with it, `caseId` may be left out' })
  attemptId?: string;

  @Text({ optional: true, description: 'The case, by the caseId given at import or by id' })
  caseId?: string;

  @OneOf(RECORDING_KINDS, { optional: true, description: 'As the channel of the contact when left out, else voice' })
  kind?: RecordingKind;

  @Text({
    max: 2000,
    description: 'Where it is kept: https, s3 or file; kept sealed',
    example: 'https://recordings.bank.example/2026/11/21/7.wav',
  })
  uri!: string;

  @Sha256()
  sha256!: string;

  @Text({ optional: true, max: 100, example: 'audio/wav', description: 'audio/wav when left out' })
  mediaType?: string;

  @Instant({ optional: true, description: 'When it was made; when the contact began, or now, when left out' })
  recordedAt?: string;
}

export class RecordingListRequest extends PageRequest {
  @Text({ optional: true, description: 'Only of this contact' })
  attemptId?: string;
}

export class RecordingReasonRequest {
  @Text({ max: 2000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}

export class RecordingTermRequest {
  @OneOf(RECORDING_KINDS)
  kind!: RecordingKind;

  @Whole({
    min: 0,
    max: 1000,
    description: `From ${SHORTEST_YEARS} to ${LONGEST_YEARS}; a longer term is for those that are kept already as well, a shorter one for new ones alone`,
  })
  keepYears!: number;
}

export class RecordingTermView {
  @Shown.oneOf(RECORDING_KINDS)
  readonly kind!: string;

  @Shown.whole()
  readonly keepYears!: number;

  @Shown.text({ nullable: true, description: 'Null: the product’s own' })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;
}

export class RecordingTerms {
  @Shown.list(() => RecordingTermView)
  readonly items!: readonly RecordingTermView[];
}

export class RecordingView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'As given at import' })
  readonly caseId!: string;

  @Shown.uuid({ nullable: true, description: 'The contact that it is of' })
  readonly attemptId!: string | null;

  @Shown.text({ nullable: true, description: 'Whose people made it; null: the bank’s own' })
  readonly agencyId!: string | null;

  @Shown.oneOf(RECORDING_KINDS)
  readonly kind!: string;

  @Shown.text({ example: 'audio/wav' })
  readonly mediaType!: string;

  @Shown.whole({ nullable: true, description: 'Null: not known' })
  readonly bytes!: number | null;

  @Shown.text({ description: 'In hex' })
  readonly sha256!: string;

  @Shown.flag({ description: 'Whether the file is here; else `uri` says where' })
  readonly keptHere!: boolean;

  @Shown.text({ nullable: true, description: 'Where it is kept; null where it is here, is destroyed, or you may not listen' })
  readonly uri!: string | null;

  @Shown.flag({ description: 'Whether you may listen to it here' })
  readonly mayListen!: boolean;

  @Shown.instant()
  readonly recordedAt!: string;

  @Shown.localDate({ description: 'The last day of its term, included' })
  readonly keepUntil!: string;

  @Shown.oneOf(KEPT_FOR, {
    nullable: true,
    description: 'The most binding of what keeps it today; null: it goes with the next night’s work',
  })
  readonly keptFor!: string | null;

  @Shown.flag({ description: 'Kept until its debt is cleared, whatever its term' })
  readonly untilCleared!: boolean;

  @Shown.instant({ nullable: true, description: 'Since when it is held for the law' })
  readonly heldAt!: string | null;

  @Shown.texts({ description: 'Numbers of open complaints that keep it, whatever its term' })
  readonly complaints!: readonly string[];

  @Shown.text()
  readonly createdBy!: string;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.instant({ nullable: true })
  readonly destroyedAt!: string | null;
}

export class RecordingPage implements Page<RecordingView> {
  @Shown.list(() => RecordingView)
  readonly items!: readonly RecordingView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

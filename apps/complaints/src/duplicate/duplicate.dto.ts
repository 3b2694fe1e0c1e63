import { Instant, Nested, OneOf, Shown, Text, Whole } from '#wire';
import { STATES, type ComplaintState } from '../complaint/complaint.dto.ts';
import { DISPATCH_STATES, type DispatchState } from '../dispatch/dispatch.states.ts';
import { LIKENESS_REASONS, type LikenessReason } from './likeness.ts';

export const DUPLICATE_DECISIONS = ['merged', 'restarted', 'separate'] as const;
export type DuplicateDecision = (typeof DUPLICATE_DECISIONS)[number];
export const TOLD_FORMS = ['sms', 'email', 'paper', 'phone', 'other'] as const;
export type ToldForm = (typeof TOLD_FORMS)[number];
/** Why two cannot be merged. */
export const OBSTACLES = ['earlier-closed', 'later-closed', 'later-decided', 'other-person'] as const;
export type Obstacle = (typeof OBSTACLES)[number];

/** What is known while a complaint is taken in. By contact, id number or account complaints are found; the rest says how alike they are. */
export class KnownRequest {
  @Text({ nullable: true, description: 'Phone, e-mail or address as the complainant gives it' })
  contact?: string | null;

  @Text({ nullable: true })
  idNumber?: string | null;

  @Text({ nullable: true })
  account?: string | null;

  @Text({ nullable: true })
  name?: string | null;

  @Text({ nullable: true })
  subject?: string | null;

  @Text({ nullable: true, max: 20_000 })
  narrative?: string | null;

  @Text({ nullable: true, max: 64 })
  category?: string | null;

  @Text({ nullable: true })
  agencyId?: string | null;

  @Instant({ nullable: true, description: 'When it was received; now when left out' })
  receivedAt?: string | null;
}

export class KnownComplaint {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ example: 'TS20261121-000001' })
  readonly number!: string;

  @Shown.text()
  readonly subject!: string;

  @Shown.text()
  readonly channel!: string;

  @Shown.text({ nullable: true })
  readonly category!: string | null;

  @Shown.text({ nullable: true })
  readonly account!: string | null;

  @Shown.text({ nullable: true })
  readonly handler!: string | null;

  @Shown.instant()
  readonly receivedAt!: string;

  @Shown.localDate()
  readonly dueOn!: string;

  @Shown.oneOf(STATES)
  readonly state!: ComplaintState;

  @Shown.instant({ nullable: true })
  readonly closedAt!: string | null;

  @Shown.manyOf(LIKENESS_REASONS, { description: 'Why it is offered' })
  readonly reasons!: readonly LikenessReason[];

  @Shown.flag({ description: 'Whether a reason says that the same person complains' })
  readonly isSamePerson!: boolean;

  @Shown.flag({ description: 'The same person on the same matter within the window of the setting' })
  readonly isLikely!: boolean;
}

export class KnownList {
  @Shown.list(() => KnownComplaint, { description: 'Likely ones first, then the newest; 20 at most' })
  readonly items!: readonly KnownComplaint[];

  @Shown.whole()
  readonly windowDays!: number;

  @Shown.flag()
  readonly masked!: boolean;
}

export class ToldDto {
  @OneOf(TOLD_FORMS)
  form!: ToldForm;

  @Instant({ nullable: true, description: 'Now when left out' })
  at?: string | null;

  @Text({ max: 2000, description: 'What proves it; kept sealed' })
  proof!: string;
}

export class DuplicateDecisionRequest {
  @Text({ max: 36, description: 'The other complaint; which of the two is the later one follows from when they were received' })
  otherId!: string;

  @OneOf(DUPLICATE_DECISIONS, {
    description:
      '`merged`: the later one goes on as the earlier one; `restarted`: so it does, and its new facts and reasons begin the term of the earlier one anew; `separate`: no duplicates, not offered again',
  })
  decision!: DuplicateDecision;

  @Text({ max: 4000, description: 'Why; of `restarted` the new facts and reasons; kept sealed' })
  note!: string;

  @Nested(() => ToldDto, {
    nullable: true,
    description: 'How the complainant was told; left out: a text or mail is sent to the contact of the later one',
  })
  told?: ToldDto | null;
}

export class DuplicateCandidate extends KnownComplaint {
  @Shown.flag({ description: 'Whether it was received before this one' })
  readonly isEarlier!: boolean;

  @Shown.flag()
  readonly mayMerge!: boolean;

  @Shown.flag({ description: 'Whether new facts of the later one would begin the term of the earlier one anew' })
  readonly mayRestart!: boolean;

  @Shown.oneOf(OBSTACLES, { nullable: true, description: 'Why not' })
  readonly obstacle!: Obstacle | null;
}

export class DuplicateLink {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly number!: string;

  @Shown.instant()
  readonly receivedAt!: string;
}

export class DuplicateDecisionView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(DUPLICATE_DECISIONS)
  readonly decision!: DuplicateDecision;

  @Shown.nested(() => DuplicateLink)
  readonly later!: DuplicateLink;

  @Shown.nested(() => DuplicateLink)
  readonly earlier!: DuplicateLink;

  @Shown.manyOf(LIKENESS_REASONS)
  readonly reasons!: readonly LikenessReason[];

  @Shown.text({ nullable: true, description: 'Masked for the reader’s role' })
  readonly note!: string | null;

  @Shown.oneOf(TOLD_FORMS, { nullable: true })
  readonly toldForm!: ToldForm | null;

  @Shown.instant({ nullable: true, description: 'Null: not told, or the message has not left yet' })
  readonly toldAt!: string | null;

  @Shown.oneOf(DISPATCH_STATES, { nullable: true, description: 'How the message stands; null: none was sent' })
  readonly dispatchState!: DispatchState | null;

  @Shown.text()
  readonly decidedBy!: string;

  @Shown.instant()
  readonly decidedAt!: string;
}

export class DuplicateView {
  @Shown.list(() => DuplicateCandidate, { description: 'What looks like this one and nobody has decided of; likely ones first' })
  readonly candidates!: readonly DuplicateCandidate[];

  @Shown.list(() => DuplicateDecisionView, { description: 'What was decided, the newest first' })
  readonly decisions!: readonly DuplicateDecisionView[];

  @Shown.nested(() => DuplicateLink, { nullable: true, description: 'The complaint that this one goes on as, at the end of the chain' })
  readonly goesOnAs!: DuplicateLink | null;

  @Shown.whole()
  readonly windowDays!: number;

  @Shown.flag()
  readonly masked!: boolean;
}

export class DuplicateSettingRequest {
  @Whole({ min: 1, max: 3650, description: 'Complaints received so many days apart at most may be duplicates' })
  windowDays!: number;

  @Whole({ min: 10, max: 100, description: 'From how many per cent of common pairs of letters on two texts count as the same' })
  similarPercent!: number;
}

export class DuplicateSettingView {
  @Shown.whole()
  readonly windowDays!: number;

  @Shown.whole()
  readonly similarPercent!: number;

  @Shown.text({ nullable: true, description: 'Null: as it comes with Forbear' })
  readonly setBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly setAt!: string | null;
}

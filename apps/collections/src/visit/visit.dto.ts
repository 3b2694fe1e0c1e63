import { Instant, OneOf, PageRequest, Shown, Text, Texts, type Page } from '#wire';
import { PURPOSES, type Purpose } from '#contact-rules';
import { AnswerReason } from '../contact/answer.ts';

export const VISIT_STATES = ['planned', 'arrived', 'left', 'done', 'lapsed'] as const;
export type VisitState = (typeof VISIT_STATES)[number];
export const ENTRY_CONSENTS = ['given', 'refused'] as const;
export type EntryConsent = (typeof ENTRY_CONSENTS)[number];
export const PHOTO_PLACES = ['outside', 'inside'] as const;
export type PhotoPlace = (typeof PHOTO_PLACES)[number];

export class VisitRequest {
  @Text({ description: 'The case, by the caseId given at import or by id' })
  caseId!: string;

  @Text({ description: 'A party of the case, by id or by the partyId given at import' })
  partyId!: string;

  @Text({ description: 'The address, a contact point of that party, by id' })
  contactPointId!: string;

  @Texts({ description: 'Who goes, as registered; two at least' })
  collectorIds!: string[];

  @OneOf(PURPOSES, { optional: true, description: 'collect when left out' })
  purpose?: Purpose;

  @Instant({ optional: true, description: 'When they will be there, within the life of the permit; now when left out' })
  plannedFor?: string;
}

export class ArrivalRequest {
  @Instant({ optional: true, description: 'now when left out' })
  arrivedAt?: string;

  @Text({
    max: 500,
    optional: true,
    description: 'To whom the visitors showed who they are, and how; kept sealed. Left out: to nobody yet',
  })
  shownTo?: string;
}

export class EntryRequest {
  @OneOf(ENTRY_CONSENTS, { description: 'What was answered to the question whether they may come in' })
  consent!: EntryConsent;

  @Text({ max: 500, description: 'Who answered; kept sealed' })
  consentOf!: string;

  @Text({ max: 1000, optional: true, description: 'Where the proof is: the film, a signature; needed where it was given. Kept sealed' })
  evidence?: string;

  @Instant({ optional: true, description: 'now when left out' })
  askedAt?: string;
}

export class LeavingRequest {
  @Instant({ optional: true, description: 'now when left out' })
  leftAt?: string;

  @Text({ optional: true, description: 'The recording of the body camera, by its id' })
  cameraRecordingId?: string;
}

export class VisitListRequest extends PageRequest {
  @OneOf(VISIT_STATES, { optional: true })
  state?: VisitState;

  @Text({ optional: true, description: 'Only of this case' })
  caseId?: string;
}

export class PhotoView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(PHOTO_PLACES)
  readonly place!: string;

  @Shown.text()
  readonly mediaType!: string;

  @Shown.whole()
  readonly bytes!: number;

  @Shown.text({ description: 'Of the photo as it was taken, in hex' })
  readonly sha256!: string;

  @Shown.instant()
  readonly takenAt!: string;

  @Shown.text()
  readonly by!: string;
}

export class VisitView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'As given at import' })
  readonly caseId!: string;

  @Shown.uuid({ description: 'The contact that was permitted; its outcome is the result of the visit' })
  readonly attemptId!: string;

  @Shown.oneOf(VISIT_STATES, { description: '`done`: its outcome is reported; `lapsed`: its permit was not used' })
  readonly state!: string;

  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.texts()
  readonly collectorIds!: readonly string[];

  @Shown.instant()
  readonly plannedFor!: string;

  @Shown.instant({ description: 'When its permit ends' })
  readonly permitExpiresAt!: string;

  @Shown.text()
  readonly plannedBy!: string;

  @Shown.instant({ nullable: true })
  readonly arrivedAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly identityShownAt!: string | null;

  @Shown.text({ nullable: true, description: 'Null also where your role does not see it' })
  readonly shownTo!: string | null;

  @Shown.oneOf(ENTRY_CONSENTS, { nullable: true, description: 'Null: nobody asked' })
  readonly consent!: string | null;

  @Shown.instant({ nullable: true })
  readonly consentAskedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly consentOf!: string | null;

  @Shown.text({ nullable: true })
  readonly consentEvidence!: string | null;

  @Shown.instant({ nullable: true })
  readonly enteredAt!: string | null;

  @Shown.instant({ nullable: true })
  readonly leftAt!: string | null;

  @Shown.uuid({ nullable: true })
  readonly cameraRecordingId!: string | null;

  @Shown.text({ nullable: true, description: 'The result of the contact' })
  readonly result!: string | null;

  @Shown.list(() => PhotoView)
  readonly photos!: readonly PhotoView[];
}

export class PlannedVisit {
  @Shown.oneOf(['permitted', 'refused'])
  readonly verdict!: string;

  @Shown.list(() => AnswerReason)
  readonly reasons!: readonly AnswerReason[];

  @Shown.instant({ nullable: true })
  readonly nextPermittedAt!: string | null;

  @Shown.nested(() => VisitView, { nullable: true, description: 'Null: refused' })
  readonly visit!: VisitView | null;
}

export class VisitPage implements Page<VisitView> {
  @Shown.list(() => VisitView)
  readonly items!: readonly VisitView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

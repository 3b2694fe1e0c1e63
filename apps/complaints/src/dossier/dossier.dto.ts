import { CHANNELS, type Channel } from '#contact-rules';
import { HOLD_SCOPES, type HoldScopeKind } from '../hold/hold.scope.ts';
import { Instant, OneOf, PageRequest, Shown, Text, type Page } from '#wire';
import { HOLD_STATES } from '../complaint/complaint.dto.ts';
import { DOSSIER_STATES } from './dossier.store.ts';
import { ITEM_KINDS, type ItemKind } from './item.store.ts';

export class DossierRequest {
  @Text({ description: 'The case, debt or debtor that the complaint is about, as collections knows it' })
  account!: string;

  @Instant({ nullable: true, description: 'Where the period begins; 180 days before the complaint was received when left out' })
  from?: string | null;
}

export class DossierItemListRequest extends PageRequest {
  @OneOf(ITEM_KINDS, { optional: true })
  kind?: ItemKind;

  @Text({ optional: true, max: 64, description: 'Only what this rule refused' })
  ruleId?: string;

  @OneOf(['permitted', 'refused'], { optional: true })
  verdict?: 'permitted' | 'refused';
}

export class AttachmentRequest {
  @Instant({ description: 'When it happened' })
  at!: string;

  @Text({ max: 4000, description: 'What it is and where it comes from; kept sealed' })
  summary!: string;

  @Text({ nullable: true, description: 'The case' })
  caseId?: string | null;

  @Text({ nullable: true, description: 'The agency' })
  agencyId?: string | null;

  @Text({ nullable: true, description: 'The collector' })
  collectorId?: string | null;

  @Text({ nullable: true, max: 64, description: 'A file of the complaint that shows it' })
  fileId?: string | null;
}

export class CollectionHoldRequest {
  @OneOf(HOLD_SCOPES, { description: '`account`: all contact; `none`: nothing is held' })
  scope!: HoldScopeKind;

  @Text({ nullable: true, description: 'With `agency`; the one complained of when left out' })
  agencyId?: string | null;

  @Text({ nullable: true, description: 'With `collector`; the one complained of when left out' })
  collectorId?: string | null;

  @OneOf(CHANNELS, { nullable: true, description: 'With `channel`' })
  channel?: Channel | null;

  @Text({ nullable: true, max: 36, description: 'With `contact-point`: `contactPointId` of a contact in the file' })
  contactPointId?: string | null;

  @Text({ max: 2000, description: 'Why; kept sealed' })
  reason!: string;
}

export class CollectionHoldView {
  @Shown.oneOf(HOLD_STATES, { description: '`requested`: collections has not answered yet' })
  readonly state!: string;

  @Shown.flag({ description: 'Whether collection should be held now' })
  readonly wanted!: boolean;

  @Shown.oneOf(HOLD_SCOPES)
  readonly scope!: string;

  @Shown.text({ nullable: true })
  readonly account!: string | null;

  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.text({ nullable: true })
  readonly collectorId!: string | null;

  @Shown.text({ nullable: true })
  readonly channel!: string | null;

  @Shown.text({ nullable: true, description: 'The id of a contact point of collections' })
  readonly contactPointId!: string | null;

  @Shown.instant({ nullable: true, description: 'When it was last asked for, or its end' })
  readonly askedAt!: string | null;

  @Shown.instant({ nullable: true, description: 'Since when collections has been asked and has not answered; null: it has' })
  readonly undeliveredSince!: string | null;

  @Shown.text({ nullable: true, description: 'Who chose the scope; null: it is what the complaint says' })
  readonly chosenBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly chosenAt!: string | null;

  @Shown.text({ nullable: true, description: 'Null also where the role does not see what people wrote' })
  readonly reason!: string | null;
}

export class DossierCounts {
  @Shown.free({ description: 'By kind' })
  readonly kinds!: Readonly<Record<string, number>>;

  @Shown.free({ description: 'Contacts by verdict of the gate' })
  readonly verdicts!: Readonly<Record<string, number>>;

  @Shown.free({ description: 'Contacts that each rule refused' })
  readonly rules!: Readonly<Record<string, number>>;
}

export class DossierProgress {
  @Shown.whole()
  readonly done!: number;

  @Shown.whole({ nullable: true, description: 'Null: not known' })
  readonly total!: number | null;
}

export class DossierView {
  @Shown.oneOf(['none', ...DOSSIER_STATES], {
    description:
      '`none`: not about collection; `waiting`: collections has not answered or could not be read; `no-case`: it does not know the account',
  })
  readonly state!: string;

  @Shown.instant({ nullable: true, description: 'Since when it is so' })
  readonly since!: string | null;

  @Shown.text({ nullable: true, description: '`unanswered`, `unreachable`, `refused`, `unreadable`, `not-configured`; of the last try' })
  readonly problem!: string | null;

  @Shown.text({ nullable: true })
  readonly account!: string | null;

  @Shown.instant({ nullable: true })
  readonly from!: string | null;

  @Shown.text({ nullable: true })
  readonly debtorId!: string | null;

  @Shown.texts()
  readonly caseIds!: readonly string[];

  @Shown.instant({ nullable: true, description: 'When the file was last read whole' })
  readonly readAt!: string | null;

  @Shown.instant({ nullable: true, description: 'When it is read again' })
  readonly nextReadAt!: string | null;

  @Shown.nested(() => DossierProgress, { nullable: true, description: 'Of a read that is under way' })
  readonly progress!: DossierProgress | null;

  @Shown.free({ description: 'What collections said that there is, by kind' })
  readonly announced!: Readonly<Record<string, number>>;

  @Shown.nested(() => DossierCounts, { description: 'What is kept here' })
  readonly counts!: DossierCounts;

  @Shown.nested(() => CollectionHoldView, { nullable: true, description: 'Null: nothing was ever asked to be held' })
  readonly hold!: CollectionHoldView | null;
}

export class DossierItemView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(ITEM_KINDS)
  readonly kind!: string;

  @Shown.uuid({ description: 'Its id in collections: of the contact attempt, the recording, the delivery, the visit' })
  readonly ref!: string;

  @Shown.instant()
  readonly at!: string;

  @Shown.text({ nullable: true })
  readonly caseId!: string | null;

  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.text({ nullable: true })
  readonly channel!: string | null;

  @Shown.text({ nullable: true })
  readonly verdict!: string | null;

  @Shown.texts({ description: 'Rules that refused it' })
  readonly ruleIds!: readonly string[];

  @Shown.texts()
  readonly collectorIds!: readonly string[];

  @Shown.free({ description: 'All else that was read; without texts and notes where the role does not see what people wrote' })
  readonly body!: Readonly<Record<string, unknown>>;

  @Shown.text({ description: 'SHA-256 of what was read, in hex' })
  readonly sha256!: string;

  @Shown.instant({ description: 'When it was read' })
  readonly readAt!: string;

  @Shown.text({ nullable: true, description: 'Who attached it by hand; null: it was read from collections' })
  readonly addedBy!: string | null;

  @Shown.whole({ description: 'How many times it was read and was different; this is the last' })
  readonly revisions!: number;
}

export class DossierItemPage implements Page<DossierItemView> {
  @Shown.list(() => DossierItemView)
  readonly items!: readonly DossierItemView[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}

import type { Language } from '#contact-rules';
import { Instant, LocalDate, OneOf, PageRequest, Shown, Text, type Page } from '#wire';

const LANGUAGES = ['zh', 'en'] as const;
const INSTITUTION = 'Whose list; that of the installation when left out';

export class PublishedListRequest {
  @Text({ optional: true, description: INSTITUTION })
  institutionId?: string;

  @LocalDate({ optional: true, description: 'As it stood at the end of this day in China; of today: as it stands' })
  on?: string;

  @Instant({ optional: true, description: 'As it stood at this instant, which is not in the future' })
  at?: string;

  @OneOf(LANGUAGES, { optional: true, description: 'Of the page; by `Accept-Language` when left out' })
  lang?: Language;
}

export class PublishedHistoryRequest extends PageRequest {
  @Text({ optional: true, description: INSTITUTION })
  institutionId?: string;

  @Text({ optional: true, description: 'Of one agency alone' })
  agencyId?: string;

  @OneOf(LANGUAGES, { optional: true, description: 'Of the page; by `Accept-Language` when left out' })
  lang?: Language;
}

export class PublishedAgency {
  @Shown.text({ description: 'As the bank knows it; stays the same when the name changes' })
  readonly agencyId!: string;

  @Shown.text()
  readonly name!: string;

  @Shown.text({ nullable: true, description: 'Its licence number' })
  readonly licence!: string | null;

  @Shown.text({ nullable: true })
  readonly phone!: string | null;

  @Shown.text({ nullable: true })
  readonly address!: string | null;

  @Shown.instant({ description: 'When it came on the list' })
  readonly since!: string;
}

export class PublishedList {
  @Shown.text()
  readonly institutionId!: string;

  @Shown.instant({ nullable: true, description: 'The instant as of which it stood so; null: it stands so now' })
  readonly asOf!: string | null;

  @Shown.list(() => PublishedAgency, { description: 'In order of the name' })
  readonly items!: readonly PublishedAgency[];
}

export class PublishedSpell extends PublishedAgency {
  @Shown.instant({ description: 'From when the list said so' })
  readonly from!: string;

  @Shown.instant({ nullable: true, description: 'Until when, exclusive; null: it still does' })
  readonly until!: string | null;

  @Shown.flag({ description: 'It left the list then; false: it stays, or only the words changed' })
  readonly left!: boolean;
}

export class PublishedHistory implements Page<PublishedSpell> {
  @Shown.list(() => PublishedSpell, { description: 'What the list has said, the newest first' })
  readonly items!: readonly PublishedSpell[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

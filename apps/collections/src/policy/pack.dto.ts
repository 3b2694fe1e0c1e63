import { AUDIENCES, type Audience, type Language, type PackRow } from '#contact-rules';
import { InstantOrDate, OneOf, Shown, Whole } from '#wire';

const LANGUAGES = ['zh', 'en'] as const;

export class PackListRequest {
  @OneOf(LANGUAGES, { optional: true, description: 'The language; by `Accept-Language` when left out' })
  lang?: Language;
}

export class PackRequest extends PackListRequest {
  @InstantOrDate({
    optional: true,
    description: 'Only rows in force on this date (of an instant, its local date as written); every row when left out',
  })
  at?: string;

  @Whole({ optional: true, min: 1, max: 1_000_000, description: 'The newest when left out' })
  version?: number;

  @OneOf(AUDIENCES, { optional: true, description: '`debtor`: in plain words for those who are collected from; `staff` when left out' })
  audience?: Audience;
}

export class PackItem {
  @Shown.text({ example: 'cn-card' })
  readonly pack!: string;

  @Shown.text()
  readonly title!: string;

  @Shown.wholes({ description: 'Every version, oldest first' })
  readonly versions!: readonly number[];

  @Shown.whole({ description: 'How many rules the newest version has' })
  readonly rules!: number;
}

export class PackList {
  @Shown.list(() => PackItem)
  readonly items!: readonly PackItem[];
}

export class CitationView {
  @Shown.text({ description: 'Its full name' })
  readonly instrument!: string;

  @Shown.text({ nullable: true, example: '第 20 条' })
  readonly article!: string | null;

  @Shown.text({ description: 'How well the wording is known' })
  readonly grade!: string;
}

/** A row as data and in words. */
export class PackRowView {
  @Shown.text({ example: 'cn-card', description: '`institution` for rules of its own' })
  readonly pack!: string;

  @Shown.text({ example: 'quiet-hours' })
  readonly ruleId!: string;

  @Shown.text({ example: 'time-window' })
  readonly kind!: PackRow['kind'];

  @Shown.free({ description: 'What the kind needs; see GET /v1/policies/schema' })
  readonly params!: object;

  @Shown.oneOf(['block', 'warn'])
  readonly severity!: 'block' | 'warn';

  @Shown.text({ description: 'What the severity does, in words' })
  readonly severityText!: string;

  @Shown.text({ example: 'CBA26', description: 'Key of the instrument' })
  readonly source!: string;

  @Shown.text({ example: 'ch.3' })
  readonly article!: string;

  @Shown.oneOf(['A', 'B', 'C'])
  readonly grade!: 'A' | 'B' | 'C';

  @Shown.list(() => CitationView, { description: 'The instrument of the row, then those that say the same' })
  readonly citations!: readonly CitationView[];

  @Shown.localDate()
  readonly effectiveFrom!: string;

  @Shown.localDate({ nullable: true, description: 'The last day; null: no end is known' })
  readonly effectiveTo!: string | null;

  @Shown.flag({ description: 'An institution sets the number freely, or switches the rule off' })
  readonly tenantValue!: boolean;

  @Shown.flag({ description: 'An institution may let it warn' })
  readonly mayWarn!: boolean;

  @Shown.text()
  readonly title!: string;

  @Shown.text()
  readonly says!: string;

  @Shown.texts({ description: 'Numbers with their units' })
  readonly limits!: readonly string[];

  @Shown.texts()
  readonly exceptions!: readonly string[];
}

export class AdviceView {
  @Shown.text()
  readonly title!: string;

  @Shown.text()
  readonly says!: string;
}

export class PackView {
  @Shown.text({ example: 'cn-card' })
  readonly pack!: string;

  @Shown.whole({ example: 2 })
  readonly version!: number;

  @Shown.text()
  readonly title!: string;

  @Shown.wholes({ description: 'Every version, oldest first' })
  readonly versions!: readonly number[];

  @Shown.localDate({ nullable: true, description: 'As asked' })
  readonly at!: string | null;

  @Shown.oneOf(LANGUAGES)
  readonly language!: Language;

  @Shown.oneOf(AUDIENCES)
  readonly audience!: Audience;

  @Shown.list(() => PackRowView, { description: 'In the order of reasons in an answer; without `at` every row of the version' })
  readonly rows!: readonly PackRowView[];

  @Shown.list(() => PackRowView, { description: 'With `at`: rows that begin later' })
  readonly later!: readonly PackRowView[];

  @Shown.list(() => PackRowView, { description: 'With `at`: rows that have ended' })
  readonly ended!: readonly PackRowView[];

  @Shown.texts({ description: 'Duties beside the rules of contact' })
  readonly notes!: readonly string[];

  @Shown.list(() => AdviceView, { description: 'For debtors: what they can do' })
  readonly advice!: readonly AdviceView[];
}

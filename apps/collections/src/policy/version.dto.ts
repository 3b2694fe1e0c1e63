import { Instant, PageRequest, Shown, Text } from '#wire';
import { DraftEventView, PackVersionView } from './draft.dto.ts';

export type VersionState = 'scheduled' | 'in-force' | 'past' | 'recalled';
const VERSION_STATES: readonly VersionState[] = ['scheduled', 'in-force', 'past', 'recalled'];

export class PolicyVersionFilter extends PageRequest {
  @Text({ optional: true, max: 100, description: 'All when left out; empty: those for every product' })
  readonly product?: string;
}

export class InForceRequest {
  @Text({ optional: true, max: 100, description: 'Empty or left out: products without a version of their own' })
  readonly product?: string;

  @Instant({ optional: true, description: 'Now when left out' })
  readonly at?: string;
}

export class PolicyVersionItem {
  @Shown.whole()
  readonly number!: number;

  @Shown.text({ nullable: true, description: 'Null: every product without a version of its own' })
  readonly product!: string | null;

  @Shown.oneOf(VERSION_STATES)
  readonly state!: VersionState;

  @Shown.list(() => PackVersionView)
  readonly packs!: readonly PackVersionView[];

  @Shown.instant()
  readonly effectiveFrom!: string;

  @Shown.text()
  readonly note!: string;

  @Shown.text()
  readonly author!: string;

  @Shown.text()
  readonly approvedBy!: string;

  @Shown.instant()
  readonly approvedAt!: string;

  @Shown.uuid({ nullable: true, description: 'The draft that it was' })
  readonly draftId!: string | null;

  @Shown.text({ description: 'SHA-256 of the content, hexadecimal' })
  readonly sha256!: string;

  @Shown.instant({ nullable: true })
  readonly recalledAt!: string | null;

  @Shown.text({ nullable: true })
  readonly recalledBy!: string | null;
}

export class PolicyVersionView extends PolicyVersionItem {
  @Shown.free()
  readonly adjust!: Readonly<Record<string, unknown>>;

  @Shown.frees()
  readonly rules!: readonly unknown[];

  @Shown.list(() => DraftEventView, { description: 'Empty for a version that nobody drafted' })
  readonly history!: readonly DraftEventView[];
}

export class PolicyVersionPage {
  @Shown.list(() => PolicyVersionItem, { description: 'The newest first' })
  readonly items!: readonly PolicyVersionItem[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}

export class PolicyRowView {
  @Shown.text({ description: '`institution` for its own rules' })
  readonly pack!: string;

  @Shown.text()
  readonly ruleId!: string;

  @Shown.oneOf(['block', 'warn'])
  readonly severity!: string;

  @Shown.text({ description: 'In the language of the reader' })
  readonly title!: string;

  @Shown.text()
  readonly says!: string;

  @Shown.texts()
  readonly limits!: readonly string[];

  @Shown.texts()
  readonly exceptions!: readonly string[];

  @Shown.text({ description: 'Instrument and article' })
  readonly source!: string;

  @Shown.oneOf(['A', 'B', 'C'])
  readonly grade!: string;

  @Shown.flag({ description: 'Set or changed by the institution' })
  readonly ownChange!: boolean;
}

export class NextVersionView {
  @Shown.whole()
  readonly version!: number;

  @Shown.instant()
  readonly effectiveFrom!: string;
}

export class PolicyInForceView {
  @Shown.whole({ nullable: true, description: 'Null: the institution has none, and the newest cn-card holds' })
  readonly version!: number | null;

  @Shown.text({ nullable: true, description: 'The product that the version is for; null: every product without one of its own' })
  readonly product!: string | null;

  @Shown.instant({ nullable: true })
  readonly effectiveFrom!: string | null;

  @Shown.instant({ description: 'The instant asked about' })
  readonly at!: string;

  @Shown.list(() => PackVersionView)
  readonly packs!: readonly PackVersionView[];

  @Shown.free()
  readonly adjust!: Readonly<Record<string, unknown>>;

  @Shown.frees()
  readonly rules!: readonly unknown[];

  @Shown.list(() => PolicyRowView, { description: 'The rows that judge at the instant, in the order of the reasons' })
  readonly rows!: readonly PolicyRowView[];

  @Shown.nested(() => NextVersionView, { nullable: true, description: 'What has been decided to follow' })
  readonly next!: NextVersionView | null;
}

import { Free, FreeList, Instant, NestedList, OneOf, PageRequest, Shown, Text, Whole } from '#wire';
import { DRAFT_STATES, type DraftAction, type DraftState } from './draft.store.ts';

const ACTIONS: readonly DraftAction[] = ['created', 'changed', 'submitted', 'approved', 'rejected', 'withdrawn', 'recalled'];
const ADJUST =
  'What changes at rules of the packs, by ruleId: `cap`, `refused` `{from, to}`, `severity`, `off`, `minCollectors`. Only ever tighter than every pack';
const RULES = 'Rules of the institution itself, as rows of a pack (see `GET /v1/policies/schema`); their ids begin with `own-`';

export class PackChoice {
  @Text({ example: 'cn-card' })
  readonly pack!: string;

  @Whole({ nullable: true, min: 1, max: 100_000, description: 'The newest when left out; stays the same when a newer one appears' })
  readonly version?: number | null;
}

export class PolicyDraftRequest {
  @Text({ nullable: true, max: 100, description: 'As in the cases; null: every product without a version of its own' })
  readonly product?: string | null;

  @NestedList(() => PackChoice, { minItems: 1, maxItems: 10, description: 'Stacked: a contact must pass them all' })
  readonly packs!: readonly PackChoice[];

  @Free({ nullable: true, description: ADJUST, example: { 'attempts-per-point': { cap: 4 } } })
  readonly adjust?: Readonly<Record<string, unknown>> | null;

  @FreeList({ nullable: true, maxItems: 100, description: RULES })
  readonly rules?: readonly Readonly<Record<string, unknown>>[] | null;

  @Text({ max: 2000, description: 'What the change is for, in the words of its author' })
  readonly note!: string;
}

export class PolicyDraftChange extends PolicyDraftRequest {
  @Whole({ min: 1, description: 'As it was read; 409 when somebody has changed the draft meanwhile' })
  readonly revision!: number;
}

export class PolicyDraftFilter extends PageRequest {
  @OneOf(DRAFT_STATES, { optional: true })
  readonly state?: DraftState;
}

export class ApprovalRequest {
  @Instant({ nullable: true, description: 'In the future; at once when left out' })
  readonly effectiveFrom?: string | null;
}

export class PolicyReasonRequest {
  @Text({ max: 2000, description: 'Stays in the record' })
  readonly reason!: string;
}

export class PackVersionView {
  @Shown.text({ example: 'cn-card' })
  readonly pack!: string;

  @Shown.whole()
  readonly version!: number;
}

export class LooserView {
  @Shown.text({ description: 'JSON pointer into the draft', example: '/adjust/attempts-per-point/cap' })
  readonly pointer!: string;

  @Shown.text()
  readonly ruleId!: string;

  @Shown.text({ nullable: true })
  readonly pack!: string | null;

  @Shown.text({ example: 'cap-raised' })
  readonly code!: string;

  @Shown.text({ description: 'In the language of the reader' })
  readonly text!: string;
}

export class DraftEventView {
  @Shown.instant()
  readonly at!: string;

  @Shown.text({ description: 'Subject of the token' })
  readonly by!: string;

  @Shown.oneOf(ACTIONS)
  readonly action!: DraftAction;

  @Shown.text({ nullable: true, description: 'The reason that was given' })
  readonly detail!: string | null;

  @Shown.whole({ nullable: true })
  readonly revision!: number | null;

  @Shown.text({ description: 'SHA-256 of the content then, hexadecimal' })
  readonly sha256!: string;
}

export class PolicyDraftView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(DRAFT_STATES)
  readonly state!: DraftState;

  @Shown.whole()
  readonly revision!: number;

  @Shown.text({ nullable: true })
  readonly product!: string | null;

  @Shown.list(() => PackVersionView)
  readonly packs!: readonly PackVersionView[];

  @Shown.free({ description: ADJUST })
  readonly adjust!: Readonly<Record<string, unknown>>;

  @Shown.frees({ description: RULES })
  readonly rules!: readonly unknown[];

  @Shown.text()
  readonly note!: string;

  @Shown.text()
  readonly author!: string;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.instant()
  readonly updatedAt!: string;

  @Shown.text({ description: 'SHA-256 of the content, hexadecimal' })
  readonly sha256!: string;

  @Shown.list(() => LooserView, { description: 'Where it is looser than a pack: as long as there is anything, it cannot be submitted' })
  readonly looser!: readonly LooserView[];

  @Shown.list(() => DraftEventView)
  readonly history!: readonly DraftEventView[];

  @Shown.whole({ nullable: true, description: 'Of the version that it became' })
  readonly version!: number | null;

  @Shown.instant({ nullable: true })
  readonly effectiveFrom!: string | null;

  @Shown.instant({ nullable: true, description: 'The version was recalled before it began' })
  readonly recalledAt!: string | null;
}

export class PolicyDraftPage {
  @Shown.list(() => PolicyDraftView, { description: 'The newest first' })
  readonly items!: readonly PolicyDraftView[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}

export class PolicyChangeView {
  @Shown.text({ description: '`institution` for its own rules' })
  readonly pack!: string;

  @Shown.text({ nullable: true, description: 'Null: the pack itself' })
  readonly ruleId!: string | null;

  @Shown.oneOf(['added', 'removed', 'changed'])
  readonly change!: string;

  @Shown.oneOf(['tighter', 'looser', 'other'])
  readonly effect!: string;

  @Shown.text()
  readonly title!: string;

  @Shown.text({ nullable: true, description: 'In the language of the reader' })
  readonly before!: string | null;

  @Shown.text({ nullable: true })
  readonly after!: string | null;

  @Shown.text({ description: 'The change in one line' })
  readonly says!: string;
}

export class PolicyDiffView {
  @Shown.whole({
    nullable: true,
    description: 'The version it is compared with; null: the newest cn-card, because the institution has none',
  })
  readonly against!: number | null;

  @Shown.list(() => PolicyChangeView)
  readonly changes!: readonly PolicyChangeView[];
}

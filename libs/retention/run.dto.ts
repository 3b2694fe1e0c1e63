import { LocalDate, OneOf, PageRequest, Shown, Text, Texts, type Page } from '#wire';
import { DECISIONS, type Decision } from './rule.dto.ts';

export const RUN_MODES = ['dry-run', 'destroy'] as const;
export type RunMode = (typeof RUN_MODES)[number];
export const RUN_STATES = ['waiting', 'refused', 'withdrawn', 'queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type RetentionRunState = (typeof RUN_STATES)[number];
export const FATES = ['destroyed', 'changed', 'held', 'kept'] as const;
export type Fate = (typeof FATES)[number];

export class RetentionRunRequest {
  @OneOf(RUN_MODES, { description: '`dry-run` looks and changes nothing; `destroy` waits for the approval of another person' })
  mode!: RunMode;

  @Texts({ nullable: true, maxItems: 50, description: 'Of a dry run: which kinds; all when left out' })
  kinds?: string[] | null;

  @LocalDate({ nullable: true, description: 'Of a dry run: what may go on this day; today when left out. A later day is a forecast' })
  asOf?: string | null;

  @Text({ nullable: true, max: 36, description: 'Of a destruction: the dry run that was looked at' })
  dryRun?: string | null;
}

export class RetentionRunDecisionRequest {
  @OneOf(DECISIONS, { description: '`approve` and `refuse`: by another person; `withdraw`: by who asked for it' })
  decision!: Decision;

  @Text({ nullable: true, max: 64, description: 'To approve: the `listRoot` of the list that was looked at' })
  listRoot?: string | null;
}

export class RetentionInclusionRequest {
  @Text({ max: 60, description: 'The kind of record' })
  kind!: string;

  @Text({ max: 36, description: 'Its id, as the list has it' })
  id!: string;
}

export class HeldBack {
  @Shown.uuid()
  readonly hold!: string;

  @Shown.whole()
  readonly count!: number;
}

export class KindResult {
  @Shown.text()
  readonly kind!: string;

  @Shown.text({ description: 'The rule that won' })
  readonly rule!: string;

  @Shown.whole()
  readonly years!: number;

  @Shown.whole({ description: 'Whose term is over, and which nothing holds' })
  readonly due!: number;

  @Shown.whole({ description: 'Whose term is over, and which a hold keeps' })
  readonly held!: number;

  @Shown.list(() => HeldBack)
  readonly holds!: readonly HeldBack[];

  @Shown.whole({ description: 'Whose term runs' })
  readonly running!: number;

  @Shown.instant({ nullable: true, description: 'When the time of the oldest that is due began' })
  readonly oldest!: string | null;

  @Shown.uuid({ nullable: true })
  readonly first!: string | null;

  @Shown.uuid({ nullable: true })
  readonly last!: string | null;
}

export class DestroyedKind {
  @Shown.text()
  readonly kind!: string;

  @Shown.whole()
  readonly destroyed!: number;

  @Shown.whole({ description: 'Left out: not as it was looked at, or gone' })
  readonly changed!: number;

  @Shown.whole({ description: 'Left out: came under a hold' })
  readonly held!: number;

  @Shown.whole({ description: 'Left out: a longer rule came into force' })
  readonly kept!: number;
}

export class RunFailureView {
  @Shown.text()
  readonly code!: string;

  @Shown.text()
  readonly detail!: string;
}

export class RunProgressView {
  @Shown.whole()
  readonly done!: number;

  @Shown.whole({ nullable: true })
  readonly total!: number | null;
}

export class RetentionRunView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(RUN_MODES)
  readonly mode!: RunMode;

  @Shown.oneOf(RUN_STATES, { description: '`waiting`: for its approval' })
  readonly state!: RetentionRunState;

  @Shown.texts()
  readonly kinds!: readonly string[];

  @Shown.localDate()
  readonly asOf!: string;

  @Shown.text()
  readonly timeZone!: string;

  @Shown.uuid({ nullable: true })
  readonly dryRun!: string | null;

  @Shown.text({ nullable: true, description: 'Merkle root (RFC 9162) over what is due, in hexadecimal: what is approved is this list' })
  readonly listRoot!: string | null;

  @Shown.text()
  readonly askedBy!: string;

  @Shown.instant()
  readonly askedAt!: string;

  @Shown.text({ nullable: true })
  readonly decidedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly decidedAt!: string | null;

  @Shown.nested(() => RunProgressView, { nullable: true })
  readonly progress!: RunProgressView | null;

  @Shown.nested(() => RunFailureView, { nullable: true })
  readonly failure!: RunFailureView | null;

  @Shown.list(() => KindResult, { nullable: true, description: 'Of a dry run that is done' })
  readonly found!: readonly KindResult[] | null;

  @Shown.list(() => DestroyedKind, { nullable: true, description: 'Of a destruction that has begun' })
  readonly destroyed!: readonly DestroyedKind[] | null;

  @Shown.instant({ nullable: true })
  readonly finishedAt!: string | null;
}

export class RetentionRunPage implements Page<RetentionRunView> {
  @Shown.list(() => RetentionRunView)
  readonly items!: readonly RetentionRunView[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}

export class RetentionRunFilter extends PageRequest {
  @OneOf(RUN_MODES, { optional: true })
  mode?: RunMode;
}

export class DestroyedBatch {
  @Shown.whole()
  readonly n!: number;

  @Shown.text()
  readonly kind!: string;

  @Shown.whole()
  readonly count!: number;

  @Shown.text({ description: 'Merkle root over {digest, id, kind} of each, in hexadecimal' })
  readonly root!: string;

  @Shown.free({ description: 'How many by which rule' })
  readonly rules!: Readonly<Record<string, number>>;

  @Shown.whole({ description: 'Keys of the evidence log that went with it' })
  readonly keysDestroyed!: number;

  @Shown.instant()
  readonly destroyedAt!: string;

  @Shown.uuid({ nullable: true, description: 'Its record in the evidence log' })
  readonly evidenceRecord!: string | null;
}

export class DestructionCertificate {
  @Shown.text({ example: 'forbear-destruction-1' })
  readonly certificate!: string;

  @Shown.text()
  readonly institution!: string;

  @Shown.nested(() => RetentionRunView)
  readonly run!: RetentionRunView;

  @Shown.list(() => DestroyedBatch)
  readonly batches!: readonly DestroyedBatch[];

  @Shown.whole()
  readonly count!: number;

  @Shown.text({ description: 'SHA-256 of the canonical JSON (RFC 8785) of all but this line' })
  readonly sha256!: string;
}

export class DestructionInclusion {
  @Shown.text()
  readonly kind!: string;

  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'SHA-256 of what was there' })
  readonly digest!: string;

  @Shown.text({ description: 'Hash of the leaf: SHA-256 of a zero byte and the canonical {digest, id, kind}' })
  readonly leafHash!: string;

  @Shown.whole({ description: 'Its place among `count`' })
  readonly place!: number;

  @Shown.texts({ description: 'RFC 9162 2.1.3, in hexadecimal' })
  readonly proof!: readonly string[];

  @Shown.nested(() => DestroyedBatch)
  readonly batch!: DestroyedBatch;
}

import { RESULTS, type Result } from '#contact-rules';
import { Free, Nested, Shown, Text, TimeZone, Whole } from '#wire';
import { type CallField, type Reading } from './reading.ts';

const column = (description: string): PropertyDecorator => Text({ optional: true, max: 100, description });

/** Which column of the file holds what; columns that are not named are passed over. */
export class CallColumns implements Partial<Record<CallField, string>> {
  @Text({ max: 100, description: 'The number that was called', example: '被叫号码' })
  calledNumber!: string;

  @Text({
    max: 100,
    description: 'When the call began: RFC 3339, `2026-11-21 09:30:00` in the zone of the source, or seconds or milliseconds since 1970',
  })
  startedAt!: string;

  @column('Seconds of talk; says answered or not where no result does')
  durationSeconds?: string;

  @column('What came of the call, in words that `results` explains')
  result?: string;

  @column('Whose call it was; else `agencyId` of the source says so')
  agencyId?: string;

  @column('Who called')
  collectorId?: string;

  @column('The id of the permit, where the dialer keeps it')
  attemptId?: string;

  @column("The dialer's own id of the call")
  callId?: string;
}

export class SourceReading {
  @Text({ nullable: true, description: 'The agency whose calls these are; null: the institution’s own' })
  agencyId?: string | null;

  @TimeZone({ nullable: true, description: 'Of times without an offset; Asia/Shanghai when left out' })
  timeZone?: string | null;

  @Whole({ optional: true, max: 3600, description: 'How far the clock of the dialer may be from ours, in seconds; 60 when left out' })
  toleranceSeconds?: number;

  @Nested(() => CallColumns)
  columns!: CallColumns;

  @Free({
    nullable: true,
    description: `What the source calls a result, to one of ${RESULTS.join(', ')}; upper and lower case are the same`,
    example: { ANSWERED: 'answered', 无人接听: 'no-answer' },
  })
  results?: Record<string, unknown> | null;
}

export class SourceRequest extends SourceReading {
  @Text({ max: 100, example: '呼叫中心一线' })
  name!: string;
}

/** The name stays: files and people call the source by it. */
export class SourceChange extends SourceReading {
  @Whole({ min: 1, description: 'The version that is changed; 409 when somebody else has changed it since' })
  version!: number;
}

export class SourceView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly name!: string;

  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.text()
  readonly timeZone!: string;

  @Shown.whole()
  readonly toleranceSeconds!: number;

  @Shown.free({ description: 'Field to column' })
  readonly columns!: Reading['columns'];

  @Shown.free({ description: 'Word of the source to result' })
  readonly results!: Readonly<Record<string, Result>>;

  @Shown.whole()
  readonly version!: number;

  @Shown.text()
  readonly changedBy!: string;

  @Shown.instant()
  readonly changedAt!: string;
}

export class SourcePage {
  @Shown.list(() => SourceView)
  readonly items!: readonly SourceView[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}

import { RECORD_KINDS, type RecordKind } from '#evidence';
import { OneOf, PageRequest, Text, Whole } from '#wire';

export class HeadsRequest extends PageRequest {}

const MOST = Number.MAX_SAFE_INTEGER;

export class ConsistencyRequest {
  @Whole({ min: 1, max: MOST, description: 'The size of an earlier head' })
  from!: number;

  @Whole({ min: 1, max: MOST, description: 'The size of a later one' })
  to!: number;
}

export class ExportRequest {
  @Whole({ optional: true, min: 0, max: MOST, description: 'The first position, the size of a head; 0 when left out' })
  from?: number;

  @Whole({
    optional: true,
    min: 0,
    max: MOST,
    description: 'Before which position to end, carried on to the next head; the whole log when left out',
  })
  to?: number;

  @OneOf(['sealed', 'readable'], {
    optional: true,
    description:
      'With `readable` the keys of subjects go with it, so that what was written can be read: compliance only, and recorded as a read',
  })
  personal?: 'sealed' | 'readable';
}

export class RotateKeyRequest {
  @Text({ max: 500, description: 'Why: it stays with the log, sealed' })
  reason!: string;
}

/** `?about=`, or `?kind=&limit=&cursor=`. */
export class RecordsRequest extends PageRequest {
  @Text({
    optional: true,
    max: 36,
    description: 'The id of a decision, an entry of a timeline, a report: what was recorded when it was made. All records when left out',
  })
  about?: string;

  @OneOf(RECORD_KINDS, { optional: true })
  kind?: RecordKind;
}

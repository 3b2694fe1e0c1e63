import type { ClockEvent } from '#clock-rules';
import type { Registration } from '../complaint/registration.service.ts';

/** What a file says happened to a complaint. */
export interface ImportedEvent {
  /** The column that says so. */
  readonly column: string;
  readonly type: ClockEvent['type'];
  /** Null: on a day that nobody wrote down; known when it was imported. */
  readonly at: Date | null;
  readonly inTime?: boolean;
  readonly more: Readonly<Record<string, unknown>>;
}

type Facts =
  | 'channel'
  | 'category'
  | 'receivedAt'
  | 'timeZone'
  | 'importKind'
  | 'account'
  | 'agencyId'
  | 'collectorId'
  | 'staffId'
  | 'groupSize'
  | 'handler'
  | 'personal'
  | 'intake';

/** A row that can be stored. */
export interface ImportedComplaint extends Pick<Registration, Facts> {
  readonly row: number;
  readonly externalRef: string;
  readonly events: readonly ImportedEvent[];
}

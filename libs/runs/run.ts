import type { Tx } from '#pg';

/** What a table of runs has besides its own columns; for its migration. */
export const runColumns = `
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  run uuid,
  progress json,
  failure json,
  summary json,
  requested_by text not null,
  created_at timestamptz not null default now(),
  touched_at timestamptz not null default now(),
  finished_at timestamptz`;

export type RunState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface RunProgress {
  readonly done: number;
  /** Null while it is not known how much there is. */
  readonly total: number | null;
}

/** Why work could not be done, for whoever asked for it. `row` as a spreadsheet counts. */
export interface RunFailureJson {
  readonly code: string;
  readonly detail: string;
  readonly row?: number | null;
  readonly column?: string | null;
}

/** The columns of `runColumns` as a record; for the select list of a store: `${runFields}`. */
export interface RunFields {
  readonly state: RunState;
  readonly progress: RunProgress | null;
  readonly failure: RunFailureJson | null;
  readonly requestedBy: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export const runFields = 'state, progress, failure, requested_by as "requestedBy", created_at as "createdAt", finished_at as "finishedAt"';

/** The work cannot be done, and trying again would not help: a file that is no table, a case that is gone. Ends the run as failed. */
export class RunFailure extends Error {
  constructor(readonly json: RunFailureJson) {
    super(json.detail);
    this.name = 'RunFailure';
  }
}

/** The work is no longer ours: another worker has taken it over, it was cancelled, or the process ends. */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

/** One attempt at the work. */
export interface Run {
  readonly institutionId: string;
  readonly id: string;
  /** Aborted with TakenOver when the work is no longer ours. */
  readonly signal: AbortSignal;
  /** Says how far the work is; written with the next beat. */
  progress(done: number, total: number | null): void;
  /** Throws TakenOver when the work is no longer ours; cheap. */
  check(): void;
  /** Writes in a transaction of the institution in which the work is sure to be ours; throws TakenOver else. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

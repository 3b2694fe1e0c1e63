import type { ImportKind } from './import-kind.ts';

export interface ImportView {
  readonly id: string;
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly rows: {
    /** Null until the whole file has been read. */
    readonly total: number | null;
    readonly done: number;
    readonly inserted: number;
    /** Known rows that say something new, such as a balance. */
    readonly updated: number;
    readonly unchanged: number;
    readonly rejected: number;
  };
  readonly bytes: { readonly total: number; readonly done: number };
  /** The first 1,000; `rows.rejected` counts them all. For a file that is refused as a whole: why. */
  readonly errors: readonly {
    readonly row: number | null;
    readonly column: string | null;
    readonly code: string;
    readonly detail: string;
  }[];
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

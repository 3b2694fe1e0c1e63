import type { Progress } from './progress.ts';
import type { LookbackSummary } from './summary.ts';

/** A look-back: how far it is and, once done, what it found. Null and empty until then. */
export interface LookbackView extends Pick<LookbackSummary, 'byRule' | 'byAgency' | 'byHour' | 'worstDebtors' | 'leftOut'> {
  readonly id: string;
  readonly fileName: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly packs: readonly { readonly pack: string; readonly version: number }[];
  readonly progress: Progress | null;
  readonly rows: LookbackSummary['rows'] | null;
  readonly period: LookbackSummary['period'];
  readonly findings: number | null;
  readonly attemptsWithFindings: number | null;
  readonly withoutConsents: number | null;
  /** The first 1,000 rows left out, or why the file as a whole was refused. */
  readonly errors: readonly {
    readonly row: number | null;
    readonly column: string | null;
    readonly code: string;
    readonly detail: string;
  }[];
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

import type { Looseness } from '../wire.ts';
import type { DraftForm } from './form.ts';

/** What every part of the form is given. */
export interface PartProps {
  readonly form: DraftForm;
  readonly onChange: (change: Partial<DraftForm>) => void;
  /** What the service said of what was saved last, where it still stands. */
  readonly looser: readonly Looseness[];
  /** Whether what is wrong is to be marked: after the first try to save. */
  readonly isStrict: boolean;
}

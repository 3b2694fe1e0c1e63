import type { Condition, Words } from '#render';
import type { CountColumn, CountGroup } from './count-table.ts';

export interface DataFigure {
  readonly id: string;
  readonly label: Words;
  readonly unit: Words;
  readonly file: string;
  readonly filter: readonly Condition[];
  /** A count when left out. */
  readonly measure?: 'count' | 'share' | 'sum' | 'median' | 'p90';
  readonly of?: readonly Condition[];
  readonly column?: string;
}

export interface DataTable {
  readonly id: string;
  readonly title: Words;
  readonly rowLabel: Words;
  readonly file: string;
  /** Rows of the table that are there though nothing is counted in them; else they are the values of `by`. */
  readonly groups?: readonly CountGroup[];
  readonly by?: string;
  /** Words for a value; itself where it has none. */
  readonly names?: Readonly<Record<string, Words>>;
  readonly none?: Words;
  readonly columns: readonly CountColumn[];
  readonly note?: Words;
}

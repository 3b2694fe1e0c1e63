import { meets, type TracedRow } from './recount.ts';
import { percent, percentile, type Condition, type Trace } from './trace.ts';

/** What is gathered of the rows that meet some conditions. */
class Gathered {
  rows = 0;
  sum = 0;
  readonly values = new Map<number, number>();

  constructor(
    readonly conditions: readonly Condition[],
    private readonly column: string | null,
    private readonly keepsValues: boolean,
  ) {}

  add(row: TracedRow): void {
    if (!meets(row, this.conditions)) return;
    this.rows += 1;
    if (this.column === null) return;
    const value = Number(row[this.column]);
    if (this.keepsValues) this.values.set(value, (this.values.get(value) ?? 0) + 1);
    else this.sum += value;
  }

  /** The condition by which a row can find it: that a cell reads so, or has an item. */
  get way(): { readonly column: string; readonly value: string; readonly isItem: boolean } | null {
    for (const condition of this.conditions) {
      if ('is' in condition) return { column: condition.column, value: condition.is, isItem: false };
      if ('has' in condition) return { column: condition.column, value: condition.has, isItem: true };
    }
    return null;
  }
}

interface Ways {
  readonly column: string;
  readonly isItem: boolean;
  readonly to: Map<string, Gathered[]>;
}

/** Many traces of one file at once, in one pass over its rows and in memory that does not grow with them; each row meets only the counts that ask for it. */
export class TraceCounts {
  private readonly gathered = new Map<string, Gathered>();
  private readonly always: Gathered[] = [];
  private readonly ways = new Map<string, Ways>();

  constructor(traces: readonly Trace[]) {
    for (const trace of traces) {
      this.begin(trace.filter, trace);
      if (trace.measure === 'share') this.begin(trace.of ?? [], trace);
    }
  }

  add(row: TracedRow): void {
    for (const one of this.always) one.add(row);
    for (const { column, isItem, to } of this.ways.values()) {
      const cell = row[column] ?? '';
      for (const value of isItem ? new Set(cell.split(';')) : [cell]) for (const one of to.get(value) ?? []) one.add(row);
    }
  }

  /** What the trace gives on the rows so far. */
  value(trace: Trace): number | null {
    const part = this.of(trace.filter, trace);
    const counted = ({ rows, sum }: Gathered): number => (trace.column === undefined ? rows : sum);
    switch (trace.measure) {
      case 'count':
        return part.rows;
      case 'sum':
        return part.sum;
      case 'share':
        return percent(counted(part), counted(this.of(trace.of ?? [], trace)));
      case 'median':
      case 'p90': {
        const values = [...part.values].toSorted(([a], [b]) => a - b);
        return percentile(values, trace.measure === 'median' ? 0.5 : 0.9);
      }
    }
  }

  private of(conditions: readonly Condition[], trace: Trace): Gathered {
    const found = this.gathered.get(keyOf(conditions, trace));
    if (!found) throw new Error('the trace is none of those that are counted');
    return found;
  }

  private begin(conditions: readonly Condition[], trace: Trace): void {
    const key = keyOf(conditions, trace);
    if (this.gathered.has(key)) return;
    const one = new Gathered(conditions, trace.column ?? null, keepsValues(trace));
    this.gathered.set(key, one);
    const { way } = one;
    if (way === null) return void this.always.push(one);
    const name = `${way.isItem} ${way.column}`;
    const ways = this.ways.get(name) ?? { column: way.column, isItem: way.isItem, to: new Map<string, Gathered[]>() };
    this.ways.set(name, ways);
    ways.to.set(way.value, [...(ways.to.get(way.value) ?? []), one]);
  }
}

const keepsValues = ({ measure }: Trace): boolean => measure === 'median' || measure === 'p90';
const keyOf = (conditions: readonly Condition[], trace: Trace): string =>
  JSON.stringify([conditions, trace.column ?? null, keepsValues(trace)]);

import type { TextRow } from '#pg';
import { debtorOf, FactsCollector, NOTHING_KNOWN, type DebtorFacts } from './portfolio-rows.ts';

/** Walks through the rows of `factsQuery` beside the cases, debtor by debtor: both come in order of the debtor. */
export class FactsCursor {
  private rows: readonly TextRow[] = [];
  private at = 0;
  private ended = false;
  private collecting: { debtor: string; facts: FactsCollector } | null = null;

  constructor(
    private readonly batches: AsyncIterator<readonly TextRow[]>,
    private readonly tokenOf: (hex: string) => string,
  ) {}

  /** Reads on until all that is known of the debtor is there. Most debtors need no reading: ask `isReady` first. */
  async advance(debtor: string): Promise<void> {
    while (!this.isReady(debtor)) {
      const next = await this.batches.next();
      this.at = 0;
      this.rows = next.done ? [] : next.value;
      this.ended = next.done === true;
    }
  }

  /** Takes in what is there; true when nothing of the debtor can be still to come. */
  isReady(debtor: string): boolean {
    for (; this.at < this.rows.length; this.at += 1) {
      const row = this.rows[this.at] ?? [];
      const whose = debtorOf(row);
      if (whose > debtor) return true;
      // Of debtors who have no case in the scope any more nothing is asked.
      if (whose === debtor) this.collectorOf(debtor).add(row, this.tokenOf);
    }
    return this.ended;
  }

  /** What is known of the debtor, as often as asked until the next one. */
  factsOf(debtor: string): DebtorFacts {
    return this.collecting?.debtor === debtor ? this.collecting.facts : NOTHING_KNOWN;
  }

  private collectorOf(debtor: string): FactsCollector {
    if (this.collecting?.debtor === debtor) return this.collecting.facts;
    this.collecting = { debtor, facts: new FactsCollector() };
    return this.collecting.facts;
  }
}

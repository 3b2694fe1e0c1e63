const BEAT_MS = 1000;

/** Another attempt makes the report now, or shall. */
export class TakenOver extends Error {}

/** How far an attempt is, told to whoever waits; and whether it is still the one. */
export class Pace {
  rows = 0;
  private total: number | null = null;
  private lost = false;
  private readonly timer: NodeJS.Timeout;

  /** `beat` notes progress and says whether the attempt is still the one. Apart from the work: drawing may take longer than a sweep waits. */
  constructor(
    private readonly ending: AbortSignal,
    beat: (done: number, total: number | null) => Promise<boolean>,
  ) {
    this.timer = setInterval(() => {
      void beat(this.rows, this.total).then(
        (ours) => (this.lost ||= !ours),
        () => undefined,
      );
    }, BEAT_MS);
  }

  expect(rows: number): void {
    this.total = (this.total ?? 0) + rows;
  }

  /** Throws TakenOver when the attempt is not the one any more, or the process ends. */
  check(): void {
    if (this.lost || this.ending.aborted) throw new TakenOver();
  }

  async *count<T>(batches: AsyncIterable<readonly T[]>): AsyncGenerator<readonly T[]> {
    for await (const batch of batches) {
      this.check();
      this.rows += batch.length;
      yield batch;
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

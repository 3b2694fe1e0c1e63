/** What became of one job of a batch. */
export type Settled<Result> = { readonly value: Result } | { readonly error: unknown };

interface Waiting<Job, Result> {
  readonly job: Job;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Work that costs as much for many as for one. A job that comes while nothing runs starts at once, alone; those that come meanwhile go
 * together. When a batch fails as a whole, each of its jobs is run alone, so that one bad job fails nobody else.
 */
export class Batcher<Job, Result> {
  private waiting: Waiting<Job, Result>[] = [];
  private running = 0;

  constructor(
    private readonly run: (jobs: readonly Job[]) => Promise<readonly Settled<Result>[]>,
    private readonly limits: { readonly jobs: number; readonly batches: number },
    private readonly sharesFate: (error: unknown) => boolean,
  ) {}

  add(job: Job): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ job, resolve, reject });
      this.start();
    });
  }

  private start(): void {
    while (this.running < this.limits.batches && this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.limits.jobs);
      this.running += 1;
      void this.settle(batch).finally(() => {
        this.running -= 1;
        this.start();
      });
    }
  }

  private async settle(batch: readonly Waiting<Job, Result>[]): Promise<void> {
    try {
      const results = await this.run(batch.map(({ job }) => job));
      batch.forEach((one, index) => {
        const result = results[index];
        if (result === undefined) one.reject(new Error('the batch forgot a job'));
        else if ('value' in result) one.resolve(result.value);
        else one.reject(result.error);
      });
    } catch (error) {
      if (batch.length === 1 || this.sharesFate(error)) for (const { reject } of batch) reject(error);
      else for (const one of batch) await this.settle([one]);
    }
  }
}

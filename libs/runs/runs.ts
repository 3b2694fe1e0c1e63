import { createHash, randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { append } from '#evidence-log';
import { enqueue } from '#outbox';
import { inTransaction, type Tx } from '#pg';
import { Refusal } from '#problem';
import { RunFailure, TakenOver, type Run, type RunFailureJson, type RunProgress } from './run.ts';

const BEAT_MS = 1000;

const FAULT: RunFailureJson = {
  code: 'internal',
  detail: 'Something went wrong on our side; the id finds it in our logs. Ask again later.',
};

export interface RunTable {
  /** The table's name; it has `id`, `institution_id` and runColumns. */
  readonly table: string;
  /** The outbox topic that wakes a worker. */
  readonly topic: string;
  /** The name of the id in the payload, such as `screeningId`. */
  readonly idName: string;
  /** Removes what an earlier run has stored, before the work begins again. */
  readonly clear?: (tx: Tx, id: string) => Promise<void>;
}

/** The work of one table: wakes, carries out, hands back, ends. */
export class Runs {
  private readonly ending = new AbortController();

  constructor(
    private readonly database: DataSource,
    private readonly of: RunTable,
  ) {}

  /** Wakes a worker for new work, with the row that says what is asked. */
  async wake(tx: Tx, institutionId: string, id: string): Promise<void> {
    await enqueue(tx, institutionId, this.of.topic, { [this.of.idName]: id });
  }

  /** The process ends: what runs is handed to another worker. */
  stop(): void {
    this.ending.abort(new TakenOver());
  }

  /**
   * Does the work and ends the row with the summary that `work` gives. Twice at once does no harm: the later run takes over. Throws what `work`
   * throws, except RunFailure and TakenOver; on the last try a fault of ours ends the row, rather than being woken for ever.
   */
  async carryOut(institutionId: string, id: string, isLastTry: boolean, work: (run: Run) => Promise<unknown>): Promise<void> {
    const inTenant = <T>(todo: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(this.database, { institutionId }, todo);
    const run = randomUUID();
    if (!(await inTenant((tx) => this.begin(tx, id, run)))) return;
    const attempt = new Attempt(institutionId, id, this.ending.signal, inTenant, (tx, progress) => this.touch(tx, id, run, progress));
    try {
      const summary = await work(attempt);
      await attempt.write((tx) => this.finish(tx, id, run, 'done', summary));
    } catch (error) {
      if (error instanceof TakenOver) {
        if (this.ending.signal.aborted) await inTenant((tx) => this.wake(tx, institutionId, id));
        return;
      }
      const failure = error instanceof RunFailure ? error.json : isLastTry && !(error instanceof Refusal) ? FAULT : null;
      if (failure !== null) await inTenant((tx) => this.finish(tx, id, run, 'failed', failure));
      if (!(error instanceof RunFailure)) throw error;
    } finally {
      attempt.end();
    }
  }

  /** Has unfinished work that nobody does any more woken; for the sweep. */
  async wakeAbandoned(tx: Tx, staleAfterMs: number): Promise<void> {
    // Touched, so that each is woken once.
    const abandoned = await tx.query<{ id: string; institutionId: string }>(
      `update ${this.of.table} set touched_at = clock_timestamp() where id in (
         select id from ${this.of.table} where state in ('queued', 'running') and touched_at < clock_timestamp() - $1 * interval '1 millisecond'
         order by id for update skip locked
       ) returning id, institution_id as "institutionId"`,
      [staleAfterMs],
    );
    for (const { id, institutionId } of abandoned) await this.wake(tx, institutionId, id);
  }

  /** Ends work that is not finished; false where there is nothing to end. Whoever does it finds out with its next write or beat. */
  async cancel(tx: Tx, id: string): Promise<boolean> {
    const rows = await tx.query(
      `update ${this.of.table} set state = 'cancelled', finished_at = clock_timestamp(), touched_at = clock_timestamp()
       where id = $1 and state in ('queued', 'running') returning id`,
      [id],
    );
    return rows.length > 0;
  }

  private async begin(tx: Tx, id: string, run: string): Promise<boolean> {
    const rows = await tx.query(
      `update ${this.of.table} set state = 'running', run = $2, progress = null, touched_at = clock_timestamp()
       where id = $1 and state in ('queued', 'running') returning id`,
      [id, run],
    );
    if (rows.length > 0) await this.of.clear?.(tx, id);
    return rows.length > 0;
  }

  private async touch(tx: Tx, id: string, run: string, progress: RunProgress | null): Promise<boolean> {
    const rows = await tx.query(
      `update ${this.of.table} set touched_at = clock_timestamp(), progress = coalesce($3, progress)
       where id = $1 and run = $2 and state = 'running' returning id`,
      [id, run, progress === null ? null : JSON.stringify(progress)],
    );
    return rows.length > 0;
  }

  private async finish(tx: Tx, id: string, run: string, state: 'done' | 'failed', said: unknown): Promise<void> {
    const [ended] = await tx.query<{ institutionId: string }>(
      `update ${this.of.table} set state = $3, summary = case when $3 = 'done' then $4::json end, failure = case when $3 = 'failed' then $4::json end,
         finished_at = clock_timestamp(), touched_at = clock_timestamp() where id = $1 and run = $2 and state = 'running' returning institution_id as "institutionId"`,
      [id, run, state, JSON.stringify(said ?? null)],
    );
    if (!ended) return;
    const sha256 = createHash('sha256')
      .update(JSON.stringify(said ?? null))
      .digest('hex');
    const body = { what: this.of.table, [this.of.idName]: id, state, [state === 'done' ? 'summarySha256' : 'failureSha256']: sha256 };
    await append(tx, ended.institutionId, [{ kind: 'run-ended', actor: 'system', body }]);
  }
}

/** One attempt: its heart beats until it ends. */
class Attempt implements Run {
  readonly signal: AbortSignal;
  private readonly lost = new AbortController();
  private readonly beat: NodeJS.Timeout;
  private latest: RunProgress | null = null;

  constructor(
    readonly institutionId: string,
    readonly id: string,
    ending: AbortSignal,
    private readonly inTenant: <T>(todo: (tx: Tx) => Promise<T>) => Promise<T>,
    private readonly touch: (tx: Tx, progress: RunProgress | null) => Promise<boolean>,
  ) {
    this.signal = AbortSignal.any([ending, this.lost.signal]);
    // Apart from the work: sorting a large file takes longer than the sweep waits.
    this.beat = setInterval(() => void this.beatOnce(), BEAT_MS);
  }

  progress(done: number, total: number | null): void {
    this.latest = { done, total };
  }

  check(): void {
    if (this.signal.aborted) throw new TakenOver();
  }

  async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.check();
    return this.inTenant(async (tx) => {
      // Locks the row: whoever would take over waits until this is committed, and then removes it.
      if (!(await this.touch(tx, this.latest))) throw this.giveUp();
      return work(tx);
    });
  }

  end(): void {
    clearInterval(this.beat);
  }

  private async beatOnce(): Promise<void> {
    try {
      if (!(await this.inTenant((tx) => this.touch(tx, this.latest)))) this.giveUp();
    } catch {
      // A beat that is missed is no reason to stop: the next write says whether the work is still ours.
    }
  }

  private giveUp(): TakenOver {
    const over = new TakenOver();
    this.lost.abort(over);
    return over;
  }
}

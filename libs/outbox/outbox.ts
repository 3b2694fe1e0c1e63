import type { DataSource } from 'typeorm';
import type { Queues } from '#jobs';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import type { Logger } from '#telemetry';

/** The queue that takes a topic. */
export type Route = Readonly<Record<string, string>>;

/** Says in the caller's transaction that something is to happen once it is committed. The payload holds ids only. */
export async function enqueue(tx: Tx, institutionId: string, topic: string, payload: Readonly<Record<string, string>>): Promise<void> {
  await tx.query('insert into outbox (institution_id, topic, payload) values ($1, $2, $3)', [
    institutionId,
    topic,
    JSON.stringify(payload),
  ]);
}

/** Removes what was handed over a week ago; for the sweep. */
export async function forgetSent(tx: Tx): Promise<void> {
  await tx.query(`delete from outbox where sent_at < clock_timestamp() - interval '7 days'`);
}

interface Row {
  readonly id: string;
  readonly institutionId: string;
  readonly topic: string;
  readonly payload: Readonly<Record<string, string>>;
}

const BATCH = 200;
const IDLE_MS = 250;
const FAILED_MS = 2000;

/** Hands committed rows to the queue. Any number of relays may run: each takes rows that no other holds. */
export class Relay {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly database: DataSource,
    private readonly queues: Queues,
    private readonly routes: Route,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.schedule(0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  /** Relays one batch; returns how many rows. The rows stay locked until the queue has them: a crash in between relays them again. */
  async relay(): Promise<number> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      const rows = await tx.query<Row>(
        `select id, institution_id as "institutionId", topic, payload from outbox where sent_at is null order by id limit ${BATCH} for update skip locked`,
      );
      const routed = rows.map((row) => {
        const queue = this.routes[row.topic];
        if (queue === undefined) throw new Error(`no queue takes the topic ${row.topic}`);
        return { ...row, queue };
      });
      // Together, not one after the other: what time brings comes by the thousand, and others wait behind it.
      await Promise.all(
        routed.map(({ id, queue, topic, payload, institutionId }) =>
          // The topic, because services that share a queue number their rows each for itself.
          this.queues.add(queue, topic, { ...payload, institutionId }, `${topic}-${id}`),
        ),
      );
      if (rows.length > 0) await tx.query('update outbox set sent_at = clock_timestamp() where id = any($1)', [rows.map(({ id }) => id)]);
      return rows.length;
    });
  }

  private schedule(delayMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.relay().then(
        (count) => this.schedule(count === BATCH ? 0 : IDLE_MS),
        (error: unknown) => {
          this.logger.warn({ error: error instanceof Error ? error.message : String(error) }, 'outbox relay');
          this.schedule(FAILED_MS);
        },
      );
    }, delayMs);
  }
}

import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { JobData, JobHandler, Queues } from '#jobs';
import { inTransaction, type Tx } from '#pg';

/** What came of an event, told to its publisher: small, no names, no numbers of people. */
export type EventResult = Readonly<Record<string, unknown>>;

export interface EventHandler {
  /** The queue in which the publisher waits for acknowledgements. */
  readonly answerTo: string;
  /** Applies the event, in the transaction that marks it as seen: called once for each event, however often it comes. */
  apply(tx: Tx, payload: unknown, event: { readonly id: string; readonly institutionId: string }): Promise<EventResult>;
}

export interface Consumed {
  readonly id: string;
  readonly institutionId: string;
  readonly payload: unknown;
  readonly result: EventResult;
}

const ACKNOWLEDGED = 'event.acknowledged';

/** Both ends of a service's events queue: jobs for what others tell it, and for what they answer. */
export class EventDesk {
  constructor(
    private readonly database: DataSource,
    private readonly queues: Pick<Queues, 'add'>,
  ) {}

  /** Job handlers for the topics of others. */
  consuming(topics: Readonly<Record<string, EventHandler>>): Record<string, JobHandler> {
    return Object.fromEntries(Object.entries(topics).map(([topic, handler]) => [topic, (data) => this.consume(topic, handler, data)]));
  }

  /**
   * The job handler for answers to our own events, with what is to be done about them by topic, in the transaction that notes the answer:
   * called once for each event.
   */
  acknowledging(topics: Readonly<Record<string, (tx: Tx, event: Consumed) => Promise<void>>> = {}): Record<string, JobHandler> {
    return { [ACKNOWLEDGED]: (data) => this.acknowledge(topics, data) };
  }

  private async consume(topic: string, { answerTo, apply }: EventHandler, data: JobData): Promise<void> {
    const { eventId = '', institutionId = '', payload = 'null' } = data;
    const result = await inTransaction(this.database, { institutionId }, async (tx) => {
      // Of two deliveries at once the second waits here for the first to commit.
      const fresh = await tx.query(
        'insert into event_seen (event, institution_id, topic) values ($1, $2, $3) on conflict do nothing returning event',
        [eventId, institutionId, topic],
      );
      if (fresh.length === 0) return this.resultOf(tx, eventId, institutionId);
      const text = JSON.stringify(await apply(tx, JSON.parse(payload), { id: eventId, institutionId }));
      await tx.query('update event_seen set result = $3 where event = $1 and institution_id = $2', [eventId, institutionId, text]);
      return text;
    });
    // Not in the transaction: one that is lost is made up for when the event comes again.
    await this.queues.add(answerTo, ACKNOWLEDGED, { eventId, institutionId, result }, `acknowledged-${randomUUID()}`);
  }

  private async resultOf(tx: Tx, eventId: string, institutionId: string): Promise<string> {
    const [seen] = await tx.query<{ result: string }>(
      'select result::text as result from event_seen where event = $1 and institution_id = $2',
      [eventId, institutionId],
    );
    return seen?.result ?? '{}';
  }

  private async acknowledge(
    topics: Readonly<Record<string, (tx: Tx, event: Consumed) => Promise<void>>>,
    { eventId: id = '', institutionId = '', result: text = '{}' }: JobData,
  ): Promise<void> {
    await inTransaction(this.database, { institutionId }, async (tx) => {
      const [event] = await tx.query<{ topic: string; payload: unknown }>(
        `update event set acknowledged_at = clock_timestamp(), result = $3 where id = $1 and institution_id = $2 and acknowledged_at is null
         returning topic, payload`,
        [id, institutionId, text],
      );
      if (event) await topics[event.topic]?.(tx, { id, institutionId, payload: event.payload, result: JSON.parse(text) as EventResult });
    });
  }
}

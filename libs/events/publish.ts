import { enqueue } from '#outbox';
import type { Tx } from '#pg';

export interface NewEvent {
  readonly institutionId: string;
  /** Named after the publisher's thing: `complaint.collection-hold`. The relay's routes say whose queue takes it. */
  readonly topic: string;
  /** Small, and the whole state with a version: events may arrive twice in any order. It passes through the queue store: no names, no numbers of people. */
  readonly payload: object;
}

/** Tells other services something once the transaction is committed; returns the event's id. */
export async function publish(tx: Tx, { institutionId, topic, payload }: NewEvent): Promise<string> {
  const text = JSON.stringify(payload);
  const [event] = await tx.query<{ id: string }>('insert into event (institution_id, topic, payload) values ($1, $2, $3) returning id', [
    institutionId,
    topic,
    text,
  ]);
  if (!event) throw new Error('the event was not stored');
  await enqueue(tx, institutionId, topic, { eventId: event.id, topic, payload: text });
  return event.id;
}

/** Tells other services one thing of many; two statements' worth of work for any number. */
export async function publishAll(tx: Tx, institutionId: string, topic: string, payloads: readonly object[]): Promise<void> {
  if (payloads.length === 0) return;
  await tx.query(
    `with told as (
       insert into event (institution_id, topic, payload) select $1, $2, value from json_array_elements($3::json) with ordinality order by ordinality
       returning id, payload
     )
     insert into outbox (institution_id, topic, payload)
     select $1, $2, json_build_object('eventId', id, 'topic', $2::text, 'payload', payload::text) from told order by id`,
    [institutionId, topic, JSON.stringify(payloads)],
  );
}

const RESENT_AT_ONCE = 1000;

/**
 * Gives events that nobody has acknowledged to the relay again, each after twice the time of the last, an hour at most; for the sweep.
 * Returns how many.
 */
export async function resendEvents(tx: Tx, staleAfterMs: number): Promise<number> {
  const rows = await tx.query(
    `with stale as (
       update event set sent_at = clock_timestamp() where id in (
         select id from event where acknowledged_at is null and sent_at < clock_timestamp() - $1 * interval '1 millisecond'
           and sent_at < clock_timestamp() - least(sent_at - created_at, interval '1 hour')
         order by id limit ${RESENT_AT_ONCE} for update skip locked
       ) returning id, institution_id, topic, payload
     )
     insert into outbox (institution_id, topic, payload)
     select institution_id, topic, json_build_object('eventId', id, 'topic', topic, 'payload', payload::text) from stale order by id returning id`,
    [staleAfterMs],
  );
  return rows.length;
}

import { Redis } from 'ioredis';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { EventDesk, publish, resendEvents, type Consumed } from '#events';
import { createQueues, type Queues } from '#jobs';
import { Relay } from '#outbox';
import { createDataSource, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { createLogger } from '#telemetry';
import { queueBackends, testDatabase, type TestDatabase } from '#testkit';

const TOPIC = 'complaint.told';
const BANK = 'bank-1';
const logger = createLogger('events', 'fatal');

/** A service with its database, its queues and its own events queue. */
class Side {
  private constructor(
    readonly db: TestDatabase,
    readonly source: DataSource,
    readonly queues: Queues,
    readonly desk: EventDesk,
    readonly admin: Client,
  ) {}

  static async open(service: string, store: (db: TestDatabase) => { redisUrl: string; databaseUrl: string }): Promise<Side> {
    const db = await testDatabase(service);
    const source = await createDataSource({ url: db.appUrl, poolSize: 8, applicationName: service });
    const queues = createQueues(store(db), logger);
    const admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
    return new Side(db, source, queues, new EventDesk(source, queues), admin);
  }

  in<T>(work: (tx: Tx) => Promise<T>, institutionId = BANK): Promise<T> {
    return inTransaction(this.source, { institutionId }, work);
  }

  async close(): Promise<void> {
    await this.queues.close();
    await this.source.destroy();
    await this.admin.end();
    await this.db.drop();
  }
}

describe.each(queueBackends)('events on $backend', ({ backend, env }) => {
  const { REDIS_URL: redisUrl } = backend === 'redis' ? env() : { REDIS_URL: '' };
  const acknowledged: Consumed[] = [];
  let teller: Side;
  let listener: Side;
  let relay: Relay;
  let onAcknowledged: () => void = () => undefined;
  let fails = 0;

  const tell = (n: number, institutionId = BANK): Promise<string> =>
    teller.in((tx) => publish(tx, { institutionId, topic: TOPIC, payload: { n } }), institutionId);
  const apply = async (
    tx: Tx,
    payload: unknown,
    { id, institutionId }: { id: string; institutionId: string },
  ): Promise<{ heard: unknown }> => {
    const { n } = payload as { n: number };
    await tx.query('insert into heard (institution_id, event, n) values ($1, $2, $3)', [institutionId, id, n]);
    if (fails > 0) {
      fails -= 1;
      throw new Error('not now');
    }
    return { heard: n };
  };
  const consuming = (desk: EventDesk) => desk.consuming({ [TOPIC]: { answerTo: 'teller-events', apply } });
  const heard = async (): Promise<number[]> =>
    (await listener.admin.query<{ n: number }>('select n from heard order by n')).rows.map(({ n }) => n);
  const unacknowledged = async (): Promise<number> =>
    (await teller.admin.query('select from event where acknowledged_at is null')).rowCount ?? 0;
  const untilAcknowledged = async (): Promise<void> => {
    for (;;) {
      const told = new Promise<void>((resolve) => (onAcknowledged = resolve));
      if ((await unacknowledged()) === 0) return;
      await told;
    }
  };
  const forget = async (): Promise<void> => {
    const redis = redisUrl ? new Redis(redisUrl) : null;
    if (redis) await redis.flushdb();
    else await listener.admin.query('truncate bullmq.job, bullmq.meta, bullmq.event, bullmq.dedup cascade');
    await redis?.quit();
  };
  /** As the sweep does, when everything that is not acknowledged is stale. */
  const resend = async (): Promise<number> => {
    await teller.admin.query(`update event set created_at = created_at - interval '1 hour', sent_at = sent_at - interval '2 hours'`);
    return teller.in((tx) => resendEvents(tx, 60_000), EVERY_INSTITUTION);
  };

  beforeAll(async () => {
    listener = await Side.open('collections', (db) => ({ redisUrl, databaseUrl: db.appUrl }));
    teller = await Side.open('complaints', () => ({ redisUrl, databaseUrl: listener.db.appUrl }));
    await listener.admin.query(`create table heard (institution_id text, event uuid, n int); grant all on heard to forbear_collections`);
    relay = new Relay(teller.source, teller.queues, { [TOPIC]: 'listener-events' }, logger);
    const onAnswer = async (tx: Tx, event: Consumed): Promise<void> => {
      await tx.query('select 1');
      acknowledged.push(event);
    };
    const { 'event.acknowledged': note } = teller.desk.acknowledging({ [TOPIC]: onAnswer });
    await teller.queues.work(
      'teller-events',
      {
        'event.acknowledged': async (data, job) => {
          await note?.(data, job);
          onAcknowledged();
        },
      },
      2,
    );
  });
  afterAll(async () => {
    await teller.close();
    await listener.close();
  });

  it('of a transaction that fails are not told', async () => {
    const failing = teller.in(async (tx) => {
      await publish(tx, { institutionId: BANK, topic: TOPIC, payload: { n: 0 } });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await relay.relay()).toBe(0);
  });

  it('that the store loses before anyone listens are sent again', async () => {
    const told = await Promise.all(Array.from({ length: 20 }, (_, n) => tell(n, n % 2 === 0 ? BANK : 'bank-2')));
    expect(await relay.relay()).toBe(20);
    await forget();
    expect(await teller.in((tx) => resendEvents(tx, 60_000), EVERY_INSTITUTION)).toBe(0);
    expect(await resend()).toBe(20);
    expect(await relay.relay()).toBe(20);
    // Sent a third time, before the second is worked.
    expect(await resend()).toBe(20);
    expect(await relay.relay()).toBe(20);
    fails = 1;
    await listener.queues.work('listener-events', consuming(listener.desk), 4);
    await untilAcknowledged();
    expect(await heard()).toEqual(told.map((_, n) => n));
    expect(acknowledged.map(({ id }) => id).toSorted()).toEqual(told.toSorted());
    expect(acknowledged.map(({ payload, result }) => [payload, result])).toEqual(
      expect.arrayContaining(told.map((_, n) => [{ n }, { heard: n }])),
    );
    expect(await resend()).toBe(0);
  });

  it('delivered twice at once are applied once, and answered twice the same', async () => {
    const eventId = await tell(100);
    const answers: string[] = [];
    const desk = new EventDesk(listener.source, { add: async (_queue, _name, { result }) => void answers.push(result ?? '') });
    const handler = consuming(desk)[TOPIC];
    const data = { eventId, institutionId: BANK, payload: '{"n":100}' };
    await Promise.all([1, 2, 3].map(() => handler?.(data, { attempt: 1, isLast: false })));
    expect((await heard()).filter((n) => n === 100)).toHaveLength(1);
    expect(answers).toEqual(['{"heard":100}', '{"heard":100}', '{"heard":100}']);
  });

  it('are noted as acknowledged once', async () => {
    const eventId = await tell(101);
    const before = acknowledged.length;
    const { 'event.acknowledged': note } = teller.desk.acknowledging({ [TOPIC]: async (_tx, event) => void acknowledged.push(event) });
    const data = { eventId, institutionId: BANK, result: '{}' };
    await Promise.all([1, 2].map(() => note?.(data, { attempt: 1, isLast: false })));
    // Of another institution: not its event.
    await note?.({ ...data, institutionId: 'bank-2' }, { attempt: 1, isLast: false });
    expect(acknowledged.length).toBe(before + 1);
  });

  it('wait twice as long each time for an answer', async () => {
    const eventId = await tell(102);
    const age = (created: number, sent: number): Promise<unknown> =>
      teller.admin.query(
        `update event set created_at = clock_timestamp() - $2 * interval '1 second', sent_at = clock_timestamp() - $3 * interval '1 second' where id = $1`,
        [eventId, created, sent],
      );
    const due = async (created: number, sent: number): Promise<number> => {
      await age(created, sent);
      return teller.in((tx) => resendEvents(tx, 60_000), EVERY_INSTITUTION);
    };
    expect([await due(59, 59), await due(61, 61), await due(600, 299), await due(600, 301)]).toEqual([0, 1, 0, 1]);
    expect([await due(100_000, 3599), await due(100_000, 3601)]).toEqual([0, 1]);
  });
});

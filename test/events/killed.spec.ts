import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { EventDesk, publish, resendEvents } from '#events';
import { createQueues, type Queues } from '#jobs';
import { Relay } from '#outbox';
import { createDataSource, EVERY_INSTITUTION, inTransaction } from '#pg';
import { createLogger } from '#telemetry';
import { queueBackends, spawnService, testDatabase, type SpawnedService, type TestDatabase } from '#testkit';
import { eventually } from '../start/running.ts';

const TOPIC = 'complaint.told';
const BANK = 'bank-1';
const logger = createLogger('killed', 'fatal');

describe.each(queueBackends)('a consumer on $backend that is killed after its commit', ({ backend, env }) => {
  const { REDIS_URL: redisUrl } = backend === 'redis' ? env() : { REDIS_URL: '' };
  const consumers: SpawnedService[] = [];
  let [ours, theirs]: TestDatabase[] = [];
  let source: DataSource;
  let queues: Queues;
  let admin: Client;

  beforeAll(async () => {
    [ours, theirs] = await Promise.all([testDatabase('complaints'), testDatabase('collections')]);
    source = await createDataSource({ url: ours?.appUrl ?? '', poolSize: 4, applicationName: 'killed' });
    queues = createQueues({ redisUrl, databaseUrl: ours?.appUrl ?? '' }, logger);
    admin = new Client({ connectionString: theirs?.adminUrl });
    await admin.connect();
    await admin.query('create table heard (institution_id text, event uuid, n int); grant all on heard to forbear_collections');
  });
  afterAll(async () => {
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    await queues.close();
    await source.destroy();
    await admin.end();
    await Promise.all([ours?.drop(), theirs?.drop()]);
  });

  const consumer = async (more: Record<string, string> = {}): Promise<SpawnedService> => {
    const urls = { DATABASE_URL: theirs?.appUrl ?? '', QUEUE_DATABASE_URL: ours?.appUrl ?? '', REDIS_URL: redisUrl };
    const started = await spawnService('test/events/fixture/consumer.js', { ...urls, ...more });
    consumers.push(started);
    return started;
  };

  it('has applied the event once, and its publisher hears of it', async () => {
    const answers: unknown[] = [];
    const desk = new EventDesk(source, queues);
    await queues.work('teller-events', desk.acknowledging({ [TOPIC]: async (_tx, { result }) => void answers.push(result) }), 1);
    const relay = new Relay(source, queues, { [TOPIC]: 'listener-events' }, logger);
    await inTransaction(source, { institutionId: BANK }, (tx) => publish(tx, { institutionId: BANK, topic: TOPIC, payload: { n: 7 } }));
    const first = await consumer({ DIE_BEFORE_ANSWER: 'true' });
    await relay.relay();
    expect(await first.exited).toBe('SIGKILL');
    const heard = async (): Promise<unknown[]> => (await admin.query('select institution_id, n from heard')).rows;
    expect(await heard()).toEqual([{ institution_id: BANK, n: 7 }]);
    expect(answers).toEqual([]);
    await consumer();
    // The sweep of the publisher, that takes everything for stale.
    expect(await inTransaction(source, { institutionId: EVERY_INSTITUTION }, (tx) => resendEvents(tx, 0))).toBe(1);
    await relay.relay();
    await eventually('the acknowledgement', () => answers.length > 0);
    expect(answers).toEqual([{ heard: true }]);
    expect(await heard()).toHaveLength(1);
  });
});

import { Client } from 'pg';
import { browserLaunch, freePort, queueBackends, spawnService } from '#testkit';

const entry = 'test/start/fixture/service.js';

async function serve(): Promise<Awaited<ReturnType<typeof spawnService>>> {
  return await spawnService(entry, { HOST: '127.0.0.1', PORT: String(await freePort()) });
}

describe('spawnService', () => {
  it('waits until the service is ready, and stops it', async () => {
    const service = await serve();
    expect(await (await fetch(service.url)).text()).toBe('well');
    expect(await service.stop()).toBe(0);
  });

  it('kills without a chance to drain', async () => {
    const service = await serve();
    await service.kill9();
    expect(await service.exited).toBe('SIGKILL');
  });

  it('shows what a service said that did not start', async () => {
    await expect(spawnService(entry, { FIXTURE_FAIL: 'a', FIXTURE_NAME: 'a' })).rejects.toThrow('the fixture was told to fail');
  });

  it('stops a service whose parent is gone', async () => {
    const service = await serve();
    service.child.disconnect();
    expect(await service.exited).toBe(0);
  });
});

describe('what npm test prepares', () => {
  it('is a PostgreSQL, a Redis and a browser', async () => {
    const client = new Client({ connectionString: process.env.TEST_POSTGRES_URL });
    await client.connect();
    expect((await client.query('show server_version')).rows).toHaveLength(1);
    await client.end();
    expect(queueBackends.map(({ backend, env }) => [backend, env().REDIS_URL !== ''])).toEqual([
      ['postgres', false],
      ['redis', true],
    ]);
    expect(browserLaunch().executablePath).not.toBe('');
  });
});

import { existsSync, lstatSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '#testkit';
import { alive, dataFolder, eventually, guards, lives, start, type Started } from './running.ts';

const isRoot = process.getuid?.() === 0;
const answer = async (port: number, path = '/'): Promise<string> => await (await fetch(`http://127.0.0.1:${port}${path}`)).text();

async function notes(started: Started): Promise<number> {
  const url = /database (postgres:\S+)/.exec(started.output())?.[1];
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`select set_config('app.institution', 'i1', false)`);
    return (await client.query('select 1 from note')).rows.length;
  } finally {
    await client.end();
  }
}

async function stop({ child, ended }: Started): Promise<number | string> {
  child.kill('SIGTERM');
  return await ended;
}

describe('npm start', () => {
  let data: ReturnType<typeof dataFolder>;
  let port: number;
  let started: Started | undefined;
  const begin = (args: string[] = [], env: Record<string, string> = {}): Started => (started = start(data.path, port, args, env));

  beforeEach(async () => {
    data = dataFolder();
    port = await freePort();
  });
  afterEach(async () => {
    started?.child.kill('SIGKILL');
    await started?.ended;
    if (existsSync(join(data.path, 'children')) && existsSync(join(data.path, 'postgres/postmaster.pid'))) {
      const left = lives(data.path);
      await eventually('all gone', () => !left.some(alive));
    }
    data.remove();
  });

  it('serves, and at SIGTERM leaves no process and exits with 0', async () => {
    const first = begin();
    await first.ready;
    expect(await answer(port)).toBe('well');
    const running = lives(data.path);
    expect(running).toHaveLength(4);
    const from = performance.now();
    expect(await stop(first)).toBe(0);
    expect(performance.now() - from).toBeLessThan(5000);
    expect(running.filter(alive)).toEqual([]);
    expect(existsSync(join(data.path, 'lock'))).toBe(false);
    expect(statSync(join(data.path, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('takes a SIGINT that comes twice at once, from terminal and npm, for one', async () => {
    const first = begin();
    await first.ready;
    first.child.kill('SIGINT');
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
  });

  it('stops cleanly in the middle of its first start', async () => {
    const first = begin();
    // Its file may be there before its process id is in it.
    await eventually('PostgreSQL runs', () => existsSync(join(data.path, 'postgres/postmaster.pid')) && lives(data.path).length > 0);
    const [postgres] = lives(data.path).slice(-1);
    expect(await stop(first)).toBe(0);
    expect(postgres && alive(postgres)).toBe(false);
  });

  it('seeds once, keeps the data, and --reset starts afresh, --no-seed empty', async () => {
    for (const [args, rows] of [
      [[], 1],
      [[], 1],
      [['--reset', '--no-seed'], 0],
      [[], 0],
      [['--reset'], 1],
    ] as const) {
      const one = begin([...args]);
      await one.ready;
      expect(await notes(one)).toBe(rows);
      expect(await stop(one)).toBe(0);
    }
  });

  it('leaves nothing behind at kill -9, and starts again over the stale lock', async () => {
    const first = begin();
    await first.ready;
    const running = lives(data.path);
    first.child.kill('SIGKILL');
    await first.ended;
    await eventually('services and PostgreSQL are gone', () => !running.some(alive));
    const second = begin();
    await second.ready;
    expect(second.output()).toContain('Removed a stale lock file');
    expect(await notes(second)).toBe(1);
    expect(await stop(second)).toBe(0);
  });

  it('takes down a PostgreSQL that outlived its supervisor', async () => {
    const first = begin();
    await first.ready;
    const postgres = lives(data.path).at(-1) ?? '';
    for (const guard of guards(first.child.pid ?? 0)) process.kill(guard, 'SIGKILL');
    first.child.kill('SIGKILL');
    await first.ended;
    expect(alive(postgres)).toBe(true);
    const second = begin();
    await second.ready;
    expect(second.output()).toContain('Stopping a PostgreSQL left over');
    expect(alive(postgres)).toBe(false);
    expect(await stop(second)).toBe(0);
  });

  it('restarts a service that crashes, and gives up with the end of its log at the third time', async () => {
    const first = begin();
    await first.ready;
    for (const crash of [1, 2]) {
      await answer(port, '/crash').catch(() => undefined);
      await eventually(`back after crash ${crash}`, () => first.output().split('front is back.').length > crash);
      expect(await answer(port)).toBe('well');
    }
    await answer(port, '/crash').catch(() => undefined);
    expect(await first.ended).toBe(1);
    expect(first.output()).toMatch(/front stopped 3 times \(exit code 7\)\. The end of .*front\.log/);
  });

  it('restarts PostgreSQL when it is killed', async () => {
    const first = begin();
    await first.ready;
    process.kill(Number.parseInt(lives(data.path).at(-1) ?? '', 10), 'SIGKILL');
    await eventually('PostgreSQL is back', () => first.output().includes('PostgreSQL is back.'));
    expect(await notes(first)).toBe(1);
    expect(await stop(first)).toBe(0);
  });

  it('says which service did not start, and why', async () => {
    const first = begin([], { FIXTURE_FAIL: 'alpha' });
    expect(await first.ended).toBe(1);
    expect(first.output()).toMatch(/alpha did not start \(exit code 1\)/);
    expect(first.output()).toContain('the fixture was told to fail');
  });

  it('refuses a second start of the same folder in one line', async () => {
    const first = begin();
    await first.ready;
    const second = start(data.path, port);
    expect(await second.ended).toBe(1);
    expect(second.output().trim()).toMatch(/^Forbear is already running from this folder \(process \d+\): .*$/);
    expect(await answer(port)).toBe('well');
    expect(await stop(first)).toBe(0);
  });

  it('names who has the port, and the way out, in one line', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const first = begin();
    expect(await first.ended).toBe(1);
    other.close();
    const who = process.platform === 'linux' ? ` by .+ \\(process ${process.pid}\\)` : '.*';
    expect(first.output().trim()).toMatch(new RegExp(`^Port ${port} is in use${who}: stop that, or choose another: PORT=\\d+ npm start$`));
  });

  it.each([
    ['another version', (path: string) => writeFileSync(join(path, 'PG_VERSION'), '15\n'), /is of PostgreSQL version 15.*--reset/],
    ['a damaged control file', (path: string) => writeFileSync(join(path, 'global/pg_control'), Buffer.alloc(8192)), /damaged.*--reset/],
    ['lost secrets', (path: string) => rmSync(join(path, '../secrets.json')), /secrets\.json is missing.*--reset/],
  ])('says what to do about %s', async (_, damage, expected) => {
    const first = begin(['--no-seed']);
    await first.ready;
    expect(await stop(first)).toBe(0);
    damage(join(data.path, 'postgres'));
    const second = begin();
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(expected);
    const third = begin(['--reset']);
    await third.ready;
    expect(await stop(third)).toBe(0);
  });

  it('works as root in a folder that PostgreSQL’s user cannot reach', async () => {
    // As a normal user there is no such folder: PostgreSQL runs as that user.
    const closed = dataFolder(false);
    const first = start(closed.path, port);
    await first.ready;
    expect(lstatSync(join(closed.path, 'postgres')).isSymbolicLink()).toBe(isRoot);
    expect(await stop(first)).toBe(0);
    const second = start(closed.path, port);
    await second.ready;
    expect(await notes(second)).toBe(1);
    expect(await stop(second)).toBe(0);
    const outside = readFileSync(join(closed.path, 'postgres/PG_VERSION'), 'utf8');
    expect(outside.trim()).not.toBe('');
    closed.remove();
  });
});

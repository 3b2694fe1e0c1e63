import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Told } from '../explain.mjs';
import { guard } from '../start/guard.ts';
import { pause } from '../start/pause.ts';
import { anyPort } from '../start/ports.ts';

export interface Redis {
  readonly url: string;
  /** How many numbered databases it has. */
  readonly databases: number;
  stop(): Promise<void>;
}

const HOW =
  'The tests need Redis, for the second queue backend: apt-get install redis-server (Debian, Ubuntu) or brew install redis, or set REDIS_URL.';

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString().startsWith('+PONG'));
    });
  });
}

/** The Redis of REDIS_URL, else one of our own on a free port with a folder that goes when it goes. */
export async function openRedis(): Promise<Redis> {
  const given = process.env.REDIS_URL;
  if (given) return { url: given.replace(/\/\d*$/, ''), databases: 1, stop: async () => undefined };
  const port = await anyPort();
  const folder = mkdtempSync(join(tmpdir(), 'forbear-redis-'));
  const options = { port, bind: '127.0.0.1', databases: 64, dir: folder, save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction' };
  const server = spawn(
    'redis-server',
    Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { stdio: 'ignore', detached: true },
  );
  const missing = new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(true));
    server.once('spawn', () => resolve(false));
  });
  if (await missing) {
    rmSync(folder, { recursive: true, force: true });
    throw new Told(HOW);
  }
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const release = server.pid === undefined ? () => undefined : guard(server.pid, 'TERM');
  const stop = async (): Promise<void> => {
    release();
    server.kill('SIGTERM');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const until = Date.now() + 10_000; !(await answers(port)); await pause(20)) {
    if (Date.now() < until && server.exitCode === null) continue;
    await stop();
    throw new Told('redis-server did not start; try it by hand: redis-server --port 6390');
  }
  return { url: `redis://127.0.0.1:${port}`, databases: 64, stop };
}

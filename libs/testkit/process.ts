import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Patience, here and in all that waits, is for machines that are slow; who is in time waits for nothing.
const READY_TIMEOUT_MS = 60_000;

export interface SpawnedService {
  readonly child: ChildProcess;
  /** As announced; 0 for a worker. */
  readonly port: number;
  readonly url: string;
  /** What it wrote to stdout and stderr so far. */
  log(): string;
  /** SIGTERM; resolves with the exit code, or the name of the signal that ended it. */
  stop(): Promise<number | string>;
  kill9(): Promise<void>;
  readonly exited: Promise<number | string>;
}

// This file is under libs/testkit, as source or built below dist/.
const here = fileURLToPath(new URL('../..', import.meta.url));
const dist = existsSync(join(here, 'package.json')) ? join(here, 'dist') : here;

/** Starts a built entry, for example `apps/collections/src/main.js`, and waits until it announces that it is ready. */
export async function spawnService(
  entry: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<SpawnedService> {
  // Only what a program needs from the machine: a test states the rest.
  const { PATH, HOME, TMPDIR } = process.env;
  const base = { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE: join(dist, '../.data/compile-cache') };
  // No source maps and few collections of garbage: a run starts some hundred processes, and this is a fifth of what a start costs.
  const child = spawn(process.execPath, ['--max-semi-space-size=32', join(dist, entry), ...args], {
    env: { ...base, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  // Not 'close': it never comes when the test itself lets go of the IPC channel. What was written last is read all the same.
  const read = Promise.all(
    [child.stdout, child.stderr].map((stream) => new Promise<void>((resolve) => stream?.once('end', () => resolve()))),
  );
  const exited = new Promise<number | string>((resolve) => {
    child.once('exit', async (code, signal) => {
      await read;
      resolve(code ?? signal ?? 'unknown');
    });
  });
  const port = await new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${entry} was not ready after ${READY_TIMEOUT_MS} ms:\n${log}`));
    }, READY_TIMEOUT_MS);
    child.once('error', reject);
    void exited.then((ending) => {
      clearTimeout(late);
      return reject(new Error(`${entry} ended (${ending}) before it was ready:\n${log}`));
    });
    child.on('message', (message: { type?: string; port?: number }) => {
      if (message.type !== 'ready') return;
      clearTimeout(late);
      resolve(message.port ?? 0);
    });
  });
  return {
    child,
    port,
    url: `http://127.0.0.1:${port}`,
    log: () => log,
    exited,
    stop: async () => {
      child.kill('SIGTERM');
      return await exited;
    },
    kill9: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

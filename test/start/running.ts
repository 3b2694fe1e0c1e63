import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeData } from '../../tools/start/account.ts';
import { lifeOf } from '../../tools/lock.mjs';

const entry = fileURLToPath(new URL('../../dist/test/start/fixture/main.js', import.meta.url));
// Several installations share the machine while tests run; what never happens fails all the same.
const PATIENCE_MS = 75_000;

/** The supervisor on the fixture's services, as a process of its own. */
export interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** The exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  /** Resolves when it printed its closing block. */
  readonly ready: Promise<void>;
}

export function start(data: string, port: number, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Started {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { PATH: process.env.PATH, FIXTURE_DATA: data, FIXTURE_PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<number | string>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown')));
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('ready in')) resolve();
      });
    }
    child.once('close', () => reject(new Error(`ended before it was ready:\n${output}`)));
  });
  ready.catch(() => undefined);
  return { child, output: () => output, ended, ready };
}

/** A data folder that goes with the test. As root, `reachable` says whether PostgreSQL's user can pass through to it. */
export function dataFolder(reachable = true): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'forbear-start-'));
  if (reachable) chmodSync(path, 0o711);
  return {
    path,
    remove: () => {
      removeData(join(path, 'postgres'));
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Waits until the condition holds; for what other processes do and nobody announces. */
export async function eventually(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; !(await condition());) {
    if (Date.now() > until) throw new Error(`did not happen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const postmaster = (data: string): number => Number.parseInt(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8'), 10);

/** Our services and PostgreSQL of a data folder that run now, each as one life of a process id. */
export function lives(data: string): string[] {
  const file = join(data, 'children');
  const services = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return [...services, lifeOf(postmaster(data)) ?? ''].filter((life) => life !== '');
}

export const alive = (life: string): boolean => lifeOf(Number.parseInt(life, 10)) === life;

/** The process ids of the shells that guard PostgreSQL for a supervisor. */
export function guards(supervisor: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return stat.includes('(sh)') && stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] === String(supervisor);
      } catch {
        return false;
      }
    })
    .map(Number);
}

import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Told } from '../explain.mjs';
import { lifeOf } from '../lock.mjs';
import { openLog, tail } from './logs.ts';
import { pause } from './pause.ts';

/** One of our own programs: `entry` is its built file, below the dist folder. */
export interface Program {
  readonly name: string;
  readonly entry: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface CrewOptions {
  readonly distFolder: string;
  readonly dataFolder: string;
  readonly say: (line: string) => void;
  /** A service is gone for good. */
  readonly onLost: (reason: Told) => void;
  readonly restartDelaysMs?: readonly number[];
}

const READY_TIMEOUT_MS = 60_000;
// A worker takes eight to hand its work over (run-worker.ts).
const STOP_TIMEOUT_MS = 9000;
const SHOWN_LINES = 12;
// One second, then three, then ten: a crash that comes a fourth time is not a passing one.
const RESTART_DELAYS_MS = [1000, 3000, 10_000];

interface Running {
  readonly program: Program;
  readonly child: ChildProcess;
  readonly logStart: number;
  readonly gone: Promise<void>;
}

/** Our processes: jobs that run once and services that are restarted. Each writes to `logs/<name>.log` and dies when we die. */
export class Crew {
  private readonly running = new Map<string, Running>();
  private readonly crashes = new Map<string, number>();
  private stopping = false;

  constructor(private readonly options: CrewOptions) {}

  /** Stops what an earlier run, killed, may have left on its way out. */
  async clearLeftovers(): Promise<void> {
    const lives = existsSync(this.pidFile) ? readFileSync(this.pidFile, 'utf8').split('\n') : [];
    const left = lives.filter((life) => life !== '' && lifeOf(Number.parseInt(life, 10)) === life);
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      for (const until = Date.now() + STOP_TIMEOUT_MS; ;) {
        const alive = left.filter((life) => lifeOf(Number.parseInt(life, 10)) === life);
        if (alive.length === 0) return;
        if (Date.now() > until) break;
        for (const life of alive) process.kill(Number.parseInt(life, 10), signal);
        await pause(50);
      }
    }
  }

  /** Runs a program to its end; throws Told with the end of its log when it fails. */
  async runJob(program: Program): Promise<void> {
    const job = this.launch(program);
    await job.gone;
    if (job.child.exitCode !== 0) throw this.failure(job, 'failed');
  }

  /** Starts a service and waits until it is ready. Later crashes are answered with a restart, three times at most. */
  async startService(program: Program): Promise<void> {
    const service = this.launch(program);
    await this.ready(service);
    void this.watch(service);
  }

  /** SIGTERM to all, SIGKILL to what is left after nine seconds, or to all at once when forced. */
  async stop(force = false): Promise<void> {
    this.stopping = true;
    const all = [...this.running.values()];
    for (const { child } of all) child.kill(force ? 'SIGKILL' : 'SIGTERM');
    const late = setTimeout(() => all.forEach(({ child }) => child.kill('SIGKILL')), STOP_TIMEOUT_MS);
    await Promise.all(all.map((one) => one.gone));
    clearTimeout(late);
  }

  private get pidFile(): string {
    return join(this.options.dataFolder, 'children');
  }

  private notePids(): void {
    const lives = [...this.running.values()].map(({ child }) => (child.pid === undefined ? null : lifeOf(child.pid)));
    try {
      writeFileSync(this.pidFile, lives.filter((life) => life !== null).join('\n'));
    } catch {
      // A full disk must not keep us from stopping; the list only helps after a kill -9.
    }
  }

  private launch(program: Program): Running {
    if (this.stopping) throw new Told('Stopping.');
    const file = this.logFile(program);
    const log = openLog(file);
    const logStart = tail.size(file);
    const child = spawn(process.execPath, ['--enable-source-maps', join(this.options.distFolder, program.entry), ...(program.args ?? [])], {
      env: { ...process.env, NODE_COMPILE_CACHE: join(this.options.dataFolder, 'compile-cache'), ...program.env },
      stdio: ['ignore', log, log, 'ipc'],
      // A group of its own: Ctrl-C reaches us alone, and we stop things in order.
      detached: true,
    });
    closeSync(log);
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    const running: Running = { program, child, logStart, gone };
    this.running.set(program.name, running);
    void this.forget(running);
    this.notePids();
    return running;
  }

  private async ready(service: Running): Promise<void> {
    let late: NodeJS.Timeout | undefined;
    const outcome = await Promise.race([
      new Promise<'ready'>((resolve) => {
        service.child.on('message', (message) => {
          if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready') resolve('ready');
        });
      }),
      service.gone.then((): 'gone' => 'gone'),
      new Promise<'late'>((resolve) => {
        late = setTimeout(() => resolve('late'), READY_TIMEOUT_MS);
      }),
    ]);
    clearTimeout(late);
    if (outcome === 'gone') throw this.failure(service, 'did not start');
    if (outcome === 'late') throw this.failure(service, `was not ready after ${READY_TIMEOUT_MS / 1000} s`);
  }

  private async forget(running: Running): Promise<void> {
    await running.gone;
    if (this.running.get(running.program.name) === running) this.running.delete(running.program.name);
    this.notePids();
  }

  private async watch(service: Running): Promise<void> {
    await service.gone;
    const { program } = service;
    if (this.stopping) return;
    const crashes = (this.crashes.get(program.name) ?? 0) + 1;
    this.crashes.set(program.name, crashes);
    const delay = (this.options.restartDelaysMs ?? RESTART_DELAYS_MS)[crashes - 1];
    if (delay === undefined) return this.options.onLost(this.failure(service, `stopped ${crashes} times`));
    this.options.say(`${program.name} stopped (${this.ending(service)}); starting it again in ${delay / 1000} s …`);
    await pause(delay);
    if (this.stopping) return;
    try {
      const next = this.launch(program);
      await this.ready(next).catch(() => undefined);
      if (next.child.exitCode === null && next.child.signalCode === null) this.options.say(`${program.name} is back.`);
      void this.watch(next);
    } catch (error) {
      if (!this.stopping) this.options.onLost(error instanceof Told ? error : new Told(String(error)));
    }
  }

  private logFile(program: Program): string {
    return join(this.options.dataFolder, 'logs', `${program.name}.log`);
  }

  private ending({ child }: Running): string {
    return child.signalCode ?? `exit code ${child.exitCode ?? 'unknown'}`;
  }

  private failure(service: Running, what: string): Told {
    const file = this.logFile(service.program);
    const lines = tail.since(file, service.logStart).trim().split('\n').slice(-SHOWN_LINES);
    const shown = lines.map((line) => `  | ${line.slice(0, 400)}`).join('\n');
    return new Told(`${service.program.name} ${what} (${this.ending(service)}). The end of ${file}:\n${shown}`);
  }
}

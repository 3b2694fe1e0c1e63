import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain, Told } from '../explain.mjs';
import { lockFolder, type Lock } from '../lock.mjs';
import { removeData } from './account.ts';
import { Crew } from './crew.ts';
import { ensureDatabases } from './databases.ts';
import { pause } from './pause.ts';
import { freePort, publicPort } from './ports.ts';
import { Postgres } from './postgres.ts';
import { loadSecrets } from './secrets.ts';
import type { Plan, Setup, Surroundings } from './services.ts';

export interface SupervisorOptions {
  readonly setup: Setup;
  readonly dataFolder: string;
  readonly distFolder: string;
  readonly reset: boolean;
  readonly noSeed: boolean;
  readonly restartDelaysMs?: readonly number[];
}

const POSTGRES_PORT = 5433;
// Ctrl-C comes twice by itself: from the terminal and, forwarded, from npm. A person's second one comes later than this.
const SAME_SIGNAL_MS = 400;

const STARTING_MAY_LINGER_MS = 5000;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

class Stopped extends Error {}

/** Starts everything, waits for the signal to stop, stops everything. Holds the only order of both. */
export class Supervisor {
  private readonly crew: Crew;
  private postgres: Postgres | undefined;
  private postgresRestarts = 0;
  private lock: Lock | undefined;
  private readonly began = performance.now();
  private signalled = 0;
  private stopping = false;
  private end: (reason: Error) => void = () => undefined;
  private readonly ended: Promise<never>;

  constructor(private readonly options: SupervisorOptions) {
    this.ended = new Promise<never>((_, reject) => {
      this.end = reject;
    });
    this.ended.catch(() => undefined);
    this.crew = new Crew({ ...options, say, onLost: (reason) => this.end(reason) });
  }

  /** Runs until told to stop; returns the exit code. */
  async run(): Promise<number> {
    this.listen();
    let code = 0;
    const starting = this.start();
    try {
      await Promise.race([starting.then(() => this.ended), this.ended]);
    } catch (error) {
      code = this.tell(error);
    }
    this.stopping = true;
    try {
      this.lock?.stopping();
    } catch {
      // A full disk must not keep us from stopping.
    }
    try {
      await this.crew.stop();
      // A start that was interrupted may be about to bring up PostgreSQL: it ends at its next step.
      await Promise.race([starting.catch(() => undefined), pause(STARTING_MAY_LINGER_MS)]);
      await this.postgres?.stop();
    } catch (error) {
      code = this.tell(error);
    } finally {
      this.lock?.release();
    }
    if (code === 0) say('Stopped. 已停止。');
    return code;
  }

  private tell(error: unknown): number {
    if (error instanceof Stopped) return 0;
    const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : this.options.dataFolder;
    say(explain(error, path) ?? `This should not have happened, please report it: ${error instanceof Error ? error.stack : String(error)}`);
    return 1;
  }

  private listen(): void {
    const stop = (): void => {
      const now = performance.now();
      if (this.signalled === 0) {
        this.signalled = now;
        say('\nStopping … (Ctrl-C again forces)');
        this.end(new Stopped());
      } else if (now - this.signalled > SAME_SIGNAL_MS) {
        void Promise.all([this.crew.stop(true), this.postgres?.stop(true)]).finally(() => {
          this.lock?.release();
          process.exit(1);
        });
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
    // The bootstrap process that started us is gone, perhaps by kill -9.
    process.once('disconnect', () => {
      if (this.signalled === 0) stop();
    });
    process.channel?.unref();
    // The terminal may be closed while we still have something to say.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  }

  private goOn(): void {
    if (this.stopping || this.signalled > 0) throw new Stopped();
  }

  private async step<T>(title: string, work: () => Promise<T>): Promise<T> {
    this.goOn();
    const from = performance.now();
    const result = await work();
    say(`  ${title.padEnd(34)} ${((performance.now() - from) / 1000).toFixed(1).padStart(6)} s`);
    return result;
  }

  private async start(): Promise<void> {
    const { setup, dataFolder, reset, noSeed } = this.options;
    mkdirSync(join(dataFolder, 'logs'), { recursive: true });
    this.lock = lockFolder(join(dataFolder, 'lock'), say, Number(process.env.FORBEAR_LOCK_FROM ?? 0));
    await this.crew.clearLeftovers();
    const port = await publicPort(process.env.PORT, setup.publicPort);
    const postgresFolder = join(dataFolder, 'postgres');
    const secretsFile = join(dataFolder, 'secrets.json');
    const seeded = join(dataFolder, 'seeded');
    if (reset) await this.step('remove data', () => this.removeAll(postgresFolder, [secretsFile, seeded, join(dataFolder, 'sent')]));
    if (existsSync(join(postgresFolder, 'PG_VERSION')) && !existsSync(secretsFile)) {
      throw new Told(`${secretsFile} is missing, without it the data cannot be opened: put it back, or npm start -- --reset`);
    }
    const secrets = loadSecrets(
      dataFolder,
      setup.databases.flatMap(({ owner, app }) => [owner, app]),
    );
    const given = new Set([port]);
    const postgres = await this.startPostgres(postgresFolder, secrets.adminPassword, given);
    const ports: Record<string, number> = {};
    for (const [name, wished] of Object.entries(setup.ports)) ports[name] = await freePort(wished, given);
    const surroundings: Surroundings = {
      secrets,
      sentFolder: join(dataFolder, 'sent'),
      ports,
      publicPort: port,
      publicUrl: `http://localhost:${port}`,
      databaseUrl: (role, database) => `postgres://${role}:${secrets.passwords[role] ?? ''}@127.0.0.1:${postgres.port}/${database}`,
    };
    const plan = setup.plan(surroundings);
    await this.step('databases, migrations', async () => {
      await ensureDatabases(postgres.adminUrl(), setup.databases, secrets.passwords);
      await Promise.all(plan.migrations.map((job) => this.crew.runJob(job)));
    });
    await this.seed(plan, seeded, noSeed);
    await this.step(plan.services.map(({ name }) => name).join(', '), () =>
      Promise.all(plan.services.map((service) => this.crew.startService(service))),
    );
    await this.announce(surroundings);
  }

  private async removeAll(postgresFolder: string, files: readonly string[]): Promise<void> {
    removeData(postgresFolder);
    for (const file of files) rmSync(file, { force: true, recursive: true });
  }

  // The mark is written after the seeds: an interrupted one is done again, which what they register allows.
  private async seed(plan: Plan, mark: string, noSeed: boolean): Promise<void> {
    const { seeds } = plan;
    if (seeds.length === 0 || existsSync(mark)) return;
    if (!noSeed) await this.step('demo institution (first start)', () => Promise.all(seeds.map((seed) => this.crew.runJob(seed))));
    writeFileSync(mark, noSeed ? 'empty\n' : 'demo\n');
  }

  private async startPostgres(folder: string, password: string, given: Set<number>): Promise<Postgres> {
    const logFile = join(this.options.dataFolder, 'logs', 'postgres.log');
    const postgres = new Postgres({ folder, logFile, password, say, durable: true });
    this.postgres = postgres;
    const first = !existsSync(join(folder, 'PG_VERSION'));
    await this.step(first ? 'PostgreSQL (first start)' : 'PostgreSQL', async () => {
      await postgres.prepare();
      this.goOn();
      await this.startServer(postgres, await freePort(POSTGRES_PORT, given));
    });
    return postgres;
  }

  private async startServer(postgres: Postgres, port: number): Promise<void> {
    let answered = false;
    await postgres.start(port, () => {
      if (answered && !this.stopping) void this.postgresLost(postgres, port);
    });
    answered = true;
  }

  private async postgresLost(postgres: Postgres, port: number): Promise<void> {
    this.postgresRestarts += 1;
    try {
      if (this.postgresRestarts > 3) throw new Told('PostgreSQL stopped four times; its log: .data/logs/postgres.log');
      say('PostgreSQL stopped; starting it again …');
      await postgres.prepare();
      await this.startServer(postgres, port);
      say('PostgreSQL is back.');
    } catch (error) {
      if (!this.stopping) this.end(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private async announce(surroundings: Surroundings): Promise<void> {
    const people = await this.options.setup.describe(surroundings);
    const line = '─'.repeat(72);
    const seconds = ((performance.now() - this.began) / 1000).toFixed(1);
    const address = `催收有度 Forbear   ${surroundings.publicUrl}`;
    const closing = `就绪 ready in ${seconds} s · Ctrl-C 停止 stops · 日志 logs: ${join(this.options.dataFolder, 'logs')}`;
    process.stdout.write(`${[line, address, '', ...people, '', closing, line].join('\n')}\n`);
  }
}

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explain } from '../explain.mjs';
import { guard } from '../start/guard.ts';
import { ensureChineseFont, findBrowser, thisMachine } from './browser.ts';
import { runChecks } from './checks.ts';
import { parseOptions, type TestOptions } from './options.ts';
import { openPostgres } from './postgres.ts';
import { openRedis } from './redis.ts';

interface Tally {
  passed: number;
  failed: number;
}

interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const closing: (() => Promise<void>)[] = [];

async function openBrowser(): Promise<string> {
  const machine = thisMachine(root, say);
  const browser = await findBrowser(machine);
  await ensureChineseFont(machine);
  return browser;
}

async function surroundings({ only }: TestOptions): Promise<Record<string, string>> {
  if (only === 'pure') return {};
  // First what may be missing on the machine, then what takes time.
  const browser = only === 'db' ? '' : await openBrowser();
  const redis = await openRedis();
  closing.push(() => redis.stop());
  const postgres = await openPostgres(say);
  closing.push(() => postgres.stop());
  return {
    TEST_BROWSER: browser,
    TEST_REDIS_URL: redis.url,
    TEST_REDIS_DATABASES: String(redis.databases),
    TEST_POSTGRES_URL: postgres.url,
    TEST_TEMPLATES: postgres.templates.join(','),
  };
}

async function staticChecks(tally: Tally): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, ok, output, seconds } of await runChecks(root)) {
    say(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
    if (!ok) say(output);
    if (!ok) failed.push(name);
    tally[ok ? 'passed' : 'failed'] += 1;
  }
  return failed;
}

function runJest(options: TestOptions, env: Record<string, string>, results: string): Promise<number> {
  // Every file of tests loads what it needs anew: room for young objects.
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', '--max-semi-space-size=64'];
  const args = [...node, 'node_modules/jest/bin/jest.js'];
  args.push('--maxWorkers=2', '--json', `--outputFile=${results}`, ...(options.only ? ['--selectProjects', options.only] : []));
  // jest takes what follows --selectProjects for more project names.
  if (options.jest.length > 0) args.push(...(options.jest[0]?.startsWith('-') ? [] : ['--testPathPatterns']), ...options.jest);
  return new Promise((resolve, reject) => {
    // With --json jest repeats its result on stdout, which nobody reads here; its report goes to stderr.
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['inherit', 'ignore', 'inherit'], env: { ...process.env, ...env } });
    const release = child.pid === undefined ? () => undefined : guard(child.pid, 'TERM');
    const forward = (): void => void child.kill('SIGTERM');
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.once(signal, forward);
    child.once('error', reject);
    child.once('exit', (code) => {
      release();
      resolve(code ?? 130);
    });
  });
}

async function runTests(options: TestOptions, tally: Tally): Promise<number> {
  const results = join(root, '.data', `jest-${process.pid}.json`);
  closing.push(async () => rmSync(results, { force: true }));
  let code = await runJest(options, await surroundings(options), results);
  if (!existsSync(results)) return code === 0 ? 1 : code;
  const jest = JSON.parse(readFileSync(results, 'utf8')) as JestResult;
  tally.passed += jest.numPassedTests;
  tally.failed += jest.numFailedTests + jest.numRuntimeErrorTestSuites;
  // A pattern of names leaves out the others on purpose; otherwise a test that does not run is a test that fails.
  const named = options.jest.some((arg) => arg === '-t' || arg.startsWith('--testNamePattern'));
  if (jest.numPendingTests > 0 && !named) {
    say(`${jest.numPendingTests} tests were skipped: nothing may be.`);
    tally.failed += jest.numPendingTests;
    code = 1;
  }
  return code;
}

async function main(): Promise<number> {
  const tally: Tally = { passed: 0, failed: 0 };
  let failedChecks: string[] = [];
  let code = 1;
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, () => (stopped = true));
  process.channel?.unref();
  try {
    const options = parseOptions(process.argv.slice(2));
    const everything = options.only === null && options.jest.length === 0;
    if (everything) {
      // What the tests need is looked for before anything that takes long.
      await openBrowser();
      await openRedis().then((redis) => redis.stop());
      failedChecks = await staticChecks(tally);
    } else say('Part of the tests was asked for: no checks of lint, format, types and directions.');
    code = stopped ? 130 : await runTests(options, tally);
  } catch (error) {
    say(explain(error, root) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)));
    tally.failed += 1;
  } finally {
    for (const close of closing.toReversed()) await close().catch((error: unknown) => say(String(error)));
  }
  if (failedChecks.length > 0) say(`Checks that failed (see above): ${failedChecks.join(', ')}`);
  if (stopped) say('Stopped.');
  process.stdout.write(`${tally.passed} passed, ${tally.failed} failed\n`);
  return stopped ? 130 : code !== 0 || tally.failed > 0 ? 1 : 0;
}

process.exitCode = await main();
process.disconnect?.();

import type { Language } from '#contact-rules';
import { isUnavailable } from '#pg';
import { languageOf, UsageError } from '../lookback/cli-arguments.ts';
import { ProgressDisplay } from '../lookback/cli-progress.ts';
import { HELP, readArguments, type ReplayArguments } from './cli-arguments.ts';
import { runReplay } from './run-replay.ts';
import type { VaultKeys } from './slice.worker.ts';
import { progressLine, summaryText } from './summary-text.ts';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Somebody wanted it to stop; the code is what a shell expects. */
class Stopped extends Error {
  constructor(readonly exitCode: number) {
    super('stopped');
    this.name = 'Stopped';
  }
}

// As the services read them.
function vaultOf(env: NodeJS.ProcessEnv): VaultKeys | null {
  const [ring, indexKey] = [env['VAULT_KEYS'] ?? '', env['VAULT_INDEX_KEY'] ?? ''];
  return ring === '' || indexKey === '' ? null : { ring: ring.split(',').map((key) => key.trim()), indexKey };
}

async function replay(options: ReplayArguments, databaseUrl: string, abort: AbortController): Promise<number> {
  const { scope, workers, language, json, quiet } = options;
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const toLine = ([done, total]: readonly [number, number]): string => progressLine(done, total, seconds(), language);
  const display = new ProgressDisplay(process.stderr, toLine, () => performance.now());
  const tally = await runReplay({
    databaseUrl,
    vault: vaultOf(process.env),
    scope,
    workers,
    signal: abort.signal,
    onProgress: (done, total) => {
      if (!quiet) display.show([done, total]);
    },
  }).finally(() => display.clear());
  const times = { seconds: seconds(), peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) };
  process.stdout.write(json ? `${JSON.stringify({ ...scope, ...tally, ...times })}\n` : summaryText(scope, tally, times, language));
  return tally.different + tally.undecidable === 0 ? 0 : 1;
}

// What PostgreSQL says of an address where there is nothing for us: no such database, role or password, no ledger in it, no right to read it.
const NO_DATABASE = new Set(['3D000', '28P01', '28000', '42P01', '42501', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

/** One line for a person, and the exit code. */
function explain(error: unknown, language: Language): { readonly code: number; readonly line: string } {
  const zh = language === 'zh';
  if (error instanceof Stopped) return { code: error.exitCode, line: '' };
  if (error instanceof UsageError) return { code: 2, line: error.message };
  const message = error instanceof Error ? error.message || String(error) : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (isUnavailable(error) || NO_DATABASE.has(code))
    return { code: 2, line: zh ? `数据库无法使用：${message || code}` : `The database cannot be used: ${message || code}` };
  return { code: 1, line: zh ? `未能完成：${message}` : `The replay could not be finished: ${message}` };
}

async function main(argv: readonly string[]): Promise<number> {
  const abort = new AbortController();
  for (const [signal, code] of Object.entries(SIGNALS)) process.once(signal, () => abort.abort(new Stopped(code)));
  const language = languageOf(argv);
  try {
    const options = readArguments(argv);
    if (options === null) {
      process.stdout.write(HELP[language]);
      return 0;
    }
    const databaseUrl = process.env['DATABASE_URL'] ?? '';
    if (databaseUrl === '')
      throw new UsageError(language === 'zh' ? '没有数据库：请设置 DATABASE_URL。' : 'There is no database: set DATABASE_URL.');
    return await replay(options, databaseUrl, abort);
  } catch (error) {
    const { code, line } = explain(abort.signal.aborted ? abort.signal.reason : error, language);
    if (line !== '') process.stderr.write(`${line}\n`);
    return code;
  }
}

process.exitCode = await main(process.argv.slice(2));

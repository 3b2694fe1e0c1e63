import { constants, createWriteStream } from 'node:fs';
import { access, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { compilePolicy, type Language } from '#contact-rules';
import { HELP, languageOf, readArguments, UsageError, type CliArguments } from './cli-arguments.ts';
import { ProgressDisplay, progressLine } from './cli-progress.ts';
import { csvLine, findingsHeader, FindingText } from './finding-text.ts';
import { lookBack, LogFileError, type LogFile } from './look-back.ts';
import { errorDetail } from './row-errors.ts';
import { summaryText } from './summary-text.ts';
import type { LookbackSummary } from './summary.ts';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Somebody wanted it to stop; the code is what a shell expects. */
class Stopped extends Error {
  constructor(readonly exitCode: number) {
    super('stopped');
    this.name = 'Stopped';
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Standard output that waits where the reader is slow, and stops quietly where the reader has gone. */
class Output {
  private gone = false;

  constructor(private readonly abort: AbortController) {
    process.stdout.on('error', (error) => {
      this.gone = true;
      abort.abort(codeOf(error) === 'EPIPE' ? new Stopped(0) : error);
    });
  }

  async write(text: string): Promise<void> {
    this.abort.signal.throwIfAborted();
    if (text === '' || this.gone) return;
    // The callback comes when the text is handed over, or with the error that `on('error')` has seen.
    await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
    this.abort.signal.throwIfAborted();
  }
}

async function checkPaths({ files, errorsPath, summaryPath, language }: CliArguments): Promise<void> {
  const say = (zh: string, en: string): UsageError => new UsageError(language === 'zh' ? zh : en);
  for (const name of files) {
    if (name === '-') continue;
    const found = await stat(name).catch((error: unknown) => codeOf(error));
    if (typeof found === 'string') {
      throw found === 'ENOENT'
        ? say(`没有文件 ${name}。`, `There is no file ${name}.`)
        : say(`不能读取 ${name}（${found}）。`, `${name} cannot be read (${found}).`);
    }
    if (!found.isFile()) throw say(`${name} 不是文件。`, `${name} is not a file.`);
    await access(name, constants.R_OK).catch(() => {
      throw say(`没有权限读取 ${name}。`, `No permission to read ${name}.`);
    });
  }
  for (const path of [errorsPath, summaryPath]) {
    if (path === null) continue;
    await access(dirname(path), constants.W_OK).catch(() => {
      throw say(`不能写入 ${path}。`, `${path} cannot be written.`);
    });
  }
}

/** A log may have to be read twice, which standard input cannot: it goes to a private file first. */
async function spoolInput(folder: string, signal: AbortSignal): Promise<string> {
  const path = join(folder, 'input');
  await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }), { signal });
  return path;
}

async function writeReports(summary: LookbackSummary, { errorsPath, summaryPath, language }: CliArguments): Promise<void> {
  if (errorsPath !== null) {
    const lines = summary.errors.first.map((error) =>
      csvLine([error.file, error.row, error.column, error.code, errorDetail(error, language)]),
    );
    await writeFile(errorsPath, [csvLine(['file', 'row', 'column', 'code', 'detail']), ...lines].join(''));
  }
  if (summaryPath !== null) await writeFile(summaryPath, `${JSON.stringify(summary, null, 2)}\n`);
}

async function audit(options: CliArguments, abort: AbortController): Promise<void> {
  const { language, format } = options;
  await checkPaths(options);
  const output = new Output(abort);
  const clock = (): number => performance.now();
  const display = new ProgressDisplay(process.stderr, (progress) => progressLine(progress, language), clock);
  const text = new FindingText(format, language);
  const folder = await mkdtemp(join(tmpdir(), 'forbear-lookback-'));
  try {
    const files: LogFile[] = [];
    for (const name of options.files) {
      files.push(name === '-' ? { name: '-', source: await spoolInput(folder, abort.signal) } : { name, source: name });
    }
    // A bad file is found while reading, before the first finding: then not even the header is written.
    let header = findingsHeader(format);
    const summary = await lookBack({
      files,
      policy: compilePolicy(options.packs),
      spoolFolder: folder,
      signal: abort.signal,
      elapsedMs: clock,
      onProgress: options.quiet ? () => {} : (progress) => display.show(progress),
      onFindings: async (findings) => {
        const lines = findings.map((finding) => text.line(finding)).join('');
        await output.write(header + lines);
        header = '';
      },
    });
    await output.write(header);
    display.clear();
    await writeReports(summary, options);
    if (!options.quiet) process.stderr.write(summaryText(summary, language));
  } finally {
    display.clear();
    await rm(folder, { recursive: true, force: true });
  }
}

const fileTexts: Readonly<Record<string, string>> = {
  empty: '文件是空的，或没有表头。',
  binary: '这不是表格文件。',
  encoding: '文件的编码不能识别；请另存为 UTF-8。',
  columns: '表头不是联系记录的列。',
  'line-too-long': '有一行超过 4 MiB，这不是表格。',
  'too-large': '工作簿解压后过大。',
  workbook: '不能读取这个 XLSX 工作簿。',
  changed: '文件在读取期间被修改。',
};

/** One line for a person, and the exit code. */
function explain(error: unknown, language: Language): { readonly code: number; readonly line: string } {
  const zh = language === 'zh';
  if (error instanceof Stopped) return { code: error.exitCode, line: '' };
  if (error instanceof UsageError) return { code: 2, line: error.message };
  if (error instanceof LogFileError) {
    const { file, cause } = error;
    const detail = cause.detail.replaceAll(/\s+/g, ' ');
    return { code: 2, line: zh ? `${file}：${fileTexts[cause.code] ?? ''}（${detail}）` : `${file}: ${detail}` };
  }
  const code = codeOf(error);
  if (code === 'ENOSPC') return { code: 1, line: zh ? '磁盘已满。' : 'The disk is full.' };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 1, line: zh ? `审查未能完成：${message}` : `The look-back could not be finished: ${message}` };
}

async function main(argv: readonly string[]): Promise<number> {
  const abort = new AbortController();
  for (const [signal, code] of Object.entries(SIGNALS)) process.once(signal, () => abort.abort(new Stopped(code)));
  const language = languageOf(argv);
  try {
    const options = readArguments(argv);
    if (options === null) process.stdout.write(HELP[language]);
    else await audit(options, abort);
    return 0;
  } catch (error) {
    // Aborting a stream wraps the reason.
    const { code, line } = explain(abort.signal.aborted ? abort.signal.reason : error, language);
    if (line !== '') process.stderr.write(`${line}\n`);
    return code;
  }
}

process.exitCode = await main(process.argv.slice(2));

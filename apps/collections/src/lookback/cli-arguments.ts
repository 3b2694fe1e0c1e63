import { parseArgs } from 'node:util';
import { findPack, PACK_NAMES, type Language, type Pack } from '#contact-rules';
import type { FindingsFormat } from './finding-text.ts';

export interface CliArguments {
  readonly files: readonly string[];
  readonly packs: readonly Pack[];
  readonly language: Language;
  readonly format: FindingsFormat;
  readonly errorsPath: string | null;
  readonly summaryPath: string | null;
  readonly quiet: boolean;
}

/** What the person at the terminal must put right: one line, in their language. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

const options = {
  packs: { type: 'string', default: 'cn-card' },
  lang: { type: 'string', default: 'zh' },
  format: { type: 'string', default: 'csv' },
  errors: { type: 'string' },
  summary: { type: 'string' },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const HELP: Readonly<Record<Language, string>> = {
  zh: `用法：npm run -s lookback -- [选项] 记录.csv [更多.csv …] > findings.csv

用与实时关卡相同的规则审查过去的联系记录（CSV 或 XLSX，大小和顺序不限；多个文件合并后审查；“-” 表示标准输入）。
发现写到标准输出，进度与汇总写到标准错误。不需要服务，也不需要数据库。

  --packs 名称[,名称]    规则包，默认 cn-card；可用：${PACK_NAMES.join('、')}
  --lang zh|en           说明文字的语言，默认 zh
  --format csv|ndjson    发现的格式，默认 csv
  --errors 文件.csv      把剔除的行（前 1,000 行）及原因写入文件
  --summary 文件.json    把汇总写入 JSON 文件
  --quiet                不显示进度与汇总
  -h, --help             显示本说明

退出码：0 已完成；2 文件或参数有误；1 其他故障（例如磁盘已满）。
`,
  en: `Usage: npm run -s lookback -- [options] log.csv [more.csv ...] > findings.csv

Audits past contact logs with the rules of the live gate (CSV or XLSX, any size, any order; several files are merged; "-" is standard
input). Findings go to standard output, progress and summary to standard error. Needs no server and no database.

  --packs name[,name]    rule packs, by default cn-card; available: ${PACK_NAMES.join(', ')}
  --lang zh|en           language of the messages, by default zh
  --format csv|ndjson    format of the findings, by default csv
  --errors file.csv      write the rows left out (the first 1,000) and why
  --summary file.json    write the summary as JSON
  --quiet                no progress and no summary
  -h, --help             this text

Exit code: 0 it ran; 2 a bad file or bad arguments; 1 anything else (a full disk, for example).
`,
};

/** The language asked for, even where other arguments are wrong. */
export const languageOf = (argv: readonly string[]): Language =>
  argv.some((argument, at) => argument === '--lang=en' || (argument === '--lang' && argv[at + 1] === 'en')) ? 'en' : 'zh';

const say = (language: Language, zh: string, en: string): UsageError => new UsageError(language === 'zh' ? zh : en);

function parse(argv: readonly string[], language: Language) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    const found = /'(-[^' ]*)/.exec(error instanceof Error ? error.message : '')?.[1] ?? '';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
      throw say(language, `不认识的选项 ${found}；见 --help。`, `Unknown option ${found}; see --help.`);
    throw say(language, `选项 ${found} 的用法有误；见 --help。`, `Option ${found} is not used as it should be; see --help.`);
  }
}

/**
 * The arguments, or null where help was asked for.
 * @throws UsageError
 */
export function readArguments(argv: readonly string[]): CliArguments | null {
  const language = languageOf(argv);
  const { values, positionals } = parse(argv, language);
  if (values.help) return null;
  const { lang, format } = values;
  if (lang !== 'zh' && lang !== 'en') throw say(language, `--lang 只能是 zh 或 en。`, `--lang is zh or en.`);
  if (format !== 'csv' && format !== 'ndjson') throw say(language, `--format 只能是 csv 或 ndjson。`, `--format is csv or ndjson.`);
  const names = values.packs.split(',').map((name) => name.trim());
  const packs = [...new Set(names)].map((name) => {
    const pack = findPack(name);
    if (pack) return pack;
    throw say(
      language,
      `没有规则包“${name}”；可用：${PACK_NAMES.join('、')}。`,
      `There is no pack "${name}"; available: ${PACK_NAMES.join(', ')}.`,
    );
  });
  if (positionals.length === 0) throw say(language, '请给出至少一个记录文件；见 --help。', 'Name at least one log file; see --help.');
  if (positionals.filter((name) => name === '-').length > 1)
    throw say(language, '标准输入（-）只能用一次。', 'Standard input (-) can be read once only.');
  const { errors = null, summary = null, quiet } = values;
  for (const path of [errors, summary]) {
    if (path !== null && positionals.includes(path)) {
      throw say(language, `${path} 既是输入又是输出。`, `${path} is both read and written.`);
    }
  }
  return { files: positionals, packs, language, format, errorsPath: errors, summaryPath: summary, quiet };
}

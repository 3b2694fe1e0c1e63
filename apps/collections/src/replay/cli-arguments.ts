import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Language } from '#contact-rules';
import { languageOf, UsageError } from '../lookback/cli-arguments.ts';
import { parseInstant } from '../lookback/instant.ts';
import type { ReplayScope } from './replay.ts';

export interface ReplayArguments {
  readonly scope: ReplayScope;
  readonly workers: number;
  readonly language: Language;
  readonly json: boolean;
  readonly quiet: boolean;
}

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  institution: { type: 'string' },
  workers: { type: 'string' },
  lang: { type: 'string', default: 'zh' },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const HELP: Readonly<Record<Language, string>> = {
  zh: `用法：npm run -s replay -- --from 时刻 --to 时刻 [选项]

把这段时间内的每一个关卡决定，按当时记录的事实和规则版本重新判断一次，并逐字节与记录比较。只读，可在服务运行时进行。
数据库取自 DATABASE_URL（服务所用的角色即可），短信和信函的正文用 VAULT_KEYS、VAULT_INDEX_KEY 打开；未设置时使用 npm start 在
本目录启动的那一个。

  --from 时刻            含此时刻，例如 2026-11-01T00:00:00+08:00
  --to 时刻              不含此时刻
  --institution 编号     只查一家机构；不写则查全部
  --workers 数           并行线程数，默认为处理器核数（最多 8）
  --lang zh|en           说明文字的语言，默认 zh
  --json                 汇总以 JSON 输出
  --quiet                不显示进度
  -h, --help             显示本说明

汇总写到标准输出，进度写到标准错误。退出码：0 全部一致；1 有不一致，或未能完成；2 参数有误，或没有数据库。
`,
  en: `Usage: npm run -s replay -- --from instant --to instant [options]

Makes every decision of the gate between two instants again, from the facts and rule versions recorded with it, and compares the bytes.
Only reads; services may run meanwhile. The database is DATABASE_URL (the service's own role will do), texts of messages are opened with
VAULT_KEYS and VAULT_INDEX_KEY; where DATABASE_URL is not set, it is the installation that npm start runs from this folder.

  --from instant         inclusive, for example 2026-11-01T00:00:00+08:00
  --to instant           exclusive
  --institution id       one institution only; all when left out
  --workers n            threads, by default as many as processors (8 at most)
  --lang zh|en           language of the messages, by default zh
  --json                 the summary as JSON
  --quiet                no progress
  -h, --help             this text

The summary goes to standard output, progress to standard error. Exit code: 0 all are identical; 1 some differ, or it could not be
finished; 2 bad arguments, or no database.
`,
};

const say = (language: Language, zh: string, en: string): UsageError => new UsageError(language === 'zh' ? zh : en);

function instantOf(name: string, text: string | undefined, language: Language): string {
  if (text === undefined) throw say(language, `请给出 --${name}；见 --help。`, `Give --${name}; see --help.`);
  const instant = parseInstant(text);
  if (typeof instant === 'number') return new Date(instant).toISOString();
  throw say(
    language,
    `--${name} 不是带时区的时刻，例如 2026-11-01T00:00:00+08:00。`,
    `--${name} is not an instant with an offset, such as 2026-11-01T00:00:00+08:00.`,
  );
}

function parse(argv: readonly string[], language: Language) {
  try {
    return parseArgs({ args: [...argv], options, strict: true }).values;
  } catch (error) {
    const found = /'([^']*)'/.exec(String(error))?.[1] ?? '';
    throw say(language, `参数 ${found} 有误；见 --help。`, `The argument ${found} is not used as it should be; see --help.`);
  }
}

const MOST_WORKERS = 8;

/**
 * The arguments, or null where help was asked for.
 * @throws UsageError
 */
export function readArguments(argv: readonly string[]): ReplayArguments | null {
  const language = languageOf(argv);
  const values = parse(argv, language);
  if (values.help) return null;
  if (values.lang !== 'zh' && values.lang !== 'en') throw say(language, '--lang 只能是 zh 或 en。', '--lang is zh or en.');
  const [from, to] = [instantOf('from', values.from, language), instantOf('to', values.to, language)];
  if (from >= to) throw say(language, '--from 必须早于 --to。', '--from must be before --to.');
  const workers = values.workers === undefined ? Math.min(MOST_WORKERS, availableParallelism()) : Number(values.workers);
  if (!Number.isInteger(workers) || workers < 1 || workers > 64)
    throw say(language, '--workers 是 1 到 64 的整数。', '--workers is a whole number from 1 to 64.');
  if (values.institution === '' || values.institution === '*')
    throw say(language, '--institution 是机构编号；不写则查全部。', '--institution is the id of an institution; leave it out for all.');
  const { institution = null, json, quiet } = values;
  return { scope: { from, to, institutionId: institution }, workers, language, json, quiet };
}

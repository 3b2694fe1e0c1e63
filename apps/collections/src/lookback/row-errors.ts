import type { Language } from '#contact-rules';
import type { RowError } from '#tabular';
import type { BadCell, RowFault } from './log-row.ts';

export type LogErrorCode = RowFault | RowError['code'] | 'duplicate-id';

/** A row that was left out, and why. */
export interface LogError {
  readonly file: string;
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly column: string | null;
  readonly code: LogErrorCode;
  /** For `unknown-value`, what is allowed. */
  readonly allowed: readonly string[];
}

const KEPT = 1_000;

type Texts = Readonly<Record<Language, (allowed: readonly string[]) => string>>;

const texts: Readonly<Record<LogErrorCode, Texts>> = {
  required: { zh: () => '此单元格必须填写。', en: () => 'This cell must not be empty.' },
  'unknown-value': {
    zh: (allowed) => `不是允许的取值；可用：${allowed.join('、')}。`,
    en: (allowed) => `Not one of the allowed values: ${allowed.join(', ')}.`,
  },
  'no-offset': {
    zh: () => '时间缺少时区偏移；请在末尾加上，例如北京时间加 +08:00：2026-11-21T09:30:00+08:00。',
    en: () => 'The time has no offset from UTC; add it at the end, such as +08:00 for Beijing time: 2026-11-21T09:30:00+08:00.',
  },
  instant: {
    zh: () => '不是有效的时间；请按 RFC 3339 书写，日期必须存在，例如 2026-11-21T09:30:00+08:00。',
    en: () => 'Not a time; write it as RFC 3339 and with a date that exists, such as 2026-11-21T09:30:00+08:00.',
  },
  'ends-before-start': { zh: () => '结束时间早于开始时间。', en: () => 'It ends before it starts.' },
  'time-zone': {
    zh: () => '不认识的时区；请用 IANA 名称，例如 Asia/Shanghai。',
    en: () => 'An unknown time zone; use an IANA name, such as Asia/Shanghai.',
  },
  'control-character': { zh: () => '含有控制字符（例如换行）。', en: () => 'It holds a control character, such as a line break.' },
  'too-long': { zh: () => '超过 512 个字符。', en: () => 'Longer than 512 characters.' },
  'duplicate-id': {
    zh: () => '同一时刻已有相同 attemptId 而内容不同的一行；只采用先出现的那一行。',
    en: () => 'Another row has this attemptId at the same instant with other content; only the first one is judged.',
  },
  encoding: {
    zh: () => '此行含有不是 UTF-8 的字节；请将文件另存为 UTF-8（Excel 中选“CSV UTF-8”）。',
    en: () => 'This row has bytes that are not UTF-8; save the file as UTF-8 (in Excel: "CSV UTF-8").',
  },
  'too-few-cells': { zh: () => '此行的单元格少于表头。', en: () => 'The row has fewer cells than the header.' },
  'too-many-cells': {
    zh: () => '此行的单元格多于表头；含有分隔符的文字须放在双引号内。',
    en: () => 'The row has more cells than the header; a text that contains the separator must stand in double quotes.',
  },
  'unclosed-quote': { zh: () => '此行的双引号没有闭合。', en: () => 'A double quote opens in this row and does not close.' },
  'bad-quote': {
    zh: () => '双引号闭合之后还有文字；引号内的引号请写作 ""。',
    en: () => 'Text follows a closing double quote; inside quotes write "" for each quote.',
  },
  'field-too-long': { zh: () => '单元格超过 64 KiB。', en: () => 'A cell is longer than 64 KiB.' },
  cell: { zh: () => '单元格是电子表格的错误值。', en: () => 'A cell holds an error of the spreadsheet instead of a value.' },
};

/** The error in words; never quotes a cell. */
export const errorDetail = ({ code, allowed }: Pick<LogError, 'code' | 'allowed'>, language: Language): string =>
  texts[code][language](allowed);

/** All rows left out are counted, the first thousand are kept. */
export class RowErrors {
  total = 0;
  readonly first: LogError[] = [];
  private readonly counts = new Map<LogErrorCode, number>();

  add(
    file: string,
    row: number,
    { column, code, allowed }: BadCell | { column: string | null; code: LogErrorCode; allowed: readonly string[] },
  ): void {
    this.total += 1;
    this.counts.set(code, (this.counts.get(code) ?? 0) + 1);
    if (this.first.length < KEPT) this.first.push({ file, row, column, code, allowed });
  }

  get byCode(): Record<string, number> {
    return Object.fromEntries([...this.counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}

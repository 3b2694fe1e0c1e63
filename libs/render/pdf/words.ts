import type { Words } from '../document.ts';

export type Language = keyof Words;

const ORDINALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

function ordinalZh(index: number): string {
  const [tens, ones] = [Math.floor((index + 1) / 10), (index + 1) % 10];
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : (ORDINALS[tens - 1] ?? '')}十`;
  return `${ten}${ones === 0 ? '' : (ORDINALS[ones - 1] ?? '')}`;
}

/** What stands on a report beside what its data say. */
export interface Said {
  readonly institution: string;
  readonly period: string;
  readonly generatedAt: string;
  readonly version: string;
  readonly audience: Readonly<Record<'internal' | 'public', string>>;
  readonly audienceLabel: string;
  readonly subject: string;
  readonly digest: string;
  readonly head: string;
  readonly noHead: string;
  readonly contents: string;
  readonly figures: string;
  readonly figureHeads: readonly [string, string, string, string];
  readonly corrections: string;
  readonly changeHeads: readonly [string, string, string, string];
  readonly noChange: string;
  readonly end: string;
  readonly nothing: string;
  readonly syntax: string;
  readonly charts: string;
  between(from: string, to: string, zone: string): string;
  span(from: string, to: string): string;
  section(index: number, title: string): string;
  page(page: number, count: number): string;
  unit(unit: string): string;
  inBrackets(text: string, inside: string): string;
  trace(file: string, text: string): string;
  rowsFile(name: string, title: string, rows: string): string;
  timesIn(zone: string): string;
  tooMany(name: string, rows: string): string;
  firstOnly(shown: string, rows: string, name: string): string;
  headLine(size: string, root: string): string;
  headMore(at: string, key: string): string;
  reason(version: number, reason: string): string;
}

const zh: Said = {
  institution: '机构',
  period: '报告期',
  generatedAt: '生成时间',
  version: '版本',
  audience: { internal: '内部版', public: '公开版' },
  audienceLabel: '用途',
  subject: '对象',
  digest: '数据摘要 SHA-256',
  head: '证据链头',
  noHead: '尚未封存',
  contents: '目录',
  figures: '主要指标',
  figureHeads: ['指标', '数值', '单位', '取数口径（行文件与条件）'],
  corrections: '更正说明',
  changeHeads: ['数字', '更正前', '更正后', '单位'],
  noChange: '各数字均无变动。',
  end: '口径、来源与复核',
  nothing: '本期没有记录。',
  syntax:
    '取数口径的写法：= 单元格等于；≠ 不等于；~ 清单（以分号分隔）含有；≠"" 不为空；& 并且；* 全部行；count 计数；sum 求和；share 占比（分子 / 分母）；median 中位数，p90 第 90 百分位（最近秩法）。',
  charts: '图表',
  between: (from, to, zone) => `${from} 至 ${to}（含首尾，${zone}）`,
  span: (from, to) => `${from} 至 ${to}`,
  section: (index, title) => `${ordinalZh(index)}、${title}`,
  page: (page, count) => `第 ${page} 页 / 共 ${count} 页`,
  unit: (unit) => `（单位：${unit}）`,
  inBrackets: (text, inside) => `${text}（${inside}）`,
  trace: (file, text) => `${file}：${text}`,
  rowsFile: (name, title, rows) => `行文件 ${name}：${title}，共 ${rows} 行。`,
  timesIn: (zone) => `时间为 ${zone} 当地时间。`,
  tooMany: (name, rows) => `共 ${rows} 行，见行文件 ${name}。`,
  firstOnly: (shown, rows, name) => `以上为前 ${shown} 行，共 ${rows} 行，其余见行文件 ${name}。`,
  headLine: (size, root) => `证据链头 ${size} 条 · ${root}`,
  headMore: (at, key) => `签发于 ${at} · 密钥 ${key}`,
  reason: (version, reason) => `本报告更正第 ${version} 版。原因：${reason}`,
};

const en: Said = {
  institution: 'Institution',
  period: 'Period',
  generatedAt: 'Generated at',
  version: 'Version',
  audience: { internal: 'internal', public: 'public' },
  audienceLabel: 'Audience',
  subject: 'Subject',
  digest: 'Digest of the data, SHA-256',
  head: 'Head of the evidence log',
  noHead: 'nothing sealed yet',
  contents: 'Contents',
  figures: 'Main figures',
  figureHeads: ['Figure', 'Value', 'Unit', 'Counted rows (file and conditions)'],
  corrections: 'What was corrected',
  changeHeads: ['Number', 'Before', 'After', 'Unit'],
  noChange: 'No number changed.',
  end: 'Definitions, sources and how to check',
  nothing: 'Nothing was recorded in the period.',
  syntax:
    'Conditions: = the cell reads so; ≠ it does not; ~ the list (separated by semicolons) has the item; ≠"" it is not empty; & and; * all rows; count, sum; share (part / whole); median, p90: 90th percentile (nearest rank).',
  charts: 'Charts',
  between: (from, to, zone) => `${from} to ${to} (both inclusive, ${zone})`,
  span: (from, to) => `${from} to ${to}`,
  section: (index, title) => `${index + 1}. ${title}`,
  page: (page, count) => `Page ${page} of ${count}`,
  unit: (unit) => ` (in ${unit})`,
  inBrackets: (text, inside) => `${text} (${inside})`,
  trace: (file, text) => `${file}: ${text}`,
  rowsFile: (name, title, rows) => `Rows in ${name}: ${title}; ${rows} rows.`,
  timesIn: (zone) => `Times are those of ${zone}.`,
  tooMany: (name, rows) => `${rows} rows, in the file ${name}.`,
  firstOnly: (shown, rows, name) => `The first ${shown} of ${rows} rows; the others are in the file ${name}.`,
  headLine: (size, root) => `Evidence head ${size} records · ${root}`,
  headMore: (at, key) => `signed at ${at} · key ${key}`,
  reason: (version, reason) => `This report corrects version ${version}. Reason: ${reason}`,
};

export const SAID: Readonly<Record<Language, Said>> = { zh, en };

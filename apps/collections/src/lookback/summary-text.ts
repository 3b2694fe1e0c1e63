import type { Language } from '#contact-rules';
import { errorDetail, type LogErrorCode } from './row-errors.ts';
import type { LookbackSummary } from './summary.ts';

const words = {
  zh: {
    title: '历史联系记录审查',
    files: '文件',
    packs: '规则包',
    period: '时段',
    noRows: '没有可用的记录',
    rows: '行数',
    counts: ({ read, judged, history, duplicates, rejected }: LookbackSummary['rows']) =>
      `读入 ${read}，审查 ${judged}，仅作历史（对方来电或未拨出）${history}，重复 ${duplicates}，剔除 ${rejected}`,
    findings: '发现',
    found: (findings: number, attempts: number, share: string) => `${findings} 条，涉及 ${attempts} 次联系（占审查的 ${share}）`,
    byRule: '按规则',
    byAgency: '按机构（发现 / 联系次数）',
    own: '（本机构）',
    others: '（其余机构）',
    more: (count: number) => `……另有 ${count} 项，见 --summary`,
    byHour: '按债务人当地小时（发现 / 联系次数）',
    worst: '发现最多的债务人',
    atLeast: '（债务人过多，数字为下限）',
    leftOut: '未能适用的规则（记录本身不含所需事实）',
    needs: {
      case: '案件状态',
      referral: '委外告知',
      holds: '暂停与限制事项',
      contactPoints: '联系方式的来源与状态',
      optOuts: '拒绝联系的登记',
      agency: '外包机构及其人员、工具',
      message: '发送的文字',
      region: '居住地',
    } as Readonly<Record<string, string>>,
    attempts: (count: number) => `${count} 次联系`,
    consents: (count: number) => `注意：${count} 次联系因无登记信息，按债务人未作任何同意（如夜间联系）审查。`,
    errors: '剔除的行',
    place: (file: string, row: number, column: string | null) => `例如 ${file} 第 ${row} 行${column === null ? '' : `，${column} 列`}`,
    missing: (fact: string) => `缺少 ${fact}`,
    list: '、',
  },
  en: {
    title: 'Look-back over past contacts',
    files: 'Files',
    packs: 'Packs',
    period: 'Period',
    noRows: 'no usable row',
    rows: 'Rows',
    counts: ({ read, judged, history, duplicates, rejected }: LookbackSummary['rows']) =>
      `${read} read, ${judged} judged, ${history} history only (theirs, or never placed), ${duplicates} duplicates, ${rejected} left out`,
    findings: 'Findings',
    found: (findings: number, attempts: number, share: string) => `${findings}, on ${attempts} attempts (${share} of those judged)`,
    byRule: 'By rule',
    byAgency: 'By agency (findings / attempts)',
    own: '(the institution itself)',
    others: '(all other agencies)',
    more: (count: number) => `... and ${count} more, see --summary`,
    byHour: "By hour of the debtor's day (findings / attempts)",
    worst: 'Debtors with the most findings',
    atLeast: ' (too many debtors to count each: lower bounds)',
    leftOut: 'Rules that could not be asked (a log does not hold what they need)',
    needs: {
      case: 'the state of the case',
      referral: 'the notice of the referral',
      holds: 'holds',
      contactPoints: 'where contact points come from',
      optOuts: 'opt-outs',
      agency: 'the agency, its staff and devices',
      message: 'what was written',
      region: 'where the debtor lives',
    } as Readonly<Record<string, string>>,
    attempts: (count: number) => `${count} attempts`,
    consents: (count: number) =>
      `Note: for ${count} attempts no register was at hand; they were judged as if no consent (to contact at night, for example) had been given.`,
    errors: 'Rows left out',
    place: (file: string, row: number, column: string | null) => `e.g. ${file} row ${row}${column === null ? '' : `, column ${column}`}`,
    missing: (fact: string) => `${fact} not stated`,
    list: ', ',
  },
} as const;

const SHOWN_AGENCIES = 15;
const BAR = 24;

const percent = (part: number, whole: number): string => (whole === 0 ? '0%' : `${((part / whole) * 100).toFixed(1)}%`);

/** Width on a terminal: Chinese characters take two cells. */
const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (/[\u1100-\u{10FFFF}]/u.test(character) ? 2 : 1), 0);
const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** Rows of two columns, the second set in line. */
function table(rows: readonly (readonly [name: string, value: string])[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => widthOf(name)));
  return rows.map(([name, value]) => `  ${pad(name, width)}  ${value}`);
}

function ruleLines({ byRule }: LookbackSummary, language: Language): string[] {
  const rows = byRule.map(({ ruleId, pack, fact, severity, findings }): [string, string] => [
    fact === null ? ruleId : `${ruleId}: ${words[language].missing(fact)}`,
    `${String(findings).padStart(9)}  ${pack}  ${severity}`,
  ]);
  return rows.length === 0 ? [] : [words[language].byRule, ...table(rows)];
}

function agencyLines({ byAgency }: LookbackSummary, language: Language): string[] {
  const text = words[language];
  const rows = byAgency
    .slice(0, SHOWN_AGENCIES)
    .map(({ agencyId, findings, attempts }): [string, string] => [
      agencyId === null ? text.own : agencyId === '*' ? text.others : agencyId,
      `${String(findings).padStart(9)} / ${attempts}  ${percent(findings, attempts)}`,
    ]);
  const more = byAgency.length - SHOWN_AGENCIES;
  return rows.length === 0 ? [] : [text.byAgency, ...table(rows), ...(more > 0 ? [`  ${text.more(more)}`] : [])];
}

function hourLines({ byHour }: LookbackSummary, language: Language): string[] {
  const most = Math.max(...byHour.map(({ findings }) => findings));
  const rows = byHour.filter(({ attempts }) => attempts > 0);
  if (rows.length === 0) return [];
  const lines = rows.map(({ hour, findings, attempts }): [string, string] => {
    const bar = '█'.repeat(most === 0 ? 0 : Math.ceil((findings / most) * BAR));
    return [`${String(hour).padStart(2, '0')}:00`, `${String(findings).padStart(9)} / ${String(attempts).padEnd(9)} ${bar}`.trimEnd()];
  });
  return [words[language].byHour, ...table(lines)];
}

function debtorLines({ worstDebtors, worstDebtorsExact }: LookbackSummary, language: Language): string[] {
  if (worstDebtors.length === 0) return [];
  const rows = worstDebtors.map(({ debtorId, findings }): [string, string] => [debtorId, String(findings).padStart(9)]);
  return [`${words[language].worst}${worstDebtorsExact ? '' : words[language].atLeast}`, ...table(rows)];
}

function leftOutLines({ leftOut, withoutConsents }: LookbackSummary, language: Language): string[] {
  const text = words[language];
  const rows = leftOut.map(({ ruleId, pack, needs, attempts }): [string, string] => [
    ruleId,
    `${pack}  ${needs.map((need) => text.needs[need] ?? need).join(text.list)}  ${text.attempts(attempts)}`,
  ]);
  return [...(rows.length === 0 ? [] : [text.leftOut, ...table(rows)]), ...(withoutConsents > 0 ? [text.consents(withoutConsents)] : [])];
}

function errorLines({ errors }: LookbackSummary, language: Language): string[] {
  if (errors.total === 0) return [];
  const rows = Object.entries(errors.byCode).flatMap(([code, count]) => {
    // The kept ones may be all of one code: then there is no example of another.
    const example = errors.first.find((one) => one.code === code);
    const detail = errorDetail({ code: code as LogErrorCode, allowed: example?.allowed ?? [] }, language);
    const place = example ? words[language].place(example.file, example.row, example.column) : '';
    return [`  ${code}  ${count}  ${place}`.trimEnd(), `    ${detail}`];
  });
  return [`${words[language].errors}  ${errors.total}`, ...rows];
}

/** The summary for a person at a terminal. */
export function summaryText(summary: LookbackSummary, language: Language): string {
  const text = words[language];
  const { files, packs, period, rows, findings, attemptsWithFindings } = summary;
  const head = table([
    [text.files, files.map(({ name, rows: count }) => `${name} (${count})`).join(text.list)],
    [text.packs, packs.map(({ pack, version }) => `${pack} v${version}`).join(text.list)],
    [text.period, period === null ? text.noRows : `${period.from} … ${period.to}`],
    [text.rows, text.counts(rows)],
    [text.findings, text.found(findings, attemptsWithFindings, percent(attemptsWithFindings, rows.judged))],
  ]);
  const parts = [ruleLines, agencyLines, hourLines, debtorLines, leftOutLines, errorLines].map((part) => part(summary, language));
  return [[text.title, ...head], ...parts]
    .filter((part) => part.length > 0)
    .map((part) => `${part.join('\n')}\n`)
    .join('\n');
}

import type { DecisionJson, Language } from '#contact-rules';
import type { Difference, ReplayScope, Tally } from './replay.ts';

export interface ReplayTimes {
  readonly seconds: number;
  readonly peakMegabytes: number;
}

const count = (value: number): string => value.toLocaleString('en-US');

export function progressLine(done: number, total: number, seconds: number, language: Language): string {
  const rate = count(Math.round(done / Math.max(seconds, 0.001)));
  return language === 'zh'
    ? `重新判断 ${count(done)} / ${count(total)}，${rate} 条/秒`
    : `replayed ${count(done)} / ${count(total)}, ${rate} a second`;
}

const words = {
  zh: {
    title: '决定的重新判断',
    scope: ({ from, to, institutionId }: ReplayScope) =>
      `  时段    ${from} … ${to}${institutionId === null ? '，全部机构' : `，机构 ${institutionId}`}`,
    counts: ({ decisions, permitted, refused }: Tally) =>
      `  决定    ${count(decisions)} 个（允许 ${count(permitted)}，拒绝 ${count(refused)}）`,
    result: ({ identical, different, undecidable }: Tally) =>
      `  结果    一致 ${count(identical)}，不一致 ${count(different)}，无法重新判断 ${count(undecidable)}`,
    took: (seconds: string, rate: string, peak: number) => `  用时    ${seconds} 秒，${rate} 条/秒，内存峰值 ${peak} MB`,
    first: (shown: number) => `最早的 ${shown} 个：`,
    recorded: '记录',
    replayed: '现为',
    cannot: '无法重新判断',
    permitted: '允许',
    refused: '拒绝',
    bytes: '判断相同，字节不同',
  },
  en: {
    title: 'Replay of decisions',
    scope: ({ from, to, institutionId }: ReplayScope) =>
      `  Scope      ${from} ... ${to}, ${institutionId === null ? 'every institution' : `institution ${institutionId}`}`,
    counts: ({ decisions, permitted, refused }: Tally) =>
      `  Decisions  ${count(decisions)} (${count(permitted)} permitted, ${count(refused)} refused)`,
    result: ({ identical, different, undecidable }: Tally) =>
      `  Result     ${count(identical)} identical, ${count(different)} different, ${count(undecidable)} could not be made again`,
    took: (seconds: string, rate: string, peak: number) => `  Took       ${seconds} s, ${rate} a second, peak memory ${peak} MB`,
    first: (shown: number) => `The first ${shown}:`,
    recorded: 'recorded',
    replayed: 'now',
    cannot: 'cannot be made again',
    permitted: 'permitted',
    refused: 'refused',
    bytes: 'same verdict and rules, other bytes',
  },
} as const;

function answerText(text: string, language: Language): string {
  try {
    const { verdict, reasons } = JSON.parse(text) as DecisionJson;
    const rules = reasons.map(({ pack, ruleId }) => `${pack}/${ruleId}`).join(' ');
    return `${words[language][verdict]}${rules === '' ? '' : ` (${rules})`}`;
  } catch {
    // Whoever changed a record need not have left JSON.
    return text.slice(0, 80);
  }
}

function differenceLine({ id, institutionId, decidedAt, recorded, replayed, why }: Difference, language: Language): string {
  const said = words[language];
  const place = `  ${decidedAt}  ${institutionId}  ${id}  `;
  if (replayed === null) return `${place}${said.cannot}: ${why ?? ''}`;
  const [was, is] = [answerText(recorded, language), answerText(replayed, language)];
  return `${place}${was === is ? `${was}, ${said.bytes}` : `${said.recorded} ${was}, ${said.replayed} ${is}`}`;
}

export function summaryText(scope: ReplayScope, tally: Tally, { seconds, peakMegabytes }: ReplayTimes, language: Language): string {
  const said = words[language];
  const rate = count(Math.round(tally.decisions / Math.max(seconds, 0.001)));
  const lines = [said.title, said.scope(scope), said.counts(tally), said.result(tally), said.took(seconds.toFixed(1), rate, peakMegabytes)];
  if (tally.first.length > 0)
    lines.push('', said.first(tally.first.length), ...tally.first.map((difference) => differenceLine(difference, language)));
  return `${lines.join('\n')}\n`;
}

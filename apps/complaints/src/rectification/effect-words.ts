import type { Language } from '#contact-rules';
import type { EffectRecord } from './effect.store.ts';

const percent = (value: number): string => (value < 0.0001 ? '< 0.01 %' : `${(value * 100).toFixed(2)} %`);

/** What a measurement says, in plain words. */
export function wordsOf(
  { before, after, afterExpected, windowDays, verdict, pWithPending, ratio }: EffectRecord,
  language: Language,
): string {
  const change = ratio === null ? '' : `${Math.abs(Math.round((ratio - 1) * 100))}%`;
  if (language === 'zh') {
    const counts = `整改前 ${windowDays} 天同因投诉 ${before} 件，整改后同样天数 ${after} 件${afterExpected > 0 ? `（另有 ${afterExpected} 件按比例估计）` : ''}`;
    switch (verdict) {
      case 'shown':
        return `${counts}，减少 ${change}。若整改不起作用，偶然少到如此的可能性为 ${percent(pWithPending)}：效果得到证明。`;
      case 'worse':
        return `${counts}：不减反增，且难以用偶然解释。`;
      case 'too-few':
        return `${counts}。整改前件数太少，即使整改后一件没有也说明不了什么：请延长比较的天数，或由另一人认可无法衡量。`;
      case 'not-shown':
        return `${counts}。若整改不起作用，偶然少到如此的可能性为 ${percent(pWithPending)}：尚不能证明效果。`;
    }
  }
  const counts = `${before} complaints of this cause in the ${windowDays} days before, ${after} in as many days after${afterExpected > 0 ? ` (and ${afterExpected} reckoned among those that wait)` : ''}`;
  switch (verdict) {
    case 'shown':
      return `${counts}: ${change} fewer. If the measure did nothing, so few would come about by chance with ${percent(pWithPending)}: its effect is shown.`;
    case 'worse':
      return `${counts}: more instead of fewer, and hardly by chance.`;
    case 'too-few':
      return `${counts}. There were so few before that not even none after would show anything: compare more days, or have another person accept that it cannot be measured.`;
    case 'not-shown':
      return `${counts}. If the measure did nothing, so few would come about by chance with ${percent(pWithPending)}: no effect is shown yet.`;
  }
}

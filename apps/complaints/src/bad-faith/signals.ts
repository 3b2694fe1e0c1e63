import type { FieldError } from '#problem';
import ours from './signals.json' with { type: 'json' };

/** What speaks for a deliberate false complaint (HLJ 29), in the order in which it is shown. */
export const SIGNALS = ['near-identical-text', 'shared-contact', 'same-proxy', 'fee-demand', 'forged-proof'] as const;
export type Signal = (typeof SIGNALS)[number];

export interface SignalWeight {
  /** Of 100. */
  readonly weight: number;
  /** From this number on it counts; at `full` with its whole weight, between them in proportion. */
  readonly from: number;
  readonly full: number;
}

export interface BadFaithSettings {
  readonly signals: Readonly<Record<Signal, SignalWeight>>;
  readonly words: readonly string[];
  readonly windowDays: number;
  readonly alikePercent: number;
  /** From this score on people are asked to look. */
  readonly lookFrom: number;
}

export const OUR_SETTINGS: BadFaithSettings = ours;

/** How many there are of a signal: complainants for the first three, words, flags; and the other complaints. */
export interface SignalFact {
  readonly signal: Signal;
  readonly count: number;
  readonly complaints: readonly string[];
  readonly words: readonly string[];
}

export interface ScoredSignal extends SignalFact {
  readonly weight: number;
  readonly points: number;
}

export interface Score {
  readonly score: number;
  readonly signals: readonly ScoredSignal[];
}

/** The share of its weight that a count brings. */
function pointsOf(count: number, { weight, from, full }: SignalWeight): number {
  if (count < from) return 0;
  return Math.round(weight * Math.min(1, count / full));
}

/** The score and why. What does not reach its number is left out: it says nothing. */
export function scoreOf(facts: readonly SignalFact[], settings: BadFaithSettings): Score {
  const signals = SIGNALS.flatMap((signal): ScoredSignal[] => {
    const fact = facts.find((each) => each.signal === signal);
    const points = fact ? pointsOf(fact.count, settings.signals[signal]) : 0;
    return fact && points > 0 ? [{ ...fact, weight: settings.signals[signal].weight, points }] : [];
  });
  return {
    score: Math.min(
      100,
      signals.reduce((sum, { points }) => sum + points, 0),
    ),
    signals,
  };
}

/** Which words of the list are said. */
export const wordsIn = (text: string, { words }: BadFaithSettings): string[] => {
  const said = text.normalize('NFKC').toLowerCase();
  return words.filter((word) => said.includes(word.toLowerCase()));
};

/** What is wrong with settings; empty: nothing. */
export function checkSettings({ signals, words, lookFrom }: BadFaithSettings): FieldError[] {
  const errors: FieldError[] = SIGNALS.flatMap((signal) => {
    const { from, full } = signals[signal];
    return full < from ? [{ pointer: `/signals/${signal}/full`, detail: `is less than \`from\` (${from}); make it ${from} or more` }] : [];
  });
  const [heaviest] = SIGNALS.toSorted((a, b) => signals[b].weight - signals[a].weight);
  if (heaviest && signals[heaviest].weight >= lookFrom)
    errors.push({
      pointer: '/lookFrom',
      detail: `${heaviest} alone reaches it with its weight of ${signals[heaviest].weight}: nobody is suspected on one sign; make it greater`,
      source: 'HLJ 29',
    });
  if (new Set(words.map((word) => word.toLowerCase())).size < words.length)
    errors.push({ pointer: '/words', detail: 'a word is there twice' });
  return errors;
}

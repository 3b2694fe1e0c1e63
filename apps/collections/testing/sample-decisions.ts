import type { DecisionRow, FindingRow } from '../src/report/rows.ts';

// Plausible, and the same each time.
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

const AGENCIES = [null, null, 'a-harbin-01', 'a-shenzhen-17', '=cmd|calc'];
const CHANNELS = ['voice', 'voice', 'voice', 'sms', 'visit'];
const RESULTS = ['no-answer', 'no-answer', 'conversation', 'answered', 'busy', 'refused'];
const RULES = ['conversations-per-debtor', 'burst', 'attempts-per-point', 'party-target', 'complaint-hold', 'missing-fact'];

/** Decisions of October 2026, more of them in the working hours. */
export function sampleDecisions(count: number): DecisionRow[] {
  const chance = numbers(7);
  const next = (): number => chance.next().value as number;
  const pick = <T>(items: readonly T[], otherwise: T): T => items[Math.floor(next() * items.length)] ?? otherwise;
  return Array.from({ length: count }, (_, index): DecisionRow => {
    const localHour = Math.min(23, Math.floor(6 + (next() + next() + next()) * 6));
    const day = `2026-10-${String(1 + Math.floor(next() * 31)).padStart(2, '0')}`;
    const quiet = localHour < 8 || localHour >= 22 ? ['quiet-hours'] : [];
    const rules = next() < 0.12 ? [...new Set([...quiet, pick(RULES, 'burst'), pick(RULES, 'burst')])] : quiet;
    const refused = rules.length > 0;
    const state = refused ? 'refused' : next() < 0.9 ? 'closed' : next() < 0.8 ? 'lapsed' : 'pending';
    return {
      id: `0190b3c4-0000-7000-8000-${String(index).padStart(12, '0')}`,
      decidedAt: `${day}T${String(localHour).padStart(2, '0')}:15:00+08:00`,
      day,
      localHour,
      caseId: `C${String(Math.floor(next() * 4000)).padStart(6, '0')}`,
      agencyId: pick(AGENCIES, null),
      channel: pick(CHANNELS, 'voice'),
      verdict: refused ? 'refused' : 'permitted',
      rules,
      warnings: next() < 0.05 ? ['visit-team'] : [],
      ...(refused || next() > 0.03 ? { consents: [], lifted: [] } : { consents: ['out-of-hours'], lifted: ['quiet-hours'] }),
      state,
      result: state === 'closed' ? pick(RESULTS, 'busy') : null,
    };
  });
}

export function sampleFindings(count: number): FindingRow[] {
  const rules = ['quiet-hours', 'burst', 'conversations-per-debtor'];
  return Array.from({ length: count }, (_, index) => ({
    lookbackId: '0190b3c4-0000-7000-8000-00000000000a',
    finishedOn: '2026-10-20',
    attemptId: index === 0 ? 'A,"1"' : `A${index}`,
    ruleId: rules[index % rules.length] ?? 'burst',
    severity: 'block',
    pack: 'cn-card',
    agencyId: AGENCIES[index % AGENCIES.length] ?? null,
  }));
}

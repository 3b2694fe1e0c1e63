import fc from 'fast-check';
import type { InstitutionRules, PackRow } from '../index.ts';

export const STACKS: readonly (readonly string[])[] = [
  ['cn-card'],
  ['cn-card'],
  ['cn-card@1'],
  ['cn-heilongjiang'],
  ['us-reg-f'],
  ['us-reg-f'],
  ['in-rbi'],
  ['jp-mla'],
  ['cn-card', 'us-reg-f'],
  ['us-reg-f', 'cn-card'],
  ['cn-heilongjiang', 'in-rbi', 'jp-mla'],
  ['jp-mla', 'us-reg-f', 'in-rbi', 'cn-card', 'cn-heilongjiang'],
];
export const stack = fc.constantFrom(...STACKS);

type Adjust = InstitutionRules['adjust'];
const cap = (ruleId: string, most: number): fc.Arbitrary<Adjust> =>
  fc.integer({ min: 1, max: most }).map((value) => ({ [ruleId]: { cap: value } }));
const one = (ruleId: string, change: Adjust[string]): fc.Arbitrary<Adjust> => fc.constant({ [ruleId]: change });

/** Changes, most of them tighter than every pack or of rows that the packs leave to the institution; some looser. */
const change: fc.Arbitrary<Adjust> = fc.oneof(
  cap('attempts-per-point', 8),
  cap('seven-in-seven', 7),
  cap('informational-per-debtor', 3),
  cap('conversations-per-debtor', 3),
  cap('burst', 8),
  cap('visit-per-day', 1),
  one('burst', { off: true }),
  one('attempts-per-point', { severity: 'warn' }),
  one('visit-per-day', { severity: 'block' }),
  one('agency-evaluated', { severity: 'block' }),
  one('referral-notice', { severity: 'block' }),
  one('visit-team', { minCollectors: 3 }),
  fc
    .constantFrom(['19:00', '08:00'], ['18:30', '09:15'], ['12:00', '11:45'])
    .map(([from = '', to = '']) => ({ 'quiet-hours': { refused: { from, to } } })),
);

const own = { source: 'product', article: '', grade: 'C' } as const;
const severity = fc.constantFrom('block', 'block', 'warn' as const);
const begins = fc.constantFrom('2011-01-13', '2011-01-13', '2026-11-22', '2026-03-08');
const ends = fc.constantFrom(undefined, undefined, '2026-11-21', '2026-11-23');
const row = <T extends object>(fields: fc.Arbitrary<T>) =>
  fc.tuple(fields, severity, begins, ends).map(([kind, level, effectiveFrom, effectiveTo]) => ({
    ...own,
    ...kind,
    severity: level,
    effectiveFrom,
    ...(effectiveTo ? { effectiveTo } : {}),
  }));

const dates = fc.constantFrom(
  { from: '2026-11-22', to: '2026-11-22' },
  { from: '2026-11-21', to: '2026-11-24' },
  { from: '2026-03-08', to: '2026-03-08' },
  { from: '2026-10-04', to: '2026-10-05' },
  { from: '2027-01-01', to: '2027-01-03' },
);
const ownRows: fc.Arbitrary<PackRow> = fc.oneof(
  row(
    fc
      .tuple(fc.array(dates, { minLength: 1, maxLength: 2 }), fc.constantFrom(undefined, ['230100'], ['110000', '230000']))
      .map(([list, regions]) => ({
        ruleId: 'own-dates',
        kind: 'calendar' as const,
        params: { dates: list, channels: ['voice', 'visit', 'sms'] as const, ...(regions ? { regions } : {}) },
      })),
  ),
  row(
    fc.constantFrom(['12:00', '14:00'], ['20:15', '06:00']).map(([from = '', to = '']) => ({
      ruleId: 'own-hours',
      kind: 'time-window' as const,
      params: { refused: { from, to }, channels: ['voice', 'email'] as const, consent: 'out-of-hours' as const },
    })),
  ),
  row(
    fc
      .record({
        scope: fc.constantFrom('all-actors', 'agency', 'collector' as const),
        seat: fc.constantFrom('debtor', 'debt', 'contact-point' as const),
        window: fc.constantFrom('local-day' as const, { rollingMinutes: 15 }, { rollingMinutes: 2880 }, { localDays: 2 }, { localDays: 7 }),
        results: fc.constantFrom('placed', 'connected', 'unanswered', 'conversation', 'connected-regf' as const),
        cap: fc.integer({ min: 1, max: 5 }),
        channel: fc.constantFrom('voice', 'voice', 'sms' as const),
      })
      .map((params) => ({
        ruleId: 'own-count',
        kind: 'counter' as const,
        params: { ...params, mode: null, consent: 'frequency' as const, obligors: ['debtor', 'co-debtor', 'guarantor'] as const },
      })),
  ),
);

/** What an institution makes of its packs: nothing, tighter numbers, rows of its own. */
export const institution: fc.Arbitrary<InstitutionRules | null> = fc.option(
  fc
    .tuple(fc.array(change, { maxLength: 3 }), fc.uniqueArray(ownRows, { maxLength: 2, selector: ({ ruleId }) => ruleId }))
    .map(([changes, rules]) => ({ adjust: Object.assign({}, ...changes) as Adjust, rules })),
  { freq: 2 },
);

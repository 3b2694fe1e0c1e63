import { bucketOf, timingOf, type ComplaintRow } from '../src/report/rows.ts';

// Plausible, and the same each time.
const CHANNELS = ['phone', 'phone', 'web', 'branch', 'letter', 'regulator'];
const CATEGORIES = ['collection', 'collection', 'card-use', 'marketing', '账单争议', null];
const AGENCIES = [null, null, 'a-harbin-01', '=cmd|calc'];
const STATES = ['met', 'met', 'met', 'met', 'missed', 'running', 'running', 'paused', 'withdrawn', 'declined', 'merged'];

const CAUSES = ['collection-frequency', 'fees', '=cause', null];
const AREAS = ['collection', 'marketing', 'card-use', null];

const at = <T>(items: readonly T[], place: number, otherwise: T): T => items[place % items.length] ?? otherwise;

/** Complaints of October 2026 as they stand in the middle of December. */
export function sampleComplaints(count: number): ComplaintRow[] {
  return Array.from({ length: count }, (_, index): ComplaintRow => {
    const spread = (index * 7919) % 1009;
    const day = 1 + (spread % 31);
    const given = at(STATES, spread, 'met');
    const unknown = given === 'met' && spread % 23 === 0;
    const answered = (given === 'met' || given === 'missed') && !unknown;
    const days = !answered ? null : given === 'met' ? spread % 15 : 16 + (spread % 55);
    const overdue = given === 'running' && spread % 3 === 0;
    const state = overdue ? 'missed' : given;
    const date = (after: number): string => new Date(Date.UTC(2026, 9, day + after)).toISOString().slice(0, 10);
    return {
      number: `TS202610${String(day).padStart(2, '0')}-${String(index).padStart(6, '0')}`,
      receivedOn: date(0),
      channel: at(CHANNELS, spread, 'web'),
      category: at(CATEGORIES, spread + index, null),
      agencyId: at(AGENCIES, spread + index, null),
      state,
      dueOn: date(15),
      decidedOn: days === null ? null : date(Math.max(0, days - 1)),
      toldOn: days === null ? null : date(days),
      days,
      bucket: bucketOf({ state, closed: !['running', 'paused'].includes(given), overdue, days }),
      // Nobody has said what it is, or all of it.
      area: at(AREAS, spread, null),
      cause: at(CAUSES, spread, null),
      business: at(AREAS, spread, null) && 'credit-card',
      classChannel: at(AREAS, spread, null) && 'phone',
      codeVersion: at(AREAS, spread, null) === null ? null : 0,
      timing: timingOf(state),
    };
  });
}

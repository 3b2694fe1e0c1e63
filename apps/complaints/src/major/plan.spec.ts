import fc from 'fast-check';
import { checkSettings, isRegion, MAJOR_KINDS, OUR_SETTINGS, regionOf, reportClock, signOf } from './plan.ts';

const at = new Date('2026-11-21T07:00:00Z');

it('our own settings are in order', () => {
  expect(checkSettings(OUR_SETTINGS)).toEqual([]);
});

it('settings that weaken the rules, or that nobody could keep, are refused by field', () => {
  const [first, second] = OUR_SETTINGS.steps;
  const steps = [second ?? first, first].flatMap((step) => step ?? []);
  const wrong = checkSettings({
    ...OUR_SETTINGS,
    persons: 21,
    remindHoursBefore: 12,
    steps,
    surge: { ...OUR_SETTINGS.surge, minPastDays: 57 },
  });
  expect(wrong.map(({ pointer, source }) => [pointer, source])).toEqual([
    ['/remindHoursBefore', undefined],
    ['/persons', 'CMP20'],
    ['/steps/1/withinHours', undefined],
    ['/surge/minPastDays', undefined],
  ]);
});

it.each([
  ['branch', 20, '', 'group'],
  ['visit', 20, '', 'group'],
  ['branch', 19, '', null],
  ['phone', 300, '', null],
  ['phone', 1, '家中遭遇洪水，无法还款', 'disaster'],
  ['web', 1, 'FLOOD took the house', 'disaster'],
  ['phone', 1, '声称要自杀', 'accident'],
  ['phone', 1, '食物中毒住院', 'public-health'],
  ['branch', 26, '现场火灾', 'group'],
  ['phone', 1, '深夜催收', null],
] as const)('by %s, %i persons, "%s": %s', (channel, groupSize, text, kind) => {
  expect(signOf({ channel, groupSize, text }, OUR_SETTINGS)?.kind ?? null).toBe(kind);
});

it('a report is due so many hours after it was known, whatever the day or the season', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(...MAJOR_KINDS),
      fc.date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2100-01-01') }),
      (kind, knownAt) => {
        const { dueAt, remindAt } = reportClock(kind, knownAt, OUR_SETTINGS);
        expect(dueAt.getTime() - knownAt.getTime()).toBe(OUR_SETTINGS.reportHours[kind] * 3_600_000);
        expect(dueAt.getTime() - remindAt.getTime()).toBe(4 * 3_600_000);
      },
    ),
  ));

it('midnight and a Saturday change nothing', () => {
  expect(reportClock('group', at, OUR_SETTINGS).dueAt.toISOString()).toBe('2026-11-22T07:00:00.000Z');
});

it.each([
  ['230100199001011234', '230000'],
  ['11010119900307123x', '110000'],
  ['990100199001011234', null],
  ['23010019900101123', null],
  ['E12345678', null],
  [null, null],
])('the card %s is of %s', (card, region) => {
  expect(regionOf(card)).toBe(region);
  expect(region === null || isRegion(region)).toBe(true);
});

import { Zone } from '#contact-rules';
import { baseDue, countAgain, DEFAULT_SEVERE_CAUSES, weigh, type Counted } from './stages.ts';

const zone = Zone.of('Asia/Shanghai');
const classified = (more: object = {}) => ({
  confirmed: true,
  area: 'collection',
  business: [],
  cause: ['collection-threat', 'collection-conduct'],
  ...more,
});
const of = (more: object | null, category: string | null = null, groupSize = 1, isMajor = false) =>
  weigh({ category, groupSize, isMajor }, more === null ? undefined : classified(more), DEFAULT_SEVERE_CAUSES);

it('is grave by the number of people, or by a cause that a person has confirmed', () => {
  expect([of(null).severity, of(null, null, 20).severity, of({}).severity]).toEqual(['normal', 'major', 'major']);
  // What rules suggest makes nothing grave.
  expect(of({ confirmed: false }).severity).toBe('normal');
  expect(of({ cause: ['fees'] }).severity).toBe('normal');
  // A cause that is named stands for all below it.
  expect(weigh({ category: null, groupSize: 1, isMajor: false }, classified(), ['collection-conduct']).severity).toBe('major');
  expect(weigh({ category: null, groupSize: 1, isMajor: false }, classified(), []).severity).toBe('normal');
  // Part of an open major matter it is grave, whatever it is about, and whether or not anybody has said what.
  expect([of({ cause: ['fees'] }, null, 1, true).severity, of(null, null, 1, true).severity]).toEqual(['major', 'major']);
});

it('has the areas of its classification, and a finer category beside its own area alone', () => {
  expect(of(null, 'collection-night').areas).toEqual(['collection-night', 'collection']);
  expect(of({ confirmed: false, area: 'marketing' }, 'collection-night').areas).toEqual(['collection-night', 'collection']);
  expect(of({ business: ['credit-card', 'bank-card'] }, 'collection-night').areas).toEqual([
    'collection',
    'credit-card',
    'bank-card',
    'collection-night',
  ]);
  expect(of({ area: 'marketing' }, 'collection-night').areas).toEqual(['marketing']);
});

it('with less time counts from now, with more from the beginning, and is never due later for being graver', () => {
  const at = (time: string) => new Date(`2026-11-23T${time}:00+08:00`);
  const counted: Counted = { from: at('10:00'), amount: 24, unit: 'hours' };
  const entry = { enteredAt: at('10:00'), baseDueAt: new Date('2026-11-24T10:00:00+08:00'), counted };
  const again = (amount: number, now: string) => {
    const limit = { amount, unit: 'hours' } as const;
    const { baseDueAt, counted: by } = countAgain(entry, limit, (from) => baseDue(from, limit, zone), at(now));
    return [zone.format(baseDueAt.getTime()).slice(0, 16), zone.format(by.from.getTime()).slice(11, 16), by.amount];
  };
  expect(again(2, '18:00')).toEqual(['2026-11-23T20:00', '18:00', 2]);
  // Twenty hours from now would be later than it was due: what it was due by goes on counting.
  expect(again(20, '18:00')).toEqual(['2026-11-24T10:00', '10:00', 24]);
  expect(again(48, '18:00')).toEqual(['2026-11-25T10:00', '10:00', 48]);
});

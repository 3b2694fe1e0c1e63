import { Zone } from '#contact-rules';
import { baseDue, DEFAULT_SEVERE_CAUSES, dueAgain, weigh } from './stages.ts';

const zone = Zone.of('Asia/Shanghai');
const classified = (more: object = {}) => ({
  confirmed: true,
  area: 'collection',
  business: [],
  cause: ['collection-threat', 'collection-conduct'],
  ...more,
});
const of = (more: object | null, category: string | null = null, groupSize = 1) =>
  weigh({ category, groupSize }, more === null ? undefined : classified(more), DEFAULT_SEVERE_CAUSES);

it('is grave by the number of people, or by a cause that a person has confirmed', () => {
  expect([of(null).severity, of(null, null, 20).severity, of({}).severity]).toEqual(['normal', 'major', 'major']);
  // What rules suggest makes nothing grave.
  expect(of({ confirmed: false }).severity).toBe('normal');
  expect(of({ cause: ['fees'] }).severity).toBe('normal');
  // A cause that is named stands for all below it.
  expect(weigh({ category: null, groupSize: 1 }, classified(), ['collection-conduct']).severity).toBe('major');
  expect(weigh({ category: null, groupSize: 1 }, classified(), []).severity).toBe('normal');
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
  const entry = { enteredAt: at('10:00'), baseDueAt: new Date('2026-11-24T10:00:00+08:00') };
  const due = (amount: number, now: string) =>
    zone.format(dueAgain(entry, (from) => baseDue(from, { amount, unit: 'hours' }, zone), at(now)).getTime()).slice(0, 16);
  expect(due(2, '18:00')).toBe('2026-11-23T20:00');
  expect(due(20, '18:00')).toBe('2026-11-24T10:00');
  expect(due(48, '18:00')).toBe('2026-11-25T10:00');
});

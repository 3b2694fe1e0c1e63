import { Zone } from '#contact-rules';
import { baseDue, DEFAULT_LIMITS, faultOf, limitFor, remindHours, severityOf, type Limit } from './stages.ts';

const zone = Zone.of('Asia/Shanghai');
const one = (more: Partial<Limit>): Limit => ({ stage: 'draft', area: null, severity: null, amount: 1, unit: 'hours', ...more });

describe('stage limits', () => {
  it('count in working days over a holiday, with its make-up Saturday', () => {
    // Spring Festival 2026: off 02-15 to 02-23, worked on Saturday 02-14 and 02-28.
    const due = baseDue(new Date('2026-02-12T10:00:00+08:00'), { amount: 3, unit: 'working-days' }, zone);
    expect(zone.format(due.getTime())).toBe('2026-02-25T00:00:00+08:00');
    expect(baseDue(new Date('2026-02-12T10:00:00+08:00'), { amount: 24, unit: 'hours' }, zone).toISOString()).toBe(
      '2026-02-13T02:00:00.000Z',
    );
  });

  it('the more specific one counts, severity before area', () => {
    const limits = [
      one({ amount: 1 }),
      one({ amount: 2, area: 'collection' }),
      one({ amount: 3, severity: 'major' }),
      one({ amount: 4, area: 'collection', severity: 'major' }),
    ];
    const of = (areas: string[], severity: 'normal' | 'major') => limitFor(limits, 'draft', areas, severity).amount;
    expect([of([], 'normal'), of(['collection'], 'normal'), of(['card-use'], 'major'), of(['collection'], 'major')]).toEqual([1, 2, 3, 4]);
    expect(severityOf(19)).toBe('normal');
    expect(severityOf(20)).toBe('major');
    expect(severityOf(1, true)).toBe('major');
  });

  it('fit into the term, and say something of every stage, once', () => {
    expect(faultOf(DEFAULT_LIMITS)).toBeNull();
    expect(faultOf(DEFAULT_LIMITS.slice(1))?.detail).toContain('first-contact');
    expect(faultOf([...DEFAULT_LIMITS, ...DEFAULT_LIMITS.slice(0, 1)])).toMatchObject({ pointer: '/limits/6' });
    const long = [...DEFAULT_LIMITS, one({ stage: 'investigation', area: 'collection', amount: 8, unit: 'working-days' })];
    expect(faultOf(long)).toMatchObject({ source: 'CMP20 18', detail: expect.stringContaining('collection') });
  });

  it('remind a quarter of the time before, a day at most', () => {
    expect([
      remindHours({ amount: 2, unit: 'hours' }),
      remindHours({ amount: 24, unit: 'hours' }),
      remindHours({ amount: 5, unit: 'working-days' }),
    ]).toEqual([0.5, 6, 24]);
  });
});

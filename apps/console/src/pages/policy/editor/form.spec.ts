import type { OwnRow, PackRow } from '../wire.ts';
import { freshId, isLooserCap, requestOf, tightenables, withAdjustment } from './form.ts';
import { counterRule, dateRule, isReady, mayBeRegions, named, spanOf, windowParam, withParams } from './own-rules.ts';

const row = (more: Partial<PackRow>): PackRow => ({
  pack: 'cn-card',
  ruleId: 'attempts-per-point',
  kind: 'counter',
  params: { cap: 6 },
  severity: 'block',
  severityText: '',
  source: 'CBA26',
  article: 'ch.3',
  grade: 'B',
  citations: [],
  effectiveFrom: '2026-01-30',
  effectiveTo: null,
  tenantValue: false,
  mayWarn: false,
  title: '',
  says: '',
  limits: [],
  exceptions: [],
  ...more,
});

describe('what a form of a draft makes of it', () => {
  it('keeps only what is changed', () => {
    const changed = withAdjustment({}, 'burst', 'cap', 2);
    const both = withAdjustment(changed, 'burst', 'off', true);
    expect([changed, both]).toEqual([{ burst: { cap: 2 } }, { burst: { cap: 2, off: true } }]);
    expect(withAdjustment(withAdjustment(both, 'burst', 'cap', undefined), 'burst', 'off', undefined)).toEqual({});
  });

  it('offers each rule once, with the controls of its kind in any pack', () => {
    const rows = [
      row({}),
      row({ pack: 'other', mayWarn: true }),
      row({ ruleId: 'quiet-hours', kind: 'time-window', params: { refused: { from: '22:00', to: '08:00' } } }),
      row({ ruleId: 'visit-per-day', severity: 'warn' }),
      row({ ruleId: 'burst', tenantValue: true }),
      row({ ruleId: 'cease', kind: 'hold', params: { hold: 'cease' } }),
    ];
    expect(tightenables(rows).map(({ ruleId, rows: of, fields }) => [ruleId, of.length, fields])).toEqual([
      ['attempts-per-point', 2, ['cap', 'severity']],
      ['quiet-hours', 1, ['refused']],
      ['visit-per-day', 1, ['cap', 'severity']],
      ['burst', 1, ['cap', 'off']],
    ]);
  });

  it('marks a cap above any pack that gives its number on good ground', () => {
    expect([isLooserCap([row({})], 6), isLooserCap([row({})], 7), isLooserCap([row({ tenantValue: true })], 7)]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('says no product as none', () => {
    expect(requestOf({ product: ' ', packs: [], adjust: {}, rules: [], note: ' why ' })).toMatchObject({ product: null, note: 'why' });
  });
});

describe('own rules', () => {
  const today = '2026-11-22';
  const eve = { name: '除夕', range: { from: '2027-02-05', to: '2027-02-05' }, today };
  const ready = (...rules: OwnRow[]) => isReady({ product: '', packs: [{ pack: 'cn-card', version: 2 }], adjust: {}, rules, note: 'why' });

  it('have ids of their own', () => {
    const first = dateRule([], eve);
    expect([first.ruleId, dateRule([first], eve).ruleId, freshId([first], 'limit')]).toEqual(['own-dates-1', 'own-dates-2', 'own-limit-1']);
  });

  it('are ready when nothing is missing', () => {
    const dates = dateRule([], eve);
    expect(ready(dates)).toBe(true);
    expect(ready({ ...dates, title: { zh: ' ', en: '' } })).toBe(false);
    expect(ready(withParams(dates, { dates: [{ from: '2027-02-06', to: '2027-02-05' }] }))).toBe(false);
    expect(ready(withParams(dates, { channels: [] }))).toBe(false);
    expect(ready(mayBeRegions(dates, ['2301']))).toBe(false);
    expect(ready(mayBeRegions(dates, ['230100']))).toBe(true);
    expect(ready(dateRule([], { ...eve, range: null }))).toBe(false);
  });

  it('say everywhere by leaving the regions out', () => {
    expect(mayBeRegions(mayBeRegions(dateRule([], eve), ['230000']), []).params).not.toHaveProperty('regions');
  });

  it('read a window as they write it', () => {
    const limit = counterRule([], today);
    for (const [span, amount] of [
      ['local-day', 1],
      ['minutes', 90],
      ['days', 7],
    ] as const)
      expect(spanOf(withParams(limit, { window: windowParam(span, amount) }))).toEqual({ span, amount });
  });

  it('have one name in both languages where only one was given', () => {
    expect(named({ ...dateRule([], eve), title: { zh: '', en: 'Eve' } }).title).toEqual({ zh: 'Eve', en: 'Eve' });
  });
});

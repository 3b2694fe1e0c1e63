import {
  CHANNELS,
  CONSENT_KINDS,
  HOLD_KINDS,
  INITIATORS,
  MODES,
  PACK_SCHEMA,
  PACKS,
  PARTY_ROLES,
  PURPOSES,
  RESULT_CLASSES,
  type PackRow,
} from '#contact-rules';
import { validateAdjust, validatePack, validateRows } from './row-schema.ts';

it.each(PACKS)('$pack, version $version, is as the schema says', (pack) => expect(validatePack(pack)).toEqual([]));

const base = { severity: 'block', source: 'institution', article: '', grade: 'C', effectiveFrom: '2026-01-01' } as const;

/** One row of every kind with every param, as the types have them: a kind or a param that the schema does not know fails here, one that the types do not know does not compile. */
const everything = {
  standing: { check: 'referral', exceptPurposes: [...PURPOSES] },
  hold: { hold: 'cease', exceptPurposes: [...PURPOSES], exceptRoles: [...PARTY_ROLES] },
  'third-party': { check: 'lost', obligors: [...PARTY_ROLES], purposes: [...PURPOSES] },
  'time-window': { refused: { from: '21:00', to: '08:00:30' }, channels: [...CHANNELS], consent: 'out-of-hours', zones: 'all-known' },
  preference: { consent: 'channel' },
  'contact-point': {
    sources: ['contract', 'debtor', 'bank-records', 'public', 'authority', 'authorised'],
    refusedStatuses: ['invalid', 'not-in-service'],
  },
  counter: {
    channel: 'voice',
    mode: 'interactive',
    results: 'placed',
    seat: 'debt',
    scope: 'collector',
    window: { localDays: 7 },
    cap: 3,
    consent: 'frequency',
    consentDays: 7,
    obligors: [...PARTY_ROLES],
    initiators: [...INITIATORS],
  },
  visit: { minCollectors: 2 },
  agency: { check: 'evaluated', maxDays: 365 },
  device: { channels: [...CHANNELS], consent: 'device' },
  content: { channels: [...CHANNELS] },
  calendar: { dates: [{ from: '2027-02-05', to: '2027-02-06' }], channels: [...CHANNELS], regions: ['230100'] },
} as const satisfies { [K in PackRow['kind']]: Required<Extract<PackRow, { kind: K }>['params']> };

const rowOf = (kind: keyof typeof everything, params: object = {}) => ({
  ...base,
  ruleId: `own-${kind}`,
  kind,
  params: { ...everything[kind], ...params },
});
const kinds = Object.keys(everything) as (keyof typeof everything)[];

describe('the schema and the types know the same', () => {
  it.each(kinds)('kind %s with every param', (kind) => expect(validateRows([rowOf(kind)])).toEqual([]));

  it('no kind and no param besides', () => {
    const defs = PACK_SCHEMA['$defs'] as Record<string, { properties?: Record<string, { enum?: unknown[] }> }>;
    expect(defs['row']?.properties?.['kind']?.enum?.toSorted()).toEqual(kinds.toSorted());
    for (const kind of kinds)
      expect([kind, ...Object.keys(defs[kind]?.properties ?? {}).toSorted()]).toEqual([kind, ...Object.keys(everything[kind]).toSorted()]);
  });

  it.each([
    ...CHANNELS.map((channel) => ({ kind: 'content' as const, params: { channels: [channel] } })),
    ...[...MODES, null].map((mode) => ({ kind: 'counter' as const, params: { mode } })),
    ...Object.keys(RESULT_CLASSES).map((results) => ({ kind: 'counter' as const, params: { results } })),
    ...['debtor', 'debt', 'contact-point'].map((seat) => ({ kind: 'counter' as const, params: { seat } })),
    ...['all-actors', 'agency', 'collector'].map((scope) => ({ kind: 'counter' as const, params: { scope } })),
    ...['local-day', { rollingMinutes: 60 }, { localDays: 7 }].map((window) => ({ kind: 'counter' as const, params: { window } })),
    ...[...CONSENT_KINDS, null].map((consent) => ({ kind: 'counter' as const, params: { consent } })),
    ...HOLD_KINDS.map((hold) => ({ kind: 'hold' as const, params: { hold } })),
    ...['target', 'lost', 'stopped'].map((check) => ({ kind: 'third-party' as const, params: { check } })),
    ...['standing', 'evaluated', 'collector'].map((check) => ({ kind: 'agency' as const, params: { check } })),
    ...['case-open', 'referral'].map((check) => ({ kind: 'standing' as const, params: { check } })),
    ...['stated', 'all-known'].map((zones) => ({ kind: 'time-window' as const, params: { zones } })),
  ])('$kind with $params', ({ kind, params }) => expect(validateRows([rowOf(kind, params)])).toEqual([]));
});

describe('own rules that are wrong are refused, naming the field and what to do', () => {
  const counter = rowOf('counter');
  it.each<[string, unknown, string, RegExp]>([
    ['no list', {}, '/rules', /must be of type array/],
    ['an unknown kind', [{ ...counter, kind: 'horoscope' }], '/rules/0/kind', /must be one of standing, hold, .*calendar/],
    ['a field that is missing', [{ ...counter, source: undefined }], '/rules/0/source', /is missing/],
    ['a param that is missing', [rowOf('counter', { cap: undefined })], '/rules/0/params/cap', /is missing/],
    ['a param of another kind', [rowOf('counter', { minCollectors: 2 })], '/rules/0/params/minCollectors', /not known here/],
    ['a cap that is text', [rowOf('counter', { cap: '6' })], '/rules/0/params/cap', /must be of type integer \(The attempt/],
    ['a cap below zero', [rowOf('counter', { cap: -1 })], '/rules/0/params/cap', /must be >= 0/],
    ['a window of no form', [rowOf('counter', { window: 'week' })], '/rules/0/params/window', /none of the forms .*\(The stretch of time/],
    [
      'a time that is none',
      [rowOf('time-window', { refused: { from: '25:00', to: '08:00' } })],
      '/rules/0/params/refused/from',
      /wall-clock time, such as 22:00/,
    ],
    ['a window of nothing', [rowOf('time-window', { refused: { from: '08:00', to: '08:00' } })], '/rules/0/params/refused/to', /whole day/],
    ['a channel that is none', [rowOf('content', { channels: ['fax'] })], '/rules/0/params/channels/0', /must be one of voice, sms/],
    ['no channel', [rowOf('content', { channels: [] })], '/rules/0/params/channels', /fewer than 1/],
    [
      'a date that is none',
      [rowOf('calendar', { dates: [{ from: '2027-02-29', to: '2027-03-01' }] })],
      '/rules/0/params/dates/0/from',
      /no date of the calendar/,
    ],
    [
      'an end before its beginning',
      [rowOf('calendar', { dates: [{ from: '2027-02-09', to: '2027-02-01' }] })],
      '/rules/0/params/dates/0/to',
      /before from/,
    ],
    ['a rule that ends before it begins', [{ ...counter, effectiveTo: '2025-01-01' }], '/rules/0/effectiveTo', /before effectiveFrom/],
    ['an id with capitals', [{ ...counter, ruleId: 'own-X' }], '/rules/0/ruleId', /not written as it should be/],
    ['an id without the prefix', [{ ...counter, ruleId: 'more' }], '/rules/0/ruleId', /Begins with own-/],
    ['what only packs say', [{ ...counter, tenantValue: true }], '/rules/0/tenantValue', /for packs only/],
    ['lost without a purpose', [rowOf('third-party', { purposes: undefined })], '/rules/0/params/purposes', /is missing/],
    ['evaluated without days', [rowOf('agency', { maxDays: undefined })], '/rules/0/params/maxDays', /is missing/],
    ['a title in one language', [{ ...counter, title: { zh: '规则' } }], '/rules/0/title/en', /is missing/],
  ])('%s', (_what, rules, pointer, detail) => {
    // As it comes over the wire: what is undefined is not there.
    expect(validateRows(JSON.parse(JSON.stringify(rules)))).toEqual([{ pointer, detail: expect.stringMatching(detail) }]);
  });

  it('all faults at once', () => {
    const rules = [{ ...counter, kind: 'x' }, rowOf('visit', { minCollectors: 0 })];
    expect(validateRows(rules).map(({ pointer }) => pointer)).toEqual(['/rules/0/kind', '/rules/1/params/minCollectors']);
  });
});

it.each<[string, unknown, string]>([
  ['an empty one', { burst: {} }, '/adjust/burst'],
  ['an unknown field', { burst: { colour: 1 } }, '/adjust/burst/colour'],
  ['off: false', { burst: { off: false } }, '/adjust/burst/off'],
  ['half a window', { 'quiet-hours': { refused: { from: '20:00' } } }, '/adjust/quiet-hours/refused/to'],
  ['a window of nothing', { 'quiet-hours': { refused: { from: '20:00', to: '20:00' } } }, '/adjust/quiet-hours/refused/to'],
  ['no object', [], '/adjust'],
])('an adjustment is refused: %s', (_what, adjust, pointer) => {
  expect(validateAdjust(adjust).map((error) => error.pointer)).toEqual([pointer]);
});

it('adjustments of every form pass', () => {
  const adjust = {
    burst: { off: true },
    a: { cap: 0 },
    b: { refused: { from: '20:00', to: '09:00' } },
    c: { severity: 'block' },
    d: { minCollectors: 3 },
  };
  expect(validateAdjust(adjust)).toEqual([]);
});

it.each<[string, (pack: Record<string, unknown>) => void, string]>([
  ['no version', (pack) => delete pack['version'], '/version'],
  ['a name without country', (pack) => (pack['pack'] = 'card'), '/pack'],
  ['no rules', (pack) => (pack['rules'] = []), '/rules'],
  ['something unknown', (pack) => (pack['owner'] = 'me'), '/owner'],
])('a pack is refused: %s', (_what, spoil, pointer) => {
  const pack: Record<string, unknown> = { ...structuredClone(PACKS[0]) };
  spoil(pack);
  expect(validatePack(pack).map((error) => error.pointer)).toEqual([pointer]);
});

import { compilePolicy, consentsReliedOn, findPack, readInput, type ConsentJson, type FactsJson, type ProposedJson } from './index.ts';

const pack = findPack('cn-card', 2);
const policy = compilePolicy(pack ? [pack] : [], null, {});
const proposed: ProposedJson = {
  channel: 'voice',
  mode: 'interactive',
  purpose: 'collect',
  partyRole: 'debtor',
  partyId: 'p1',
  contactPoint: '+8613800000001',
  debtorId: 'd1',
  debtId: 'l1',
  agencyId: null,
  collectorIds: ['c1'],
  deviceId: null,
};
const consent = (kind: ConsentJson['kind']): ConsentJson => ({ kind, channels: ['voice'], givenAt: '2026-11-01T09:00:00+08:00' });
const facts = (consents: readonly ConsentJson[]): FactsJson => ({
  timeZone: 'Asia/Shanghai',
  case: { status: 'open', balance: { amount: '5000.00', currency: 'CNY' }, overdueSince: '2026-09-01' },
  history: [],
  consents,
  holds: [],
  contactPoints: [{ value: '+8613800000001', partyId: 'p1', status: 'valid', source: 'contract' }],
  agency: null,
});
const relied = (at: string, ...consents: ConsentJson[]) => consentsReliedOn(readInput(proposed, facts(consents)), policy, Date.parse(at));

it('rests on the consent to be called at night, at night alone', () => {
  expect(relied('2026-11-21T23:00:00+08:00', consent('out-of-hours'), consent('device'))).toEqual({
    kinds: ['out-of-hours'],
    rules: ['quiet-hours'],
  });
  expect(relied('2026-11-21T15:00:00+08:00', consent('out-of-hours'))).toEqual({ kinds: [], rules: [] });
});

it('rests on nothing where nobody consented, or what fails fails all the same', () => {
  expect(relied('2026-11-21T23:00:00+08:00')).toEqual({ kinds: [], rules: [] });
  expect(relied('2026-11-21T23:00:00+08:00', consent('frequency'))).toEqual({ kinds: [], rules: [] });
});

import { compilePolicy, findPack, PACK_NAMES, type AgencyFacts } from '#contact-rules';
import { Chance } from '../../testing/random-portfolio.ts';
import { NOTHING_KNOWN, type ScreenedCase, type ScreenedPoint } from './portfolio-rows.ts';
import { Screener, type Ground } from './screener.ts';
import { SharedContacts } from './shared-contacts.ts';

const AT = Date.parse('2026-11-21T15:00:00+08:00');
const packs = PACK_NAMES.flatMap((name) => findPack(name) ?? []);
const strict = compilePolicy(packs);
const usual = compilePolicy(packs.slice(0, 1));

const agency: AgencyFacts = {
  agencyId: 'A1',
  status: 'active',
  published: true,
  entrusted: true,
  contract: { from: '2026-01-01', to: '2026-12-31' },
  lastEvaluatedOn: '2026-03-01',
  collectors: [{ id: 'c1', certificateUntil: '2027-01-01' }],
  devices: ['d1'],
};

const ground = (more: Partial<Ground> = {}): Ground => ({
  question: {
    channel: 'voice',
    mode: 'interactive',
    purpose: 'collect',
    at: null,
    collectorIds: ['c1'],
    deviceId: 'd1',
    templateId: null,
    pointChoice: 'first-permitted',
  },
  at: AT,
  agencyId: null,
  agency: null,
  message: null,
  channels: ['voice', 'sms', 'im'],
  policyOf: (product) => (product === 'strict' ? strict : usual),
  shared: new SharedContacts(),
  ...more,
});

function someCase(chance: Chance, index: number): ScreenedCase {
  const points = Array.from({ length: 1 + chance.upTo(2) }, (_, place): ScreenedPoint => ({
    id: `p${index}-${place}`,
    channel: chance.pick(['voice', 'sms', 'email']),
    status: chance.pick(['valid', 'valid', 'invalid']),
    source: chance.pick(['contract', 'contract', 'guess']),
    token: `cp_${index}_${place}`,
  }));
  return {
    debtor: String(index),
    caseId: `C${index}`,
    debtId: `L${index}`,
    product: chance.pick(['strict', 'card']),
    balance: chance.pick(['100.00', '5.50', '0.00', '-1.00']),
    currency: 'CNY',
    overdueSince: chance.pick([null, '2026-01-01', '2026-11-20', '2026-11-21', '2026-11-22', '2026-12-01']),
    status: chance.pick(['open', 'open', 'open', 'paid']),
    agencyId: 'A1',
    referralNoticeAt: chance.pick([null, AT - 1000, AT, AT + 1000]),
    debtorId: `D${index}`,
    timeZone: chance.pick(['Asia/Shanghai', 'Asia/Shanghai', 'Pacific/Kiritimati', 'America/New_York']),
    region: chance.pick([null, '230100', '440300']),
    party: 'x',
    partyId: chance.pick(['P1', 'P2']),
    points,
    timeZones: chance.pick([[], [], ['America/Denver'], ['America/Denver', 'America/New_York']]),
  };
}

describe('the answers that cases share', () => {
  it.each([
    ['the bank', ground()],
    ['an agency', ground({ agencyId: 'A1', agency })],
    ['an agency in no register', ground({ agencyId: 'A9' })],
    ['the bank at night', ground({ at: Date.parse('2026-11-21T23:30:00+08:00') })],
  ])('are those that each would have alone: %s', (_who, asked) => {
    const chance = new Chance(7);
    const together = new Screener(asked);
    const cases = Array.from({ length: 1000 }, (_, index) => someCase(chance, index));
    const differing = cases.filter((one) => {
      const alone = new Screener(asked).screen(one, NOTHING_KNOWN);
      return JSON.stringify(together.screen(one, NOTHING_KNOWN)) !== JSON.stringify(alone);
    });
    expect(differing).toEqual([]);
  });

  it('a past contact is no answer to share', () => {
    const shared = new SharedContacts();
    const one = { ...someCase(new Chance(1), 1), product: 'card', balance: '1.00', overdueSince: '2026-01-01', status: 'open' } as const;
    const point = { id: 'p', channel: 'voice', status: 'valid', source: 'contract', token: 'cp_shared' } as const;
    const same = { ...one, points: [point], timeZone: 'Asia/Shanghai', timeZones: [], region: null };
    for (let call = 1; call <= 6; call += 1) {
      shared.add({
        at: AT - call * 4_000_000,
        lapsesAt: null,
        result: 'no-answer',
        channel: 'voice',
        mode: 'interactive',
        initiator: 'us',
        partyRole: 'debtor',
        partyId: 'P1',
        contactPoint: 'cp_shared',
        debtorId: 'another',
        debtId: null,
        agencyId: null,
        purpose: 'collect',
        collectorIds: null,
      });
    }
    const screener = new Screener(ground({ shared }));
    expect(screener.screen({ ...same, points: [{ ...point, token: 'cp_own' }] }, NOTHING_KNOWN).answer?.decision.verdict).toBe('permitted');
    const refused = screener.screen(same, NOTHING_KNOWN).answer?.decision;
    expect(refused?.reasons.map(({ ruleId }) => ruleId)).toContain('attempts-per-point');
    // Whose own calls they are counts them with their own.
    expect(screener.screen({ ...same, debtorId: 'another' }, NOTHING_KNOWN).answer?.decision.verdict).toBe('permitted');
  });
});

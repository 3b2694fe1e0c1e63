import { nameOf, fictitiousIdNumber } from './cases.ts';
import { Chance, weighted } from './chance.ts';
import { collectionScenarios, decisions, fill, notes, otherScenarios } from './complaint-texts.ts';
import { agencyOf, caseIdOf } from './institution.ts';

/** What happened to a complaint of the demo. */
export interface MadeEvent {
  readonly type: string;
  readonly at: Date;
  /** What the rules look at. */
  readonly facts: Readonly<Record<string, string | boolean | null>>;
  readonly more: Readonly<Record<string, string>>;
  readonly note: Readonly<Record<string, string>>;
}

export interface MadeComplaint {
  readonly externalRef: string;
  readonly channel: string;
  readonly category: string;
  readonly receivedAt: Date;
  readonly registeredAt: Date;
  readonly name: string;
  readonly idNumber: string;
  readonly contact: string;
  readonly subject: string;
  readonly narrative: string;
  readonly requests: readonly string[];
  readonly account: string | null;
  readonly agencyId: string | null;
  readonly groupSize: number;
  readonly isAssigned: boolean;
  readonly events: readonly MadeEvent[];
}

type Step = readonly [type: string, daysAfterReceipt: number, facts?: Readonly<Record<string, string | boolean | null>>];

interface Stage {
  readonly count: number;
  /** How long ago it was received, in days: from, to. */
  readonly ago: readonly [least: number, most: number];
  readonly steps: (chance: Chance, ago: number, today: string) => readonly Step[];
  readonly isOver: boolean;
}

const DAY_MS = 86_400_000;
const CHINA_AHEAD_MS = 8 * 3_600_000;
const dateOf = (ms: number): string => new Date(ms + CHINA_AHEAD_MS).toISOString().slice(0, 10);

const open = (count: number, least: number, most: number, steps: Stage['steps'] = () => []): Stage => ({
  count,
  ago: [least, most],
  steps,
  isOver: false,
});
const over = (count: number, least: number, most: number, steps: Stage['steps']): Stage => ({
  count,
  ago: [least, most],
  steps,
  isOver: true,
});
const answered =
  (least: number, most: number): Stage['steps'] =>
  (chance) => {
    const decided = chance.between(least, most);
    return [
      ['decided', decided],
      ['told', decided + chance.between(1, 2)],
    ];
  };

/** Two hundred complaints, by how far they are. Fifteen days to decide and tell; thirty when complicated, sixty when extended. */
const stages: readonly Stage[] = [
  open(30, 1, 6),
  open(20, 8, 11),
  open(20, 12, 14),
  open(8, 15, 15),
  open(14, 16, 30),
  open(14, 16, 26, () => [['declared-complex', 10]]),
  open(3, 32, 36, () => [['declared-complex', 12]]),
  open(8, 35, 55, (chance) => [
    ['declared-complex', 9],
    ['extended', 25, { approverLevel: chance.hits(500) ? 'superior' : 'head-office' }],
  ]),
  open(6, 12, 20, (chance, _ago, today) => [
    ['agreed', chance.between(5, 10), { dueOn: dateOf(Date.parse(today) + chance.between(2, 20) * DAY_MS) }],
  ]),
  open(8, 10, 25, (chance) => [
    [
      'paused',
      chance.between(3, 8),
      chance.hits(600) ? { reason: 'appraisal', complainantAgreed: null } : { reason: 'mediation', complainantAgreed: true },
    ],
  ]),
  open(5, 16, 20, () => [
    ['paused', 5, { reason: 'appraisal' }],
    ['resumed', 12],
  ]),
  open(8, 6, 14, (chance, ago) => [['decided', chance.between(2, ago - 1)]]),
  open(4, 24, 30, () => [['new-facts', 14]]),
  over(30, 20, 170, answered(3, 12)),
  over(6, 40, 160, (chance) => [['declared-complex', 9], ...answered(18, 24)(chance, 0, '')]),
  over(6, 40, 100, answered(16, 18)),
  over(6, 8, 60, (chance) => [['withdrawn', chance.between(2, 6)]]),
  over(4, 8, 60, (chance) => [['declined', chance.between(1, 4)]]),
];

/** Of the demo institution. */
export const COMPLAINTS_SEED = 20_260_131;

const PBOC = 'pboc';
const STEPS_OF_PBOC: ReadonlySet<string> = new Set(['decided', 'told', 'withdrawn', 'declined']);

const channels = weighted([
  ['phone', 8],
  ['app', 4],
  ['web', 3],
  ['branch', 2],
  ['wechat', 2],
  ['email', 1],
  ['letter', 1],
  ['regulator-forward', 4],
  [PBOC, 1],
]);

// Cases whose debtors an open complaint holds: far from those that people try first.
const FIRST_CASE = 1800;
const HELD = 6;

// Events that the complainant is told of on the same day.
const TELLS: ReadonlySet<string> = new Set(['extended', 'paused', 'declined']);

function toEvent(chance: Chance, receivedAt: number, [type, days, facts = {}]: Step): MadeEvent {
  const day = Math.floor((receivedAt + CHINA_AHEAD_MS) / DAY_MS) + days;
  const at = new Date(day * DAY_MS - CHINA_AHEAD_MS + chance.between(9 * 60, 17 * 60) * 60_000);
  const told: MadeEvent['facts'] = TELLS.has(type) ? { complainantToldAt: at.toISOString() } : {};
  const [outcome, text] = chance.pick(decisions);
  const note: Record<string, string> = notes[type] ? { note: notes[type] } : {};
  if (type === 'decided') return { type, at, facts, more: { outcome }, note: { text } };
  if (type === 'told')
    return { type, at, facts, more: { form: chance.pick(['sms', 'phone', 'paper', 'email']) }, note: { proof: '送达记录已归档。' } };
  if (type === 'agreed') return { type, at, facts, more: {}, note: { evidence: '通话录音，投诉人同意约定日期。' } };
  if (type === 'withdrawn') return { type, at, facts, more: {}, note: { evidence: '投诉人来电表示问题已解决。' } };
  return { type, at, facts: { ...facts, ...told }, more: {}, note };
}

/** The complaints of the demo institution, as old as they are on the day of `now`; the same seed gives the same ones. */
export function* makeComplaints({ seed, now }: { readonly seed: number; readonly now: Date }): Generator<MadeComplaint> {
  const chance = new Chance(seed);
  const midnight = Date.parse(`${dateOf(now.getTime())}T00:00:00Z`) - CHINA_AHEAD_MS;
  let [made, held] = [0, 0];
  for (const stage of stages) {
    for (let left = stage.count; left > 0; left -= 1) {
      made += 1;
      const ago = chance.between(...stage.ago);
      const received = midnight - ago * DAY_MS + chance.between(8 * 60 + 30, 18 * 60) * 60_000;
      const isCollection = chance.hits(380);
      const scenario = chance.pick(isCollection ? collectionScenarios : otherScenarios);
      const day = dateOf(received - chance.between(1, 9) * DAY_MS);
      const caseIndex = FIRST_CASE + made - 1;
      // Open ones hold the debtor: only a few name an account, the rest were made without one.
      const holds = isCollection && !stage.isOver && held < HELD && made % 7 === 0;
      if (holds) held += 1;
      const namesAccount = isCollection && (holds || stage.isOver);
      const one = {
        externalRef: `DEMO-${String(made).padStart(4, '0')}`,
        channel: chance.pick(channels),
        category: scenario.category,
        receivedAt: new Date(received),
        registeredAt: new Date(received + chance.between(2, 55) * 60_000),
        name: nameOf(chance),
        idNumber: fictitiousIdNumber(chance),
        contact: `+86154${String(90_000_000 + made)}`,
        subject: scenario.subject,
        narrative: fill(scenario.narrative, chance, day),
        requests: scenario.requests,
        account: namesAccount ? caseIdOf(caseIndex) : null,
        agencyId: isCollection && !namesAccount && chance.hits(400) ? 'agency-a' : namesAccount ? agencyOf(caseIndex) : null,
        groupSize: chance.hits(40) ? chance.between(2, 24) : 1,
        isAssigned: stage.isOver || chance.hits(450),
        events: stage.steps(chance, ago, dateOf(now.getTime())).map((step) => toEvent(chance, received, step)),
      };
      // Under the rules of the People's Bank a term is neither paused nor agreed nor begun anew: such a complaint came another way.
      const isForeign = one.channel === PBOC && one.events.some(({ type }) => !STEPS_OF_PBOC.has(type));
      yield isForeign ? { ...one, channel: 'regulator-forward' } : one;
    }
  }
}

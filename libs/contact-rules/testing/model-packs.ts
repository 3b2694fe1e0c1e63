import type { Severity } from '../index.ts';
import {
  calendar,
  caseOpen,
  count,
  hold,
  partyStop,
  partyTarget,
  quiet,
  visitTeam,
  type Count,
  type NoContact,
  type Quiet,
} from './model-checks.ts';
import { OBLIGORS, type Check } from './model-facts.ts';
import { partyLost } from './model-lost.ts';
import {
  agencyEvaluated,
  agencyStanding,
  collectorFit,
  contentApproved,
  deviceRegistered,
  optOut,
  pointSource,
  referralNotice,
} from './model-register.ts';

/** A row of section 3 as the text gives it. Numbers stand here a second time on purpose: one mistyped in a pack is found. */
export type ModelRow = { readonly ruleId: string; readonly warns?: true } & (
  | { readonly check: Check }
  | { readonly quiet: Quiet }
  | { readonly count: Count }
  | { readonly calendar: NoContact }
  | { readonly visitTeam: number }
);

const atOnce = ['voice', 'visit', 'sms', 'im'] as const;
const every = ['voice', 'sms', 'email', 'im', 'letter', 'visit'] as const;
const daily = { channel: 'voice', consent: 'frequency' } as const;
const perPerson = { seat: 'debtor', obligors: OBLIGORS } as const;

const cnCard: readonly ModelRow[] = [
  { ruleId: 'case-open', check: caseOpen },
  { ruleId: 'plan-active', check: hold('plan-active') },
  { ruleId: 'objection-open', check: hold('objection-open') },
  { ruleId: 'complaint-hold', check: hold('complaint-hold') },
  { ruleId: 'cease', check: hold('cease') },
  { ruleId: 'legal-rep', check: hold('legal-rep') },
  { ruleId: 'deceased', check: hold('deceased') },
  { ruleId: 'incapacity', check: hold('incapacity') },
  { ruleId: 'insolvency', check: hold('insolvency') },
  { ruleId: 'party-target', check: partyTarget },
  { ruleId: 'party-lost', check: partyLost },
  { ruleId: 'party-stop', check: partyStop },
  { ruleId: 'quiet-hours', quiet: { from: '22:00', to: '08:00', channels: atOnce } },
  { ruleId: 'opt-out', check: optOut },
  { ruleId: 'point-source', check: pointSource },
  { ruleId: 'attempts-per-point', count: { ...daily, results: 'unanswered', seat: 'contact-point', cap: 6 } },
  { ruleId: 'informational-per-debtor', count: { ...daily, mode: 'informational', results: 'connected', ...perPerson, cap: 3 } },
  { ruleId: 'conversations-per-debtor', count: { ...daily, mode: 'interactive', results: 'conversation', ...perPerson, cap: 3 } },
  { ruleId: 'burst', count: { channel: 'voice', results: 'placed', ...perPerson, rollingMinutes: 60, cap: 3 } },
  { ruleId: 'visit-team', visitTeam: 2 },
  { ruleId: 'visit-per-day', warns: true, count: { channel: 'visit', results: 'placed', ...perPerson, cap: 1 } },
  { ruleId: 'agency-standing', check: agencyStanding },
  { ruleId: 'agency-evaluated', warns: true, check: agencyEvaluated },
  { ruleId: 'collector-fit', check: collectorFit },
  { ruleId: 'device-registered', check: deviceRegistered },
  { ruleId: 'referral-notice', warns: true, check: referralNotice },
  { ruleId: 'content-approved', check: contentApproved },
];

/** What the first version had, which recorded decisions name. */
const firstVersion = [
  'case-open plan-active objection-open complaint-hold cease legal-rep deceased incapacity insolvency party-target party-stop quiet-hours',
  'attempts-per-point informational-per-debtor conversations-per-debtor burst visit-team',
].flatMap((ids) => ids.split(' '));

/** 12 CFR 1006.14(b): per person and debt and collector. Consent given directly to the collector lifts for seven days at most. */
const regF = { channel: 'voice', seat: 'debt', scope: 'agency', consent: 'frequency', consentDays: 7 } as const;

export const MODEL_PACKS: Readonly<Record<string, readonly ModelRow[]>> = {
  'cn-card': cnCard,
  'cn-card@1': cnCard.filter(({ ruleId }) => firstVersion.includes(ruleId)),
  'cn-heilongjiang': cnCard,
  'us-reg-f': [
    { ruleId: 'cease', check: hold('cease') },
    { ruleId: 'legal-rep', check: hold('legal-rep') },
    { ruleId: 'quiet-hours', quiet: { from: '21:00', to: '08:00', channels: every, allZones: true } },
    { ruleId: 'opt-out', check: optOut },
    { ruleId: 'seven-in-seven', count: { ...regF, results: 'connected-regf', rollingMinutes: 7 * 24 * 60, cap: 7 } },
    { ruleId: 'cool-down', count: { ...regF, results: 'conversation', localDays: 7, cap: 1, initiators: ['us', 'them'] } },
  ],
  'in-rbi': [{ ruleId: 'quiet-hours', quiet: { from: '19:00', to: '08:00', channels: ['voice', 'visit'] } }],
  'jp-mla': [{ ruleId: 'quiet-hours', quiet: { from: '21:00', to: '08:00', channels: atOnce } }],
};

export const severityOf = ({ warns }: ModelRow): Severity => (warns ? 'warn' : 'block');

export function checkOf(row: ModelRow): Check {
  if ('check' in row) return row.check;
  if ('quiet' in row) return quiet(row.quiet);
  if ('count' in row) return count(row.count);
  if ('calendar' in row) return calendar(row.calendar);
  return visitTeam(row.visitTeam);
}

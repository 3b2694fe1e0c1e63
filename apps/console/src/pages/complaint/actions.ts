import { operationRoles } from '../../api/roles.ts';
import type { Complaint } from './wire.ts';

// The events of a complaint as things that people do: who may, when it makes sense, on which article it rests and what the form asks.
// The service decides; what it would refuse anyway is left out here, so that nobody fills in a form for nothing.

export type ActionName =
  | 'assignment'
  | 'complexity'
  | 'extension'
  | 'pause'
  | 'resumption'
  | 'new-facts'
  | 'agreement'
  | 'decision'
  | 'notice'
  | 'decline'
  | 'withdrawal';

export type EventType =
  'declared-complex' | 'extended' | 'paused' | 'resumed' | 'new-facts' | 'agreed' | 'decided' | 'told' | 'declined' | 'withdrawn';

export type FieldKind = 'instant' | 'date' | 'text' | 'long' | 'choice' | 'check' | 'person';

export interface ActionField {
  readonly name: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly choices?: readonly string[];
  /** Asked only when another field has this value. */
  readonly when?: { readonly field: string; readonly is: string };
}

export interface Action {
  readonly name: ActionName;
  /** null: moves no clock. */
  readonly event: EventType | null;
  /** As rules and packs cite it; null where no instrument speaks. */
  readonly article: string | null;
  readonly fields: readonly ActionField[];
  /** Closes the complaint or cannot be taken back: drawn apart. */
  readonly final: boolean;
}

const AT: ActionField = { name: 'at', kind: 'instant', required: false };
const text = (name: string, required: boolean): ActionField => ({ name, kind: 'long', required });
const line = (name: string, required: boolean): ActionField => ({ name, kind: 'text', required });

export const ACTIONS: readonly Action[] = [
  { name: 'assignment', event: null, article: null, final: false, fields: [{ name: 'handler', kind: 'person', required: true }] },
  { name: 'complexity', event: 'declared-complex', article: 'CMP20 18', final: false, fields: [AT, text('note', false)] },
  {
    name: 'extension',
    event: 'extended',
    article: 'CMP20 18',
    final: false,
    fields: [AT, { name: 'complainantToldAt', kind: 'instant', required: true }, text('note', false)],
  },
  {
    name: 'pause',
    event: 'paused',
    article: 'CMP20 18, 23',
    final: false,
    fields: [
      AT,
      { name: 'reason', kind: 'choice', required: true, choices: ['appraisal', 'mediation'] },
      { name: 'complainantToldAt', kind: 'instant', required: true, when: { field: 'reason', is: 'appraisal' } },
      { name: 'complainantAgreed', kind: 'check', required: true, when: { field: 'reason', is: 'mediation' } },
    ],
  },
  { name: 'resumption', event: 'resumed', article: 'CMP20 18, 23', final: false, fields: [AT] },
  { name: 'new-facts', event: 'new-facts', article: 'CMP20 18', final: false, fields: [AT, text('note', true)] },
  {
    name: 'agreement',
    event: 'agreed',
    article: 'CMP20 21',
    final: false,
    fields: [AT, { name: 'dueOn', kind: 'date', required: true }, text('evidence', true)],
  },
  {
    name: 'decision',
    event: 'decided',
    article: 'CMP20 18, 19',
    final: false,
    fields: [
      AT,
      { name: 'outcome', kind: 'choice', required: true, choices: ['upheld', 'partly-upheld', 'not-upheld'] },
      text('text', true),
    ],
  },
  {
    name: 'notice',
    event: 'told',
    article: 'CMP20 18, 21',
    final: false,
    fields: [
      AT,
      { name: 'form', kind: 'choice', required: true, choices: ['paper', 'sms', 'email', 'phone', 'other'] },
      line('proof', false),
    ],
  },
  {
    name: 'decline',
    event: 'declined',
    article: 'CMP20 18',
    final: true,
    fields: [AT, text('reason', true), { name: 'toldAt', kind: 'instant', required: true }],
  },
  { name: 'withdrawal', event: 'withdrawn', article: 'CMP20 15', final: true, fields: [AT, text('evidence', true)] },
];

export const actionOf = (name: ActionName): Action | undefined => ACTIONS.find((action) => action.name === name);

export interface Actor {
  readonly subject: string;
  readonly roles: readonly string[];
}

const OPERATIONS = {
  assignment: 'assignComplaint',
  complexity: 'declareComplex',
  extension: 'extendTerm',
  pause: 'pauseClock',
  resumption: 'resumeClock',
  agreement: 'recordAgreement',
  decision: 'recordDecision',
  notice: 'recordNotice',
  decline: 'declineComplaint',
  withdrawal: 'recordWithdrawal',
  'new-facts': 'recordNewFacts',
} as const satisfies Record<ActionName, keyof (typeof operationRoles)['complaints']>;

/** Whether the service lets one of the roles do it, whatever complaint it is. */
export const hasRoleFor = (actor: Actor, name: ActionName): boolean => {
  const roles: readonly string[] = operationRoles.complaints[OPERATIONS[name]];
  return actor.roles.some((role) => roles.includes(role));
};

/** The level on which this person approves an extension: the superior institution, or the head office. */
export const approverLevel = ({ roles }: Actor): 'superior' | 'head-office' =>
  roles.includes('head-office-approver') ? 'head-office' : 'superior';

type Seen = Pick<Complaint, 'state' | 'handler' | 'against' | 'registeredBy'> & { readonly decided: boolean; readonly closed: boolean };

const allowedIn: Readonly<Record<ActionName, (seen: Seen) => boolean>> = {
  assignment: () => true,
  complexity: ({ state, decided }) => state === 'running' && !decided,
  extension: ({ state, decided }) => state === 'running' && !decided,
  pause: ({ state, decided }) => state === 'running' && !decided,
  resumption: ({ state }) => state === 'paused',
  'new-facts': ({ decided }) => !decided,
  agreement: ({ decided }) => !decided,
  decision: ({ decided }) => !decided,
  notice: ({ decided }) => decided,
  decline: ({ decided }) => !decided,
  withdrawal: () => true,
};

/** Nobody handles a complaint about himself. */
export const isRecused = (actor: Actor, complaint: Pick<Complaint, 'against'>): boolean => complaint.against.staffId === actor.subject;

/** What this person may do to a complaint as it stands, in the order of ACTIONS. */
export function actionsFor(actor: Actor, seen: Seen): readonly Action[] {
  if (seen.closed || isRecused(actor, seen)) return [];
  return ACTIONS.filter(({ name }) => {
    if (!allowedIn[name](seen)) return false;
    // Who handles a complaint does not approve its extension, nor does the handler who took it in.
    const tookIn = seen.registeredBy === actor.subject && actor.roles.includes('complaint-handler');
    if (name === 'extension' && (seen.handler === actor.subject || tookIn)) return false;
    return hasRoleFor(actor, name);
  });
}

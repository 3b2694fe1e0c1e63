import type { FieldError } from '#problem';
import ours from './plan.json' with { type: 'json' };

export const KINDS = ['group', 'disaster', 'accident', 'public-health', 'designated', 'surge'] as const;
export type MajorKind = (typeof KINDS)[number];
export const STEP_ROLES = ['complaint-handler', 'complaint-supervisor', 'compliance', 'head-office-approver', 'collections-manager'] as const;

export interface PlanStep {
  readonly zh: string;
  readonly en: string;
  readonly role: string;
  /** From when it is known. */
  readonly withinHours: number;
}

/** The emergency plan of an institution, and when a complaint is a major one (CMP20). */
export interface MajorSettings {
  readonly reportWithinHours: number;
  readonly remindHoursBefore: number;
  /** So many face to face. */
  readonly persons: number;
  readonly words: { readonly disaster: readonly string[]; readonly accident: readonly string[]; readonly 'public-health': readonly string[] };
  readonly steps: readonly PlanStep[];
}

export const OUR_PLAN: MajorSettings = ours;

/** Twenty are a major matter by the rules: an institution may be stricter. */
export const MOST_PERSONS = 20;

/** What is wrong with settings; empty: nothing. */
export function checkPlan({ reportWithinHours, remindHoursBefore, persons, steps }: MajorSettings): FieldError[] {
  const errors: FieldError[] = [];
  if (remindHoursBefore >= reportWithinHours)
    errors.push({ pointer: '/remindHoursBefore', detail: `must be less than the ${reportWithinHours} hours within which is reported` });
  if (persons > MOST_PERSONS)
    errors.push({ pointer: '/persons', detail: `${MOST_PERSONS} persons face to face are a major complaint; name ${MOST_PERSONS} or fewer`, source: 'CMP20' });
  for (const [at, { withinHours }] of steps.entries())
    if (at > 0 && withinHours < (steps[at - 1]?.withinHours ?? 0))
      errors.push({ pointer: `/steps/${at}/withinHours`, detail: 'is due before the step above it; move it up' });
  return errors;
}

// Where people come themselves.
const IN_PERSON: ReadonlySet<string> = new Set(['branch', 'visit']);

export interface MajorFacts {
  readonly text: string;
  readonly channel: string;
  readonly groupSize: number;
  /** As a person has noted it; null: nobody has. */
  readonly faceToFace: boolean | null;
}

export interface MajorReason {
  readonly kind: MajorKind;
  readonly persons: number | null;
  readonly words: readonly string[];
}

/** Whether a complaint looks like a major one, and why; null: it does not. */
export function looksMajor({ text, channel, groupSize, faceToFace }: MajorFacts, { persons, words }: MajorSettings): MajorReason | null {
  if (groupSize >= persons && (faceToFace ?? IN_PERSON.has(channel))) return { kind: 'group', persons: groupSize, words: [] };
  const said = text.toLowerCase();
  for (const kind of ['disaster', 'accident', 'public-health'] as const) {
    const found = words[kind].filter((word) => said.includes(word.toLowerCase()));
    if (found.length > 0) return { kind, persons: null, words: found };
  }
  return null;
}

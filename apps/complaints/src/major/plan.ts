import type { FieldError } from '#problem';
import type { SurgeSettings } from '../surge/surge-rule.ts';
import ours from './plan.json' with { type: 'json' };

export const MAJOR_KINDS = ['group', 'disaster', 'accident', 'public-health', 'designated', 'surge'] as const;
export type MajorKind = (typeof MAJOR_KINDS)[number];

export const STEP_ROLES = [
  'complaint-handler',
  'complaint-supervisor',
  'compliance',
  'head-office-approver',
  'collections-manager',
] as const;
export type StepRole = (typeof STEP_ROLES)[number];

/** 银行业保险业消费投诉处理管理办法, on major complaints. */
export const SOURCE = 'CMP20';

/** So many face to face are a major complaint by the rules; an institution may be stricter. */
export const MOST_PERSONS = 20;

export interface PlanStep {
  readonly zh: string;
  readonly en: string;
  readonly role: string;
  /** From when the institution knew. */
  readonly withinHours: number;
}

/** The emergency plan of an institution, by when it reports, and what makes a complaint a major one. */
export interface MajorSettings {
  readonly reportHours: Readonly<Record<MajorKind, number>>;
  readonly remindHoursBefore: number;
  /** So many face to face. */
  readonly persons: number;
  readonly words: {
    readonly disaster: readonly string[];
    readonly accident: readonly string[];
    readonly 'public-health': readonly string[];
  };
  readonly steps: readonly PlanStep[];
  readonly surge: SurgeSettings;
}

export const OUR_SETTINGS: MajorSettings = ours;

/** What is wrong with settings; empty: nothing. */
export function checkSettings({ reportHours, remindHoursBefore, persons, steps, surge }: MajorSettings): FieldError[] {
  const errors: FieldError[] = [];
  const least = Math.min(...MAJOR_KINDS.map((kind) => reportHours[kind]));
  if (remindHoursBefore >= least)
    errors.push({ pointer: '/remindHoursBefore', detail: `must be less than the ${least} hours within which is reported` });
  if (persons > MOST_PERSONS) {
    const detail = `${MOST_PERSONS} persons face to face are a major complaint; name ${MOST_PERSONS} or fewer`;
    errors.push({ pointer: '/persons', detail, source: SOURCE });
  }
  for (const [at, { withinHours }] of steps.entries())
    if (at > 0 && withinHours < (steps[at - 1]?.withinHours ?? 0))
      errors.push({ pointer: `/steps/${at}/withinHours`, detail: 'is due before the step above it; move it up' });
  if (surge.minPastDays > surge.baselineDays)
    errors.push({ pointer: '/surge/minPastDays', detail: `must not be more than the ${surge.baselineDays} days of baselineDays` });
  return errors;
}

const HOUR_MS = 3_600_000;
const after = (from: Date, hours: number): Date => new Date(from.getTime() + hours * HOUR_MS);

/** By when is reported of what was known since, and when is reminded of it. Hours are natural hours. */
export function reportClock(kind: MajorKind, knownAt: Date, settings: MajorSettings): { readonly dueAt: Date; readonly remindAt: Date } {
  const dueAt = after(knownAt, settings.reportHours[kind]);
  return { dueAt, remindAt: after(dueAt, -settings.remindHoursBefore) };
}

export const stepDue = (step: PlanStep, knownAt: Date): Date => after(knownAt, step.withinHours);

// Where people come themselves.
const IN_PERSON: ReadonlySet<string> = new Set(['branch', 'counter', 'visit']);

export interface Said {
  readonly text: string;
  readonly channel: string;
  readonly groupSize: number;
}

/** What of a complaint speaks for a major one. */
export interface Sign {
  readonly kind: MajorKind;
  readonly persons: number | null;
  readonly words: readonly string[];
}

/** Why a complaint looks like a major one; null: it does not. A person says whether it is. */
export function signOf({ text, channel, groupSize }: Said, { persons, words }: MajorSettings): Sign | null {
  const said = text.toLowerCase();
  const named = (['disaster', 'accident', 'public-health'] as const)
    .map((kind) => ({ kind, persons: null, words: words[kind].filter((word) => said.includes(word.toLowerCase())) }))
    .find((sign) => sign.words.length > 0);
  if (groupSize >= persons && IN_PERSON.has(channel)) return { kind: 'group', persons: groupSize, words: named?.words ?? [] };
  return named ?? null;
}

/** GB/T 2260: the provinces, by the first two digits of an identity card. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' '),
);

/** The province that an identity card was issued in; null where the number is none of those. */
export function regionOf(idNumber: string | null): string | null {
  const two = /^(\d{2})\d{15}[\dXx]$/.exec(idNumber?.trim() ?? '')?.[1];
  return two !== undefined && PROVINCES.has(two) ? `${two}0000` : null;
}

export const isRegion = (code: string): boolean => /^\d{2}0000$/.test(code) && PROVINCES.has(code.slice(0, 2));

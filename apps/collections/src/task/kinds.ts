import type { Role } from '#auth';

interface TaskKind {
  /** Whose it is, unless whoever opens the task says otherwise. */
  readonly role: Role;
  /** Within how many hours it is done, unless the institution has set another limit or the task says when. */
  readonly limitHours: number;
  /** Who ends it: the room in which the work is done, or the person who says that it is done. */
  readonly closedBy: 'room' | 'person';
  /** The most that an institution may set, and an extension may lead to, where an instrument says so. */
  readonly most?: { readonly hours: number; readonly source: string };
}

/** What somebody may have to do. A room that opens tasks adds its kinds here; their words are in the console's `i18n/<language>/task.ts`. */
export const TASK_KINDS = {
  /** Say whether what points at sub-contracting is so (CC22, CBA26). */
  'judge-agency-finding': { role: 'compliance', limitHours: 72, closedBy: 'room' },
  /** Approve or reject the admission or exit of an agency that somebody else has proposed. */
  'decide-agency-step': { role: 'compliance', limitHours: 72, closedBy: 'room' },
  /** See a training certificate that an agency has brought. */
  'confirm-agency-certificate': { role: 'collections-manager', limitHours: 72, closedBy: 'room' },
  /** Renew what ends: due when it does. */
  'renew-agency-licence': { role: 'collections-manager', limitHours: 720, closedBy: 'room' },
  'renew-agency-contract': { role: 'collections-manager', limitHours: 720, closedBy: 'room' },
  'renew-agency-document': { role: 'collections-manager', limitHours: 720, closedBy: 'person' },
  'renew-agency-certificate': { role: 'agency-supervisor', limitHours: 720, closedBy: 'room' },
  /** Train a collector anew: yearly (HLJ 23, GBT 5.4). */
  'train-collector': { role: 'agency-supervisor', limitHours: 720, closedBy: 'room' },
  /** Take a case back from an agency that may not work it any more. */
  'take-back-case': { role: 'collections-manager', limitHours: 24, closedBy: 'room' },
} as const satisfies Record<string, TaskKind>;

export type TaskKindName = keyof typeof TASK_KINDS;
export const TASK_KIND_NAMES = Object.keys(TASK_KINDS) as TaskKindName[];

/** What the product says of a kind; null for one that is not known any more. */
export const kindOf = (name: string): TaskKind | null => (TASK_KINDS as Readonly<Record<string, TaskKind>>)[name] ?? null;

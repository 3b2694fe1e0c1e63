import type { components } from '../../api/complaints.d.ts';
import { approverLevel, type Action, type Actor, type EventType, type FieldKind } from './actions.ts';
import { instantIn } from './dates.ts';
import type { Complaint, TimelineItem } from './wire.ts';

// Before somebody confirms an event, the rules are asked what it would do: the events so far and the one in the form, evaluated, nothing stored.

export type ClockEventJson = components['schemas']['ClockEventDto'];

const TEXTS = ['approverLevel', 'complainantToldAt', 'reason', 'dueOn'] as const;
// What the rules look at; words they do not read.
const DECISIVE: readonly FieldKind[] = ['date', 'choice', 'instant', 'check'];
const REASONS = ['appraisal', 'mediation'];

/** As recorded in the timeline, or as a form has it: only what the rules look at. */
function toClockEvent(type: EventType, at: string, data: Readonly<Record<string, unknown>>): ClockEventJson {
  const event: Record<string, unknown> = { type, at };
  for (const name of TEXTS) {
    const value = data[name];
    if (typeof value !== 'string' || value === '') continue;
    // A declined complaint has a reason too, in words.
    if (name === 'reason' && !REASONS.includes(value)) continue;
    event[name] = value;
  }
  if (typeof data.complainantAgreed === 'boolean') event.complainantAgreed = data.complainantAgreed;
  return event as unknown as ClockEventJson;
}

/** The accepted events so far, in the order of the ledger. */
export function eventsSoFar(timeline: readonly TimelineItem[]): ClockEventJson[] {
  return timeline
    .filter((item) => item.kind === 'clock-event' && typeof item.data.type === 'string')
    .map((item) => toClockEvent(item.data.type as EventType, typeof item.data.at === 'string' ? item.data.at : item.at, item.data));
}

export type Draft = Readonly<Record<string, unknown>>;

/** A form's values as the service takes them: wall clocks become instants of the complaint's zone; what is empty or not asked stays away. */
export function toBody(action: Action, draft: Draft, timeZone: string): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of action.fields) {
    const value = draft[field.name];
    if (field.when !== undefined && draft[field.when.field] !== field.when.is) continue;
    if (value === undefined || value === null || value === '' || value === false) continue;
    body[field.name] = field.kind === 'instant' && typeof value === 'string' ? instantIn(timeZone, value) : value;
  }
  return body;
}

export type Evaluation = components['schemas']['ClockEvaluationRequest'] & { readonly events: ClockEventJson[] };

/** What is sent to be evaluated for an event that is not recorded yet; null while the form lacks what the rules need. */
export function toEvaluation(
  complaint: Pick<Complaint, 'pack' | 'timeZone' | 'receivedAt'>,
  timeline: readonly TimelineItem[],
  action: Action,
  draft: Draft,
  actor: Actor,
  now: string,
): Evaluation | null {
  if (action.event === null) return null;
  const body = toBody(action, draft, complaint.timeZone);
  const asked = action.fields.filter(({ when }) => when === undefined || draft[when.field] === when.is);
  const needed = asked.filter(({ required, kind }) => required && DECISIVE.includes(kind));
  if (needed.some((field) => body[field.name] === undefined)) return null;
  const at = typeof body.at === 'string' ? body.at : now;
  const data = action.event === 'extended' ? { ...body, approverLevel: approverLevel(actor) } : body;
  return {
    // A pack that is not known any more is refused by the service.
    pack: complaint.pack as Evaluation['pack'],
    timeZone: complaint.timeZone,
    receivedAt: complaint.receivedAt,
    at: now,
    events: [...eventsSoFar(timeline), toClockEvent(action.event, at, data)],
  };
}

import type { ContactPointView } from '../../api/models.ts';

export type Channel = ContactPointView['channel'];
export type Mode = 'interactive' | 'informational';

/** A channel with its mode, which calls alone have. */
export interface Way {
  readonly id: 'voice-interactive' | 'voice-informational' | 'sms' | 'im' | 'email' | 'letter' | 'visit';
  readonly channel: Channel;
  readonly mode: Mode | null;
}

const WAYS = {
  conversation: { id: 'voice-interactive', channel: 'voice', mode: 'interactive' },
  informational: { id: 'voice-informational', channel: 'voice', mode: 'informational' },
  sms: { id: 'sms', channel: 'sms', mode: null },
  im: { id: 'im', channel: 'im', mode: null },
  email: { id: 'email', channel: 'email', mode: null },
  letter: { id: 'letter', channel: 'letter', mode: null },
  visit: { id: 'visit', channel: 'visit', mode: null },
} as const satisfies Record<string, Way>;

const phone: readonly Way[] = [WAYS.conversation, WAYS.informational, WAYS.sms, WAYS.im];

/** As the gate sees it: a phone number serves calls, SMS and messengers; a postal address letters and visits. */
export function waysOf(pointChannel: Channel): readonly Way[] {
  if (pointChannel === 'voice' || pointChannel === 'sms' || pointChannel === 'im') return phone;
  if (pointChannel === 'email') return [WAYS.email];
  return pointChannel === 'letter' ? [WAYS.letter, WAYS.visit] : [WAYS.visit];
}

const CALL_RESULTS = ['conversation', 'answered', 'no-answer', 'busy', 'voicemail', 'not-in-service', 'invalid-number', 'refused'] as const;
const MESSAGE_RESULTS = ['delivered', 'failed', 'refused'] as const;
const VISIT_RESULTS = ['conversation', 'answered', 'no-answer', 'refused'] as const;

export type ResultCode = (typeof CALL_RESULTS)[number] | (typeof MESSAGE_RESULTS)[number] | 'cancelled';

/** What can come of a contact on this channel; `cancelled` has a button of its own. */
export function resultsOf(channel: Channel | null): readonly ResultCode[] {
  if (channel === null) return [...new Set([...CALL_RESULTS, ...MESSAGE_RESULTS])];
  if (channel === 'voice') return CALL_RESULTS;
  return channel === 'visit' ? VISIT_RESULTS : MESSAGE_RESULTS;
}

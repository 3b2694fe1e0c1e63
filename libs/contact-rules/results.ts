import type { Result } from './types.ts';

/** Classes of raw results (rules.md section 2). `cancelled` was never placed and is in none. */
export const RESULT_CLASSES = {
  unanswered: ['busy', 'no-answer', 'voicemail', 'not-in-service', 'invalid-number', 'failed'],
  connected: ['answered', 'conversation', 'refused'],
  conversation: ['conversation'],
  /** Every result but those of a call that did not connect to the number dialled: 12 CFR 1006.14(b)(3)(ii) and its comment. */
  'connected-regf': ['no-answer', 'voicemail', 'failed', 'answered', 'conversation', 'refused', 'delivered'],
  placed: [
    'busy',
    'no-answer',
    'voicemail',
    'not-in-service',
    'invalid-number',
    'failed',
    'answered',
    'conversation',
    'refused',
    'delivered',
  ],
} as const satisfies Record<string, readonly Result[]>;

export type ResultClass = keyof typeof RESULT_CLASSES;

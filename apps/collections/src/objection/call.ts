import type { IdempotentRequest } from '#idempotency';

// What the texts of an objection are sealed in.
export const DISPUTED = 'objection.disputed';
export const FACTS = 'objection.facts';

/** How a request came: its key, and its id for the record of reads. */
export interface Call {
  readonly idempotency: IdempotentRequest | null;
  readonly requestId: string;
}

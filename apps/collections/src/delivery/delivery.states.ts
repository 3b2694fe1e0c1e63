/** Where a message can be on its way. */
export const DELIVERY_STATES = [
  'asked',
  'refused',
  'queued',
  'sending',
  'printed',
  'sent',
  'delivered',
  'returned',
  'failed',
  'unknown',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const DELIVERY_KINDS = ['message', 'reminder', 'referral-notice'] as const;
/** What somebody may ask for; reminders are the clockwork's. */
export const ASKED_KINDS = ['message', 'referral-notice'] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** The channels on which we send ourselves. */
export const SENT_CHANNELS = ['sms', 'email', 'letter'] as const;
export type SentChannel = (typeof SENT_CHANNELS)[number];

/** Topic of the outbox: a delivery that somebody has to look at. */
export const DELIVERY_DUE = 'delivery.due';

/** Who does it where no person does. */
export const SENDER = 'system:delivery';

/** The context in which a request is sealed until the gate has answered. */
export const REQUEST_CONTEXT = 'delivery.request';

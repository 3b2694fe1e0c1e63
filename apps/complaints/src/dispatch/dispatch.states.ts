/** Where a message can be: `failed`: the other side does not want it, or said later that it did not arrive; `given-up`: nobody took it in time. */
export const DISPATCH_STATES = ['queued', 'sent', 'delivered', 'failed', 'given-up'] as const;
export type DispatchState = (typeof DISPATCH_STATES)[number];

export const DISPATCH_CHANNELS = ['sms', 'email'] as const;
export type DispatchChannel = (typeof DISPATCH_CHANNELS)[number];

/** Topic of the outbox: a message that somebody has to look at. */
export const DISPATCH_DUE = 'dispatch.due';

/** Who does it where no person does. */
export const DISPATCHER = 'system:dispatch';

/** The topic of a message with a link that was sent, has arrived or has failed; payload { dispatchId }. */
export const CALLBACK_DISPATCHED = 'callback.dispatched';

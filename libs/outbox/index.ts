export { enqueue, forgetSent, Relay, type Route } from './outbox.ts';

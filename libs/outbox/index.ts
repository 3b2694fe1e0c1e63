export { enqueue, Relay, type Route } from './outbox.ts';

export { EventDesk, type Consumed, type EventHandler, type EventResult } from './event-desk.ts';
export { publish, resendEvents, type NewEvent } from './publish.ts';

export { EventDesk, type Consumed, type EventHandler, type EventResult } from './event-desk.ts';
export { publish, publishAll, resendEvents, type NewEvent } from './publish.ts';

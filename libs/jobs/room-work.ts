import type { Tx } from '#pg';
import type { JobHandler } from './queues.ts';

/** What is done again and again, whoever wakes it. */
export interface Clockwork {
  /** The name of the schedule. */
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}

/** What a room has the worker do. Every part may be carried out twice, by any worker, and finds in PostgreSQL what is outstanding. */
export interface RoomWork {
  /** By topic of the outbox: work that takes long, as files do. */
  readonly files?: Readonly<Record<string, JobHandler>>;
  /** By topic of the outbox: work that somebody waits for and that takes seconds at most. */
  readonly prompt?: Readonly<Record<string, JobHandler>>;
  readonly clockwork?: readonly Clockwork[];
  /** Wakes what nobody works on any more and removes what nobody needs, in the sweep's transaction over all institutions. */
  sweep?(tx: Tx): Promise<void>;
}

/** All of them, as the worker module lists them. */
export const ROOM_WORKS = Symbol('ROOM_WORKS');

/** The handlers of several rooms as one. */
export const merged = (handlers: readonly (Readonly<Record<string, JobHandler>> | undefined)[]): Record<string, JobHandler> =>
  Object.assign({}, ...handlers);

/** Where the outbox sends each topic of the handlers. */
export const routesTo = (queue: string, handlers: object): Record<string, string> =>
  Object.fromEntries(Object.keys(handlers).map((topic) => [topic, queue]));

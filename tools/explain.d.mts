/** A failure that has one clear line for the person at the terminal, and needs no stack trace. */
export class Told extends Error {}
/** One line for a failure that a person can do something about, or null. `where` is the path in question. */
export function explain(failure: unknown, where: string): string | null;

import { INVALID, Refusal } from '#problem';
import { Text, Whole } from './fields.ts';

/** `?limit=&cursor=` of every list. */
export class PageRequest {
  @Whole({ optional: true, min: 1, max: 200, description: 'How many items at most; 50 when left out' })
  limit?: number;

  @Text({ optional: true, max: 400, description: '`nextCursor` of the page before' })
  cursor?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export const encodeCursor = (key: string): string => Buffer.from(key).toString('base64url');

/** The sort key in a cursor that we gave. Throws Refusal INVALID for one that we did not. */
export function decodeCursor(cursor: string | undefined, isKey: (key: string) => boolean): string | null {
  if (cursor === undefined || cursor === '') return null;
  const key = Buffer.from(cursor, 'base64url').toString();
  if (!isKey(key))
    throw new Refusal(INVALID, { errors: [{ pointer: '/cursor', detail: 'is not a cursor of this list; start without one' }] });
  return key;
}

/** A page of rows that were asked for with one more than the limit. */
export function toPage<Row, T>(rows: readonly Row[], limit: number, keyOf: (row: Row) => string, toItem: (row: Row) => T): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}

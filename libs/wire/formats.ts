const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

const FIRST_MS = Date.parse('0001-01-02T00:00:00Z');
const LAST_MS = Date.parse('9999-12-30T23:59:59Z');

/** A date of the calendar, `YYYY-MM-DD`: 2026-02-30 is not one. */
export function isLocalDate(value: unknown): value is string {
  // There is no year 0000, for PostgreSQL neither.
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value) || value.startsWith('0000')) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

/** RFC 3339 with offset; without one nobody knows which instant is meant. */
export function isInstant(value: unknown): value is string {
  const match = typeof value === 'string' ? INSTANT.exec(value) : null;
  if (match === null || !isLocalDate(match[1])) return false;
  // Its offset must not carry it out of the years that can be written.
  const ms = Date.parse(match[0]);
  return ms >= FIRST_MS && ms <= LAST_MS;
}

export const isUuid = (value: string): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value);

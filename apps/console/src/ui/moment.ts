// A form speaks of the clock on the reader's wall; the services of instants.

const two = (value: number): string => String(value).padStart(2, '0');

/** `YYYY-MM-DDTHH:mm` of the reader's place, as an instant with its offset. */
export function instantOf(moment: string): string {
  const minutes = -new Date(moment).getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${moment}:00${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The other way round. */
export function momentOf(instant: string): string {
  const at = new Date(instant);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Today's date where the reader is. */
export const todayHere = (): string => momentOf(new Date().toISOString()).slice(0, 10);

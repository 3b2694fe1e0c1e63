import { Clock } from '#clock';

const CHINA_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** A day so many days from now, in China, where the demo institution is. */
export const dayIn = (days: number): string => new Date(Date.now() + CHINA_MS + days * DAY_MS).toISOString().slice(0, 10);
/** A time of such a day. */
export const timeOn = (days: number, time: string): string => `${dayIn(days)}T${time}:00+08:00`;

/** PostgreSQL's clock, but where the demo tells what happened before today. */
export class SeedClock extends Clock {
  override: Date | null = null;

  async at<T>(instant: string, work: () => Promise<T>): Promise<T> {
    this.override = new Date(instant);
    try {
      return await work();
    } finally {
      this.override = null;
    }
  }
}

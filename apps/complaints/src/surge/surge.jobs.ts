import { Inject, Injectable } from '@nestjs/common';
import { calendarOf, workingDaysAfter } from '#clock-rules';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { RoomWork } from '#jobs';
import type { Tx } from '#pg';
import { CONFIG, LOGGER } from '#service';
import type { Logger } from '#telemetry';
import type { ComplaintsConfig } from '../config.ts';
import { MajorSettingsService, type InForce } from '../major/major-settings.service.ts';
import { OUR_SETTINGS, regionOf, signOf } from '../major/plan.ts';
import { ArrivalService, type OpenedArrival } from '../sorting/arrival.service.ts';
import { SortingDesk } from '../sorting/sorting.desk.ts';
import { AlarmStore, type KeyCounts, type NewAlarm } from './alarm.store.ts';
import { judgeSurge, WINDOWS, type IsWorkingDay } from './surge-rule.ts';

const BATCH = 100;
const DAY_MS = 86_400_000;
// What came longer ago is no news.
const FRESH_MS = 7 * DAY_MS;
// Beyond the past that is judged by: the windows, the day before today, and the day that is cut.
const MARGIN_DAYS = 9;
const COUNTRY = 'CN';

const OURS: InForce = { version: 1, value: OUR_SETTINGS };
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Days of work and days off, with holidays and make-up days, each looked up once. */
export function workingDays(): IsWorkingDay {
  const known = new Map<number, boolean>();
  const calendar = calendarOf(COUNTRY);
  return (day) => {
    const before = known.get(day);
    if (before !== undefined) return before;
    const works = workingDaysAfter(dateOf(day - 1), 1, calendar).date === dateOf(day);
    known.set(day, works);
    return works;
  };
}

/** Looks for surges, and at what has come in for what speaks of a major complaint. It raises alarms; a person says what they are. */
@Injectable()
export class SurgeJobs {
  constructor(
    @Inject(SortingDesk) private readonly desk: SortingDesk,
    @Inject(AlarmStore) private readonly store: AlarmStore,
    @Inject(MajorSettingsService) private readonly settings: MajorSettingsService,
    @Inject(ArrivalService) private readonly arrivals: ArrivalService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Judges every cause, area, region and agency of every institution; returns how many alarms are new. */
  async look(): Promise<number> {
    return this.desk.background(async (tx) => {
      // Two workers at once would raise the same twice over windows that overlap.
      await this.desk.lock(tx, 'surge');
      const now = await this.desk.now(tx);
      const settings = await this.settings.all(tx);
      const zones = [...settings].map(([institution, { value }]) => ({ institution, zone: value.surge.timeZone }));
      const past = Math.max(OUR_SETTINGS.surge.baselineDays, ...[...settings.values()].map(({ value }) => value.surge.baselineDays));
      const counts = await this.store.counts(tx, now, zones, past + MARGIN_DAYS, OUR_SETTINGS.surge.timeZone);
      const works = workingDays();
      const found = counts.flatMap((key) => alarmsOf(key, settings.get(key.institutionId) ?? OURS, now, works));
      return this.store.raise(tx, found, now);
    });
  }

  /** Until nothing waits. */
  async takeIn(): Promise<void> {
    while (await this.batch()) {
      // The next batch.
    }
  }

  private batch(): Promise<boolean> {
    return this.desk.background(async (tx) => {
      const now = await this.desk.now(tx);
      const taken = await this.arrivals.take(tx, 'major', BATCH, now);
      if (taken === null) return false;
      if (taken.failed.length > 0)
        this.logger.error({ complaints: taken.failed }, 'could not be opened, so no sign of a major one was looked for');
      await this.sign(tx, taken.opened, now);
      return true;
    });
  }

  private async sign(tx: Tx, opened: readonly OpenedArrival[], now: Date): Promise<void> {
    const regions = opened.flatMap(({ complaint: { id, institutionId }, said }) => {
      const region = regionOf(said.idNumber);
      return region === null ? [] : [{ institution: institutionId, complaint: id, region }];
    });
    await this.store.noteRegions(tx, regions, 'system', now, false);
    const fresh = await this.store.fresh(
      tx,
      opened.map(({ complaint }) => complaint.id),
      new Date(now.getTime() - FRESH_MS),
    );
    const settings = await this.settings.all(tx);
    const zone = Zone.of(DEFAULT_TIME_ZONE);
    const signs = opened.flatMap(({ complaint, said }): NewAlarm[] => {
      const { id, institutionId, channel, groupSize } = complaint;
      const { version, value } = settings.get(institutionId) ?? OURS;
      const text = [said.subject, said.narrative, ...said.requests].join('\n');
      const sign = fresh.has(id) ? signOf({ text, channel, groupSize }, value) : null;
      if (sign === null) return [];
      const key = { institution: institutionId, dimension: 'complaint', code: id, days: 0, endsOn: zone.dayNumber(now.getTime()) } as const;
      return [{ ...key, count: sign.persons ?? 1, expected: null, chance: null, basis: sign, version }];
    });
    await this.store.raise(tx, signs, now);
  }
}

/** Today so far, and yesterday, which nobody may have looked at to its end. */
function alarmsOf(key: KeyCounts, { version, value }: InForce, now: Date, works: IsWorkingDay): NewAlarm[] {
  const today = Zone.of(value.surge.timeZone).dayNumber(now.getTime());
  return WINDOWS.flatMap((days) => {
    const found: NewAlarm[] = [];
    for (const endsOn of [today, today - 1]) {
      const judged = judgeSurge(key, { endsOn, days }, works, value.surge);
      // A longer window that ends today has most of yesterday's in it.
      if (!judged?.isSurge || (days > 1 && found.length > 0)) continue;
      const { institutionId: institution, dimension, code } = key;
      const { count, expected, chance, basis } = judged;
      found.push({ institution, dimension, code, days, endsOn, count, expected, chance, basis, version });
    }
    return found;
  });
}

@Injectable()
export class SurgeWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<ComplaintsConfig, 'sortingEveryMs' | 'surgeEveryMs'>,
    @Inject(SurgeJobs) private readonly jobs: SurgeJobs,
  ) {}

  get clockwork() {
    return [
      { name: 'major.signs', everyMs: this.config.sortingEveryMs, run: () => this.jobs.takeIn() },
      { name: 'major.surges', everyMs: this.config.surgeEveryMs, run: async () => void (await this.jobs.look()) },
    ];
  }
}

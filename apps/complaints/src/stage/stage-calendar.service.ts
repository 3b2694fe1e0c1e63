import { Inject, Injectable } from '@nestjs/common';
import type { Calendar } from '#clock-rules';
import { Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { TimelineService } from '../timeline/timeline.service.ts';
import { StageCalendarStore, type WorkingStage } from './stage-calendar.store.ts';
import { baseDue } from './stages.ts';

/** What a batch came to. */
export interface StagesMoved {
  /** The last one that was looked at; null: none is left. */
  readonly lastId: string | null;
  readonly moved: number;
}

/** What a corrected calendar does to stages that count working days. */
@Injectable()
export class StageCalendarService {
  constructor(
    @Inject(StageCalendarStore) private readonly store: StageCalendarStore,
    @Inject(TimelineService) private readonly timeline: TimelineService,
  ) {}

  /** How many of them would move, of so many at most. */
  async count(tx: Tx, institutionId: string, days: readonly string[], calendar: Calendar, most: number): Promise<number> {
    const stages = await this.store.meeting(tx, institutionId, days, null, most);
    return stages.filter((one) => isMoved(one, calendar)).length;
  }

  /** Moves those behind `afterId`, a batch of them; `data` goes into the timeline of each complaint with the two instants. */
  async moveBatch(tx: Tx, institutionId: string, { days, calendar, afterId, limit, data }: StageBatch, now: Date): Promise<StagesMoved> {
    const batch = await this.store.meeting(tx, institutionId, days, afterId, limit);
    const suspects = batch.filter((one) => isMoved(one, calendar)).map(({ id }) => id);
    const locked = suspects.length === 0 ? [] : await this.store.lock(tx, suspects);
    const moved = locked.filter((one) => isMoved(one, calendar));
    if (moved.length > 0) {
      await this.store.write(
        tx,
        moved.map((one) => ({ id: one.id, baseDueAt: dueOf(one, calendar) })),
        now,
      );
      await this.timeline.add(
        tx,
        institutionId,
        moved.map((one) => ({ complaintId: one.complaintId, at: now, kind: 'calendar-recomputed', actor: 'system', data: dataOf(one) })),
      );
    }
    return { lastId: batch.length < limit ? null : (batch.at(-1)?.id ?? null), moved: moved.length };

    function dataOf(one: WorkingStage): Record<string, unknown> {
      const local = (at: Date): string => Zone.of(one.timeZone).format(at.getTime());
      return { ...data, stage: one.stage, before: { dueAt: local(one.baseDueAt) }, after: { dueAt: local(dueOf(one, calendar)) } };
    }
  }
}

export interface StageBatch {
  readonly days: readonly string[];
  readonly calendar: Calendar;
  readonly afterId: string | null;
  readonly limit: number;
  readonly data: Readonly<Record<string, unknown>>;
}

const dueOf = ({ countedFrom, countedAmount, timeZone }: WorkingStage, calendar: Calendar): Date =>
  baseDue(countedFrom, { amount: countedAmount, unit: 'working-days' }, Zone.of(timeZone), calendar);

const isMoved = (one: WorkingStage, calendar: Calendar): boolean => dueOf(one, calendar).getTime() !== one.baseDueAt.getTime();

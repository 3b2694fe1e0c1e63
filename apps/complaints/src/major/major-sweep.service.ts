import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { RoomWork } from '#jobs';
import { CONFIG } from '#service';
import type { ComplaintsConfig } from '../config.ts';
import { SortingDesk } from '../sorting/sorting.desk.ts';
import type { MajorCounts, MajorFigures } from './major.view.ts';
import { MajorSweepStore } from './major-sweep.store.ts';
import { say } from './major.reading.ts';

const BATCH = 200;
const YEAR_MS = 365 * 86_400_000;

const NOTHING: MajorCounts = {
  opened: 0,
  open: 0,
  closed: 0,
  downgraded: 0,
  overdue: 0,
  reportedInTime: 0,
  reportedLate: 0,
  medianMinutesToReport: null,
  stepsInTime: 0,
  stepsLate: 0,
};

/** What is due of major matters, told once; and how they were kept, drills apart. */
@Injectable()
export class MajorSweepService {
  constructor(
    @Inject(SortingDesk) private readonly desk: SortingDesk,
    @Inject(MajorSweepStore) private readonly store: MajorSweepStore,
  ) {}

  /** Tells whom it concerns of reports and steps that are due; returns of how many. Any number of workers may do so at once. */
  async fire(): Promise<number> {
    let total = 0;
    for (;;) {
      const count = await this.desk.background(async (tx) => {
        const now = await this.desk.now(tx);
        return (await this.store.reports(tx, now, BATCH)) + (await this.store.steps(tx, now, BATCH));
      });
      total += count;
      if (count < BATCH) return total;
    }
  }

  figures(principal: Principal, from: string | undefined): Promise<MajorFigures> {
    return this.desk.read(principal, async (tx) => {
      const now = await this.desk.now(tx);
      const since = from === undefined ? new Date(now.getTime() - YEAR_MS) : new Date(from);
      const counts = await this.store.figures(tx, principal.institutionId, since, now);
      const of = (drill: boolean): MajorCounts => {
        const found = counts.find((each) => each.drill === drill);
        if (!found) return NOTHING;
        const { drill: _drill, ...shown } = found;
        return shown;
      };
      return { from: say(since), real: of(false), drills: of(true) };
    });
  }
}

@Injectable()
export class MajorWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<ComplaintsConfig, 'handlingEveryMs'>,
    @Inject(MajorSweepService) private readonly sweeps: MajorSweepService,
  ) {}

  get clockwork() {
    return [{ name: 'major.due', everyMs: this.config.handlingEveryMs, run: async () => void (await this.sweeps.fire()) }];
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { CONFIG, LOGGER } from '#service';
import type { Logger } from '#telemetry';
import type { ComplaintsConfig } from '../config.ts';
import { ArrivalService } from '../sorting/arrival.service.ts';
import { SortingDesk } from '../sorting/sorting.desk.ts';
import { ScoringService } from './scoring.service.ts';

const BATCH = 50;

/** Scores what has come in, and again what it resembles. */
@Injectable()
export class BadFaithJobs {
  constructor(
    @Inject(SortingDesk) private readonly desk: SortingDesk,
    @Inject(ArrivalService) private readonly arrivals: ArrivalService,
    @Inject(ScoringService) private readonly scoring: ScoringService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async run(): Promise<void> {
    while (await this.batch()) {
      // Until nothing waits.
    }
  }

  /** False: nothing waited. */
  async batch(): Promise<boolean> {
    return this.desk.background(async (tx) => {
      // One at a time: of two batches at once neither would see what it shares with the other.
      await this.desk.lock(tx, 'bad-faith');
      const now = await this.desk.now(tx);
      const taken = await this.arrivals.take(tx, 'bad-faith', BATCH, now);
      if (taken === null) return false;
      if (taken.failed.length > 0) this.logger.error({ complaints: taken.failed }, 'could not be opened, so they have no score');
      await this.scoring.takeIn(tx, taken.opened, now);
      return true;
    });
  }
}

@Injectable()
export class BadFaithWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: ComplaintsConfig,
    @Inject(BadFaithJobs) private readonly jobs: BadFaithJobs,
  ) {}

  get clockwork() {
    return [{ name: 'bad-faith.score', everyMs: this.config.sortingEveryMs, run: () => this.jobs.run() }];
  }
}

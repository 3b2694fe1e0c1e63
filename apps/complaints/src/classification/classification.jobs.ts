import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '#service';
import type { Logger } from '#telemetry';
import { ArrivalService } from '../sorting/arrival.service.ts';
import { SortingDesk } from '../sorting/sorting.desk.ts';
import { ClassificationStore } from './classification.store.ts';
import { SuggestionService } from './suggestion.service.ts';

const BATCH = 200;

/** Suggests for what has come in, batch by batch, each in a transaction of its own. */
@Injectable()
export class ClassificationJobs {
  constructor(
    @Inject(SortingDesk) private readonly desk: SortingDesk,
    @Inject(ArrivalService) private readonly arrivals: ArrivalService,
    @Inject(SuggestionService) private readonly suggestions: SuggestionService,
    @Inject(ClassificationStore) private readonly store: ClassificationStore,
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
      const now = await this.desk.now(tx);
      const taken = await this.arrivals.take(tx, 'classification', BATCH, now);
      if (taken === null) return false;
      if (taken.failed.length > 0) this.logger.error({ complaints: taken.failed }, 'could not be opened, so nothing is suggested');
      const suggested = await this.suggestions.suggest(tx, taken.opened, now);
      const kept = taken.opened.flatMap(({ complaint: { id, institutionId } }, at) => {
        const of = suggested[at];
        return of ? [{ institutionId, complaintId: id, suggested: of }] : [];
      });
      await this.store.keepSuggested(tx, kept, now);
      return true;
    });
  }
}

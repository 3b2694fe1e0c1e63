import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queues } from '#jobs';
import { CONFIG, LOGGER, QUEUES } from '#service';
import type { Logger } from '#telemetry';
import type { ComplaintsConfig } from '../config.ts';
import { DeadlineJobs } from './deadline.jobs.ts';
import { DueCheckService } from './due-check.service.ts';
import { MILESTONES_FIRED, type MilestonesFired } from './milestone.ts';

/** What was fired, for whoever is to be told outside. */
export const MILESTONE_QUEUE = 'complaints-milestones';

// Two queues: a long sweep does not keep the check of the night waiting, nor the other way round.
const DEADLINES = 'complaints-deadlines';
const DUE_CHECKS = 'complaints-due-checks';
const FIRE = 'milestones.fire';
const CHECK = 'due.check';

/** Jobs that time brings. The queue only wakes; what is owed stands in the tables. */
@Injectable()
export class DeadlineWorker implements OnApplicationBootstrap {
  constructor(
    @Inject(QUEUES) private readonly queues: Queues,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: ComplaintsConfig,
    @Inject(DeadlineJobs) private readonly deadlines: DeadlineJobs,
    @Inject(DueCheckService) private readonly dueChecks: DueCheckService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { queues, config } = this;
    await queues.work(DEADLINES, { [FIRE]: async () => void (await this.deadlines.fireMilestones()) }, 1);
    await queues.work(DUE_CHECKS, { [CHECK]: async () => void (await this.dueChecks.run()) }, 1);
    await queues.work(MILESTONE_QUEUE, { [MILESTONES_FIRED]: async (fired) => this.tell(fired as unknown as MilestonesFired) }, 1);
    await queues.every(DEADLINES, FIRE, config.deadlineEveryMs);
    await queues.every(DUE_CHECKS, CHECK, config.dueCheckEveryMs);
  }

  private tell({ milestones }: MilestonesFired): void {
    for (const milestone of milestones) this.logger.info({ ...milestone }, 'milestone');
  }
}

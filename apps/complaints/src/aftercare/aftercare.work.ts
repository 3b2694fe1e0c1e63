import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { CONFIG } from '#service';
import type { ComplaintsConfig } from '../config.ts';
import { AfterDeadlineService } from './after-deadline.service.ts';

/** Reminders and escalations of what comes after a decision. */
@Injectable()
export class AftercareWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<ComplaintsConfig, 'afterEveryMs'>,
    @Inject(AfterDeadlineService) private readonly deadlines: AfterDeadlineService,
  ) {}

  get clockwork() {
    return [{ name: 'after.deadlines', everyMs: this.config.afterEveryMs, run: async () => void (await this.deadlines.fire()) }];
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { CONFIG } from '#service';
import type { ComplaintsConfig } from '../config.ts';
import { ClassificationJobs } from './classification.jobs.ts';

@Injectable()
export class ClassificationWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: ComplaintsConfig,
    @Inject(ClassificationJobs) private readonly jobs: ClassificationJobs,
  ) {}

  get clockwork() {
    return [{ name: 'classification.suggest', everyMs: this.config.sortingEveryMs, run: () => this.jobs.run() }];
  }
}

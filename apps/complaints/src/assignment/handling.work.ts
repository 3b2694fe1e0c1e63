import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { CONFIG } from '#service';
import { COMPLAINT_CLASSIFIED } from '../classification/traits.ts';
import { announced } from '../complaint/announce.ts';
import { COMPLAINTS_REGISTERED } from '../complaint/registration.service.ts';
import type { ComplaintsConfig } from '../config.ts';
import { MAJOR_CHANGED } from '../major/major-among.ts';
import { StageJobs } from '../stage/stage.jobs.ts';
import { StageService } from '../stage/stage.service.ts';
import { WorkJobs } from '../work/work.jobs.ts';
import { AssignmentService } from './assignment.service.ts';

/** What the handling of complaints does by itself: the first stage and the handler of new ones, reminders and escalations. */
@Injectable()
export class HandlingWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<ComplaintsConfig, 'handlingEveryMs'>,
    @Inject(AssignmentService) private readonly assignments: AssignmentService,
    @Inject(StageService) private readonly stages: StageService,
    @Inject(StageJobs) private readonly stageJobs: StageJobs,
    @Inject(WorkJobs) private readonly workJobs: WorkJobs,
  ) {}

  get prompt(): NonNullable<RoomWork['prompt']> {
    return {
      [COMPLAINTS_REGISTERED]: async ({ institutionId = '', complaintIds = '' }) => {
        const ids = announced(complaintIds);
        await this.stages.begin(institutionId, ids);
        await this.assignments.assignNew(institutionId, ids);
      },
      [COMPLAINT_CLASSIFIED]: async ({ institutionId = '', complaintId = '' }) =>
        void (await this.stages.reweigh(institutionId, complaintId)),
      [MAJOR_CHANGED]: async ({ institutionId = '', complaintIds = '' }) => {
        for (const id of announced(complaintIds)) await this.stages.reweigh(institutionId, id);
      },
    };
  }

  get clockwork(): NonNullable<RoomWork['clockwork']> {
    return [
      { name: 'stages.fire', everyMs: this.config.handlingEveryMs, run: async () => void (await this.stageJobs.fire()) },
      { name: 'tasks.fire', everyMs: this.config.handlingEveryMs, run: async () => void (await this.workJobs.fire()) },
    ];
  }
}

import { ApprovalService } from '../src/approval/approval.service.ts';
import { ApprovalStore } from '../src/approval/approval.store.ts';
import type { Stage } from './stage.ts';

/** What a supervisor works with, on the stage of a test. */
export class Supervision {
  readonly approvals: ApprovalService;

  constructor(readonly stage: Stage) {
    this.approvals = new ApprovalService(stage.source, new ApprovalStore(), stage.reading, stage.vault);
  }
}

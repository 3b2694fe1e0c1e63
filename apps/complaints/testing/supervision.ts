import { ApprovalService } from '../src/approval/approval.service.ts';
import { ApprovalStore } from '../src/approval/approval.store.ts';
import { FindingService } from '../src/search/finding.service.ts';
import { FindingStore } from '../src/search/finding.store.ts';
import { RebuildService, RebuildStores } from '../src/search/rebuild.service.ts';
import { RebuildStore } from '../src/search/rebuild.store.ts';
import { SearchStore } from '../src/search/search.store.ts';
import type { Stage } from './stage.ts';

/** What a supervisor works with, on the stage of a test. */
export class Supervision {
  readonly approvals: ApprovalService;
  readonly finding: FindingService;
  readonly rebuilds: RebuildService;

  constructor(readonly stage: Stage) {
    this.approvals = new ApprovalService(stage.source, new ApprovalStore(), stage.reading, stage.vault);
    const texts = new FindingStore();
    this.finding = new FindingService(stage.source, texts, stage.search, stage.reading, stage.vault);
    const stores = new RebuildStores(new RebuildStore(), texts, new SearchStore());
    this.rebuilds = new RebuildService(stage.source, stores, stage.search, stage.vault);
  }
}

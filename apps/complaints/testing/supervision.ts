import { ApprovalService } from '../src/approval/approval.service.ts';
import { ApprovalStore } from '../src/approval/approval.store.ts';
import { FindingService } from '../src/search/finding.service.ts';
import { FindingStore } from '../src/search/finding.store.ts';
import { RebuildService, RebuildStores } from '../src/search/rebuild.service.ts';
import { RebuildStore } from '../src/search/rebuild.store.ts';
import { SearchStore } from '../src/search/search.store.ts';
import { BulkActs } from '../src/bulk/bulk-acts.ts';
import { BulkDesk } from '../src/bulk/bulk.desk.ts';
import { BulkRunner } from '../src/bulk/bulk.runner.ts';
import { BulkService } from '../src/bulk/bulk.service.ts';
import { BulkStore } from '../src/bulk/bulk.store.ts';
import { ExportRooms } from '../src/export/export.rooms.ts';
import { ExportRunner } from '../src/export/export.runner.ts';
import { ExportService } from '../src/export/export.service.ts';
import { ExportStore } from '../src/export/export.store.ts';
import { SavedFilterService } from '../src/saved-filter/saved-filter.service.ts';
import { SavedFilterStore } from '../src/saved-filter/saved-filter.store.ts';
import { TagService } from '../src/tag/tag.service.ts';
import { TagStore } from '../src/tag/tag.store.ts';
import { uploadUse } from '../src/uploads.ts';
import { UploadService, UploadStore } from '#uploads';
import { ForecastService } from '../src/forecast/forecast.service.ts';
import { ForecastStore } from '../src/forecast/forecast.store.ts';
import { InboxService } from '../src/inbox/inbox.service.ts';
import { InboxStore } from '../src/inbox/inbox.store.ts';
import { DeskService } from '../src/desk/desk.service.ts';
import { DeskStore } from '../src/desk/desk.store.ts';
import { SortingStage } from './sorting.ts';
import type { Stage } from './stage.ts';

/** What a supervisor works with, on the stage of a test. */
export class Supervision {
  readonly approvals: ApprovalService;
  readonly finding: FindingService;
  readonly rebuilds: RebuildService;
  readonly tags: TagService;
  readonly inboxes: InboxService;
  readonly forecasts: ForecastService;
  readonly filters: SavedFilterService;
  readonly bulks: BulkService;
  readonly bulkRunner: BulkRunner;
  readonly exports: ExportService;
  readonly exportRunner: ExportRunner;
  readonly exportStore = new ExportStore();

  constructor(readonly stage: Stage) {
    this.approvals = new ApprovalService(stage.source, new ApprovalStore(), stage.reading, stage.vault);
    const texts = new FindingStore();
    this.finding = new FindingService(stage.source, texts, stage.search, stage.reading, stage.vault);
    const stores = new RebuildStores(new RebuildStore(), texts, new SearchStore());
    this.rebuilds = new RebuildService(stage.source, stores, stage.search, stage.vault);
    this.tags = new TagService(stage.source, new TagStore(), stage.reading, stage.timeline);
    this.filters = new SavedFilterService(stage.source, new SavedFilterStore(), stage.reading, stage.vault);
    const bulks = new BulkStore();
    const { classifications } = new SortingStage(stage);
    const acts = new BulkActs(stage.assignments, stage.events, this.tags, classifications, stage.reading);
    this.bulkRunner = new BulkRunner(stage.source, bulks, acts, stage.reading, stage.vault);
    const bulkDesk = new BulkDesk(stage.source, stage.vault, stage.reading, stage.listing, bulks);
    this.bulks = new BulkService(bulkDesk, bulks, this.bulkRunner, this.approvals);
    const rooms = new ExportRooms(stage.reading, stage.listing, this.tags);
    const uploads = new UploadService(new UploadStore(stage.source, stage.vault, uploadUse));
    this.exportRunner = new ExportRunner(stage.source, this.exportStore, rooms, uploads);
    this.exports = new ExportService(stage.source, this.exportStore, this.exportRunner, rooms, uploads);
    const members = new DeskService(new DeskStore(), stage.recusals, stage.vault);
    this.inboxes = new InboxService(stage.source, new InboxStore(), stage.reading, members);
    this.forecasts = new ForecastService(stage.source, new ForecastStore(), stage.reading, stage.clock);
  }
}

import { hashOf, type IdempotentRequest } from '#idempotency';
import { createLogger } from '#telemetry';
import { UploadService, UploadStore } from '#uploads';
import { ApprovalService } from '../src/approval/approval.service.ts';
import { ApprovalStore } from '../src/approval/approval.store.ts';
import { AgreementService } from '../src/classification/agreement.service.ts';
import { AgreementStore } from '../src/classification/agreement.store.ts';
import { ClassificationJobs } from '../src/classification/classification.jobs.ts';
import { ClassificationRoom, ClassificationService } from '../src/classification/classification.service.ts';
import { ClassificationStore } from '../src/classification/classification.store.ts';
import { SuggestionService } from '../src/classification/suggestion.service.ts';
import { CodeTableService } from '../src/code-table/code-table.service.ts';
import { CodeTableStore } from '../src/code-table/code-table.store.ts';
import { ArrivalService } from '../src/sorting/arrival.service.ts';
import { ArrivalStore } from '../src/sorting/arrival.store.ts';
import { SortingDesk } from '../src/sorting/sorting.desk.ts';
import { SortingSettings } from '../src/sorting/sorting-setting.service.ts';
import { uploadUse } from '../src/uploads.ts';
import { PaperService } from '../src/sorting/paper.service.ts';
import { PaperStore } from '../src/sorting/paper.store.ts';
import { BadFaithListService } from '../src/bad-faith/bad-faith-list.service.ts';
import { BadFaithRoom } from '../src/bad-faith/bad-faith.room.ts';
import { BadFaithService } from '../src/bad-faith/bad-faith.service.ts';
import { BadFaithStore } from '../src/bad-faith/bad-faith.store.ts';
import { BadFaithJobs } from '../src/bad-faith/bad-faith.work.ts';
import { JudgementStore } from '../src/bad-faith/judgement.store.ts';
import { ScoringService } from '../src/bad-faith/scoring.service.ts';
import type { Stage } from './stage.ts';

/** A key for a request. */
export const key = (text: string): IdempotentRequest => ({ key: text, hash: hashOf(text, {}) });

/** The rooms that sort, on a stage. */
export class SortingStage {
  readonly desk: SortingDesk;
  readonly settings = new SortingSettings();
  readonly arrivals: ArrivalService;
  readonly uploads: UploadService;
  readonly approvals: ApprovalService;
  readonly tables: CodeTableService;
  readonly suggestions: SuggestionService;
  readonly classifications: ClassificationService;
  readonly classificationJobs: ClassificationJobs;
  readonly agreement: AgreementService;
  readonly papers: PaperService;
  readonly badFaith: BadFaithService;
  readonly badFaithList: BadFaithListService;
  readonly badFaithJobs: BadFaithJobs;
  readonly logger = createLogger('sorting-stage', 'silent');

  constructor(readonly stage: Stage) {
    const { source, reading, vault, timeline } = stage;
    this.desk = new SortingDesk(source, reading);
    this.arrivals = new ArrivalService(new ArrivalStore(), vault);
    this.uploads = new UploadService(new UploadStore(source, vault, uploadUse));
    this.approvals = new ApprovalService(source, new ApprovalStore(), reading, vault);
    this.tables = new CodeTableService(this.desk, new CodeTableStore(), this.uploads, this.approvals);
    this.suggestions = new SuggestionService(this.desk, this.settings, this.tables, this.arrivals);
    const store = new ClassificationStore();
    const room = new ClassificationRoom(reading, timeline, vault);
    this.classifications = new ClassificationService(this.desk, store, this.suggestions, this.tables, room);
    this.classificationJobs = new ClassificationJobs(this.desk, this.arrivals, this.suggestions, store, this.logger);
    this.agreement = new AgreementService(this.desk, new AgreementStore());
    this.papers = new PaperService(new PaperStore(), vault);
    const [judgements, scoring] = [new JudgementStore(), new ScoringService(new BadFaithStore(), this.settings, vault)];
    const lent = new BadFaithRoom(reading, this.papers, vault, timeline);
    this.badFaith = new BadFaithService(this.desk, judgements, scoring, this.approvals, lent);
    this.badFaithList = new BadFaithListService(this.desk, judgements, scoring, this.settings);
    this.badFaithJobs = new BadFaithJobs(this.desk, this.arrivals, scoring, this.logger);
  }
}

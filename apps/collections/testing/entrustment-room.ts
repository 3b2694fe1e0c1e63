import { ActService } from '../src/act/act.service.ts';
import { ActStore } from '../src/act/act.store.ts';
import { ReferralService } from '../src/case/referral.service.ts';
import { RegisterStore } from '../src/case/register.store.ts';
import { EntrustingParts, EntrustingService } from '../src/entrustment/entrusting.service.ts';
import { EntrustmentDesk } from '../src/entrustment/entrustment.desk.ts';
import { EntrustmentService, EntrustmentTables } from '../src/entrustment/entrustment.service.ts';
import { EntrustmentStore } from '../src/entrustment/entrustment.store.ts';
import { EntrustmentViewService } from '../src/entrustment/entrustment-view.service.ts';
import { EntrustmentViewStore } from '../src/entrustment/entrustment-view.store.ts';
import { Leaving } from '../src/entrustment/leaving.ts';
import { EntrustmentSettingService } from '../src/entrustment/setting.service.ts';
import { EntrustmentSettingStore } from '../src/entrustment/setting.store.ts';
import { RevocationService } from '../src/contact/revocation.service.ts';
import { RevocationStore } from '../src/contact/revocation.store.ts';
import { Stopping } from '../src/contact/stopping.ts';
import { TakeBackService } from '../src/standing/take-back.service.ts';
import { TakeBackStore } from '../src/standing/take-back.store.ts';
import { TaskService } from '../src/task/task.service.ts';
import { TaskStore } from '../src/task/task.store.ts';
import type { Stage } from './stage.ts';

export const stoppingOf = ({ clock }: Stage): Stopping => new Stopping(new RevocationService(new RevocationStore()), clock);

export const referralsOf = (stage: Stage): ReferralService => {
  const { service, acts } = new EntrustmentRoom(stage);
  return new ReferralService(new RegisterStore(), acts, service);
};

/** The room where cases come to agencies, on a stage. */
export class EntrustmentRoom {
  readonly tasks = new TaskService(new TaskStore());
  readonly acts: ActService;
  readonly tables: EntrustmentTables;
  readonly desk: EntrustmentDesk;
  readonly service: EntrustmentService;
  readonly entrusting: EntrustingService;
  readonly views: EntrustmentViewService;
  readonly settings: EntrustmentSettingService;

  constructor(stage: Stage) {
    const { source, clock, vault } = stage;
    this.acts = new ActService(new ActStore(), vault);
    this.tables = new EntrustmentTables(
      new EntrustmentStore(),
      new EntrustmentSettingStore(),
      new Leaving(this.tasks, stoppingOf(stage), new TakeBackService(new TakeBackStore(), this.tasks)),
    );
    const { cases, settings, leaving } = this.tables;
    this.desk = new EntrustmentDesk(cases, settings, leaving, this.tasks);
    this.service = new EntrustmentService(source, clock, this.tables, this.desk, vault);
    const parts = new EntrustingParts(this.tables, this.desk, this.acts, vault);
    this.entrusting = new EntrustingService(source, clock, parts, this.service);
    this.views = new EntrustmentViewService(source, cases, new EntrustmentViewStore(), vault);
    this.settings = new EntrustmentSettingService(source, clock, settings, this.acts);
  }
}

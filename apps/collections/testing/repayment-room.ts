import { ActService } from '../src/act/act.service.ts';
import { ActStore } from '../src/act/act.store.ts';
import { CaseService } from '../src/case/case.service.ts';
import { CaseStore } from '../src/case/case.store.ts';
import { PromiseService } from '../src/promise/promise.service.ts';
import { PromiseStore } from '../src/promise/promise.store.ts';
import { RepaymentDesk } from '../src/promise/repayment-desk.ts';
import { RepaymentSettingStore } from '../src/promise/repayment-setting.store.ts';
import type { Stage } from './stage.ts';

/** Promises, payments and plans on the database of a stage. */
export interface RepaymentRoom {
  readonly promises: PromiseService;
}

export function repaymentRoom(stage: Stage): RepaymentRoom {
  const cases = new CaseService(stage.source, new CaseStore(), stage.vault, stage.clock);
  const desk = new RepaymentDesk(stage.source, stage.clock, cases, new RepaymentSettingStore());
  const acts = new ActService(new ActStore(), stage.vault);
  return { promises: new PromiseService(stage.source, desk, new PromiseStore(), acts, stage.vault) };
}

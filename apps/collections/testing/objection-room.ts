import { HoldSettingService } from '../src/case/hold-setting.service.ts';
import { RegisterStore } from '../src/case/register.store.ts';
import { ObjectionDesk, ObjectionPens } from '../src/objection/objection.desk.ts';
import { ObjectionService } from '../src/objection/objection.service.ts';
import { ObjectionStore } from '../src/objection/objection.store.ts';
import { TaskService } from '../src/task/task.service.ts';
import { TaskStore } from '../src/task/task.store.ts';
import { stoppingOf } from './entrustment-room.ts';
import { actsOf, deskOf } from './recording-room.ts';
import type { Stage } from './stage.ts';

export const holdsOf = (stage: Stage): HoldSettingService =>
  new HoldSettingService(deskOf(stage), new RegisterStore(), actsOf(stage), stoppingOf(stage));

export const objectionDeskOf = (stage: Stage): ObjectionDesk =>
  new ObjectionDesk(
    stage.source,
    stage.clock,
    new ObjectionStore(),
    new ObjectionPens(actsOf(stage), new TaskService(new TaskStore()), stage.vault),
  );

/** What debtors dispute, on a stage. */
export const objectionsOf = (stage: Stage): ObjectionService =>
  new ObjectionService(objectionDeskOf(stage), new ObjectionStore(), holdsOf(stage), stoppingOf(stage));

import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { OversightModule } from '../oversight/oversight.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { AppealService } from './appeal.service.ts';
import { EffectService } from './effect.service.ts';
import { LetterService } from './letter.service.ts';
import { SanctionClock } from './sanction.clock.ts';
import { SanctionController } from './sanction.controller.ts';
import { SanctionDesk } from './sanction.desk.ts';
import { SanctionService } from './sanction.service.ts';
import { SanctionStore } from './sanction.store.ts';
import { SanctionWork } from './sanction.work.ts';

@Module({
  imports: [ActModule, OversightModule, TaskModule],
  controllers: [SanctionController],
  providers: [AppealService, EffectService, LetterService, SanctionClock, SanctionDesk, SanctionService, SanctionStore, SanctionWork],
  exports: [AppealService, SanctionService, SanctionWork],
})
export class SanctionModule {}

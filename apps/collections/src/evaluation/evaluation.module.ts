import { Module } from '@nestjs/common';
import { ActModule } from '../act/act.module.ts';
import { OversightModule } from '../oversight/oversight.module.ts';
import { TaskModule } from '../task/task.module.ts';
import { ConfirmationService } from './confirmation.service.ts';
import { EvaluationClock } from './evaluation.clock.ts';
import { EvaluationController } from './evaluation.controller.ts';
import { EvaluationNotes } from './evaluation-notes.ts';
import { EvaluationService } from './evaluation.service.ts';
import { EvaluationStore } from './evaluation.store.ts';
import { EvaluationWork } from './evaluation.work.ts';
import { FactsService } from './facts.service.ts';
import { FactsStore } from './facts.store.ts';
import { ScorecardService } from './scorecard.service.ts';
import { WeightsService } from './weights.service.ts';

@Module({
  imports: [ActModule, OversightModule, TaskModule],
  controllers: [EvaluationController],
  providers: [
    ConfirmationService,
    EvaluationClock,
    EvaluationNotes,
    EvaluationService,
    EvaluationStore,
    EvaluationWork,
    FactsService,
    FactsStore,
    ScorecardService,
    WeightsService,
  ],
  exports: [ConfirmationService, EvaluationService, EvaluationWork, ScorecardService],
})
export class EvaluationModule {}

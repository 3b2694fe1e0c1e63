import { Module, type DynamicModule } from '@nestjs/common';
import { SendingModule } from '#sending';
import { GroundModule } from '#service';
import { AgencyModule } from './agency/agency.module.ts';
import { ContractModule } from './agency-contract/contract.module.ts';
import { CaseModule } from './case/case.module.ts';
import type { CollectionsConfig } from './config.ts';
import { ContactModule } from './contact/contact.module.ts';
import { DeliveryModule } from './delivery/delivery.module.ts';
import { importModule } from './import/import.module.ts';
import { LetterModule } from './letter/letter.module.ts';
import { LookbackModule } from './lookback/lookback.module.ts';
import { ReconciliationModule } from './reconciliation/reconciliation.module.ts';
import { EvaluationModule } from './evaluation/evaluation.module.ts';
import { SanctionModule } from './sanction/sanction.module.ts';
import { InspectionModule } from './inspection/inspection.module.ts';
import { OversightModule } from './oversight/oversight.module.ts';
import { MessageModule } from './message/message.module.ts';
import { PromiseModule } from './promise/promise.module.ts';
import { ReminderModule } from './reminder/reminder.module.ts';
import { reportModule } from './report/report.module.ts';
import { ScreeningModule } from './screening/screening.module.ts';
import { NoticeModule } from './notice/notice.module.ts';
import { SimulationModule } from './simulation/simulation.module.ts';
import { TaskModule } from './task/task.module.ts';

@Module({})
export class AppModule {
  static with(config: CollectionsConfig): DynamicModule {
    const rooms = [
      ContactModule,
      CaseModule,
      AgencyModule,
      OversightModule,
      InspectionModule,
      EvaluationModule,
      SanctionModule,
      ContractModule,
      MessageModule,
      DeliveryModule,
      LetterModule,
      ReminderModule,
      importModule,
      LookbackModule,
      ScreeningModule,
      ReconciliationModule,
      SimulationModule,
      reportModule,
      TaskModule,
      NoticeModule,
      PromiseModule,
    ];
    return { module: AppModule, imports: [...GroundModule.serving(config, 'collections'), SendingModule, ...rooms] };
  }
}

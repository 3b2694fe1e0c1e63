import { Module, type DynamicModule } from '@nestjs/common';
import { SendingModule } from '#sending';
import { RegulatorModule } from '#regulator';
import { GroundModule } from '#service';
import { AgencyModule } from './agency/agency.module.ts';
import { AllocationModule } from './allocation/allocation.module.ts';
import { DocumentModule } from './agency-document/document.module.ts';
import { StaffModule } from './agency-staff/staff.module.ts';
import { DeviceModule } from './agency-device/device.module.ts';
import { TrainingModule } from './agency-training/training.module.ts';
import { FindingModule } from './agency-finding/finding.module.ts';
import { StepModule } from './agency-step/step.module.ts';
import { ContractModule } from './agency-contract/contract.module.ts';
import { CaseModule } from './case/case.module.ts';
import { ComplainedModule } from './complained/complained.module.ts';
import type { CollectionsConfig } from './config.ts';
import { ContactModule } from './contact/contact.module.ts';
import { DebtQueryModule } from './debt-query/debt-query.module.ts';
import { DeliveryModule } from './delivery/delivery.module.ts';
import { DisclosureModule } from './disclosure/disclosure.module.ts';
import { DebtorModule } from './debtor/debtor.module.ts';
import { EntrustmentModule } from './entrustment/entrustment.module.ts';
import { importModule } from './import/import.module.ts';
import { LetterModule } from './letter/letter.module.ts';
import { LookbackModule } from './lookback/lookback.module.ts';
import { ObjectionModule } from './objection/objection.module.ts';
import { PartyModule } from './party/party.module.ts';
import { ProofModule } from './proof/proof.module.ts';
import { ReconciliationModule } from './reconciliation/reconciliation.module.ts';
import { EvaluationModule } from './evaluation/evaluation.module.ts';
import { SanctionModule } from './sanction/sanction.module.ts';
import { InspectionModule } from './inspection/inspection.module.ts';
import { OversightModule } from './oversight/oversight.module.ts';
import { MessageModule } from './message/message.module.ts';
import { CareModule } from './care/care.module.ts';
import { NoteModule } from './note/note.module.ts';
import { OutcomeModule } from './outcome/outcome.module.ts';
import { ScriptModule } from './script/script.module.ts';
import { VisitModule } from './visit/visit.module.ts';
import { WorklistModule } from './worklist/worklist.module.ts';
import { PaymentModule } from './payment/payment.module.ts';
import { PlanModule } from './plan/plan.module.ts';
import { RecordingModule } from './recording/recording.module.ts';
import { PromiseModule } from './promise/promise.module.ts';
import { PublicationModule } from './publication/publication.module.ts';
import { ReminderModule } from './reminder/reminder.module.ts';
import { QualityModule } from './quality/quality.module.ts';
import { evidenceRoom } from './evidence.ts';
import { reportModule } from './report/report.module.ts';
import { ScreeningModule } from './screening/screening.module.ts';
import { ShareModule } from './share/share.module.ts';
import { NoticeModule } from './notice/notice.module.ts';
import { SimulationModule } from './simulation/simulation.module.ts';
import { StatisticsModule } from './statistics/statistics.module.ts';
import { TaskModule } from './task/task.module.ts';
import { retentionRoom } from './retention/retention.ts';

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
      EntrustmentModule,
      AllocationModule,
      ShareModule,
      ObjectionModule,
      DebtorModule,
      PartyModule,
      ProofModule,
      ContractModule,
      DocumentModule,
      StaffModule,
      DeviceModule,
      TrainingModule,
      FindingModule,
      StepModule,
      MessageModule,
      DeliveryModule,
      LetterModule,
      ReminderModule,
      importModule,
      LookbackModule,
      ScreeningModule,
      ReconciliationModule,
      RecordingModule,
      DisclosureModule,
      ComplainedModule,
      WorklistModule,
      OutcomeModule,
      CareModule,
      NoteModule,
      ScriptModule,
      VisitModule,
      SimulationModule,
      reportModule,
      evidenceRoom,
      RegulatorModule,
      StatisticsModule,
      retentionRoom,
      TaskModule,
      QualityModule,
      NoticeModule,
      PromiseModule,
      PublicationModule,
      DebtQueryModule,
      PaymentModule,
      PlanModule,
    ];
    return { module: AppModule, imports: [...GroundModule.serving(config, 'collections'), SendingModule, ...rooms] };
  }
}

import { Module, type DynamicModule } from '@nestjs/common';
import { RegulatorModule } from '#regulator';
import { SendingModule } from '#sending';
import { GroundModule } from '#service';
import { ApprovalModule } from './approval/approval.module.ts';
import { AttributionModule } from './attribution/attribution.module.ts';
import { CaseLookupApiModule } from './case-lookup/case-lookup-api.module.ts';
import { CallbackModule } from './callback/callback.module.ts';
import { AssignmentModule } from './assignment/assignment.module.ts';
import { BulkModule } from './bulk/bulk.module.ts';
import { CalendarModule } from './calendar/calendar.module.ts';
import { ClockModule } from './clock/clock.module.ts';
import { ChannelModule } from './channels/channel.module.ts';
import { MailboxModule } from './mailbox/mailbox.module.ts';
import { MailboxPortModule } from './mailbox/mailbox-port.module.ts';
import { PublicModule } from './public/public.module.ts';
import { ComplaintModule } from './complaint/complaint.module.ts';
import { BadFaithModule } from './bad-faith/bad-faith.module.ts';
import { ClassificationModule } from './classification/classification.module.ts';
import { CodeTableModule } from './code-table/code-table.module.ts';
import type { ComplaintsConfig } from './config.ts';
import { DeadlineMetricsModule } from './deadline/deadline.module.ts';
import { DecisionModule } from './decision/decision.module.ts';
import { TellingModule } from './telling/telling.module.ts';
import { DuplicateModule } from './duplicate/duplicate.module.ts';
import { FileModule } from './file/file.module.ts';
import { IntakeModule } from './intake/intake.module.ts';
import { ReceiptModule } from './receipt/receipt.module.ts';
import { DispatchModule } from './dispatch/dispatch.module.ts';
import { DeskModule } from './desk/desk.module.ts';
import { ForecastModule } from './forecast/forecast.module.ts';
import { InboxModule } from './inbox/inbox.module.ts';
import { ExportModule } from './export/export.module.ts';
import { DossierModule } from './dossier/dossier.module.ts';
import { importModule } from './import/import.module.ts';
import { MajorModule } from './major/major.module.ts';
import { SurgeModule } from './surge/surge.module.ts';
import { MediationModule } from './mediation/mediation.module.ts';
import { RectificationModule } from './rectification/rectification.module.ts';
import { ReopeningModule } from './reopening/reopening.module.ts';
import { NoteModule } from './note/note.module.ts';
import { NotificationModule } from './notification/notification.module.ts';
import { StageModule } from './stage/stage.module.ts';
import { WorkModule } from './work/work.module.ts';
import { evidenceRoom } from './evidence.ts';
import { reportModule } from './report/report.module.ts';
import { ReviewModule } from './review/review.module.ts';
import { RootCauseModule } from './root-cause/root-cause.module.ts';
import { SavedFilterModule } from './saved-filter/saved-filter.module.ts';
import { FindingModule } from './search/finding.module.ts';
import { StatisticsModule } from './statistics/statistics.module.ts';
import { TagModule } from './tag/tag.module.ts';
import { retentionRoom } from './retention/retention.ts';

@Module({})
export class AppModule {
  static with(config: ComplaintsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ...GroundModule.serving(config, 'complaints'),
        SendingModule,
        ComplaintModule,
        ClockModule,
        CalendarModule,
        DeadlineMetricsModule,
        CallbackModule,
        MediationModule,
        FileModule,
        IntakeModule,
        DuplicateModule,
        ReceiptModule,
        DispatchModule,
        DecisionModule,
        TellingModule,
        NotificationModule,
        DossierModule,
        AttributionModule,
        CaseLookupApiModule,
        DeskModule,
        AssignmentModule,
        StageModule,
        WorkModule,
        NoteModule,
        ApprovalModule,
        FindingModule,
        TagModule,
        SavedFilterModule,
        BulkModule,
        InboxModule,
        ForecastModule,
        ExportModule,
        importModule,
        CodeTableModule,
        ClassificationModule,
        BadFaithModule,
        MajorModule,
        SurgeModule,
        reportModule,
        evidenceRoom,
        RegulatorModule,
        StatisticsModule,
        retentionRoom,
        RectificationModule,
        ReopeningModule,
        RootCauseModule,
        ReviewModule,
        ChannelModule,
        PublicModule,
        MailboxModule,
        MailboxPortModule,
      ],
    };
  }
}

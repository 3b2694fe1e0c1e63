import { Module, type DynamicModule } from '@nestjs/common';
import { SendingModule } from '#sending';
import { GroundModule } from '#service';
import { ApprovalModule } from './approval/approval.module.ts';
import { AttributionModule } from './attribution/attribution.module.ts';
import { CaseLookupApiModule } from './case-lookup/case-lookup-api.module.ts';
import { ClockModule } from './clock/clock.module.ts';
import { ComplaintModule } from './complaint/complaint.module.ts';
import type { ComplaintsConfig } from './config.ts';
import { DeadlineMetricsModule } from './deadline/deadline.module.ts';
import { DeskModule } from './desk/desk.module.ts';
import { DossierModule } from './dossier/dossier.module.ts';
import { importModule } from './import/import.module.ts';
import { NotificationModule } from './notification/notification.module.ts';
import { reportModule } from './report/report.module.ts';

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
        DeadlineMetricsModule,
        NotificationModule,
        DossierModule,
        AttributionModule,
        CaseLookupApiModule,
        DeskModule,
        ApprovalModule,
        importModule,
        reportModule,
      ],
    };
  }
}

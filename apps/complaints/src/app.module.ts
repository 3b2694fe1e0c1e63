import { Module, type DynamicModule } from '@nestjs/common';
import { GroundModule } from '#service';
import { ClockModule } from './clock/clock.module.ts';
import { ComplaintModule } from './complaint/complaint.module.ts';
import type { ComplaintsConfig } from './config.ts';
import { DeadlineMetricsModule } from './deadline/deadline.module.ts';
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
        ComplaintModule,
        ClockModule,
        DeadlineMetricsModule,
        NotificationModule,
        importModule,
        reportModule,
      ],
    };
  }
}

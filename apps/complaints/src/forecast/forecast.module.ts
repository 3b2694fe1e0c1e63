import { Module } from '@nestjs/common';
import { ComplaintModule } from '../complaint/complaint.module.ts';
import { ForecastController } from './forecast.controller.ts';
import { ForecastService } from './forecast.service.ts';
import { ForecastStore } from './forecast.store.ts';
import { ForecastWork } from './forecast.work.ts';

@Module({
  imports: [ComplaintModule],
  controllers: [ForecastController],
  providers: [ForecastService, ForecastStore, ForecastWork],
  exports: [ForecastService, ForecastWork],
})
export class ForecastModule {}

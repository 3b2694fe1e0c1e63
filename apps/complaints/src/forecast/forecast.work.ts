import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { CONFIG } from '#service';
import type { ComplaintsConfig } from '../config.ts';
import { ForecastService } from './forecast.service.ts';

@Injectable()
export class ForecastWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: ComplaintsConfig,
    @Inject(ForecastService) private readonly forecasts: ForecastService,
  ) {}

  get clockwork() {
    return [{ name: 'forecast.compute', everyMs: this.config.forecastEveryMs, run: async () => void (await this.forecasts.compute()) }];
  }
}

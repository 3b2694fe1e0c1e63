import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import type { Tx } from '#pg';
import { CONFIG } from '#service';
import type { ComplaintsConfig } from '../config.ts';
import { CALENDAR_PUBLISHED, CalendarRunService } from './calendar-run.service.ts';

@Injectable()
export class CalendarWork implements RoomWork {
  readonly files: NonNullable<RoomWork['files']>;

  constructor(
    @Inject(CONFIG) private readonly config: ComplaintsConfig,
    @Inject(CalendarRunService) private readonly runs: CalendarRunService,
  ) {
    this.files = { [CALENDAR_PUBLISHED]: ({ institutionId = '', calendarId = '' }) => runs.run(institutionId, calendarId) };
  }

  sweep(tx: Tx): Promise<void> {
    return this.runs.wakeAbandoned(tx, this.config.staleAfterMs);
  }
}

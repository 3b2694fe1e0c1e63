import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '#clock';
import type { RoomWork } from '#jobs';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';
import { KeepingService } from './keeping.service.ts';

/** Recordings that nothing keeps any more go, once a night. */
@Injectable()
export class RecordingWork implements RoomWork {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<CollectionsConfig, 'recordingsEveryMs'>,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(KeepingService) private readonly keeping: KeepingService,
  ) {}

  get clockwork() {
    const run = async (): Promise<void> => void (await this.keeping.destroyDue(this.clock.override));
    return [{ name: 'recordings.destroy', everyMs: this.config.recordingsEveryMs, run }];
  }
}

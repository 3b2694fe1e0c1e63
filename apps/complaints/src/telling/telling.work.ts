import { Inject, Injectable } from '@nestjs/common';
import type { RoomWork } from '#jobs';
import { TELLING_MOVED, TellingWriter } from './telling.writer.ts';

/** Notices that were sent count. */
@Injectable()
export class TellingWork implements RoomWork {
  constructor(@Inject(TellingWriter) private readonly writer: TellingWriter) {}

  get prompt(): NonNullable<RoomWork['prompt']> {
    return { [TELLING_MOVED]: ({ institutionId = '', dispatchId = '' }) => this.writer.moved(institutionId, dispatchId) };
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { enqueue } from '#outbox';
import type { Tx } from '#pg';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { DispatchState } from './dispatch.states.ts';
import type { DispatchRecord } from './dispatch.store.ts';

type Moved = Pick<DispatchRecord, 'id' | 'institutionId' | 'complaintId' | 'channel' | 'purpose' | 'topic'>;

/** Says how a message goes: in the timeline of its complaint, and to the room that asked for it. */
@Injectable()
export class DispatchTrail {
  constructor(@Inject(TimelineService) private readonly timeline: TimelineService) {}

  async note(tx: Tx, moved: Moved, state: DispatchState, at: Date, actor: string, code: string | null = null): Promise<void> {
    const { id, institutionId, complaintId, channel, purpose, topic } = moved;
    if (complaintId !== null) {
      const data = { dispatchId: id, channel, purpose, ...(code === null ? {} : { code }) };
      await this.timeline.add(tx, institutionId, [{ complaintId, at, kind: `dispatch-${state}`, actor, data }]);
    }
    // Nobody waits for what has only begun.
    if (topic !== null && state !== 'queued') await enqueue(tx, institutionId, topic, { dispatchId: id });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { Stopping } from '../contact/stopping.ts';
import { TakeBackService } from '../standing/take-back.service.ts';
import { TaskService } from '../task/task.service.ts';
import type { Move, Moved } from './entrustment.store.ts';

const zone = Zone.of(DEFAULT_TIME_ZONE);

/** What follows when cases leave an agency: its permits end, and it gives back what it has of them. */
@Injectable()
export class Leaving {
  constructor(
    @Inject(TaskService) private readonly tasks: TaskService,
    @Inject(Stopping) private readonly stopping: Stopping,
    @Inject(TakeBackService) private readonly takeBacks: TakeBackService,
  ) {}

  /** To be called before the cases are locked: their gates wait. */
  hold(tx: Tx, institutionId: string, caseUuids: readonly string[]): Promise<void> {
    return this.stopping.hold(tx, institutionId, caseUuids);
  }

  async after(tx: Tx, institutionId: string, left: readonly Moved[], { by, at }: Move): Promise<void> {
    if (left.length === 0) return;
    await this.stopping.revoke(
      tx,
      institutionId,
      left.map(({ id }) => id),
      'case-recalled',
    );
    await this.tasks.openAll(
      tx,
      institutionId,
      left.map(({ id, caseId, agencyId }) => ({
        kind: 'hand-back-case',
        resource: `case/${caseId}/${agencyId}`,
        caseUuid: id,
        agencyId,
      })),
      at,
    );
    // Whoever was to take them back has done so.
    const agencyIds = [...new Set(left.map(({ agencyId }) => agencyId))].toSorted();
    await this.takeBacks.settle(tx, institutionId, agencyIds, { by, day: zone.format(at.getTime()).slice(0, 10), at });
  }
}

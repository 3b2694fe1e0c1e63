import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { TaskService } from '../task/task.service.ts';
import type { Move, Moved } from './entrustment.store.ts';

/** What follows when cases leave an agency: it gives back what it has of them. */
@Injectable()
export class Leaving {
  constructor(@Inject(TaskService) private readonly tasks: TaskService) {}

  async after(tx: Tx, institutionId: string, left: readonly Moved[], { by, at }: Move): Promise<void> {
    if (left.length === 0) return;
    await this.tasks.openAll(
      tx,
      institutionId,
      left.map(({ id, caseId, agencyId }) => ({ kind: 'hand-back-case', resource: `case/${caseId}/${agencyId}`, caseUuid: id, agencyId })),
      at,
    );
    // Whoever was to take it back has done so.
    for (const { caseId } of left)
      await this.tasks.close(tx, institutionId, { kind: 'take-back-case', resource: `case/${caseId}` }, { by, outcome: 'taken-back', at });
  }
}

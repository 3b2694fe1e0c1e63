import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { TaskService } from '../task/task.service.ts';
import { TakeBackStore } from './take-back.store.ts';

const KIND = 'take-back-case';
const resourceOf = (agencyId: string): string => `agency/${agencyId}`;

/** Cases of agencies that may not work them: one task an agency, as long as it has open cases. */
@Injectable()
export class TakeBackService {
  constructor(
    @Inject(TakeBackStore) private readonly store: TakeBackStore,
    @Inject(TaskService) private readonly tasks: TaskService,
  ) {}

  /** Opens and ends the tasks of these agencies as they and their cases stand; to be called when cases leave an agency, too. Null: of all. */
  async settle(
    tx: Tx,
    institutionId: string,
    agencyIds: readonly string[] | null,
    { by, day, at }: { readonly by: string; readonly day: string; readonly at: Date },
  ): Promise<void> {
    const gaps = (await this.store.gaps(tx, agencyIds, day)).filter((gap) => gap.institutionId === institutionId);
    const owed = gaps
      .filter(({ owes }) => owes)
      .map(
        ({ agencyId, responsible }) =>
          ({
            kind: KIND,
            resource: resourceOf(agencyId),
            detail: { agencyId },
            ...(responsible !== null && { person: responsible }),
          }) as const,
      );
    await this.tasks.openAll(tx, institutionId, owed, at);
    for (const { agencyId, owes } of gaps)
      if (!owes) await this.tasks.close(tx, institutionId, { kind: KIND, resource: resourceOf(agencyId) }, { by, outcome: 'settled', at });
  }

  /** Institutions where `settle` would change something. */
  async institutionsToSettle(tx: Tx, day: string): Promise<string[]> {
    const gaps = await this.store.gaps(tx, null, day);
    return [...new Set(gaps.map(({ institutionId }) => institutionId))];
  }
}

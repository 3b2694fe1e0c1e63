import { Inject, Injectable } from '@nestjs/common';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { agencyDay } from '../agency/agency-desk.ts';
import { ContractService } from '../agency-contract/contract.service.ts';
import { FitnessService } from '../agency-staff/fitness.service.ts';
import { StandingService } from '../standing/standing.service.ts';
import { TaskService } from '../task/task.service.ts';
import { WatchStore, type Ending } from './watch.store.ts';

const zone = Zone.of(DEFAULT_TIME_ZONE);
// A document may be let go: who is asked says so, and the task ends.
const RENEWALS: readonly Ending['kind'][] = [
  'renew-agency-licence',
  'renew-agency-contract',
  'renew-agency-document',
  'renew-agency-certificate',
  'train-collector',
];

const startOf = (day: string, plus = 0): Date => new Date(zone.addDays(zone.dateStart(day), plus));

/** What time brings to the agencies of an institution: contracts and certificates that begin, licences that are over, what ends soon. */
@Injectable()
export class WatchService {
  constructor(
    @Inject(WatchStore) private readonly store: WatchStore,
    @Inject(ContractService) private readonly contracts: ContractService,
    @Inject(FitnessService) private readonly fitness: FitnessService,
    @Inject(StandingService) private readonly standings: StandingService,
    @Inject(TaskService) private readonly tasks: TaskService,
  ) {}

  /** As often as one likes for a day: what is done is not done again. */
  async follow(
    tx: Tx,
    institutionId: string,
    { day, now, noticeDays }: { readonly day: string; readonly now: Date; readonly noticeDays: number },
  ): Promise<void> {
    await this.suspend(tx, institutionId, day);
    await this.contracts.followAll(tx, institutionId, day);
    await this.fitness.followAll(tx, institutionId, now);
    await this.remind(tx, institutionId, { day, now, noticeDays });
  }

  institutions(tx: Tx): Promise<string[]> {
    return this.store.institutions(tx);
  }

  /** Without a licence nobody collects for the bank (HLJ 23): people look at it and reactivate the agency. */
  private async suspend(tx: Tx, institutionId: string, day: string): Promise<void> {
    const over = await this.store.unlicensed(tx, institutionId, day);
    for (const { agencyId, until } of over)
      await this.standings.change(
        tx,
        { institutionId, by: 'system:licence' },
        agencyId,
        { status: 'suspended' },
        { reason: `许可证于 ${until} 到期 The licence ended on ${until}`, at: startOf(until, 1) },
      );
  }

  private async remind(
    tx: Tx,
    institutionId: string,
    { day, now, noticeDays }: { readonly day: string; readonly now: Date; readonly noticeDays: number },
  ): Promise<void> {
    const near = await this.store.endings(tx, institutionId, agencyDay(startOf(day, noticeDays)));
    await this.store.settle(tx, institutionId, near, RENEWALS, now);
    const tasks = near.map(({ kind, resource, agencyId, until, detail }) => ({
      kind,
      resource,
      agencyId,
      dueAt: new Date(Math.max(startOf(until, 1).getTime(), now.getTime())),
      detail: { ...detail, agencyId, until },
    }));
    await this.tasks.openAll(tx, institutionId, tasks, now);
  }
}

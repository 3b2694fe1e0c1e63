import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { addDays, dayEnd, later, localDay } from '../oversight/local-days.ts';
import { eachAlone } from '../oversight/each-alone.ts';
import { OversightDesk, systemOf, type OverseenAgency } from '../oversight/oversight.desk.ts';
import { SettingService } from '../oversight/setting.service.ts';
import { SuspensionService } from '../oversight/suspension.service.ts';
import { TaskService } from '../task/task.service.ts';
import { evaluationDue } from './due.ts';
import { dutyOf } from './evaluation-notes.ts';

const licenceOf = (agencyId: string): string => `agency/${agencyId}/licence`;

/** What follows when a day passes that an agency's evaluation or licence hangs on. Any number of workers may look at once; what was missed while nobody looked is made up for. */
@Injectable()
export class EvaluationClock {
  constructor(
    @Inject(OversightDesk) private readonly oversight: OversightDesk,
    @Inject(SettingService) private readonly settings: SettingService,
    @Inject(SuspensionService) private readonly suspensions: SuspensionService,
    @Inject(TaskService) private readonly tasks: TaskService,
  ) {}

  async run(): Promise<void> {
    const institutions = await this.oversight.readAll((tx) => this.oversight.institutions(tx));
    const agencies: { system: Principal; agencyId: string }[] = [];
    for (const institutionId of institutions) {
      const system = systemOf(institutionId);
      const found = await this.oversight.read(system, (tx) => this.oversight.agencies(tx, system));
      agencies.push(...found.map(({ agencyId }) => ({ system, agencyId })));
    }
    await eachAlone(agencies, ({ system, agencyId }) =>
      this.oversight.read(system, async (tx) => {
        const agency = await this.oversight.lockAgency(tx, system, agencyId);
        if (agency.status !== 'active' && agency.status !== 'suspended') return;
        await this.licence(tx, system, agency);
        await this.evaluation(tx, system, agency);
      }),
    );
  }

  /** Told so many days before; suspended so many days after, and never sooner after people were told. */
  private async evaluation(tx: Tx, system: Principal, agency: OverseenAgency): Promise<void> {
    const { institutionId } = system;
    const { agencyId } = agency;
    const at = await this.oversight.now(tx);
    const today = localDay(at);
    const setting = await this.settings.inForce(tx, institutionId);
    const { dueOn, cause } = evaluationDue(agency, setting, today);
    if (addDays(dueOn, -setting.evaluationLeadDays) > today) return;
    const resource = dutyOf(agencyId);
    const task = { kind: 'evaluate-agency', resource, dueAt: dayEnd(dueOn), detail: { agencyId, dueOn, cause } } as const;
    await this.tasks.open(tx, institutionId, task, at);
    const grace = setting.suspendWhenEvaluationOverdueDays;
    const toldAt = await this.oversight.toldAt(tx, institutionId, { kind: 'evaluate-agency', resource });
    if (grace === null || toldAt === null || addDays(later(dueOn, localDay(toldAt)), grace) >= today) return;
    const reason = `Was to be evaluated by ${dueOn}`;
    await this.suspensions.suspend(tx, system, { agencyId, cause: 'evaluation-overdue', resource, reason });
  }

  /** An agency without a valid licence does not work; with a new one it does again. */
  private async licence(tx: Tx, system: Principal, { agencyId }: OverseenAgency): Promise<void> {
    const until = await this.oversight.licenceUntil(tx, system.institutionId, agencyId);
    const expired = until !== null && until < (await this.oversight.today(tx));
    const about = { agencyId, cause: 'licence-expired', resource: licenceOf(agencyId) } as const;
    if (expired) await this.suspensions.suspend(tx, system, { ...about, reason: `The licence was valid until ${until}` });
    else await this.suspensions.lift(tx, system, { ...about, reason: 'The licence is valid again' });
  }
}

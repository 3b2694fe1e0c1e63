import { Inject, Injectable } from '@nestjs/common';
import { daysBetween, localDay } from '../oversight/local-days.ts';
import { eachAlone } from '../oversight/each-alone.ts';
import { OversightDesk, systemOf } from '../oversight/oversight.desk.ts';
import { SettingService } from '../oversight/setting.service.ts';
import { SuspensionService } from '../oversight/suspension.service.ts';
import { CoverageService } from './coverage.service.ts';
import { RectificationService } from './rectification.service.ts';

/** What follows when a day of inspections passes. Any number of workers may look at once; what was missed while nobody looked is made up for. */
@Injectable()
export class InspectionClock {
  constructor(
    @Inject(OversightDesk) private readonly oversight: OversightDesk,
    @Inject(CoverageService) private readonly coverage: CoverageService,
    @Inject(RectificationService) private readonly rectifications: RectificationService,
    @Inject(SettingService) private readonly settings: SettingService,
    @Inject(SuspensionService) private readonly suspensions: SuspensionService,
  ) {}

  async run(): Promise<void> {
    const { institutions, late } = await this.oversight.readAll(async (tx) => ({
      institutions: await this.oversight.institutions(tx),
      late: await this.rectifications.late(tx, localDay(await this.oversight.now(tx))),
    }));
    await eachAlone(institutions, (institutionId) =>
      this.oversight.read({ institutionId }, (tx) => this.coverage.tellMissing(tx, systemOf(institutionId))),
    );
    await eachAlone(late, ({ institutionId, id, agencyId }) =>
      this.oversight.read({ institutionId }, async (tx) => {
        const system = systemOf(institutionId);
        await this.oversight.lockAgency(tx, system, agencyId);
        const at = await this.oversight.now(tx);
        const finding = await this.rectifications.stillLate(tx, system, id, at);
        if (finding === null) return;
        const grace = (await this.settings.inForce(tx, institutionId)).rectificationGraceDays[finding.severity];
        if (grace === null || daysBetween(finding.dueOn, localDay(at)) <= grace) return;
        const reason = `${finding.resource} was to be rectified by ${finding.dueOn}`;
        await this.suspensions.suspend(tx, system, { agencyId, cause: 'rectification-overdue', resource: finding.resource, reason });
      }),
    );
  }
}

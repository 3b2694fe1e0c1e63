import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimDay, type RoomWork } from '#jobs';
import { enqueue } from '#outbox';
import { databaseNow, EVERY_INSTITUTION, inTransaction } from '#pg';
import { CONFIG } from '#service';
import { agencyDay } from '../agency/agency-desk.ts';
import { FindingService } from '../agency-finding/finding.service.ts';
import type { CollectionsConfig } from '../config.ts';
import { WatchService } from './watch.service.ts';

/** An institution's agencies are looked at: `{ day }`, the local day that has begun. */
export const AGENCIES_DAY = 'agencies.day';

const zone = Zone.of(DEFAULT_TIME_ZONE);

/** Once a day, when it has begun: what time has brought, then what the day before points at. */
@Injectable()
export class AgencyWork implements RoomWork {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<CollectionsConfig, 'agenciesEveryMs' | 'agencyNoticeDays'>,
    @Inject(WatchService) private readonly watch: WatchService,
    @Inject(FindingService) private readonly findings: FindingService,
  ) {}

  get files(): NonNullable<RoomWork['files']> {
    return { [AGENCIES_DAY]: ({ institutionId = '', day = '' }) => this.look(institutionId, day) };
  }

  get clockwork() {
    return [{ name: AGENCIES_DAY, everyMs: this.config.agenciesEveryMs, run: () => this.begin() }];
  }

  /** Has every institution's agencies looked at, once a day, whichever worker asks. */
  async begin(): Promise<void> {
    await inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, async (tx) => {
      const day = await claimDay(tx, AGENCIES_DAY, this.clock.override, { hour: 0, zone: DEFAULT_TIME_ZONE });
      if (day === null) return;
      for (const institutionId of await this.watch.institutions(tx)) await enqueue(tx, institutionId, AGENCIES_DAY, { day });
    });
  }

  /** Twice does no more than once. */
  async look(institutionId: string, day: string): Promise<void> {
    const before = agencyDay(new Date(zone.addDays(zone.dateStart(day), -1)));
    const { agencyNoticeDays: noticeDays } = this.config;
    const now = async (tx: Parameters<typeof databaseNow>[0]): Promise<Date> => this.clock.override ?? databaseNow(tx);
    await inTransaction(this.database, { institutionId }, async (tx) =>
      this.watch.follow(tx, institutionId, { day, now: await now(tx), noticeDays }),
    );
    // Apart from it: the gates do not wait while a day of contacts is read.
    await inTransaction(this.database, { institutionId }, async (tx) => this.findings.look(tx, institutionId, before, await now(tx)));
  }
}

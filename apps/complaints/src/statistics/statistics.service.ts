import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { newestHead } from '#evidence-log';
import { databaseNow } from '#pg';
import { inSnapshot, periodOf, refuseAgency, scopeOf } from '#reports';
import type { StatisticsRequest, StatisticsView } from './statistics.dto.ts';
import { COUNTS, StatisticsStore } from './statistics.store.ts';

/** What a regulator asks first, without persons. */
@Injectable()
export class StatisticsService {
  private readonly store = new StatisticsStore();

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** All of one state of the data. Refuses with FORBIDDEN (who belongs to an agency), INVALID (a period that is none, or longer than a year). */
  async find(principal: Principal, request: StatisticsRequest): Promise<StatisticsView> {
    refuseAgency(principal);
    const period = periodOf(request);
    const { institutionId } = principal;
    return inSnapshot(this.database, institutionId, async (tx) => {
      const now = this.clock.override ?? (await databaseNow(tx));
      const scope = scopeOf(institutionId, period, now);
      const months = await this.store.months(tx, scope);
      const [received, onTime, late, overdue, open, ended] = COUNTS.map((name) => months.reduce((total, month) => total + month[name], 0));
      return {
        period,
        timeZone: scope.timeZone,
        asOf: now.toISOString(),
        evidenceHead: await newestHead(tx, institutionId).then((head) => head && { ...head }),
        complaints: {
          received: received ?? 0,
          onTime: onTime ?? 0,
          late: late ?? 0,
          overdue: overdue ?? 0,
          open: open ?? 0,
          ended: ended ?? 0,
        },
        months,
      };
    });
  }
}

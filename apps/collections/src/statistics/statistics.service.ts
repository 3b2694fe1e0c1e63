import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { newestHead } from '#evidence-log';
import { databaseNow } from '#pg';
import { inSnapshot, periodOf, refuseAgency, scopeOf } from '#reports';
import type { RegisterRequest, RegisterView, StatisticsRequest, StatisticsView } from './statistics.dto.ts';
import { StatisticsStore } from './statistics.store.ts';

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
      const sum = (column: 'asked' | 'permitted' | 'refused'): number => months.reduce((total, month) => total + month[column], 0);
      return {
        period,
        timeZone: scope.timeZone,
        asOf: now.toISOString(),
        evidenceHead: await newestHead(tx, institutionId).then((head) => head && { ...head }),
        contacts: { asked: sum('asked'), permitted: sum('permitted'), refused: sum('refused') },
        months,
        rules: await this.store.rules(tx, scope),
        standings: await this.store.standings(tx, institutionId),
      };
    });
  }

  /** The register as a local day left it. Refuses with FORBIDDEN, INVALID. */
  async register(principal: Principal, request: RegisterRequest): Promise<RegisterView> {
    refuseAgency(principal);
    const { institutionId } = principal;
    return inSnapshot(this.database, institutionId, async (tx) => {
      const now = this.clock.override ?? (await databaseNow(tx));
      const on = request.on ?? Zone.of(DEFAULT_TIME_ZONE).format(now.getTime()).slice(0, 10);
      const { until } = scopeOf(institutionId, { from: on, to: on }, now);
      const rows = await this.store.register(tx, institutionId, until);
      return { on, asOf: now.toISOString(), items: rows.map(({ since, ...row }) => ({ ...row, since: since?.toISOString() ?? null })) };
    });
  }
}

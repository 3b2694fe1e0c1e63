import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import { metrics } from '#telemetry';
import { DeadlineStore, type Backlog } from './deadline.store.ts';

const gauges: Readonly<Record<keyof Backlog, string>> = {
  lagSeconds: 'complaints_milestone_lag_seconds: how late the oldest milestone is that is owed and not fired; 0: none is',
  corrected: 'complaints_due_corrected: complaints whose due columns the checks of the nights had to correct; anything but 0 is a fault',
};

/** What an alarm is to be set on, read from the tables when it is asked for: the workers that do the work are not scraped. */
@Injectable()
export class DeadlineMetrics implements OnApplicationBootstrap {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(DeadlineStore) private readonly store: DeadlineStore,
  ) {}

  onApplicationBootstrap(): void {
    for (const [key, said] of Object.entries(gauges)) {
      const [name = '', help = ''] = said.split(': ');
      const read = async (): Promise<number> => (await this.backlog())[key as keyof Backlog];
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [],
        // A database that is away takes no other metric with it.
        collect: async () => gauge.set(await read().catch(() => Number.NaN)),
      });
      metrics.registerMetric(gauge);
    }
  }

  private backlog(): Promise<Backlog> {
    return inTransaction(this.database, { institutionId: EVERY_INSTITUTION }, (tx) => this.store.backlog(tx));
  }
}

import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import { metrics } from '#telemetry';

export interface SealBacklog {
  readonly lagSeconds: number;
  readonly unsealed: number;
}

const gauges: Readonly<Record<keyof SealBacklog, { readonly name: string; readonly help: string }>> = {
  lagSeconds: {
    name: 'evidence_seal_lag_seconds',
    help: 'How long the oldest record of evidence waits to be sealed, in seconds; 0: none does',
  },
  unsealed: { name: 'evidence_unsealed', help: 'Records of evidence that wait to be sealed' },
};

/** Read from the tables when it is asked for: the workers that seal are not scraped. The ids say when they were made (UUID version 7). */
export async function sealBacklog(database: DataSource): Promise<SealBacklog> {
  const [row] = await inTransaction(database, { institutionId: EVERY_INSTITUTION }, (tx) =>
    tx.query<SealBacklog>(
      `select count(*)::float8 as unsealed,
         coalesce(greatest(0, extract(epoch from clock_timestamp() - min(uuid_extract_timestamp(record))))::float8, 0) as "lagSeconds" from evidence_pending`,
    ),
  );
  return row ?? { lagSeconds: Number.NaN, unsealed: Number.NaN };
}

@Injectable()
export class EvidenceMetrics implements OnApplicationBootstrap {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  onApplicationBootstrap(): void {
    for (const key of ['lagSeconds', 'unsealed'] as const) {
      const gauge: Gauge = new Gauge({
        ...gauges[key],
        registers: [],
        // A database that is away takes no other metric with it.
        collect: async () =>
          gauge.set(
            await sealBacklog(this.database).then(
              (backlog) => backlog[key],
              () => Number.NaN,
            ),
          ),
      });
      metrics.registerMetric(gauge);
    }
  }
}

// Makes one compliance report with everything, in a process of its own, and tells how long it took and how much memory.
import { FixedClock } from '#clock';
import { createDataSource, inTransaction } from '#pg';
import { ReportRunner, ReportStore, type Period, type ReportKind } from '#reports';
import { UploadService, UploadStore } from '#uploads';
import { Vault } from '#vault';
import { complianceReport, KIND } from '../../apps/collections/testing/report-room.ts';
import { uploadUse } from '../../apps/collections/src/uploads.ts';

export interface ReportTask {
  readonly url: string;
  readonly institutionId: string;
  readonly period: Period;
  /** Of the vault, base64. */
  readonly keys: readonly [key: string, index: string];
}

export interface ReportLoad {
  readonly rows: number;
  readonly seconds: number;
  readonly grownMb: number;
  readonly megabytes: number;
  readonly files: readonly string[];
}

const FORMATS = ['pdf', 'xlsx', 'csv', 'json'] as const;

process.once('message', async ({ url, institutionId, period, keys: [key, index] }: ReportTask) => {
  const source = await createDataSource({ url, poolSize: 4, applicationName: 'bench' });
  const store = new ReportStore();
  const uploads = new UploadService(new UploadStore(source, new Vault([`k1:${key}`], index), uploadUse));
  const kinds = new Map<string, ReportKind>([[KIND, complianceReport()]]);
  const runner = new ReportRunner(source, new FixedClock(new Date('2026-12-01T09:00:00+08:00')), store, uploads, kinds);
  const order = {
    kind: KIND,
    period,
    formats: FORMATS,
    audience: 'internal',
    language: 'zh',
    csvBom: true,
    timeZone: 'Asia/Shanghai',
    subject: null,
  } as const;
  const { id } = await inTransaction(source, { institutionId }, (tx) =>
    store.create(tx, { ...order, institutionId, requestedBy: 'bench' }),
  );
  const before = process.memoryUsage().rss;
  const began = performance.now();
  await runner.run(institutionId, id, true);
  const seconds = (performance.now() - began) / 1000;
  const peak = process.resourceUsage().maxRSS * 1024;
  const made = await inTransaction(source, { institutionId }, (tx) => store.find(tx, institutionId, id));
  await source.destroy();
  if (made?.state !== 'done') throw new Error(`the report is ${made?.state ?? 'gone'}`);
  const [rows] = made.files.filter(({ name }) => name === 'rows.csv');
  process.send?.({
    rows: made.rowsDone,
    seconds,
    grownMb: (peak - before) / 1e6,
    megabytes: (rows?.bytes ?? 0) / 1e6,
    files: made.files.map(({ name }) => name),
  } satisfies ReportLoad);
});

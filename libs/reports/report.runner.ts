import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { enqueue } from '#outbox';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { Refusal } from '#problem';
import { renderCsv, renderJson, renderPdf, renderXlsx, rowsCsv, type ReportDocument } from '#render';
import { UploadService, type StoredUpload } from '#uploads';
import { Pace, TakenOver } from './pace.ts';
import { REPORT_KINDS, type ReportKinds, type RowsSink } from './report-kind.ts';
import type { Format } from './report.dto.ts';
import { ReportStore, type ReportRecord } from './report.store.ts';
import { scopeOf } from './scope.ts';
import { inSnapshot } from './snapshot.ts';

/** The job that makes a report: `{ reportId }`. */
export const REPORT_REQUESTED = 'report.requested';

const FAULT = {
  code: 'internal',
  detail: 'Something went wrong on our side; the id of the report finds it in our logs. Ask for it again later.',
};

interface MadeFile {
  readonly name: string;
  readonly format: Format;
  readonly upload: StoredUpload;
}

/** Makes a report. An attempt that was cut off is made anew by the next; only one ends the report. */
@Injectable()
export class ReportRunner implements BeforeApplicationShutdown {
  private readonly ending = new AbortController();

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ReportStore) private readonly store: ReportStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(REPORT_KINDS) private readonly kinds: ReportKinds,
  ) {}

  /** The process ends: what runs is begun anew by another worker. */
  beforeApplicationShutdown(): void {
    this.ending.abort(new TakenOver());
  }

  /** Twice at once does no harm: the later attempt takes over. */
  async run(institutionId: string, id: string, isLastTry = false): Promise<void> {
    const inTenant = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(this.database, { institutionId }, work);
    const run = randomUUID();
    const record = await inTenant((tx) => this.store.begin(tx, id, run));
    if (record === null) return;
    const pace = new Pace(this.ending.signal, (done, total) => inTenant((tx) => this.store.touch(tx, id, run, done, total)));
    try {
      const files = await this.make(record, pace);
      pace.check();
      await inTenant(async (tx) => {
        const stored = files.map(({ name, format, upload }) => ({
          name,
          format,
          upload: upload.id,
          bytes: upload.bytes,
          sha256: upload.sha256.toString('hex'),
        }));
        if (!(await this.store.finish(tx, record, run, pace.rows, stored))) return;
        for (const { upload } of files) await this.uploads.finish(tx, upload);
      });
    } catch (error) {
      if (error instanceof TakenOver) {
        if (this.ending.signal.aborted) await inTenant((tx) => enqueue(tx, institutionId, REPORT_REQUESTED, { reportId: id }));
        return;
      }
      // A fault of ours that every try meets: the report ends, and says so, rather than being woken for ever.
      if (isLastTry && !(error instanceof Refusal)) await inTenant((tx) => this.store.fail(tx, id, run, FAULT));
      throw error;
    } finally {
      pace.stop();
    }
  }

  /** Has unfinished reports that nobody works on any more woken; for the sweep. */
  async wakeAbandoned(tx: Tx, staleAfterMs: number): Promise<void> {
    for (const { id, institutionId } of await this.store.takeAbandoned(tx, staleAfterMs))
      await enqueue(tx, institutionId, REPORT_REQUESTED, { reportId: id });
  }

  private async make(record: ReportRecord, pace: Pace): Promise<MadeFile[]> {
    const kind = this.kinds.get(record.kind);
    if (!kind) throw new Error(`nobody makes reports of the kind ${record.kind}`);
    const rows: MadeFile[] = [];
    const document = await inSnapshot(this.database, record.institutionId, async (tx) => {
      const now = this.clock.override ?? (await databaseNow(tx));
      const period = { from: record.from, to: record.to };
      return kind.build(tx, scopeOf(record.institutionId, period, now), this.sink(record, pace, rows));
    });
    const files: MadeFile[] = [];
    for (const format of record.formats) {
      pace.check();
      const name = format === 'csv' ? 'figures.csv' : `report.${format}`;
      files.push({ name, format, upload: await this.uploads.keep(record.institutionId, name, await rendered(document, format)) });
    }
    return [...files, ...rows];
  }

  private sink({ institutionId }: ReportRecord, pace: Pace, made: MadeFile[]): RowsSink {
    return {
      expect: (rows) => pace.expect(rows),
      write: async (file, batches) => {
        const before = pace.rows;
        const columns = file.columns.map(({ id }) => id);
        const upload = await this.uploads.keep(institutionId, file.name, rowsCsv(columns, pace.count(batches)));
        made.push({ name: file.name, format: 'csv', upload });
        return { ...file, rows: pace.rows - before };
      },
    };
  }
}

async function rendered(document: ReportDocument, format: Format): Promise<AsyncIterable<Buffer> | Buffer[]> {
  switch (format) {
    case 'pdf':
      return renderPdf(document);
    case 'xlsx':
      return [await renderXlsx(document)];
    case 'csv':
      return [Buffer.from(renderCsv(document))];
    case 'json':
      return [Buffer.from(renderJson(document))];
  }
}

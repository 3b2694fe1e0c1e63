import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { inTransaction, type Tx } from '#pg';
import { rowsCsv, rowsXlsx, type Cell } from '#render';
import { RunFailure, Runs, type Run } from '#runs';
import { UploadService } from '#uploads';
import { toListItem } from '../complaint/complaint.mapper.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { EXPORT_COLUMNS, toCells } from './export-rows.ts';
import { ExportRooms } from './export.rooms.ts';
import { ExportStore, type ExportRecord } from './export.store.ts';
import type { ListPosition } from '../complaint/listing.service.ts';

export const EXPORT_REQUESTED = 'complaint-export.requested';
export const MOST_ROWS = { csv: 1_000_000, xlsx: 50_000 } as const;
const BATCH = 1000;
const KEPT_MS = 7 * 24 * 3_600_000;

/** Writes the file of an export: read page by page, masked as who asked is shown complaints, noted as read. */
@Injectable()
export class ExportRunner implements BeforeApplicationShutdown {
  readonly runs: Runs;

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ExportStore) private readonly store: ExportStore,
    @Inject(ExportRooms) private readonly rooms: ExportRooms,
    @Inject(UploadService) private readonly uploads: UploadService,
  ) {
    this.runs = new Runs(database, { table: 'complaint_export', topic: EXPORT_REQUESTED, idName: 'exportId' });
  }

  beforeApplicationShutdown(): void {
    this.runs.stop();
  }

  /** Twice at once does no harm: the later run takes over, and what the earlier has written is swept. */
  async run(institutionId: string, id: string, isLastTry = false): Promise<void> {
    await this.runs.carryOut(institutionId, id, isLastTry, async (run) => {
      const record = await run.write((tx) => this.store.work(tx, id));
      if (!record) throw new Error('an export that is not there');
      const progress = { rows: 0 };
      const batches = this.batches(run, record, progress);
      const pieces = record.format === 'csv' ? rowsCsv(EXPORT_COLUMNS, batches) : [await workbook(batches)];
      const stored = await this.uploads.keep(institutionId, `complaints.${record.format}`, pieces);
      await run.write(async (tx) => {
        const now = await this.rooms.reading.now(tx);
        await this.uploads.finish(tx, stored);
        await this.store.keep(tx, id, stored, progress.rows, new Date(now.getTime() + KEPT_MS));
      });
      return { rows: progress.rows };
    });
  }

  private async *batches(run: Run, record: ExportRecord, progress: { rows: number }): AsyncGenerator<Cell[][]> {
    const total = record.ids?.length ?? null;
    let after: ListPosition | null = null;
    for (;;) {
      run.check();
      const page: Page = await inTransaction(this.database, record, (tx) => this.page(tx, record, after, progress.rows));
      progress.rows += page.cells.length;
      if (progress.rows > MOST_ROWS[record.format])
        throw new RunFailure({ code: 'export-too-large', detail: `More than ${MOST_ROWS[record.format]}; narrow the filter.` });
      run.progress(progress.rows, total);
      if (page.cells.length > 0) yield page.cells;
      if (!page.goesOn) return;
      after = page.last;
    }
  }

  private async page(tx: Tx, record: ExportRecord, after: ListPosition | null, done: number): Promise<Page> {
    const principal = principalOf(record);
    const { reading, tags, listing } = this.rooms;
    const now = await reading.now(tx);
    let [records, last]: [ComplaintRecord[], ListPosition | null] = [[], null];
    if (record.ids) records = await this.store.records(tx, record.institutionId, record.ids.slice(done, done + BATCH));
    else ({ records, last } = await listing.select(tx, principal, record.filter ?? {}, now, after, BATCH));
    const goesOn = record.ids ? done + BATCH < record.ids.length : records.length > BATCH;
    const shown = records.slice(0, BATCH);
    const look = { ...reading.readingOf(principal, now), masked: record.masked };
    const ids = shown.map(({ id }) => id);
    const tagged = await tags.ofMany(tx, ids);
    await reading.noteRead(tx, principal, look, ids, ['complainant.name', 'subject', 'export'], record.id);
    return { cells: shown.map((each) => toCells(toListItem(each, look), tagged.get(each.id) ?? [])), last, goesOn };
  }
}

interface Page {
  readonly cells: Cell[][];
  readonly last: ListPosition | null;
  readonly goesOn: boolean;
}

async function workbook(batches: AsyncIterable<readonly Cell[][]>): Promise<Buffer> {
  const rows: Cell[][] = [];
  for await (const batch of batches) rows.push(...batch);
  return rowsXlsx('投诉 Complaints', EXPORT_COLUMNS, rows);
}

const principalOf = ({ institutionId, requestedBy, roles }: ExportRecord): Principal => ({
  subject: requestedBy,
  clientId: null,
  institutionId,
  agencyId: null,
  roles,
});

import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { enqueue } from '#outbox';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { Refusal } from '#problem';
import {
  changesBetween,
  MOST_SHEET_ROWS,
  numbersOf,
  renderCsv,
  renderJson,
  renderPdf,
  renderXlsx,
  rowsCsv,
  suppressed,
  type EvidenceHead,
  type ReportDocument,
  type SheetRows,
} from '#render';
import { UploadService, type StoredUpload } from '#uploads';
import { linesOf } from './figure-rows.ts';
import { Pace, TakenOver } from './pace.ts';
import { contentDigest, digested, PinStore } from './pin.ts';
import { REPORT_KINDS, type ReportKinds, type RowsSink } from './report-kind.ts';
import type { Format } from './report.dto.ts';
import { ReportStore, type MadeReport, type ReportRecord } from './report.store.ts';
import { saidAt, scopeOf } from './scope.ts';
import { evidenceHeadOf, inSnapshot } from './snapshot.ts';

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

interface MadeRows extends MadeFile {
  /** Without the byte order mark. */
  readonly sha256: string;
}

/** Makes a report. An attempt that was cut off is made anew by the next; only one ends the report. */
@Injectable()
export class ReportRunner implements BeforeApplicationShutdown {
  private readonly ending = new AbortController();
  private readonly pins = new PinStore();

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
      const { files, ...made } = await this.make(record, pace);
      pace.check();
      await inTenant(async (tx) => {
        const stored = files.map(({ name, format, upload }) => ({
          name,
          format,
          upload: upload.id,
          bytes: upload.bytes,
          sha256: upload.sha256.toString('hex'),
        }));
        if (!(await this.store.finish(tx, record, run, { ...made, rows: pace.rows, files: stored }))) return;
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

  private async make(record: ReportRecord, pace: Pace): Promise<Omit<MadeReport, 'rows' | 'files'> & { files: MadeFile[] }> {
    const kind = this.kinds.get(record.kind);
    if (!kind) throw new Error(`nobody makes reports of the kind ${record.kind}`);
    const { institutionId } = record;
    const rows: MadeRows[] = [];
    const read = await inSnapshot(this.database, institutionId, async (tx) => {
      const asOf = this.clock.override ?? (await databaseNow(tx));
      const scope = scopeOf(institutionId, { from: record.from, to: record.to }, asOf, record);
      const evidenceHead = await evidenceHeadOf(tx, institutionId);
      return { document: await kind.build(tx, scope, this.sink(record, pace, rows)), asOf, evidenceHead };
    });
    const content = contentDigest(
      read.document,
      record.subject,
      rows.map(({ name, sha256: digest }) => [name, digest] as const),
    );
    const { asOf, evidenceHead } = await inTransaction(this.database, { institutionId }, (tx) =>
      this.pins.pin(tx, institutionId, content, read),
    );
    const counted = { ...read.document, generatedAt: saidAt(asOf, record.timeZone) };
    const isPublic = record.audience === 'public';
    const { document, sha256 } = await this.edition(record, isPublic ? suppressed(counted) : counted, evidenceHead);
    if (isPublic)
      await this.uploads.discard(
        institutionId,
        rows.splice(0).map(({ upload }) => upload),
      );
    const files: MadeFile[] = [];
    const few = await this.fewRows(record, document, rows);
    for (const format of record.formats) {
      pace.check();
      const name = format === 'csv' ? 'figures.csv' : `report.${format}`;
      const bytes = format === 'xlsx' ? [await renderXlsx(document, few)] : rendered(document, format, record, few);
      files.push({ name, format, upload: await this.uploads.keep(institutionId, name, bytes) });
    }
    return { files: [...files, ...rows], numbers: numbersOf(document), asOf, evidenceHead, documentSha256: sha256 };
  }

  /** The document with its version, what it changes, and the digest that every page shows. */
  private async edition(
    record: ReportRecord,
    counted: ReportDocument,
    evidenceHead: EvidenceHead | null,
  ): Promise<{ document: ReportDocument; sha256: string }> {
    const { institutionId, version, audience, subject, corrects, correctionReason } = record;
    const before =
      corrects === null
        ? []
        : await inTransaction(this.database, { institutionId }, (tx) => this.store.numbers(tx, institutionId, corrects));
    const correction =
      corrects === null
        ? null
        : { of: corrects, version: version - 1, reason: correctionReason ?? '', changes: changesBetween(before, numbersOf(counted)) };
    const edition = { version, audience, subject, evidenceHead, correction, sha256: null };
    const sha256 = createHash('sha256')
      .update(renderJson({ ...counted, edition }))
      .digest('hex');
    return { document: { ...counted, edition: { ...edition, sha256 } }, sha256 };
  }

  /** The rows for the sheets of a workbook and for the lists on paper, file by file while there is room. */
  private async fewRows(
    { institutionId, formats }: ReportRecord,
    document: ReportDocument,
    made: readonly MadeFile[],
  ): Promise<SheetRows[]> {
    const sheets: SheetRows[] = [];
    if (!formats.includes('xlsx') && !(formats.includes('pdf') && document.rowFiles.some(({ listed }) => listed))) return sheets;
    let room = MOST_SHEET_ROWS;
    for (const { name, upload } of made) {
      const [columns, ...rows] = await linesOf(this.uploads.source(institutionId, upload.id, upload.bytes).open(), room + 1);
      if (columns === undefined || rows.length > room) continue;
      room -= rows.length;
      sheets.push({ name, columns, rows });
    }
    return sheets;
  }

  private sink({ institutionId, csvBom }: ReportRecord, pace: Pace, made: MadeRows[]): RowsSink {
    return {
      expect: (rows) => pace.expect(rows),
      write: async (file, batches) => {
        const before = pace.rows;
        const columns = file.columns.map(({ id }) => id);
        let sha256 = '';
        const pieces = digested(rowsCsv(columns, pace.count(batches), csvBom), csvBom, (digest) => (sha256 = digest));
        const upload = await this.uploads.keep(institutionId, file.name, pieces);
        made.push({ name: file.name, format: 'csv', upload, sha256 });
        return { ...file, rows: pace.rows - before };
      },
    };
  }
}

function rendered(
  document: ReportDocument,
  format: Exclude<Format, 'xlsx'>,
  { language, csvBom }: ReportRecord,
  few: readonly SheetRows[],
): AsyncIterable<Buffer> | Buffer[] {
  switch (format) {
    case 'pdf':
      return renderPdf(document, language, few);
    case 'csv':
      return [Buffer.from(renderCsv(document, csvBom))];
    case 'json':
      return [Buffer.from(renderJson(document))];
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '#clock';
import { enqueue } from '#outbox';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { FILE_SCAN_DUE, FileService } from './file.service.ts';
import { FileStore, type FileRecord } from './file.store.ts';
import { SCAN_PORT, type ScanPort } from './scan.port.ts';

const BATCH = 200;

const isDue = (file: FileRecord | null): file is FileRecord & { readonly upload: string } =>
  file !== null && file.upload !== null && (file.scanState === 'waiting' || file.scanState === 'not-scanned');

/** Shows files to the scanner. */
@Injectable()
export class ScanService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(FileStore) private readonly store: FileStore,
    @Inject(FileService) private readonly files: FileService,
    @Inject(SCAN_PORT) private readonly scanner: ScanPort,
  ) {}

  /** Once, however often it is woken. Nothing is locked while the scanner looks. Throws ScannerAway. */
  async scan(institutionId: string, id: string): Promise<void> {
    if (!this.scanner.isSetUp) return;
    const file = await inTransaction(this.database, { institutionId }, (tx) => this.store.lock(tx, id));
    if (!isDue(file)) return;
    const result = await this.scanner.scan(this.files.bytesOf(institutionId, file.upload, file.bytes));
    await inTransaction(this.database, { institutionId }, async (tx) => {
      // Another worker may have looked meanwhile.
      if (!isDue(await this.store.lock(tx, id))) return;
      await this.files.scanned(tx, file, result, this.clock.override ?? (await databaseNow(tx)));
    });
  }

  /** Wakes what no scanner has looked at for a while, also what came before there was one. */
  async wake(tx: Tx, staleAfterMs: number): Promise<void> {
    if (!this.scanner.isSetUp) return;
    const now = await databaseNow(tx);
    const waiting = await this.store.unscanned(tx, new Date(now.getTime() - staleAfterMs), BATCH);
    for (const { id, institutionId } of waiting) await enqueue(tx, institutionId, FILE_SCAN_DUE, { institutionId, fileId: id });
  }
}

import type { Principal } from '#auth';
import { UploadService, UploadStore } from '#uploads';
import { FileDesk } from '../src/file/file.desk.ts';
import type { ComplaintFileView } from '../src/file/file.dto.ts';
import { FileService } from '../src/file/file.service.ts';
import { FileStore } from '../src/file/file.store.ts';
import { noScanner, type ScanPort } from '../src/file/scan.port.ts';
import { ScanService } from '../src/file/scan.service.ts';
import { uploadUse } from '../src/uploads.ts';
import { BANK, handler, type Stage } from './stage.ts';

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n');
export const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');

export interface GivenFile {
  readonly bytes?: Buffer;
  readonly fileName?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly by?: Principal;
  readonly key?: string | null;
}

/** Files of complaints on a stage, with the scanner that the test brings. */
export class FileRoom {
  readonly uploads: UploadService;
  readonly files: FileService;
  readonly desk: FileDesk;
  readonly scans: ScanService;

  constructor(
    readonly stage: Stage,
    scanner: ScanPort = noScanner,
  ) {
    const store = new FileStore();
    this.uploads = new UploadService(new UploadStore(stage.source, stage.vault, uploadUse));
    this.files = new FileService(store, this.uploads, stage.timeline, stage.vault, scanner);
    this.desk = new FileDesk(stage.source, stage.reading, this.files, this.uploads, { fileLimitBytes: 1024 * 1024, fileKeptYears: 5 });
    this.scans = new ScanService(stage.source, stage.clock, store, this.files, scanner);
  }

  async add(complaintId: string, given: GivenFile = {}): Promise<ComplaintFileView> {
    const { bytes = PDF, fileName = '通话截图.pdf', fields = { kind: 'evidence' }, by = handler, key = null } = given;
    const upload = await this.uploads.keep(by.institutionId, 'complaint-file', [bytes]);
    return this.desk.take(by, complaintId, { fields, file: { upload, fileName, isNamed: true }, key }, 'request-1');
  }

  async bytes(complaintId: string, fileId: string, how: 'preview' | 'download' = 'download', by: Principal = handler): Promise<Buffer> {
    const file = await this.desk.open(by, { id: complaintId, fileId }, how, 'request-2');
    const pieces: Uint8Array[] = [];
    for await (const piece of file.open()) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  scan(fileId: string): Promise<void> {
    return this.scans.scan(BANK, fileId);
  }
}

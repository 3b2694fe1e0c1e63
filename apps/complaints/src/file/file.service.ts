import { Inject, Injectable } from '@nestjs/common';
import { enqueue } from '#outbox';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { UploadService, type StoredUpload } from '#uploads';
import { Vault } from '#vault';
import { sealNote } from '../complaint/registration.service.ts';
import { TimelineService } from '../timeline/timeline.service.ts';
import type { FileKind } from './file-kinds.ts';
import { FileStore, type FileRecord } from './file.store.ts';
import { FILE_REMOVED, NOT_SCANNED_YET, QUARANTINED, TOO_MANY_FILES } from './file.refusals.ts';
import { SCAN_PORT, type ScanPort, type ScanResult } from './scan.port.ts';
import { sniff } from './file-types.ts';

/** Wakes the worker that shows a file to the scanner. */
export const FILE_SCAN_DUE = 'complaint.file-scan';
/** Of uploads whose own names are kept sealed. */
export const STORED_NAME = 'complaint-file';
const MOST_FILES = 500;

const NAME = 'complaint_file.fileName';

export interface KeptFile {
  readonly institutionId: string;
  readonly complaintId: string;
  readonly kind: FileKind;
  readonly fileName: string;
  /** The bytes of a small file that is made here, or one that was received, with what `typeOf` says that it is. */
  readonly content: Buffer | { readonly upload: StoredUpload; readonly mime: string };
  readonly visibleToComplainant: boolean;
  /** A subject, or `system`. */
  readonly by: string;
}

/** A file to be sent. */
export interface OpenedFile {
  readonly fileName: string;
  readonly mime: string;
  readonly bytes: number;
  readonly sha256: string;
  open(): AsyncIterable<Uint8Array>;
}

/** The files of complaints, for all rooms: kept sealed with hash and type, shown to the scanner, given to nobody when it finds something. */
@Injectable()
export class FileService {
  constructor(
    @Inject(FileStore) private readonly store: FileStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(SCAN_PORT) private readonly scanner: ScanPort,
  ) {}

  /** What the bytes of a received file are; to be asked before the transaction. */
  async typeOf(institutionId: string, upload: StoredUpload): Promise<string> {
    for await (const head of this.uploads.source(institutionId, upload.id, upload.bytes).open())
      return sniff(Buffer.from(head), head.length === upload.bytes);
    return sniff(Buffer.alloc(0), true);
  }

  /** Keeps a file of a complaint that is locked or new, and says so in its timeline. Returns its id. Refuses with TOO_MANY_FILES. */
  async keep(tx: Tx, file: KeptFile, now: Date): Promise<string> {
    const { institutionId, complaintId, kind, visibleToComplainant, by } = file;
    if ((await this.store.count(tx, complaintId)) >= MOST_FILES)
      throw new Refusal(TOO_MANY_FILES, { detail: `A complaint has ${MOST_FILES} files at most.` });
    const { upload, mime } = await this.stored(tx, file);
    const id = await this.store.add(tx, {
      institutionId,
      complaintId,
      kind,
      fileNameSealed: this.vault.seal(file.fileName, NAME),
      mime,
      bytes: upload.bytes,
      sha256: upload.sha256,
      upload: upload.id,
      scanState: this.scanner.isSetUp ? 'waiting' : 'not-scanned',
      visibleToComplainant,
      uploadedBy: by,
      uploadedAt: now,
    });
    if (this.scanner.isSetUp) await enqueue(tx, institutionId, FILE_SCAN_DUE, { institutionId, fileId: id });
    const data = { fileId: id, kind, mime, bytes: upload.bytes, sha256: upload.sha256.toString('hex'), visibleToComplainant };
    await this.timeline.add(tx, institutionId, [{ complaintId, at: now, kind: 'file-added', actor: by, data }]);
    return id;
  }

  /** Those of the complaints, the oldest first. */
  list(tx: Tx, complaintIds: readonly string[]): Promise<FileRecord[]> {
    return this.store.list(tx, complaintIds);
  }

  /** What the complainant may see of the complaints: shown to them, and nothing found in it. */
  async visible(tx: Tx, complaintIds: readonly string[]): Promise<FileRecord[]> {
    const files = await this.store.list(tx, complaintIds);
    return files.filter(
      ({ visibleToComplainant, upload, scanState }) => visibleToComplainant && upload !== null && scanState !== 'infected',
    );
  }

  find(tx: Tx, complaintIds: readonly string[], id: string): Promise<FileRecord | null> {
    return this.store.find(tx, complaintIds, id);
  }

  nameOf({ fileNameSealed }: FileRecord): string {
    return this.vault.open(fileNameSealed, NAME);
  }

  /** To be read outside the transaction. Refuses with QUARANTINED, NOT_SCANNED_YET, FILE_REMOVED. */
  open(file: FileRecord): OpenedFile {
    const { institutionId, upload, bytes, mime, scanState, sha256 } = file;
    if (upload === null) throw new Refusal(FILE_REMOVED);
    if (scanState === 'infected') throw new Refusal(QUARANTINED);
    if (scanState === 'waiting') throw new Refusal(NOT_SCANNED_YET, { retryAfterSeconds: 5 });
    const open = () => this.bytesOf(institutionId, upload, bytes);
    return { fileName: this.nameOf(file), mime, bytes, sha256: sha256.toString('hex'), open };
  }

  /** Takes what the scanner said. What it finds is quarantined at once, and the timeline says so. */
  async scanned(tx: Tx, { id, complaintId, institutionId }: FileRecord, result: ScanResult, now: Date): Promise<void> {
    const finding = result.state === 'clean' ? null : result.finding;
    await this.store.scanned(tx, id, result.state, now, finding);
    if (result.state === 'clean') return;
    const kind = result.state === 'infected' ? 'file-quarantined' : 'file-unscannable';
    await this.timeline.add(tx, institutionId, [{ complaintId, at: now, kind, actor: 'system', data: { fileId: id, finding } }]);
  }

  /** Shows it to the complainant, or no longer. */
  async show(tx: Tx, { id, complaintId, institutionId }: FileRecord, visibleToComplainant: boolean, by: string, now: Date): Promise<void> {
    await this.store.show(tx, id, visibleToComplainant);
    const data = { fileId: id, visibleToComplainant };
    await this.timeline.add(tx, institutionId, [{ complaintId, at: now, kind: 'file-shown', actor: by, data }]);
  }

  /** Removes the bytes of a file that the law no longer asks for; what they were stays. */
  async remove(tx: Tx, file: FileRecord, reason: string, by: string, now: Date): Promise<void> {
    const { id, complaintId, institutionId, upload, sha256 } = file;
    if (upload === null) return;
    await this.store.remove(tx, id, now, by);
    await this.uploads.remove(tx, [upload]);
    const data = { fileId: id, sha256: sha256.toString('hex') };
    const noteSealed = sealNote(this.vault, { reason });
    await this.timeline.add(tx, institutionId, [{ complaintId, at: now, kind: 'file-removed', actor: by, data, noteSealed }]);
  }

  /** For the scanner: whatever was found in it. */
  bytesOf(institutionId: string, upload: string, bytes: number): AsyncIterable<Uint8Array> {
    return this.uploads.source(institutionId, upload, bytes).open();
  }

  private async stored(tx: Tx, { institutionId, content }: KeptFile): Promise<{ upload: StoredUpload; mime: string }> {
    if (!Buffer.isBuffer(content)) {
      await this.uploads.finish(tx, content.upload);
      return content;
    }
    return { upload: await this.uploads.keepIn(tx, institutionId, STORED_NAME, content), mime: await sniff(content, true) };
  }
}

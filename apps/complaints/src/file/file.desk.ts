import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { claimKey, hashOf, rememberResource } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal, UNSUPPORTED_MEDIA } from '#problem';
import { CONFIG } from '#service';
import { UploadService, type ReceivedFile } from '#uploads';
import { isUuid } from '#wire';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { RECUSED } from '../complaint/complaint.refusals.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { FILE_KINDS, isFileKind, type FileKind } from './file-kinds.ts';
import { isTaken, TYPES_IN_WORDS } from './file-types.ts';
import type { ComplaintFileList, ComplaintFileView, FileRemovalRequest, FileVisibilityRequest } from './file.dto.ts';
import { hasPreview, toFileView } from './file.mapper.ts';
import { KEPT_BY_LAW, NO_PREVIEW } from './file.refusals.ts';
import { FileService, STORED_NAME, type OpenedFile } from './file.service.ts';
import type { FileRecord } from './file.store.ts';
import type { FileConfig } from './file.settings.ts';
import { isFree, keptUntil } from './retention.ts';

const FIELDS = ['kind', 'visibleToComplainant'] as const;

/** Which file of which complaint. */
export interface FilePath {
  readonly id: string;
  readonly fileId: string;
}

/** A form that was read whole. */
export interface FileGiven {
  readonly fields: Readonly<Record<string, string>>;
  readonly file: ReceivedFile;
  readonly key: string | null;
}

/** Files as the people of the desk bring and see them. */
@Injectable()
export class FileDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(FileService) private readonly files: FileService,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(CONFIG) private readonly config: Pick<FileConfig, 'fileLimitBytes' | 'fileKeptYears'>,
  ) {}

  /**
   * Takes a form with one file. Refuses with NOT_FOUND, RECUSED, INVALID, TOO_LARGE, UNSUPPORTED_MEDIA (also bytes that are none of the types), UNPARSABLE,
   * TOO_MANY_FILES, IDEMPOTENCY_KEY_REUSED.
   */
  async upload(principal: Principal, complaintId: string, request: FastifyRequest, key: string | null): Promise<ComplaintFileView> {
    const { institutionId } = principal;
    // Nothing is read for what is not there.
    await inTransaction(this.database, principal, async (tx) =>
      refuseRecused(principal, await this.reading.find(tx, principal, complaintId)),
    );
    const limits = { limitBytes: this.config.fileLimitBytes, allowed: FIELDS, most: 1, storedName: STORED_NAME };
    const form = await this.uploads.receiveAll(request, institutionId, limits);
    const [file] = form.files;
    if (!file) throw new Refusal(INVALID, { errors: [{ pointer: '/file', detail: `is needed: ${TYPES_IN_WORDS}` }] });
    return this.take(principal, complaintId, { fields: form.fields, file, key }, request.id);
  }

  /** The same with a form that was received. */
  async take(principal: Principal, complaintId: string, given: FileGiven, requestId: string): Promise<ComplaintFileView> {
    const { institutionId, subject: by } = principal;
    const { fields, file, key } = given;
    const { upload, fileName } = file;
    const input = { ...fields, sha256: upload.sha256.toString('hex') };
    const idempotency = key === null ? null : { key, hash: hashOf(`POST /v1/complaints/${complaintId}/files`, input) };
    const work = async (): Promise<{ view: ComplaintFileView; taken: boolean }> => {
      const { kind, visibleToComplainant } = readFields(fields);
      const mime = await this.files.typeOf(institutionId, upload);
      if (!isTaken(mime)) throw new Refusal(UNSUPPORTED_MEDIA, { detail: `The bytes are none of ${TYPES_IN_WORDS}.` });
      return inTransaction(this.database, principal, async (tx) => {
        const complaint = await this.reading.lock(tx, principal, complaintId);
        refuseRecused(principal, complaint);
        const claim = await claimKey(tx, institutionId, idempotency);
        const kept = { institutionId, complaintId, kind, fileName, content: { upload, mime }, visibleToComplainant, by };
        const id = claim?.resource ?? (await this.files.keep(tx, kept, await this.reading.now(tx)));
        if (!claim) await rememberResource(tx, institutionId, idempotency, id);
        const view = await this.shown(tx, principal, complaint, await this.record(tx, complaint, id), requestId);
        return { view, taken: claim === null };
      });
    };
    return (await this.uploads.handOver(institutionId, upload, work)).view;
  }

  /** All of them, the oldest first. Refuses with NOT_FOUND. */
  async list(principal: Principal, complaintId: string, requestId: string): Promise<ComplaintFileList> {
    return inTransaction(this.database, principal, async (tx) => {
      const complaint = await this.reading.find(tx, principal, complaintId);
      const reading = this.reading.readingOf(principal, complaint.registeredAt);
      const files = await this.files.list(tx, [complaint.id]);
      if (files.length > 0) await this.reading.noteRead(tx, principal, reading, [complaint.id], ['files'], requestId);
      return { items: files.map((file) => toFileView(file, this.files.nameOf(file), complaint, reading)), masked: reading.masked };
    });
  }

  /** The bytes; reading them is recorded. Refuses with NOT_FOUND, QUARANTINED, NOT_SCANNED_YET, FILE_REMOVED, and for a preview with NO_PREVIEW. */
  async open(principal: Principal, { id, fileId }: FilePath, how: 'preview' | 'download', requestId: string): Promise<OpenedFile> {
    return inTransaction(this.database, principal, async (tx) => {
      const complaint = await this.reading.find(tx, principal, id);
      const file = await this.record(tx, complaint, fileId);
      const opened = this.files.open(file);
      if (how === 'preview' && !hasPreview(file)) throw new Refusal(NO_PREVIEW, { detail: `It is ${file.mime}.` });
      const reading = this.reading.readingOf(principal, complaint.registeredAt);
      await this.reading.noteRead(tx, principal, reading, [complaint.id], [`file ${file.id}`], requestId);
      return opened;
    });
  }

  /** Refuses with NOT_FOUND, RECUSED. */
  async show(principal: Principal, path: FilePath, { visibleToComplainant }: FileVisibilityRequest, requestId: string) {
    return this.change(principal, path, requestId, async (tx, file, { now }) => {
      if (file.visibleToComplainant !== visibleToComplainant) await this.files.show(tx, file, visibleToComplainant, principal.subject, now);
    });
  }

  /** Removes the bytes once the law no longer asks for them. Refuses with NOT_FOUND, RECUSED, KEPT_BY_LAW. */
  async remove(principal: Principal, path: FilePath, { reason }: FileRemovalRequest, requestId: string): Promise<ComplaintFileView> {
    return this.change(principal, path, requestId, async (tx, file, { now, complaint }) => {
      const years = this.config.fileKeptYears;
      if (!isFree(complaint, years, now)) {
        const until = keptUntil(complaint, years);
        const detail = until === null ? 'The complaint is open.' : `It is kept until ${until} at least.`;
        throw new Refusal(KEPT_BY_LAW, { detail: `${detail} Files of complaints are kept ${years} years after closing.` });
      }
      await this.files.remove(tx, file, reason, principal.subject, now);
    });
  }

  private change(
    principal: Principal,
    { id, fileId }: FilePath,
    requestId: string,
    work: (tx: Tx, file: FileRecord, at: { readonly now: Date; readonly complaint: ComplaintRecord }) => Promise<void>,
  ): Promise<ComplaintFileView> {
    return inTransaction(this.database, principal, async (tx) => {
      const complaint = await this.reading.lock(tx, principal, id);
      refuseRecused(principal, complaint);
      const now = await this.reading.now(tx);
      await work(tx, await this.record(tx, complaint, fileId), { now, complaint });
      return this.shown(tx, principal, complaint, await this.record(tx, complaint, fileId), requestId);
    });
  }

  private async record(tx: Tx, complaint: ComplaintRecord, id: string): Promise<FileRecord> {
    const found = isUuid(id) ? await this.files.find(tx, [complaint.id], id) : null;
    if (found === null) throw new Refusal(NOT_FOUND, { detail: 'The complaint has no such file.' });
    return found;
  }

  private async shown(tx: Tx, principal: Principal, complaint: ComplaintRecord, file: FileRecord, requestId: string) {
    const reading = this.reading.readingOf(principal, complaint.registeredAt);
    await this.reading.noteRead(tx, principal, reading, [complaint.id], ['files'], requestId);
    return toFileView(file, this.files.nameOf(file), complaint, reading);
  }
}

/** Refuses with RECUSED. */
export function refuseRecused({ subject }: Principal, { staffId }: ComplaintRecord): void {
  if (staffId === subject) throw new Refusal(RECUSED, { detail: `The complaint is about ${subject}.` });
}

function readFields({ kind = '', visibleToComplainant = 'false' }: Readonly<Record<string, string>>): {
  readonly kind: FileKind;
  readonly visibleToComplainant: boolean;
} {
  const errors = [
    ...(isFileKind(kind) ? [] : [{ pointer: '/kind', detail: `must be one of ${FILE_KINDS.join(', ')}` }]),
    ...(['true', 'false'].includes(visibleToComplainant) ? [] : [{ pointer: '/visibleToComplainant', detail: 'must be true or false' }]),
  ];
  if (!isFileKind(kind) || errors.length > 0) throw new Refusal(INVALID, { errors });
  return { kind, visibleToComplainant: visibleToComplainant === 'true' };
}

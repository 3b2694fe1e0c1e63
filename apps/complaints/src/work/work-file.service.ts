import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { claimKey, hashOf, rememberResource } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { FORBIDDEN, INVALID, NOT_FOUND, Refusal, UNSUPPORTED_MEDIA } from '#problem';
import { CONFIG } from '#service';
import { UploadService, type ReceivedFile } from '#uploads';
import { isUuid } from '#wire';
import { FileService, STORED_NAME, type OpenedFile } from '../file/file.service.ts';
import type { FileConfig } from '../file/file.settings.ts';
import { isTaken, TYPES_IN_WORDS } from '../file/file-types.ts';
import { maskText, openData } from '../complaint/sealing.ts';
import type { TaskFileList } from './work-file.dto.ts';
import { WorkDesk, WorkService } from './work.service.ts';
import { WorkStore, type TaskRecord } from './work.store.ts';

/** Where files are kept. */
@Injectable()
export class WorkFiles {
  constructor(
    @Inject(FileService) readonly service: FileService,
    @Inject(UploadService) readonly uploads: UploadService,
    @Inject(CONFIG) private readonly config: Pick<FileConfig, 'fileLimitBytes'>,
  ) {}

  get limitBytes(): number {
    return this.config.fileLimitBytes;
  }
}

/** Files of a task: they are files of the complaint, and whoever is asked sees these and no others. */
@Injectable()
export class WorkFileService {
  constructor(
    @Inject(WorkDesk) private readonly desk: WorkDesk,
    @Inject(WorkStore) private readonly store: WorkStore,
    @Inject(WorkService) private readonly work: WorkService,
    @Inject(WorkFiles) private readonly files: WorkFiles,
  ) {}

  /**
   * Takes a form with one file, from who is asked or from the bank, which so discloses it. Refuses with NOT_FOUND, RECUSED for people of the bank, FORBIDDEN,
   * INVALID, TOO_LARGE, UNSUPPORTED_MEDIA, UNPARSABLE, TOO_MANY_FILES, IDEMPOTENCY_KEY_REUSED.
   */
  async upload(principal: Principal, id: string, request: FastifyRequest, key: string | null): Promise<TaskFileList> {
    // Nothing is read for what is not there.
    await inTransaction(this.desk.database, principal, (tx) => this.found(tx, principal, id));
    const limits = { limitBytes: this.files.limitBytes, allowed: [], most: 1, storedName: STORED_NAME };
    const { files } = await this.files.uploads.receiveAll(request, principal.institutionId, limits);
    const [file] = files;
    if (!file) throw new Refusal(INVALID, { errors: [{ pointer: '/file', detail: `is needed: ${TYPES_IN_WORDS}` }] });
    return this.take(principal, id, file, key, request.id);
  }

  /** The same with a file that was received. */
  async take(
    principal: Principal,
    id: string,
    { upload, fileName }: ReceivedFile,
    key: string | null,
    requestId: string,
  ): Promise<TaskFileList> {
    const { institutionId, subject: by, agencyId } = principal;
    const input = { sha256: upload.sha256.toString('hex') };
    const idempotency = key === null ? null : { key, hash: hashOf(`POST /v1/work-tasks/${id}/files`, input) };
    const work = async (): Promise<{ view: TaskFileList; taken: boolean }> => {
      const mime = await this.files.service.typeOf(institutionId, upload);
      if (!isTaken(mime)) throw new Refusal(UNSUPPORTED_MEDIA, { detail: `The bytes are none of ${TYPES_IN_WORDS}.` });
      return inTransaction(this.desk.database, principal, async (tx) => {
        const { complaintId } = await this.found(tx, principal, id);
        const { reading } = this.desk;
        await (agencyId === null ? reading.lock(tx, principal, complaintId) : reading.lockAsParty(tx, principal, complaintId));
        const claim = await claimKey(tx, institutionId, idempotency);
        if (!claim) {
          const task = await this.found(tx, principal, id);
          const now = await reading.now(tx);
          await this.refuseStranger(tx, principal, task, now);
          const content = { upload, mime };
          const kept = { institutionId, complaintId, kind: 'evidence' as const, fileName, content, visibleToComplainant: false, by };
          const file = await this.files.service.keep(tx, kept, now);
          await this.store.addFile(tx, institutionId, { taskId: id, fileId: file, by, at: now });
          await rememberResource(tx, institutionId, idempotency, file);
        }
        return { view: await this.show(tx, principal, await this.found(tx, principal, id), requestId), taken: claim === null };
      });
    };
    return (await this.files.uploads.handOver(institutionId, upload, work)).view;
  }

  /** Refuses with NOT_FOUND. */
  async list(principal: Principal, id: string, requestId: string): Promise<TaskFileList> {
    return inTransaction(this.desk.database, principal, async (tx) =>
      this.show(tx, principal, await this.found(tx, principal, id), requestId),
    );
  }

  /** The bytes; reading them is recorded. Refuses with NOT_FOUND, also for a file of the complaint that is not the task's, QUARANTINED, NOT_SCANNED_YET, FILE_REMOVED. */
  async open(principal: Principal, id: string, fileId: string, requestId: string): Promise<OpenedFile> {
    return inTransaction(this.desk.database, principal, async (tx) => {
      const task = await this.found(tx, principal, id);
      const ids = await this.store.fileIds(tx, task.id);
      const file = ids.includes(fileId) ? await this.files.service.find(tx, [task.complaintId], fileId) : null;
      if (file === null) throw new Refusal(NOT_FOUND, { detail: 'The task has no such file.' });
      await this.noteRead(tx, principal, task, `file ${fileId}`, requestId);
      return this.files.service.open(file);
    });
  }

  /** Who is asked while he is, and the desk. */
  private async refuseStranger(tx: Tx, principal: Principal, task: TaskRecord, now: Date): Promise<void> {
    const isDesk = principal.agencyId === null && principal.roles.some((role) => role.startsWith('complaint-'));
    if (task.state !== 'open' || (!isDesk && !(await this.work.mayAnswer(tx, principal, task, now))))
      throw new Refusal(FORBIDDEN, { detail: 'Files are added by who is asked and by the desk, while the task is open.' });
  }

  private async found(tx: Tx, { institutionId, agencyId }: Principal, id: string): Promise<TaskRecord> {
    const task = isUuid(id) ? await this.store.find(tx, institutionId, agencyId, id) : null;
    if (task === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such task for you.' });
    return task;
  }

  private async noteRead(tx: Tx, principal: Principal, { complaintId }: TaskRecord, field: string, requestId: string): Promise<void> {
    const { reading } = this.desk;
    const how = reading.readingOf(principal, await reading.now(tx));
    // People of an agency are no readers of complaints, but these they read as they are.
    await reading.noteRead(tx, principal, principal.agencyId === null ? how : { ...how, masked: false }, [complaintId], [field], requestId);
  }

  private async show(tx: Tx, principal: Principal, task: TaskRecord, requestId: string): Promise<TaskFileList> {
    const ids = await this.store.fileIds(tx, task.id);
    if (ids.length === 0) return { items: [] };
    await this.noteRead(tx, principal, task, 'task-files', requestId);
    const { reading, vault } = this.desk;
    const record = await reading.find(tx, principal, task.complaintId);
    const isMasked = principal.agencyId === null && reading.readingOf(principal, record.registeredAt).masked;
    const zone = Zone.of(record.timeZone);
    const files = (await this.files.service.list(tx, [task.complaintId])).filter(({ id }) => ids.includes(id));
    return {
      items: files.map((file) => ({
        id: file.id,
        fileName: isMasked ? maskText(this.files.service.nameOf(file), openData(vault, record)) : this.files.service.nameOf(file),
        mime: file.mime,
        bytes: file.bytes,
        sha256: file.sha256.toString('hex'),
        scanState: file.scanState,
        addedBy: file.uploadedBy,
        addedAt: zone.format(file.uploadedAt.getTime()),
      })),
    };
  }
}

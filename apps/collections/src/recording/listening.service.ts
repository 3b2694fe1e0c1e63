import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { inTransaction, type Tx } from '#pg';
import { FORBIDDEN, NOT_FOUND, Refusal } from '#problem';
import { UploadService } from '#uploads';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { CaseService } from '../case/case.service.ts';
import { RegisterDesk } from '../case/register-desk.ts';
import type { RecordingListRequest, RecordingView } from './recording.dto.ts';
import { DESTROYED, KEPT_ELSEWHERE } from './recording.refusals.ts';
import { RecordingStore, type RecordingRecord } from './recording.store.ts';
import { mayListen, toRecordingView } from './recording.view.ts';

const DEFAULT_LIMIT = 50;

/** A file as it is played. */
export interface Playback {
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  /** From one byte to another, both included. */
  open(from: number, to: number): AsyncIterable<Buffer>;
}

/** Shows recordings, and plays them; who heard what is recorded. */
@Injectable()
export class ListeningService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(RegisterDesk) private readonly desk: RegisterDesk,
    @Inject(RecordingStore) private readonly store: RecordingStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(CaseService) private readonly cases: CaseService,
  ) {}

  /** The newest first. Refuses with NOT_FOUND, INVALID for a cursor that is not ours. */
  async list(principal: Principal, caseId: string, request: RecordingListRequest): Promise<Page<RecordingView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const before = decodeCursor(request.cursor, isUuid);
    const attemptId = request.attemptId ?? null;
    if (attemptId !== null && !isUuid(attemptId)) return { items: [], nextCursor: null };
    return inTransaction(this.database, principal, async (tx) => {
      const { caseUuid } = await this.desk.caseOf(tx, principal, caseId);
      const now = await this.desk.now(tx);
      const rows = await this.store.list(tx, principal, { caseUuid, attemptId, before, limit });
      return toPage(
        rows,
        limit,
        ({ id }) => id,
        (row) => toRecordingView(row, principal, now),
      );
    });
  }

  /** Refuses with NOT_FOUND. */
  async find(principal: Principal, id: string): Promise<RecordingView> {
    return inTransaction(this.database, principal, async (tx) =>
      toRecordingView(await this.recordOf(tx, principal, id), principal, await this.desk.now(tx)),
    );
  }

  /** Opens a recording that is kept here. Refuses with NOT_FOUND, FORBIDDEN for one that is another collector's, DESTROYED, KEPT_ELSEWHERE. */
  async open(principal: Principal, id: string, requestId: string): Promise<Playback> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const record = await this.recordOf(tx, principal, id);
      const { upload, bytes, mediaType, sha256, destroyedAt } = record;
      if (!mayListen(principal, record)) throw new Refusal(FORBIDDEN, { detail: 'A collector hears only what they recorded themselves.' });
      if (destroyedAt) throw new Refusal(DESTROYED, { detail: `It was destroyed at ${destroyedAt.toISOString()}.` });
      if (upload === null || bytes === null) throw new Refusal(KEPT_ELSEWHERE, { detail: 'Its `uri` says where.' });
      await this.cases.noteShown(tx, principal, { resource: 'recording', ids: [id], fields: ['content'] }, requestId);
      return { mediaType, bytes, sha256, open: (from, to) => this.uploads.slice(institutionId, upload, from, to) };
    });
  }

  private async recordOf(tx: Tx, principal: Principal, id: string): Promise<RecordingRecord> {
    const record = await this.store.find(tx, principal, id);
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such recording here.' });
    return record;
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { UploadService } from '#uploads';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import type { ExportRequest, ExportView } from './export.dto.ts';
import { EXPORT_EXPIRED, EXPORT_NOT_READY } from './export.refusals.ts';
import { ExportRooms } from './export.rooms.ts';
import { ExportRunner } from './export.runner.ts';
import { ExportStore, type ExportRecord } from './export.store.ts';

const DEFAULT_LIMIT = 50;

/** A file to be fetched. */
export interface ExportFile {
  readonly record: ExportRecord;
  open(): AsyncIterable<Buffer>;
}

/** Lists as files, for whoever asked for them, as long as they are kept. */
@Injectable()
export class ExportService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ExportStore) private readonly store: ExportStore,
    @Inject(ExportRunner) private readonly runner: ExportRunner,
    @Inject(ExportRooms) private readonly rooms: ExportRooms,
    @Inject(UploadService) private readonly uploads: UploadService,
  ) {}

  /** Refuses with INVALID, IDEMPOTENCY_KEY_REUSED. */
  async request(principal: Principal, { format, filter, ids }: ExportRequest, idempotency: IdempotentRequest | null): Promise<ExportView> {
    if (filter && ids) throw new Refusal(INVALID, { errors: [{ pointer: '/ids', detail: 'give either ids or filter' }] });
    const wrong = (ids ?? []).flatMap((id, at) => (isUuid(id) ? [] : [{ pointer: `/ids/${at}`, detail: 'is not the id of a complaint' }]));
    if (wrong.length > 0) throw new Refusal(INVALID, { errors: wrong.slice(0, 20) });
    const { institutionId, subject, roles } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return toView(await this.mine(tx, principal, claim.resource), await this.rooms.reading.now(tx));
      const now = await this.rooms.reading.now(tx);
      const { masked } = this.rooms.reading.readingOf(principal, now);
      const asked = filter ? Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')) : null;
      const id = await this.store.insert(tx, {
        institutionId,
        format,
        filter: asked,
        ids: ids ?? null,
        roles,
        masked,
        requestedBy: subject,
      });
      await this.runner.runs.wake(tx, institutionId, id);
      await rememberResource(tx, institutionId, idempotency, id);
      return toView(await this.mine(tx, principal, id), now);
    });
  }

  /** Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: { limit?: number; cursor?: string }): Promise<Page<ExportView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const before = decodeCursor(request.cursor, isUuid);
    return inTransaction(this.database, principal, async (tx) => {
      const now = await this.rooms.reading.now(tx);
      return toPage(
        await this.store.list(tx, principal.institutionId, principal.subject, before, limit),
        limit,
        ({ id }) => id,
        (record) => toView(record, now),
      );
    });
  }

  /** Refuses with NOT_FOUND, also for another's. */
  find(principal: Principal, id: string): Promise<ExportView> {
    return inTransaction(this.database, principal, async (tx) =>
      toView(await this.mine(tx, principal, id), await this.rooms.reading.now(tx)),
    );
  }

  /** Stops it where it is; there is no file then. Refuses with NOT_FOUND. */
  cancel(principal: Principal, id: string): Promise<ExportView> {
    return inTransaction(this.database, principal, async (tx) => {
      await this.mine(tx, principal, id);
      await this.runner.runs.cancel(tx, id);
      return toView(await this.mine(tx, principal, id), await this.rooms.reading.now(tx));
    });
  }

  /** Noted each time. Refuses with NOT_FOUND, EXPORT_NOT_READY, EXPORT_EXPIRED. */
  async file(principal: Principal, id: string): Promise<ExportFile> {
    const record = await inTransaction(this.database, principal, async (tx) => {
      const found = await this.mine(tx, principal, id);
      const now = await this.rooms.reading.now(tx);
      if (found.state !== 'done') throw new Refusal(EXPORT_NOT_READY, { detail: `It is ${found.state}.` });
      if (!isThere(found, now)) throw new Refusal(EXPORT_EXPIRED);
      await this.store.noteDownload(tx, found, now);
      return found;
    });
    return { record, open: () => this.uploads.source(principal.institutionId, record.upload ?? '', record.bytes ?? 0).open() };
  }

  private async mine(tx: Tx, { institutionId, subject }: Principal, id: string): Promise<ExportRecord> {
    const record = isUuid(id) ? await this.store.find(tx, institutionId, subject, id) : null;
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such export of yours.' });
    return record;
  }
}

const isThere = ({ state, upload, expiresAt }: ExportRecord, now: Date): boolean =>
  state === 'done' && upload !== null && expiresAt !== null && expiresAt > now;

function toView(record: ExportRecord, now: Date): ExportView {
  const zone = Zone.of(DEFAULT_TIME_ZONE);
  const { id, format, state, filter, masked, progress, failure, rows, bytes, sha256, createdAt, expiresAt } = record;
  return {
    id,
    format,
    state,
    filter,
    masked,
    progress: progress && { done: progress.done, total: progress.total },
    failure: failure?.detail ?? null,
    rows,
    bytes,
    sha256: sha256 && sha256.toString('hex'),
    createdAt: zone.format(createdAt.getTime()),
    expiresAt: expiresAt && zone.format(expiresAt.getTime()),
    available: isThere(record, now),
  };
}

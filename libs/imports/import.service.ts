import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { claimKey, hashOf, rememberResource } from '#idempotency';
import { enqueue } from '#outbox';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { isUuid } from '#wire';
import { CONFIG, type ServiceConfig } from '#service';
import { UploadService } from '#uploads';
import { IMPORT_KINDS, type ImportKinds } from './import-kind.ts';
import type { ImportAnswer } from './import.dto.ts';
import { IMPORT_REQUESTED } from './import.runner.ts';
import { ImportStore, type ImportRecord, type RowFault } from './import.store.ts';

@Injectable()
export class ImportService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Pick<ServiceConfig, 'uploadLimitBytes'>,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(ImportStore) private readonly store: ImportStore,
    @Inject(IMPORT_KINDS) private readonly kinds: ImportKinds,
  ) {}

  /** Takes a file in and has it imported. Refuses with INVALID, TOO_LARGE, UNSUPPORTED_MEDIA, UNPARSABLE, IDEMPOTENCY_KEY_REUSED. */
  async create(principal: Principal, request: FastifyRequest, key: string | null): Promise<ImportAnswer> {
    const { institutionId, agencyId } = principal;
    const { fields, upload, fileName } = await this.uploads.receive(request, institutionId, this.config.uploadLimitBytes, ['kind']);
    const { kind } = fields;
    const idempotency = key === null ? null : { key, hash: hashOf('POST /v1/imports', { kind, sha256: upload.sha256.toString('hex') }) };
    const create = async (tx: Tx): Promise<{ record: ImportRecord; taken: boolean }> => {
      if (kind === undefined || !this.kinds.has(kind))
        throw new Refusal(INVALID, { errors: [{ pointer: '/kind', detail: `must be one of ${[...this.kinds.keys()].join(', ')}` }] });
      const claim = await claimKey(tx, institutionId, idempotency);
      const seen = claim && (await this.store.find(tx, institutionId, claim.resource));
      if (seen) return { record: seen, taken: false };
      await this.uploads.finish(tx, upload);
      const requestedBy = principal.subject;
      const created = await this.store.create(tx, {
        institutionId,
        kind,
        upload: upload.id,
        uploadBytes: upload.bytes,
        agencyId,
        fileName,
        requestedBy,
      });
      await rememberResource(tx, institutionId, idempotency, created.id);
      await enqueue(tx, institutionId, IMPORT_REQUESTED, { importId: created.id });
      return { record: created, taken: true };
    };
    const { record } = await this.uploads.handOver(institutionId, upload, () => inTransaction(this.database, principal, create));
    return toView(record, []);
  }

  /** Refuses with NOT_FOUND. */
  async find(principal: Principal, id: string): Promise<ImportAnswer> {
    return inTransaction(this.database, principal, async (tx) => {
      const record = isUuid(id) ? await this.store.find(tx, principal.institutionId, id) : null;
      if (record === null || (principal.agencyId !== null && record.agencyId !== principal.agencyId)) {
        throw new Refusal(NOT_FOUND, { detail: 'There is no such import here.' });
      }
      return toView(record, await this.store.faults(tx, id));
    });
  }
}

function toView(record: ImportRecord, faults: readonly RowFault[]): ImportAnswer {
  const { rowsTotal, rowsDone, inserted, updated, unchanged, rejected } = record;
  const failure = record.failure === null ? [] : [record.failure];
  return {
    id: record.id,
    kind: record.kind,
    fileName: record.fileName,
    state: record.state,
    rows: { total: rowsTotal, done: rowsDone, inserted, updated, unchanged, rejected },
    bytes: { total: record.uploadBytes, done: record.bytesDone },
    errors: [...failure, ...faults].map(({ row, column, code, detail }) => ({ row, column, code, detail })),
    createdAt: record.createdAt.toISOString(),
    finishedAt: record.finishedAt?.toISOString() ?? null,
  };
}

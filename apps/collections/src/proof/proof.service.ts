import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { hashOf } from '#idempotency';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { UploadService, type StoredUpload } from '#uploads';
import { Vault } from '#vault';
import { ActService } from '../act/act.service.ts';
import { RegisterDesk } from '../case/register-desk.ts';
import { PROVEN, type ProofListView, type ProofView, type Proven } from './proof.dto.ts';
import { ProofStore, type ProofRecord } from './proof.store.ts';

const FILE_NAME = 'proof.fileName';
const LIMIT_BYTES = 25 * 1024 * 1024;
const MEDIA: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  txt: 'text/plain',
};
const zone = Zone.of(DEFAULT_TIME_ZONE);

/** Files that prove something on a case: sealed, with their hash, each reading recorded. */
@Injectable()
export class ProofService {
  constructor(
    @Inject(RegisterDesk) private readonly desk: RegisterDesk,
    @Inject(ProofStore) private readonly store: ProofStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with NOT_FOUND, INVALID, TOO_LARGE, UNSUPPORTED_MEDIA, IDEMPOTENCY_KEY_REUSED. */
  async add(principal: Principal, caseId: string, http: FastifyRequest, key: string | null): Promise<ProofView> {
    const { institutionId } = principal;
    const { fields, upload, fileName } = await this.uploads.receive(http, institutionId, LIMIT_BYTES, ['resource']);
    return (
      await this.uploads.handOver(institutionId, upload, () =>
        this.keep(principal, caseId, { resource: fields['resource'] ?? '', upload, fileName, key }),
      )
    ).view;
  }

  /** Refuses with NOT_FOUND. */
  list(principal: Principal, caseId: string): Promise<ProofListView> {
    return this.desk.once(principal, null, async (tx) => {
      const { caseUuid } = await this.desk.caseOf(tx, principal, caseId);
      return { items: (await this.store.ofCase(tx, caseUuid)).map((record) => this.toView(record)) };
    });
  }

  /** The bytes. Refuses with NOT_FOUND. */
  async open(principal: Principal, id: string, requestId: string): Promise<{ view: ProofView; pieces: AsyncIterable<Buffer> }> {
    const { institutionId, agencyId, subject, clientId } = principal;
    const record = await this.desk.once(principal, null, async (tx) => {
      const found = await this.store.find(tx, institutionId, agencyId, id);
      if (found === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such file here.' });
      await this.store.noteRead(tx, { institutionId, subject, clientId, id, requestId });
      return found;
    });
    return { view: this.toView(record), pieces: this.uploads.source(institutionId, record.upload, record.bytes).open() };
  }

  private async keep(
    principal: Principal,
    caseId: string,
    { resource, upload, fileName, key }: { resource: string; upload: StoredUpload; fileName: string; key: string | null },
  ): Promise<{ view: ProofView; taken: boolean }> {
    const { institutionId, subject: by } = principal;
    const [kind = '', of = ''] = resource.split('/');
    if (!isProven(kind)) throw notOfCase(`must be ${PROVEN.map((one) => `${one}/<id>`).join(', ')}`);
    const idempotency =
      key === null ? null : { key, hash: hashOf('POST /v1/cases/proofs', { caseId, resource, sha256: upload.sha256.toString('hex') }) };
    let taken = false;
    const view = await this.desk.once(principal, idempotency, async (tx) => {
      const { caseUuid } = await this.desk.caseOf(tx, principal, caseId);
      if (!(await this.store.isOfCase(tx, caseUuid, kind, of))) throw notOfCase('is nothing of this case');
      const at = await this.desk.now(tx);
      await this.uploads.finish(tx, upload);
      const mediaType = MEDIA[fileName.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
      const fileNameSealed = this.vault.seal(fileName, FILE_NAME);
      const { id: file, bytes, sha256 } = upload;
      const id = await this.store.add(tx, {
        institutionId,
        caseUuid,
        resource,
        upload: file,
        fileNameSealed,
        mediaType,
        bytes,
        sha256,
        by,
        at,
      });
      const detail = { resource, bytes, sha256: sha256.toString('hex') };
      await this.acts.note(tx, principal, { action: 'proof-added', resource: id, caseUuid, detail }, at);
      taken = true;
      const [record] = (await this.store.ofCase(tx, caseUuid)).filter((one) => one.id === id);
      if (!record) throw new Error('the proof was not stored');
      return this.toView(record);
    });
    return { view, taken };
  }

  private toView(record: ProofRecord): ProofView {
    return {
      id: record.id,
      resource: record.resource,
      fileName: this.vault.open(Buffer.from(record.fileNameSealed), FILE_NAME),
      mediaType: record.mediaType,
      bytes: record.bytes,
      sha256: record.sha256,
      addedBy: record.addedBy,
      addedAt: zone.format(record.addedAt.getTime()),
    };
  }
}

const isProven = (kind: string): kind is Proven => (PROVEN as readonly string[]).includes(kind);
const notOfCase = (detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer: '/resource', detail }] });

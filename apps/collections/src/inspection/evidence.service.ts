import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '#auth';
import { claimKey, hashOf, rememberResource } from '#idempotency';
import type { Tx } from '#pg';
import { Refusal } from '#problem';
import { CONFIG } from '#service';
import { UploadService } from '#uploads';
import { isUuid } from '#wire';
import type { CollectionsConfig } from '../config.ts';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { invalid, notFound } from '../oversight/oversight.refusals.ts';
import type { FileView } from './finding.dto.ts';
import { FindingStore, type FileRecord } from './finding.store.ts';
import { InspectionDesk, toFile } from './inspection.desk.ts';
import { NOT_OPEN, NOT_UNDER_WAY } from './inspection.refusals.ts';

export interface EvidenceFile {
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: Buffer;
  open(): AsyncIterable<Buffer>;
}

/** Pictures and papers of inspections and rectifications, each with its SHA-256. */
@Injectable()
export class EvidenceService {
  constructor(
    @Inject(OversightDesk) private readonly oversight: OversightDesk,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(InspectionDesk) private readonly desk: InspectionDesk,
    @Inject(FindingStore) private readonly store: FindingStore,
    @Inject(CONFIG) private readonly config: CollectionsConfig,
  ) {}

  /** Of the inspection, or of a finding: the bank's until the finding is accepted, the agency's to what it reports. Refuses with NOT_FOUND, NOT_OPEN, NOT_UNDER_WAY, INVALID, and as an upload does. */
  async add(principal: Principal, inspection: string, request: FastifyRequest, key: string | null): Promise<FileView> {
    const { institutionId } = principal;
    // Nothing is read of a file that nobody may send.
    await this.oversight.read(principal, (tx) => this.desk.inspection(tx, principal, inspection));
    const { fields, upload, fileName } = await this.uploads.receive(request, institutionId, this.config.uploadLimitBytes, ['finding']);
    const finding = fields.finding ?? null;
    const said = { inspection, finding, fileName, sha256: upload.sha256.toString('hex') };
    const idempotency = key === null ? null : { key, hash: hashOf('POST /v1/inspections/{id}/files', said) };
    const { view } = await this.uploads.handOver(institutionId, upload, () =>
      this.oversight.read(principal, async (tx) => {
        const claim = await claimKey(tx, institutionId, idempotency);
        if (claim) return { view: await this.fileView(tx, principal, inspection, claim.resource), taken: false };
        await this.check(tx, principal, inspection, finding);
        await this.uploads.finish(tx, upload);
        const addedAt = await this.oversight.now(tx);
        const { id: stored, bytes, sha256 } = upload;
        const file = { inspection, finding, upload: stored, fileName, bytes, sha256, addedAt };
        const id = await this.store.addFile(tx, institutionId, {
          ...file,
          byAgency: principal.agencyId !== null,
          addedBy: principal.subject,
        });
        await rememberResource(tx, institutionId, idempotency, id);
        return { view: await this.fileView(tx, principal, inspection, id), taken: true };
      }),
    );
    return view;
  }

  /** Refuses with NOT_FOUND. */
  async file(principal: Principal, inspection: string, id: string): Promise<EvidenceFile> {
    const { upload, ...file } = await this.oversight.read(principal, (tx) => this.record(tx, principal, inspection, id));
    return { ...file, open: () => this.uploads.source(principal.institutionId, upload, file.bytes).open() };
  }

  private async check(tx: Tx, principal: Principal, inspection: string, findingId: string | null): Promise<void> {
    const { state } = await this.desk.inspection(tx, principal, inspection, { lock: true });
    if (findingId === null) {
      if (principal.agencyId !== null) throw invalid('/finding', 'say which finding it belongs to');
      if (state !== 'under-way') throw new Refusal(NOT_UNDER_WAY, { detail: `It is ${state}.` });
      return;
    }
    const finding = await this.desk.finding(tx, principal, findingId);
    if (finding.inspection !== inspection) throw invalid('/finding', 'is no finding of this inspection');
    if (finding.state === 'accepted') throw new Refusal(NOT_OPEN, { detail: 'It is accepted: nothing is added any more.' });
  }

  private async fileView(tx: Tx, principal: Principal, inspection: string, id: string): Promise<FileView> {
    return toFile(await this.record(tx, principal, inspection, id));
  }

  private async record(tx: Tx, principal: Principal, inspection: string, id: string): Promise<FileRecord> {
    await this.desk.inspection(tx, principal, inspection);
    const found = isUuid(id) ? (await this.store.files(tx, inspection)).find((one) => one.id === id) : undefined;
    // What the bank gathered of the inspection as a whole stays the bank's.
    if (found === undefined || (principal.agencyId !== null && found.finding === null)) throw notFound('file');
    return found;
  }
}

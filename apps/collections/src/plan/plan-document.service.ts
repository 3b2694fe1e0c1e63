import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '#auth';
import { hashOf, type IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { UploadService, type StoredUpload } from '#uploads';
import { isInstant } from '#wire';
import { RecordingService } from '../recording/recording.service.ts';
import { AgreementService } from './agreement.service.ts';
import { PlanDesk } from './plan-desk.ts';
import { PlanHolds } from './plan-holds.ts';
import type { Asking } from './plan.service.ts';
import type { OralAgreementRequest, PlanDetailView } from './plan.dto.ts';

const DOCUMENT_LIMIT_BYTES = 20 * 1024 * 1024;
const SHOWN_TYPES = new Set(['application/pdf', 'image/jpeg', 'image/png']);

/** A signed paper as it is read back. */
export interface SignedDocument {
  readonly caseId: string;
  /** What its bytes say, where that is a paper or a picture of one. */
  readonly mediaType: string;
  readonly pieces: AsyncIterable<Buffer>;
}

/** How an agreement is proved: signed paper, or a recording of what was said (CC11 70), kept until the debt is cleared. */
@Injectable()
export class PlanDocumentService {
  constructor(
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(RecordingService) private readonly recordings: RecordingService,
    @Inject(PlanDesk) private readonly desk: PlanDesk,
    @Inject(PlanHolds) private readonly holds: PlanHolds,
    @Inject(AgreementService) private readonly agreements: AgreementService,
  ) {}

  /**
   * Takes the signed agreement in and makes the plan active. Refuses with NOT_FOUND, INVALID, PLAN_STATE, PLAN_STALE, TOO_LARGE, UNSUPPORTED_MEDIA,
   * UNPARSABLE, IDEMPOTENCY_KEY_REUSED, UNAVAILABLE.
   */
  async sign(principal: Principal, id: string, request: FastifyRequest, key: string | null): Promise<PlanDetailView> {
    const { institutionId } = principal;
    const { fields, upload } = await this.uploads.receive(request, institutionId, DOCUMENT_LIMIT_BYTES, ['agreedAt']);
    return this.take(principal, id, { agreedAt: fields.agreedAt, upload, key, requestId: request.id });
  }

  /** The same with a file that is here already. */
  async take(
    principal: Principal,
    id: string,
    given: {
      readonly agreedAt: string | undefined;
      readonly upload: StoredUpload;
      readonly key: string | null;
      readonly requestId: string;
    },
  ): Promise<PlanDetailView> {
    const { institutionId } = principal;
    const { agreedAt, upload, key, requestId } = given;
    const hash = hashOf(`POST /v1/plans/${id}/signature`, { agreedAt, sha256: upload.sha256.toString('hex') });
    const idempotency: IdempotentRequest | null = key === null ? null : { key, hash };
    let taken = false;
    const work = async (tx: Tx): Promise<string> => {
      if (!isInstant(agreedAt))
        throw new Refusal(INVALID, {
          errors: [{ pointer: '/agreedAt', detail: 'must be an instant with its offset, such as 2026-11-21T21:59:59+08:00' }],
        });
      await this.uploads.finish(tx, upload);
      const evidence = { agreedAt: new Date(agreedAt), upload: upload.id, documentSha256: upload.sha256, recording: null };
      await this.agreements.activate(tx, principal, id, evidence);
      taken = true;
      return id;
    };
    const { view } = await this.uploads.handOver(institutionId, upload, async () => {
      const shown = await this.desk.repayment.once(principal, idempotency, work, (tx) => this.desk.show(tx, principal, id, requestId));
      return { view: shown, taken };
    });
    return view;
  }

  /** The signed paper as it came; that it was read is recorded first. Refuses with NOT_FOUND, also where nothing was signed. */
  async open(principal: Principal, id: string, requestId: string): Promise<SignedDocument> {
    const { institutionId } = principal;
    const read = async (tx: Tx): Promise<{ upload: string; caseId: string }> => {
      const found = await this.desk.find(tx, principal, id);
      if (found.upload === null) throw new Refusal(NOT_FOUND, { detail: 'Nothing was signed on paper for this plan.' });
      await this.desk.repayment.noteShown(tx, principal, { resource: 'plan', ids: [id], fields: ['document'] }, requestId);
      return { upload: found.upload, caseId: found.caseId };
    };
    const { upload, caseId } = await this.desk.repayment.once(principal, null, () => Promise.resolve(id), read);
    const said = await this.uploads.typeOf(institutionId, upload);
    const mediaType = said !== null && SHOWN_TYPES.has(said) ? said : 'application/octet-stream';
    return { caseId, mediaType, pieces: this.uploads.source(institutionId, upload, 0).open() };
  }

  /** Refuses with NOT_FOUND, INVALID (no recording of this case), PLAN_STATE, PLAN_STALE, IDEMPOTENCY_KEY_REUSED, UNAVAILABLE. */
  agreeOrally(
    { principal, idempotency, requestId }: Asking,
    id: string,
    { recordingId, agreedAt }: OralAgreementRequest,
  ): Promise<PlanDetailView> {
    const work = async (tx: Tx): Promise<string> => {
      const { caseUuid } = await this.desk.lock(tx, principal, id, ['approved']);
      const bound =
        (await this.holds.isRecordingOf(tx, recordingId, caseUuid)) && (await this.recordings.bindToDebt(tx, recordingId, caseUuid));
      if (!bound)
        throw new Refusal(INVALID, {
          errors: [{ pointer: '/recordingId', detail: 'must be a recording of this case', source: 'CC11 70' }],
        });
      await this.agreements.activate(tx, principal, id, {
        agreedAt: new Date(agreedAt),
        upload: null,
        documentSha256: null,
        recording: recordingId,
      });
      return id;
    };
    return this.desk.repayment.once(principal, idempotency, work, (tx) => this.desk.show(tx, principal, id, requestId));
  }
}

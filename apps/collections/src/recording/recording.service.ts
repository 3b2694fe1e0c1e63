import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { claimKey, hashOf, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { CONFIG } from '#service';
import { UploadService, type StoredUpload } from '#uploads';
import { RegisterDesk } from '../case/register-desk.ts';
import type { CollectionsConfig } from '../config.ts';
import { keepUntil, USUAL_YEARS } from './keep-until.ts';
import { RECORDING_KINDS, type RecordingKind, type RecordingReferenceRequest, type RecordingView } from './recording.dto.ts';
import { NOT_A_RECORDING } from './recording.refusals.ts';
import { RecordingStore, type AttemptRef } from './recording.store.ts';
import { toRecordingView } from './recording.view.ts';

/** What a telephone, a dialer or a camera makes: WAV, MP3, Ogg and Opus, M4A, FLAC, WebM, MP4. As their first bytes say. */
const MEDIA: ReadonlySet<string> = new Set([
  'audio/wav',
  'audio/mpeg',
  'audio/ogg',
  'audio/opus',
  'audio/mp4',
  'audio/x-m4a',
  'audio/m4a',
  'audio/flac',
  'audio/x-flac',
  'audio/webm',
  'video/webm',
  'video/mp4',
  'video/quicktime',
]);
const SKEW_MS = 60_000;
const FIELDS = ['attemptId', 'caseId', 'kind', 'recordedAt'];

/** What a recording is of. */
interface Subject {
  readonly attemptId?: string | undefined;
  readonly caseId?: string | undefined;
  readonly kind?: string | undefined;
  readonly recordedAt?: string | undefined;
}

/** A recording as it is: here, or elsewhere. */
interface Media {
  readonly mediaType: string;
  readonly bytes: number | null;
  readonly sha256: Buffer;
  readonly upload: StoredUpload | null;
  readonly uri: string | null;
}

/** Takes recordings of contacts in. */
@Injectable()
export class RecordingService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Pick<CollectionsConfig, 'recordingLimitBytes'>,
    @Inject(RegisterDesk) private readonly desk: RegisterDesk,
    @Inject(RecordingStore) private readonly store: RecordingStore,
    @Inject(UploadService) private readonly uploads: UploadService,
  ) {}

  /**
   * Keeps a file, sealed; the same file of the same contact is kept once. Refuses with NOT_FOUND, INVALID, NOT_A_RECORDING, TOO_LARGE, UNSUPPORTED_MEDIA,
   * UNPARSABLE, IDEMPOTENCY_KEY_REUSED.
   */
  async receive(principal: Principal, request: FastifyRequest, key: string | null): Promise<RecordingView> {
    const { institutionId } = principal;
    const { recordingLimitBytes } = this.config;
    const form = await this.uploads.receive(request, institutionId, recordingLimitBytes, FIELDS, 'a recording of sound or film');
    return this.take(principal, form.fields, form.upload, key);
  }

  /** Keeps a file that is here already. Refuses with NOT_FOUND, INVALID, NOT_A_RECORDING, IDEMPOTENCY_KEY_REUSED. */
  async take(principal: Principal, subject: Subject, upload: StoredUpload, key: string | null): Promise<RecordingView> {
    const { institutionId } = principal;
    const hash = { ...subject, sha256: upload.sha256.toString('hex') };
    const idempotency = key === null ? null : { key, hash: hashOf('POST /v1/recordings', hash) };
    const { view } = await this.uploads.handOver(institutionId, upload, async () => {
      const mediaType = await this.uploads.typeOf(institutionId, upload.id);
      if (mediaType === null || !MEDIA.has(mediaType))
        throw new Refusal(NOT_A_RECORDING, {
          detail: `Its bytes say ${mediaType ?? 'nothing that is known'}; send WAV, MP3, Ogg, Opus, M4A, FLAC, WebM or MP4.`,
        });
      return this.keep(principal, subject, { mediaType, bytes: upload.bytes, sha256: upload.sha256, upload, uri: null }, idempotency);
    });
    return view;
  }

  /** Notes where a recording is kept, and its hash. Refuses with NOT_FOUND, INVALID, IDEMPOTENCY_KEY_REUSED. */
  async refer(principal: Principal, request: RecordingReferenceRequest, idempotency: IdempotentRequest | null): Promise<RecordingView> {
    const { uri, mediaType = 'audio/wav' } = request;
    if (!isAddress(uri)) throw invalid('/uri', 'must be an address of https, s3, sftp or file');
    if (!/^(audio|video)\/[\w.+-]+$/.test(mediaType)) throw invalid('/mediaType', 'must be a type of sound or film, such as audio/wav');
    const media = { mediaType, bytes: null, sha256: Buffer.from(request.sha256, 'hex'), upload: null, uri };
    return (await this.keep(principal, request, media, idempotency)).view;
  }

  /** Keeps it until the debt of the case is cleared, whatever its term: an oral plan's. Whether there is such a recording and it is not destroyed. */
  async bindToDebt(tx: Tx, recordingId: string, caseUuid: string): Promise<boolean> {
    return this.store.bind(tx, recordingId, caseUuid);
  }

  private async keep(
    principal: Principal,
    subject: Subject,
    media: Media,
    idempotency: IdempotentRequest | null,
  ): Promise<{ view: RecordingView; taken: boolean }> {
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      if (claim) return { view: await this.view(tx, principal, claim.resource), taken: false };
      const { attempt, caseUuid } = await this.subjectOf(tx, principal, subject);
      const now = await this.desk.now(tx);
      const recordedAt = madeAt(subject.recordedAt, attempt, now);
      const kind = kindOf(subject.kind, attempt);
      const keepYears = (await this.store.terms(tx, institutionId)).find((term) => term.kind === kind)?.keepYears ?? USUAL_YEARS;
      const recordedOn = Zone.of(await this.store.zoneOf(tx, caseUuid))
        .format(recordedAt.getTime())
        .slice(0, 10);
      const attemptId = attempt === null ? null : (subject.attemptId ?? null);
      if (media.upload) await this.uploads.finish(tx, media.upload);
      const made = await this.store.add(tx, {
        ...media,
        upload: media.upload?.id ?? null,
        institutionId,
        caseUuid,
        attemptId,
        agencyId: attempt ? attempt.agencyId : principal.agencyId,
        kind,
        recordedAt,
        recordedOn,
        keepYears,
        keepUntil: keepUntil(recordedOn, keepYears),
        createdBy: principal.subject,
        createdAt: now,
      });
      const id = made ?? (await this.store.findSame(tx, attemptId, media.sha256)) ?? '';
      await rememberResource(tx, institutionId, idempotency, id);
      return { view: await this.view(tx, principal, id), taken: made !== null && media.upload !== null };
    });
  }

  private async view(tx: Tx, principal: Principal, id: string): Promise<RecordingView> {
    const record = await this.store.find(tx, principal, id);
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such recording here.' });
    return toRecordingView(record, principal, await this.desk.now(tx));
  }

  private async subjectOf(
    tx: Tx,
    principal: Principal,
    { attemptId, caseId }: Subject,
  ): Promise<{ attempt: AttemptRef | null; caseUuid: string }> {
    const found = caseId === undefined ? null : await this.desk.caseOf(tx, principal, caseId);
    if (attemptId === undefined) {
      if (found === null) throw invalid('/attemptId', 'is needed, or `caseId` where the recording is of no contact');
      return { attempt: null, caseUuid: found.caseUuid };
    }
    const attempt = await this.store.findAttempt(tx, principal, attemptId);
    if (attempt === null)
      throw new Refusal(NOT_FOUND, {
        detail: 'There is no such contact attempt here.',
        errors: [{ pointer: '/attemptId', detail: 'is not known here' }],
      });
    if (!attempt.permitted) throw invalid('/attemptId', 'was refused, so it was not made and has no recording; give `caseId` alone');
    if (found && found.caseUuid !== attempt.caseUuid) throw invalid('/caseId', 'is another case than that of the contact; leave it out');
    return { attempt, caseUuid: attempt.caseUuid };
  }
}

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });

const isAddress = (uri: string): boolean => /^(https|s3|sftp|file):\/\/\S+$/.test(uri) && URL.canParse(uri);

function kindOf(given: string | undefined, attempt: AttemptRef | null): RecordingKind {
  const found = RECORDING_KINDS.find((kind) => kind === given);
  if (given !== undefined && found === undefined) throw invalid('/kind', `must be one of ${RECORDING_KINDS.join(', ')}`);
  return found ?? (attempt?.channel === 'visit' ? 'visit' : 'voice');
}

/** When it was made: not before the contact was permitted, and not ahead of us. */
function madeAt(given: string | undefined, attempt: AttemptRef | null, now: Date): Date {
  if (given !== undefined && !/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(given))
    throw invalid('/recordedAt', 'must be an instant with its offset');
  const at = given === undefined ? (attempt?.at ?? now) : new Date(given);
  if (Number.isNaN(at.getTime())) throw invalid('/recordedAt', 'must be an instant with its offset');
  if (at.getTime() > now.getTime() + SKEW_MS) throw invalid('/recordedAt', 'is in the future');
  return at;
}

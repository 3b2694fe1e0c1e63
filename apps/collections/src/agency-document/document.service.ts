import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { fileTypeFromBuffer } from 'file-type';
import type { Principal } from '#auth';
import { hashOf } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal, UNSUPPORTED_MEDIA, type FieldError } from '#problem';
import { CONFIG } from '#service';
import { UploadService, type ReceivedForm } from '#uploads';
import { decodeCursor, isLocalDate, isUuid, toPage, type Page } from '#wire';
import { ActService } from '../act/act.service.ts';
import { AgencyDesk, agencyInstant, agencyResource } from '../agency/agency-desk.ts';
import type { CollectionsConfig } from '../config.ts';
import { DOCUMENT_KINDS, DOCUMENT_TYPES } from './document-kinds.ts';
import type { AgencyDocumentView, DocumentListRequest } from './document.dto.ts';
import { DocumentStore, type DocumentRecord } from './document.store.ts';

const DEFAULT_LIMIT = 50;
const MAX_TITLE = 200;
const FIELDS = ['kind', 'title', 'validUntil'] as const;

/** A file to be sent, and what it is. */
export interface DocumentFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: string;
  open(): AsyncIterable<Uint8Array>;
}

/** The documents of an agency: versions are never changed, each with the hash of its bytes. */
@Injectable()
export class DocumentService {
  constructor(
    @Inject(AgencyDesk) private readonly desk: AgencyDesk,
    @Inject(DocumentStore) private readonly store: DocumentStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(CONFIG) private readonly config: Pick<CollectionsConfig, 'documentLimitBytes'>,
  ) {}

  /**
   * Takes a form with one file: the next version of its kind and title. Refuses with NOT_FOUND, INVALID, TOO_LARGE, UNSUPPORTED_MEDIA (also bytes that
   * are none of the types), UNPARSABLE, IDEMPOTENCY_KEY_REUSED.
   */
  async upload(principal: Principal, agencyId: string, request: FastifyRequest, key: string | null): Promise<AgencyDocumentView> {
    const form = await this.uploads.receive(request, principal.institutionId, this.config.documentLimitBytes, FIELDS);
    return this.take(principal, agencyId, form, key);
  }

  /** The same with a form that was received. */
  async take(
    principal: Principal,
    agencyId: string,
    { fields, upload, fileName }: ReceivedForm,
    key: string | null,
  ): Promise<AgencyDocumentView> {
    const { institutionId, subject: uploadedBy } = principal;
    const sha256 = upload.sha256.toString('hex');
    const idempotency = key === null ? null : { key, hash: hashOf(`POST /v1/agencies/${agencyId}/documents`, { ...fields, sha256 }) };
    let taken = false;
    const work = async (): Promise<{ view: AgencyDocumentView; taken: boolean }> => {
      const { kind, title, validUntil } = checkFields(fields);
      const contentType = await this.typeOf(institutionId, upload.id, upload.bytes);
      const view = await this.desk.change(
        principal,
        { agencyId, idempotency },
        async (tx, { now }) => {
          await this.uploads.finish(tx, upload);
          const file = { upload: upload.id, fileName, contentType, bytes: upload.bytes, sha256: upload.sha256 };
          const id = await this.store.add(tx, { institutionId, agencyId, kind, title, validUntil, uploadedBy, uploadedAt: now, ...file });
          const detail = { kind, title, sha256, validUntil };
          await this.acts.note(tx, principal, { action: 'agency-document', resource: agencyResource(agencyId), detail }, now);
          taken = true;
          return id;
        },
        async (tx, id) => toView(await this.record(tx, institutionId, agencyId, id)),
      );
      return { view, taken };
    };
    return (await this.uploads.handOver(institutionId, upload, work)).view;
  }

  /** The newest first. Refuses with NOT_FOUND, INVALID for a cursor that is not ours. */
  async list(principal: Principal, agencyId: string, request: DocumentListRequest): Promise<Page<AgencyDocumentView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    const { institutionId } = principal;
    return this.desk.read(principal, agencyId, async (tx) =>
      toPage(
        await this.store.list(tx, { institutionId, agencyId, kind: request.kind ?? null, after, limit }),
        limit,
        ({ id }) => id,
        toView,
      ),
    );
  }

  /** Reading one is recorded: it may show names. Refuses with NOT_FOUND. */
  async file(principal: Principal, agencyId: string, id: string, requestId: string): Promise<DocumentFile> {
    const { institutionId } = principal;
    return this.desk.read(principal, agencyId, async (tx) => {
      const { fileName, contentType, bytes, sha256, upload } = await this.record(tx, institutionId, agencyId, id);
      await this.desk.noteRead(tx, principal, agencyId, requestId, [`document ${id}`]);
      const open = () => this.uploads.source(institutionId, upload, bytes).open();
      return { fileName, contentType, bytes, sha256: sha256.toString('hex'), open };
    });
  }

  /** What kind of document of the agency it is, null where there is none; for other rooms. */
  async kindOf(tx: Tx, institutionId: string, agencyId: string, id: string): Promise<string | null> {
    return isUuid(id) ? ((await this.store.find(tx, institutionId, agencyId, id))?.kind ?? null) : null;
  }

  private async record(tx: Tx, institutionId: string, agencyId: string, id: string): Promise<DocumentRecord> {
    const found = isUuid(id) ? await this.store.find(tx, institutionId, agencyId, id) : null;
    if (found === null) throw new Refusal(NOT_FOUND, { detail: 'The agency has no such document.' });
    return found;
  }

  private async typeOf(institutionId: string, upload: string, bytes: number): Promise<string> {
    for await (const head of this.uploads.source(institutionId, upload, bytes).open()) {
      const found = await fileTypeFromBuffer(head);
      if (found && found.mime in DOCUMENT_TYPES) return found.mime;
      break;
    }
    throw new Refusal(UNSUPPORTED_MEDIA, { detail: `The bytes are none of ${Object.values(DOCUMENT_TYPES).join(', ')}.` });
  }
}

function checkFields({ kind = '', title = '', validUntil = '' }: Readonly<Record<string, string>>) {
  const errors: FieldError[] = [];
  const known = DOCUMENT_KINDS.find((each) => each === kind);
  if (!known) errors.push({ pointer: '/kind', detail: `must be one of ${DOCUMENT_KINDS.join(', ')}` });
  const name = title.trim();
  if (name === '' || name.length > MAX_TITLE || /\p{Cc}/u.test(name))
    errors.push({ pointer: '/title', detail: `must have 1 to ${MAX_TITLE} characters, on one line` });
  if (validUntil !== '' && !isLocalDate(validUntil)) errors.push({ pointer: '/validUntil', detail: 'must be a date such as 2026-11-21' });
  if (!known || errors.length > 0) throw new Refusal(INVALID, { errors });
  return { kind: known, title: name, validUntil: validUntil || null };
}

const toView = (record: DocumentRecord): AgencyDocumentView => ({
  id: record.id,
  kind: record.kind,
  title: record.title,
  version: record.version,
  isNewest: record.isNewest,
  fileName: record.fileName,
  contentType: record.contentType,
  bytes: record.bytes,
  sha256: record.sha256.toString('hex'),
  validUntil: record.validUntil,
  uploadedBy: record.uploadedBy,
  uploadedAt: agencyInstant(record.uploadedAt),
});

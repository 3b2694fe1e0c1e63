import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { inTransaction } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { UploadService, type StoredUpload } from '#uploads';
import { CaseService } from '../case/case.service.ts';
import { happened } from '../case/instants.ts';
import { PHOTO_PLACES, type VisitView } from './visit.dto.ts';
import { NO_ENTRY_CONSENT, NOT_A_PHOTO, NOT_ARRIVED, VISIT_OVER } from './visit.refusals.ts';
import { VisitService } from './visit.service.ts';
import { VisitStore } from './visit.store.ts';
import { withoutPlaces } from './without-places.ts';

const MOST_BYTES = 25 * 1024 * 1024;

/** A photo as it is shown. */
export interface ShownPhoto {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** Photos of visits. They are kept as they were taken, sealed; shown without what the camera notes of place and time. */
@Injectable()
export class PhotoService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(VisitService) private readonly visits: VisitService,
    @Inject(VisitStore) private readonly store: VisitStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(CaseService) private readonly cases: CaseService,
  ) {}

  /** Refuses with NOT_FOUND, INVALID, NOT_A_PHOTO, NOT_ARRIVED, NO_ENTRY_CONSENT, VISIT_OVER, TOO_LARGE, UNSUPPORTED_MEDIA, UNPARSABLE. */
  async receive(principal: Principal, id: string, request: FastifyRequest): Promise<VisitView> {
    const form = await this.uploads.receive(request, principal.institutionId, MOST_BYTES, ['place', 'takenAt'], 'a photo, JPEG or PNG');
    return this.take(principal, id, form.fields, form.upload, request.id);
  }

  /** The same, of a file that is here already; the same photo again is kept once. */
  async take(
    principal: Principal,
    id: string,
    fields: { readonly place?: string; readonly takenAt?: string },
    upload: StoredUpload,
    requestId: string,
  ): Promise<VisitView> {
    const { institutionId, subject: by } = principal;
    const { view } = await this.uploads.handOver(institutionId, upload, async () => {
      const place = PHOTO_PLACES.find((one) => one === (fields.place ?? 'outside'));
      if (place === undefined) throw invalid('/place', `must be one of ${PHOTO_PLACES.join(', ')}`);
      if (fields.takenAt !== undefined && Number.isNaN(Date.parse(fields.takenAt)))
        throw invalid('/takenAt', 'must be an instant with its offset');
      const mediaType = await this.typeOf(institutionId, upload);
      return inTransaction(this.database, principal, async (tx) => {
        const visit = await this.visits.recordOf(tx, principal, id, await this.cases.now(tx), true);
        const at = await this.cases.now(tx);
        if (visit.state === 'done') throw new Refusal(VISIT_OVER, { detail: 'Its outcome is reported.' });
        if (!visit.arrivedAt) throw new Refusal(NOT_ARRIVED, { detail: 'Note the arrival first.' });
        if (place === 'inside' && !visit.enteredAt)
          throw new Refusal(NO_ENTRY_CONSENT, {
            detail: 'Note who asked you in, and where that is recorded, before you keep what is inside.',
          });
        await this.uploads.finish(tx, upload);
        const takenAt = happened('/takenAt', fields.takenAt, at);
        const { bytes, sha256 } = upload;
        const made = await this.store.addPhoto(tx, {
          institutionId,
          visit: id,
          upload: upload.id,
          mediaType,
          bytes,
          sha256,
          place,
          takenAt,
          by,
          at,
        });
        const record = await this.visits.recordOf(tx, principal, id, at);
        return { view: await this.visits.shown(tx, principal, record, requestId), taken: made !== null };
      });
    });
    return view;
  }

  /** Refuses with NOT_FOUND. */
  async show(principal: Principal, id: string, photoId: string, requestId: string): Promise<ShownPhoto> {
    const { institutionId } = principal;
    const photo = await inTransaction(this.database, principal, async (tx) => {
      await this.visits.recordOf(tx, principal, id, await this.cases.now(tx));
      const found = await this.store.findPhoto(tx, id, photoId);
      if (found === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such photo here.' });
      await this.cases.noteShown(tx, principal, { resource: 'visit-photo', ids: [photoId], fields: ['content'] }, requestId);
      return found;
    });
    const bytes = withoutPlaces(photo.mediaType, await this.read(institutionId, photo.upload, photo.bytes));
    if (bytes === null) throw new Error('a photo that was whole is not');
    return { mediaType: photo.mediaType, bytes };
  }

  private async read(institutionId: string, upload: string, bytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.uploads.slice(institutionId, upload, 0, bytes)) parts.push(part);
    return Buffer.concat(parts);
  }

  /** A whole picture of a type that can be shown without its notes. */
  private async typeOf(institutionId: string, upload: StoredUpload): Promise<string> {
    const mediaType = await this.uploads.typeOf(institutionId, upload.id);
    const whole = mediaType !== null && withoutPlaces(mediaType, await this.read(institutionId, upload.id, upload.bytes)) !== null;
    if (mediaType === null || !whole)
      throw new Refusal(NOT_A_PHOTO, { detail: `Its bytes say ${mediaType ?? 'nothing that is known'}; send a whole JPEG or PNG.` });
    return mediaType;
  }
}

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });

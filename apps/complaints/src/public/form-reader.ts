import { Inject, Injectable, type Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Refusal, UNSUPPORTED_MEDIA, validationPipe } from '#problem';
import { CONFIG } from '#service';
import { UploadService, type ReceivedFile } from '#uploads';
import type { BroughtFile } from '../addition/addition.service.ts';
import type { ComplaintsConfig } from '../config.ts';
import { FileService, STORED_NAME } from '../file/file.service.ts';
import { isTaken, TYPES_IN_WORDS } from '../file/file-types.ts';
import type { FileLimits } from './form-page.ts';

const MOST_FILES = 10;
// 10,000 Chinese characters.
const FIELD_BYTES = 40_000;

/** What came: a form with files, or JSON without. */
export interface Came {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files: readonly BroughtFile[];
}

const pipe = validationPipe();

/** Reads what strangers send; what nobody takes in the end is thrown away. */
@Injectable()
export class FormReader {
  readonly limits: FileLimits;

  constructor(
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(FileService) private readonly files: FileService,
    @Inject(CONFIG) config: Pick<ComplaintsConfig, 'publicFileLimitBytes'>,
  ) {
    this.limits = { most: MOST_FILES, limitBytes: config.publicFileLimitBytes };
  }

  /**
   * Reads the request and does the work with it. Files go unless the work says that it took them. Refuses with INVALID, TOO_LARGE, UNSUPPORTED_MEDIA,
   * UNPARSABLE, and as the work does.
   */
  async within<T extends { readonly taken: boolean }>(
    request: FastifyRequest,
    institutionId: string,
    allowed: readonly string[],
    work: (came: Came) => Promise<T>,
  ): Promise<T> {
    if (!request.isMultipart()) return work({ fields: fieldsOf(request.body), files: [] });
    const form = { limitBytes: this.limits.limitBytes, allowed, most: MOST_FILES, fieldBytes: FIELD_BYTES, storedName: STORED_NAME };
    const { fields, files } = await this.uploads.receiveAll(request, institutionId, form);
    let taken = false;
    try {
      // A form sends empty texts for what nobody wrote.
      const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
      const result = await work({ fields: filled, files: await this.typed(institutionId, files) });
      ({ taken } = result);
      return result;
    } finally {
      // What cannot be removed now is swept a day later; the answer is about the work.
      const left = files.map(({ upload }) => upload);
      if (!taken) await this.uploads.discard(institutionId, left).catch(() => undefined);
    }
  }

  /** Refuses with INVALID, naming the fields. */
  async check<T>(metatype: Type<T>, fields: unknown): Promise<T> {
    return (await pipe.transform(fields, { type: 'body', metatype })) as T;
  }

  private async typed(institutionId: string, files: readonly ReceivedFile[]): Promise<BroughtFile[]> {
    const typed: BroughtFile[] = [];
    for (const { upload, fileName } of files) {
      const mime = await this.files.typeOf(institutionId, upload);
      if (!isTaken(mime)) throw new Refusal(UNSUPPORTED_MEDIA, { detail: `${fileName}: the bytes are none of ${TYPES_IN_WORDS}.` });
      typed.push({ upload, fileName, mime });
    }
    return typed;
  }
}

const fieldsOf = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};

import { createHash } from 'node:crypto';
import type { MultipartFile } from '@fastify/multipart';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { fileTypeFromBuffer } from 'file-type';
import type { Tx } from '#pg';
import { INVALID, Refusal, TOO_LARGE, UNPARSABLE, UNSUPPORTED_MEDIA } from '#problem';
import type { TableSource } from '#tabular';
import { UploadStore, type StoredUpload } from './upload.store.ts';

export interface ReceivedForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly upload: StoredUpload;
  readonly fileName: string;
}

/** What a form with files may be. */
export interface FormLimits {
  /** Of each file. */
  readonly limitBytes: number;
  readonly allowed: readonly string[];
  /** How many files. */
  readonly most: number;
  readonly fieldBytes?: number;
  /** What the stored bytes are called where the name itself is personal and kept sealed elsewhere. */
  readonly storedName?: string;
}

export interface ReceivedFile {
  readonly upload: StoredUpload;
  readonly fileName: string;
  readonly isNamed: boolean;
}

export interface ReceivedForms {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly ReceivedFile[];
}

const CHUNK_BYTES = 1024 * 1024;
// Boundaries and the other parts of the form.
const FORM_OVERHEAD = 64 * 1024;

/** Receives multipart forms with one file, streaming it into the store in flat memory. */
@Injectable()
export class UploadService {
  constructor(@Inject(UploadStore) private readonly store: UploadStore) {}

  /**
   * Reads the whole form. Fields that are not allowed are refused by name.
   * Refuses with UNSUPPORTED_MEDIA, TOO_LARGE, INVALID, UNPARSABLE; then nothing of the file is kept.
   */
  async receive(
    request: FastifyRequest,
    institutionId: string,
    limitBytes: number,
    allowed: readonly string[],
    what = 'a CSV or XLSX file',
  ): Promise<ReceivedForm> {
    const { fields, files } = await this.receiveAll(request, institutionId, { limitBytes, allowed, most: 1 });
    const [file] = files;
    if (!file) throw new Refusal(INVALID, { errors: [{ pointer: '/file', detail: `is needed: ${what}` }] });
    return { fields, upload: file.upload, fileName: file.fileName };
  }

  /** The same with any number of files, none included; a file input that was left empty is no file. */
  async receiveAll(request: FastifyRequest, institutionId: string, form: FormLimits): Promise<ReceivedForms> {
    const { limitBytes, allowed, most, fieldBytes = 4096, storedName } = form;
    if (!request.isMultipart())
      throw new Refusal(UNSUPPORTED_MEDIA, { detail: 'Send multipart/form-data with the fields and one file in "file".' });
    const tooLarge = (): Refusal =>
      new Refusal(TOO_LARGE, { detail: `The file is larger than ${limitBytes} bytes. ${this.store.use.whenTooLarge}` });
    const overhead = FORM_OVERHEAD + fieldBytes * allowed.length;
    if (Number(request.headers['content-length'] ?? 0) > limitBytes * most + overhead) throw tooLarge();
    const fields: Record<string, string> = {};
    const files: ReceivedFile[] = [];
    try {
      const limits = { fileSize: limitBytes + 1, files: most + 1, fields: 20 + allowed.length, fieldSize: fieldBytes };
      for await (const part of request.parts({ limits })) {
        if (part.type === 'field') {
          if (!allowed.includes(part.fieldname)) throw unknownField(part.fieldname, allowed);
          // A field that is sent again is a list.
          const before = fields[part.fieldname];
          fields[part.fieldname] = before === undefined ? String(part.value) : `${before},${String(part.value)}`;
          continue;
        }
        if (part.fieldname !== 'file') throw unknownField(part.fieldname, allowed);
        if (files.length === most) throw tooMany(most);
        const fileName = nameOf(part);
        const upload = await this.keep(institutionId, storedName ?? fileName, upTo(limitBytes, part.file, tooLarge));
        files.push({ upload, fileName, isNamed: Boolean(part.filename) });
      }
      const empty = files.filter(({ upload }) => upload.bytes === 0);
      if (empty.some(({ isNamed }) => isNamed) || (most === 1 && empty.length > 0))
        throw new Refusal(INVALID, { errors: [{ pointer: '/file', detail: 'is empty' }] });
      for (const { upload } of empty) await this.store.discard(institutionId, upload.id);
      return { fields, files: files.filter(({ upload }) => upload.bytes > 0) };
    } catch (error) {
      for (const { upload } of files) await this.store.discard(institutionId, upload.id);
      throw asRefusal(error, tooLarge);
    }
  }

  /** Does the work for which the file came. It goes when that fails, or says that it did not take it. */
  async handOver<T extends { readonly taken: boolean }>(institutionId: string, upload: StoredUpload, work: () => Promise<T>): Promise<T> {
    let taken = false;
    try {
      const result = await work();
      taken = result.taken;
      return result;
    } finally {
      // What cannot be removed now is swept a day later; the answer is about the work.
      if (!taken) await this.store.discard(institutionId, upload.id).catch(() => undefined);
    }
  }

  /** Says in the transaction that refers to the file that it is whole. */
  finish(tx: Tx, upload: StoredUpload): Promise<void> {
    return this.store.finish(tx, upload);
  }

  /** What the first bytes say that the file is, whatever its name: a media type without parameters; null: nothing that is known. */
  async typeOf(institutionId: string, upload: string): Promise<string | null> {
    for await (const piece of this.store.source(institutionId, upload, 0).open()) {
      const found = await fileTypeFromBuffer(piece);
      return found?.mime.split(';')[0] ?? null;
    }
    return null;
  }

  /** The bytes from one place to another, that one included. */
  async *slice(institutionId: string, upload: string, from: number, to: number): AsyncGenerator<Buffer> {
    let at = 0;
    for await (const piece of this.store.source(institutionId, upload, 0).open()) {
      if (at > to) return;
      if (at + piece.length > from) yield Buffer.from(piece.subarray(Math.max(0, from - at), to + 1 - at));
      at += piece.length;
    }
  }

  /** Removes a file in the transaction that ends the last reference to it. */
  remove(tx: Tx, uploads: readonly string[]): Promise<void> {
    return this.store.remove(tx, uploads);
  }

  /** The bytes, to be read as often as needed. */
  source(institutionId: string, upload: string, bytes: number): TableSource {
    return this.store.source(institutionId, upload, bytes);
  }

  /** Removes the files of finished work at once and abandoned ones after a day; returns how many. */
  sweep(): Promise<number> {
    return this.store.sweep();
  }

  /** Keeps a small file that is made here, in the transaction that refers to it. */
  async keepIn(tx: Tx, institutionId: string, storedName: string, bytes: Buffer): Promise<StoredUpload> {
    const pieces = Array.from({ length: Math.ceil(bytes.length / CHUNK_BYTES) }, (_, n) =>
      bytes.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES),
    );
    const sha256 = createHash('sha256').update(bytes).digest();
    return {
      id: await this.store.keepIn(tx, institutionId, storedName, { pieces, bytes: bytes.length, sha256 }),
      bytes: bytes.length,
      sha256,
    };
  }

  /** Removes files that nothing refers to, whose work did not come about. */
  async discard(institutionId: string, uploads: readonly StoredUpload[]): Promise<void> {
    for (const { id } of uploads) await this.store.discard(institutionId, id);
  }

  /** Keeps a file that is made here, not received. */
  async keep(institutionId: string, fileName: string, pieces: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<StoredUpload> {
    const id = await this.store.begin(institutionId, fileName);
    const hash = createHash('sha256');
    let [seq, bytes, waiting, waitingBytes]: [number, number, Buffer[], number] = [0, 0, [], 0];
    const flush = async (): Promise<void> => {
      if (waitingBytes === 0) return;
      const chunk = Buffer.concat(waiting);
      [waiting, waitingBytes] = [[], 0];
      await this.store.append(institutionId, id, seq, chunk);
      seq += 1;
    };
    try {
      for await (const piece of pieces) {
        hash.update(piece);
        bytes += piece.length;
        waiting.push(piece);
        waitingBytes += piece.length;
        if (waitingBytes >= CHUNK_BYTES) await flush();
      }
      await flush();
    } catch (error) {
      await this.store.discard(institutionId, id);
      throw error;
    }
    return { id, bytes, sha256: hash.digest() };
  }
}

const tooMany = (most: number): Refusal =>
  new Refusal(INVALID, { errors: [{ pointer: '/file', detail: most === 1 ? 'send one file at a time' : `send ${most} files at most` }] });

/** Refuses at the first byte too many: the parser would read the rest before it says so. */
async function* upTo(limitBytes: number, pieces: AsyncIterable<Buffer>, tooLarge: () => Refusal): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > limitBytes) throw tooLarge();
    yield piece;
  }
}

// A name is only shown; PostgreSQL keeps no NUL in one.
const nameOf = (part: MultipartFile): string =>
  (part.filename || 'file')
    .replaceAll(/\p{Cc}/gu, '_')
    .toWellFormed()
    .slice(-200);

const unknownField = (name: string, allowed: readonly string[]): Refusal =>
  new Refusal(INVALID, {
    errors: [{ pointer: `/${name}`, detail: `this field is not known here; send ${[...allowed, 'file'].join(', ')}` }],
  });

/** Faults of the form itself are the sender's; busboy and the plugin say them in their own ways. */
function asRefusal(error: unknown, tooLarge: () => Refusal): unknown {
  if (error instanceof Refusal || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge();
  if (code.startsWith('FST_') || /boundary|multipart|Unexpected end of form|Malformed|aborted|premature/i.test(error.message)) {
    return new Refusal(UNPARSABLE, { detail: 'The form ends early or is malformed.' });
  }
  return error;
}

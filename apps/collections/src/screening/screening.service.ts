import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import type { Language } from '#contact-rules';
import { claimKey, hashOf, rememberResource } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { CONFLICT, INVALID, NOT_FOUND, Refusal, type RefusalKind } from '#problem';
import { UploadService } from '#uploads';
import { decodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { ResultText, type ResultFormat, type ScreeningVerdict } from './result-text.ts';
import type { ScreeningView } from './screening.dto.ts';
import { ScreeningIntake, type Asked } from './screening.intake.ts';
import { ScreeningRuns } from './screening.runs.ts';
import { ScreeningStore, type ScreeningRecord } from './screening.store.ts';
import { toView } from './screening.view.ts';

const NOT_FINISHED: RefusalKind = { ...CONFLICT, code: 'screening-not-finished', title: 'The screening has no results to give yet' };
const ALREADY_ENDED: RefusalKind = { ...CONFLICT, code: 'screening-already-ended', title: 'The screening has ended' };

const PIECE_CHARACTERS = 64 * 1024;

@Injectable()
export class ScreeningService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ScreeningIntake) private readonly intake: ScreeningIntake,
    @Inject(ScreeningStore) private readonly store: ScreeningStore,
    @Inject(ScreeningRuns) private readonly runs: ScreeningRuns,
    @Inject(UploadService) private readonly uploads: UploadService,
  ) {}

  /** Has a portfolio judged. Refuses with INVALID, TOO_LARGE, UNSUPPORTED_MEDIA, UNPARSABLE, IDEMPOTENCY_KEY_REUSED. */
  async create(principal: Principal, request: FastifyRequest, key: string | null): Promise<ScreeningView> {
    const asked = await this.intake.read(principal, request);
    const upload = asked.list?.upload ?? null;
    const create = (): Promise<{ record: ScreeningRecord; taken: boolean }> =>
      inTransaction(this.database, principal, (tx) => this.enter(tx, principal, asked, key));
    const { record } = upload === null ? await create() : await this.uploads.handOver(principal.institutionId, upload, create);
    return toView(record);
  }

  /** Refuses with INVALID (a cursor that is none). */
  async list(principal: Principal, { limit = 50, cursor }: PageRequest): Promise<Page<ScreeningView>> {
    const before = decodeCursor(cursor, isUuid);
    const { institutionId, agencyId } = principal;
    const rows = await inTransaction(this.database, principal, (tx) => this.store.list(tx, institutionId, agencyId, before, limit + 1));
    return toPage(rows, limit, ({ id }) => id, toView);
  }

  /** Refuses with NOT_FOUND. */
  async find(principal: Principal, id: string): Promise<ScreeningView> {
    return toView(await inTransaction(this.database, principal, (tx) => this.record(tx, principal, id)));
  }

  /** Ends a screening that is not finished. Refuses with NOT_FOUND, ALREADY_ENDED. */
  async cancel(principal: Principal, id: string): Promise<ScreeningView> {
    return inTransaction(this.database, principal, async (tx) => {
      await this.record(tx, principal, id);
      const ended = await this.runs.cancel(tx, id);
      const record = await this.record(tx, principal, id);
      // Cancelling twice is cancelling once.
      if (!ended && record.state !== 'cancelled') throw new Refusal(ALREADY_ENDED, { detail: `It is ${record.state}.` });
      return toView(record);
    });
  }

  /** The results as text, some at a time, in no order that means anything. Refuses with NOT_FOUND, NOT_FINISHED. */
  async results(
    principal: Principal,
    id: string,
    format: ResultFormat,
    verdict: ScreeningVerdict | null,
    language: Language,
  ): Promise<AsyncIterable<string>> {
    const record = await inTransaction(this.database, principal, (tx) => this.record(tx, principal, id));
    const { state, resultUpload, resultBytes } = record;
    if (state !== 'done' || resultUpload === null) {
      const isComing = state === 'queued' || state === 'running';
      throw new Refusal(NOT_FINISHED, { detail: `It is ${state}.`, ...(isComing ? { retryAfterSeconds: 2 } : {}) });
    }
    const source = this.uploads.source(record.institutionId, resultUpload, resultBytes ?? 0);
    return inWords(source.open(), new ResultText(format, language, verdict));
  }

  private async enter(
    tx: Tx,
    principal: Principal,
    { request, question, filter, list }: Asked,
    key: string | null,
  ): Promise<{ record: ScreeningRecord; taken: boolean }> {
    const { institutionId, agencyId, subject } = principal;
    const input = { request, sha256: list?.upload.sha256.toString('hex') ?? null };
    const idempotency = key === null ? null : { key, hash: hashOf('POST /v1/screenings', input) };
    const claim = await claimKey(tx, institutionId, idempotency);
    if (claim) return { record: await this.record(tx, principal, claim.resource), taken: false };
    const { templateId } = question;
    if (templateId !== null && !(await this.store.hasTemplate(tx, institutionId, templateId)))
      throw new Refusal(INVALID, { errors: [{ pointer: '/templateId', detail: 'has no approved version here' }] });
    if (list !== null) await this.uploads.finish(tx, list.upload);
    const name = request.name ?? null;
    const id = await this.store.create(tx, { institutionId, agencyId, name, question, filter, list, requestedBy: subject });
    await rememberResource(tx, institutionId, idempotency, id);
    await this.runs.wake(tx, institutionId, id);
    return { record: await this.record(tx, principal, id), taken: true };
  }

  private async record(tx: Tx, { institutionId, agencyId }: Principal, id: string): Promise<ScreeningRecord> {
    const record = isUuid(id) ? await this.store.find(tx, institutionId, agencyId, id) : null;
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such screening here.' });
    return record;
  }
}

async function* inWords(kept: AsyncIterable<Buffer>, text: ResultText): AsyncGenerator<string> {
  let piece = text.header;
  for await (const line of linesOf(kept)) {
    piece += text.line(line);
    if (piece.length < PIECE_CHARACTERS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

async function* linesOf(kept: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const gunzip = createGunzip();
  const source = Readable.from(kept);
  source.once('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  gunzip.setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of gunzip as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

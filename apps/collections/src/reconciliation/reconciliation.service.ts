import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import type { Language } from '#contact-rules';
import { claimKey, hashOf, rememberResource } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type PageRequest } from '#wire';
import { Intake } from '../lookback/lookback.service.ts';
import { callFindingLine, callFindingsHeader, type CallFindingsFormat } from './finding-text.ts';
import type { ReconciliationPage, ReconciliationView } from './reconciliation.dto.ts';
import { NOT_FINISHED } from './reconciliation.refusals.ts';
import { ReconciliationRunner } from './reconciliation.runner.ts';
import { ReconciliationStore, type ReconciliationRecord } from './reconciliation.store.ts';
import { SourceService } from './source.service.ts';

const PAGE = 5000;

const DETAILS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  required: { zh: '此单元格必须填写。', en: 'This cell must not be empty.' },
  instant: {
    zh: '不是有效的时间；请写成 2026-11-21 09:30:00（按来源的时区）、RFC 3339 或 1970 年以来的秒数。',
    en: 'Not a time; write it as 2026-11-21 09:30:00 (in the zone of the source), as RFC 3339, or as seconds since 1970.',
  },
  number: { zh: '不是电话号码。', en: 'Not a telephone number.' },
  whole: { zh: '不是秒数。', en: 'Not a number of seconds.' },
};

@Injectable()
export class ReconciliationService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Intake) private readonly intake: Intake,
    @Inject(ReconciliationStore) private readonly store: ReconciliationStore,
    @Inject(SourceService) private readonly sources: SourceService,
    @Inject(ReconciliationRunner) private readonly runner: ReconciliationRunner,
  ) {}

  /** Takes call records in and has them held against the permits. Refuses with INVALID, NOT_FOUND (no such source), TOO_LARGE, UNSUPPORTED_MEDIA, UNPARSABLE, IDEMPOTENCY_KEY_REUSED. */
  async create(principal: Principal, request: FastifyRequest, key: string | null, language: Language): Promise<ReconciliationView> {
    const { institutionId } = principal;
    const { uploads, config } = this.intake;
    const { fields, upload, fileName } = await uploads.receive(request, institutionId, config.uploadLimitBytes, ['source']);
    const create = async (tx: Tx): Promise<{ record: ReconciliationRecord; taken: boolean }> => {
      const named = fields['source'];
      if (named === undefined || named === '')
        throw new Refusal(INVALID, { errors: [{ pointer: '/source', detail: 'is needed: the name or id of a source of call records' }] });
      const source = await this.sources.find(tx, principal, named);
      const idempotency =
        key === null
          ? null
          : { key, hash: hashOf('POST /v1/reconciliations', { source: source.id, sha256: upload.sha256.toString('hex') }) };
      const claim = await claimKey(tx, institutionId, idempotency);
      const seen = claim && (await this.store.find(tx, institutionId, claim.resource, principal.agencyId));
      if (seen) return { record: seen, taken: false };
      await uploads.finish(tx, upload);
      const record = await this.store.create(tx, {
        institutionId,
        agencyId: principal.agencyId ?? source.agencyId,
        source: source.id,
        sourceName: source.name,
        reading: source.reading,
        upload: upload.id,
        uploadBytes: upload.bytes,
        fileName,
        requestedBy: principal.subject,
      });
      await rememberResource(tx, institutionId, idempotency, record.id);
      await this.runner.runs.wake(tx, institutionId, record.id);
      return { record, taken: true };
    };
    const { record } = await uploads.handOver(institutionId, upload, () => inTransaction(this.database, principal, create));
    return toView(record, language);
  }

  async list(principal: Principal, { limit = 50, cursor }: PageRequest, language: Language): Promise<ReconciliationPage> {
    const before = decodeCursor(cursor, isUuid);
    const rows = await inTransaction(this.database, principal, (tx) =>
      this.store.list(tx, principal.institutionId, principal.agencyId, before, limit),
    );
    return toPage(
      rows,
      limit,
      ({ id }) => id,
      (row) => toView(row, language),
    );
  }

  /** Refuses with NOT_FOUND. */
  async find(principal: Principal, id: string, language: Language): Promise<ReconciliationView> {
    return toView(await this.record(principal, id), language);
  }

  /** The findings in the order of time, as text, some at a time. Refuses with NOT_FOUND, NOT_FINISHED. */
  async findings(principal: Principal, id: string, format: CallFindingsFormat, language: Language): Promise<AsyncIterable<string>> {
    const { state } = await this.record(principal, id);
    if (state !== 'done')
      throw new Refusal(NOT_FINISHED, { detail: `It is ${state}.`, retryAfterSeconds: state === 'failed' ? undefined : 2 });
    return this.lines(principal, id, format, language);
  }

  private async *lines(principal: Principal, id: string, format: CallFindingsFormat, language: Language): AsyncGenerator<string> {
    yield callFindingsHeader(format);
    for (let after = -1; ;) {
      const page = await inTransaction(this.database, principal, (tx) => this.store.findings(tx, id, after, PAGE));
      if (page.length > 0) yield page.map(({ finding }) => callFindingLine(finding, format, language)).join('');
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last.seq;
    }
  }

  private async record(principal: Principal, id: string): Promise<ReconciliationRecord> {
    const { institutionId, agencyId } = principal;
    const record = isUuid(id)
      ? await inTransaction(this.database, principal, (tx) => this.store.find(tx, institutionId, id, agencyId))
      : null;
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such reconciliation here.' });
    return record;
  }
}

function toView(record: ReconciliationRecord, language: Language): ReconciliationView {
  const { summary, failure } = record;
  const rowErrors = summary?.errors.first.map((error) => ({ ...error, detail: DETAILS[error.code]?.[language] ?? error.code })) ?? [];
  return {
    id: record.id,
    source: record.sourceName,
    fileName: record.fileName,
    state: record.state,
    progress: record.progress,
    rows: summary?.rows ?? null,
    period: summary?.period ?? null,
    matched: summary?.matched ?? null,
    findings: summary?.findings ?? null,
    byFinding: summary?.byFinding ?? [],
    byAgency: summary?.byAgency ?? [],
    byCollector: summary?.byCollector ?? [],
    unmappedResults: summary?.unmappedResults ?? [],
    errors:
      failure === null
        ? rowErrors
        : [{ row: failure.row ?? null, column: failure.column ?? null, code: failure.code, detail: failure.detail }],
    requestedBy: record.requestedBy,
    createdAt: record.createdAt.toISOString(),
    finishedAt: record.finishedAt?.toISOString() ?? null,
  };
}

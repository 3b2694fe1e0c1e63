import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { enqueue } from '#outbox';
import { inTransaction } from '#pg';
import { CONFLICT, FORBIDDEN, INVALID, NOT_FOUND, Refusal, type RefusalKind } from '#problem';
import { UploadService } from '#uploads';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { downloadOf, type Download } from './download.ts';
import { daysOf, MAX_DAYS } from './period.ts';
import { REPORT_KINDS, type ReportKinds } from './report-kind.ts';
import { FORMATS, type ReportAnswer, type ReportFilter, type ReportRequest } from './report.dto.ts';
import { REPORT_REQUESTED } from './report.runner.ts';
import { ReportStore, type ReportRecord } from './report.store.ts';

const NOT_FINISHED: RefusalKind = { ...CONFLICT, code: 'report-not-finished', title: 'The report has no files yet' };

@Injectable()
export class ReportService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ReportStore) private readonly store: ReportStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(REPORT_KINDS) private readonly kinds: ReportKinds,
  ) {}

  /** Has a report made. Refuses with FORBIDDEN (who belongs to an agency), INVALID, IDEMPOTENCY_KEY_REUSED. */
  async create(principal: Principal, request: ReportRequest, idempotency: IdempotentRequest | null): Promise<ReportAnswer> {
    refuseAgency(principal);
    refusePeriod(request);
    const { institutionId } = principal;
    const record = await inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const seen = claim && (await this.store.find(tx, institutionId, claim.resource));
      if (seen) return seen;
      const created = await this.store.create(tx, {
        institutionId,
        kind: request.kind,
        period: request.period,
        formats: FORMATS.filter((format) => request.formats.includes(format)),
        requestedBy: principal.subject,
      });
      await rememberResource(tx, institutionId, idempotency, created.id);
      await enqueue(tx, institutionId, REPORT_REQUESTED, { reportId: created.id });
      return created;
    });
    return toView(record);
  }

  /** Refuses with FORBIDDEN, INVALID (a kind or cursor that is none). */
  async list(principal: Principal, { kind, limit = 50, cursor }: ReportFilter): Promise<Page<ReportAnswer>> {
    refuseAgency(principal);
    if (kind !== undefined && !this.kinds.has(kind))
      throw new Refusal(INVALID, { errors: [{ pointer: '/kind', detail: `must be one of ${[...this.kinds.keys()].join(', ')}` }] });
    const before = decodeCursor(cursor, isUuid);
    const rows = await inTransaction(this.database, principal, (tx) =>
      this.store.list(tx, principal.institutionId, kind ?? null, before, limit + 1),
    );
    return toPage(rows, limit, ({ id }) => id, toView);
  }

  /** Refuses with FORBIDDEN, NOT_FOUND. */
  async find(principal: Principal, id: string): Promise<ReportAnswer> {
    return toView(await this.record(principal, id));
  }

  /** A file of a report that is done. Refuses with FORBIDDEN, NOT_FOUND, NOT_FINISHED. */
  async file(principal: Principal, id: string, name: string): Promise<Download> {
    const record = await this.record(principal, id);
    if (record.state !== 'done')
      throw new Refusal(NOT_FINISHED, { detail: `It is ${record.state}.`, retryAfterSeconds: record.state === 'failed' ? undefined : 2 });
    const file = record.files.find((one) => one.name === name);
    if (!file) throw new Refusal(NOT_FOUND, { detail: `The report has the files ${record.files.map((one) => one.name).join(', ')}.` });
    const title = this.kinds.get(record.kind)?.title.zh ?? record.kind;
    return downloadOf(record, file, title, () => this.uploads.source(record.institutionId, file.upload, file.bytes).open());
  }

  private async record(principal: Principal, id: string): Promise<ReportRecord> {
    refuseAgency(principal);
    const record = isUuid(id)
      ? await inTransaction(this.database, principal, (tx) => this.store.find(tx, principal.institutionId, id))
      : null;
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such report here.' });
    return record;
  }
}

// A report is about all of the institution: whatever role somebody of an agency has, it is not theirs to see.
function refuseAgency({ agencyId }: Principal): void {
  if (agencyId !== null) throw new Refusal(FORBIDDEN, { detail: 'Reports are about the whole institution; you belong to an agency.' });
}

function refusePeriod({ period }: ReportRequest): void {
  const refuse = (pointer: string, detail: string): never => {
    throw new Refusal(INVALID, { errors: [{ pointer, detail }] });
  };
  if (period.from > period.to) refuse('/period/to', 'must not lie before period.from');
  if (daysOf(period) > MAX_DAYS) refuse('/period', `must have at most ${MAX_DAYS} days`);
}

export function toView(record: ReportRecord): ReportAnswer {
  const { id, kind, formats, state, origin, requestedBy, failure } = record;
  return {
    id,
    kind,
    period: { from: record.from, to: record.to },
    formats,
    state,
    progress: { done: record.rowsDone, total: record.rowsTotal },
    files: record.files.map(({ name, format, bytes, sha256 }) => ({ name, format, bytes, sha256 })),
    origin,
    requestedBy,
    createdAt: record.createdAt.toISOString(),
    finishedAt: record.finishedAt?.toISOString() ?? null,
    failure,
  };
}

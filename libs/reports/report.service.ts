import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { claimKey, rememberResource, type IdempotentRequest } from '#idempotency';
import { enqueue } from '#outbox';
import { inTransaction } from '#pg';
import { CONFLICT, FORBIDDEN, INVALID, NOT_FOUND, Refusal, type RefusalKind } from '#problem';
import { traceText } from '#render';
import { UploadService } from '#uploads';
import { decodeCursor, encodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { downloadOf, type Download } from './download.ts';
import { rowsOf } from './figure-rows.ts';
import { daysOf, MAX_DAYS, type Period } from './period.ts';
import { REPORT_KINDS, type ReportKind, type ReportKinds } from './report-kind.ts';
import {
  FORMATS,
  STATES,
  type FigureRowsView,
  type Format,
  type ReportAnswer,
  type ReportFilter,
  type ReportRequest,
  type ReportState,
} from './report.dto.ts';
import { REPORT_REQUESTED } from './report.runner.ts';
import { ReportStore, type ReportRecord } from './report.store.ts';
import { ZONE } from './scope.ts';

const NOT_FINISHED: RefusalKind = { ...CONFLICT, code: 'report-not-finished', title: 'The report has no files yet' };
// What a court asks about one case is as old as the case.
const MOST_DAYS_OF_ONE = 10 * MAX_DAYS;
const NO_ROWS: RefusalKind = { ...CONFLICT, code: 'report-without-rows', title: 'This version of the report has no rows' };

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
    refusePeriod(request.period, this.kinds.get(request.kind)?.about ? MOST_DAYS_OF_ONE : MAX_DAYS);
    const { institutionId } = principal;
    const subject = this.subjectOf(principal, request);
    const record = await inTransaction(this.database, principal, async (tx) => {
      const claim = await claimKey(tx, institutionId, idempotency);
      const seen = claim && (await this.store.find(tx, institutionId, claim.resource));
      if (seen) return seen;
      if (subject !== null && !(await this.kinds.get(request.kind)?.about?.noteRead(tx, principal, subject, ['report'])))
        throw invalid('/subject', 'there is no such case here');
      const created = await this.store.create(tx, {
        institutionId,
        kind: request.kind,
        period: request.period,
        formats: inOrder(request.formats),
        requestedBy: principal.subject,
        audience: request.audience ?? 'internal',
        language: request.language ?? 'zh',
        csvBom: request.csvBom ?? true,
        timeZone: ZONE,
        subject,
      });
      await rememberResource(tx, institutionId, idempotency, created.id);
      await enqueue(tx, institutionId, REPORT_REQUESTED, { reportId: created.id });
      return created;
    });
    return toView(record);
  }

  /** Refuses with FORBIDDEN, INVALID (a kind or cursor that is none). */
  async list(principal: Principal, { limit = 50, cursor, ...filter }: ReportFilter): Promise<Page<ReportAnswer>> {
    refuseAgency(principal);
    const [kind, state] = [filter.kind ?? null, filter.state ?? null];
    if (kind !== null && !this.kinds.has(kind)) throw invalid('/kind', `must be one of ${[...this.kinds.keys()].join(', ')}`);
    const before = decodeCursor(cursor, isUuid);
    const kinds = [...this.kinds].filter(([, one]) => mayRead(principal, one)).map(([name]) => name);
    const rows = await inTransaction(this.database, principal, (tx) =>
      this.store.list(tx, principal.institutionId, { kind, state, before, kinds, states: statesFor(principal) }, limit + 1),
    );
    return toPage(rows, limit, ({ id }) => id, toView);
  }

  /** Refuses with FORBIDDEN, NOT_FOUND. */
  async find(principal: Principal, id: string): Promise<ReportAnswer> {
    return toView(await this.record(principal, id));
  }

  /** All versions of a report, the first one first. Refuses with FORBIDDEN, NOT_FOUND. */
  async versions(principal: Principal, id: string): Promise<{ items: ReportAnswer[] }> {
    const { institutionId } = principal;
    const { series } = await this.record(principal, id);
    const items = await inTransaction(this.database, principal, (tx) => this.store.versions(tx, institutionId, series));
    return { items: items.filter((record) => isShownTo(principal, record)).map(toView) };
  }

  /** A file of a report that is made. Refuses with FORBIDDEN, NOT_FOUND, NOT_FINISHED. */
  async file(principal: Principal, id: string, name: string): Promise<Download> {
    const record = await this.record(principal, id, [`file ${name}`]);
    if (!isMade(record))
      throw new Refusal(NOT_FINISHED, { detail: `It is ${record.state}.`, retryAfterSeconds: record.finishedAt === null ? 2 : undefined });
    const file = record.files.find((one) => one.name === name);
    if (!file) throw new Refusal(NOT_FOUND, { detail: `The report has the files ${record.files.map((one) => one.name).join(', ')}.` });
    const title = this.kinds.get(record.kind)?.title.zh ?? record.kind;
    return downloadOf(record, file, title, () => this.uploads.source(record.institutionId, file.upload, file.bytes).open());
  }

  /** The rows that a number counts, in the order of their file. Refuses with FORBIDDEN, NOT_FOUND, NOT_FINISHED, NO_ROWS. */
  async rows(principal: Principal, id: string, figure: string, { limit = 50, cursor }: PageRequest): Promise<FigureRowsView> {
    const from = Number(decodeCursor(cursor, (key) => /^\d{1,15}$/.test(key)) ?? 0);
    const record = await this.record(principal, id, [`figure ${figure}`]);
    if (!isMade(record)) throw new Refusal(NOT_FINISHED, { detail: `It is ${record.state}.` });
    const { institutionId } = principal;
    const [number] = await inTransaction(this.database, principal, (tx) => this.store.numbers(tx, institutionId, id, figure));
    if (!number) throw new Refusal(NOT_FOUND, { detail: 'The report has no such figure; its JSON names them all.' });
    const file = record.files.find(({ name }) => name === number.trace.file);
    if (!file) throw new Refusal(NO_ROWS, { detail: 'A public version has no rows: ask for the internal one.' });
    const pieces = this.uploads.source(institutionId, file.upload, file.bytes).open();
    const { rows, next } = await rowsOf(pieces, number.trace, from, limit);
    return {
      figure: { id: number.id, label: number.label, unit: number.unit, value: number.value, select: traceText(number.trace) },
      file: file.name,
      items: rows,
      nextCursor: next === null ? null : encodeCursor(String(next)),
    };
  }

  /** A report that this person may read; that they do is recorded where it has names. */
  private async record(principal: Principal, id: string, fields: readonly string[] = []): Promise<ReportRecord> {
    refuseAgency(principal);
    const record = isUuid(id)
      ? await inTransaction(this.database, principal, async (tx) => {
          const found = await this.store.find(tx, principal.institutionId, id);
          if (!found || !isShownTo(principal, found)) return null;
          const kind = this.kinds.get(found.kind);
          if (found.subject && kind && mayRead(principal, kind) && fields.length > 0)
            await kind.about?.noteRead(tx, principal, found.subject, fields);
          return found;
        })
      : null;
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such report here.' });
    const kind = this.kinds.get(record.kind);
    if (kind && !mayRead(principal, kind)) throw notYours(record.kind);
    return record;
  }

  private subjectOf(principal: Principal, { kind, subject, audience }: ReportRequest): string | null {
    const made = this.kinds.get(kind);
    if (!made?.about) {
      if (subject !== undefined) throw invalid('/subject', `${kind} is about the whole institution: leave it out`);
      return null;
    }
    if (!mayRead(principal, made)) throw notYours(kind);
    if (subject === undefined) throw invalid('/subject', `${kind} is about one case: give its caseId`);
    if (audience === 'public') throw invalid('/audience', `${kind} has names in it: there is no public version`);
    return subject;
  }
}

const SIGNED: readonly ReportState[] = ['signed', 'superseded'];

/** What is not signed is the institution's own affair: a regulator is not shown what may still be wrong. */
const statesFor = ({ roles }: Principal): readonly ReportState[] => (roles.every((role) => role === 'regulator') ? SIGNED : STATES);

const isShownTo = (principal: Principal, { state }: ReportRecord): boolean => statesFor(principal).includes(state);

const isMade = ({ state }: ReportRecord): boolean => ['done', 'draft', 'signed', 'superseded'].includes(state);

const mayRead = ({ roles }: Principal, { about }: ReportKind): boolean => !about || about.roles.some((role) => roles.includes(role));

const notYours = (kind: string): Refusal => new Refusal(FORBIDDEN, { detail: `${kind} has names in it: your role does not see it.` });

const invalid = (pointer: string, detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer, detail }] });

/** Each once, in the order in which they are made. */
export const inOrder = (formats: readonly Format[]): Format[] => FORMATS.filter((format) => formats.includes(format));

// A report is about all of the institution: whatever role somebody of an agency has, it is not theirs to see.
export function refuseAgency({ agencyId }: Principal): void {
  if (agencyId !== null) throw new Refusal(FORBIDDEN, { detail: 'Reports are about the whole institution; you belong to an agency.' });
}

function refusePeriod(period: Period, mostDays: number): void {
  if (period.from > period.to) throw invalid('/period/to', 'must not lie before period.from');
  if (daysOf(period) > mostDays) throw invalid('/period', `must have at most ${mostDays} days`);
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
    version: record.version,
    corrects: record.corrects,
    correctionReason: record.correctionReason,
    audience: record.audience,
    language: record.language,
    timeZone: record.timeZone,
    subject: record.subject,
    pins:
      record.asOf && record.documentSha256
        ? { asOf: record.asOf.toISOString(), documentSha256: record.documentSha256, evidenceHead: record.evidenceHead }
        : null,
    signedBy: record.signedBy,
    signedAt: record.signedAt?.toISOString() ?? null,
    endedBy: record.endedBy,
  };
}

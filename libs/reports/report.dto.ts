import type { Type } from '@nestjs/common';
import { LocalDate, ManyOf, Nested, OneOf, PageRequest, Shown, Text, type Page } from '#wire';
import type { Period } from './period.ts';

export const FORMATS = ['pdf', 'xlsx', 'csv', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export class ReportPeriod implements Period {
  @LocalDate({ description: 'First day, in the zone of the report', example: '2026-10-01' })
  readonly from!: string;

  @LocalDate({ description: 'Last day, inclusive; 366 days at most', example: '2026-10-31' })
  readonly to!: string;
}

export interface ReportRequest {
  readonly kind: string;
  readonly period: ReportPeriod;
  readonly formats: readonly Format[];
}

/** What may be asked for: each service has kinds of its own. */
export function reportRequest(kinds: readonly string[]): Type<ReportRequest> {
  class CreateReportRequest implements ReportRequest {
    @OneOf(kinds)
    readonly kind!: string;

    @Nested(() => ReportPeriod)
    readonly period!: ReportPeriod;

    @ManyOf(FORMATS, { minItems: 1, maxItems: 8, description: 'The rows that were counted come beside them as CSV in any case' })
    readonly formats!: readonly Format[];
  }
  return CreateReportRequest;
}

/** `?kind=&limit=&cursor=`. */
export class ReportFilter extends PageRequest {
  @Text({ optional: true, max: 64 })
  readonly kind?: string;
}

export class ReportProgress {
  @Shown.whole({ description: 'Rows counted so far' })
  readonly done!: number;

  @Shown.whole({ nullable: true, description: 'Null until it is known' })
  readonly total!: number | null;
}

export class ReportFileView {
  @Shown.text({ example: 'report.pdf', description: 'As in the address of the file' })
  readonly name!: string;

  @Shown.oneOf(FORMATS)
  readonly format!: Format;

  @Shown.whole()
  readonly bytes!: number;

  @Shown.text({ description: 'SHA-256, hexadecimal' })
  readonly sha256!: string;
}

export class ReportFailure {
  @Shown.text({ example: 'internal' })
  readonly code!: string;

  @Shown.text()
  readonly detail!: string;
}

export type ReportState = 'queued' | 'running' | 'done' | 'failed';

export interface ReportAnswer {
  readonly id: string;
  readonly kind: string;
  readonly period: Period;
  readonly formats: readonly Format[];
  readonly state: ReportState;
  readonly progress: ReportProgress;
  readonly files: readonly ReportFileView[];
  readonly origin: 'request' | 'schedule';
  readonly requestedBy: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly failure: ReportFailure | null;
}

/** The answers as the API document describes them. */
export function reportViews(kinds: readonly string[]): { view: Type<ReportAnswer>; page: Type<Page<ReportAnswer>> } {
  class ReportView implements ReportAnswer {
    @Shown.uuid()
    readonly id!: string;

    @Shown.oneOf(kinds)
    readonly kind!: string;

    @Shown.nested(() => ReportPeriod)
    readonly period!: ReportPeriod;

    @Shown.manyOf(FORMATS)
    readonly formats!: readonly Format[];

    @Shown.oneOf(['queued', 'running', 'done', 'failed'])
    readonly state!: ReportState;

    @Shown.nested(() => ReportProgress)
    readonly progress!: ReportProgress;

    @Shown.list(() => ReportFileView, { description: 'Empty until it is done' })
    readonly files!: readonly ReportFileView[];

    @Shown.oneOf(['request', 'schedule'], { description: '`schedule`: made at the beginning of a month for the month before' })
    readonly origin!: 'request' | 'schedule';

    @Shown.text()
    readonly requestedBy!: string;

    @Shown.instant()
    readonly createdAt!: string;

    @Shown.instant({ nullable: true })
    readonly finishedAt!: string | null;

    @Shown.nested(() => ReportFailure, { nullable: true })
    readonly failure!: ReportFailure | null;
  }

  class ReportPage implements Page<ReportAnswer> {
    @Shown.list(() => ReportView, { description: 'The newest first' })
    readonly items!: readonly ReportView[];

    @Shown.text({ nullable: true })
    readonly nextCursor!: string | null;
  }
  return { view: ReportView, page: ReportPage };
}

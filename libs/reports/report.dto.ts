import type { Type } from '@nestjs/common';
import { Flag, LocalDate, ManyOf, Nested, OneOf, PageRequest, Shown, Text, type Page } from '#wire';
import type { Words } from '#render';
import type { Period } from './period.ts';

export const FORMATS = ['pdf', 'xlsx', 'csv', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export class ReportPeriod implements Period {
  @LocalDate({ description: 'First day, in the zone of the report', example: '2026-10-01' })
  readonly from!: string;

  @LocalDate({ description: 'Last day, inclusive; 366 days at most', example: '2026-10-31' })
  readonly to!: string;
}

export const AUDIENCES = ['internal', 'public'] as const;
export type Audience = (typeof AUDIENCES)[number];
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface ReportRequest {
  readonly kind: string;
  readonly period: ReportPeriod;
  readonly formats: readonly Format[];
  readonly audience?: Audience;
  readonly language?: Language;
  readonly csvBom?: boolean;
  readonly subject?: string;
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

    @OneOf(AUDIENCES, {
      optional: true,
      description:
        'internal when left out; `public`: numbers from 1 to 4, and those that would give them away, are left out, and so are the rows',
    })
    readonly audience?: Audience;

    @OneOf(LANGUAGES, { optional: true, description: 'Of the PDF; zh when left out. XLSX, CSV and JSON have both' })
    readonly language?: Language;

    @Flag({ optional: true, description: 'Whether CSV files begin with a byte order mark, for spreadsheets; true when left out' })
    readonly csvBom?: boolean;

    @Text({ optional: true, description: 'Whom it is about, for kinds that are about one: the case of a dossier' })
    readonly subject?: string;
  }
  return CreateReportRequest;
}

/**
 * `done`: asked for, and nobody has to sign it. `draft`: of a schedule or a correction, waits for its signature. `superseded`: a later version of it
 * is signed.
 */
export const STATES = ['queued', 'running', 'done', 'draft', 'signed', 'superseded', 'cancelled', 'failed'] as const;
export type ReportState = (typeof STATES)[number];

/** `?kind=&state=&limit=&cursor=`. */
export class ReportFilter extends PageRequest {
  @Text({ optional: true, max: 64 })
  readonly kind?: string;

  @OneOf(STATES, { optional: true, description: '`draft`: waits for somebody to sign it off' })
  readonly state?: ReportState;
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

export class ReportPins {
  @Shown.instant({
    description: 'When its rows were read, all at once; when they were first read to be just so, where the same was made before',
  })
  readonly asOf!: string;

  @Shown.text({ description: 'SHA-256 of its data, hexadecimal; stands at the foot of every page' })
  readonly documentSha256!: string;

  @Shown.free({ nullable: true, description: 'The head of the evidence log at that instant; null: there is none yet' })
  readonly evidenceHead!: Readonly<Record<string, unknown>> | null;
}

export type Origin = 'request' | 'schedule' | 'correction';
export const ORIGINS = ['request', 'schedule', 'correction'] as const;

export interface ReportAnswer {
  readonly id: string;
  readonly kind: string;
  readonly period: Period;
  readonly formats: readonly Format[];
  readonly state: ReportState;
  readonly progress: ReportProgress;
  readonly files: readonly ReportFileView[];
  readonly origin: Origin;
  readonly requestedBy: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly failure: ReportFailure | null;
  readonly version: number;
  readonly corrects: string | null;
  readonly correctionReason: string | null;
  readonly audience: Audience;
  readonly language: Language;
  readonly timeZone: string;
  readonly subject: string | null;
  readonly pins: ReportPins | null;
  readonly signedBy: string | null;
  readonly signedAt: string | null;
  readonly endedBy: string | null;
}

export class ReportFigureView {
  @Shown.text({ description: 'As in the JSON of the report' })
  readonly id!: string;

  @Shown.free({ description: '`{ zh, en }`' })
  readonly label!: Words;

  @Shown.free({ description: '`{ zh, en }`' })
  readonly unit!: Words;

  @Shown.number({ nullable: true })
  readonly value!: number | null;

  @Shown.text({ description: 'Which rows it is taken of, as the report says it' })
  readonly select!: string;
}

export class FigureRowsView {
  @Shown.nested(() => ReportFigureView)
  readonly figure!: ReportFigureView;

  @Shown.text({ description: 'The file of the report in which the rows stand' })
  readonly file!: string;

  @Shown.frees({ description: 'Its columns by name; of a share, the rows that it counts' })
  readonly items!: readonly Readonly<Record<string, string>>[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}

/** The answers as the API document describes them. */
export interface ReportViews {
  readonly view: Type<ReportAnswer>;
  readonly page: Type<Page<ReportAnswer>>;
  readonly versions: Type<{ readonly items: readonly ReportAnswer[] }>;
}

/** Made once a service: two classes of one name would be two schemas. */
export function reportViews(kinds: readonly string[]): ReportViews {
  class ReportView implements ReportAnswer {
    @Shown.uuid()
    readonly id!: string;

    @Shown.oneOf(kinds)
    readonly kind!: string;

    @Shown.nested(() => ReportPeriod)
    readonly period!: ReportPeriod;

    @Shown.manyOf(FORMATS)
    readonly formats!: readonly Format[];

    @Shown.oneOf(STATES)
    readonly state!: ReportState;

    @Shown.nested(() => ReportProgress)
    readonly progress!: ReportProgress;

    @Shown.list(() => ReportFileView, { description: 'Empty until it is done' })
    readonly files!: readonly ReportFileView[];

    @Shown.oneOf(ORIGINS, {
      description: '`schedule`: made when its period was over; `correction`: another version of one that was signed',
    })
    readonly origin!: Origin;

    @Shown.text()
    readonly requestedBy!: string;

    @Shown.instant()
    readonly createdAt!: string;

    @Shown.instant({ nullable: true })
    readonly finishedAt!: string | null;

    @Shown.nested(() => ReportFailure, { nullable: true })
    readonly failure!: ReportFailure | null;

    @Shown.whole({ description: '1, then one more with each correction' })
    readonly version!: number;

    @Shown.uuid({ nullable: true, description: 'The report whose place it takes when it is signed' })
    readonly corrects!: string | null;

    @Shown.text({ nullable: true })
    readonly correctionReason!: string | null;

    @Shown.oneOf(AUDIENCES)
    readonly audience!: Audience;

    @Shown.oneOf(LANGUAGES)
    readonly language!: Language;

    @Shown.text({ description: 'Whose days the period has' })
    readonly timeZone!: string;

    @Shown.text({ nullable: true })
    readonly subject!: string | null;

    @Shown.nested(() => ReportPins, { nullable: true, description: 'What it says, it says of this; null until it is made' })
    readonly pins!: ReportPins | null;

    @Shown.text({ nullable: true })
    readonly signedBy!: string | null;

    @Shown.instant({ nullable: true })
    readonly signedAt!: string | null;

    @Shown.text({ nullable: true, description: 'Who cancelled it' })
    readonly endedBy!: string | null;
  }

  class ReportPage implements Page<ReportAnswer> {
    @Shown.list(() => ReportView, { description: 'The newest first' })
    readonly items!: readonly ReportView[];

    @Shown.text({ nullable: true })
    readonly nextCursor!: string | null;
  }

  class ReportVersions {
    @Shown.list(() => ReportView, { description: 'The first version first' })
    readonly items!: readonly ReportView[];
  }
  return { view: ReportView, page: ReportPage, versions: ReportVersions };
}

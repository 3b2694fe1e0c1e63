import { Nested, OneOf, Shown, Texts, type Page } from '#wire';
import { ComplaintFilterRequest } from '../complaint/complaint.dto.ts';

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
const RUN_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

export class ExportRequest {
  @OneOf(EXPORT_FORMATS, { description: '`xlsx` takes 50,000 complaints at most, `csv` 1,000,000' })
  format!: ExportFormat;

  @Nested(() => ComplaintFilterRequest, {
    nullable: true,
    description: 'Those that a list shows when the work is done; all when neither this nor `ids` is given',
  })
  filter?: ComplaintFilterRequest | null;

  @Texts({ nullable: true, maxItems: 5000, description: 'The ids of the complaints' })
  ids?: string[] | null;
}

export class ExportProgress {
  @Shown.whole()
  readonly done!: number;

  @Shown.whole({ nullable: true })
  readonly total!: number | null;
}

export class ExportView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(EXPORT_FORMATS)
  readonly format!: ExportFormat;

  @Shown.oneOf(RUN_STATES)
  readonly state!: (typeof RUN_STATES)[number];

  @Shown.free({ nullable: true })
  readonly filter!: Readonly<Record<string, unknown>> | null;

  @Shown.flag({ description: 'Whether personal data in it are masked' })
  readonly masked!: boolean;

  @Shown.nested(() => ExportProgress, { nullable: true })
  readonly progress!: ExportProgress | null;

  @Shown.text({ nullable: true, description: 'Why there is no file' })
  readonly failure!: string | null;

  @Shown.whole({ nullable: true })
  readonly rows!: number | null;

  @Shown.whole({ nullable: true })
  readonly bytes!: number | null;

  @Shown.text({ nullable: true })
  readonly sha256!: string | null;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.instant({ nullable: true, description: 'When the file goes: 7 days after it was made' })
  readonly expiresAt!: string | null;

  @Shown.flag({ description: 'Whether the file is there to be fetched' })
  readonly available!: boolean;
}

export class ExportPage implements Page<ExportView> {
  @Shown.list(() => ExportView, { description: 'Mine, the newest first' })
  readonly items!: readonly ExportView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

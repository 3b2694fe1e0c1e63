import { Instant, Shown, Text, Texts } from '#wire';

export const CORRECTION_STATES = ['asked', 'applied', 'refused', 'withdrawn'] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];

export class ReceiptCorrectionRequest {
  @Instant({ description: 'When the bank received it; not after it was registered' })
  receivedAt!: string;

  @Text({ max: 2000, description: 'Why the instant on record is wrong; kept sealed' })
  reason!: string;

  @Texts({ nullable: true, maxItems: 10, description: 'Files of the complaint that show it: a postmark, a stamp of receipt' })
  files?: string[] | null;
}

export class ReceiptSettlementRequest {
  @Text({ nullable: true, max: 2000, description: 'Kept sealed; needed to refuse' })
  note?: string | null;
}

export class ReceiptCorrectionView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(CORRECTION_STATES)
  readonly state!: CorrectionState;

  @Shown.instant({ description: 'As it was on record' })
  readonly receivedBefore!: string;

  @Shown.instant({ description: 'As it is to be' })
  readonly receivedAt!: string;

  @Shown.localDate()
  readonly dueOnBefore!: string;

  @Shown.localDate({ description: 'The last day of the term that follows; of one that waits, by the ledger as it is now' })
  readonly dueOnAfter!: string;

  @Shown.text({ nullable: true, description: 'Masked for the reader’s role' })
  readonly reason!: string | null;

  @Shown.texts({ description: 'Ids of files' })
  readonly files!: readonly string[];

  @Shown.text()
  readonly askedBy!: string;

  @Shown.instant()
  readonly askedAt!: string;

  @Shown.text({ nullable: true })
  readonly settledBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly settledAt!: string | null;

  @Shown.text({ nullable: true })
  readonly note!: string | null;

  @Shown.flag({ description: 'Whether I may approve or refuse it: another asked, and I am a supervisor' })
  readonly awaitsMe!: boolean;
}

export class ReceiptCorrectionList {
  @Shown.list(() => ReceiptCorrectionView, { description: 'The newest first' })
  readonly items!: readonly ReceiptCorrectionView[];

  @Shown.instant({ description: 'The receipt as it is on record' })
  readonly receivedAt!: string;

  @Shown.flag({ description: 'Whether a correction may be asked for: open, not told, and none waits' })
  readonly mayAsk!: boolean;

  @Shown.flag()
  readonly masked!: boolean;
}

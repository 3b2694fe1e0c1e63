import { Flag, Shown, Text } from '#wire';
import { FILE_KINDS, SCAN_STATES, type FileKind, type ScanState } from './file-kinds.ts';

export class FileVisibilityRequest {
  @Flag({ description: 'Whether the complainant sees it where they ask about their complaint' })
  visibleToComplainant!: boolean;
}

export class FileRemovalRequest {
  @Text({ max: 2000, description: 'Why; kept sealed' })
  reason!: string;
}

export class ComplaintFileView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.uuid({ description: 'The complaint it belongs to' })
  readonly complaintId!: string;

  @Shown.oneOf(FILE_KINDS)
  readonly kind!: FileKind;

  @Shown.text()
  readonly fileName!: string;

  @Shown.text({ description: 'What the bytes are, whatever the sender said', example: 'application/pdf' })
  readonly mime!: string;

  @Shown.whole()
  readonly bytes!: number;

  @Shown.text({ description: 'SHA-256 of the bytes, in hex' })
  readonly sha256!: string;

  @Shown.oneOf(SCAN_STATES, {
    description:
      '`waiting`: given to nobody until the scanner has looked; `infected`: given to nobody; `unscannable`: the scanner could not look, never shown in the page',
  })
  readonly scanState!: ScanState;

  @Shown.instant({ nullable: true })
  readonly scannedAt!: string | null;

  @Shown.text({ nullable: true, description: 'What the scanner said' })
  readonly scanFinding!: string | null;

  @Shown.flag({ description: 'Whether `preview` shows it' })
  readonly hasPreview!: boolean;

  @Shown.flag()
  readonly visibleToComplainant!: boolean;

  @Shown.text({ description: 'The subject of who brought it, or `system`' })
  readonly uploadedBy!: string;

  @Shown.instant()
  readonly uploadedAt!: string;

  @Shown.instant({ nullable: true, description: 'When its bytes were removed' })
  readonly removedAt!: string | null;
}

export class ComplaintFileList {
  @Shown.list(() => ComplaintFileView)
  readonly items!: readonly ComplaintFileView[];

  @Shown.flag({ description: 'Whether file names are masked for the reader’s role' })
  readonly masked!: boolean;
}

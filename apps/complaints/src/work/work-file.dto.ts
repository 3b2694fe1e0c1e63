import { Shown } from '#wire';
import { SCAN_STATES, type ScanState } from '../file/file-kinds.ts';

export class TaskFileView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly fileName!: string;

  @Shown.text({ example: 'application/pdf' })
  readonly mime!: string;

  @Shown.whole()
  readonly bytes!: number;

  @Shown.text({ description: 'In hex' })
  readonly sha256!: string;

  @Shown.oneOf(SCAN_STATES)
  readonly scanState!: ScanState;

  @Shown.text()
  readonly addedBy!: string;

  @Shown.instant()
  readonly addedAt!: string;
}

export class TaskFileList {
  @Shown.list(() => TaskFileView, { description: 'The oldest first' })
  readonly items!: readonly TaskFileView[];
}

import type { Type } from '@nestjs/common';
import { Shown } from '#wire';

export class ImportRows {
  @Shown.whole({ nullable: true, description: 'Null until the whole file has been read' })
  readonly total!: number | null;

  @Shown.whole()
  readonly done!: number;

  @Shown.whole()
  readonly inserted!: number;

  @Shown.whole({ description: 'Known rows that say something new, such as a balance' })
  readonly updated!: number;

  @Shown.whole()
  readonly unchanged!: number;

  @Shown.whole()
  readonly rejected!: number;
}

export class ImportBytes {
  @Shown.whole()
  readonly total!: number;

  @Shown.whole()
  readonly done!: number;
}

export class ImportError {
  @Shown.whole({ nullable: true, description: 'As a spreadsheet counts: the header is row 1. Null: the file as a whole' })
  readonly row!: number | null;

  @Shown.text({ nullable: true })
  readonly column!: string | null;

  @Shown.text({ example: 'required' })
  readonly code!: string;

  @Shown.text()
  readonly detail!: string;
}

export interface ImportAnswer {
  readonly id: string;
  readonly kind: string;
  readonly fileName: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly rows: ImportRows;
  readonly bytes: ImportBytes;
  readonly errors: readonly ImportError[];
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

/** The answer as the API document describes it: each service has kinds of its own. */
export function importView(kinds: readonly string[]): Type<ImportAnswer> {
  class ImportView implements ImportAnswer {
    @Shown.uuid()
    readonly id!: string;

    @Shown.oneOf(kinds)
    readonly kind!: string;

    @Shown.text()
    readonly fileName!: string;

    @Shown.oneOf(['queued', 'running', 'done', 'failed'])
    readonly state!: 'queued' | 'running' | 'done' | 'failed';

    @Shown.nested(() => ImportRows)
    readonly rows!: ImportRows;

    @Shown.nested(() => ImportBytes)
    readonly bytes!: ImportBytes;

    @Shown.list(() => ImportError, {
      description: 'The first 1,000; `rows.rejected` counts them all. For a file that is refused as a whole: why',
    })
    readonly errors!: readonly ImportError[];

    @Shown.instant()
    readonly createdAt!: string;

    @Shown.instant({ nullable: true })
    readonly finishedAt!: string | null;
  }
  return ImportView;
}

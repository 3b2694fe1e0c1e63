import { Shown } from '#wire';

/** What a file may prove something about. */
export const PROVEN = ['objection', 'consent', 'hold', 'opt-out', 'party'] as const;
export type Proven = (typeof PROVEN)[number];

export class ProofView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ description: 'What it proves something about, such as objection/<id>' })
  readonly resource!: string;

  @Shown.text()
  readonly fileName!: string;

  @Shown.text()
  readonly mediaType!: string;

  @Shown.whole()
  readonly bytes!: number;

  @Shown.text({ description: 'Hex' })
  readonly sha256!: string;

  @Shown.text()
  readonly addedBy!: string;

  @Shown.instant()
  readonly addedAt!: string;
}

export class ProofListView {
  @Shown.list(() => ProofView)
  readonly items!: readonly ProofView[];
}

import { Flag, Shown, Text } from '#wire';
import { COMPLAINANT_KINDS, type ComplainantKind } from './complainant-kinds.ts';
import { CANNOT, type Cannot, type NeededProof } from './intake-rules.ts';

export class ProofRequest {
  @Text({ max: 36, description: 'The file of the complaint that was examined' })
  fileId!: string;

  @Flag({ description: 'Whether it shows that whoever acts for the complainant may' })
  sufficient!: boolean;

  @Text({ nullable: true, max: 2000, description: 'What was seen, or what is missing; kept sealed' })
  note?: string | null;
}

export class RepresentativeView {
  @Shown.text()
  readonly name!: string;

  @Shown.text({ nullable: true })
  readonly idNumber!: string | null;

  @Shown.text({ nullable: true })
  readonly contact!: string | null;

  @Shown.text({ nullable: true })
  readonly relationship!: string | null;
}

export class ForwardedView {
  @Shown.text({ example: '12378' })
  readonly regulator!: string;

  @Shown.text()
  readonly reference!: string;

  @Shown.localDate()
  readonly forwardedOn!: string;
}

export class ProofExaminationView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.uuid()
  readonly fileId!: string;

  @Shown.flag()
  readonly sufficient!: boolean;

  @Shown.text({ nullable: true })
  readonly note!: string | null;

  @Shown.text()
  readonly examinedBy!: string;

  @Shown.instant()
  readonly examinedAt!: string;
}

export class IntakeView {
  @Shown.oneOf(COMPLAINANT_KINDS)
  readonly kind!: ComplainantKind;

  @Shown.whole({ description: 'How many persons complain together' })
  readonly groupSize!: number;

  @Shown.list(() => RepresentativeView, { description: 'Who speaks for a group, or the heirs' })
  readonly representatives!: readonly RepresentativeView[];

  @Shown.nested(() => ForwardedView, { nullable: true })
  readonly forwarded!: ForwardedView | null;

  @Shown.oneOf(['authority', 'heirship'], {
    nullable: true,
    description: 'The paper without which a decision is not told to who acts for the complainant (CMP20 14); null: none is needed',
  })
  readonly needsProof!: NeededProof | null;

  @Shown.flag({ description: 'Whether the latest examination found it sufficient, and the file is still there' })
  readonly isProved!: boolean;

  @Shown.list(() => ProofExaminationView, { description: 'The newest first' })
  readonly examinations!: readonly ProofExaminationView[];

  @Shown.texts({ description: `What cannot be done for who does not say who he is: ${CANNOT.join(', ')}` })
  readonly cannot!: readonly Cannot[];

  @Shown.flag()
  readonly masked!: boolean;
}

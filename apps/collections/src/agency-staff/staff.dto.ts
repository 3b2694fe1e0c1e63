import { LocalDate, OneOf, PageRequest, QueryFlag, Shown, Text, type Page } from '#wire';
import { STAFF_GAPS, UNFIT_REASONS } from './fitness.ts';

/** How somebody's identity was checked. */
export const IDENTITY_WAYS = ['original-seen', 'video', 'authority'] as const;
export type IdentityWay = (typeof IDENTITY_WAYS)[number];

export class StaffListRequest extends PageRequest {
  @QueryFlag({ optional: true, description: 'Only those at work, or only those who have left' })
  active?: boolean;
}

export class StaffChangeRequest {
  @Text({ max: 200, description: 'The real name; kept sealed. Another name than before has to be checked anew' })
  name!: string;

  @Text({ max: 40, nullable: true, description: 'Of the identity card; kept sealed' })
  idNumber?: string | null;

  @Text({ max: 200, nullable: true, description: 'Who employs them, as the labour contract says' })
  employer?: string | null;

  @LocalDate({ nullable: true, description: 'First day at work' })
  joinedOn?: string | null;
}

export class StaffRequest extends StaffChangeRequest {
  @Text({ max: 200, description: 'The id by which contacts name them' })
  collectorId!: string;
}

export class IdentityCheckRequest {
  @OneOf(IDENTITY_WAYS, {
    description: '`original-seen` the card itself, `video` seen by video, `authority` compared with the authority’s register',
  })
  how!: IdentityWay;
}

export class CertificateRequest {
  @Text({ max: 100 })
  number!: string;

  @Text({ max: 200, description: 'Who gave it' })
  issuer!: string;

  @LocalDate()
  validFrom!: string;

  @LocalDate({ description: 'Last day' })
  validTo!: string;
}

export class StaffReasonRequest {
  @Text({ max: 2000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}

export class SeatRequest {
  @Text({ max: 100, nullable: true, description: 'Null: none' })
  seatId?: string | null;
}

export class CertificateView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ nullable: true, description: 'Null: as the last file said, which names its last day alone' })
  readonly number!: string | null;

  @Shown.text({ nullable: true })
  readonly issuer!: string | null;

  @Shown.localDate({ nullable: true })
  readonly validFrom!: string | null;

  @Shown.localDate()
  readonly validTo!: string;

  @Shown.text({ nullable: true, description: 'Who at the bank has seen it; null: nobody yet, and it does not count' })
  readonly confirmedBy!: string | null;

  @Shown.flag()
  readonly revoked!: boolean;
}

export class IdentityView {
  @Shown.oneOf(IDENTITY_WAYS)
  readonly how!: string;

  @Shown.text()
  readonly by!: string;

  @Shown.instant()
  readonly at!: string;
}

export class SeatView {
  @Shown.text()
  readonly seatId!: string;

  @Shown.instant()
  readonly since!: string;
}

export class AgencyStaffView {
  @Shown.text()
  readonly collectorId!: string;

  @Shown.text({ example: '王*' })
  readonly name!: string;

  @Shown.text({ nullable: true, description: 'Always masked', example: '230***********12' })
  readonly idNumber!: string | null;

  @Shown.text({ nullable: true })
  readonly employer!: string | null;

  @Shown.localDate({ nullable: true })
  readonly joinedOn!: string | null;

  @Shown.localDate({ nullable: true })
  readonly leftOn!: string | null;

  @Shown.flag()
  readonly active!: boolean;

  @Shown.flag({ description: 'Whether the gate lets this collector make contacts today' })
  readonly fit!: boolean;

  @Shown.manyOf(UNFIT_REASONS, { description: 'Why not' })
  readonly unfit!: readonly string[];

  @Shown.manyOf(STAFF_GAPS, { description: 'What is to be mended, and stops nothing' })
  readonly gaps!: readonly string[];

  @Shown.nested(() => IdentityView, { nullable: true, description: 'Null: nobody has checked it' })
  readonly identity!: IdentityView | null;

  @Shown.localDate({ nullable: true, description: 'The last day of those that the bank has seen, as the gate reads it' })
  readonly certificateUntil!: string | null;

  @Shown.list(() => CertificateView)
  readonly certificates!: readonly CertificateView[];

  @Shown.nested(() => SeatView, { nullable: true })
  readonly seat!: SeatView | null;

  @Shown.texts({ description: 'Registered work tools' })
  readonly deviceIds!: readonly string[];

  @Shown.localDate({ nullable: true, description: 'Of the last training that was passed' })
  readonly lastTrainedOn!: string | null;
}

export class AgencyStaffPage implements Page<AgencyStaffView> {
  @Shown.list(() => AgencyStaffView)
  readonly items!: readonly AgencyStaffView[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

import { Flag, LocalDate, OneOf, PageRequest, QueryFlag, Shown, Text, Texts, Whole, type Page } from '#wire';

export const UNIT_KINDS = ['head-office', 'branch', 'department'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export class UnitRequest {
  @OneOf(UNIT_KINDS)
  kind!: UnitKind;

  @Text({ max: 100, example: '哈尔滨分行' })
  nameZh!: string;

  @Text({ max: 100, example: 'Harbin branch' })
  nameEn!: string;

  @Text({ nullable: true, max: 64, description: 'The code of the superior institution; null for the head office' })
  parent?: string | null;

  @Text({ nullable: true, max: 400, description: 'How to reach it; kept sealed' })
  contact?: string | null;

  @Flag({ nullable: true, description: 'Takes no more people and no more tasks' })
  retired?: boolean | null;
}

export class MemberRequest {
  @Text({ max: 100, description: 'How colleagues call him; kept sealed' })
  name!: string;

  @Text({ nullable: true, max: 64, description: 'The code of his unit' })
  unit?: string | null;

  @Text({ nullable: true, description: 'The subject of whom he reports to' })
  manager?: string | null;

  @Text({ nullable: true, max: 64, description: 'Of an agency: which' })
  agencyId?: string | null;

  @Texts({ nullable: true, maxItems: 50, description: 'Areas or categories in which he is at home, as codes' })
  areas?: string[] | null;

  @Texts({ nullable: true, maxItems: 50, description: 'Causes, as codes' })
  causes?: string[] | null;

  @Texts({ nullable: true, maxItems: 50, description: 'Channels, as codes' })
  channels?: string[] | null;

  @Texts({ nullable: true, maxItems: 20, example: ['zh', 'en'] })
  languages?: string[] | null;

  @Whole({ nullable: true, max: 1000, description: 'How many open complaints he can carry; 20 when left out, 0: is given none' })
  dailyCapacity?: number | null;

  @Flag({ nullable: true, description: 'False: has left the desk; true when left out' })
  active?: boolean | null;
}

export class AbsenceRequest {
  @LocalDate({ description: 'The first day' })
  from!: string;

  @LocalDate({ description: 'The last day, inclusive' })
  to!: string;

  @Text({ nullable: true, max: 400, description: 'Kept sealed' })
  reason?: string | null;
}

export class MemberListRequest {
  @Text({ optional: true, max: 64, description: 'The code of a unit: those in it' })
  unit?: string;

  @Text({ optional: true, max: 64 })
  agencyId?: string;

  @QueryFlag({ optional: true, description: '`true`: also who has left' })
  all?: boolean;
}

export class DeskChangeListRequest extends PageRequest {
  @Text({ optional: true, description: 'The code of a unit, or the subject of a member' })
  of?: string;
}

export class UnitView {
  @Shown.text()
  readonly code!: string;

  @Shown.oneOf(UNIT_KINDS)
  readonly kind!: UnitKind;

  @Shown.text()
  readonly nameZh!: string;

  @Shown.text()
  readonly nameEn!: string;

  @Shown.text({ nullable: true, description: 'The code of the superior institution' })
  readonly parent!: string | null;

  @Shown.text({ nullable: true, description: 'Null also for who may not see personal data' })
  readonly contact!: string | null;

  @Shown.whole({ description: 'People in it' })
  readonly members!: number;

  @Shown.flag()
  readonly retired!: boolean;
}

export class UnitList {
  @Shown.list(() => UnitView, { description: 'By code' })
  readonly items!: readonly UnitView[];
}

export class AbsenceView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.localDate()
  readonly from!: string;

  @Shown.localDate({ description: 'The last day, inclusive' })
  readonly to!: string;

  @Shown.text({ nullable: true })
  readonly reason!: string | null;
}

export class MemberView {
  @Shown.text()
  readonly subject!: string;

  @Shown.text({ example: '孙晓雯' })
  readonly name!: string;

  @Shown.text({ nullable: true, description: 'The code of his unit' })
  readonly unit!: string | null;

  @Shown.text({ nullable: true })
  readonly manager!: string | null;

  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.texts()
  readonly areas!: readonly string[];

  @Shown.texts()
  readonly causes!: readonly string[];

  @Shown.texts()
  readonly channels!: readonly string[];

  @Shown.texts()
  readonly languages!: readonly string[];

  @Shown.whole()
  readonly dailyCapacity!: number;

  @Shown.flag()
  readonly active!: boolean;

  @Shown.list(() => AbsenceView, { description: 'Not over yet' })
  readonly absences!: readonly AbsenceView[];

  @Shown.flag({ description: 'Away today' })
  readonly away!: boolean;
}

export class MemberList {
  @Shown.list(() => MemberView, { description: 'By unit and subject' })
  readonly items!: readonly MemberView[];
}

export class DeskChange {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(['unit', 'member'])
  readonly kind!: 'unit' | 'member';

  @Shown.text({ description: 'The code of the unit, or the subject of the member' })
  readonly of!: string;

  @Shown.text({ example: 'changed' })
  readonly action!: string;

  @Shown.text()
  readonly actor!: string;

  @Shown.instant()
  readonly at!: string;

  @Shown.free({ description: 'What is so since then; no names' })
  readonly data!: Readonly<Record<string, unknown>>;
}

export class DeskChangePage implements Page<DeskChange> {
  @Shown.list(() => DeskChange, { description: 'The newest first' })
  readonly items!: readonly DeskChange[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}

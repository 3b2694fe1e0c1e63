import { Flag, Instant, OneOf, PageRequest, QueryFlag, Text, Texts, Whole } from '#wire';
import { MATTER_STATES, type MatterState } from './major.store.ts';
import { REPORT_KINDS, type ReportKind } from './major-report.store.ts';
import { MAJOR_KINDS, STEP_ROLES, type MajorKind } from './plan.ts';

const MOST_COMPLAINTS = 500;
const filesAbout = { optional: true, maxItems: 20, description: 'Ids of files of the complaints that belong to it' };

export class MajorListRequest extends PageRequest {
  @OneOf([...MATTER_STATES, 'ended'], { optional: true, description: '`ended`: downgraded or closed' })
  state?: MatterState | 'ended';

  @OneOf(MAJOR_KINDS, { optional: true })
  kind?: MajorKind;

  @QueryFlag({ optional: true, description: 'Drills alone, or none; both when left out' })
  drill?: boolean;
}

export class MajorFiguresRequest {
  @Instant({ optional: true, description: 'Of what was known since; a year before now when left out' })
  from?: string;
}

class MarkRequest {
  @OneOf(MAJOR_KINDS, { description: '`group`: so many persons face to face; `designated`: because somebody says so, with the reason' })
  kind!: MajorKind;

  @Text({ max: 200, description: 'In a few words; kept sealed' })
  title!: string;

  @Text({ max: 4000, description: 'Why it is a major one; kept sealed' })
  reason!: string;

  @Whole({ nullable: true, min: 1, max: 1_000_000, description: 'How many persons; needed for `group`' })
  persons?: number | null;

  @Instant({ nullable: true, description: 'Since when the institution knows, from which the hours run; now when left out' })
  knownAt?: string | null;
}

export class MajorRequest extends MarkRequest {
  @Texts({ optional: true, maxItems: MOST_COMPLAINTS, description: 'Ids of its complaints: at least one, or none for a drill' })
  complaintIds?: string[];

  @Flag({ optional: true, description: 'An exercise: the plan runs, no complaint is touched, nothing is sent' })
  drill?: boolean;
}

export class MarkAsMajorRequest extends MarkRequest {}

export class MajorComplaintsRequest {
  @Texts({ maxItems: MOST_COMPLAINTS, minItems: 1, description: 'Ids' })
  complaintIds!: string[];
}

export class MajorStepRequest {
  @Text({ max: 500, description: 'What is to be done; kept sealed' })
  text!: string;

  @OneOf(STEP_ROLES)
  ownerRole!: string;

  @Text({ nullable: true, description: 'The subject whose it is; anybody with the role when left out' })
  owner?: string | null;

  @Instant()
  dueAt!: string;
}

export class MajorStepWord {
  @OneOf(['done', 'skipped'])
  state!: 'done' | 'skipped';

  @Text({ max: 4000, description: 'What shows that it is done, or why it is skipped; kept sealed' })
  proof!: string;

  @Texts(filesAbout)
  files?: string[];
}

export class MajorStepOwner {
  @Text({ description: 'A subject' })
  owner!: string;
}

export class DowngradeRequest {
  @Text({ max: 4000, description: 'Why it is none; kept sealed' })
  reason!: string;

  @Whole({
    nullable: true,
    min: 1,
    max: 1_000_000,
    description: 'How many persons there really were; needed where their number made it one',
  })
  persons?: number | null;
}

export class MajorWord {
  @Flag()
  agrees!: boolean;

  @Text({ nullable: true, max: 4000, description: 'Needed to refuse; kept sealed' })
  note?: string | null;
}

export class MajorNote {
  @Text({ max: 4000, description: 'What became of it and what was learned; kept sealed' })
  note!: string;
}

export class MajorReportRequest {
  @OneOf(REPORT_KINDS, { description: '`first`: the one that the hours are of; `closing`: with which the matter ends' })
  kind!: ReportKind;

  @Text({ max: 200, description: 'To whom, as the letter says it', example: '国家金融监督管理总局黑龙江监管局' })
  receiver!: string;

  @Text({ max: 8000, description: 'What happened, what was done, what is asked; printed beside what is known from the data' })
  statement!: string;
}

export class MajorSent {
  @Instant({ nullable: true, description: 'When it was sent; now when left out' })
  sentAt?: string | null;

  @Text({ max: 2000, description: 'How, with the receipt or reference that proves it; kept sealed' })
  proof!: string;

  @Texts(filesAbout)
  files?: string[];
}

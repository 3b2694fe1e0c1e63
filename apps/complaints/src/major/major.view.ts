import { Shown, type Page } from '#wire';
import { PaperView } from '../sorting/paper.service.ts';
import { MATTER_STATES } from './major.store.ts';
import { STEP_STATES } from './major-part.store.ts';
import { REPORT_KINDS, REPORT_STATES } from './major-report.store.ts';
import { MAJOR_KINDS } from './plan.ts';

export class MajorItem {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text({ example: 'ZD2026-00012' })
  readonly number!: string;

  @Shown.oneOf(MAJOR_KINDS)
  readonly kind!: string;

  @Shown.flag()
  readonly drill!: boolean;

  @Shown.oneOf(MATTER_STATES)
  readonly state!: string;

  @Shown.text({ nullable: true, description: 'Null for who may not see personal data' })
  readonly title!: string | null;

  @Shown.whole({ nullable: true })
  readonly persons!: number | null;

  @Shown.instant()
  readonly knownAt!: string;

  @Shown.instant({ description: 'By when is reported' })
  readonly reportDueAt!: string;

  @Shown.instant({ nullable: true, description: 'When the first report was sent; of a drill, approved' })
  readonly reportedAt!: string | null;

  @Shown.flag({ description: 'Not reported by then, or later' })
  readonly reportLate!: boolean;

  @Shown.whole()
  readonly complaints!: number;

  @Shown.whole()
  readonly steps!: number;

  @Shown.whole()
  readonly stepsOpen!: number;

  @Shown.whole({ description: 'Open after they were due' })
  readonly stepsOverdue!: number;
}

export class MajorPage implements Page<MajorItem> {
  @Shown.list(() => MajorItem)
  readonly items!: readonly MajorItem[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class MajorStepText {
  @Shown.text()
  readonly zh!: string;

  @Shown.text()
  readonly en!: string;
}

export class MajorStepView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.nested(() => MajorStepText, {
    nullable: true,
    description: 'In both languages where it is of the plan; null: written for this matter, and not for this reader',
  })
  readonly text!: MajorStepText | null;

  @Shown.text()
  readonly ownerRole!: string;

  @Shown.text({ nullable: true })
  readonly owner!: string | null;

  @Shown.instant()
  readonly dueAt!: string;

  @Shown.oneOf(STEP_STATES)
  readonly state!: string;

  @Shown.flag({ description: 'Open after it was due, or settled then' })
  readonly late!: boolean;

  @Shown.text({ nullable: true })
  readonly settledBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly settledAt!: string | null;

  @Shown.text({ nullable: true, description: 'Null also for who may not see personal data' })
  readonly proof!: string | null;

  @Shown.texts({ description: 'Ids of files of its complaints' })
  readonly files!: readonly string[];

  @Shown.flag({ description: 'Whether I may settle it' })
  readonly mine!: boolean;
}

export class MajorReportView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.oneOf(REPORT_KINDS)
  readonly kind!: string;

  @Shown.oneOf(REPORT_STATES)
  readonly state!: string;

  @Shown.text()
  readonly receiver!: string;

  @Shown.text()
  readonly draftedBy!: string;

  @Shown.instant()
  readonly draftedAt!: string;

  @Shown.text({ nullable: true })
  readonly settledBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly settledAt!: string | null;

  @Shown.nested(() => PaperView, { nullable: true, description: 'As it was printed when it was approved' })
  readonly paper!: PaperView | null;

  @Shown.text({ nullable: true })
  readonly sentBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly sentAt!: string | null;

  @Shown.text({ nullable: true, description: 'Null also for who may not see personal data' })
  readonly proof!: string | null;

  @Shown.texts()
  readonly files!: readonly string[];
}

export class MajorComplaintView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly number!: string;

  @Shown.text()
  readonly state!: string;

  @Shown.localDate()
  readonly dueOn!: string;
}

export class MajorEntryView {
  @Shown.instant()
  readonly at!: string;

  @Shown.text()
  readonly kind!: string;

  @Shown.text()
  readonly actor!: string;

  @Shown.free()
  readonly data!: Readonly<Record<string, unknown>>;

  @Shown.text({ nullable: true, description: 'What was written; null also for who may not see personal data' })
  readonly note!: string | null;
}

export class MajorView extends MajorItem {
  @Shown.text()
  readonly openedBy!: string;

  @Shown.instant()
  readonly openedAt!: string;

  @Shown.whole({ description: 'The version of the plan and the hours' })
  readonly settingsVersion!: number;

  @Shown.text({ nullable: true, description: 'Who asked for it to be downgraded; null: nobody, or it is settled' })
  readonly downgradeAskedBy!: string | null;

  @Shown.instant({ nullable: true })
  readonly endedAt!: string | null;

  @Shown.text({ nullable: true })
  readonly endedBy!: string | null;

  @Shown.list(() => MajorStepView)
  readonly plan!: readonly MajorStepView[];

  @Shown.list(() => MajorReportView)
  readonly reports!: readonly MajorReportView[];

  @Shown.list(() => MajorComplaintView, { description: 'The newest five hundred' })
  readonly complaintList!: readonly MajorComplaintView[];

  @Shown.list(() => MajorEntryView, { description: 'What was done, in order' })
  readonly entries!: readonly MajorEntryView[];

  @Shown.flag({ description: 'Whether texts are kept from this reader' })
  readonly masked!: boolean;
}

export class MajorCounts {
  @Shown.whole()
  readonly opened!: number;

  @Shown.whole()
  readonly open!: number;

  @Shown.whole()
  readonly closed!: number;

  @Shown.whole()
  readonly downgraded!: number;

  @Shown.whole({ description: 'Not reported, and due before now' })
  readonly overdue!: number;

  @Shown.whole()
  readonly reportedInTime!: number;

  @Shown.whole()
  readonly reportedLate!: number;

  @Shown.whole({ nullable: true, description: 'From when it was known to the first report, the one in the middle; null: none yet' })
  readonly medianMinutesToReport!: number | null;

  @Shown.whole()
  readonly stepsInTime!: number;

  @Shown.whole()
  readonly stepsLate!: number;
}

export class MajorFigures {
  @Shown.instant()
  readonly from!: string;

  @Shown.nested(() => MajorCounts)
  readonly real!: MajorCounts;

  @Shown.nested(() => MajorCounts, { description: 'Never among the others' })
  readonly drills!: MajorCounts;
}

import { LocalDate, Shown } from '#wire';

export class StatisticsRequest {
  @LocalDate({ description: 'The first day, Asia/Shanghai' })
  from!: string;

  @LocalDate({ description: 'The last day; a year after the first at most' })
  to!: string;
}

class PeriodView {
  @Shown.localDate()
  readonly from!: string;

  @Shown.localDate()
  readonly to!: string;
}

class ComplaintFigures {
  @Shown.whole()
  readonly received!: number;

  @Shown.whole({ description: 'Of these decided and told by their own term' })
  readonly onTime!: number;

  @Shown.whole({ description: 'After it, or still open past it' })
  readonly late!: number;

  @Shown.whole({ description: 'Of the late ones: still open' })
  readonly overdue!: number;

  @Shown.whole({ description: 'Not due yet, or paused' })
  readonly open!: number;

  @Shown.whole({ description: 'Withdrawn, declined or merged into an earlier one' })
  readonly ended!: number;
}

class MonthlyComplaints extends ComplaintFigures {
  @Shown.text({ description: 'YYYY-MM of receipt' })
  readonly month!: string;
}

/** Figures without persons; counted as the report on timeliness counts them. */
export class StatisticsView {
  @Shown.nested(() => PeriodView)
  readonly period!: PeriodView;

  @Shown.text()
  readonly timeZone!: string;

  @Shown.instant({ description: 'When they were counted, all of one state of the data' })
  readonly asOf!: string;

  @Shown.free({ nullable: true, description: 'The newest head of the evidence log by then' })
  readonly evidenceHead!: Readonly<Record<string, unknown>> | null;

  @Shown.nested(() => ComplaintFigures)
  readonly complaints!: ComplaintFigures;

  @Shown.list(() => MonthlyComplaints)
  readonly months!: readonly MonthlyComplaints[];
}

import { LocalDate, Shown } from '#wire';

export class StatisticsRequest {
  @LocalDate({ description: 'The first day, Asia/Shanghai' })
  from!: string;

  @LocalDate({ description: 'The last day; a year after the first at most' })
  to!: string;
}

export class RegisterRequest {
  @LocalDate({ optional: true, description: 'The day, Asia/Shanghai; today when left out' })
  on?: string;
}

class PeriodView {
  @Shown.localDate()
  readonly from!: string;

  @Shown.localDate()
  readonly to!: string;
}

class ContactFigures {
  @Shown.whole({ description: 'Contacts that the gate was asked for' })
  readonly asked!: number;

  @Shown.whole()
  readonly permitted!: number;

  @Shown.whole()
  readonly refused!: number;
}

class MonthlyContacts extends ContactFigures {
  @Shown.text({ description: 'YYYY-MM' })
  readonly month!: string;
}

class RuleFigures {
  @Shown.text()
  readonly ruleId!: string;

  @Shown.whole({ description: 'Refusals with this rule among the reasons' })
  readonly all!: number;

  @Shown.whole({ description: 'Refusals with this rule as the first reason' })
  readonly first!: number;
}

class StandingFigures {
  @Shown.text({ description: '`candidate`, `approved`, `active`, `suspended` or `exited`' })
  readonly status!: string;

  @Shown.whole()
  readonly agencies!: number;

  @Shown.whole({ description: 'Of these on the published list' })
  readonly published!: number;
}

/** Figures without persons; counted as the reports count them. */
export class StatisticsView {
  @Shown.nested(() => PeriodView)
  readonly period!: PeriodView;

  @Shown.text()
  readonly timeZone!: string;

  @Shown.instant({ description: 'When they were counted, all of one state of the data' })
  readonly asOf!: string;

  @Shown.free({ nullable: true, description: 'The newest head of the evidence log by then' })
  readonly evidenceHead!: Readonly<Record<string, unknown>> | null;

  @Shown.nested(() => ContactFigures)
  readonly contacts!: ContactFigures;

  @Shown.list(() => MonthlyContacts)
  readonly months!: readonly MonthlyContacts[];

  @Shown.list(() => RuleFigures, { description: 'The most frequent first' })
  readonly rules!: readonly RuleFigures[];

  @Shown.list(() => StandingFigures, { description: 'As the agencies stand now; for a day that is past: /v1/agency-register' })
  readonly standings!: readonly StandingFigures[];
}

class RegisteredAgency {
  @Shown.text()
  readonly agencyId!: string;

  @Shown.text({ description: 'As it is called now' })
  readonly name!: string;

  @Shown.text()
  readonly status!: string;

  @Shown.flag({ description: 'On the published list' })
  readonly published!: boolean;

  @Shown.instant({ nullable: true, description: 'When it came to stand so; null: no change of its standing is kept' })
  readonly since!: string | null;

  @Shown.texts({ description: 'What barred it' })
  readonly bars!: readonly string[];
}

/** The register as it stood when a day ended. */
export class RegisterView {
  @Shown.localDate()
  readonly on!: string;

  @Shown.instant()
  readonly asOf!: string;

  @Shown.list(() => RegisteredAgency)
  readonly items!: readonly RegisteredAgency[];
}

import { Flag, LocalDate, OneOf, PageRequest, QueryFlag, Shown, Text, type Page } from '#wire';
import { ActView } from '../act/act.dto.ts';
import { AGENCY_STATUSES, WORKING_STATUSES, STANDING_REASONS, type AgencyStatus } from './standing.ts';

export class AgencyListRequest extends PageRequest {
  @OneOf(AGENCY_STATUSES, { optional: true })
  status?: AgencyStatus;

  @QueryFlag({ optional: true, description: 'Only those on the published list, or only those that are not' })
  published?: boolean;
}

export class StandingRequest {
  @OneOf(WORKING_STATUSES, {
    optional: true,
    description: 'Left as it is when left out, as all that follows; coming and going takes two persons',
  })
  status?: (typeof WORKING_STATUSES)[number];

  @Flag({ optional: true, description: 'Whether it is on the published list' })
  published?: boolean;

  @LocalDate({ nullable: true, description: 'First day of the contract; null: open' })
  contractFrom?: string | null;

  @LocalDate({ nullable: true, description: 'Last day of the contract; null: open' })
  contractTo?: string | null;

  @LocalDate({ nullable: true, description: 'Day of the last evaluation' })
  lastEvaluatedOn?: string | null;

  @Text({ max: 2000, description: 'Why, in your words; kept sealed' })
  reason!: string;
}

export class ContractView {
  @Shown.localDate({ nullable: true, description: 'First day; null: open' })
  readonly from!: string | null;

  @Shown.localDate({ nullable: true, description: 'Last day; null: open' })
  readonly to!: string | null;
}

export class StandingView {
  @Shown.flag({ description: 'Whether the gate lets the agency make contacts today, in the zone of the institution' })
  readonly good!: boolean;

  @Shown.manyOf(STANDING_REASONS, { description: 'Why not; `never-evaluated` and `evaluation-old` only warn' })
  readonly reasons!: readonly string[];
}

export class AgencyItem {
  @Shown.text({ description: 'As given at import' })
  readonly agencyId!: string;

  @Shown.text()
  readonly name!: string;

  @Shown.text({ nullable: true })
  readonly licence!: string | null;

  @Shown.oneOf(AGENCY_STATUSES)
  readonly status!: AgencyStatus;

  @Shown.flag({ description: 'On the published list' })
  readonly published!: boolean;

  @Shown.nested(() => ContractView, { nullable: true, description: 'Null: there is none' })
  readonly contract!: ContractView | null;

  @Shown.localDate({ nullable: true })
  readonly lastEvaluatedOn!: string | null;

  @Shown.text({ nullable: true })
  readonly phone!: string | null;

  @Shown.text({ nullable: true })
  readonly address!: string | null;

  @Shown.nested(() => StandingView)
  readonly standing!: StandingView;

  @Shown.whole({ description: 'Collectors who are registered and have not left' })
  readonly staffCount!: number;

  @Shown.whole({ description: 'Open cases that it has' })
  readonly openCases!: number;

  @Shown.whole({ description: 'Those of them that have to be taken back, because it may not work them' })
  readonly casesToTakeBack!: number;
}

export class StandingConsequences {
  @Shown.whole({ description: 'Permits that its collectors have and have not used: taken back when it may not contact any more' })
  readonly openPermits!: number;

  @Shown.whole({ description: 'Open cases that somebody of the bank has to take back then' })
  readonly openCases!: number;

  @Shown.text({ nullable: true, description: 'The bank’s responsible person; null: nobody is named, so whoever manages collections' })
  readonly responsible!: string | null;
}

export class AgencyPage implements Page<AgencyItem> {
  @Shown.list(() => AgencyItem)
  readonly items!: readonly AgencyItem[];

  @Shown.text({ nullable: true, description: 'The `cursor` of the next page; null: this was the last' })
  readonly nextCursor!: string | null;
}

export class StaffView {
  @Shown.text()
  readonly collectorId!: string;

  @Shown.text({ example: '王*' })
  readonly name!: string;

  @Shown.localDate({ nullable: true, description: 'Last day of the training certificate; null: there is none' })
  readonly certificateUntil!: string | null;

  @Shown.flag({ description: 'False: has left' })
  readonly active!: boolean;

  @Shown.flag({ description: 'Whether the gate lets this collector make contacts today' })
  readonly fit!: boolean;

  @Shown.texts({ description: 'Registered work tools' })
  readonly deviceIds!: readonly string[];
}

export class AgencyView extends AgencyItem {
  @Shown.list(() => StaffView)
  readonly staff!: readonly StaffView[];

  @Shown.texts({ description: 'Registered work tools of all' })
  readonly deviceIds!: readonly string[];

  @Shown.list(() => ActView, { description: 'What was set of its standing, oldest first; the first 200' })
  readonly history!: readonly ActView[];

  @Shown.flag({ description: "Whether names are masked for the reader's role" })
  readonly masked!: boolean;
}

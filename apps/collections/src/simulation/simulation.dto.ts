import { PageRequest, Shown, Whole } from '#wire';
import { Answer } from '../contact/answer.ts';

export const SIMULATION_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

export class SimulationRequest {
  @Whole({ min: 1, max: 366, description: 'Contacts of so many days of 24 hours up to now' })
  readonly days!: number;
}

export class SimulationFilter extends PageRequest {}

export class SimulationProgress {
  @Shown.whole({ description: 'Rows read so far' })
  readonly done!: number;

  @Shown.whole({ nullable: true, description: 'Null until it is known' })
  readonly total!: number | null;
}

export class SimulationPeriod {
  @Shown.instant()
  readonly from!: string;

  @Shown.instant({ description: 'Not included' })
  readonly to!: string;
}

export class SimulationFailure {
  @Shown.text({ example: 'internal' })
  readonly code!: string;

  @Shown.text()
  readonly detail!: string;
}

class Turns {
  @Shown.whole({ description: 'Contacts judged' })
  readonly judged!: number;

  @Shown.whole({ description: 'Permits that become refusals' })
  readonly toRefused!: number;

  @Shown.whole({ description: 'Refusals that become permits' })
  readonly toPermitted!: number;
}

export class RuleTurns {
  @Shown.text()
  readonly ruleId!: string;

  @Shown.text({ description: '`institution` for its own rules' })
  readonly pack!: string;

  @Shown.whole()
  readonly toRefused!: number;

  @Shown.whole()
  readonly toPermitted!: number;
}

export class AgencyTurns extends Turns {
  @Shown.text({ nullable: true, description: 'Null: the institution itself; `*`: all others, where there are too many' })
  readonly agencyId!: string | null;
}

export class SegmentTurns extends Turns {
  @Shown.text({ description: 'The four that follow, as one text', example: '信用卡 · M2 · voice · interactive' })
  readonly segment!: string;

  @Shown.text({ description: 'Empty: the case is not known' })
  readonly product!: string;

  @Shown.text({ description: 'M1: up to 30 days overdue, M2: up to 60, ... M7+: more than 180; M0: not overdue, or not known' })
  readonly overdue!: string;

  @Shown.text()
  readonly channel!: string;

  @Shown.text({ nullable: true })
  readonly mode!: string | null;
}

export class DayTurns extends Turns {
  @Shown.localDate({ description: 'Where the debtor is' })
  readonly day!: string;
}

export class SampleView {
  @Shown.oneOf(['decision', 'log'], { description: '`decision`: of the gate; `log`: an imported contact' })
  readonly source!: string;

  @Shown.text()
  readonly attemptId!: string;

  @Shown.instant()
  readonly at!: string;

  @Shown.text({ nullable: true })
  readonly caseId!: string | null;

  @Shown.text()
  readonly channel!: string;

  @Shown.text({ nullable: true })
  readonly mode!: string | null;

  @Shown.text({ nullable: true })
  readonly agencyId!: string | null;

  @Shown.text({ nullable: true, description: 'A token: equal numbers or addresses have equal ones' })
  readonly contactPoint!: string | null;

  @Shown.nested(() => Answer, { description: 'Under the version that the draft is compared with' })
  readonly before!: Answer;

  @Shown.nested(() => Answer, { description: 'Under the draft' })
  readonly after!: Answer;
}

export class OpenPermitReason {
  @Shown.text()
  readonly ruleId!: string;

  @Shown.text()
  readonly pack!: string;
}

export class OpenPermitView {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly caseId!: string;

  @Shown.instant()
  readonly expiresAt!: string;

  @Shown.list(() => OpenPermitReason)
  readonly reasons!: readonly OpenPermitReason[];
}

export class OpenPermits {
  @Shown.whole({ description: 'Permits without an outcome that had not lapsed when it was asked for' })
  readonly open!: number;

  @Shown.whole({ description: 'Of these, those that the draft would refuse then' })
  readonly touched!: number;

  @Shown.list(() => OpenPermitView, { description: 'The first 200 to expire' })
  readonly items!: readonly OpenPermitView[];
}

export class SimulationLeftOut {
  @Shown.text()
  readonly ruleId!: string;

  @Shown.text()
  readonly pack!: string;

  @Shown.whole({ description: 'Contacts for which it could not be asked' })
  readonly contacts!: number;
}

export class SimulationNote {
  @Shown.text({ example: 'history-would-differ' })
  readonly code!: string;

  @Shown.text({ description: 'In the language of the reader' })
  readonly text!: string;
}

export class PolicySimulationItem {
  @Shown.uuid()
  readonly id!: string;

  @Shown.uuid()
  readonly draftId!: string;

  @Shown.whole({ description: 'Revision of the draft' })
  readonly revision!: number;

  @Shown.oneOf(SIMULATION_STATES)
  readonly state!: string;

  @Shown.nested(() => SimulationProgress, { nullable: true })
  readonly progress!: SimulationProgress | null;

  @Shown.nested(() => SimulationFailure, { nullable: true })
  readonly failure!: SimulationFailure | null;

  @Shown.nested(() => SimulationPeriod)
  readonly period!: SimulationPeriod;

  @Shown.text({ nullable: true, description: 'Null: every product without a version of its own' })
  readonly product!: string | null;

  @Shown.text()
  readonly requestedBy!: string;

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.instant({ nullable: true })
  readonly finishedAt!: string | null;

  @Shown.whole({ nullable: true, description: 'The version it was compared with; null: the newest cn-card, or not known yet' })
  readonly against!: number | null;

  @Shown.whole({ nullable: true, description: 'Null until it is done, as all counts' })
  readonly judged!: number | null;

  @Shown.whole({ nullable: true })
  readonly changed!: number | null;

  @Shown.whole({ nullable: true, description: 'Permits that become refusals' })
  readonly toRefused!: number | null;

  @Shown.whole({ nullable: true, description: 'Refusals that become permits' })
  readonly toPermitted!: number | null;
}

export class PolicySimulationView extends PolicySimulationItem {
  @Shown.whole({ nullable: true, description: 'Of `judged`: decisions of the gate' })
  readonly decided!: number | null;

  @Shown.whole({ nullable: true, description: 'Of `judged`: contacts of imported logs' })
  readonly logged!: number | null;

  @Shown.whole({ nullable: true })
  readonly refusedBefore!: number | null;

  @Shown.whole({ nullable: true })
  readonly refusedAfter!: number | null;

  @Shown.list(() => RuleTurns, { description: 'A contact counts under each rule that made the difference' })
  readonly byRule!: readonly RuleTurns[];

  @Shown.list(() => AgencyTurns)
  readonly byAgency!: readonly AgencyTurns[];

  @Shown.list(() => SegmentTurns, { description: 'The 200 with the most changes' })
  readonly bySegment!: readonly SegmentTurns[];

  @Shown.list(() => DayTurns)
  readonly byDay!: readonly DayTurns[];

  @Shown.list(() => SampleView, { description: 'At most 50, of every kind of change some' })
  readonly samples!: readonly SampleView[];

  @Shown.nested(() => OpenPermits, { nullable: true })
  readonly openPermits!: OpenPermits | null;

  @Shown.list(() => SimulationLeftOut)
  readonly leftOut!: readonly SimulationLeftOut[];

  @Shown.list(() => SimulationNote, { description: 'What the result cannot know' })
  readonly notes!: readonly SimulationNote[];
}

export class PolicySimulationPage {
  @Shown.list(() => PolicySimulationItem, { description: 'The newest first' })
  readonly items!: readonly PolicySimulationItem[];

  @Shown.text({ nullable: true })
  readonly nextCursor!: string | null;
}

import { Shown } from '#wire';
import type { Progress } from './progress.ts';
import type { LookbackSummary } from './summary.ts';

// The summary itself is plain data that the command writes too; these say the same to whoever reads the API.

export class LookbackPack {
  @Shown.text({ example: 'cn-card' })
  readonly pack!: string;

  @Shown.whole({ example: 1 })
  readonly version!: number;
}

export class LookbackProgress implements Progress {
  @Shown.oneOf(['reading', 'sorting', 'judging'])
  readonly phase!: Progress['phase'];

  @Shown.whole({ description: 'Rows of this phase so far; while judging out of `totalRows`' })
  readonly rows!: number;

  @Shown.whole({ nullable: true, description: 'Null while reading: not known yet' })
  readonly totalRows!: number | null;

  @Shown.whole()
  readonly bytes!: number;

  @Shown.whole()
  readonly totalBytes!: number;

  @Shown.number({ description: 'Of this phase' })
  readonly rowsPerSecond!: number;

  @Shown.number({ nullable: true, description: 'Of the whole look-back; null while there is nothing to estimate from' })
  readonly secondsLeft!: number | null;
}

export class LookbackRows {
  @Shown.whole({ description: 'read = judged + history + duplicates + rejected' })
  readonly read!: number;

  @Shown.whole()
  readonly judged!: number;

  @Shown.whole({ description: 'Contacts of theirs, and those never placed' })
  readonly history!: number;

  @Shown.whole()
  readonly duplicates!: number;

  @Shown.whole()
  readonly rejected!: number;
}

export class LookbackPeriod {
  @Shown.instant()
  readonly from!: string;

  @Shown.instant()
  readonly to!: string;
}

export class RuleFindings {
  @Shown.text({ example: 'quiet-hours' })
  readonly ruleId!: string;

  @Shown.text()
  readonly pack!: string;

  @Shown.oneOf(['block', 'warn'])
  readonly severity!: string;

  @Shown.text({ nullable: true, description: 'For `missing-fact`, the fact that is missing' })
  readonly fact!: string | null;

  @Shown.whole()
  readonly findings!: number;
}

export class AgencyFindings {
  @Shown.text({ nullable: true, description: 'Null: the institution itself' })
  readonly agencyId!: string | null;

  @Shown.whole()
  readonly attempts!: number;

  @Shown.whole()
  readonly findings!: number;
}

export class HourFindings {
  @Shown.whole({ description: "0 to 23 in the debtor's zone" })
  readonly hour!: number;

  @Shown.whole()
  readonly attempts!: number;

  @Shown.whole()
  readonly findings!: number;
}

export class DebtorFindings {
  @Shown.text()
  readonly debtorId!: string;

  @Shown.whole()
  readonly findings!: number;
}

export class LeftOutRule {
  @Shown.text()
  readonly ruleId!: string;

  @Shown.text()
  readonly pack!: string;

  @Shown.texts({ description: 'What a log does not hold and the register did not know' })
  readonly needs!: readonly string[];

  @Shown.whole()
  readonly attempts!: number;
}

export class LookbackError {
  @Shown.whole({ nullable: true, description: 'As a spreadsheet counts: the header is row 1. Null: the file as a whole' })
  readonly row!: number | null;

  @Shown.text({ nullable: true })
  readonly column!: string | null;

  @Shown.text({ example: 'no-offset' })
  readonly code!: string;

  @Shown.text()
  readonly detail!: string;
}

/** A look-back: how far it is and, once done, what it found. Null and empty until then. */
export class LookbackView implements Pick<LookbackSummary, 'byRule' | 'byAgency' | 'byHour' | 'worstDebtors' | 'leftOut'> {
  @Shown.uuid()
  readonly id!: string;

  @Shown.text()
  readonly fileName!: string;

  @Shown.oneOf(['queued', 'running', 'done', 'failed'])
  readonly state!: 'queued' | 'running' | 'done' | 'failed';

  @Shown.list(() => LookbackPack)
  readonly packs!: readonly LookbackPack[];

  @Shown.nested(() => LookbackProgress, { nullable: true })
  readonly progress!: LookbackProgress | null;

  @Shown.nested(() => LookbackRows, { nullable: true })
  readonly rows!: LookbackRows | null;

  @Shown.nested(() => LookbackPeriod, { nullable: true, description: 'First and last startedAt' })
  readonly period!: LookbackPeriod | null;

  @Shown.whole({ nullable: true })
  readonly findings!: number | null;

  @Shown.whole({ nullable: true, description: 'Judged attempts with at least one finding' })
  readonly attemptsWithFindings!: number | null;

  @Shown.list(() => RuleFindings, { description: 'In the order of the packs' })
  readonly byRule!: readonly RuleFindings[];

  @Shown.list(() => AgencyFindings, { description: 'Most findings first' })
  readonly byAgency!: readonly AgencyFindings[];

  @Shown.list(() => HourFindings)
  readonly byHour!: readonly HourFindings[];

  @Shown.list(() => DebtorFindings, { description: 'The twenty debtors with the most findings' })
  readonly worstDebtors!: readonly DebtorFindings[];

  @Shown.list(() => LeftOutRule, { description: 'Rules that were not asked for some attempts' })
  readonly leftOut!: readonly LeftOutRule[];

  @Shown.whole({
    nullable: true,
    description: 'Attempts judged as if nobody had consented to anything, because no register said otherwise',
  })
  readonly withoutConsents!: number | null;

  @Shown.list(() => LookbackError, { description: 'The first 1,000 rows left out, or why the file as a whole was refused' })
  readonly errors!: readonly LookbackError[];

  @Shown.instant()
  readonly createdAt!: string;

  @Shown.instant({ nullable: true })
  readonly finishedAt!: string | null;
}

import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { addDays, localDay } from '../oversight/local-days.ts';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { bankOnly, invalid } from '../oversight/oversight.refusals.ts';
import { SettingService } from '../oversight/setting.service.ts';
import { evaluationDue } from './due.ts';
import type { ScorecardRanking, ScorecardRequest, ScorecardView } from './scorecard.dto.ts';
import { toFactsView, toScoreView } from './evaluation.view.ts';
import { FactsService, monthsOf, type Period } from './facts.service.ts';
import { score } from './score.ts';
import { WeightsService } from './weights.service.ts';

const YEAR_DAYS = 365;
const MOST_DAYS = 2 * YEAR_DAYS;

/** How agencies do now: the same numbers as an evaluation, which nobody has to confirm. */
@Injectable()
export class ScorecardService {
  constructor(
    @Inject(OversightDesk) private readonly desk: OversightDesk,
    @Inject(FactsService) private readonly facts: FactsService,
    @Inject(WeightsService) private readonly weights: WeightsService,
    @Inject(SettingService) private readonly settings: SettingService,
  ) {}

  /** Refuses with NOT_FOUND, also for another agency's, and INVALID for a period that is longer than two years or has not begun. */
  scorecard(principal: Principal, agencyId: string, request: ScorecardRequest): Promise<ScorecardView> {
    const { institutionId } = principal;
    return this.desk.read(principal, async (tx) => {
      const agency = await this.desk.agency(tx, principal, agencyId);
      const asOf = await this.desk.now(tx);
      const today = localDay(asOf);
      const period = periodOf(request, today);
      const { version: weightsVersion, weights } = await this.weights.inForce(tx, institutionId);
      const months = monthsOf(period);
      const [[facts, ...ofMonths] = []] = await this.facts.gather(tx, {
        institutionId,
        agencyIds: [agencyId],
        periods: [period, ...months],
        asOf,
      });
      if (!facts) throw new Error('no facts were gathered');
      const due = evaluationDue(agency, await this.settings.inForce(tx, institutionId), today);
      return {
        agencyId,
        name: agency.name,
        ...period,
        weightsVersion,
        score: toScoreView(score(facts, weights)),
        facts: toFactsView(facts),
        months: ofMonths.map((one) => ({ from: one.from, to: one.to, ...toScoreView(score(one, weights)) })),
        lastEvaluatedOn: agency.lastEvaluatedOn,
        evaluationDueOn: due.dueOn,
        evaluationCause: due.cause,
      };
    });
  }

  /** Of all agencies that have not left, the best first. Refuses with FORBIDDEN, INVALID. */
  async ranking(principal: Principal, request: ScorecardRequest): Promise<ScorecardRanking> {
    bankOnly(principal);
    return this.desk.read(principal, (tx) => this.rank(tx, principal, request));
  }

  private async rank(tx: Tx, principal: Principal, request: ScorecardRequest): Promise<ScorecardRanking> {
    const { institutionId } = principal;
    const agencies = await this.desk.agencies(tx, principal);
    const asOf = await this.desk.now(tx);
    const today = localDay(asOf);
    const period = periodOf(request, today);
    const { version: weightsVersion, weights } = await this.weights.inForce(tx, institutionId);
    const setting = await this.settings.inForce(tx, institutionId);
    const agencyIds = agencies.map(({ agencyId }) => agencyId);
    const facts = await this.facts.gather(tx, { institutionId, agencyIds, periods: [period], asOf });
    const items = agencies.flatMap((agency, index) => {
      const [own] = facts[index] ?? [];
      if (!own) return [];
      const { agencyId, name, status, lastEvaluatedOn } = agency;
      const evaluationDueOn = evaluationDue(agency, setting, today).dueOn;
      return [{ agencyId, name, status, lastEvaluatedOn, evaluationDueOn, score: toScoreView(score(own, weights)) }];
    });
    const ranked = items.toSorted((a, b) => b.score.total - a.score.total || (a.agencyId < b.agencyId ? -1 : 1));
    return { ...period, weightsVersion, items: ranked };
  }
}

function periodOf({ from, to }: ScorecardRequest, today: string): Period {
  const last = to ?? today;
  if (last > today) throw invalid('/to', 'has not come yet: give today or an earlier day');
  const first = from ?? addDays(last, 1 - YEAR_DAYS);
  if (first > last) throw invalid('/from', `is later than the last day (${last})`);
  if (addDays(first, MOST_DAYS) < last) throw invalid('/from', 'lies more than two years before the last day');
  return { from: first, to: last };
}

import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE } from '#contact-rules';
import { INVALID, Refusal } from '#problem';
import { cohensKappa, exactAgreement, linear, type Pair } from './agreement.ts';
import { CalibrationStore, type PairRecord, type Reviewed } from './calibration.store.ts';
import { PlanService } from './plan.service.ts';
import { QualityDesk } from './quality.desk.ts';
import type { CalibrationRequest, CalibrationView, ItemAgreement, ReviewerAgreement } from './quality.dto.ts';
import { gradeOf, GRADES, MARKS, type Sheet } from './sheet.ts';

/** How far reviewers agree who marked the same recordings without seeing each other's marks. */
@Injectable()
export class CalibrationService {
  constructor(
    @Inject(QualityDesk) private readonly desk: QualityDesk,
    @Inject(CalibrationStore) private readonly store: CalibrationStore,
    @Inject(PlanService) private readonly planning: PlanService,
  ) {}

  /** Refuses with INVALID. */
  async find(principal: Principal, { from, to }: CalibrationRequest): Promise<CalibrationView> {
    if (to < from) throw new Refusal(INVALID, { errors: [{ pointer: '/to', detail: 'must not be before `from`' }] });
    return this.desk.read(principal, async (tx) => {
      const pairs = await this.store.pairs(tx, principal.institutionId, from, to, DEFAULT_TIME_ZONE);
      const sheets = new Map<number, Sheet>();
      for (const version of new Set(pairs.map(({ sheetVersion }) => sheetVersion)))
        sheets.set(version, await this.planning.sheet(tx, principal.institutionId, version));
      return measure(pairs, sheets);
    });
  }
}

export function measure(pairs: readonly PairRecord[], sheets: ReadonlyMap<number, Sheet>): CalibrationView {
  const grades = pairs.map(({ sheetVersion, one, other }): Pair => {
    const passScore = sheets.get(sheetVersion)?.passScore ?? 0;
    return [gradeOf(one, passScore), gradeOf(other, passScore)];
  });
  return {
    pairs: pairs.length,
    third: pairs.filter(({ third }) => third).length,
    gradeKappa: rounded(cohensKappa(grades, GRADES, linear)),
    items: itemsOf(pairs, sheets),
    reviewers: reviewersOf(pairs),
  };
}

function itemsOf(pairs: readonly PairRecord[], sheets: ReadonlyMap<number, Sheet>): ItemAgreement[] {
  // An item of the same id in two versions of the sheet is the same item, in its latest words.
  const items = new Map(
    [...sheets.values()].toSorted((a, b) => a.version - b.version).flatMap((sheet) => sheet.items.map((item) => [item.id, item] as const)),
  );
  return [...items.values()].map(({ id, zh, en }) => {
    const marked = pairs.flatMap(({ one, other }): Pair[] => {
      const [a, b] = [one.marks[id], other.marks[id]];
      return a === undefined || b === undefined ? [] : [[a, b]];
    });
    return { item: id, zh, en, pairs: marked.length, exact: rounded(exactAgreement(marked)), kappa: rounded(cohensKappa(marked, MARKS)) };
  });
}

function reviewersOf(pairs: readonly PairRecord[]): ReviewerAgreement[] {
  const views = pairs.flatMap(({ one, other }) => [
    { mine: one, theirs: other },
    { mine: other, theirs: one },
  ]);
  const people = [...new Set(views.map(({ mine }) => mine.reviewer))].toSorted();
  return people.map((reviewer) => {
    const own = views.filter(({ mine }) => mine.reviewer === reviewer);
    const marked = own.flatMap(({ mine, theirs }) => markPairs(mine, theirs));
    const milder = own.reduce((sum, { mine, theirs }) => sum + mine.score - theirs.score, 0) / own.length;
    return { reviewer, pairs: own.length, exact: rounded(exactAgreement(marked)), milder: rounded(milder) };
  });
}

const markPairs = (mine: Reviewed, theirs: Reviewed): Pair[] =>
  Object.entries(mine.marks).flatMap(([item, mark]): Pair[] => {
    const other = theirs.marks[item];
    return other === undefined ? [] : [[mark, other]];
  });

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 1000) / 1000);

import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { INVALID, Refusal } from '#problem';
import { percent } from '#render';
import { DIMENSIONS, type Dimension } from '../code-table/codes.ts';
import { SortingDesk } from '../sorting/sorting.desk.ts';
import { AgreementStore, type MonthCount } from './agreement.store.ts';
import type { AgreementPeriodRequest, AgreementView, DimensionAgreement } from './classification.dto.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;

/** How often people take what the rules suggest: by dimension, month and rule, of first classifications alone. */
@Injectable()
export class AgreementService {
  constructor(
    @Inject(SortingDesk) private readonly desk: SortingDesk,
    @Inject(AgreementStore) private readonly store: AgreementStore,
  ) {}

  /** Refuses with INVALID for a period that is upside down or longer than a year. */
  async find(principal: Principal, { from, to }: AgreementPeriodRequest): Promise<AgreementView> {
    const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
    if (days < 0) throw new Refusal(INVALID, { errors: [{ pointer: '/to', detail: `is before ${from}` }] });
    if (days >= MOST_DAYS)
      throw new Refusal(INVALID, { errors: [{ pointer: '/to', detail: `is more than ${MOST_DAYS} days after from` }] });
    const zone = Zone.of(DEFAULT_TIME_ZONE);
    const [start, end] = [new Date(zone.dateStart(from)), new Date(zone.dateStart(dayAfter(to)))];
    return this.desk.read(principal, async (tx) => {
      const months = await this.store.months(tx, principal.institutionId, start, end, DEFAULT_TIME_ZONE);
      const rules = await this.store.rules(tx, principal.institutionId, start, end);
      return {
        from,
        to,
        dimensions: DIMENSIONS.map((dimension) => sumOf(dimension, months)),
        months: months.map((count) => ({ month: count.month, ...sumOf(count.dimension, [count]) })),
        rules: rules.map(({ rule, dimension, code, hits, taken }) => ({ rule, dimension, code, hits, taken, overruled: hits - taken })),
      };
    });
  }
}

const dayAfter = (date: string): string => new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, 10);

function sumOf(dimension: Dimension, months: readonly MonthCount[]): DimensionAgreement {
  const of = months.filter((month) => month.dimension === dimension);
  const sum = (pick: (month: MonthCount) => number): number => of.reduce((all, month) => all + pick(month), 0);
  const [classified, suggested, taken] = [sum((m) => m.classified), sum((m) => m.suggested), sum((m) => m.taken)];
  return { dimension, classified, suggested, taken, share: percent(taken, suggested) };
}

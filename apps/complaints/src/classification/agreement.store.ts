import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Dimension } from '../code-table/codes.ts';

export interface MonthCount {
  readonly month: string;
  readonly dimension: Dimension;
  readonly classified: number;
  readonly suggested: number;
  readonly taken: number;
}

export interface RuleCount {
  readonly rule: string;
  readonly dimension: Dimension;
  readonly code: string;
  readonly hits: number;
  readonly taken: number;
}

/** How often what the rules suggest is taken. */
@Injectable()
export class AgreementStore {
  async months(tx: Tx, institutionId: string, from: Date, until: Date, timeZone: string): Promise<MonthCount[]> {
    return tx.query(
      `select to_char(at at time zone $4, 'YYYY-MM') as month, dimension, count(*)::int as classified, count(suggested)::int as suggested,
         count(*) filter (where suggested = confirmed)::int as taken
       from suggestion_outcome where institution_id = $1 and at >= $2 and at < $3 group by 1, 2 order by 1, 2`,
      [institutionId, from, until, timeZone],
    );
  }

  async rules(tx: Tx, institutionId: string, from: Date, until: Date): Promise<RuleCount[]> {
    return tx.query(
      `select r.rule, o.dimension, r.code, count(*)::int as hits, count(*) filter (where r.code = o.confirmed)::int as taken
       from suggestion_outcome o cross join lateral jsonb_to_recordset(o.rules) as r(rule text, code text)
       where o.institution_id = $1 and o.at >= $2 and o.at < $3 group by 1, 2, 3
       order by count(*) filter (where r.code <> o.confirmed) desc, count(*) desc, 1 limit 200`,
      [institutionId, from, until],
    );
  }
}

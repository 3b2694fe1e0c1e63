import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Marks } from './sheet.ts';

/** A recording that two reviewed. */
export interface PairRecord {
  readonly sheetVersion: number;
  readonly third: boolean;
  readonly one: Reviewed;
  readonly other: Reviewed;
}

export interface Reviewed {
  readonly reviewer: string;
  readonly marks: Marks;
  readonly score: number;
  readonly fatal: boolean;
}

const reviewed = (alias: string): string =>
  `json_build_object('reviewer', ${alias}.reviewer, 'marks', ${alias}.marks, 'score', ${alias}.score, 'fatal', ${alias}.fatal)`;

@Injectable()
export class CalibrationStore {
  /** Those whose second of two reviews was done on these days. */
  async pairs(tx: Tx, institutionId: string, from: string, to: string, zone: string): Promise<PairRecord[]> {
    return tx.query<PairRecord>(
      `with span as (select $2::date::timestamp at time zone $4 as since, ($3::date + 1)::timestamp at time zone $4 as before)
       select p.sheet_version as "sheetVersion", exists (select from quality_review t where t.sample = s.id and t.position = 3) as third,
         ${reviewed('a')} as one, ${reviewed('b')} as other
       from span, quality_review b join quality_sample s on s.id = b.sample join quality_plan p on p.id = s.plan
         join quality_review a on a.sample = s.id and a.position = 1 and a.done_at is not null
       where b.institution_id = $1 and b.position = 2 and b.done_at is not null and greatest(a.done_at, b.done_at) >= span.since and greatest(a.done_at, b.done_at) < span.before
       order by b.id`,
      [institutionId, from, to, zone],
    );
  }
}

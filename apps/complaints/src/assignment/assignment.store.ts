import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { DEFAULT_WEIGHTS, type Weights } from './score.ts';

export interface Rule {
  readonly automatic: boolean;
  readonly weights: Weights;
  readonly setBy: string | null;
  readonly setAt: Date | null;
}

export interface Load {
  readonly open: number;
  readonly load: number;
}

@Injectable()
export class AssignmentStore {
  async rule(tx: Tx, institutionId: string): Promise<Rule> {
    const [row] = await tx.query<Rule>(
      `select automatic, weights, set_by as "setBy", set_at as "setAt" from assignment_rule where institution_id = $1 order by id desc limit 1`,
      [institutionId],
    );
    return row ?? { automatic: false, weights: DEFAULT_WEIGHTS, setBy: null, setAt: null };
  }

  async setRule(
    tx: Tx,
    institutionId: string,
    { automatic, weights }: Pick<Rule, 'automatic' | 'weights'>,
    by: string,
    at: Date,
  ): Promise<void> {
    await tx.query('insert into assignment_rule (institution_id, automatic, weights, set_by, set_at) values ($1, $2, $3, $4, $5)', [
      institutionId,
      automatic,
      JSON.stringify(weights),
      by,
      at,
    ]);
  }

  /** What these people have open, heavier the nearer it is due. */
  async loads(tx: Tx, institutionId: string, subjects: readonly string[], now: Date): Promise<ReadonlyMap<string, Load>> {
    const rows = await tx.query<Load & { handler: string }>(
      `select c.handler, count(*)::int as open, sum(case when c.state = 'paused' then 0.5 when c.due_at <= $3 or c.due_on <= d.today then 3 when c.due_on <= d.today + 3 then 2 else 1 end)::float8 as load
       from complaint c cross join lateral (select ($3::timestamptz at time zone c.time_zone)::date as today) d
       where c.institution_id = $1 and c.handler = any($2) and c.closed_at is null group by c.handler`,
      [institutionId, subjects, now],
    );
    return new Map(rows.map(({ handler, ...load }) => [handler, load]));
  }

  /** The open complaints of somebody, by when they are due. */
  async openOf(tx: Tx, institutionId: string, handler: string, most: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `select id from complaint where institution_id = $1 and handler = $2 and closed_at is null order by due_at, id limit $3`,
      [institutionId, handler, most],
    );
    return rows.map(({ id }) => id);
  }
}

import type { Tx } from '#pg';
import type { ReportScope } from '#reports';

export interface MonthRow {
  readonly month: string;
  readonly asked: number;
  readonly permitted: number;
  readonly refused: number;
}

export interface RuleRow {
  readonly ruleId: string;
  readonly all: number;
  readonly first: number;
}

export interface StandingRow {
  readonly status: string;
  readonly agencies: number;
  readonly published: number;
}

export interface RegisteredRow {
  readonly agencyId: string;
  readonly name: string;
  readonly status: string;
  readonly published: boolean;
  readonly since: Date | null;
  readonly bars: readonly string[];
}

type Span = Pick<ReportScope, 'institutionId' | 'from' | 'until' | 'timeZone'>;

/** Figures that reports have as well, each counted by one statement. */
export class StatisticsStore {
  months(tx: Tx, { institutionId, from, until, timeZone }: Span): Promise<MonthRow[]> {
    return tx.query<MonthRow>(
      `select to_char(decided_at at time zone $4, 'YYYY-MM') as month, count(*)::float8 as asked, (count(*) filter (where verdict = 'permitted'))::float8 as permitted,
         (count(*) filter (where verdict = 'refused'))::float8 as refused
       from decision where institution_id = $1 and decided_at >= $2 and decided_at < $3 group by month order by month`,
      [institutionId, from, until, timeZone],
    );
  }

  /** A rule counts once for a refusal, however many packs say it; the first is the one that the answer names first. */
  rules(tx: Tx, { institutionId, from, until }: Span): Promise<RuleRow[]> {
    return tx.query<RuleRow>(
      `with reasons as (
         select d.id, r.reason->>'ruleId' as rule, min(r.place) as place
         from decision d, json_array_elements(d.outcome->'reasons') with ordinality as r(reason, place)
         where d.institution_id = $1 and d.decided_at >= $2 and d.decided_at < $3 and d.verdict = 'refused' and r.reason->>'severity' = 'block' group by d.id, rule
       ), ranked as (select rule, row_number() over (partition by id order by place) as n from reasons)
       select rule as "ruleId", count(*)::float8 as "all", (count(*) filter (where n = 1))::float8 as first from ranked group by rule order by "all" desc, rule`,
      [institutionId, from, until],
    );
  }

  standings(tx: Tx, institutionId: string): Promise<StandingRow[]> {
    return tx.query<StandingRow>(
      `select status, count(*)::float8 as agencies, (count(*) filter (where published))::float8 as published from agency where institution_id = $1
       group by status order by array_position(array['active', 'suspended', 'approved', 'candidate', 'exited'], status)`,
      [institutionId],
    );
  }

  /** As the history has it before an instant; agencies without a history as they stand, those whose history begins later not at all. */
  register(tx: Tx, institutionId: string, until: Date): Promise<RegisteredRow[]> {
    return tx.query<RegisteredRow>(
      `select a.agency_id as "agencyId", a.name, coalesce(s.status, a.status) as status, coalesce(s.published, a.published) as published, s.at as since, coalesce(s.bars, '{}') as bars
       from agency a left join lateral (
         select status, published, at, bars from agency_standing h where h.agency_id = a.agency_id and h.institution_id = $1 and h.at < $2 order by h.at desc, h.id desc limit 1
       ) s on true
       where a.institution_id = $1
         and (s.at is not null or not exists (select from agency_standing h where h.agency_id = a.agency_id and h.institution_id = $1))
       order by a.agency_id`,
      [institutionId, until],
    );
  }
}

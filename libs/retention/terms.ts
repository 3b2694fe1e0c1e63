import type { KeptKind } from './kind.ts';
import { ROW_RULE } from './kind.ts';

/** By which rule the rows of a kind are judged. */
export interface Term {
  readonly ruleId: string;
  readonly years: number;
  readonly timeZone: string;
  /** What is kept through the day before may go. */
  readonly asOf: string;
}

const given = (expression: string | undefined): string => `(${expression ?? 'null'})::text[]`;

/**
 * The rows of a kind with the last day on which each is kept: id, since, kept_until, rule, digest, hold. Parameters: $1 institution, $2 kind, $3 rule, $4 years,
 * $5 zone; `condition` is on `r.id` and on `until` and has parameters from $6 on. The day on which the time begins does not count, and a day that the last
 * month does not have is its last one (Civil Code 201, 202): five years from 29 February end with 28 February.
 */
export const termsOf = ({ rows, isBundle = false }: KeptKind, condition: string): string => `
  select r.id, r.since, l.until as kept_until, case when r.own_until > t.until then '${ROW_RULE}' else $3 end as rule, r.digest,
    retention_hold_of($1, $2, t.began, r.subjects, r.cases, r.complaints, r.agencies, ${isBundle}) as hold
  from (select ${rows.id} as id, ${rows.since} as since, ${rows.digest} as digest, (${rows.ownUntil ?? 'null'})::date as own_until,
      ${given(rows.subjects)} as subjects, ${given(rows.cases)} as cases, ${given(rows.complaints)} as complaints, ${given(rows.agencies)} as agencies ${rows.from}) r
    cross join lateral (select (r.since at time zone $5)::date as began, ((r.since at time zone $5)::date + make_interval(years => $4))::date as until) t
    cross join lateral (select greatest(t.until, r.own_until) as until) l
  where ${condition}`;

export const termValues = (institutionId: string, { kind }: KeptKind, { ruleId, years, timeZone }: Term): unknown[] => [
  institutionId,
  kind,
  ruleId,
  years,
  timeZone,
];

import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { CauseOf } from '../root-cause/root-cause.service.ts';
import type { Verdict } from './poisson.ts';

export interface EffectRecord {
  readonly id: string;
  readonly asOf: Date;
  readonly windowDays: number;
  readonly beforeFrom: string;
  readonly beforeTo: string;
  readonly afterFrom: string;
  readonly afterTo: string;
  readonly before: number;
  readonly after: number;
  readonly beforePending: number;
  readonly afterPending: number;
  readonly afterExpected: number;
  readonly beforeCases: number | null;
  readonly afterCases: number | null;
  readonly casesSource: string | null;
  readonly ratio: number | null;
  readonly ratioLow: number | null;
  readonly ratioHigh: number | null;
  readonly pValue: number;
  readonly pWithPending: number;
  readonly verdict: Verdict;
  readonly measuredBy: string;
  readonly measuredAt: Date;
}

export interface Window {
  readonly from: Date;
  readonly until: Date;
}

export interface WindowCounts {
  /** Of the same cause. */
  readonly same: number;
  /** Whose cause is not known, and which are not known to have none. */
  readonly pending: number;
  /** Whose cause is known, or which are known to have none. */
  readonly settled: number;
}

const COLUMNS = `id, as_of as "asOf", window_days as "windowDays", before_from as "beforeFrom", before_to as "beforeTo", after_from as "afterFrom", after_to as "afterTo",
  before_count as before, after_count as after, before_pending as "beforePending", after_pending as "afterPending", after_expected as "afterExpected",
  before_cases::float8 as "beforeCases", after_cases::float8 as "afterCases", cases_source as "casesSource", ratio, ratio_low as "ratioLow", ratio_high as "ratioHigh",
  p_value as "pValue", p_with_pending as "pWithPending", verdict, measured_by as "measuredBy", measured_at as "measuredAt"`;

@Injectable()
export class EffectStore {
  /** Complaints received in a time, as they were known at an instant. */
  async counts(tx: Tx, institutionId: string, { kind, objectKind, objectRef }: CauseOf, window: Window, asOf: Date): Promise<WindowCounts> {
    const [row] = await tx.query<WindowCounts>(
      `select (count(*) filter (where same))::int as same, (count(*) filter (where not caused and not unjustified))::int as pending,
         (count(*) filter (where caused or unjustified))::int as settled
       from complaint c cross join lateral (
         select exists (select from root_cause r where r.complaint = c.id and r.state in ('confirmed', 'replaced') and r.settled_at <= $4
             and coalesce(r.replaced_at > $4, true)) as caused,
           exists (select from root_cause r where r.complaint = c.id and r.state in ('confirmed', 'replaced') and r.settled_at <= $4
             and coalesce(r.replaced_at > $4, true) and r.kind = $5 and r.object_kind = $6 and r.object_ref is not distinct from $7) as same,
           exists (select from clock_event e where e.complaint = c.id and e.recorded_at <= $4
             and (e.type in ('withdrawn', 'declined') or (e.type = 'decided' and e.data ->> 'outcome' = 'not-upheld'))) as unjustified) k
       where c.institution_id = $1 and c.received_at >= $2 and c.received_at < $3 and c.registered_at <= $4`,
      [institutionId, window.from, window.until, asOf, kind, objectKind, objectRef],
    );
    return row ?? { same: 0, pending: 0, settled: 0 };
  }

  async add(tx: Tx, institutionId: string, rectification: string, effect: Omit<EffectRecord, 'id'>): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into rectification_effect (institution_id, rectification, as_of, window_days, before_from, before_to, after_from, after_to, before_count, after_count,
         before_pending, after_pending, after_expected, before_cases, after_cases, cases_source, ratio, ratio_low, ratio_high, p_value, p_with_pending, verdict, measured_by,
         measured_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24) returning id`,
      [
        institutionId,
        rectification,
        effect.asOf,
        effect.windowDays,
        effect.beforeFrom,
        effect.beforeTo,
        effect.afterFrom,
        effect.afterTo,
        effect.before,
        effect.after,
        effect.beforePending,
        effect.afterPending,
        effect.afterExpected,
        effect.beforeCases,
        effect.afterCases,
        effect.casesSource,
        effect.ratio,
        effect.ratioLow,
        effect.ratioHigh,
        effect.pValue,
        effect.pWithPending,
        effect.verdict,
        effect.measuredBy,
        effect.measuredAt,
      ],
    );
    return row?.id ?? '';
  }

  async list(tx: Tx, rectification: string): Promise<EffectRecord[]> {
    return tx.query<EffectRecord>(`select ${COLUMNS} from rectification_effect where rectification = $1 order by id`, [rectification]);
  }
}

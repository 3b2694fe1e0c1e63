import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { RunFailureJson, RunProgress, RunState } from '#runs';
import type { KindResult, RunMode } from './run.dto.ts';

/** What a dry run comes to. */
export interface DryRunSummary {
  readonly listRoot: string;
  readonly due: number;
  readonly found: readonly KindResult[];
}

export interface RunRecord {
  readonly id: string;
  readonly mode: RunMode;
  readonly kinds: readonly string[];
  readonly asOf: string;
  readonly timeZone: string;
  readonly dryRun: string | null;
  readonly listRoot: Buffer | null;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly decision: 'approved' | 'refused' | 'withdrawn' | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** Null: nobody works on it yet. */
  readonly state: RunState | null;
  readonly progress: RunProgress | null;
  readonly failure: RunFailureJson | null;
  readonly summary: DryRunSummary | null;
  readonly finishedAt: Date | null;
}

export type NewRun = Pick<RunRecord, 'mode' | 'kinds' | 'asOf' | 'timeZone' | 'dryRun' | 'listRoot' | 'askedBy' | 'askedAt'>;

const SELECT = `select r.id, r.mode, r.kinds, r.as_of::text as "asOf", r.time_zone as "timeZone", r.dry_run as "dryRun", r.list_root as "listRoot", r.asked_by as "askedBy",
  r.asked_at as "askedAt", r.decision, r.decided_by as "decidedBy", r.decided_at as "decidedAt", w.state, w.progress, w.failure, case when r.mode = 'dry-run' then w.summary end as summary,
  w.finished_at as "finishedAt" from retention_run r left join retention_work w on w.id = r.id`;

@Injectable()
export class RunStore {
  async insert(tx: Tx, institutionId: string, run: NewRun): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into retention_run (institution_id, mode, kinds, as_of, time_zone, dry_run, list_root, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
      [institutionId, run.mode, run.kinds, run.asOf, run.timeZone, run.dryRun, run.listRoot, run.askedBy, run.askedAt],
    );
    if (!row) throw new Error('the run was not stored');
    return row.id;
  }

  async begin(tx: Tx, institutionId: string, id: string, by: string): Promise<void> {
    await tx.query('insert into retention_work (id, institution_id, requested_by) values ($1, $2, $3)', [id, institutionId, by]);
  }

  async decide(tx: Tx, id: string, decision: RunRecord['decision'], by: string, at: Date): Promise<void> {
    await tx.query('update retention_run set decision = $2, decided_by = $3, decided_at = $4 where id = $1', [id, decision, by, at]);
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<RunRecord | null> {
    const [row] = await tx.query<RunRecord>(`${SELECT} where r.institution_id = $1 and r.id = $2`, [institutionId, id]);
    return row ?? null;
  }

  list(tx: Tx, institutionId: string, mode: RunMode | null, before: string | null, limit: number): Promise<RunRecord[]> {
    return tx.query<RunRecord>(
      `${SELECT} where r.institution_id = $1 and ($2::text is null or r.mode = $2) and ($3::uuid is null or r.id < $3) order by r.id desc limit $4`,
      [institutionId, mode, before, limit],
    );
  }

  /** The destruction of a dry run that waits, goes on or is over. */
  async destructionOf(tx: Tx, dryRun: string): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `select id from retention_run where dry_run = $1 and (decision is null or decision = 'approved')`,
      [dryRun],
    );
    return row?.id ?? null;
  }
}

import { Injectable } from '@nestjs/common';
import { append } from '#evidence-log';
import type { Tx } from '#pg';
import type { PolicyRef } from '../policy/policy.service.ts';
import type { Finding } from './row-judge.ts';
import type { Progress } from './progress.ts';
import type { LookbackSummary } from './summary.ts';

export interface LookbackFailure {
  readonly row: number | null;
  readonly column: string | null;
  readonly code: string;
  readonly detail: string;
}

/** What a look-back judges by: the packs that were named, or what the institution had in force at the time of each attempt. */
export type LookbackPolicy = PolicyRef & { readonly byDate?: boolean };

export interface LookbackRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly agencyId: string | null;
  readonly policy: LookbackPolicy;
  readonly upload: string | null;
  readonly uploadBytes: number;
  readonly fileName: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly failure: LookbackFailure | null;
  readonly progress: Progress | null;
  readonly summary: LookbackSummary | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

const COLUMNS = `id, institution_id as "institutionId", agency_id as "agencyId", policy, upload, upload_bytes::float8 as "uploadBytes", file_name as "fileName", state,
  failure, progress, summary, created_at as "createdAt", finished_at as "finishedAt"`;

@Injectable()
export class LookbackStore {
  async create(
    tx: Tx,
    row: {
      institutionId: string;
      agencyId: string | null;
      policy: LookbackPolicy;
      upload: string;
      uploadBytes: number;
      fileName: string;
      requestedBy: string;
    },
  ): Promise<LookbackRecord> {
    const [created] = await tx.query<LookbackRecord>(
      `insert into lookback (institution_id, agency_id, policy, upload, upload_bytes, file_name, requested_by) values ($1, $2, $3, $4, $5, $6, $7) returning ${COLUMNS}`,
      [row.institutionId, row.agencyId, JSON.stringify(row.policy), row.upload, row.uploadBytes, row.fileName, row.requestedBy],
    );
    if (!created) throw new Error('the look-back was not stored');
    const { institutionId, agencyId, policy, uploadBytes: bytes, requestedBy } = row;
    const body = { lookbackId: created.id, agencyId, policy, bytes, sha256: await this.sha256(tx, row.upload) };
    await append(tx, institutionId, [{ kind: 'lookback-asked', actor: requestedBy, body }]);
    return created;
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<LookbackRecord | null> {
    const [row] = await tx.query<LookbackRecord>(`select ${COLUMNS} from lookback where id = $1 and institution_id = $2`, [
      id,
      institutionId,
    ]);
    return row ?? null;
  }

  /** Begins a run, from the start: what an earlier run had found is removed. Null when there is nothing to do. */
  async begin(tx: Tx, id: string, run: string): Promise<LookbackRecord | null> {
    const [row] = await tx.query<LookbackRecord>(
      `update lookback set state = 'running', run = $2, touched_at = clock_timestamp() where id = $1 and state in ('queued', 'running') returning ${COLUMNS}`,
      [id, run],
    );
    if (row) await tx.query('delete from lookback_finding where lookback = $1', [id]);
    return row ?? null;
  }

  /** Notes progress; false when another run has taken over. */
  async touch(tx: Tx, id: string, run: string, progress: Progress | null): Promise<boolean> {
    const rows = await tx.query(
      `update lookback set touched_at = clock_timestamp(), progress = coalesce($3, progress) where id = $1 and run = $2 and state = 'running' returning id`,
      [id, run, progress === null ? null : JSON.stringify(progress)],
    );
    return rows.length > 0;
  }

  async addFindings(tx: Tx, institutionId: string, id: string, from: number, findings: readonly Finding[]): Promise<void> {
    await tx.query(
      `insert into lookback_finding (institution_id, lookback, seq, finding) select $1, $2, $3 + place - 1, finding from json_array_elements($4) with ordinality as f(finding, place)`,
      [institutionId, id, from, JSON.stringify(findings)],
    );
  }

  async finish(tx: Tx, id: string, run: string, result: { summary: LookbackSummary } | { failure: LookbackFailure }): Promise<void> {
    const [summary, failure] = 'summary' in result ? [JSON.stringify(result.summary), null] : [null, JSON.stringify(result.failure)];
    const [ended] = await tx.query<LookbackRecord>(
      `update lookback set state = case when $3::json is null then 'failed' else 'done' end, summary = $3, failure = $4, finished_at = clock_timestamp(), touched_at = clock_timestamp()
       where id = $1 and run = $2 and state = 'running' returning ${COLUMNS}`,
      [id, run, summary, failure],
    );
    if (!ended) return;
    // Totals alone: rows and debtors of a log stay where they are.
    const found = 'summary' in result ? totalsOf(result.summary) : { failure: result.failure.code };
    const sha256 = ended.upload && (await this.sha256(tx, ended.upload));
    const body = { lookbackId: id, agencyId: ended.agencyId, state: ended.state, sha256, ...found };
    await append(tx, ended.institutionId, [{ kind: 'lookback-ended', actor: 'system', body }]);
  }

  private async sha256(tx: Tx, upload: string): Promise<string | null> {
    const [row] = await tx.query<{ sha256: string }>(`select encode(sha256, 'hex') as sha256 from upload where id = $1`, [upload]);
    return row?.sha256 ?? null;
  }

  async findings(tx: Tx, id: string, after: number, limit: number): Promise<{ seq: number; finding: Finding }[]> {
    return tx.query('select seq::float8 as seq, finding from lookback_finding where lookback = $1 and seq > $2 order by seq limit $3', [
      id,
      after,
      limit,
    ]);
  }

  /** Unfinished look-backs that nobody has touched for a while. Touched, so that each is woken once. */
  async takeAbandoned(tx: Tx, staleAfterMs: number): Promise<{ id: string; institutionId: string }[]> {
    return tx.query(
      `update lookback set touched_at = clock_timestamp() where id in (
         select id from lookback where state in ('queued', 'running') and touched_at < clock_timestamp() - $1 * interval '1 millisecond'
         order by id for update skip locked
       ) returning id, institution_id as "institutionId"`,
      [staleAfterMs],
    );
  }
}

const totalsOf = ({ packs, rows, period, findings, attemptsWithFindings, byRule, withoutConsents, errors }: LookbackSummary) => ({
  packs,
  rows,
  period,
  findings,
  attemptsWithFindings,
  byRule,
  withoutConsents,
  errors: errors.total,
});

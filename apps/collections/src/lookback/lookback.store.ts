import { Injectable } from '@nestjs/common';
import { readConsent, readHold, Zone, type ConsentJson, type HoldJson } from '#contact-rules';
import type { Tx } from '#pg';
import type { PolicyRef } from '../policy/policy.service.ts';
import type { Finding } from './row-judge.ts';
import type { Progress } from './progress.ts';
import type { RegisteredCase } from './register.ts';
import type { LookbackSummary } from './summary.ts';

export interface LookbackFailure {
  readonly row: number | null;
  readonly column: string | null;
  readonly code: string;
  readonly detail: string;
}

export interface LookbackRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly agencyId: string | null;
  readonly policy: PolicyRef;
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

interface RegisterRow {
  readonly caseId: string;
  readonly state: 'open' | 'closed' | 'paid';
  readonly balance: string;
  readonly overdueSince: string | null;
  readonly timeZone: string;
  readonly holds: readonly HoldJson[];
  readonly consents: readonly (ConsentJson & { readonly partyId: string })[];
}

const COLUMNS = `id, institution_id as "institutionId", agency_id as "agencyId", policy, upload, upload_bytes::float8 as "uploadBytes", file_name as "fileName", state,
  failure, progress, summary, created_at as "createdAt", finished_at as "finishedAt"`;

function toRegistered(row: RegisterRow): RegisteredCase {
  const zone = Zone.of(row.timeZone);
  const consents = row.consents.map((consent) => ({ partyId: consent.partyId, consent: readConsent(consent) }));
  // The register knows how a case stands now. An open debt was open before; what a settled case was like at the time is not known.
  const stands = row.state === 'open' && Number(row.balance) > 0 && row.overdueSince !== null;
  const standing = { status: row.state, balance: row.balance, overdueSince: row.overdueSince };
  return {
    standingAt: () => (stands ? standing : null),
    holds: row.holds.map((hold) => readHold(hold, zone)),
    consentsOf: (partyId) => consents.flatMap((one) => (one.partyId === partyId ? [one.consent] : [])),
  };
}

@Injectable()
export class LookbackStore {
  async create(
    tx: Tx,
    row: {
      institutionId: string;
      agencyId: string | null;
      policy: PolicyRef;
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
    await tx.query(
      `update lookback set state = case when $3::json is null then 'failed' else 'done' end, summary = $3, failure = $4, finished_at = clock_timestamp(), touched_at = clock_timestamp()
       where id = $1 and run = $2 and state = 'running'`,
      [id, run, summary, failure],
    );
  }

  async findings(tx: Tx, id: string, after: number, limit: number): Promise<{ seq: number; finding: Finding }[]> {
    return tx.query('select seq::float8 as seq, finding from lookback_finding where lookback = $1 and seq > $2 order by seq limit $3', [
      id,
      after,
      limit,
    ]);
  }

  /** What a log cannot hold, of the cases that are known. */
  async register(tx: Tx, institutionId: string, caseIds: readonly string[]): Promise<Map<string, RegisteredCase>> {
    const rows = await tx.query<RegisterRow>(
      `select c.case_id as "caseId", c.state, c.balance::text as balance, c.overdue_since as "overdueSince", d.time_zone as "timeZone",
         (select coalesce(json_agg(json_build_object('kind', kind, 'from', from_at, 'until', until_at, 'scope', scope)), '[]') from hold where debtor = c.debtor) as holds,
         (select coalesce(json_agg(json_build_object('partyId', p.party_id, 'kind', s.kind, 'channels', s.channels, 'from', s.from_time, 'to', s.to_time, 'givenAt', s.given_at,
           'withdrawnAt', s.withdrawn_at)), '[]') from consent s join party p on p.id = s.party where p.collection_case = c.id) as consents
       from collection_case c join debtor d on d.id = c.debtor where c.institution_id = $1 and c.case_id = any($2)`,
      [institutionId, caseIds],
      'lookback-register',
    );
    return new Map(rows.map((row) => [row.caseId, toRegistered(row)]));
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

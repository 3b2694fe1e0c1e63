import { Injectable } from '@nestjs/common';
import type { Result } from '#contact-rules';
import type { Tx } from '#pg';
import { runFields, type RunFields } from '#runs';
import { isUuid } from '#wire';
import type { FindingKind, NoPermitWhy, Permit, PlacedCall } from './match.ts';
import type { Reading } from './reading.ts';
import type { ReconciliationSummary } from './tally.ts';

export interface ReconciliationRecord extends RunFields {
  readonly id: string;
  readonly institutionId: string;
  readonly agencyId: string | null;
  readonly source: string;
  readonly sourceName: string;
  readonly reading: Reading;
  readonly upload: string | null;
  readonly uploadBytes: number;
  readonly fileName: string;
  readonly summary: ReconciliationSummary | null;
}

export interface NewReconciliation {
  readonly institutionId: string;
  readonly agencyId: string | null;
  readonly source: string;
  readonly sourceName: string;
  readonly reading: Reading;
  readonly upload: string;
  readonly uploadBytes: number;
  readonly fileName: string;
  readonly requestedBy: string;
}

/** A call as it waits for its turn; the number as its keyed hash (hex) and masked. */
export interface StoredCall extends PlacedCall {
  readonly callId: string | null;
  readonly masked: string;
}

/** A call that the ledger does not bear out. Instants RFC 3339. */
export interface CallFinding {
  readonly row: number;
  readonly callId: string | null;
  readonly finding: FindingKind;
  readonly why: NoPermitWhy | null;
  readonly attemptId: string | null;
  readonly caseId: string | null;
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly number: string;
  readonly startedAt: string;
  readonly permittedFrom: string | null;
  readonly permittedUntil: string | null;
  readonly recorded: Result | null;
  readonly reported: Result | null;
}

export interface KnownPermit extends Permit {
  readonly caseId: string | null;
}

const COLUMNS = `id, institution_id as "institutionId", agency_id as "agencyId", source, source_name as "sourceName", reading, upload, upload_bytes::float8 as "uploadBytes",
  file_name as "fileName", summary, ${runFields}`;

const MS = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;

const PERMIT = `d.id, encode(c.value_index, 'hex') as "valueIndex", c.agency_id as "agencyId", c.collector_ids as "collectorIds", ${MS('d.decided_at')} as "decidedAt",
  ${MS('d.permit_expires_at')} as "expiresAt", c.result, case when c.result is not null then ${MS('c.at')} end as "reportedAt", c.case_id as "caseId"`;

@Injectable()
export class ReconciliationStore {
  async create(tx: Tx, row: NewReconciliation): Promise<ReconciliationRecord> {
    const [created] = await tx.query<ReconciliationRecord>(
      `insert into reconciliation (institution_id, agency_id, source, source_name, reading, upload, upload_bytes, file_name, requested_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${COLUMNS}`,
      [
        row.institutionId,
        row.agencyId,
        row.source,
        row.sourceName,
        JSON.stringify(row.reading),
        row.upload,
        row.uploadBytes,
        row.fileName,
        row.requestedBy,
      ],
    );
    if (!created) throw new Error('the reconciliation was not stored');
    return created;
  }

  async find(tx: Tx, institutionId: string, id: string, ofAgency: string | null): Promise<ReconciliationRecord | null> {
    const [row] = await tx.query<ReconciliationRecord>(
      `select ${COLUMNS} from reconciliation where id = $1 and institution_id = $2 and ($3::text is null or agency_id = $3)`,
      [id, institutionId, ofAgency],
    );
    return row ?? null;
  }

  /** The newest first, by id: ids grow with time. */
  async list(
    tx: Tx,
    institutionId: string,
    ofAgency: string | null,
    before: string | null,
    limit: number,
  ): Promise<ReconciliationRecord[]> {
    return tx.query<ReconciliationRecord>(
      `select ${COLUMNS} from reconciliation where institution_id = $1 and ($2::text is null or agency_id = $2) and ($3::uuid is null or id < $3)
       order by id desc limit $4`,
      [institutionId, ofAgency, before, limit + 1],
    );
  }

  /** Removes what an earlier run has stored. */
  async clear(tx: Tx, id: string): Promise<void> {
    await tx.query('delete from call_record where reconciliation = $1', [id]);
    await tx.query('delete from call_finding where reconciliation = $1', [id]);
  }

  async addCalls(tx: Tx, institutionId: string, id: string, calls: readonly StoredCall[]): Promise<void> {
    const rows = calls.map(({ startedAt, ...call }) => ({ ...call, startedAt: new Date(startedAt).toISOString() }));
    await tx.query(
      `insert into call_record (institution_id, reconciliation, row_number, value_index, masked, started_at, attempt_id, call_id, agency_id, collector_id, result)
       select $1, $2, "row", decode("valueIndex", 'hex'), masked, "startedAt", "attemptId", "callId", "agencyId", "collectorId", result
       from json_to_recordset($3) as r("row" integer, "valueIndex" text, masked text, "startedAt" timestamptz, "attemptId" text, "callId" text, "agencyId" text,
         "collectorId" text, result text)`,
      [institutionId, id, JSON.stringify(rows)],
    );
  }

  /** In the order of time, after the one given; rows at one instant in the order of the file. */
  async calls(tx: Tx, id: string, after: { startedAt: number; row: number } | null, limit: number): Promise<StoredCall[]> {
    return tx.query<StoredCall>(
      `select row_number as "row", encode(value_index, 'hex') as "valueIndex", masked, ${MS('started_at')} as "startedAt", attempt_id as "attemptId", call_id as "callId",
         agency_id as "agencyId", collector_id as "collectorId", result
       from call_record where reconciliation = $1 and ($2::timestamptz is null or (started_at, row_number) > ($2, $3)) order by started_at, row_number limit $4`,
      [id, after === null ? null : new Date(after.startedAt), after?.row ?? 0, limit],
    );
  }

  /** What the gate decided on the numbers of the calls within a day of them, and the decisions that the calls name. */
  async permits(tx: Tx, institutionId: string, calls: readonly StoredCall[]): Promise<KnownPermit[]> {
    const times = calls.map(({ startedAt }) => startedAt);
    const day = 24 * 3_600_000;
    const numbers = [...new Set(calls.filter(({ attemptId }) => attemptId === null).map(({ valueIndex }) => valueIndex))];
    const ids = [...new Set(calls.flatMap(({ attemptId }) => (attemptId !== null && isUuid(attemptId) ? [attemptId] : [])))];
    return tx.query<KnownPermit>(
      `select ${PERMIT} from contact c join decision d on d.id = c.id
       where c.institution_id = $1 and c.value_index = any(select decode(n, 'hex') from unnest($2::text[]) as n) and c.at between $3 and $4
       union all
       select d.id, null, d.agency_id, '{}', ${MS('d.decided_at')}, null, null, null, null from decision d where d.institution_id = $1 and d.id = any($5::uuid[]) and d.verdict = 'refused'
       union all
       select ${PERMIT} from contact c join decision d on d.id = c.id where c.institution_id = $1 and c.id = any($5::uuid[])`,
      [institutionId, numbers, new Date(Math.min(...times) - day), new Date(Math.max(...times) + day), ids],
    );
  }

  /** Permits that these collectors held about the time of the calls, whatever the number. */
  async heldBy(tx: Tx, institutionId: string, calls: readonly StoredCall[], toleranceMs: number): Promise<KnownPermit[]> {
    const collectors = [...new Set(calls.flatMap(({ collectorId }) => collectorId ?? []))];
    if (collectors.length === 0) return [];
    const times = calls.map(({ startedAt }) => startedAt);
    return tx.query<KnownPermit>(
      `select ${PERMIT} from decision d join contact c on c.id = d.id
       where d.institution_id = $1 and d.decided_at >= $2 and d.decided_at <= $3 and d.verdict = 'permitted' and c.channel = 'voice' and c.collector_ids && $4::text[]`,
      [institutionId, new Date(Math.min(...times) - LIFE_MS - toleranceMs), new Date(Math.max(...times) + toleranceMs), collectors],
    );
  }

  async addFindings(tx: Tx, institutionId: string, id: string, from: number, findings: readonly CallFinding[]): Promise<void> {
    if (findings.length === 0) return;
    await tx.query(
      `insert into call_finding (institution_id, reconciliation, seq, finding) select $1, $2, $3 + place - 1, finding from json_array_elements($4) with ordinality as f(finding, place)`,
      [institutionId, id, from, JSON.stringify(findings)],
    );
  }

  async removeCalls(tx: Tx, id: string): Promise<void> {
    await tx.query('delete from call_record where reconciliation = $1', [id]);
  }

  async findings(tx: Tx, id: string, after: number, limit: number): Promise<{ seq: number; finding: CallFinding }[]> {
    return tx.query('select seq::float8 as seq, finding from call_finding where reconciliation = $1 and seq > $2 order by seq limit $3', [
      id,
      after,
      limit,
    ]);
  }
}

// The permit of a call lives fifteen minutes.
const LIFE_MS = 15 * 60_000;

import { Inject, Injectable } from '@nestjs/common';
import { permitLifeMs } from '#contact-rules';
import type { RowFault, Stored } from '#imports';
import { append, type NewRecord } from '#evidence-log';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import type { ContactRow } from './log-rows.ts';

interface Known {
  readonly attemptId: string;
  readonly hash: string | null;
  readonly result: string | null;
  readonly isPermit: boolean;
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Puts batches of `contact-log` rows into the ledger: four statements a batch at most. What is known is never changed by a log; a permit whose outcome is open gets it. */
@Injectable()
export class LogImportStore {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  async store(tx: Tx, institutionId: string, rows: readonly ContactRow[]): Promise<Stored & { faults: RowFault[] }> {
    const nothing = { inserted: 0, updated: 0, unchanged: 0, faults: [] };
    if (rows.length === 0) return nothing;
    const hashes = rows.map((row) => this.hash(row));
    const fresh = await this.insert(tx, institutionId, rows, hashes);
    const known = await this.known(tx, institutionId, rows, fresh);
    const result = { ...nothing, faults: [] as RowFault[] };
    const closing: ContactRow[] = [];
    for (const [index, row] of rows.entries()) {
      const { attemptId } = row.log;
      // The first row of an id that went in is the inserted one; the same id again in this batch is compared with it.
      if (fresh.get(attemptId) === hashes[index] && fresh.delete(attemptId)) {
        result.inserted += 1;
        known.set(attemptId, { attemptId, hash: hashes[index] ?? null, result: row.log.result, isPermit: false });
        continue;
      }
      const there = known.get(attemptId);
      if (there?.isPermit && there.result === null && row.log.result !== null) {
        closing.push(row);
        known.set(attemptId, { ...there, result: row.log.result });
        result.updated += 1;
      } else if (there?.hash === hashes[index] || (there?.isPermit && there.result === row.log.result)) result.unchanged += 1;
      else
        result.faults.push({
          row: row.row,
          column: 'attemptId',
          code: 'conflict',
          detail: 'attemptId is known with other content; a log entry cannot be changed',
        });
    }
    if (closing.length > 0) await this.closePermits(tx, institutionId, closing);
    return result;
  }

  private hash(row: ContactRow): string {
    const { log } = row;
    const parts = [
      log.caseId,
      log.debtorId,
      row.debtId,
      log.partyId,
      log.partyRole,
      row.contactPoint,
      log.channel,
      log.mode,
      log.purpose,
      log.initiator,
      log.agencyId,
    ];
    const more = [log.collectorIds, row.deviceId, log.startedAt, row.endedAt, log.result, log.timeZone];
    return this.vault.index(JSON.stringify([...parts, ...more]), 'content').toString('base64');
  }

  /** Inserts what is not known yet; returns attempt id to hash of what went in. */
  private async insert(
    tx: Tx,
    institutionId: string,
    rows: readonly ContactRow[],
    hashes: readonly string[],
  ): Promise<Map<string, string>> {
    const indexes = new Map<string, string>();
    for (const { contactPoint } of rows) {
      if (!indexes.has(contactPoint)) indexes.set(contactPoint, this.vault.index(contactPoint, 'contact.value').toString('base64'));
    }
    const values = [...indexes].map(([value, index]) => ({ index, sealed: this.vault.seal(value, 'contact.value').toString('base64') }));
    await tx.query(
      `insert into contact_value (institution_id, value_index, value_sealed)
       select $1, decode(index, 'base64'), decode(sealed, 'base64') from json_to_recordset($2) as r(index text, sealed text) order by 2 on conflict do nothing`,
      [institutionId, JSON.stringify(values)],
      'import-values',
    );
    const countsFor = await this.countsFor(tx, institutionId, rows);
    const incoming = rows.map(({ log, ...row }, index) => ({
      attempt_id: log.attemptId,
      debtor_id: countsFor(log),
      given_debtor_id: countsFor(log) === log.debtorId ? null : log.debtorId,
      case_id: log.caseId,
      debt_id: row.debtId,
      party_id: log.partyId,
      party_role: log.partyRole,
      index: indexes.get(row.contactPoint),
      channel: log.channel,
      mode: log.mode,
      purpose: log.purpose,
      initiator: log.initiator,
      agency_id: log.agencyId,
      collectors: log.collectorIds ?? [],
      device_id: row.deviceId,
      at: iso(log.startedAt),
      ended_at: iso(row.endedAt),
      result: log.result,
      lapses_at: log.result === null ? iso(log.startedAt + permitLifeMs(log.channel)) : null,
      zone: log.timeZone,
      hash: hashes[index],
    }));
    // Files that overlap wait for each other in one order; of rows with one id the first goes in.
    const ordered = incoming.toSorted((a, b) => (a.attempt_id < b.attempt_id ? -1 : a.attempt_id > b.attempt_id ? 1 : 0));
    const inserted = await tx.query<{ attemptId: string; hash: string }>(
      `insert into contact (institution_id, attempt_id, debtor_id, case_id, debt_id, party_id, party_role, value_index, channel, mode, purpose, initiator, agency_id, collector_ids,
         device_id, at, ended_at, result, lapses_at, time_zone, content_hash, given_debtor_id)
       select $1, attempt_id, debtor_id, case_id, debt_id, party_id, party_role, decode(index, 'base64'), channel, mode, purpose, initiator, agency_id,
         array(select json_array_elements_text(collectors)), device_id, at, ended_at, result, lapses_at, zone, decode(hash, 'base64'), given_debtor_id
       from json_to_recordset($2) as r(attempt_id text, debtor_id text, given_debtor_id text, case_id text, debt_id text, party_id text, party_role text, index text, channel text, mode text,
         purpose text, initiator text, agency_id text, collectors json, device_id text, at timestamptz, ended_at timestamptz, result text, lapses_at timestamptz, zone text, hash text)
       on conflict on constraint contact_given_id do nothing
       returning attempt_id as "attemptId", translate(encode(content_hash, 'base64'), E'\\n', '') as hash`,
      [institutionId, JSON.stringify(ordered)],
      'import-contacts',
    );
    return new Map(inserted.map(({ attemptId, hash }) => [attemptId, hash]));
  }

  /** For whom a contact counts that names a debtor: after a merge the record that goes on, after a split the one that has the case. */
  private async countsFor(tx: Tx, institutionId: string, rows: readonly ContactRow[]): Promise<(log: ContactRow['log']) => string> {
    const of = (pick: (log: ContactRow['log']) => string | null | undefined): string[] =>
      [...new Set(rows.flatMap(({ log }) => pick(log) ?? []))].toSorted();
    // Held until these rows are in: a merge waits for them, or they for it.
    await tx.query(
      'select from debtor where institution_id = $1 and debtor_id = any($2) order by debtor_id for key share',
      [institutionId, of(({ debtorId }) => debtorId)],
      'import-debtors',
    );
    const moved = await tx.query<{ debtorId: string | null; caseId: string | null; countsFor: string }>(
      `select g.debtor_id as "debtorId", null as "caseId", d.debtor_id as "countsFor" from debtor g join debtor d on d.id = g.merged_into
       where g.institution_id = $1 and g.debtor_id = any($2)
       union all
       select null, c.case_id, d.debtor_id from collection_case c join debtor d on d.id = c.debtor
       where c.institution_id = $1 and c.case_id = any($3) and c.debtor_pinned`,
      [institutionId, of(({ debtorId }) => debtorId), of(({ caseId }) => caseId)],
      'import-moved',
    );
    const byCase = new Map(moved.flatMap((one) => (one.caseId === null ? [] : [[one.caseId, one.countsFor] as const])));
    const byDebtor = new Map(moved.flatMap((one) => (one.debtorId === null ? [] : [[one.debtorId, one.countsFor] as const])));
    return ({ caseId, debtorId }) => byCase.get(caseId ?? '') ?? byDebtor.get(debtorId) ?? debtorId;
  }

  private async known(
    tx: Tx,
    institutionId: string,
    rows: readonly ContactRow[],
    fresh: ReadonlyMap<string, string>,
  ): Promise<Map<string, Known>> {
    const others = rows.map(({ log }) => log.attemptId).filter((attemptId) => !fresh.has(attemptId));
    if (others.length === 0) return new Map();
    const found = await tx.query<Known>(
      `select attempt_id as "attemptId", translate(encode(content_hash, 'base64'), E'\\n', '') as hash, result, exists (select from decision d where d.id = contact.id) as "isPermit"
       from contact where institution_id = $1 and attempt_id = any($2)`,
      [institutionId, others],
    );
    return new Map(found.map((known) => [known.attemptId, known]));
  }

  private async closePermits(tx: Tx, institutionId: string, rows: readonly ContactRow[]): Promise<void> {
    const outcomes = rows.map(({ log, endedAt }) => ({
      attempt_id: log.attemptId,
      result: log.result,
      at: iso(log.startedAt),
      ended_at: iso(endedAt),
    }));
    const closed = await tx.query<{ decisionId: string; result: string; startedAt: Date; endedAt: Date | null }>(
      `with r as (select * from json_to_recordset($2) as r(attempt_id text, result text, at timestamptz, ended_at timestamptz)),
       locked as materialized (select id from contact where institution_id = $1 and attempt_id in (select attempt_id from r) and result is null order by attempt_id for update)
       update contact c set result = r.result, at = r.at, ended_at = r.ended_at from r, locked where c.id = locked.id and c.attempt_id = r.attempt_id
       returning c.id as "decisionId", c.result, c.at as "startedAt", c.ended_at as "endedAt"`,
      [institutionId, JSON.stringify(outcomes)],
    );
    const records = closed.map((body): NewRecord => ({
      kind: 'contact-outcome',
      actor: 'import',
      body: { ...body, recording: null, clientId: null },
    }));
    await append(tx, institutionId, records);
  }
}

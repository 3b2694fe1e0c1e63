import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { HoldState } from '../complaint/complaint.dto.ts';
import type { HeldComplaint, HoldChoice, HoldScope } from './hold.scope.ts';

export interface AskedRecord {
  readonly version: number;
  readonly wanted: boolean;
  readonly scope: HoldScope;
  readonly askedAt: Date;
  /** Null: collections has not answered yet. */
  readonly answeredAt: Date | null;
}

@Injectable()
export class HoldStore {
  /** Says that requests were made, with their versions. */
  async request(
    tx: Tx,
    institutionId: string,
    complaints: readonly { readonly id: string; readonly version: number; readonly wanted: boolean; readonly scope: HoldScope }[],
    now: Date,
  ): Promise<void> {
    await tx.query(
      `with r as (select * from json_to_recordset($2) as r(id uuid, version integer, wanted boolean, scope json)), asked as (
         insert into collection_hold_asked (complaint, institution_id, version, wanted, scope, asked_at) select id, $1, version, wanted, scope, $3 from r
         on conflict (complaint) do update set version = excluded.version, wanted = excluded.wanted, scope = excluded.scope, asked_at = excluded.asked_at, answered_at = null)
       update complaint c set hold_state = 'requested', hold_version = r.version from r where c.id = r.id`,
      [institutionId, JSON.stringify(complaints), now],
    );
  }

  async asked(tx: Tx, complaintId: string): Promise<AskedRecord | null> {
    const [row] = await tx.query<AskedRecord>(
      `select version, wanted, scope, asked_at as "askedAt", answered_at as "answeredAt" from collection_hold_asked where complaint = $1`,
      [complaintId],
    );
    return row ?? null;
  }

  async noteAnswer(tx: Tx, complaintId: string, version: number, at: Date): Promise<void> {
    await tx.query('update collection_hold_asked set answered_at = $3 where complaint = $1 and version = $2 and answered_at is null', [
      complaintId,
      version,
      at,
    ]);
  }

  /** Those of the complaints whose hold is on and should be off, or the other way round. */
  async wrong(tx: Tx, institutionId: string, ids: readonly string[]): Promise<(HeldComplaint & { readonly wanted: boolean })[]> {
    return tx.query(
      `select c.id, c.number, c.hold_version as "holdVersion", c.registered_at as "registeredAt", c.category, c.account, c.against_agency_id as "agencyId",
         c.against_collector_id as "collectorId", w.wanted
       from complaint c join collection_hold_asked a on a.complaint = c.id left join collection_hold_choice k on k.complaint = c.id,
         -- What was merged keeps them away until that with which it goes on is settled: of the chain the last alone can be open.
         lateral (
           with recursive chain(id) as (
             select c.id union select d.earlier from chain h join duplicate_decision d on d.later = h.id and d.decision <> 'separate')
           select k.scope is distinct from 'none'
             and exists (select from chain h join complaint e on e.id = h.id where e.decided_at is null and e.closed_at is null) as wanted) w
       where c.institution_id = $1 and c.id = any($2) and w.wanted <> a.wanted order by c.id`,
      [institutionId, ids],
    );
  }

  async choices(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, HoldChoice>> {
    const rows = await tx.query<HoldChoice & { id: string }>(
      `select complaint as id, scope, agency_id as "agencyId", collector_id as "collectorId", channel, contact_point as "contactPoint", account, reason_sealed as "reasonSealed",
         chosen_by as "chosenBy", chosen_at as "chosenAt" from collection_hold_choice where complaint = any($1)`,
      [ids],
    );
    return new Map(rows.map(({ id, ...choice }) => [id, choice]));
  }

  async choose(tx: Tx, institutionId: string, complaintId: string, choice: HoldChoice): Promise<void> {
    await tx.query(
      `insert into collection_hold_choice (complaint, institution_id, scope, agency_id, collector_id, channel, contact_point, account, reason_sealed, chosen_by, chosen_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (complaint) do update set scope = excluded.scope, agency_id = excluded.agency_id, collector_id = excluded.collector_id, channel = excluded.channel,
         contact_point = excluded.contact_point, account = coalesce(excluded.account, collection_hold_choice.account), reason_sealed = excluded.reason_sealed,
         chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at`,
      [
        complaintId,
        institutionId,
        choice.scope,
        choice.agencyId,
        choice.collectorId,
        choice.channel,
        choice.contactPoint,
        choice.account,
        choice.reasonSealed,
        choice.chosenBy,
        choice.chosenAt,
      ],
    );
  }

  /** Takes the answer to a request, unless a later one was made meanwhile. Returns whether it was taken. */
  async answer(tx: Tx, institutionId: string, id: string, version: number, state: HoldState): Promise<boolean> {
    const taken = await tx.query(
      'update complaint set hold_state = $4 where institution_id = $1 and id = $2 and hold_version = $3 and hold_state <> $4 returning id',
      [institutionId, id, version, state],
    );
    return taken.length > 0;
  }

  async now(tx: Tx): Promise<Date> {
    const [row] = await tx.query<{ now: Date }>(`select date_trunc('milliseconds', clock_timestamp()) as now`);
    if (!row) throw new Error('no time');
    return row.now;
  }
}

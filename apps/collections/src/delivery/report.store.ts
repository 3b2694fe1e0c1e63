import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { DELIVERY_DUE } from './delivery.states.ts';

export interface ReportRow {
  readonly id: string;
  readonly state: string;
  readonly at: string;
  readonly code: string | null;
}

// The rows are locked in one order for everyone. Of all reports of a message the latest counts; a message that was never handed over, or not
// by us, has none. The ledger of contacts keeps what it was told first.
const APPLY = `
  with given as materialized (
    select r.id, r.state, r.at, r.code from json_to_recordset($1) as r(id uuid, state text, at timestamptz, code text)
  ), held as materialized (
    select d.id, d.institution_id, d.reported_at from delivery d
    where d.id in (select id from given) and d.channel in ('sms', 'email') and d.tries > 0 order by d.id for no key update
  ), noted as (
    insert into delivery_event (institution_id, delivery, state, at, by, code)
    select h.institution_id, h.id, g.state, g.at, 'gateway', g.code from given g join held h on h.id = g.id on conflict do nothing
  ), newest as materialized (
    select distinct on (g.id) g.*, h.institution_id from given g join held h on h.id = g.id
    where h.reported_at is null or g.at > h.reported_at order by g.id, g.at desc, g.state
  ), changed as (
    update delivery d set state = n.state, code = n.code, reported_at = n.at, settled_at = n.at, busy_until = null,
      outcome = coalesce(d.outcome, n.state), outcome_at = coalesce(d.outcome_at, greatest(n.at, d.asked_at)), wake_at = case when d.outcome_noted and (d.kind <> 'referral-notice' or d.referral_noted) then null else $2::timestamptz end
    from newest n where d.id = n.id returning d.id, d.institution_id
  ), told as (
    insert into outbox (institution_id, topic, payload)
    select institution_id, $3, json_build_object('institutionId', institution_id, 'deliveryId', id) from changed
  )
  select id from held`;

@Injectable()
export class ReportStore {
  /** Returns the ids of the messages that are known. */
  async apply(tx: Tx, reports: readonly ReportRow[], now: Date): Promise<Set<string>> {
    const rows = await tx.query<{ id: string }>(APPLY, [JSON.stringify(reports), now, DELIVERY_DUE]);
    return new Set(rows.map(({ id }) => id));
  }
}

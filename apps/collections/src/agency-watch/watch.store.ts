import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

/** What ends on a day, and the task that asks for its renewal. */
export interface Ending {
  readonly kind:
    'renew-agency-licence' | 'renew-agency-contract' | 'renew-agency-document' | 'renew-agency-certificate' | 'train-collector';
  readonly resource: string;
  readonly agencyId: string;
  /** The last day. */
  readonly until: string;
  readonly detail: Readonly<Record<string, string>>;
}

// $2 the last day that is near. Only of agencies that are ours, and of what is the newest of its kind.
const ENDINGS = `
  with ours as (select agency_id, institution_id from agency where institution_id = $1 and status in ('approved', 'active', 'suspended'))
  select 'renew-agency-licence' as kind, 'agency/' || p.agency_id as resource, p.agency_id as "agencyId", p.licence_until::text as until, '{}'::json as detail
  from agency_profile p join ours o using (agency_id, institution_id) where p.licence_until <= $2
  union all
  select 'renew-agency-contract', 'agency/' || c.agency_id, c.agency_id, max(c.valid_to)::text, json_build_object('contractNo', (array_agg(c.contract_no order by c.valid_to desc))[1])
  from (select distinct on (n.agency_id, n.contract_no) n.* from agency_contract n join ours o using (agency_id, institution_id) order by n.agency_id, n.contract_no, n.version desc) c
  group by c.agency_id having max(c.valid_to) <= $2
  union all
  select 'renew-agency-document', 'agency-document/' || d.id, d.agency_id, d.valid_until::text, json_build_object('documentKind', d.kind)
  from agency_document d join ours o using (agency_id, institution_id) where d.valid_until <= $2 and not exists (
    select from agency_document n where n.agency_id = d.agency_id and n.kind = d.kind and n.title = d.title and n.institution_id = d.institution_id and n.version > d.version)
  union all
  select 'renew-agency-certificate', 'agency-staff/' || s.agency_id || '/' || s.collector_id, s.agency_id, s.certificate_until::text, json_build_object('collectorId', s.collector_id)
  from agency_staff s join ours o using (agency_id, institution_id) where s.active and s.certificate_until <= $2
  union all
  select 'train-collector', 'agency-staff/' || t.agency_id || '/' || t.collector_id, t.agency_id, (t.last + 365)::text, json_build_object('collectorId', t.collector_id)
  from (select s.agency_id, s.collector_id, max(g.held_on) as last from agency_staff s join ours o using (agency_id, institution_id)
      join agency_training_attendant a on a.collector_id = s.collector_id and a.result = 'passed'
      join agency_training g on g.id = a.training and g.agency_id = s.agency_id and g.institution_id = s.institution_id
      where s.active group by s.agency_id, s.collector_id) t where t.last + 365 <= $2`;

// What is not near any more was renewed, has left, or is of an agency that has.
const SETTLE = `
  with near as (select * from json_to_recordset($2) as r(kind text, resource text))
  update task t set done_at = $3, done_by = 'system:agencies', outcome = 'renewed'
  where t.institution_id = $1 and t.kind = any($4) and t.done_at is null and not exists (select from near n where n.kind = t.kind and n.resource = t.resource)`;

@Injectable()
export class WatchStore {
  async institutions(tx: Tx): Promise<string[]> {
    const found = await tx.query<{ id: string }>('select distinct institution_id as id from agency');
    return found.map(({ id }) => id);
  }

  /** Agencies at work whose licence is over. */
  async unlicensed(tx: Tx, institutionId: string, day: string): Promise<{ agencyId: string; until: string }[]> {
    return tx.query(
      `select a.agency_id as "agencyId", p.licence_until::text as until from agency a join agency_profile p using (agency_id, institution_id)
       where a.institution_id = $1 and a.status = 'active' and p.licence_until < $2`,
      [institutionId, day],
    );
  }

  /** What ends by the day, or has ended. */
  async endings(tx: Tx, institutionId: string, near: string): Promise<Ending[]> {
    return tx.query<Ending>(ENDINGS, [institutionId, near]);
  }

  async settle(tx: Tx, institutionId: string, near: readonly Ending[], kinds: readonly string[], at: Date): Promise<void> {
    await tx.query(SETTLE, [institutionId, JSON.stringify(near), at, kinds]);
  }
}

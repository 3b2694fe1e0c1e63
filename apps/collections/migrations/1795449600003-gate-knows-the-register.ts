import type { MigrationInterface, QueryRunner } from 'typeorm';

// The text and the variables of a message, sealed: a decision is made on them, and they may name people. Beside the decision, not in it, so
// that a change of keys reaches them.
const message = `
alter table decision add message_sealed bytea;
`;

// One round trip for many requests: replay check, locks, now and facts, in that order. Each statement of a volatile function sees what was
// committed before it began, so what is read after the locks is what the requests before us left, and what was published before them.
const gateLoad = `
create or replace function gate_load(p_institution text, p_requests json, p_now timestamptz, p_reserve boolean) returns json language plpgsql as $$
declare
  v_claimed text[];
  v_seen json;
  v_found json;
  v_lock bigint;
  v_now timestamptz;
begin
  perform set_config('app.institution', p_institution, true);
  -- Plans are made once per connection, and on a young ledger they would be made for empty tables: whole tables would be read until
  -- their statistics are renewed. Every step of the gate has its index; here and in the append that follows, nothing else is right.
  perform set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true);

  -- In order of the key, for everyone: of two requests with one key, the second waits here for the first to commit.
  with asked as (select key, hash from json_to_recordset(p_requests) as r(key text, hash text) where key is not null order by key),
    claimed as (insert into idempotency (institution_id, key, input_hash) select p_institution, key, decode(hash, 'hex') from asked on conflict do nothing returning key)
  select coalesce(array_agg(key), '{}') into v_claimed from claimed;
  select json_agg(json_build_object('n', r.n, 'same', i.input_hash = decode(r.hash, 'hex'), 'resource', i.resource)) into v_seen
    from json_to_recordset(p_requests) as r(n integer, key text, hash text) join idempotency i on i.institution_id = p_institution and i.key = r.key
    where r.key <> all(v_claimed);

  select coalesce(json_agg(f), '[]') into v_found from (
    select r.n, r.agency, r.collectors, r.device, r.template, r.template_version, c.id as case_id, c.product, d.debtor_id, p.id as party, p.party_id, p.role,
      t.id as point, t.channel, encode(t.value_index, 'hex') as value_index, t.status as point_status, t.source as point_source,
      p.role in ('related', 'unrelated', 'representative') as third, coalesce(r.purpose in ('locate', 'relay'), false) as seeks
    from json_to_recordset(p_requests) as r(n integer, key text, case_id text, case_uuid uuid, party text, point text, channels text[], agency text, purpose text,
      collectors text[], device text, template text, template_version integer)
    left join lateral (
      select id, debtor, agency_id, product from collection_case where institution_id = p_institution and case_id = r.case_id
      union all
      select id, debtor, agency_id, product from collection_case where institution_id = p_institution and id = r.case_uuid
      limit 1) c on r.agency is null or c.agency_id = r.agency
    left join debtor d on d.id = c.debtor
    left join lateral (
      select id, party_id, role from party where collection_case = c.id and (r.party is null and role = 'debtor' or party_id = r.party or id::text = lower(r.party))
      order by id limit 1) p on true
    left join lateral (
      select id, channel, value_index, status, source from contact_point
      where party = p.id and (id::text = lower(r.point) or r.point is null and channel = any(r.channels))
      order by id limit 1) t on true
    where r.key is null or r.key = any(v_claimed)) f;

  if p_reserve then
    -- The two seats of the counts, debtor and contact point, in one order for everyone: no two batches wait for each other.
    for v_lock in
      select distinct key from json_to_recordset(v_found) as f(debtor_id text, value_index text),
        lateral (values (hashtextextended(p_institution || chr(31) || debtor_id, 1)), (hashtextextended(value_index, 2))) as seat(key)
      where value_index is not null order by key
    loop
      perform pg_advisory_xact_lock(v_lock);
    end loop;
    -- Whoever publishes a policy holds the same lock alone and reads the clock then: what is decided from here on is either before that
    -- instant or finds the new version.
    perform pg_advisory_xact_lock_shared(hashtextextended(p_institution, 7));
  end if;
  v_now := coalesce(p_now, date_trunc('milliseconds', clock_timestamp()));

  return (
    with asked as materialized (
      select * from json_to_recordset(v_found) as f(n integer, agency text, collectors text[], device text, template text, template_version integer, case_id uuid, product text,
        party uuid, party_id text, role text, point uuid, channel text, value_index text, point_status text, point_source text, third boolean, seeks boolean)
    ), numbered as materialized (
      select product, policy_number(p_institution, product, v_now) as number from (select distinct product from asked where product is not null) p
    ), version as materialized (
      -- The longest local day of the tz database has 26 hours (Antarctica/Troll): no window of any pack is shorter than these 30. A version
      -- says when its counters look back further, as over seven local days.
      select product, number, v_now - greatest(interval '30 hours', interval '1 millisecond'
        * (select history_ms from policy_version v where v.number = n.number and v.institution_id = p_institution)) as since
      from numbered n
    )
    select json_build_object('now', v_now, 'seen', coalesce(v_seen, '[]'), 'found', coalesce(json_agg(json_build_object(
      'n', f.n,
      'policyNumber', v.number,
      'missing', case when f.case_id is null then 'caseId' when f.party is null then 'partyId' when f.point is null then 'contactPointId' end,
      'case', json_build_object('id', c.id, 'caseId', c.case_id, 'debtId', c.debt_id, 'product', c.product, 'status', c.state, 'balance', c.balance::text,
        'currency', c.currency, 'overdueSince', c.overdue_since, 'referralNoticeAt', c.referral_notice_at),
      'debtor', json_build_object('debtorId', d.debtor_id, 'timeZone', d.time_zone, 'region', d.region),
      'party', json_build_object('partyId', f.party_id, 'role', f.role),
      'point', json_build_object('id', f.point, 'channel', f.channel, 'index', f.value_index, 'status', f.point_status, 'source', f.point_source),
      -- Where the party's numbers say that it lives.
      'timeZones', (select coalesce(json_agg(distinct zone order by zone), '[]') from contact_point, unnest(time_zones) as zone where party = f.party),
      -- Whoever looks for a debtor must know that no number of theirs answers.
      'debtorPoints', case when f.third and f.seeks then (
        select coalesce(json_agg(distinct jsonb_build_object('partyId', p.party_id, 'partyRole', p.role, 'channel', t.channel, 'index', encode(t.value_index, 'hex'),
          'status', t.status, 'source', t.source)), '[]')
        from collection_case k join party p on p.collection_case = k.id and p.role = 'debtor' join contact_point t on t.party = p.id where k.debtor = c.debtor) end,
      'agency', case when f.agency is not null then (
        select json_build_object('agencyId', a.agency_id, 'status', a.status, 'published', a.published, 'entrusted', c.agency_id = f.agency,
          'contractFrom', a.contract_from, 'contractTo', a.contract_to, 'lastEvaluatedOn', a.last_evaluated_on,
          'collectors', (select coalesce(json_agg(json_build_object('id', s.collector_id, 'certificateUntil', s.certificate_until) order by s.collector_id), '[]')
            from (select distinct id from unnest(f.collectors) as id) k
            -- Each by its id: an agency may have thousands. The limit is what keeps the planner from reading them all.
            cross join lateral (select collector_id, certificate_until from agency_staff
              where agency_id = f.agency and collector_id = k.id and institution_id = p_institution and active limit 1) s),
          'device', exists (select from agency_device e
            where e.agency_id = f.agency and e.device_id = f.device and e.institution_id = p_institution and e.retired_at is null))
        from agency a where a.agency_id = f.agency and a.institution_id = p_institution) end,
      'optOuts', (select coalesce(json_agg(json_build_object('channel', channel, 'index', encode(value_index, 'hex'), 'at', at, 'withdrawnAt', withdrawn_at)
        order by at, id), '[]') from opt_out where debtor = c.debtor and party_id = f.party_id),
      -- The version asked for, else the newest that is approved.
      'template', case when f.template is not null then (
        select json_build_object('version', m.version, 'channel', m.channel, 'text', m.text, 'approved', m.approved_at is not null and m.retired_at is null)
        from message_template m where m.template_id = f.template and m.institution_id = p_institution
          and (m.version = f.template_version or f.template_version is null and m.approved_at is not null and m.retired_at is null)
        order by m.version desc limit 1) end,
      'holds', (select coalesce(json_agg(json_build_object('kind', kind, 'from', from_at, 'until', until_at, 'scope', scope) order by from_at, id), '[]')
        from hold where debtor = c.debtor),
      'consents', (select coalesce(json_agg(json_build_object('kind', kind, 'channels', channels, 'from', from_time, 'to', to_time, 'givenAt', given_at,
        'withdrawnAt', withdrawn_at) order by given_at, id), '[]') from consent where party = f.party),
      'history', (select coalesce(json_agg(json_build_object('attemptId', h.attempt_id, 'debtorId', h.debtor_id, 'debtId', h.debt_id, 'partyId', h.party_id,
          'partyRole', h.party_role, 'index', encode(h.value_index, 'hex'), 'channel', h.channel, 'mode', h.mode, 'purpose', h.purpose, 'initiator', h.initiator,
          'agencyId', h.agency_id, 'collectorIds', h.collector_ids, 'startedAt', h.at, 'result', h.result, 'expiresAt', h.lapses_at) order by h.at, h.id), '[]')
        from (
          -- No contact is in two of the parts: calls to the debtor; calls to the number for others; of third parties who asked to be left
          -- alone, whatever is older, by who they are and by the number; and for who looks for a debtor, what came of it since the last contact.
          select * from contact where institution_id = p_institution and debtor_id = d.debtor_id and at > v.since and (result is not null or lapses_at > v_now)
          union all
          select * from contact where institution_id = p_institution and value_index = decode(f.value_index, 'hex') and debtor_id <> d.debtor_id and at > v.since
            and (result is not null or lapses_at > v_now)
          union all
          select * from contact where f.third and institution_id = p_institution and debtor_id = d.debtor_id
            and party_id = f.party_id and result = 'refused' and at <= v.since
          union all
          select * from contact where f.third and institution_id = p_institution
            and value_index = decode(f.value_index, 'hex') and result = 'refused' and at <= v.since
            and (debtor_id <> d.debtor_id or party_id is distinct from f.party_id)
          union all
          (select * from contact where f.third and f.seeks and institution_id = p_institution and debtor_id = d.debtor_id and at <= v.since
            and at >= coalesce((select max(at) from contact where institution_id = p_institution and debtor_id = d.debtor_id
              and coalesce(party_role, 'debtor') = 'debtor' and result in ('answered', 'conversation', 'refused')), '-infinity')
            and coalesce(party_role, 'debtor') = 'debtor' and result <> 'cancelled'
            and not (result = 'refused' and (party_id is not distinct from f.party_id or value_index = decode(f.value_index, 'hex')))
            order by at desc limit 200)
        ) h))), '[]'))
    from asked f left join collection_case c on c.id = f.case_id left join debtor d on d.id = c.debtor left join version v on v.product = f.product);
end $$;
`;

export class GateKnowsTheRegister1795449600003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(message);
    await runner.query(gateLoad);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}

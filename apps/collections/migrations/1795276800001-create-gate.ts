import type { MigrationInterface, QueryRunner } from 'typeorm';

// One round trip for many requests: replay check, locks, now and facts, in that order. Each statement of a volatile function sees what was
// committed before it began, so what is read after the locks is what the requests before us left.
const gateLoad = `
create function gate_load(p_institution text, p_requests json, p_now timestamptz, p_reserve boolean) returns json language plpgsql as $$
declare
  v_claimed text[];
  v_seen json;
  v_found json;
  v_lock bigint;
  v_now timestamptz;
  v_from timestamptz;
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
    select r.n, c.id as case_id, c.debtor, d.debtor_id, p.id as party, p.party_id, p.role, t.id as point, t.channel, encode(t.value_index, 'hex') as value_index
    from json_to_recordset(p_requests) as r(n integer, key text, case_id text, case_uuid uuid, party text, point text, channels text[], agency text)
    left join lateral (
      select id, debtor, agency_id from collection_case where institution_id = p_institution and case_id = r.case_id
      union all
      select id, debtor, agency_id from collection_case where institution_id = p_institution and id = r.case_uuid
      limit 1) c on r.agency is null or c.agency_id = r.agency
    left join debtor d on d.id = c.debtor
    left join lateral (
      select id, party_id, role from party where collection_case = c.id and (r.party is null and role = 'debtor' or party_id = r.party or id::text = lower(r.party))
      order by id limit 1) p on true
    left join lateral (
      select id, channel, value_index from contact_point where party = p.id and (id::text = lower(r.point) or r.point is null and channel = any(r.channels))
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
  end if;
  v_now := coalesce(p_now, date_trunc('milliseconds', clock_timestamp()));
  -- The longest local day of the tz database has 26 hours (Antarctica/Troll); what is older counts in no window.
  v_from := v_now - interval '30 hours';

  return json_build_object(
    'now', v_now,
    'policy', (select json_build_object('packs', packs, 'tenantValues', tenant_values) from institution_policy where institution_id = p_institution),
    'seen', coalesce(v_seen, '[]'),
    'found', (select coalesce(json_agg(json_build_object(
      'n', f.n,
      'missing', case when f.case_id is null then 'caseId' when f.party is null then 'partyId' when f.point is null then 'contactPointId' end,
      'case', json_build_object('id', c.id, 'caseId', c.case_id, 'debtId', c.debt_id, 'status', c.state, 'balance', c.balance::text, 'currency', c.currency,
        'overdueSince', c.overdue_since),
      'debtor', json_build_object('debtorId', d.debtor_id, 'timeZone', d.time_zone),
      'party', json_build_object('partyId', f.party_id, 'role', f.role),
      'point', json_build_object('id', f.point, 'channel', f.channel, 'index', f.value_index),
      'holds', (select coalesce(json_agg(json_build_object('kind', kind, 'from', from_at, 'until', until_at, 'scope', scope) order by from_at, id), '[]')
        from hold where debtor = c.debtor),
      'consents', (select coalesce(json_agg(json_build_object('kind', kind, 'channels', channels, 'from', from_time, 'to', to_time, 'givenAt', given_at,
        'withdrawnAt', withdrawn_at) order by given_at, id), '[]') from consent where party = f.party),
      'history', (select coalesce(json_agg(json_build_object('attemptId', h.attempt_id, 'debtorId', h.debtor_id, 'partyId', h.party_id, 'partyRole', h.party_role,
          'index', encode(h.value_index, 'hex'), 'channel', h.channel, 'mode', h.mode, 'initiator', h.initiator, 'agencyId', h.agency_id, 'startedAt', h.at,
          'result', h.result, 'expiresAt', h.lapses_at) order by h.at, h.id), '[]')
        from (
          -- No contact is in two of the parts: calls to the debtor; calls to the number for others; and of third parties who asked to be left
          -- alone, whatever is older, by who they are and by the number.
          select * from contact where institution_id = p_institution and debtor_id = d.debtor_id and at > v_from and (result is not null or lapses_at > v_now)
          union all
          select * from contact where institution_id = p_institution and value_index = decode(f.value_index, 'hex') and debtor_id <> d.debtor_id and at > v_from
            and (result is not null or lapses_at > v_now)
          union all
          select * from contact where f.role in ('related', 'unrelated', 'representative') and institution_id = p_institution and debtor_id = d.debtor_id
            and party_id = f.party_id and result = 'refused' and at <= v_from
          union all
          select * from contact where f.role in ('related', 'unrelated', 'representative') and institution_id = p_institution
            and value_index = decode(f.value_index, 'hex') and result = 'refused' and at <= v_from
            and (debtor_id <> d.debtor_id or party_id is distinct from f.party_id)
        ) h))), '[]')
      from json_to_recordset(v_found) as f(n integer, case_id uuid, party uuid, party_id text, role text, point uuid, channel text, value_index text)
      left join collection_case c on c.id = f.case_id left join debtor d on d.id = c.debtor));
end $$;
`;

export class CreateGate1795276800001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(gateLoad);
  }

  async down(): Promise<void> {
    throw new Error('The ledger is not undone: restore a backup.');
  }
}

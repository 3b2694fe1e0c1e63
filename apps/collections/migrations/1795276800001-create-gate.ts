import type { MigrationInterface, QueryRunner } from 'typeorm';

// One round trip for lock, replay check, now and facts, in that order. Each statement of a volatile function sees what was committed
// before it began, so what is read after the locks is what the requests before us left.
const gateLoad = `
create function gate_load(
  p_institution text, p_key text, p_key_hash bytea, p_case text, p_party text, p_point text, p_channels text[], p_agency text,
  p_now timestamptz, p_reserve boolean
) returns json language plpgsql as $$
declare
  v_seen record;
  v_case record;
  v_party record;
  v_point record;
  v_one bigint;
  v_two bigint;
  v_now timestamptz;
  v_from timestamptz;
begin
  perform set_config('app.institution', p_institution, true);
  if p_key is not null then
    insert into idempotency (institution_id, key, input_hash) values (p_institution, p_key, p_key_hash) on conflict do nothing;
    if not found then
      select input_hash = p_key_hash as same, resource into v_seen from idempotency where institution_id = p_institution and key = p_key;
      return json_build_object('seen', json_build_object('same', v_seen.same, 'resource', v_seen.resource));
    end if;
  end if;

  select id, debtor, agency_id into v_case from collection_case where institution_id = p_institution and case_id = p_case;
  if not found and p_case ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then
    select id, debtor, agency_id into v_case from collection_case where id = p_case::uuid and institution_id = p_institution;
  end if;
  if v_case.id is null or (p_agency is not null and v_case.agency_id is distinct from p_agency) then
    return json_build_object('missing', 'caseId');
  end if;
  select id, party_id, role into v_party from party
    where collection_case = v_case.id and (p_party is null and role = 'debtor' or party_id = p_party or id::text = lower(p_party)) order by party.id limit 1;
  if not found then return json_build_object('missing', 'partyId'); end if;
  select id, channel, value_index into v_point from contact_point
    where party = v_party.id and (id::text = lower(p_point) or p_point is null and channel = any(p_channels)) order by contact_point.id limit 1;
  if not found then return json_build_object('missing', 'contactPointId'); end if;

  if p_reserve then
    -- The two seats of the counts, in one order for everyone: no two requests wait for each other.
    select hashtextextended(p_institution || chr(31) || debtor_id, 1), hashtextextended(encode(v_point.value_index, 'hex'), 2)
      into v_one, v_two from debtor where id = v_case.debtor;
    perform pg_advisory_xact_lock(least(v_one, v_two));
    perform pg_advisory_xact_lock(greatest(v_one, v_two));
  end if;
  v_now := coalesce(p_now, date_trunc('milliseconds', clock_timestamp()));
  -- The longest local day has 25 hours; what is older counts in no window.
  v_from := v_now - interval '25 hours';

  return (
    select json_build_object(
      'now', v_now,
      'policy', (select json_build_object('packs', packs, 'tenantValues', tenant_values) from institution_policy where institution_id = p_institution),
      'case', json_build_object('id', c.id, 'caseId', c.case_id, 'debtId', c.debt_id, 'status', c.state, 'balance', c.balance::text, 'currency', c.currency,
        'overdueSince', c.overdue_since),
      'debtor', json_build_object('debtorId', d.debtor_id, 'timeZone', d.time_zone),
      'party', json_build_object('partyId', v_party.party_id, 'role', v_party.role),
      'point', json_build_object('id', v_point.id, 'channel', v_point.channel, 'index', encode(v_point.value_index, 'hex')),
      'holds', (select coalesce(json_agg(json_build_object('kind', kind, 'from', from_at, 'until', until_at, 'scope', scope) order by from_at, id), '[]')
        from hold where debtor = c.debtor),
      'consents', (select coalesce(json_agg(json_build_object('kind', kind, 'channels', channels, 'from', from_time, 'to', to_time, 'givenAt', given_at,
        'withdrawnAt', withdrawn_at) order by given_at, id), '[]') from consent where party = v_party.id),
      'history', (select coalesce(json_agg(json_build_object('attemptId', h.attempt_id, 'debtorId', h.debtor_id, 'partyId', h.party_id, 'partyRole', h.party_role,
          'index', encode(h.value_index, 'hex'), 'channel', h.channel, 'mode', h.mode, 'initiator', h.initiator, 'agencyId', h.agency_id, 'startedAt', h.at,
          'result', h.result, 'expiresAt', h.lapses_at) order by h.at, h.id), '[]')
        from (
          select * from contact where institution_id = p_institution and debtor_id = d.debtor_id and at > v_from
            and (result is not null or lapses_at > v_now)
          union
          select * from contact where institution_id = p_institution and value_index = v_point.value_index and at > v_from
            and (result is not null or lapses_at > v_now)
          union
          select * from contact where institution_id = p_institution and debtor_id = d.debtor_id and party_id = v_party.party_id and result = 'refused'
          union
          select * from contact where institution_id = p_institution and value_index = v_point.value_index and result = 'refused'
        ) h)
    )
    from collection_case c join debtor d on d.id = c.debtor where c.id = v_case.id
  );
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

/**
 * The tables of libs/retention: an institution's own rules, legal holds, runs with the list that was looked at, and what was destroyed of it.
 * Part of migrations that have run: never changed.
 */
export const retentionTables = `
-- Whoever destroys, holds or changes a rule goes through here, one after the other.
create table retention_gate (
  institution_id text not null primary key
);

create table retention_rule (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  kind text not null,
  version integer not null check (version >= 1),
  -- Null: no rule of its own any more.
  years integer check (years between 1 and 100),
  source text not null,
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'refused', 'withdrawn')),
  proposed_by text not null,
  proposed_at timestamptz not null,
  settled_by text,
  settled_at timestamptz,
  unique (institution_id, kind, version),
  check ((state = 'proposed') = (settled_by is null) and (settled_by is null) = (settled_at is null)),
  constraint retention_rule_four_eyes check (state not in ('approved', 'refused') or settled_by <> proposed_by)
);
create unique index retention_rule_open on retention_rule (institution_id, kind) where state = 'proposed';
create index retention_rule_listed on retention_rule (institution_id, id desc);

create table retention_hold (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  scope text not null check (scope in ('subject', 'case', 'complaint', 'agency', 'kind')),
  value text not null,
  -- Of a kind: what began in these days; null: open.
  from_on date,
  to_on date,
  reason_sealed bytea not null,
  placed_by text not null,
  placed_at timestamptz not null,
  release_reason_sealed bytea,
  release_asked_by text,
  release_asked_at timestamptz,
  released_by text,
  released_at timestamptz,
  check (scope = 'kind' or (from_on is null and to_on is null)),
  check (from_on <= to_on),
  check ((release_asked_by is null) = (release_asked_at is null) and (release_asked_by is null) = (release_reason_sealed is null)),
  check ((released_by is null) = (released_at is null) and (released_by is null or release_asked_by is not null)),
  constraint retention_hold_four_eyes check (released_by <> release_asked_by)
);
create index retention_hold_standing on retention_hold (institution_id, scope, value) where released_at is null;
create index retention_hold_listed on retention_hold (institution_id, id desc);

create table retention_run (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  mode text not null check (mode in ('dry-run', 'destroy')),
  kinds text[] not null,
  as_of date not null,
  time_zone text not null,
  dry_run uuid references retention_run,
  -- The root over the list that was looked at.
  list_root bytea,
  asked_by text not null,
  asked_at timestamptz not null,
  decision text check (decision in ('approved', 'refused', 'withdrawn')),
  decided_by text,
  decided_at timestamptz,
  check ((mode = 'destroy') = (dry_run is not null) and (mode = 'destroy') = (list_root is not null)),
  check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)),
  constraint retention_run_four_eyes check (decision = 'withdrawn' or decided_by <> asked_by)
);
-- What was looked at is destroyed once.
create unique index retention_run_of on retention_run (dry_run) where decision is null or decision = 'approved';
create index retention_run_listed on retention_run (institution_id, id desc);

-- What a dry run found, in order; and what became of it.
create table retention_item (
  institution_id text not null,
  run uuid not null references retention_run,
  seq bigint not null,
  kind text not null,
  record uuid not null,
  since timestamptz not null,
  kept_until date not null,
  rule text not null,
  digest bytea not null,
  -- The hold that keeps it; null: due.
  hold uuid,
  fate text check (fate in ('destroyed', 'changed', 'held', 'kept')),
  batch integer,
  place integer,
  primary key (run, seq),
  check ((fate = 'destroyed') = (batch is not null and place is not null))
);
create unique index retention_item_record on retention_item (run, kind, record);
create index retention_item_destroyed on retention_item (institution_id, kind, record, since) where fate = 'destroyed';
create index retention_item_open on retention_item (run, seq) where hold is null and fate is null;

create table retention_batch (
  institution_id text not null,
  run uuid not null references retention_run,
  n integer not null,
  kind text not null,
  count integer not null check (count > 0),
  root bytea not null,
  rules json not null,
  keys_destroyed integer not null,
  destroyed_at timestamptz not null,
  primary key (run, n)
);

-- The hold that keeps a record, if one does. What is a bundle of many may have whatever is held in it.
create function retention_hold_of(institution text, of_kind text, began date, subjects text[], cases text[], complaints text[], agencies text[], bundle boolean)
returns uuid language sql stable as $$
  select h.id from retention_hold h
  where h.institution_id = institution and h.released_at is null and case h.scope
    when 'kind' then h.value = of_kind and (h.from_on is null or began >= h.from_on) and (h.to_on is null or began <= h.to_on)
    else bundle or h.value = any(case h.scope when 'subject' then subjects when 'case' then cases when 'complaint' then complaints else agencies end)
  end
  order by h.id limit 1
$$;

-- The years that an institution has set for a kind itself.
create function retention_own_years(institution text, of_kind text) returns integer language sql stable as $$
  select years from retention_rule where institution_id = institution and kind = of_kind and state = 'approved' order by version desc limit 1
$$;

-- What a destruction has begun is let through for its transaction; nothing else is.
create or replace function report_stays() returns trigger language plpgsql as $$
begin
  if old.state not in ('signed', 'superseded') then
    if tg_op = 'DELETE' then return old; end if;
    return new;
  end if;
  if tg_op = 'DELETE' and coalesce(current_setting('app.destruction', true), '') <> '' then return old; end if;
  if tg_op = 'UPDATE' and old.state = 'signed' and new.state = 'superseded'
    and to_jsonb(new) - array['state', 'touched_at'] = to_jsonb(old) - array['state', 'touched_at'] then
    return new;
  end if;
  raise exception 'a signed report does not change' using errcode = 'restrict_violation', constraint = 'report_stays';
end $$;

create or replace function report_part_stays() returns trigger language plpgsql as $$
declare whole uuid;
begin
  if tg_op = 'DELETE' and coalesce(current_setting('app.destruction', true), '') <> '' then return old; end if;
  if tg_op = 'INSERT' then whole := new.report; else whole := old.report; end if;
  if exists (select from report where id = whole and state in ('signed', 'superseded')) then
    raise exception 'the files and figures of a signed report do not change' using errcode = 'restrict_violation', constraint = 'report_stays';
  end if;
  if tg_op = 'UPDATE' then
    raise exception 'files and figures of a report are written once' using errcode = 'restrict_violation', constraint = 'report_stays';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;

create or replace function report_bytes_stay() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and coalesce(current_setting('app.destruction', true), '') <> '' then return old; end if;
  if exists (select from report_file f join report r on r.id = f.report where f.upload = old.upload and r.state in ('signed', 'superseded'))
    and (tg_op = 'DELETE' or new.upload <> old.upload or new.seq <> old.seq or new.institution_id <> old.institution_id) then
    raise exception 'the bytes of a signed report do not change' using errcode = 'restrict_violation', constraint = 'report_stays';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
`;

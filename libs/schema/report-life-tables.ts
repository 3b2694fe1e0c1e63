/**
 * The life of a report after it is made: drafts that somebody else signs, versions, figures that open to their rows, schedules, deliveries.
 * Part of migrations that have run: never changed.
 */
export const reportLifeTables = `
alter table report drop constraint report_state_check;
alter table report add constraint report_state_check
  check (state in ('queued', 'running', 'done', 'draft', 'signed', 'superseded', 'cancelled', 'failed'));
alter table report drop constraint report_origin_check;
alter table report add constraint report_origin_check check (origin in ('request', 'schedule', 'correction'));
alter table report
  add column version integer not null default 1 check (version >= 1),
  -- The first version; null: this one.
  add column series uuid references report,
  add column corrects uuid references report,
  add column correction_reason text,
  add column audience text not null default 'internal' check (audience in ('internal', 'public')),
  add column language text not null default 'zh' check (language in ('zh', 'en')),
  add column csv_bom boolean not null default true,
  add column time_zone text not null default 'Asia/Shanghai',
  -- Whom or what it is about, where its kind asks for one.
  add column subject text,
  add column schedule uuid,
  -- What it pins: when its rows were read, what was sealed by then, and the SHA-256 of its data.
  add column as_of timestamptz,
  add column evidence_head json,
  add column document_sha256 bytea,
  add column signed_by text,
  add column signed_at timestamptz,
  add column ended_by text,
  add constraint report_correction check ((corrects is null) = (version = 1) and (corrects is null) = (correction_reason is null)),
  add constraint report_signature check ((signed_by is null) = (signed_at is null) and (state in ('signed', 'superseded')) = (signed_by is not null)),
  -- Four eyes, whatever the service thinks.
  add constraint report_four_eyes check (signed_by <> requested_by);
drop index report_scheduled;
-- A quarter begins with a month, and a year with both.
create unique index report_scheduled on report (kind, period_from, period_to, audience, institution_id) where origin = 'schedule';
-- One correction of a version at a time, and one that counts.
create unique index report_corrected on report (corrects) where corrects is not null and state not in ('cancelled', 'failed');
create index report_series on report (coalesce(series, id), version);
create index report_listed on report (institution_id, id desc);

create table report_figure (
  institution_id text not null,
  report uuid not null references report on delete cascade,
  place integer not null,
  id text not null,
  label json not null,
  unit json not null,
  value double precision,
  suppressed boolean not null default false,
  trace json not null,
  primary key (report, place)
);
create unique index report_figure_name on report_figure (report, id);

-- What was signed stays as it was signed: only that a later version took its place may be added.
create function report_stays() returns trigger language plpgsql as $$
begin
  if old.state not in ('signed', 'superseded') then
    if tg_op = 'DELETE' then return old; end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and old.state = 'signed' and new.state = 'superseded'
    and to_jsonb(new) - array['state', 'touched_at'] = to_jsonb(old) - array['state', 'touched_at'] then
    return new;
  end if;
  raise exception 'a signed report does not change' using errcode = 'restrict_violation', constraint = 'report_stays';
end $$;
create trigger report_stays before update or delete on report for each row execute function report_stays();

create function report_part_stays() returns trigger language plpgsql as $$
declare whole uuid;
begin
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
create trigger report_file_stays before insert or update or delete on report_file for each row execute function report_part_stays();
create trigger report_figure_stays before insert or update or delete on report_figure for each row execute function report_part_stays();

-- Bytes may be sealed anew under another key, and nothing else: report_file keeps their SHA-256.
create function report_bytes_stay() returns trigger language plpgsql as $$
begin
  if exists (select from report_file f join report r on r.id = f.report where f.upload = old.upload and r.state in ('signed', 'superseded'))
    and (tg_op = 'DELETE' or new.upload <> old.upload or new.seq <> old.seq or new.institution_id <> old.institution_id) then
    raise exception 'the bytes of a signed report do not change' using errcode = 'restrict_violation', constraint = 'report_stays';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;
create trigger report_bytes_stay before update or delete on upload_chunk for each row execute function report_bytes_stay();

create table report_schedule (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  kind text not null,
  frequency text not null check (frequency in ('monthly', 'quarterly', 'yearly')),
  audience text not null check (audience in ('internal', 'public')),
  language text not null check (language in ('zh', 'en')),
  formats text[] not null check (cardinality(formats) > 0),
  time_zone text not null,
  -- Data of a period may come in late: so many days after its end.
  delay_days integer not null check (delay_days between 0 and 60),
  next_from date not null,
  next_to date not null,
  next_run_at timestamptz not null,
  paused_at timestamptz,
  ended_at timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  changed_by text not null,
  changed_at timestamptz not null,
  check (next_from <= next_to)
);
create unique index report_schedule_one on report_schedule (institution_id, kind, frequency, audience) where ended_at is null;
create index report_schedule_due on report_schedule (next_run_at) where ended_at is null and paused_at is null;
create index report_schedule_of on report_schedule (institution_id, id desc);

create table report_target (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  name text not null,
  channel text not null check (channel in ('portal', 'email', 'sftp', 'webhook')),
  -- Addresses, accounts, keys. Null: the portal, or it was removed.
  address_sealed bytea,
  -- Enough of it to know it again.
  shown text not null,
  -- Null: all.
  kinds text[],
  audience text check (audience in ('internal', 'public')),
  created_by text not null,
  created_at timestamptz not null,
  removed_by text,
  removed_at timestamptz,
  check (address_sealed is not null or channel = 'portal' or removed_at is not null),
  check ((removed_by is null) = (removed_at is null))
);
create unique index report_target_name on report_target (institution_id, name) where removed_at is null;

create table report_delivery (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  report uuid not null references report,
  target uuid not null references report_target,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed', 'dropped')),
  tries integer not null default 0,
  due_at timestamptz not null,
  -- Whoever has it in hand; taken over when it was in hand for too long.
  run uuid,
  taken_at timestamptz,
  error text,
  receipt text,
  created_at timestamptz not null,
  ended_at timestamptz,
  unique (report, target),
  check ((state = 'waiting') = (ended_at is null))
);
create index report_delivery_due on report_delivery (due_at) where state = 'waiting';
create index report_delivery_listed on report_delivery (institution_id, id desc);

create table report_delivery_try (
  institution_id text not null,
  delivery uuid not null references report_delivery on delete cascade,
  n integer not null,
  at timestamptz not null,
  -- 'delivered', or the code of what went wrong.
  outcome text not null,
  primary key (delivery, n)
);
`;

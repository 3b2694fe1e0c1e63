-- The schema after all migrations, for reading and review. Written by `npm run schema`; change the migrations, not this file.

create table clock_event (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  seq integer not null,
  type text not null,
  at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  data json not null default '{}'::json,
  note_sealed bytea,
  constraint clock_event_pkey PRIMARY KEY (id),
  constraint clock_event_seq UNIQUE (complaint, seq),
  constraint clock_event_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
alter table clock_event enable row level security;
create policy of_institution on clock_event for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint (
  id uuid not null default uuidv7(),
  institution_id text not null,
  number text not null,
  external_ref text,
  content_hash bytea not null,
  channel text not null,
  category text,
  received_at timestamp with time zone not null,
  registered_at timestamp with time zone not null,
  time_zone text not null,
  pack text not null,
  name_sealed bytea not null,
  id_number_sealed bytea,
  id_number_index bytea,
  contact_sealed bytea,
  contact_index bytea,
  proxy_sealed bytea,
  account text,
  subject_sealed bytea not null,
  narrative_sealed bytea not null,
  requests_sealed bytea not null,
  against_agency_id text,
  against_collector_id text,
  against_staff_id text,
  group_size integer not null default 1,
  source text not null,
  registered_by text not null,
  registered_by_handler boolean not null default false,
  handler text,
  state text not null,
  term_id text not null,
  day0 date,
  due_on date not null,
  due_at timestamp with time zone not null,
  provisional boolean not null default false,
  due_set_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  told_at timestamp with time zone,
  closed_at timestamp with time zone,
  ledger_version integer not null default 0,
  wake_at timestamp with time zone,
  hold_state text not null default 'none'::text,
  hold_version integer not null default 0,
  constraint complaint_pkey PRIMARY KEY (id),
  constraint complaint_external_ref UNIQUE (external_ref, institution_id),
  constraint complaint_number UNIQUE (number),
  constraint complaint_check CHECK ((received_at <= registered_at)),
  constraint complaint_check1 CHECK (((wake_at IS NULL) OR (closed_at IS NULL))),
  constraint complaint_check2 CHECK (((state <> ALL (ARRAY['met'::text, 'withdrawn'::text, 'declined'::text])) OR (closed_at IS NOT NULL))),
  constraint complaint_group_size_check CHECK ((group_size > 0)),
  constraint complaint_hold_state_check CHECK ((hold_state = ANY (ARRAY['none'::text, 'requested'::text, 'set'::text, 'lifted'::text, 'no-case'::text]))),
  constraint complaint_source_check CHECK ((source = ANY (ARRAY['api'::text, 'import'::text]))),
  constraint complaint_state_check CHECK ((state = ANY (ARRAY['running'::text, 'paused'::text, 'met'::text, 'missed'::text, 'withdrawn'::text, 'declined'::text])))
);
CREATE INDEX complaint_account ON public.complaint USING btree (account) WHERE (account IS NOT NULL);
CREATE INDEX complaint_agency ON public.complaint USING btree (against_agency_id, due_at, id) WHERE (against_agency_id IS NOT NULL);
CREATE INDEX complaint_closed ON public.complaint USING btree (due_at, id) WHERE (closed_at IS NOT NULL);
CREATE INDEX complaint_contact ON public.complaint USING btree (contact_index) WHERE (contact_index IS NOT NULL);
CREATE INDEX complaint_due ON public.complaint USING btree (due_at, id) WHERE (closed_at IS NULL);
CREATE INDEX complaint_handler ON public.complaint USING btree (handler, due_at, id) WHERE (closed_at IS NULL);
CREATE INDEX complaint_id_number ON public.complaint USING btree (id_number_index) WHERE (id_number_index IS NOT NULL);
CREATE INDEX complaint_received ON public.complaint USING btree (received_at, id);
CREATE INDEX complaint_wake ON public.complaint USING btree (wake_at) WHERE (wake_at IS NOT NULL);
alter table complaint enable row level security;
create policy of_institution on complaint for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table daily_work (
  name text not null,
  day date not null,
  claimed_at timestamp with time zone not null default clock_timestamp(),
  constraint daily_work_pkey PRIMARY KEY (name, day)
);

create table due_check (
  night date not null,
  started_at timestamp with time zone not null,
  after_id uuid,
  checked bigint not null default 0,
  corrected bigint not null default 0,
  finished_at timestamp with time zone,
  constraint due_check_pkey PRIMARY KEY (night)
);

create table event (
  id uuid not null default uuidv7(),
  institution_id text not null,
  topic text not null,
  payload json not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  sent_at timestamp with time zone not null default clock_timestamp(),
  acknowledged_at timestamp with time zone,
  result json,
  constraint event_pkey PRIMARY KEY (id)
);
CREATE INDEX event_unacknowledged ON public.event USING btree (sent_at) WHERE (acknowledged_at IS NULL);
alter table event enable row level security;
create policy of_institution on event for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table event_seen (
  event uuid not null,
  institution_id text not null,
  topic text not null,
  result json,
  seen_at timestamp with time zone not null default clock_timestamp(),
  constraint event_seen_pkey PRIMARY KEY (event, institution_id)
);
alter table event_seen enable row level security;
create policy of_institution on event_seen for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table idempotency (
  institution_id text not null,
  key text not null,
  input_hash bytea not null,
  resource text,
  created_at timestamp with time zone not null default now(),
  constraint idempotency_pkey PRIMARY KEY (key, institution_id)
);
CREATE INDEX idempotency_age ON public.idempotency USING btree (created_at);
alter table idempotency enable row level security;
create policy of_institution on idempotency for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table import (
  id uuid not null default uuidv7(),
  institution_id text not null,
  kind text not null,
  upload uuid,
  upload_bytes bigint not null,
  agency_id text,
  file_name text not null,
  state text not null default 'queued'::text,
  failure json,
  rows_total bigint,
  rows_done bigint not null default 0,
  bytes_done bigint not null default 0,
  inserted bigint not null default 0,
  updated bigint not null default 0,
  unchanged bigint not null default 0,
  rejected bigint not null default 0,
  requested_by text not null,
  created_at timestamp with time zone not null default now(),
  touched_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint import_pkey PRIMARY KEY (id),
  constraint import_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id) ON DELETE SET NULL,
  constraint import_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text])))
);
alter table import enable row level security;
create policy of_institution on import for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table import_error (
  institution_id text not null,
  import uuid not null,
  row_number bigint not null,
  column_name text,
  code text not null,
  detail text not null,
  constraint import_error_import_fkey FOREIGN KEY (import) REFERENCES import(id) ON DELETE CASCADE
);
CREATE INDEX import_error_import ON public.import_error USING btree (import, row_number);
alter table import_error enable row level security;
create policy of_institution on import_error for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table migration (
  id integer not null default nextval('migration_id_seq'::regclass),
  "timestamp" bigint not null,
  name character varying not null,
  constraint "PK_3043fc6b8af7c99b8b98830094f" PRIMARY KEY (id)
);

create table milestone (
  institution_id text not null,
  complaint uuid not null,
  kind text not null,
  due_on date not null,
  fired_at timestamp with time zone not null,
  constraint milestone_pkey PRIMARY KEY (complaint, kind, due_on),
  constraint milestone_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint milestone_kind_check CHECK ((kind = ANY (ARRAY['due-in-5'::text, 'due-in-3'::text, 'due-in-1'::text, 'due-today'::text, 'overdue-supervisor'::text, 'overdue-head-office'::text])))
);
alter table milestone enable row level security;
create policy of_institution on milestone for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table notification (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  kind text not null,
  recipient_role text,
  recipient text,
  created_at timestamp with time zone not null,
  data json not null default '{}'::json,
  constraint notification_pkey PRIMARY KEY (id),
  constraint notification_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint notification_check CHECK (((recipient_role IS NULL) <> (recipient IS NULL)))
);
CREATE INDEX notification_recipient ON public.notification USING btree (recipient, id) WHERE (recipient IS NOT NULL);
CREATE INDEX notification_role ON public.notification USING btree (recipient_role, id) WHERE (recipient_role IS NOT NULL);
alter table notification enable row level security;
create policy of_institution on notification for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table notification_read (
  institution_id text not null,
  notification uuid not null,
  subject text not null,
  read_at timestamp with time zone not null,
  constraint notification_read_pkey PRIMARY KEY (notification, subject),
  constraint notification_read_notification_fkey FOREIGN KEY (notification) REFERENCES notification(id) ON DELETE CASCADE
);
alter table notification_read enable row level security;
create policy of_institution on notification_read for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table outbox (
  id bigint not null generated always as identity,
  institution_id text not null,
  topic text not null,
  payload json not null,
  created_at timestamp with time zone not null default now(),
  sent_at timestamp with time zone,
  constraint outbox_pkey PRIMARY KEY (id)
);
CREATE INDEX outbox_unsent ON public.outbox USING btree (id) WHERE (sent_at IS NULL);
alter table outbox enable row level security;
create policy of_institution on outbox for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table personal_data_read (
  id uuid not null default uuidv7(),
  institution_id text not null,
  subject text not null,
  client_id text,
  resource text not null,
  resource_ids text[] not null,
  fields text[] not null,
  request_id text not null,
  read_at timestamp with time zone not null default clock_timestamp(),
  constraint personal_data_read_pkey PRIMARY KEY (id)
);
CREATE INDEX personal_data_read_at ON public.personal_data_read USING btree (read_at);
alter table personal_data_read enable row level security;
create policy of_institution on personal_data_read for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table report (
  id uuid not null default uuidv7(),
  institution_id text not null,
  kind text not null,
  period_from date not null,
  period_to date not null,
  formats text[] not null,
  origin text not null,
  requested_by text not null,
  state text not null default 'queued'::text,
  run uuid,
  rows_done bigint not null default 0,
  rows_total bigint,
  failure json,
  created_at timestamp with time zone not null default clock_timestamp(),
  touched_at timestamp with time zone not null default clock_timestamp(),
  finished_at timestamp with time zone,
  constraint report_pkey PRIMARY KEY (id),
  constraint report_check CHECK ((period_from <= period_to)),
  constraint report_origin_check CHECK ((origin = ANY (ARRAY['request'::text, 'schedule'::text]))),
  constraint report_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text])))
);
CREATE INDEX report_unfinished ON public.report USING btree (touched_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE UNIQUE INDEX report_scheduled ON public.report USING btree (kind, period_from, institution_id) WHERE (origin = 'schedule'::text);
alter table report enable row level security;
create policy of_institution on report for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table report_file (
  institution_id text not null,
  report uuid not null,
  place integer not null,
  name text not null,
  format text not null,
  upload uuid not null,
  bytes bigint not null,
  sha256 bytea not null,
  constraint report_file_pkey PRIMARY KEY (report, name),
  constraint report_file_report_fkey FOREIGN KEY (report) REFERENCES report(id) ON DELETE CASCADE,
  constraint report_file_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id)
);
CREATE INDEX report_file_upload ON public.report_file USING btree (upload);
alter table report_file enable row level security;
create policy of_institution on report_file for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table timeline (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  at timestamp with time zone not null,
  kind text not null,
  actor text not null,
  data json not null default '{}'::json,
  note_sealed bytea,
  constraint timeline_pkey PRIMARY KEY (id),
  constraint timeline_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
CREATE INDEX timeline_complaint ON public.timeline USING btree (complaint, id);
alter table timeline enable row level security;
create policy of_institution on timeline for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table upload (
  id uuid not null default uuidv7(),
  institution_id text not null,
  file_name text not null,
  bytes bigint not null,
  sha256 bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint upload_pkey PRIMARY KEY (id)
);
alter table upload enable row level security;
create policy of_institution on upload for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table upload_chunk (
  institution_id text not null,
  upload uuid not null,
  seq integer not null,
  bytes_sealed bytea not null,
  constraint upload_chunk_pkey PRIMARY KEY (upload, seq),
  constraint upload_chunk_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id) ON DELETE CASCADE
);
alter table upload_chunk enable row level security;
create policy of_institution on upload_chunk for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

CREATE OR REPLACE FUNCTION public.new_complaint_number(p_at timestamp with time zone, p_time_zone text)
 RETURNS text
 LANGUAGE sql
AS $function$
  select 'TS' || to_char(p_at at time zone p_time_zone, 'YYYYMMDD') || '-' || lpad(n::text, greatest(6, length(n::text)), '0') from nextval('complaint_serial') as serial(n)
$function$;

CREATE OR REPLACE FUNCTION public.next_wake(p_complaint uuid, p_state text, p_closed_at timestamp with time zone, p_due_on date, p_due_at timestamp with time zone, p_time_zone text, p_due_set_at timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select min(o.at) from owed_milestones(p_due_on, p_due_at, p_time_zone, p_due_set_at) o
  where p_closed_at is null and p_state <> 'paused'
    and not exists (select from milestone m where m.complaint = p_complaint and m.kind = o.kind and m.due_on = p_due_on)
$function$;

CREATE OR REPLACE FUNCTION public.owed_milestones(p_due_on date, p_due_at timestamp with time zone, p_time_zone text, p_due_set_at timestamp with time zone)
 RETURNS TABLE(kind text, at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  select 'due-in-5', (p_due_on - 5)::timestamp at time zone p_time_zone where p_due_on - 5 >= (p_due_set_at at time zone p_time_zone)::date
  union all select 'due-in-3', (p_due_on - 3)::timestamp at time zone p_time_zone where p_due_on - 3 >= (p_due_set_at at time zone p_time_zone)::date
  union all select 'due-in-1', (p_due_on - 1)::timestamp at time zone p_time_zone where p_due_on - 1 >= (p_due_set_at at time zone p_time_zone)::date
  union all select 'due-today', p_due_on::timestamp at time zone p_time_zone where p_due_on >= (p_due_set_at at time zone p_time_zone)::date
  union all select 'overdue-supervisor', p_due_at
  union all select 'overdue-head-office', (p_due_on + 2)::timestamp at time zone p_time_zone
$function$;

-- The schema after all migrations, for reading and review. Written by `npm run schema`; change the migrations, not this file.

create table daily_work (
  name text not null,
  day date not null,
  claimed_at timestamp with time zone not null default clock_timestamp(),
  constraint daily_work_pkey PRIMARY KEY (name, day)
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

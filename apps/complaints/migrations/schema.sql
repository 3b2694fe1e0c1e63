-- The schema after all migrations, for reading and review. Written by `npm run schema`; change the migrations, not this file.

create table approval_request (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid,
  kind text not null,
  ref uuid not null,
  role text not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  note_sealed bytea,
  settled_at timestamp with time zone,
  settled_by text,
  outcome text,
  constraint approval_request_pkey PRIMARY KEY (id),
  constraint approval_request_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint approval_request_check CHECK ((((settled_at IS NULL) = (outcome IS NULL)) AND ((settled_at IS NULL) = (settled_by IS NULL)))),
  constraint approval_request_outcome_check CHECK ((outcome = ANY (ARRAY['approved'::text, 'refused'::text, 'withdrawn'::text])))
);
CREATE INDEX approval_request_asked_by ON public.approval_request USING btree (asked_by, id);
CREATE INDEX approval_request_complaint ON public.approval_request USING btree (complaint, id) WHERE (complaint IS NOT NULL);
CREATE INDEX approval_request_ref ON public.approval_request USING btree (ref, kind);
CREATE INDEX approval_request_role ON public.approval_request USING btree (role, id) WHERE (settled_at IS NULL);
CREATE INDEX approval_request_settled ON public.approval_request USING btree (settled_at, id) WHERE (settled_at IS NOT NULL);
CREATE UNIQUE INDEX approval_request_open ON public.approval_request USING btree (ref, kind) WHERE (settled_at IS NULL);
alter table approval_request enable row level security;
create policy of_institution on approval_request for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table arrival (
  institution_id text not null,
  complaint uuid not null,
  work text not null,
  arrived_at timestamp with time zone not null default clock_timestamp(),
  failed_at timestamp with time zone,
  constraint arrival_pkey PRIMARY KEY (work, complaint),
  constraint arrival_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
CREATE INDEX arrival_waiting ON public.arrival USING btree (work, arrived_at) WHERE (failed_at IS NULL);
alter table arrival enable row level security;
create policy of_institution on arrival for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table bad_faith_decision (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  decision text not null,
  reason_sealed bytea not null,
  score integer not null,
  decided_by text not null,
  decided_at timestamp with time zone not null,
  second_by text,
  second_at timestamp with time zone,
  second_agrees boolean,
  second_note_sealed bytea,
  constraint bad_faith_decision_pkey PRIMARY KEY (id),
  constraint bad_faith_decision_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint bad_faith_decision_check CHECK ((((second_at IS NULL) = (second_by IS NULL)) AND ((second_at IS NULL) = (second_agrees IS NULL)))),
  constraint bad_faith_decision_decision_check CHECK ((decision = ANY (ARRAY['suspected'::text, 'not-suspected'::text, 'open'::text]))),
  constraint bad_faith_four_eyes CHECK ((second_by <> decided_by))
);
CREATE INDEX bad_faith_decision_complaint ON public.bad_faith_decision USING btree (complaint, id);
alter table bad_faith_decision enable row level security;
create policy of_institution on bad_faith_decision for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table bad_faith_flag (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  note_sealed bytea not null,
  flagged_by text not null,
  flagged_at timestamp with time zone not null,
  withdrawn_by text,
  withdrawn_at timestamp with time zone,
  constraint bad_faith_flag_pkey PRIMARY KEY (id),
  constraint bad_faith_flag_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
CREATE INDEX bad_faith_flag_complaint ON public.bad_faith_flag USING btree (complaint, id);
alter table bad_faith_flag enable row level security;
create policy of_institution on bad_faith_flag for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table bad_faith_mark (
  institution_id text not null,
  complaint uuid not null,
  kind text not null,
  mark bytea not null,
  received_at timestamp with time zone not null,
  constraint bad_faith_mark_pkey PRIMARY KEY (complaint, kind, mark),
  constraint bad_faith_mark_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint bad_faith_mark_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'contact'::text, 'proxy'::text])))
);
CREATE INDEX bad_faith_mark_mark ON public.bad_faith_mark USING btree (mark, received_at);
alter table bad_faith_mark enable row level security;
create policy of_institution on bad_faith_mark for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table bad_faith_score (
  complaint uuid not null,
  institution_id text not null,
  score integer not null,
  signals jsonb not null,
  settings_version integer not null,
  computed_at timestamp with time zone not null,
  constraint bad_faith_score_pkey PRIMARY KEY (complaint),
  constraint bad_faith_score_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint bad_faith_score_score_check CHECK (((score >= 0) AND (score <= 100)))
);
CREATE INDEX bad_faith_score_score ON public.bad_faith_score USING btree (score, complaint) WHERE (score > 0);
alter table bad_faith_score enable row level security;
create policy of_institution on bad_faith_score for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table bad_faith_signature (
  complaint uuid not null,
  institution_id text not null,
  received_at timestamp with time zone not null,
  person bytea not null,
  minhash integer[] not null,
  words text[] not null,
  constraint bad_faith_signature_pkey PRIMARY KEY (complaint),
  constraint bad_faith_signature_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
alter table bad_faith_signature enable row level security;
create policy of_institution on bad_faith_signature for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table classification (
  complaint uuid not null,
  institution_id text not null,
  channel_code text,
  business_code text,
  cause_code text,
  area text,
  table_version integer,
  confirmed_by text,
  confirmed_at timestamp with time zone,
  suggested jsonb not null default '{}'::jsonb,
  suggested_at timestamp with time zone,
  constraint classification_pkey PRIMARY KEY (complaint),
  constraint classification_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint classification_area_check CHECK ((area = ANY (ARRAY['issuing'::text, 'marketing'::text, 'card-use'::text, 'collection'::text, 'complaint-handling'::text]))),
  constraint classification_check CHECK (((confirmed_at IS NULL) = (confirmed_by IS NULL))),
  constraint classification_check1 CHECK (((confirmed_at IS NULL) OR ((channel_code IS NOT NULL) AND (business_code IS NOT NULL) AND (cause_code IS NOT NULL) AND (area IS NOT NULL) AND (table_version IS NOT NULL))))
);
CREATE INDEX classification_confirmed ON public.classification USING btree (confirmed_at, complaint) WHERE (confirmed_at IS NOT NULL);
CREATE INDEX classification_waiting ON public.classification USING btree (suggested_at, complaint) WHERE (confirmed_at IS NULL);
alter table classification enable row level security;
create policy of_institution on classification for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table classification_change (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  channel_code text not null,
  business_code text not null,
  cause_code text not null,
  area text not null,
  table_version integer not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  reason_sealed bytea,
  constraint classification_change_pkey PRIMARY KEY (id),
  constraint classification_change_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
CREATE INDEX classification_change_complaint ON public.classification_change USING btree (complaint, id);
alter table classification_change enable row level security;
create policy of_institution on classification_change for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table code_entry (
  institution_id text not null,
  version integer not null,
  dimension text not null,
  seq integer not null,
  code text not null,
  parent text,
  zh text not null,
  en text not null,
  valid_from date not null,
  constraint code_entry_pkey PRIMARY KEY (version, dimension, code, institution_id),
  constraint code_entry_version_institution_id_fkey FOREIGN KEY (version, institution_id) REFERENCES code_table(version, institution_id),
  constraint code_entry_dimension_check CHECK ((dimension = ANY (ARRAY['channel'::text, 'business'::text, 'cause'::text, 'area'::text])))
);
alter table code_entry enable row level security;
create policy of_institution on code_entry for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table code_table (
  id uuid not null default uuidv7(),
  institution_id text not null,
  version integer not null,
  state text not null,
  note text not null,
  loaded_by text not null,
  loaded_at timestamp with time zone not null,
  valid_from date,
  proposed_by text,
  proposed_at timestamp with time zone,
  approved_by text,
  approved_at timestamp with time zone,
  returned_by text,
  return_reason text,
  constraint code_table_pkey PRIMARY KEY (version, institution_id),
  constraint code_table_id_key UNIQUE (id),
  constraint code_table_four_eyes CHECK (((state <> 'published'::text) OR ((valid_from IS NOT NULL) AND (approved_by <> proposed_by) AND (approved_by <> loaded_by)))),
  constraint code_table_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'proposed'::text, 'published'::text, 'replaced'::text]))),
  constraint code_table_version_check CHECK ((version > 0))
);
CREATE UNIQUE INDEX code_table_open ON public.code_table USING btree ((true), institution_id) WHERE (state = ANY (ARRAY['draft'::text, 'proposed'::text]));
alter table code_table enable row level security;
create policy of_institution on code_table for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table complaint_search (
  complaint uuid not null,
  institution_id text not null,
  tokens bigint[] not null,
  constraint complaint_search_pkey PRIMARY KEY (complaint),
  constraint complaint_search_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
CREATE INDEX complaint_search_tokens ON public.complaint_search USING gin (tokens);
alter table complaint_search enable row level security;
create policy of_institution on complaint_search for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint_text (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  part text not null,
  text_sealed bytea not null,
  constraint complaint_text_pkey PRIMARY KEY (id),
  constraint complaint_text_part UNIQUE (complaint, part),
  constraint complaint_text_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
alter table complaint_text enable row level security;
create policy of_institution on complaint_text for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table daily_work (
  name text not null,
  day date not null,
  claimed_at timestamp with time zone not null default clock_timestamp(),
  constraint daily_work_pkey PRIMARY KEY (name, day)
);

create table desk_absence (
  id uuid not null default uuidv7(),
  institution_id text not null,
  member uuid not null,
  from_on date not null,
  to_on date not null,
  reason_sealed bytea,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  cancelled_by text,
  cancelled_at timestamp with time zone,
  constraint desk_absence_pkey PRIMARY KEY (id),
  constraint desk_absence_member_fkey FOREIGN KEY (member) REFERENCES desk_member(id),
  constraint desk_absence_check CHECK ((from_on <= to_on))
);
CREATE INDEX desk_absence_member ON public.desk_absence USING btree (member, to_on) WHERE (cancelled_at IS NULL);
alter table desk_absence enable row level security;
create policy of_institution on desk_absence for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table desk_change (
  id uuid not null default uuidv7(),
  institution_id text not null,
  subject_kind text not null,
  subject text not null,
  action text not null,
  actor text not null,
  at timestamp with time zone not null,
  data json not null default '{}'::json,
  constraint desk_change_pkey PRIMARY KEY (id),
  constraint desk_change_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['unit'::text, 'member'::text])))
);
CREATE INDEX desk_change_subject ON public.desk_change USING btree (subject, id);
alter table desk_change enable row level security;
create policy of_institution on desk_change for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table desk_member (
  id uuid not null default uuidv7(),
  institution_id text not null,
  subject text not null,
  name_sealed bytea not null,
  unit uuid,
  manager text,
  agency_id text,
  areas text[] not null default '{}'::text[],
  causes text[] not null default '{}'::text[],
  channels text[] not null default '{}'::text[],
  languages text[] not null default '{}'::text[],
  daily_capacity integer not null,
  active boolean not null default true,
  constraint desk_member_pkey PRIMARY KEY (id),
  constraint desk_member_subject UNIQUE (subject, institution_id),
  constraint desk_member_unit_fkey FOREIGN KEY (unit) REFERENCES desk_unit(id),
  constraint desk_member_daily_capacity_check CHECK (((daily_capacity >= 0) AND (daily_capacity <= 1000)))
);
CREATE INDEX desk_member_agency ON public.desk_member USING btree (agency_id) WHERE (agency_id IS NOT NULL);
CREATE INDEX desk_member_manager ON public.desk_member USING btree (manager) WHERE (manager IS NOT NULL);
CREATE INDEX desk_member_unit ON public.desk_member USING btree (unit) WHERE (unit IS NOT NULL);
alter table desk_member enable row level security;
create policy of_institution on desk_member for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table desk_unit (
  id uuid not null default uuidv7(),
  institution_id text not null,
  code text not null,
  kind text not null,
  name_zh text not null,
  name_en text not null,
  parent uuid,
  contact_sealed bytea,
  retired_at timestamp with time zone,
  constraint desk_unit_pkey PRIMARY KEY (id),
  constraint desk_unit_code UNIQUE (code, institution_id),
  constraint desk_unit_parent_fkey FOREIGN KEY (parent) REFERENCES desk_unit(id),
  constraint desk_unit_kind_check CHECK ((kind = ANY (ARRAY['head-office'::text, 'branch'::text, 'department'::text])))
);
CREATE INDEX desk_unit_parent ON public.desk_unit USING btree (parent) WHERE (parent IS NOT NULL);
alter table desk_unit enable row level security;
create policy of_institution on desk_unit for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table dispatch (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid,
  channel text not null,
  purpose text not null,
  ref text,
  topic text,
  to_sealed bytea not null,
  subject_sealed bytea not null,
  body_sealed bytea not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  state text not null,
  in_hand boolean not null default false,
  busy_until timestamp with time zone,
  wake_at timestamp with time zone,
  tries integer not null default 0,
  provider_id text,
  code text,
  sent_at timestamp with time zone,
  delivered_at timestamp with time zone,
  reported_at timestamp with time zone,
  settled_at timestamp with time zone,
  constraint dispatch_pkey PRIMARY KEY (id),
  constraint dispatch_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint dispatch_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text]))),
  constraint dispatch_check CHECK (((NOT in_hand) OR ((state = 'queued'::text) AND (busy_until IS NOT NULL)))),
  constraint dispatch_check1 CHECK (((state <> 'sent'::text) OR (sent_at IS NOT NULL))),
  constraint dispatch_check2 CHECK (((state <> 'delivered'::text) OR (delivered_at IS NOT NULL))),
  constraint dispatch_check3 CHECK (((state = 'queued'::text) = (wake_at IS NOT NULL))),
  constraint dispatch_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'delivered'::text, 'failed'::text, 'given-up'::text])))
);
CREATE INDEX dispatch_complaint ON public.dispatch USING btree (complaint, id) WHERE (complaint IS NOT NULL);
CREATE INDEX dispatch_wake ON public.dispatch USING btree (wake_at) WHERE (wake_at IS NOT NULL);
alter table dispatch enable row level security;
create policy of_institution on dispatch for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table search_rebuild (
  id uuid not null default uuidv7(),
  institution_id text not null,
  after_id uuid,
  indexed bigint not null default 0,
  state text not null default 'queued'::text,
  run uuid,
  progress json,
  failure json,
  summary json,
  requested_by text not null,
  created_at timestamp with time zone not null default now(),
  touched_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint search_rebuild_pkey PRIMARY KEY (id),
  constraint search_rebuild_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX search_rebuild_state ON public.search_rebuild USING btree (id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
alter table search_rebuild enable row level security;
create policy of_institution on search_rebuild for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table sorting_paper (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid,
  about uuid not null,
  kind text not null,
  number text not null,
  receiver text not null,
  bytes_sealed bytea not null,
  sha256 bytea not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  constraint sorting_paper_pkey PRIMARY KEY (id),
  constraint sorting_paper_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint sorting_paper_kind_check CHECK ((kind = ANY (ARRAY['bad-faith'::text, 'major'::text])))
);
CREATE INDEX sorting_paper_about ON public.sorting_paper USING btree (about, id);
CREATE INDEX sorting_paper_complaint ON public.sorting_paper USING btree (complaint, id) WHERE (complaint IS NOT NULL);
alter table sorting_paper enable row level security;
create policy of_institution on sorting_paper for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table sorting_setting (
  institution_id text not null,
  name text not null,
  version integer not null,
  value json not null,
  note text not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint sorting_setting_pkey PRIMARY KEY (name, version, institution_id),
  constraint sorting_setting_version_check CHECK ((version > 0))
);
alter table sorting_setting enable row level security;
create policy of_institution on sorting_setting for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table suggestion_outcome (
  institution_id text not null,
  complaint uuid not null,
  dimension text not null,
  suggested text,
  confirmed text not null,
  rules_version integer not null,
  rules jsonb not null,
  at timestamp with time zone not null,
  constraint suggestion_outcome_pkey PRIMARY KEY (complaint, dimension),
  constraint suggestion_outcome_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
CREATE INDEX suggestion_outcome_at ON public.suggestion_outcome USING btree (at);
alter table suggestion_outcome enable row level security;
create policy of_institution on suggestion_outcome for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

CREATE OR REPLACE FUNCTION public.search_complaints(p_tokens bigint[], p_before uuid, p_limit integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  -- Planned for these tokens: a common one is better walked from the newest, a rare one looked up.
  return query execute 'select s.complaint from complaint_search s where s.tokens @> $1 and s.institution_id = current_setting(''app.institution'', true)
    and ($2 is null or s.complaint < $2) order by s.complaint desc limit $3' using p_tokens, p_before, p_limit;
end $function$;

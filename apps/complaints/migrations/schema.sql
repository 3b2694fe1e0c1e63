-- The schema after all migrations, for reading and review. Written by `npm run schema`; change the migrations, not this file.

create table after_deadline (
  institution_id text not null,
  kind text not null,
  ref uuid not null,
  complaint uuid not null,
  time_zone text not null,
  due_on date not null,
  due_at timestamp with time zone not null,
  set_at timestamp with time zone not null,
  person text,
  role text not null,
  escalate_role text not null,
  done_at timestamp with time zone,
  wake_at timestamp with time zone,
  constraint after_deadline_pkey PRIMARY KEY (ref, kind),
  constraint after_deadline_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint after_deadline_check CHECK (((wake_at IS NULL) OR (done_at IS NULL))),
  constraint after_deadline_kind_check CHECK ((kind = ANY (ARRAY['review'::text, 'rectification'::text, 'callback'::text, 'low-score'::text])))
);
CREATE INDEX after_deadline_wake ON public.after_deadline USING btree (wake_at) WHERE (wake_at IS NOT NULL);
alter table after_deadline enable row level security;
create policy of_institution on after_deadline for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table after_milestone (
  institution_id text not null,
  kind text not null,
  ref uuid not null,
  step text not null,
  due_on date not null,
  fired_at timestamp with time zone not null,
  constraint after_milestone_pkey PRIMARY KEY (ref, kind, step, due_on),
  constraint after_milestone_step_check CHECK ((step = ANY (ARRAY['due-in-3'::text, 'overdue'::text, 'overdue-head-office'::text])))
);
alter table after_milestone enable row level security;
create policy of_institution on after_milestone for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table approval_matrix (
  id uuid not null default uuidv7(),
  institution_id text not null,
  version integer not null,
  rows json not null,
  note text not null,
  author text not null,
  created_at timestamp with time zone not null,
  approved_by text,
  approved_at timestamp with time zone,
  constraint approval_matrix_pkey PRIMARY KEY (id),
  constraint approval_matrix_version UNIQUE (version, institution_id),
  constraint approval_matrix_check CHECK (((approved_by IS NULL) = (approved_at IS NULL)))
);
alter table approval_matrix enable row level security;
create policy of_institution on approval_matrix for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table assignment_rule (
  id uuid not null default uuidv7(),
  institution_id text not null,
  automatic boolean not null,
  weights json not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint assignment_rule_pkey PRIMARY KEY (id)
);
alter table assignment_rule enable row level security;
create policy of_institution on assignment_rule for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table attribution_told (
  complaint uuid not null,
  institution_id text not null,
  version integer not null,
  constraint attribution_told_pkey PRIMARY KEY (complaint),
  constraint attribution_told_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
alter table attribution_told enable row level security;
create policy of_institution on attribution_told for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table bulk (
  id uuid not null default uuidv7(),
  institution_id text not null,
  action text not null,
  argument json not null,
  note_sealed bytea,
  filter json,
  count integer not null,
  ids_hash bytea not null,
  proposed_by text not null,
  proposer_roles text[] not null,
  proposed_at timestamp with time zone not null,
  outcome text,
  settled_by text,
  settler_roles text[],
  settled_at timestamp with time zone,
  refusal_sealed bytea,
  constraint bulk_pkey PRIMARY KEY (id),
  constraint bulk_outcome_check CHECK ((outcome = ANY (ARRAY['approved'::text, 'refused'::text, 'withdrawn'::text])))
);
CREATE INDEX bulk_open ON public.bulk USING btree (id) WHERE (outcome IS NULL);
alter table bulk enable row level security;
create policy of_institution on bulk for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table bulk_item (
  institution_id text not null,
  bulk uuid not null,
  seq integer not null,
  complaint uuid not null,
  state text not null default 'waiting'::text,
  code text,
  source text,
  detail_sealed bytea,
  at timestamp with time zone,
  constraint bulk_item_pkey PRIMARY KEY (bulk, seq),
  constraint bulk_item_complaint UNIQUE (bulk, complaint),
  constraint bulk_item_bulk_fkey FOREIGN KEY (bulk) REFERENCES bulk(id),
  constraint bulk_item_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint bulk_item_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'unchanged'::text, 'refused'::text])))
);
CREATE INDEX bulk_item_of_complaint ON public.bulk_item USING btree (complaint);
alter table bulk_item enable row level security;
create policy of_institution on bulk_item for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table bulk_run (
  id uuid not null,
  institution_id text not null,
  state text not null default 'queued'::text,
  run uuid,
  progress json,
  failure json,
  summary json,
  requested_by text not null,
  created_at timestamp with time zone not null default now(),
  touched_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint bulk_run_pkey PRIMARY KEY (id),
  constraint bulk_run_id_fkey FOREIGN KEY (id) REFERENCES bulk(id),
  constraint bulk_run_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX bulk_run_state ON public.bulk_run USING btree (id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
alter table bulk_run enable row level security;
create policy of_institution on bulk_run for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table calendar_move (
  calendar uuid not null,
  complaint uuid not null,
  institution_id text not null,
  due_before date not null,
  due_after date not null,
  overdue boolean not null,
  conflicts integer not null,
  moved_at timestamp with time zone not null,
  constraint calendar_move_pkey PRIMARY KEY (calendar, complaint),
  constraint calendar_move_calendar_fkey FOREIGN KEY (calendar) REFERENCES calendar_version(id),
  constraint calendar_move_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
alter table calendar_move enable row level security;
create policy of_institution on calendar_move for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table calendar_run (
  calendar uuid not null,
  institution_id text not null,
  days date[] not null,
  phase text not null default 'clocks'::text,
  after_id uuid,
  total integer not null,
  examined integer not null default 0,
  earlier integer not null default 0,
  later integer not null default 0,
  settled integer not null default 0,
  overdue integer not null default 0,
  conflicting integer not null default 0,
  stages integer not null default 0,
  created_at timestamp with time zone not null,
  advanced_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint calendar_run_pkey PRIMARY KEY (calendar),
  constraint calendar_run_calendar_fkey FOREIGN KEY (calendar) REFERENCES calendar_version(id),
  constraint calendar_run_check CHECK (((phase = 'done'::text) = (finished_at IS NOT NULL))),
  constraint calendar_run_phase_check CHECK ((phase = ANY (ARRAY['clocks'::text, 'stages'::text, 'done'::text])))
);
CREATE INDEX calendar_run_open ON public.calendar_run USING btree (advanced_at) WHERE (finished_at IS NULL);
alter table calendar_run enable row level security;
create policy of_institution on calendar_run for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table calendar_version (
  id uuid not null default uuidv7(),
  institution_id text not null,
  country text not null,
  year integer not null,
  version integer,
  revision integer not null default 1,
  days_off json not null,
  make_up_days json not null,
  source text not null,
  note text not null,
  state text not null default 'draft'::text,
  drafted_by text[] not null,
  drafted_at timestamp with time zone not null,
  proposed_by text,
  proposed_at timestamp with time zone,
  returned_by text,
  return_reason text,
  settled_by text,
  settled_at timestamp with time zone,
  constraint calendar_version_pkey PRIMARY KEY (id),
  constraint calendar_version_check CHECK (((state = 'published'::text) = (version IS NOT NULL))),
  constraint calendar_version_check1 CHECK ((((state = ANY (ARRAY['published'::text, 'cancelled'::text])) = (settled_at IS NOT NULL)) AND ((settled_at IS NULL) = (settled_by IS NULL)))),
  constraint calendar_version_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'proposed'::text, 'published'::text, 'cancelled'::text])))
);
CREATE UNIQUE INDEX calendar_version_open ON public.calendar_version USING btree (country, year, institution_id) WHERE (state = ANY (ARRAY['draft'::text, 'proposed'::text]));
CREATE UNIQUE INDEX calendar_version_published ON public.calendar_version USING btree (country, year, version, institution_id) WHERE (state = 'published'::text);
alter table calendar_version enable row level security;
create policy of_institution on calendar_version for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table callback (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  purpose text not null,
  channel text not null,
  planned_at timestamp with time zone not null,
  state text not null,
  handler text,
  unit text,
  agency_id text,
  reported_by text,
  report_sealed bytea,
  sent_at timestamp with time zone,
  dispatch uuid,
  expires_at timestamp with time zone,
  answered_at timestamp with time zone,
  answered_via text,
  asked_by text,
  language text,
  score integer,
  resolved text,
  comment_sealed bytea,
  looked_at timestamp with time zone,
  looked_by text,
  look_sealed bytea,
  low boolean not null default false,
  created_at timestamp with time zone not null,
  constraint callback_pkey PRIMARY KEY (id),
  constraint callback_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint callback_answered_via_check CHECK ((answered_via = ANY (ARRAY['link'::text, 'phone'::text]))),
  constraint callback_channel_check CHECK ((channel = ANY (ARRAY['link'::text, 'phone'::text]))),
  constraint callback_check CHECK (((state = 'answered'::text) = (score IS NOT NULL))),
  constraint callback_purpose_check CHECK ((purpose = ANY (ARRAY['satisfaction'::text, 'confirm-withdrawal'::text]))),
  constraint callback_resolved_check CHECK ((resolved = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text]))),
  constraint callback_score_check CHECK (((score >= 1) AND (score <= 5))),
  constraint callback_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'sent'::text, 'answered'::text, 'refused'::text, 'unreachable'::text, 'expired'::text, 'confirmed'::text, 'denied'::text])))
);
CREATE INDEX callback_answered ON public.callback USING btree (answered_at) WHERE (answered_at IS NOT NULL);
CREATE INDEX callback_complaint ON public.callback USING btree (complaint, id);
CREATE INDEX callback_look ON public.callback USING btree (answered_at) WHERE (low AND (looked_at IS NULL));
CREATE INDEX callback_planned ON public.callback USING btree (planned_at) WHERE (state = 'planned'::text);
CREATE INDEX callback_sent ON public.callback USING btree (expires_at) WHERE (state = 'sent'::text);
CREATE UNIQUE INDEX callback_satisfaction ON public.callback USING btree (complaint) WHERE (purpose = 'satisfaction'::text);
CREATE UNIQUE INDEX callback_withdrawal ON public.callback USING btree (complaint) WHERE ((purpose = 'confirm-withdrawal'::text) AND (state = 'planned'::text));
alter table callback enable row level security;
create policy of_institution on callback for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table callback_draw (
  institution_id text not null,
  complaint uuid not null,
  bucket integer not null,
  sample_percent integer not null,
  drawn boolean not null,
  why_not text,
  drawn_at timestamp with time zone not null,
  constraint callback_draw_pkey PRIMARY KEY (complaint),
  constraint callback_draw_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint callback_draw_bucket_check CHECK (((bucket >= 0) AND (bucket <= 9999)))
);
alter table callback_draw enable row level security;
create policy of_institution on callback_draw for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table callback_setting (
  institution_id text not null,
  sample_percent integer not null,
  days_after integer not null,
  link_days integer not null,
  phone_days integer not null,
  low_score integer not null,
  minimum_count integer not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint callback_setting_pkey PRIMARY KEY (institution_id),
  constraint callback_setting_days_after_check CHECK (((days_after >= 0) AND (days_after <= 90))),
  constraint callback_setting_link_days_check CHECK (((link_days >= 1) AND (link_days <= 90))),
  constraint callback_setting_low_score_check CHECK (((low_score >= 1) AND (low_score <= 4))),
  constraint callback_setting_minimum_count_check CHECK (((minimum_count >= 3) AND (minimum_count <= 100))),
  constraint callback_setting_phone_days_check CHECK (((phone_days >= 1) AND (phone_days <= 90))),
  constraint callback_setting_sample_percent_check CHECK (((sample_percent >= 0) AND (sample_percent <= 100)))
);
alter table callback_setting enable row level security;
create policy of_institution on callback_setting for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table callback_try (
  id uuid not null default uuidv7(),
  institution_id text not null,
  callback uuid not null,
  at timestamp with time zone not null,
  by text not null,
  result text not null,
  note_sealed bytea,
  constraint callback_try_pkey PRIMARY KEY (id),
  constraint callback_try_callback_fkey FOREIGN KEY (callback) REFERENCES callback(id),
  constraint callback_try_result_check CHECK ((result = ANY (ARRAY['no-answer'::text, 'busy'::text, 'wrong-number'::text, 'call-later'::text, 'refused'::text, 'answered'::text, 'confirmed'::text, 'denied'::text])))
);
CREATE INDEX callback_try_callback ON public.callback_try USING btree (callback, id);
alter table callback_try enable row level security;
create policy of_institution on callback_try for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table channel_page (
  id uuid not null default uuidv7(),
  institution_id text not null,
  version integer not null,
  content jsonb not null,
  note text not null,
  state text not null,
  author text not null,
  created_at timestamp with time zone not null,
  settled_by text,
  settled_at timestamp with time zone,
  refusal text,
  constraint channel_page_pkey PRIMARY KEY (id),
  constraint channel_page_check CHECK (((state = 'proposed'::text) = (settled_at IS NULL))),
  constraint channel_page_check1 CHECK (((state <> 'published'::text) OR (settled_by <> author))),
  constraint channel_page_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'published'::text, 'refused'::text])))
);
CREATE UNIQUE INDEX channel_page_version ON public.channel_page USING btree (version, institution_id);
CREATE UNIQUE INDEX channel_page_waiting ON public.channel_page USING btree (state, institution_id) WHERE (state = 'proposed'::text);
alter table channel_page enable row level security;
create policy of_institution on channel_page for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table collection_hold_asked (
  complaint uuid not null,
  institution_id text not null,
  version integer not null,
  wanted boolean not null,
  scope json not null,
  asked_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  constraint collection_hold_asked_pkey PRIMARY KEY (complaint),
  constraint collection_hold_asked_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
alter table collection_hold_asked enable row level security;
create policy of_institution on collection_hold_asked for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table collection_hold_choice (
  complaint uuid not null,
  institution_id text not null,
  scope text not null,
  agency_id text,
  collector_id text,
  channel text,
  contact_point uuid,
  account text,
  reason_sealed bytea not null,
  chosen_by text not null,
  chosen_at timestamp with time zone not null,
  constraint collection_hold_choice_pkey PRIMARY KEY (complaint),
  constraint collection_hold_choice_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint collection_hold_choice_scope_check CHECK ((scope = ANY (ARRAY['account'::text, 'agency'::text, 'collector'::text, 'channel'::text, 'contact-point'::text, 'none'::text])))
);
alter table collection_hold_choice enable row level security;
create policy of_institution on collection_hold_choice for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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
  constraint complaint_merged_closed CHECK (((state <> 'merged'::text) OR (closed_at IS NOT NULL))),
  constraint complaint_source_check CHECK ((source = ANY (ARRAY['api'::text, 'import'::text]))),
  constraint complaint_state_check CHECK ((state = ANY (ARRAY['running'::text, 'paused'::text, 'met'::text, 'missed'::text, 'withdrawn'::text, 'declined'::text, 'merged'::text])))
);
CREATE INDEX complaint_account ON public.complaint USING btree (account) WHERE (account IS NOT NULL);
CREATE INDEX complaint_agency ON public.complaint USING btree (against_agency_id, due_at, id) WHERE (against_agency_id IS NOT NULL);
CREATE INDEX complaint_closed ON public.complaint USING btree (due_at, id) WHERE (closed_at IS NOT NULL);
CREATE INDEX complaint_contact ON public.complaint USING btree (contact_index) WHERE (contact_index IS NOT NULL);
CREATE INDEX complaint_decided ON public.complaint USING btree (decided_at) INCLUDE (handler, institution_id) WHERE (decided_at IS NOT NULL);
CREATE INDEX complaint_due ON public.complaint USING btree (due_at, id) WHERE (closed_at IS NULL);
CREATE INDEX complaint_handler ON public.complaint USING btree (handler, due_at, id) WHERE (closed_at IS NULL);
CREATE INDEX complaint_id_number ON public.complaint USING btree (id_number_index) WHERE (id_number_index IS NOT NULL);
CREATE INDEX complaint_open_by_pack ON public.complaint USING btree (pack, id) WHERE ((closed_at IS NULL) AND (pack <> 'cn-banking-2020'::text));
CREATE INDEX complaint_open_load ON public.complaint USING btree (handler) INCLUDE (due_at, due_on, state, received_at, time_zone, institution_id) WHERE (closed_at IS NULL);
CREATE INDEX complaint_paused ON public.complaint USING btree (id) WHERE ((state = 'paused'::text) AND (closed_at IS NULL));
CREATE INDEX complaint_received ON public.complaint USING btree (received_at, id);
CREATE INDEX complaint_to_tell ON public.complaint USING btree (decided_at, id) WHERE ((decided_at IS NOT NULL) AND (closed_at IS NULL));
CREATE INDEX complaint_told ON public.complaint USING btree (told_at) WHERE (told_at IS NOT NULL);
CREATE INDEX complaint_wake ON public.complaint USING btree (wake_at) WHERE (wake_at IS NOT NULL);
alter table complaint enable row level security;
create policy of_institution on complaint for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER complaint_told AFTER UPDATE OF ledger_version, account, against_agency_id, against_collector_id ON public.complaint FOR EACH ROW WHEN (((old.ledger_version IS DISTINCT FROM new.ledger_version) OR (old.account IS DISTINCT FROM new.account) OR (old.against_agency_id IS DISTINCT FROM new.against_agency_id) OR (old.against_collector_id IS DISTINCT FROM new.against_collector_id))) EXECUTE FUNCTION dossier_goes_stale();

create table complaint_attribution (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  kind text not null,
  target text,
  target_version integer,
  agency_id text,
  item uuid,
  reason_sealed bytea not null,
  state text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  settled_by text,
  settled_at timestamp with time zone,
  constraint complaint_attribution_pkey PRIMARY KEY (id),
  constraint complaint_attribution_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint complaint_attribution_item_fkey FOREIGN KEY (item) REFERENCES dossier_item(id),
  constraint complaint_attribution_check CHECK (((kind = 'none'::text) = (target IS NULL))),
  constraint complaint_attribution_check1 CHECK (((state = 'proposed'::text) = (settled_at IS NULL))),
  constraint complaint_attribution_check2 CHECK (((state <> 'confirmed'::text) OR (kind <> 'collector'::text) OR (settled_by <> proposed_by))),
  constraint complaint_attribution_kind_check CHECK ((kind = ANY (ARRAY['rule'::text, 'script'::text, 'collector'::text, 'agency'::text, 'none'::text]))),
  constraint complaint_attribution_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'rejected'::text, 'withdrawn'::text])))
);
CREATE INDEX complaint_attribution_complaint ON public.complaint_attribution USING btree (complaint, id);
CREATE UNIQUE INDEX complaint_attribution_once ON public.complaint_attribution USING btree (complaint, kind, COALESCE(target, ''::text), COALESCE(target_version, 0)) WHERE (state = ANY (ARRAY['proposed'::text, 'confirmed'::text]));
alter table complaint_attribution enable row level security;
create policy of_institution on complaint_attribution for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint_decision (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  version integer not null,
  state text not null,
  outcome text not null,
  amount numeric(19,4),
  currency text,
  severity text not null,
  content_sealed bytea not null,
  drafted_by text not null,
  drafted_at timestamp with time zone not null,
  submitted_by text,
  submitted_at timestamp with time zone,
  role text,
  approvers integer not null default 0,
  matrix_version integer,
  settled_at timestamp with time zone,
  decided_at timestamp with time zone,
  constraint complaint_decision_pkey PRIMARY KEY (id),
  constraint complaint_decision_version UNIQUE (complaint, version),
  constraint complaint_decision_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint complaint_decision_amount_check CHECK ((amount >= (0)::numeric)),
  constraint complaint_decision_check CHECK (((amount IS NULL) = (currency IS NULL))),
  constraint complaint_decision_check1 CHECK (((state = 'decided'::text) = (decided_at IS NOT NULL))),
  constraint complaint_decision_check2 CHECK (((approvers > 0) = (role IS NOT NULL))),
  constraint complaint_decision_check3 CHECK (((state <> 'waiting'::text) OR (approvers > 0))),
  constraint complaint_decision_outcome_check CHECK ((outcome = ANY (ARRAY['upheld'::text, 'partly-upheld'::text, 'not-upheld'::text]))),
  constraint complaint_decision_role_check CHECK ((role = ANY (ARRAY['complaint-supervisor'::text, 'head-office-approver'::text]))),
  constraint complaint_decision_severity_check CHECK ((severity = ANY (ARRAY['ordinary'::text, 'serious'::text]))),
  constraint complaint_decision_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'superseded'::text, 'waiting'::text, 'returned'::text, 'withdrawn'::text, 'lapsed'::text, 'decided'::text])))
);
CREATE INDEX complaint_decision_waiting ON public.complaint_decision USING btree (id) WHERE (state = 'waiting'::text);
CREATE UNIQUE INDEX complaint_decision_made ON public.complaint_decision USING btree (complaint) WHERE (state = 'decided'::text);
CREATE UNIQUE INDEX complaint_decision_open ON public.complaint_decision USING btree (complaint) WHERE (state = ANY (ARRAY['draft'::text, 'waiting'::text]));
alter table complaint_decision enable row level security;
create policy of_institution on complaint_decision for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint_export (
  id uuid not null default uuidv7(),
  institution_id text not null,
  format text not null,
  filter json,
  ids uuid[],
  roles text[] not null,
  masked boolean not null,
  upload uuid,
  rows integer,
  bytes bigint,
  sha256 bytea,
  expires_at timestamp with time zone,
  state text not null default 'queued'::text,
  run uuid,
  progress json,
  failure json,
  summary json,
  requested_by text not null,
  created_at timestamp with time zone not null default now(),
  touched_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint complaint_export_pkey PRIMARY KEY (id),
  constraint complaint_export_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id),
  constraint complaint_export_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text]))),
  constraint complaint_export_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX complaint_export_expires ON public.complaint_export USING btree (expires_at) WHERE (upload IS NOT NULL);
CREATE INDEX complaint_export_requested_by ON public.complaint_export USING btree (requested_by, id);
CREATE INDEX complaint_export_state ON public.complaint_export USING btree (id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE INDEX complaint_export_upload ON public.complaint_export USING btree (upload) WHERE (upload IS NOT NULL);
alter table complaint_export enable row level security;
create policy of_institution on complaint_export for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint_export_download (
  id uuid not null default uuidv7(),
  institution_id text not null,
  export uuid not null,
  subject text not null,
  at timestamp with time zone not null,
  constraint complaint_export_download_pkey PRIMARY KEY (id),
  constraint complaint_export_download_export_fkey FOREIGN KEY (export) REFERENCES complaint_export(id)
);
CREATE INDEX complaint_export_download_export ON public.complaint_export_download USING btree (export, id);
alter table complaint_export_download enable row level security;
create policy of_institution on complaint_export_download for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint_file (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  kind text not null,
  file_name_sealed bytea not null,
  mime text not null,
  bytes bigint not null,
  sha256 bytea not null,
  upload uuid,
  scan_state text not null,
  scanned_at timestamp with time zone,
  scan_finding text,
  visible_to_complainant boolean not null,
  uploaded_by text not null,
  uploaded_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  removed_by text,
  constraint complaint_file_pkey PRIMARY KEY (id),
  constraint complaint_file_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint complaint_file_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id),
  constraint complaint_file_bytes_check CHECK ((bytes > 0)),
  constraint complaint_file_check CHECK (((upload IS NULL) = (removed_at IS NOT NULL))),
  constraint complaint_file_kind_check CHECK ((kind = ANY (ARRAY['evidence'::text, 'letter'::text, 'proof-of-agreement'::text, 'notice-proof'::text, 'appraisal'::text, 'identity'::text, 'authority'::text, 'other'::text]))),
  constraint complaint_file_scan_state_check CHECK ((scan_state = ANY (ARRAY['not-scanned'::text, 'waiting'::text, 'clean'::text, 'infected'::text, 'unscannable'::text])))
);
CREATE INDEX complaint_file_complaint ON public.complaint_file USING btree (complaint, id);
CREATE INDEX complaint_file_unscanned ON public.complaint_file USING btree (id) WHERE ((scan_state = ANY (ARRAY['not-scanned'::text, 'waiting'::text])) AND (upload IS NOT NULL));
CREATE UNIQUE INDEX complaint_file_upload ON public.complaint_file USING btree (upload) WHERE (upload IS NOT NULL);
alter table complaint_file enable row level security;
create policy of_institution on complaint_file for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint_intake (
  complaint uuid not null,
  institution_id text not null,
  kind text not null,
  people_sealed bytea,
  people_count integer not null default 0,
  regulator text,
  regulator_reference text,
  forwarded_on date,
  constraint complaint_intake_pkey PRIMARY KEY (complaint),
  constraint complaint_intake_reference UNIQUE (regulator_reference, regulator, institution_id),
  constraint complaint_intake_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint complaint_intake_check CHECK ((num_nulls(regulator, regulator_reference, forwarded_on) = ANY (ARRAY[0, 3]))),
  constraint complaint_intake_check1 CHECK (((people_sealed IS NULL) = (people_count = 0))),
  constraint complaint_intake_kind_check CHECK ((kind = ANY (ARRAY['self'::text, 'proxy'::text, 'heirs'::text, 'group'::text, 'anonymous'::text]))),
  constraint complaint_intake_people_count_check CHECK (((people_count >= 0) AND (people_count <= 5)))
);
alter table complaint_intake enable row level security;
create policy of_institution on complaint_intake for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint_note (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  kind text not null,
  author text not null,
  at timestamp with time zone not null,
  version integer not null default 1,
  edited_at timestamp with time zone,
  text_sealed bytea not null,
  mentions text[] not null default '{}'::text[],
  constraint complaint_note_pkey PRIMARY KEY (id),
  constraint complaint_note_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint complaint_note_kind_check CHECK ((kind = ANY (ARRAY['internal'::text, 'complainant'::text])))
);
CREATE INDEX complaint_note_complaint ON public.complaint_note USING btree (complaint, id);
alter table complaint_note enable row level security;
create policy of_institution on complaint_note for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint_note_version (
  institution_id text not null,
  note uuid not null,
  version integer not null,
  text_sealed bytea not null,
  by text not null,
  at timestamp with time zone not null,
  constraint complaint_note_version_pkey PRIMARY KEY (note, version),
  constraint complaint_note_version_note_fkey FOREIGN KEY (note) REFERENCES complaint_note(id)
);
alter table complaint_note_version enable row level security;
create policy of_institution on complaint_note_version for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint_proof (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  file uuid not null,
  sufficient boolean not null,
  note_sealed bytea,
  examined_by text not null,
  examined_at timestamp with time zone not null,
  constraint complaint_proof_pkey PRIMARY KEY (id),
  constraint complaint_proof_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint complaint_proof_file_fkey FOREIGN KEY (file) REFERENCES complaint_file(id)
);
CREATE INDEX complaint_proof_complaint ON public.complaint_proof USING btree (complaint, id);
alter table complaint_proof enable row level security;
create policy of_institution on complaint_proof for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint_region (
  complaint uuid not null,
  institution_id text not null,
  region text not null,
  noted_by text not null,
  noted_at timestamp with time zone not null,
  constraint complaint_region_pkey PRIMARY KEY (complaint),
  constraint complaint_region_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint complaint_region_region_check CHECK ((region ~ '^[1-9][0-9]0000$'::text))
);
CREATE INDEX complaint_region_region ON public.complaint_region USING btree (region, complaint);
alter table complaint_region enable row level security;
create policy of_institution on complaint_region for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint_rule (
  complaint uuid not null,
  institution_id text not null,
  pack text not null,
  matter text,
  rules_version integer not null,
  rule json not null,
  constraint complaint_rule_pkey PRIMARY KEY (complaint),
  constraint complaint_rule_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
alter table complaint_rule enable row level security;
create policy of_institution on complaint_rule for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table complaint_tag (
  institution_id text not null,
  complaint uuid not null,
  tag text not null,
  added_by text not null,
  added_at timestamp with time zone not null,
  constraint complaint_tag_pkey PRIMARY KEY (complaint, tag),
  constraint complaint_tag_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
CREATE INDEX complaint_tag_tag ON public.complaint_tag USING btree (tag, complaint);
alter table complaint_tag enable row level security;
create policy of_institution on complaint_tag for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table decision_verdict (
  institution_id text not null,
  decision uuid not null,
  by text not null,
  verdict text not null,
  at timestamp with time zone not null,
  note_sealed bytea,
  constraint decision_verdict_pkey PRIMARY KEY (decision, by),
  constraint decision_verdict_decision_fkey FOREIGN KEY (decision) REFERENCES complaint_decision(id),
  constraint decision_verdict_verdict_check CHECK ((verdict = ANY (ARRAY['approved'::text, 'returned'::text])))
);
alter table decision_verdict enable row level security;
create policy of_institution on decision_verdict for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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
CREATE INDEX dispatch_failed ON public.dispatch USING btree (asked_at) WHERE (state = ANY (ARRAY['failed'::text, 'given-up'::text]));
CREATE INDEX dispatch_wake ON public.dispatch USING btree (wake_at) WHERE (wake_at IS NOT NULL);
alter table dispatch enable row level security;
create policy of_institution on dispatch for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table dossier (
  complaint uuid not null,
  institution_id text not null,
  account text,
  from_at timestamp with time zone not null,
  state text not null,
  state_since timestamp with time zone not null,
  problem text,
  version integer not null default 0,
  stale boolean not null default true,
  told_at timestamp with time zone,
  answered_at timestamp with time zone,
  tries integer not null default 0,
  next_read_at timestamp with time zone,
  place json,
  debtor_id text,
  case_ids text[] not null default '{}'::text[],
  counts json not null default '{}'::json,
  read_at timestamp with time zone,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  constraint dossier_pkey PRIMARY KEY (complaint),
  constraint dossier_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint dossier_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'reading'::text, 'kept'::text, 'no-case'::text, 'no-account'::text])))
);
CREATE INDEX dossier_next ON public.dossier USING btree (next_read_at) WHERE (next_read_at IS NOT NULL);
CREATE INDEX dossier_stale ON public.dossier USING btree (complaint) WHERE stale;
alter table dossier enable row level security;
create policy of_institution on dossier for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table dossier_item (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  kind text not null,
  ref uuid not null,
  at timestamp with time zone not null,
  case_id text,
  agency_id text,
  channel text,
  verdict text,
  rule_ids text[] not null default '{}'::text[],
  collector_ids text[] not null default '{}'::text[],
  body_sealed bytea not null,
  sha256 bytea not null,
  read_at timestamp with time zone not null,
  added_by text,
  constraint dossier_item_pkey PRIMARY KEY (id),
  constraint dossier_item_once UNIQUE (complaint, kind, ref, sha256),
  constraint dossier_item_complaint_fkey FOREIGN KEY (complaint) REFERENCES dossier(complaint),
  constraint dossier_item_check CHECK (((kind = 'attached'::text) = (added_by IS NOT NULL))),
  constraint dossier_item_kind_check CHECK ((kind = ANY (ARRAY['contact'::text, 'recording'::text, 'message'::text, 'letter'::text, 'visit'::text, 'entrustment'::text, 'attached'::text]))),
  constraint dossier_item_sha256_check CHECK ((length(sha256) = 32))
);
CREATE INDEX dossier_item_order ON public.dossier_item USING btree (complaint, at, id);
alter table dossier_item enable row level security;
create policy of_institution on dossier_item for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table dossier_read (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  state text not null default 'queued'::text,
  run uuid,
  progress json,
  failure json,
  summary json,
  requested_by text not null,
  created_at timestamp with time zone not null default now(),
  touched_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint dossier_read_pkey PRIMARY KEY (id),
  constraint dossier_read_complaint_fkey FOREIGN KEY (complaint) REFERENCES dossier(complaint),
  constraint dossier_read_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX dossier_read_complaint ON public.dossier_read USING btree (complaint, id);
CREATE INDEX dossier_read_open ON public.dossier_read USING btree (touched_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
alter table dossier_read enable row level security;
create policy of_institution on dossier_read for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table due_check (
  night date not null,
  started_at timestamp with time zone not null,
  after_id uuid,
  checked bigint not null default 0,
  corrected bigint not null default 0,
  finished_at timestamp with time zone,
  constraint due_check_pkey PRIMARY KEY (night)
);

create table duplicate_decision (
  id uuid not null default uuidv7(),
  institution_id text not null,
  later uuid not null,
  earlier uuid not null,
  decision text not null,
  reasons text[] not null,
  note_sealed bytea not null,
  told_form text,
  told_at timestamp with time zone,
  told_proof_sealed bytea,
  dispatch uuid,
  decided_by text not null,
  decided_at timestamp with time zone not null,
  constraint duplicate_decision_pkey PRIMARY KEY (id),
  constraint duplicate_decision_earlier_fkey FOREIGN KEY (earlier) REFERENCES complaint(id),
  constraint duplicate_decision_later_fkey FOREIGN KEY (later) REFERENCES complaint(id),
  constraint duplicate_decision_check CHECK ((later <> earlier)),
  constraint duplicate_decision_check1 CHECK (((decision <> 'separate'::text) OR (told_form IS NULL))),
  constraint duplicate_decision_decision_check CHECK ((decision = ANY (ARRAY['merged'::text, 'restarted'::text, 'separate'::text]))),
  constraint duplicate_decision_told_form_check CHECK ((told_form = ANY (ARRAY['sms'::text, 'email'::text, 'paper'::text, 'phone'::text, 'other'::text])))
);
CREATE INDEX duplicate_decision_earlier ON public.duplicate_decision USING btree (earlier, id);
CREATE INDEX duplicate_decision_later ON public.duplicate_decision USING btree (later, id);
CREATE UNIQUE INDEX duplicate_decision_once ON public.duplicate_decision USING btree (later) WHERE (decision <> 'separate'::text);
alter table duplicate_decision enable row level security;
create policy of_institution on duplicate_decision for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table duplicate_setting (
  id uuid not null default uuidv7(),
  institution_id text not null,
  window_days integer not null,
  similar_percent integer not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint duplicate_setting_pkey PRIMARY KEY (id),
  constraint duplicate_setting_similar_percent_check CHECK (((similar_percent >= 10) AND (similar_percent <= 100))),
  constraint duplicate_setting_window_days_check CHECK (((window_days >= 1) AND (window_days <= 3650)))
);
alter table duplicate_setting enable row level security;
create policy of_institution on duplicate_setting for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table evidence_anchor (
  institution_id text not null,
  target text not null,
  size bigint not null,
  tries integer not null default 0,
  next_at timestamp with time zone not null,
  done_at timestamp with time zone,
  failure text,
  constraint evidence_anchor_pkey PRIMARY KEY (target, size, institution_id)
);
CREATE INDEX evidence_anchor_open ON public.evidence_anchor USING btree (next_at) WHERE (done_at IS NULL);
alter table evidence_anchor enable row level security;
create policy of_institution on evidence_anchor for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table evidence_endorsement (
  institution_id text not null,
  key text not null,
  by text not null,
  signature bytea not null,
  constraint evidence_endorsement_pkey PRIMARY KEY (key, by, institution_id)
);
alter table evidence_endorsement enable row level security;
create policy of_institution on evidence_endorsement for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table evidence_head (
  institution_id text not null,
  size bigint not null,
  root bytea not null,
  edge bytea[] not null,
  at timestamp(3) with time zone not null,
  key text not null,
  signature bytea not null,
  constraint evidence_head_pkey PRIMARY KEY (size, institution_id)
);
alter table evidence_head enable row level security;
create policy of_institution on evidence_head for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER evidence_head_stays BEFORE DELETE OR UPDATE ON public.evidence_head FOR EACH ROW EXECUTE FUNCTION evidence_stays();

create table evidence_key (
  institution_id text not null,
  id text not null,
  public_key text not null,
  private_sealed bytea not null,
  created_at timestamp(3) with time zone not null,
  retired_at timestamp(3) with time zone,
  constraint evidence_key_pkey PRIMARY KEY (id, institution_id)
);
CREATE UNIQUE INDEX evidence_key_signing ON public.evidence_key USING btree (institution_id) WHERE (retired_at IS NULL);
alter table evidence_key enable row level security;
create policy of_institution on evidence_key for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table evidence_leaf (
  institution_id text not null,
  "position" bigint not null,
  record uuid not null,
  hash bytea not null,
  constraint evidence_leaf_pkey PRIMARY KEY ("position", institution_id)
);
CREATE UNIQUE INDEX evidence_leaf_record ON public.evidence_leaf USING btree (record);
alter table evidence_leaf enable row level security;
create policy of_institution on evidence_leaf for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER evidence_leaf_stays BEFORE DELETE OR UPDATE ON public.evidence_leaf FOR EACH ROW EXECUTE FUNCTION evidence_stays();

create table evidence_node (
  institution_id text not null,
  level smallint not null,
  index bigint not null,
  hash bytea not null,
  constraint evidence_node_pkey PRIMARY KEY (level, index, institution_id)
);
alter table evidence_node enable row level security;
create policy of_institution on evidence_node for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER evidence_node_stays BEFORE DELETE OR UPDATE ON public.evidence_node FOR EACH ROW EXECUTE FUNCTION evidence_stays();

create table evidence_pending (
  institution_id text not null,
  record uuid not null,
  constraint evidence_pending_pkey PRIMARY KEY (institution_id, record)
);
alter table evidence_pending enable row level security;
create policy of_institution on evidence_pending for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table evidence_record (
  id uuid not null default uuidv7(),
  institution_id text not null,
  kind text not null,
  at timestamp(3) with time zone not null default clock_timestamp(),
  actor text not null,
  subject text,
  body json not null,
  body_enciphered bytea,
  subject_key uuid,
  constraint evidence_record_pkey PRIMARY KEY (id),
  constraint evidence_record_check CHECK (((body_enciphered IS NULL) = (subject_key IS NULL)))
);
CREATE INDEX evidence_record_kind ON public.evidence_record USING btree (institution_id, kind, id);
alter table evidence_record enable row level security;
create policy of_institution on evidence_record for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER evidence_record_stays BEFORE DELETE OR UPDATE ON public.evidence_record FOR EACH ROW EXECUTE FUNCTION evidence_stays();

create table evidence_subject_key (
  id uuid not null,
  institution_id text not null,
  subject text not null,
  key_sealed bytea not null,
  constraint evidence_subject_key_pkey PRIMARY KEY (id)
);
CREATE INDEX evidence_subject_key_of ON public.evidence_subject_key USING btree (institution_id, subject);
alter table evidence_subject_key enable row level security;
create policy of_institution on evidence_subject_key for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table forecast (
  complaint uuid not null,
  institution_id text not null,
  probability double precision not null,
  bucket text not null,
  basis text not null,
  sample integer not null,
  longer integer not null,
  age_days integer not null,
  days_left integer not null,
  place integer,
  decided_30 integer,
  computed_at timestamp with time zone not null,
  constraint forecast_pkey PRIMARY KEY (complaint),
  constraint forecast_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint forecast_basis_check CHECK ((basis = ANY (ARRAY['category'::text, 'institution'::text, 'default'::text]))),
  constraint forecast_bucket_check CHECK ((bucket = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
  constraint forecast_probability_check CHECK (((probability >= (0)::double precision) AND (probability <= (1)::double precision)))
);
CREATE INDEX forecast_probability ON public.forecast USING btree (probability DESC, complaint);
alter table forecast enable row level security;
create policy of_institution on forecast for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table forecast_call (
  complaint uuid not null,
  bucket text not null,
  institution_id text not null,
  probability double precision not null,
  said_at timestamp with time zone not null,
  breached boolean,
  known_at timestamp with time zone,
  constraint forecast_call_pkey PRIMARY KEY (complaint, bucket),
  constraint forecast_call_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint forecast_call_bucket_check CHECK ((bucket = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text])))
);
CREATE INDEX forecast_call_open ON public.forecast_call USING btree (complaint) WHERE (known_at IS NULL);
CREATE INDEX forecast_call_said ON public.forecast_call USING btree (said_at);
alter table forecast_call enable row level security;
create policy of_institution on forecast_call for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table letter_template (
  id uuid not null default uuidv7(),
  institution_id text not null,
  kind text not null,
  version integer not null,
  title_zh text not null,
  blocks_zh json not null,
  sms_zh text,
  title_en text,
  blocks_en json,
  sms_en text,
  author text not null,
  created_at timestamp with time zone not null,
  approved_by text,
  approved_at timestamp with time zone,
  retired_by text,
  retired_at timestamp with time zone,
  constraint letter_template_pkey PRIMARY KEY (id),
  constraint letter_template_version UNIQUE (kind, version, institution_id),
  constraint letter_template_check CHECK (((approved_by IS NULL) = (approved_at IS NULL))),
  constraint letter_template_check1 CHECK (((title_en IS NULL) = (blocks_en IS NULL)))
);
alter table letter_template enable row level security;
create policy of_institution on letter_template for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table mail (
  id uuid not null default uuidv7(),
  institution_id text not null,
  address text not null,
  identity bytea not null,
  upload uuid not null,
  bytes bigint not null,
  received_at timestamp with time zone not null,
  null_sender boolean not null,
  state text not null,
  reason text,
  tries integer not null default 0,
  parsed_sealed bytea,
  sender_index bytea,
  complaint uuid,
  suggested uuid,
  sender_known boolean,
  settled_by text,
  settled_at timestamp with time zone,
  dismissal_sealed bytea,
  acknowledgement uuid,
  constraint mail_pkey PRIMARY KEY (id),
  constraint mail_acknowledgement_fkey FOREIGN KEY (acknowledgement) REFERENCES dispatch(id),
  constraint mail_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint mail_suggested_fkey FOREIGN KEY (suggested) REFERENCES complaint(id),
  constraint mail_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id),
  constraint mail_check CHECK ((((state = 'waiting'::text) = (reason IS NOT NULL)) OR (state = ANY (ARRAY['complaint'::text, 'joined'::text, 'dismissed'::text])))),
  constraint mail_check1 CHECK (((state = ANY (ARRAY['complaint'::text, 'joined'::text])) = (complaint IS NOT NULL))),
  constraint mail_check2 CHECK (((state = ANY (ARRAY['received'::text, 'waiting'::text])) = (settled_at IS NULL))),
  constraint mail_check3 CHECK (((state = 'dismissed'::text) = (dismissal_sealed IS NOT NULL))),
  constraint mail_reason_check CHECK ((reason = ANY (ARRAY['unreadable'::text, 'no-sender'::text, 'automatic'::text, 'empty'::text, 'closed'::text]))),
  constraint mail_state_check CHECK ((state = ANY (ARRAY['received'::text, 'waiting'::text, 'complaint'::text, 'joined'::text, 'dismissed'::text])))
);
CREATE INDEX mail_complaint ON public.mail USING btree (complaint, id) WHERE (complaint IS NOT NULL);
CREATE INDEX mail_received ON public.mail USING btree (received_at) WHERE (state = 'received'::text);
CREATE INDEX mail_sender ON public.mail USING btree (sender_index, received_at) WHERE (sender_index IS NOT NULL);
CREATE INDEX mail_upload ON public.mail USING btree (upload);
CREATE INDEX mail_waiting ON public.mail USING btree (id) WHERE (state = 'waiting'::text);
CREATE UNIQUE INDEX mail_identity ON public.mail USING btree (identity, institution_id);
alter table mail enable row level security;
create policy of_institution on mail for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table mailbox_address (
  id uuid not null default uuidv7(),
  institution_id text not null,
  address text not null,
  added_by text not null,
  added_at timestamp with time zone not null,
  retired_by text,
  retired_at timestamp with time zone,
  constraint mailbox_address_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX mailbox_address_in_use ON public.mailbox_address USING btree (address) WHERE (retired_at IS NULL);
alter table mailbox_address enable row level security;
create policy of_institution on mailbox_address for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table major_alarm (
  id uuid not null default uuidv7(),
  institution_id text not null,
  dimension text not null,
  code text not null,
  window_days integer not null,
  ends_on date not null,
  count integer not null,
  peak integer not null,
  expected double precision,
  chance double precision,
  basis json not null,
  settings_version integer not null,
  raised_at timestamp with time zone not null,
  state text not null default 'open'::text,
  settled_by text,
  settled_at timestamp with time zone,
  reason_sealed bytea,
  matter uuid,
  constraint major_alarm_pkey PRIMARY KEY (id),
  constraint major_alarm_once UNIQUE (dimension, code, window_days, ends_on, institution_id),
  constraint major_alarm_matter_fkey FOREIGN KEY (matter) REFERENCES major_matter(id),
  constraint major_alarm_dimension_check CHECK ((dimension = ANY (ARRAY['cause'::text, 'area'::text, 'region'::text, 'agency'::text, 'complaint'::text]))),
  constraint major_alarm_settled CHECK ((((state = 'open'::text) = (settled_at IS NULL)) AND ((state = 'confirmed'::text) = (matter IS NOT NULL)))),
  constraint major_alarm_state_check CHECK ((state = ANY (ARRAY['open'::text, 'confirmed'::text, 'dismissed'::text]))),
  constraint major_alarm_window_days_check CHECK ((window_days >= 0))
);
CREATE INDEX major_alarm_list ON public.major_alarm USING btree (raised_at, id);
CREATE INDEX major_alarm_matter ON public.major_alarm USING btree (matter) WHERE (matter IS NOT NULL);
alter table major_alarm enable row level security;
create policy of_institution on major_alarm for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table major_complaint (
  institution_id text not null,
  matter uuid not null,
  complaint uuid not null,
  added_by text not null,
  added_at timestamp with time zone not null,
  active boolean not null default true,
  constraint major_complaint_pkey PRIMARY KEY (matter, complaint),
  constraint major_complaint_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint major_complaint_matter_fkey FOREIGN KEY (matter) REFERENCES major_matter(id)
);
CREATE INDEX major_complaint_complaint ON public.major_complaint USING btree (complaint);
CREATE UNIQUE INDEX major_complaint_active ON public.major_complaint USING btree (complaint) WHERE active;
alter table major_complaint enable row level security;
create policy of_institution on major_complaint for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table major_entry (
  id uuid not null default uuidv7(),
  institution_id text not null,
  matter uuid not null,
  at timestamp with time zone not null,
  kind text not null,
  actor text not null,
  data json not null default '{}'::json,
  note_sealed bytea,
  constraint major_entry_pkey PRIMARY KEY (id),
  constraint major_entry_matter_fkey FOREIGN KEY (matter) REFERENCES major_matter(id)
);
CREATE INDEX major_entry_matter ON public.major_entry USING btree (matter, id);
alter table major_entry enable row level security;
create policy of_institution on major_entry for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table major_matter (
  id uuid not null default uuidv7(),
  institution_id text not null,
  number text not null,
  kind text not null,
  drill boolean not null,
  state text not null default 'open'::text,
  title_sealed bytea not null,
  persons integer,
  known_at timestamp with time zone not null,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  settings_version integer not null,
  report_due_at timestamp with time zone not null,
  remind_at timestamp with time zone not null,
  reminded_at timestamp with time zone,
  overdue_told_at timestamp with time zone,
  reported_at timestamp with time zone,
  downgrade_asked_by text,
  downgrade_persons integer,
  ended_at timestamp with time zone,
  ended_by text,
  constraint major_matter_pkey PRIMARY KEY (id),
  constraint major_matter_number_key UNIQUE (number),
  constraint major_matter_downgrade_persons_check CHECK ((downgrade_persons > 0)),
  constraint major_matter_ended CHECK (((state = 'open'::text) = (ended_at IS NULL))),
  constraint major_matter_kind_check CHECK ((kind = ANY (ARRAY['group'::text, 'disaster'::text, 'accident'::text, 'public-health'::text, 'designated'::text, 'surge'::text]))),
  constraint major_matter_known CHECK ((known_at <= opened_at)),
  constraint major_matter_persons_check CHECK ((persons > 0)),
  constraint major_matter_state_check CHECK ((state = ANY (ARRAY['open'::text, 'downgraded'::text, 'closed'::text])))
);
CREATE INDEX major_matter_list ON public.major_matter USING btree (known_at, id);
CREATE INDEX major_matter_overdue ON public.major_matter USING btree (report_due_at) WHERE ((state = 'open'::text) AND (reported_at IS NULL) AND (overdue_told_at IS NULL) AND (NOT drill));
CREATE INDEX major_matter_remind ON public.major_matter USING btree (remind_at) WHERE ((state = 'open'::text) AND (reported_at IS NULL) AND (reminded_at IS NULL) AND (NOT drill));
alter table major_matter enable row level security;
create policy of_institution on major_matter for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table major_report (
  id uuid not null default uuidv7(),
  institution_id text not null,
  matter uuid not null,
  kind text not null,
  state text not null default 'draft'::text,
  receiver text not null,
  content_sealed bytea not null,
  drafted_by text not null,
  drafted_at timestamp with time zone not null,
  submitted_by text,
  settled_by text,
  settled_at timestamp with time zone,
  paper uuid,
  sent_by text,
  sent_at timestamp with time zone,
  proof_sealed bytea,
  files uuid[] not null default '{}'::uuid[],
  constraint major_report_pkey PRIMARY KEY (id),
  constraint major_report_matter_fkey FOREIGN KEY (matter) REFERENCES major_matter(id),
  constraint major_report_four_eyes CHECK (((state <> ALL (ARRAY['approved'::text, 'sent'::text])) OR ((paper IS NOT NULL) AND (settled_by <> drafted_by) AND (settled_by <> submitted_by)))),
  constraint major_report_kind_check CHECK ((kind = ANY (ARRAY['first'::text, 'progress'::text, 'closing'::text]))),
  constraint major_report_sent CHECK (((state = 'sent'::text) = ((sent_at IS NOT NULL) AND (proof_sealed IS NOT NULL)))),
  constraint major_report_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'waiting'::text, 'approved'::text, 'returned'::text, 'replaced'::text, 'sent'::text])))
);
CREATE INDEX major_report_matter ON public.major_report USING btree (matter, id);
CREATE UNIQUE INDEX major_report_under_way ON public.major_report USING btree (matter, kind) WHERE (state = ANY (ARRAY['draft'::text, 'waiting'::text, 'approved'::text]));
alter table major_report enable row level security;
create policy of_institution on major_report for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table major_setting (
  id uuid not null default uuidv7(),
  institution_id text not null,
  version integer not null,
  value json not null,
  note text not null,
  state text not null default 'waiting'::text,
  set_by text not null,
  set_at timestamp with time zone not null,
  settled_by text,
  settled_at timestamp with time zone,
  constraint major_setting_pkey PRIMARY KEY (version, institution_id),
  constraint major_setting_id_key UNIQUE (id),
  constraint major_setting_four_eyes CHECK ((((state = 'waiting'::text) = (settled_by IS NULL)) AND ((state <> 'approved'::text) OR (settled_by <> set_by)))),
  constraint major_setting_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text]))),
  constraint major_setting_version_check CHECK ((version > 1))
);
CREATE UNIQUE INDEX major_setting_waiting ON public.major_setting USING btree ((true), institution_id) WHERE (state = 'waiting'::text);
alter table major_setting enable row level security;
create policy of_institution on major_setting for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table major_step (
  id uuid not null default uuidv7(),
  institution_id text not null,
  matter uuid not null,
  seq integer not null,
  of_plan boolean not null,
  text_sealed bytea not null,
  owner_role text not null,
  owner text,
  due_at timestamp with time zone not null,
  state text not null default 'open'::text,
  settled_by text,
  settled_at timestamp with time zone,
  proof_sealed bytea,
  files uuid[] not null default '{}'::uuid[],
  overdue_told_at timestamp with time zone,
  constraint major_step_pkey PRIMARY KEY (id),
  constraint major_step_matter_seq_key UNIQUE (matter, seq),
  constraint major_step_matter_fkey FOREIGN KEY (matter) REFERENCES major_matter(id),
  constraint major_step_proof CHECK ((((state = 'open'::text) = (settled_at IS NULL)) AND ((state = 'open'::text) = (proof_sealed IS NULL)))),
  constraint major_step_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'skipped'::text])))
);
CREATE INDEX major_step_overdue ON public.major_step USING btree (due_at) WHERE ((state = 'open'::text) AND (overdue_told_at IS NULL));
alter table major_step enable row level security;
create policy of_institution on major_step for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table mediation (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  kind text not null,
  organisation text not null,
  subject_sealed bytea not null,
  bank_applied_by text,
  bank_applied_at timestamp with time zone,
  complainant_applied_by text,
  complainant_applied_at timestamp with time zone,
  consent_at timestamp with time zone,
  consent_sealed bytea,
  complainant_told_at timestamp with time zone,
  began_at timestamp with time zone not null,
  paused boolean not null,
  pause_refused text,
  files uuid[] not null default '{}'::uuid[],
  begun_by text not null,
  recorded_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by text,
  outcome text,
  terms_sealed bytea,
  amount numeric(18,2),
  currency text,
  agreed_on date,
  agreed_refused text,
  end_files uuid[] not null default '{}'::uuid[],
  constraint mediation_pkey PRIMARY KEY (id),
  constraint mediation_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint mediation_check CHECK (((kind <> 'mediation'::text) OR ((bank_applied_at IS NOT NULL) AND (complainant_applied_at IS NOT NULL) AND (consent_sealed IS NOT NULL)))),
  constraint mediation_check1 CHECK (((kind <> 'appraisal'::text) OR (complainant_told_at IS NOT NULL))),
  constraint mediation_check2 CHECK (((ended_at IS NULL) = (outcome IS NULL))),
  constraint mediation_check3 CHECK (((amount IS NULL) = (currency IS NULL))),
  constraint mediation_complainant_applied_by_check CHECK ((complainant_applied_by = ANY (ARRAY['complainant'::text, 'proxy'::text]))),
  constraint mediation_kind_check CHECK ((kind = ANY (ARRAY['mediation'::text, 'appraisal'::text]))),
  constraint mediation_outcome_check CHECK ((outcome = ANY (ARRAY['agreement'::text, 'none'::text, 'withdrawn'::text, 'result'::text])))
);
CREATE INDEX mediation_complaint ON public.mediation USING btree (complaint, id);
CREATE UNIQUE INDEX mediation_open ON public.mediation USING btree (complaint) WHERE (ended_at IS NULL);
alter table mediation enable row level security;
create policy of_institution on mediation for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table notice (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  about text not null,
  form text not null,
  state text not null,
  decision uuid,
  dispatch uuid,
  told_at timestamp with time zone,
  proof_sealed bytea not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  code text,
  failed_at timestamp with time zone,
  counted boolean not null default false,
  rejected text,
  constraint notice_pkey PRIMARY KEY (id),
  constraint notice_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint notice_decision_fkey FOREIGN KEY (decision) REFERENCES complaint_decision(id),
  constraint notice_dispatch_fkey FOREIGN KEY (dispatch) REFERENCES dispatch(id),
  constraint notice_check CHECK (((state <> 'told'::text) OR (told_at IS NOT NULL))),
  constraint notice_check1 CHECK (((form = ANY (ARRAY['sms'::text, 'email'::text])) = (dispatch IS NOT NULL))),
  constraint notice_form_check CHECK ((form = ANY (ARRAY['handed'::text, 'posted'::text, 'sms'::text, 'email'::text, 'phone'::text]))),
  constraint notice_state_check CHECK ((state = ANY (ARRAY['sending'::text, 'told'::text, 'failed'::text])))
);
CREATE INDEX notice_complaint ON public.notice USING btree (complaint, id);
CREATE UNIQUE INDEX notice_dispatch ON public.notice USING btree (dispatch) WHERE (dispatch IS NOT NULL);
alter table notice enable row level security;
create policy of_institution on notice for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table notice_setting (
  institution_id text not null,
  bank_name text not null,
  bank_address text not null,
  bank_contact text not null,
  unreachable_tries integer not null,
  unreachable_days integer not null,
  unreachable_forms integer not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint notice_setting_pkey PRIMARY KEY (institution_id),
  constraint notice_setting_unreachable_days_check CHECK ((unreachable_days > 0)),
  constraint notice_setting_unreachable_forms_check CHECK ((unreachable_forms > 0)),
  constraint notice_setting_unreachable_tries_check CHECK ((unreachable_tries > 0))
);
alter table notice_setting enable row level security;
create policy of_institution on notice_setting for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table notice_try (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  form text not null,
  at timestamp with time zone not null,
  result text not null,
  note_sealed bytea,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint notice_try_pkey PRIMARY KEY (id),
  constraint notice_try_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
CREATE INDEX notice_try_complaint ON public.notice_try USING btree (complaint, at);
alter table notice_try enable row level security;
create policy of_institution on notice_try for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table notice_waiver (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  state text not null,
  reason_sealed bytea not null,
  tries integer not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  settled_by text,
  settled_at timestamp with time zone,
  constraint notice_waiver_pkey PRIMARY KEY (id),
  constraint notice_waiver_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint notice_waiver_check CHECK (((state = 'waiting'::text) = (settled_at IS NULL))),
  constraint notice_waiver_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text, 'lapsed'::text])))
);
CREATE UNIQUE INDEX notice_waiver_open ON public.notice_waiver USING btree (complaint) WHERE (state = ANY (ARRAY['waiting'::text, 'approved'::text]));
alter table notice_waiver enable row level security;
create policy of_institution on notice_waiver for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table public_knock (
  id bigint not null generated always as identity,
  institution_id text not null,
  kind text not null,
  address_index bytea not null,
  number_index bytea,
  at timestamp with time zone not null,
  good boolean not null default false,
  constraint public_knock_pkey PRIMARY KEY (id),
  constraint public_knock_check CHECK (((kind = 'code'::text) = (number_index IS NOT NULL))),
  constraint public_knock_kind_check CHECK ((kind = ANY (ARRAY['form'::text, 'code'::text])))
);
CREATE INDEX public_knock_address ON public.public_knock USING btree (address_index, at);
CREATE INDEX public_knock_number ON public.public_knock USING btree (number_index, at) WHERE (number_index IS NOT NULL);
alter table public_knock enable row level security;
create policy of_institution on public_knock for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table public_receipt (
  complaint uuid not null,
  institution_id text not null,
  code_hash bytea not null,
  address_index bytea not null,
  received_at timestamp with time zone not null,
  constraint public_receipt_pkey PRIMARY KEY (complaint),
  constraint public_receipt_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id)
);
CREATE INDEX public_receipt_address ON public.public_receipt USING btree (address_index, received_at);
CREATE INDEX public_receipt_received ON public.public_receipt USING btree (received_at);
alter table public_receipt enable row level security;
create policy of_institution on public_receipt for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table receipt_correction (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  state text not null,
  received_before timestamp with time zone not null,
  received_at timestamp with time zone not null,
  due_on_before date not null,
  due_on_after date not null,
  reason_sealed bytea not null,
  files uuid[] not null default '{}'::uuid[],
  asked_by text not null,
  asked_at timestamp with time zone not null,
  settled_by text,
  settled_at timestamp with time zone,
  note_sealed bytea,
  constraint receipt_correction_pkey PRIMARY KEY (id),
  constraint receipt_correction_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint receipt_correction_check CHECK (((state = 'asked'::text) = (settled_at IS NULL))),
  constraint receipt_correction_check1 CHECK (((settled_at IS NULL) = (settled_by IS NULL))),
  constraint receipt_correction_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'applied'::text, 'refused'::text, 'withdrawn'::text])))
);
CREATE INDEX receipt_correction_complaint ON public.receipt_correction USING btree (complaint, id);
CREATE UNIQUE INDEX receipt_correction_asked ON public.receipt_correction USING btree (complaint) WHERE (state = 'asked'::text);
alter table receipt_correction enable row level security;
create policy of_institution on receipt_correction for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table rectification (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  cause_kind text not null,
  object_kind text not null,
  object_ref text,
  title_sealed bytea not null,
  owner_kind text not null,
  owner text not null,
  due_on date not null,
  first_due_on date not null,
  due_at timestamp with time zone not null,
  time_zone text not null,
  state text not null,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  implemented_on date,
  implemented_by text,
  implemented_at timestamp with time zone,
  unmeasured_sealed bytea,
  unmeasured_by text,
  unmeasured_at timestamp with time zone,
  closed_by text,
  closed_at timestamp with time zone,
  close_sealed bytea,
  effect uuid,
  constraint rectification_pkey PRIMARY KEY (id),
  constraint rectification_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint rectification_effect_shown FOREIGN KEY (effect) REFERENCES rectification_effect(id),
  constraint rectification_check CHECK (((state <> ALL (ARRAY['implemented'::text, 'effective'::text, 'accepted'::text])) OR (implemented_on IS NOT NULL))),
  constraint rectification_check1 CHECK (((closed_at IS NOT NULL) = (state = ANY (ARRAY['effective'::text, 'accepted'::text, 'cancelled'::text])))),
  constraint rectification_check2 CHECK (((state <> 'accepted'::text) OR ((unmeasured_by IS NOT NULL) AND (unmeasured_by <> closed_by)))),
  constraint rectification_owner_kind_check CHECK ((owner_kind = ANY (ARRAY['member'::text, 'unit'::text, 'agency'::text]))),
  constraint rectification_state_check CHECK ((state = ANY (ARRAY['open'::text, 'implemented'::text, 'effective'::text, 'accepted'::text, 'cancelled'::text])))
);
CREATE INDEX rectification_open ON public.rectification USING btree (due_at, id) WHERE (closed_at IS NULL);
alter table rectification enable row level security;
create policy of_institution on rectification for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table rectification_cause (
  institution_id text not null,
  rectification uuid not null,
  root_cause uuid not null,
  constraint rectification_cause_pkey PRIMARY KEY (rectification, root_cause),
  constraint rectification_cause_rectification_fkey FOREIGN KEY (rectification) REFERENCES rectification(id),
  constraint rectification_cause_root_cause_fkey FOREIGN KEY (root_cause) REFERENCES root_cause(id)
);
CREATE INDEX rectification_cause_of ON public.rectification_cause USING btree (root_cause);
alter table rectification_cause enable row level security;
create policy of_institution on rectification_cause for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table rectification_delay (
  id uuid not null default uuidv7(),
  institution_id text not null,
  rectification uuid not null,
  from_on date not null,
  to_on date not null,
  reason_sealed bytea not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  granted boolean,
  settled_by text,
  settled_at timestamp with time zone,
  note_sealed bytea,
  constraint rectification_delay_pkey PRIMARY KEY (id),
  constraint rectification_delay_rectification_fkey FOREIGN KEY (rectification) REFERENCES rectification(id),
  constraint rectification_delay_check CHECK ((to_on > from_on)),
  constraint rectification_delay_check1 CHECK (((granted IS NULL) = (settled_at IS NULL))),
  constraint rectification_delay_check2 CHECK ((settled_by IS DISTINCT FROM asked_by))
);
CREATE INDEX rectification_delay_of ON public.rectification_delay USING btree (rectification, id);
CREATE UNIQUE INDEX rectification_delay_open ON public.rectification_delay USING btree (rectification) WHERE (granted IS NULL);
alter table rectification_delay enable row level security;
create policy of_institution on rectification_delay for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table rectification_effect (
  id uuid not null default uuidv7(),
  institution_id text not null,
  rectification uuid not null,
  as_of timestamp with time zone not null,
  window_days integer not null,
  before_from date not null,
  before_to date not null,
  after_from date not null,
  after_to date not null,
  before_count integer not null,
  after_count integer not null,
  before_pending integer not null,
  after_pending integer not null,
  after_expected integer not null,
  before_cases numeric(14,2),
  after_cases numeric(14,2),
  cases_source text,
  ratio double precision,
  ratio_low double precision,
  ratio_high double precision,
  p_value double precision not null,
  p_with_pending double precision not null,
  verdict text not null,
  measured_by text not null,
  measured_at timestamp with time zone not null,
  constraint rectification_effect_pkey PRIMARY KEY (id),
  constraint rectification_effect_rectification_fkey FOREIGN KEY (rectification) REFERENCES rectification(id),
  constraint rectification_effect_check CHECK ((((before_cases IS NULL) = (after_cases IS NULL)) AND ((before_cases IS NULL) = (cases_source IS NULL)))),
  constraint rectification_effect_verdict_check CHECK ((verdict = ANY (ARRAY['shown'::text, 'not-shown'::text, 'too-few'::text, 'worse'::text]))),
  constraint rectification_effect_window_days_check CHECK (((window_days >= 7) AND (window_days <= 366)))
);
CREATE INDEX rectification_effect_of ON public.rectification_effect USING btree (rectification, id);
alter table rectification_effect enable row level security;
create policy of_institution on rectification_effect for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table rectification_step (
  id uuid not null default uuidv7(),
  institution_id text not null,
  rectification uuid not null,
  n integer not null,
  text_sealed bytea not null,
  due_on date,
  done_at timestamp with time zone,
  done_by text,
  note_sealed bytea,
  files uuid[] not null default '{}'::uuid[],
  constraint rectification_step_pkey PRIMARY KEY (id),
  constraint rectification_step_rectification_n_key UNIQUE (rectification, n),
  constraint rectification_step_rectification_fkey FOREIGN KEY (rectification) REFERENCES rectification(id)
);
alter table rectification_step enable row level security;
create policy of_institution on rectification_step for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table regulator_read (
  id uuid not null default uuidv7(),
  institution_id text not null,
  subject text not null,
  client_id text,
  method text not null,
  route text not null,
  resource text not null,
  query text not null,
  status integer not null,
  minute timestamp with time zone not null,
  times integer not null default 1,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  constraint regulator_read_pkey PRIMARY KEY (id),
  constraint regulator_read_minute UNIQUE (institution_id, subject, minute, route, resource, query, method, status),
  constraint regulator_read_times_check CHECK ((times >= 1))
);
CREATE INDEX regulator_read_listed ON public.regulator_read USING btree (institution_id, id DESC);
alter table regulator_read enable row level security;
create policy of_institution on regulator_read for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table reopening (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  successor uuid not null,
  basis text not null,
  review uuid,
  reasons_sealed bytea not null,
  files uuid[] not null default '{}'::uuid[],
  received_at timestamp with time zone not null,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  constraint reopening_pkey PRIMARY KEY (id),
  constraint reopening_once UNIQUE (complaint),
  constraint reopening_successor UNIQUE (successor),
  constraint reopening_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint reopening_review_fkey FOREIGN KEY (review) REFERENCES review(id),
  constraint reopening_successor_fkey FOREIGN KEY (successor) REFERENCES complaint(id),
  constraint reopening_basis_check CHECK ((basis = ANY (ARRAY['new-facts'::text, 'review-sent-back'::text, 'supervisor'::text]))),
  constraint reopening_check CHECK ((complaint <> successor))
);
alter table reopening enable row level security;
create policy of_institution on reopening for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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
  version integer not null default 1,
  series uuid,
  corrects uuid,
  correction_reason text,
  audience text not null default 'internal'::text,
  language text not null default 'zh'::text,
  csv_bom boolean not null default true,
  time_zone text not null default 'Asia/Shanghai'::text,
  subject text,
  schedule uuid,
  as_of timestamp with time zone,
  evidence_head json,
  document_sha256 bytea,
  signed_by text,
  signed_at timestamp with time zone,
  ended_by text,
  constraint report_pkey PRIMARY KEY (id),
  constraint report_corrects_fkey FOREIGN KEY (corrects) REFERENCES report(id),
  constraint report_series_fkey FOREIGN KEY (series) REFERENCES report(id),
  constraint report_audience_check CHECK ((audience = ANY (ARRAY['internal'::text, 'public'::text]))),
  constraint report_check CHECK ((period_from <= period_to)),
  constraint report_correction CHECK ((((corrects IS NULL) = (version = 1)) AND ((corrects IS NULL) = (correction_reason IS NULL)))),
  constraint report_four_eyes CHECK ((signed_by <> requested_by)),
  constraint report_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint report_origin_check CHECK ((origin = ANY (ARRAY['request'::text, 'schedule'::text, 'correction'::text]))),
  constraint report_signature CHECK ((((signed_by IS NULL) = (signed_at IS NULL)) AND ((state = ANY (ARRAY['signed'::text, 'superseded'::text])) = (signed_by IS NOT NULL)))),
  constraint report_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'draft'::text, 'signed'::text, 'superseded'::text, 'cancelled'::text, 'failed'::text]))),
  constraint report_version_check CHECK ((version >= 1))
);
CREATE INDEX report_listed ON public.report USING btree (institution_id, id DESC);
CREATE INDEX report_series ON public.report USING btree (COALESCE(series, id), version);
CREATE INDEX report_unfinished ON public.report USING btree (touched_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE UNIQUE INDEX report_corrected ON public.report USING btree (corrects) WHERE ((corrects IS NOT NULL) AND (state <> ALL (ARRAY['cancelled'::text, 'failed'::text])));
CREATE UNIQUE INDEX report_scheduled ON public.report USING btree (kind, period_from, period_to, audience, institution_id) WHERE (origin = 'schedule'::text);
alter table report enable row level security;
create policy of_institution on report for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER report_stays BEFORE DELETE OR UPDATE ON public.report FOR EACH ROW EXECUTE FUNCTION report_stays();

create table report_delivery (
  id uuid not null default uuidv7(),
  institution_id text not null,
  report uuid not null,
  target uuid not null,
  state text not null default 'waiting'::text,
  tries integer not null default 0,
  due_at timestamp with time zone not null,
  run uuid,
  taken_at timestamp with time zone,
  error text,
  receipt text,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint report_delivery_pkey PRIMARY KEY (id),
  constraint report_delivery_report_target_key UNIQUE (report, target),
  constraint report_delivery_report_fkey FOREIGN KEY (report) REFERENCES report(id),
  constraint report_delivery_target_fkey FOREIGN KEY (target) REFERENCES report_target(id),
  constraint report_delivery_check CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
  constraint report_delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text, 'dropped'::text])))
);
CREATE INDEX report_delivery_due ON public.report_delivery USING btree (due_at) WHERE (state = 'waiting'::text);
CREATE INDEX report_delivery_listed ON public.report_delivery USING btree (institution_id, id DESC);
alter table report_delivery enable row level security;
create policy of_institution on report_delivery for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table report_delivery_try (
  institution_id text not null,
  delivery uuid not null,
  n integer not null,
  at timestamp with time zone not null,
  outcome text not null,
  constraint report_delivery_try_pkey PRIMARY KEY (delivery, n),
  constraint report_delivery_try_delivery_fkey FOREIGN KEY (delivery) REFERENCES report_delivery(id) ON DELETE CASCADE
);
alter table report_delivery_try enable row level security;
create policy of_institution on report_delivery_try for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table report_figure (
  institution_id text not null,
  report uuid not null,
  place integer not null,
  id text not null,
  label json not null,
  unit json not null,
  value double precision,
  suppressed boolean not null default false,
  trace json not null,
  constraint report_figure_pkey PRIMARY KEY (report, place),
  constraint report_figure_report_fkey FOREIGN KEY (report) REFERENCES report(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX report_figure_name ON public.report_figure USING btree (report, id);
alter table report_figure enable row level security;
create policy of_institution on report_figure for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER report_figure_stays BEFORE INSERT OR DELETE OR UPDATE ON public.report_figure FOR EACH ROW EXECUTE FUNCTION report_part_stays();

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
CREATE TRIGGER report_file_stays BEFORE INSERT OR DELETE OR UPDATE ON public.report_file FOR EACH ROW EXECUTE FUNCTION report_part_stays();

create table report_pin (
  institution_id text not null,
  content_sha256 bytea not null,
  as_of timestamp with time zone not null,
  evidence_head json,
  constraint report_pin_pkey PRIMARY KEY (content_sha256, institution_id)
);
alter table report_pin enable row level security;
create policy of_institution on report_pin for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table report_schedule (
  id uuid not null default uuidv7(),
  institution_id text not null,
  kind text not null,
  frequency text not null,
  audience text not null,
  language text not null,
  formats text[] not null,
  time_zone text not null,
  delay_days integer not null,
  next_from date not null,
  next_to date not null,
  next_run_at timestamp with time zone not null,
  paused_at timestamp with time zone,
  ended_at timestamp with time zone,
  created_by text not null,
  created_at timestamp with time zone not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint report_schedule_pkey PRIMARY KEY (id),
  constraint report_schedule_audience_check CHECK ((audience = ANY (ARRAY['internal'::text, 'public'::text]))),
  constraint report_schedule_check CHECK ((next_from <= next_to)),
  constraint report_schedule_delay_days_check CHECK (((delay_days >= 0) AND (delay_days <= 60))),
  constraint report_schedule_formats_check CHECK ((cardinality(formats) > 0)),
  constraint report_schedule_frequency_check CHECK ((frequency = ANY (ARRAY['monthly'::text, 'quarterly'::text, 'yearly'::text]))),
  constraint report_schedule_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text])))
);
CREATE INDEX report_schedule_due ON public.report_schedule USING btree (next_run_at) WHERE ((ended_at IS NULL) AND (paused_at IS NULL));
CREATE INDEX report_schedule_of ON public.report_schedule USING btree (institution_id, id DESC);
CREATE UNIQUE INDEX report_schedule_one ON public.report_schedule USING btree (institution_id, kind, frequency, audience) WHERE (ended_at IS NULL);
alter table report_schedule enable row level security;
create policy of_institution on report_schedule for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table report_target (
  id uuid not null default uuidv7(),
  institution_id text not null,
  name text not null,
  channel text not null,
  address_sealed bytea,
  shown text not null,
  kinds text[],
  audience text,
  created_by text not null,
  created_at timestamp with time zone not null,
  removed_by text,
  removed_at timestamp with time zone,
  constraint report_target_pkey PRIMARY KEY (id),
  constraint report_target_audience_check CHECK ((audience = ANY (ARRAY['internal'::text, 'public'::text]))),
  constraint report_target_channel_check CHECK ((channel = ANY (ARRAY['portal'::text, 'email'::text, 'sftp'::text, 'webhook'::text]))),
  constraint report_target_check CHECK (((address_sealed IS NOT NULL) OR (channel = 'portal'::text) OR (removed_at IS NOT NULL))),
  constraint report_target_check1 CHECK (((removed_by IS NULL) = (removed_at IS NULL)))
);
CREATE UNIQUE INDEX report_target_name ON public.report_target USING btree (institution_id, name) WHERE (removed_at IS NULL);
alter table report_target enable row level security;
create policy of_institution on report_target for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table retention_batch (
  institution_id text not null,
  run uuid not null,
  n integer not null,
  kind text not null,
  count integer not null,
  root bytea not null,
  rules json not null,
  keys_destroyed integer not null,
  destroyed_at timestamp with time zone not null,
  constraint retention_batch_pkey PRIMARY KEY (run, n),
  constraint retention_batch_run_fkey FOREIGN KEY (run) REFERENCES retention_run(id),
  constraint retention_batch_count_check CHECK ((count > 0))
);
alter table retention_batch enable row level security;
create policy of_institution on retention_batch for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table retention_gate (
  institution_id text not null,
  constraint retention_gate_pkey PRIMARY KEY (institution_id)
);
alter table retention_gate enable row level security;
create policy of_institution on retention_gate for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table retention_hold (
  id uuid not null default uuidv7(),
  institution_id text not null,
  scope text not null,
  value text not null,
  from_on date,
  to_on date,
  reason_sealed bytea not null,
  placed_by text not null,
  placed_at timestamp with time zone not null,
  release_reason_sealed bytea,
  release_asked_by text,
  release_asked_at timestamp with time zone,
  released_by text,
  released_at timestamp with time zone,
  constraint retention_hold_pkey PRIMARY KEY (id),
  constraint retention_hold_check CHECK (((scope = 'kind'::text) OR ((from_on IS NULL) AND (to_on IS NULL)))),
  constraint retention_hold_check1 CHECK ((from_on <= to_on)),
  constraint retention_hold_check2 CHECK ((((release_asked_by IS NULL) = (release_asked_at IS NULL)) AND ((release_asked_by IS NULL) = (release_reason_sealed IS NULL)))),
  constraint retention_hold_check3 CHECK ((((released_by IS NULL) = (released_at IS NULL)) AND ((released_by IS NULL) OR (release_asked_by IS NOT NULL)))),
  constraint retention_hold_four_eyes CHECK ((released_by <> release_asked_by)),
  constraint retention_hold_scope_check CHECK ((scope = ANY (ARRAY['subject'::text, 'case'::text, 'complaint'::text, 'agency'::text, 'kind'::text])))
);
CREATE INDEX retention_hold_listed ON public.retention_hold USING btree (institution_id, id DESC);
CREATE INDEX retention_hold_standing ON public.retention_hold USING btree (institution_id, scope, value) WHERE (released_at IS NULL);
alter table retention_hold enable row level security;
create policy of_institution on retention_hold for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table retention_item (
  institution_id text not null,
  run uuid not null,
  seq bigint not null,
  kind text not null,
  record uuid not null,
  since timestamp with time zone not null,
  kept_until date not null,
  rule text not null,
  digest bytea not null,
  hold uuid,
  fate text,
  batch integer,
  place integer,
  constraint retention_item_pkey PRIMARY KEY (run, seq),
  constraint retention_item_run_fkey FOREIGN KEY (run) REFERENCES retention_run(id),
  constraint retention_item_check CHECK (((fate = 'destroyed'::text) = ((batch IS NOT NULL) AND (place IS NOT NULL)))),
  constraint retention_item_fate_check CHECK ((fate = ANY (ARRAY['destroyed'::text, 'changed'::text, 'held'::text, 'kept'::text])))
);
CREATE INDEX retention_item_destroyed ON public.retention_item USING btree (institution_id, kind, record, since) WHERE (fate = 'destroyed'::text);
CREATE INDEX retention_item_open ON public.retention_item USING btree (run, seq) WHERE ((hold IS NULL) AND (fate IS NULL));
CREATE UNIQUE INDEX retention_item_record ON public.retention_item USING btree (run, kind, record);
alter table retention_item enable row level security;
create policy of_institution on retention_item for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table retention_rule (
  id uuid not null default uuidv7(),
  institution_id text not null,
  kind text not null,
  version integer not null,
  years integer,
  source text not null,
  state text not null default 'proposed'::text,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  settled_by text,
  settled_at timestamp with time zone,
  constraint retention_rule_pkey PRIMARY KEY (id),
  constraint retention_rule_institution_id_kind_version_key UNIQUE (institution_id, kind, version),
  constraint retention_rule_check CHECK ((((state = 'proposed'::text) = (settled_by IS NULL)) AND ((settled_by IS NULL) = (settled_at IS NULL)))),
  constraint retention_rule_four_eyes CHECK (((state <> ALL (ARRAY['approved'::text, 'refused'::text])) OR (settled_by <> proposed_by))),
  constraint retention_rule_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text]))),
  constraint retention_rule_version_check CHECK ((version >= 1)),
  constraint retention_rule_years_check CHECK (((years >= 1) AND (years <= 100)))
);
CREATE INDEX retention_rule_listed ON public.retention_rule USING btree (institution_id, id DESC);
CREATE UNIQUE INDEX retention_rule_open ON public.retention_rule USING btree (institution_id, kind) WHERE (state = 'proposed'::text);
alter table retention_rule enable row level security;
create policy of_institution on retention_rule for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table retention_run (
  id uuid not null default uuidv7(),
  institution_id text not null,
  mode text not null,
  kinds text[] not null,
  as_of date not null,
  time_zone text not null,
  dry_run uuid,
  list_root bytea,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  decision text,
  decided_by text,
  decided_at timestamp with time zone,
  constraint retention_run_pkey PRIMARY KEY (id),
  constraint retention_run_dry_run_fkey FOREIGN KEY (dry_run) REFERENCES retention_run(id),
  constraint retention_run_check CHECK ((((mode = 'destroy'::text) = (dry_run IS NOT NULL)) AND ((mode = 'destroy'::text) = (list_root IS NOT NULL)))),
  constraint retention_run_check1 CHECK ((((decision IS NULL) = (decided_by IS NULL)) AND ((decision IS NULL) = (decided_at IS NULL)))),
  constraint retention_run_decision_check CHECK ((decision = ANY (ARRAY['approved'::text, 'refused'::text, 'withdrawn'::text]))),
  constraint retention_run_four_eyes CHECK (((decision = 'withdrawn'::text) OR (decided_by <> asked_by))),
  constraint retention_run_mode_check CHECK ((mode = ANY (ARRAY['dry-run'::text, 'destroy'::text])))
);
CREATE INDEX retention_run_listed ON public.retention_run USING btree (institution_id, id DESC);
CREATE UNIQUE INDEX retention_run_of ON public.retention_run USING btree (dry_run) WHERE ((decision IS NULL) OR (decision = 'approved'::text));
alter table retention_run enable row level security;
create policy of_institution on retention_run for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table retention_work (
  id uuid not null,
  institution_id text not null,
  state text not null default 'queued'::text,
  run uuid,
  progress json,
  failure json,
  summary json,
  requested_by text not null,
  created_at timestamp with time zone not null default now(),
  touched_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint retention_work_pkey PRIMARY KEY (id),
  constraint retention_work_id_fkey FOREIGN KEY (id) REFERENCES retention_run(id),
  constraint retention_work_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
alter table retention_work enable row level security;
create policy of_institution on retention_work for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table review (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  told_at timestamp with time zone not null,
  window_ends_on date not null,
  requested_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  requester text not null,
  reasons_sealed bytea not null,
  files uuid[] not null default '{}'::uuid[],
  late boolean not null default false,
  grace_sealed bytea,
  due_on date not null,
  due_at timestamp with time zone not null,
  time_zone text not null,
  state text not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  reviewer text,
  unit text,
  taken_at timestamp with time zone,
  process_proper boolean,
  process_sealed bytea,
  term_proper boolean,
  term_sealed bytea,
  result_proper boolean,
  result_sealed bytea,
  outcome text,
  decision_sealed bytea,
  decided_by text,
  decided_at timestamp with time zone,
  told_form text,
  told_proof_sealed bytea,
  review_told_at timestamp with time zone,
  told_by text,
  withdrawn_at timestamp with time zone,
  withdrawal_sealed bytea,
  successor uuid,
  constraint review_pkey PRIMARY KEY (id),
  constraint review_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint review_successor_fkey FOREIGN KEY (successor) REFERENCES complaint(id),
  constraint review_check CHECK (((grace_sealed IS NOT NULL) = late)),
  constraint review_check1 CHECK (((outcome IS NULL) = (decided_at IS NULL))),
  constraint review_outcome_check CHECK ((outcome = ANY (ARRAY['upheld'::text, 'changed'::text, 'sent-back'::text]))),
  constraint review_requester_check CHECK ((requester = ANY (ARRAY['complainant'::text, 'proxy'::text]))),
  constraint review_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'taken'::text, 'decided'::text, 'told'::text, 'withdrawn'::text])))
);
CREATE INDEX review_open ON public.review USING btree (due_at, id) WHERE (state = ANY (ARRAY['asked'::text, 'taken'::text, 'decided'::text]));
CREATE UNIQUE INDEX review_one ON public.review USING btree (complaint) WHERE (state <> 'withdrawn'::text);
alter table review enable row level security;
create policy of_institution on review for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table root_cause (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  kind text not null,
  object_kind text not null,
  object_ref text,
  whys_sealed bytea not null,
  state text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  settled_by text,
  settled_at timestamp with time zone,
  note_sealed bytea,
  replaced_at timestamp with time zone,
  constraint root_cause_pkey PRIMARY KEY (id),
  constraint root_cause_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint root_cause_check CHECK (((object_kind = 'none'::text) = (object_ref IS NULL))),
  constraint root_cause_check1 CHECK (((state = 'proposed'::text) = (settled_at IS NULL))),
  constraint root_cause_check2 CHECK ((settled_by IS DISTINCT FROM proposed_by)),
  constraint root_cause_kind_check CHECK ((kind = ANY (ARRAY['rule'::text, 'process'::text, 'system'::text, 'people'::text, 'product'::text, 'agency'::text, 'script'::text, 'other'::text]))),
  constraint root_cause_object_kind_check CHECK ((object_kind = ANY (ARRAY['rule'::text, 'script'::text, 'collector'::text, 'agency'::text, 'unit'::text, 'product'::text, 'none'::text]))),
  constraint root_cause_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'returned'::text, 'replaced'::text])))
);
CREATE INDEX root_cause_complaint ON public.root_cause USING btree (complaint, id);
CREATE INDEX root_cause_same ON public.root_cause USING btree (kind, object_kind, object_ref, settled_at) WHERE (state = ANY (ARRAY['confirmed'::text, 'replaced'::text]));
CREATE UNIQUE INDEX root_cause_standing ON public.root_cause USING btree (complaint, kind, object_kind, COALESCE(object_ref, ''::text)) WHERE (state = ANY (ARRAY['proposed'::text, 'confirmed'::text]));
alter table root_cause enable row level security;
create policy of_institution on root_cause for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table satisfaction_knock (
  id bigint not null generated always as identity,
  address_index bytea not null,
  at timestamp with time zone not null,
  constraint satisfaction_knock_pkey PRIMARY KEY (id)
);
CREATE INDEX satisfaction_knock_address ON public.satisfaction_knock USING btree (address_index, at);

create table saved_filter (
  id uuid not null default uuidv7(),
  institution_id text not null,
  owner text not null,
  name_sealed bytea not null,
  name_index bytea not null,
  filter json not null,
  shared_role text,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint saved_filter_pkey PRIMARY KEY (id),
  constraint saved_filter_name UNIQUE (owner, name_index, institution_id)
);
CREATE INDEX saved_filter_role ON public.saved_filter USING btree (shared_role, id) WHERE (shared_role IS NOT NULL);
alter table saved_filter enable row level security;
create policy of_institution on saved_filter for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table saved_filter_default (
  institution_id text not null,
  subject text not null,
  filter uuid not null,
  constraint saved_filter_default_pkey PRIMARY KEY (subject, institution_id),
  constraint saved_filter_default_filter_fkey FOREIGN KEY (filter) REFERENCES saved_filter(id) ON DELETE CASCADE
);
CREATE INDEX saved_filter_default_filter ON public.saved_filter_default USING btree (filter);
alter table saved_filter_default enable row level security;
create policy of_institution on saved_filter_default for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table sign_in (
  institution_id text not null,
  subject text not null,
  session bytea not null,
  at timestamp with time zone not null default clock_timestamp(),
  constraint sign_in_pkey PRIMARY KEY (institution_id, subject, session)
);
CREATE INDEX sign_in_old ON public.sign_in USING btree (at);
alter table sign_in enable row level security;
create policy of_institution on sign_in for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table stage_entry (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  seq integer not null,
  stage text not null,
  limit_version integer not null,
  amount integer not null,
  unit text not null,
  entered_at timestamp with time zone not null,
  entered_by text not null,
  base_due_at timestamp with time zone not null,
  remind_before interval not null,
  term_due_on date not null,
  done_at timestamp with time zone,
  done_by text,
  due_at timestamp with time zone,
  handler text,
  note_sealed bytea,
  wake_at timestamp with time zone,
  counted_from timestamp with time zone not null,
  counted_amount integer not null,
  counted_unit text not null,
  constraint stage_entry_pkey PRIMARY KEY (id),
  constraint stage_entry_seq UNIQUE (complaint, seq),
  constraint stage_entry_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint stage_entry_check CHECK ((((done_at IS NULL) = (done_by IS NULL)) AND ((done_at IS NULL) = (due_at IS NULL)))),
  constraint stage_entry_check1 CHECK (((wake_at IS NULL) OR (done_at IS NULL))),
  constraint stage_entry_counted_unit_check CHECK ((counted_unit = ANY (ARRAY['hours'::text, 'working-days'::text]))),
  constraint stage_entry_stage_check CHECK ((stage = ANY (ARRAY['first-contact'::text, 'investigation'::text, 'draft'::text, 'approval'::text]))),
  constraint stage_entry_unit_check CHECK ((unit = ANY (ARRAY['hours'::text, 'working-days'::text])))
);
CREATE INDEX stage_entry_done ON public.stage_entry USING btree (done_at) WHERE (done_at IS NOT NULL);
CREATE INDEX stage_entry_wake ON public.stage_entry USING btree (wake_at) WHERE (wake_at IS NOT NULL);
CREATE INDEX stage_entry_working ON public.stage_entry USING btree (id) WHERE ((done_at IS NULL) AND (unit = 'working-days'::text));
CREATE UNIQUE INDEX stage_entry_open ON public.stage_entry USING btree (complaint) WHERE (done_at IS NULL);
alter table stage_entry enable row level security;
create policy of_institution on stage_entry for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table stage_limit (
  id uuid not null default uuidv7(),
  institution_id text not null,
  version integer not null,
  limits json not null,
  note_sealed bytea,
  set_by text not null,
  set_at timestamp with time zone not null,
  severe_causes json not null default '[]'::json,
  constraint stage_limit_pkey PRIMARY KEY (id),
  constraint stage_limit_version UNIQUE (version, institution_id)
);
alter table stage_limit enable row level security;
create policy of_institution on stage_limit for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table stage_milestone (
  institution_id text not null,
  entry uuid not null,
  kind text not null,
  due_at timestamp with time zone not null,
  fired_at timestamp with time zone not null,
  constraint stage_milestone_pkey PRIMARY KEY (entry, kind),
  constraint stage_milestone_entry_fkey FOREIGN KEY (entry) REFERENCES stage_entry(id),
  constraint stage_milestone_kind_check CHECK ((kind = ANY (ARRAY['reminder'::text, 'overdue'::text])))
);
alter table stage_milestone enable row level security;
create policy of_institution on stage_milestone for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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
CREATE TRIGGER report_bytes_stay BEFORE DELETE OR UPDATE ON public.upload_chunk FOR EACH ROW EXECUTE FUNCTION report_bytes_stay();

create table work_entry (
  id uuid not null default uuidv7(),
  institution_id text not null,
  task uuid not null,
  round integer not null,
  kind text not null,
  at timestamp with time zone not null,
  by text not null,
  due_at timestamp with time zone,
  text_sealed bytea,
  reason_sealed bytea,
  constraint work_entry_pkey PRIMARY KEY (id),
  constraint work_entry_task_fkey FOREIGN KEY (task) REFERENCES work_task(id),
  constraint work_entry_kind_check CHECK ((kind = ANY (ARRAY['asked'::text, 'answered'::text, 'returned'::text, 'accepted'::text, 'cancelled'::text])))
);
CREATE INDEX work_entry_due ON public.work_entry USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX work_entry_task ON public.work_entry USING btree (task, id);
alter table work_entry enable row level security;
create policy of_institution on work_entry for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table work_file (
  institution_id text not null,
  task uuid not null,
  file uuid not null,
  added_by text not null,
  added_at timestamp with time zone not null,
  constraint work_file_pkey PRIMARY KEY (task, file),
  constraint work_file_file_fkey FOREIGN KEY (file) REFERENCES complaint_file(id),
  constraint work_file_task_fkey FOREIGN KEY (task) REFERENCES work_task(id)
);
alter table work_file enable row level security;
create policy of_institution on work_file for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table work_milestone (
  institution_id text not null,
  task uuid not null,
  round integer not null,
  kind text not null,
  due_at timestamp with time zone not null,
  fired_at timestamp with time zone not null,
  constraint work_milestone_pkey PRIMARY KEY (task, round, kind),
  constraint work_milestone_task_fkey FOREIGN KEY (task) REFERENCES work_task(id),
  constraint work_milestone_kind_check CHECK ((kind = ANY (ARRAY['reminder'::text, 'overdue'::text])))
);
alter table work_milestone enable row level security;
create policy of_institution on work_milestone for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table work_task (
  id uuid not null default uuidv7(),
  institution_id text not null,
  complaint uuid not null,
  unit uuid,
  agency_id text,
  disclosed text[] not null,
  state text not null,
  round integer not null default 1,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  settled_at timestamp with time zone,
  wake_at timestamp with time zone,
  constraint work_task_pkey PRIMARY KEY (id),
  constraint work_task_complaint_fkey FOREIGN KEY (complaint) REFERENCES complaint(id),
  constraint work_task_unit_fkey FOREIGN KEY (unit) REFERENCES desk_unit(id),
  constraint work_task_check CHECK (((unit IS NULL) <> (agency_id IS NULL))),
  constraint work_task_check1 CHECK (((wake_at IS NULL) OR (state = 'open'::text))),
  constraint work_task_state_check CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'accepted'::text, 'cancelled'::text])))
);
CREATE INDEX work_task_agency ON public.work_task USING btree (agency_id, due_at, id) WHERE (agency_id IS NOT NULL);
CREATE INDEX work_task_complaint ON public.work_task USING btree (complaint, id);
CREATE INDEX work_task_unit ON public.work_task USING btree (unit, due_at, id) WHERE (unit IS NOT NULL);
CREATE INDEX work_task_wake ON public.work_task USING btree (wake_at) WHERE (wake_at IS NOT NULL);
alter table work_task enable row level security;
create policy of_institution on work_task for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

CREATE OR REPLACE FUNCTION public.after_next_wake(p_kind text, p_ref uuid, p_done_at timestamp with time zone, p_due_on date, p_due_at timestamp with time zone, p_time_zone text, p_set_at timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select min(o.at) from after_owed(p_due_on, p_due_at, p_time_zone, p_set_at) o
  where p_done_at is null and not exists (select from after_milestone m where m.ref = p_ref and m.kind = p_kind and m.step = o.step and m.due_on = p_due_on)
$function$;

CREATE OR REPLACE FUNCTION public.after_owed(p_due_on date, p_due_at timestamp with time zone, p_time_zone text, p_set_at timestamp with time zone)
 RETURNS TABLE(step text, at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  select 'due-in-3', (p_due_on - 3)::timestamp at time zone p_time_zone where p_due_on - 3 >= (p_set_at at time zone p_time_zone)::date
  union all select 'overdue', p_due_at
  union all select 'overdue-head-office', (p_due_on + 4)::timestamp at time zone p_time_zone
$function$;

CREATE OR REPLACE FUNCTION public.dossier_goes_stale()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update dossier set stale = true where complaint = new.id and not stale;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.evidence_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'evidence is only ever added to: % of % is refused', lower(tg_op), tg_table_name;
end $function$;

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

CREATE OR REPLACE FUNCTION public.report_bytes_stay()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' and coalesce(current_setting('app.destruction', true), '') <> '' then return old; end if;
  if exists (select from report_file f join report r on r.id = f.report where f.upload = old.upload and r.state in ('signed', 'superseded'))
    and (tg_op = 'DELETE' or new.upload <> old.upload or new.seq <> old.seq or new.institution_id <> old.institution_id) then
    raise exception 'the bytes of a signed report do not change' using errcode = 'restrict_violation', constraint = 'report_stays';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.report_part_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.report_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.retention_hold_of(institution text, of_kind text, began date, subjects text[], cases text[], complaints text[], agencies text[], bundle boolean)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select h.id from retention_hold h
  where h.institution_id = institution and h.released_at is null and case h.scope
    when 'kind' then h.value = of_kind and (h.from_on is null or began >= h.from_on) and (h.to_on is null or began <= h.to_on)
    else bundle or h.value = any(case h.scope when 'subject' then subjects when 'case' then cases when 'complaint' then complaints else agencies end)
  end
  order by h.id limit 1
$function$;

CREATE OR REPLACE FUNCTION public.retention_own_years(institution text, of_kind text)
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$
  select years from retention_rule where institution_id = institution and kind = of_kind and state = 'approved' order by version desc limit 1
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

CREATE OR REPLACE FUNCTION public.stage_due(p_base timestamp with time zone, p_term_due_on date, p_due_on date, p_due_at timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select least(p_base + make_interval(days => greatest(p_due_on - p_term_due_on, 0)), p_due_at)
$function$;

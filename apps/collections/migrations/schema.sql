-- The schema after all migrations, for reading and review. Written by `npm run schema`; change the migrations, not this file.

create table agency (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  name text not null,
  licence text,
  status text not null default 'active'::text,
  published boolean not null default false,
  contract_from date,
  contract_to date,
  last_evaluated_on date,
  phone text,
  address text,
  imported jsonb not null default '{}'::jsonb,
  barred_since timestamp with time zone,
  constraint agency_pkey PRIMARY KEY (id),
  constraint agency_given_id UNIQUE (agency_id, institution_id),
  constraint agency_status_check CHECK ((status = ANY (ARRAY['candidate'::text, 'approved'::text, 'active'::text, 'suspended'::text, 'exited'::text])))
);
alter table agency enable row level security;
create policy of_institution on agency for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_capacity (
  institution_id text not null,
  agency_id text not null,
  max_open_cases integer not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint agency_capacity_pkey PRIMARY KEY (agency_id, institution_id),
  constraint agency_capacity_max_open_cases_check CHECK ((max_open_cases >= 0))
);
alter table agency_capacity enable row level security;
create policy of_institution on agency_capacity for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_certificate (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  collector_id text not null,
  number text,
  issuer text,
  valid_from date,
  valid_to date not null,
  added_by text not null,
  added_at timestamp with time zone not null default clock_timestamp(),
  confirmed_by text,
  confirmed_at timestamp with time zone,
  revoked_by text,
  revoked_at timestamp with time zone,
  constraint agency_certificate_pkey PRIMARY KEY (id),
  constraint agency_certificate_check CHECK ((valid_to >= valid_from)),
  constraint agency_certificate_check1 CHECK ((((confirmed_by IS NULL) = (confirmed_at IS NULL)) AND ((revoked_by IS NULL) = (revoked_at IS NULL))))
);
CREATE INDEX agency_certificate_collector ON public.agency_certificate USING btree (collector_id, agency_id, institution_id);
CREATE UNIQUE INDEX agency_certificate_number ON public.agency_certificate USING btree (number, collector_id, agency_id, institution_id) WHERE ((number IS NOT NULL) AND (revoked_at IS NULL));
CREATE UNIQUE INDEX agency_certificate_of_file ON public.agency_certificate USING btree (agency_id, collector_id, institution_id) WHERE (number IS NULL);
alter table agency_certificate enable row level security;
create policy of_institution on agency_certificate for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_contract (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  contract_no text not null,
  version integer not null,
  valid_from date not null,
  valid_to date not null,
  products text[] not null,
  regions text[] not null,
  channels text[] not null,
  fee_terms json not null,
  document uuid,
  note_sealed bytea,
  made_by text not null,
  made_at timestamp with time zone not null,
  constraint agency_contract_pkey PRIMARY KEY (id),
  constraint agency_contract_version UNIQUE (agency_id, contract_no, institution_id, version),
  constraint agency_contract_check CHECK ((valid_to >= valid_from)),
  constraint agency_contract_version_check CHECK ((version > 0))
);
alter table agency_contract enable row level security;
create policy of_institution on agency_contract for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_device (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  device_id text not null,
  collector_id text not null,
  retired_at timestamp with time zone,
  kind text not null default 'phone'::text,
  registered_by text,
  registered_at timestamp with time zone not null default clock_timestamp(),
  retired_by text,
  constraint agency_device_pkey PRIMARY KEY (id),
  constraint agency_device_once UNIQUE (agency_id, device_id, collector_id, institution_id),
  constraint agency_device_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'line'::text, 'im-account'::text, 'email-account'::text])))
);
CREATE INDEX agency_device_collector ON public.agency_device USING btree (collector_id, agency_id, institution_id);
CREATE INDEX agency_device_known ON public.agency_device USING btree (device_id, institution_id) WHERE (retired_at IS NULL);
alter table agency_device enable row level security;
create policy of_institution on agency_device for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_document (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  kind text not null,
  title text not null,
  version integer not null,
  upload uuid not null,
  file_name text not null,
  content_type text not null,
  bytes bigint not null,
  sha256 bytea not null,
  valid_until date,
  uploaded_by text not null,
  uploaded_at timestamp with time zone not null,
  constraint agency_document_pkey PRIMARY KEY (id),
  constraint agency_document_version UNIQUE (agency_id, kind, title, institution_id, version),
  constraint agency_document_version_check CHECK ((version > 0))
);
CREATE INDEX agency_document_upload ON public.agency_document USING btree (upload);
alter table agency_document enable row level security;
create policy of_institution on agency_document for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_evaluation (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  period_from date not null,
  period_to date not null,
  state text not null default 'draft'::text,
  as_of timestamp with time zone not null,
  facts text not null,
  weights text not null,
  weights_version integer not null,
  score text not null,
  sha256 bytea not null,
  total numeric(4,1) not null,
  band text not null,
  note_sealed bytea,
  drafted_by text not null,
  decided_by text,
  decided_at timestamp with time zone,
  evaluated_on date,
  decision_note_sealed bytea,
  constraint agency_evaluation_pkey PRIMARY KEY (id),
  constraint agency_evaluation_band_check CHECK ((band = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text]))),
  constraint agency_evaluation_check CHECK ((period_from <= period_to)),
  constraint agency_evaluation_check1 CHECK (((state = 'draft'::text) = (decided_at IS NULL))),
  constraint agency_evaluation_check2 CHECK (((state = 'confirmed'::text) = (evaluated_on IS NOT NULL))),
  constraint agency_evaluation_check3 CHECK ((decided_by IS DISTINCT FROM drafted_by)),
  constraint agency_evaluation_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'confirmed'::text, 'rejected'::text])))
);
CREATE INDEX agency_evaluation_agency ON public.agency_evaluation USING btree (agency_id, id);
CREATE UNIQUE INDEX agency_evaluation_draft ON public.agency_evaluation USING btree (agency_id, institution_id) WHERE (state = 'draft'::text);
alter table agency_evaluation enable row level security;
create policy of_institution on agency_evaluation for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_finding (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  kind text not null,
  about text not null,
  state text not null default 'open'::text,
  opened_at timestamp with time zone not null,
  judged_by text,
  judged_at timestamp with time zone,
  reason_sealed bytea,
  constraint agency_finding_pkey PRIMARY KEY (id),
  constraint agency_finding_check CHECK ((((state = 'open'::text) = (judged_by IS NULL)) AND ((judged_by IS NULL) = (judged_at IS NULL)))),
  constraint agency_finding_state_check CHECK ((state = ANY (ARRAY['open'::text, 'confirmed'::text, 'unfounded'::text])))
);
CREATE INDEX agency_finding_agency ON public.agency_finding USING btree (agency_id, id);
CREATE UNIQUE INDEX agency_finding_open ON public.agency_finding USING btree (agency_id, kind, about, institution_id) WHERE (state = 'open'::text);
alter table agency_finding enable row level security;
create policy of_institution on agency_finding for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_finding_day (
  finding uuid not null,
  institution_id text not null,
  day date not null,
  seen integer not null,
  evidence json not null,
  constraint agency_finding_day_pkey PRIMARY KEY (finding, day),
  constraint agency_finding_day_finding_fkey FOREIGN KEY (finding) REFERENCES agency_finding(id)
);
alter table agency_finding_day enable row level security;
create policy of_institution on agency_finding_day for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_governance_setting (
  institution_id text not null,
  version integer not null,
  setting json not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint agency_governance_setting_pkey PRIMARY KEY (version, institution_id),
  constraint agency_governance_setting_version_check CHECK ((version > 0))
);
alter table agency_governance_setting enable row level security;
create policy of_institution on agency_governance_setting for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_profile (
  institution_id text not null,
  agency_id text not null,
  licence_issuer text,
  licence_until date,
  private_sealed bytea not null,
  responsible text,
  written_by text not null,
  written_at timestamp with time zone not null,
  constraint agency_profile_pkey PRIMARY KEY (agency_id, institution_id)
);
alter table agency_profile enable row level security;
create policy of_institution on agency_profile for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_publication (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  name text not null,
  licence text,
  phone text,
  address text,
  since timestamp with time zone not null,
  from_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  until_at timestamp with time zone,
  left_because text,
  constraint agency_publication_pkey PRIMARY KEY (id),
  constraint agency_publication_check CHECK ((until_at >= from_at))
);
CREATE INDEX agency_publication_of ON public.agency_publication USING btree (agency_id, institution_id, from_at);
CREATE UNIQUE INDEX agency_publication_open ON public.agency_publication USING btree (agency_id, institution_id) WHERE (until_at IS NULL);
alter table agency_publication enable row level security;
create policy of_institution on agency_publication for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER agency_publication_stays BEFORE DELETE OR UPDATE ON public.agency_publication FOR EACH ROW EXECUTE FUNCTION agency_history_stays();

create table agency_seat (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  seat_id text not null,
  collector_id text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  bound_by text not null,
  constraint agency_seat_pkey PRIMARY KEY (id),
  constraint agency_seat_check CHECK ((until_at >= from_at))
);
CREATE INDEX agency_seat_ended ON public.agency_seat USING btree (until_at) WHERE (until_at IS NOT NULL);
CREATE UNIQUE INDEX agency_seat_person ON public.agency_seat USING btree (collector_id, agency_id, institution_id) WHERE (until_at IS NULL);
CREATE UNIQUE INDEX agency_seat_taken ON public.agency_seat USING btree (seat_id, agency_id, institution_id) WHERE (until_at IS NULL);
alter table agency_seat enable row level security;
create policy of_institution on agency_seat for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_staff (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  collector_id text not null,
  name_sealed bytea not null,
  certificate_until date,
  active boolean not null default true,
  content_hash bytea not null,
  employer text,
  id_number_sealed bytea,
  id_number_index bytea,
  identity_needed boolean not null default false,
  identity_how text,
  identity_checked_by text,
  identity_checked_at timestamp with time zone,
  joined_on date,
  left_on date,
  name_index bytea,
  constraint agency_staff_pkey PRIMARY KEY (id),
  constraint agency_staff_given_id UNIQUE (agency_id, collector_id, institution_id),
  constraint agency_staff_identity CHECK ((((identity_how IS NULL) = (identity_checked_at IS NULL)) AND ((identity_how IS NULL) = (identity_checked_by IS NULL)))),
  constraint agency_staff_identity_how_check CHECK ((identity_how = ANY (ARRAY['original-seen'::text, 'video'::text, 'authority'::text])))
);
CREATE INDEX agency_staff_person ON public.agency_staff USING btree (id_number_index) WHERE (id_number_index IS NOT NULL);
alter table agency_staff enable row level security;
create policy of_institution on agency_staff for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_standing (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  at timestamp with time zone not null,
  set_by text not null,
  status text not null,
  published boolean not null,
  contract_from date,
  contract_to date,
  last_evaluated_on date,
  bars text[] not null,
  revoked integer not null default 0,
  constraint agency_standing_pkey PRIMARY KEY (id)
);
CREATE INDEX agency_standing_of ON public.agency_standing USING btree (agency_id, institution_id, id);
alter table agency_standing enable row level security;
create policy of_institution on agency_standing for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER agency_standing_stays BEFORE DELETE OR UPDATE ON public.agency_standing FOR EACH ROW EXECUTE FUNCTION agency_history_stays();

create table agency_step (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  kind text not null,
  state text not null default 'proposed'::text,
  detail json not null default '{}'::json,
  private_sealed bytea not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  decision_sealed bytea,
  constraint agency_step_pkey PRIMARY KEY (id),
  constraint agency_step_check CHECK ((((decided_by IS NULL) = (decided_at IS NULL)) AND ((decided_by IS NULL) = (state = 'proposed'::text)))),
  constraint agency_step_four_eyes CHECK (((state <> ALL (ARRAY['approved'::text, 'rejected'::text])) OR (decided_by <> proposed_by))),
  constraint agency_step_kind_check CHECK ((kind = ANY (ARRAY['admission'::text, 'exit'::text]))),
  constraint agency_step_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text])))
);
CREATE INDEX agency_step_agency ON public.agency_step USING btree (agency_id, id);
CREATE UNIQUE INDEX agency_step_open ON public.agency_step USING btree (agency_id, institution_id) WHERE (state = 'proposed'::text);
alter table agency_step enable row level security;
create policy of_institution on agency_step for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_suspension (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  cause text not null,
  resource text not null,
  since timestamp with time zone not null,
  status_before text not null,
  lifted_at timestamp with time zone,
  lifted_by text,
  constraint agency_suspension_pkey PRIMARY KEY (id),
  constraint agency_suspension_cause_check CHECK ((cause = ANY (ARRAY['sanction'::text, 'rectification-overdue'::text, 'evaluation-overdue'::text, 'licence-expired'::text]))),
  constraint agency_suspension_check CHECK (((lifted_at IS NULL) = (lifted_by IS NULL)))
);
CREATE INDEX agency_suspension_agency ON public.agency_suspension USING btree (agency_id);
CREATE UNIQUE INDEX agency_suspension_open ON public.agency_suspension USING btree (resource, cause, institution_id) WHERE (lifted_at IS NULL);
alter table agency_suspension enable row level security;
create policy of_institution on agency_suspension for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_training (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  held_on date not null,
  subject text not null,
  hours numeric(5,1) not null,
  document uuid,
  noted_by text not null,
  noted_at timestamp with time zone not null,
  constraint agency_training_pkey PRIMARY KEY (id),
  constraint agency_training_document_fkey FOREIGN KEY (document) REFERENCES agency_document(id),
  constraint agency_training_hours_check CHECK ((hours > (0)::numeric))
);
CREATE INDEX agency_training_agency ON public.agency_training USING btree (agency_id, held_on, id);
alter table agency_training enable row level security;
create policy of_institution on agency_training for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table agency_training_attendant (
  training uuid not null,
  institution_id text not null,
  collector_id text not null,
  result text not null,
  constraint agency_training_attendant_pkey PRIMARY KEY (training, collector_id),
  constraint agency_training_attendant_training_fkey FOREIGN KEY (training) REFERENCES agency_training(id),
  constraint agency_training_attendant_result_check CHECK ((result = ANY (ARRAY['passed'::text, 'failed'::text, 'absent'::text])))
);
alter table agency_training_attendant enable row level security;
create policy of_institution on agency_training_attendant for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table allocation (
  id uuid not null default uuidv7(),
  institution_id text not null,
  rule uuid not null,
  ordered_by text,
  ordered_at timestamp with time zone,
  order_reason_sealed bytea,
  approved_by text,
  approved_at timestamp with time zone,
  rejected_by text,
  rejected_at timestamp with time zone,
  state text not null default 'queued'::text,
  run uuid,
  progress json,
  failure json,
  summary json,
  requested_by text not null,
  created_at timestamp with time zone not null default now(),
  touched_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint allocation_pkey PRIMARY KEY (id),
  constraint allocation_rule_fkey FOREIGN KEY (rule) REFERENCES allocation_rule(id),
  constraint allocation_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX allocation_rule_of ON public.allocation USING btree (rule, id);
CREATE INDEX allocation_touched ON public.allocation USING btree (touched_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
alter table allocation enable row level security;
create policy of_institution on allocation for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table allocation_line (
  institution_id text not null,
  allocation uuid not null,
  seq integer not null,
  collection_case uuid not null,
  agency_id text,
  stays text,
  balance numeric(18,2) not null,
  was_agency text,
  outcome text,
  detail text,
  constraint allocation_line_pkey PRIMARY KEY (allocation, seq),
  constraint allocation_line_allocation_fkey FOREIGN KEY (allocation) REFERENCES allocation(id) ON DELETE CASCADE
);
CREATE INDEX allocation_line_case ON public.allocation_line USING btree (collection_case);
alter table allocation_line enable row level security;
create policy of_institution on allocation_line for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table allocation_rule (
  id uuid not null default uuidv7(),
  institution_id text not null,
  name text not null,
  version integer not null,
  content json not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  retired_by text,
  constraint allocation_rule_pkey PRIMARY KEY (id),
  constraint allocation_rule_version UNIQUE (name, version, institution_id)
);
alter table allocation_rule enable row level security;
create policy of_institution on allocation_rule for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table allocation_run (
  id uuid not null default uuidv7(),
  institution_id text not null,
  allocation uuid not null,
  state text not null default 'queued'::text,
  run uuid,
  progress json,
  failure json,
  summary json,
  requested_by text not null,
  created_at timestamp with time zone not null default now(),
  touched_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint allocation_run_pkey PRIMARY KEY (id),
  constraint allocation_run_allocation_key UNIQUE (allocation),
  constraint allocation_run_allocation_fkey FOREIGN KEY (allocation) REFERENCES allocation(id),
  constraint allocation_run_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX allocation_run_touched ON public.allocation_run USING btree (touched_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
alter table allocation_run enable row level security;
create policy of_institution on allocation_run for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table call_finding (
  institution_id text not null,
  reconciliation uuid not null,
  seq bigint not null,
  finding json not null,
  constraint call_finding_pkey PRIMARY KEY (reconciliation, seq),
  constraint call_finding_reconciliation_fkey FOREIGN KEY (reconciliation) REFERENCES reconciliation(id) ON DELETE CASCADE
);
alter table call_finding enable row level security;
create policy of_institution on call_finding for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table call_record (
  institution_id text not null,
  reconciliation uuid not null,
  row_number integer not null,
  value_index bytea not null,
  masked text not null,
  started_at timestamp with time zone not null,
  attempt_id text,
  call_id text,
  agency_id text,
  collector_id text,
  result text,
  constraint call_record_pkey PRIMARY KEY (reconciliation, row_number),
  constraint call_record_reconciliation_fkey FOREIGN KEY (reconciliation) REFERENCES reconciliation(id) ON DELETE CASCADE
);
CREATE INDEX call_record_time ON public.call_record USING btree (reconciliation, started_at, row_number);
alter table call_record enable row level security;
create policy of_institution on call_record for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table call_record_source (
  id uuid not null default uuidv7(),
  institution_id text not null,
  name text not null,
  agency_id text,
  reading json not null,
  version integer not null default 1,
  changed_by text not null,
  changed_at timestamp with time zone not null default now(),
  constraint call_record_source_pkey PRIMARY KEY (id),
  constraint call_record_source_name UNIQUE (name, institution_id)
);
alter table call_record_source enable row level security;
create policy of_institution on call_record_source for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table call_script (
  id uuid not null default uuidv7(),
  institution_id text not null,
  script_id text not null,
  version integer not null,
  channel text not null,
  language text not null,
  audience text not null,
  products text[] not null,
  stages text[] not null,
  title text not null,
  identity text not null,
  text text not null,
  variables text[] not null,
  author text not null,
  created_at timestamp with time zone not null,
  approved_by text,
  approved_at timestamp with time zone,
  retired_by text,
  retired_at timestamp with time zone,
  constraint call_script_pkey PRIMARY KEY (id),
  constraint call_script_version UNIQUE (script_id, institution_id, version),
  constraint call_script_audience_check CHECK ((audience = ANY (ARRAY['debtor'::text, 'third-party'::text]))),
  constraint call_script_channel_check CHECK ((channel = ANY (ARRAY['voice'::text, 'visit'::text]))),
  constraint call_script_check CHECK (((approved_by IS NULL) = (approved_at IS NULL))),
  constraint call_script_check1 CHECK (((retired_by IS NULL) = (retired_at IS NULL))),
  constraint call_script_check2 CHECK ((approved_by <> author)),
  constraint call_script_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint call_script_version_check CHECK ((version > 0))
);
alter table call_script enable row level security;
create policy of_institution on call_script for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table care_case (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  debtor uuid not null,
  hold uuid not null,
  agency_id text,
  sign text not null,
  source text not null,
  words_sealed bytea,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  decision text,
  decided_by text,
  decided_at timestamp with time zone,
  reason_sealed bytea,
  constraint care_case_pkey PRIMARY KEY (id),
  constraint care_case_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint care_case_debtor_fkey FOREIGN KEY (debtor) REFERENCES debtor(id),
  constraint care_case_hold_fkey FOREIGN KEY (hold) REFERENCES hold(id),
  constraint care_case_check CHECK (((decision IS NULL) = (decided_at IS NULL))),
  constraint care_case_check1 CHECK ((decided_by <> opened_by)),
  constraint care_case_decision_check CHECK ((decision = ANY (ARRAY['resume'::text, 'keep'::text]))),
  constraint care_case_sign_check CHECK ((sign = ANY (ARRAY['self-harm'::text, 'hardship'::text])))
);
CREATE INDEX care_case_case ON public.care_case USING btree (collection_case, opened_at);
CREATE UNIQUE INDEX care_case_open ON public.care_case USING btree (debtor) WHERE (decided_at IS NULL);
alter table care_case enable row level security;
create policy of_institution on care_case for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table case_note (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  agency_id text,
  shared boolean not null,
  text_sealed bytea not null,
  by text not null,
  at timestamp with time zone not null,
  constraint case_note_pkey PRIMARY KEY (id),
  constraint case_note_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id)
);
CREATE INDEX case_note_case ON public.case_note USING btree (collection_case, at, id);
alter table case_note enable row level security;
create policy of_institution on case_note for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table case_work (
  collection_case uuid not null,
  institution_id text not null,
  owner text,
  owner_agency text,
  owned_by text,
  owned_at timestamp with time zone,
  follow_up_at timestamp with time zone,
  follow_up_by text,
  follow_up_noticed boolean not null default false,
  best_from text,
  best_to text,
  lease uuid,
  leased_to text,
  leased_at timestamp with time zone,
  leased_until timestamp with time zone,
  leased_from text,
  worked_by text,
  worked_at timestamp with time zone,
  constraint case_work_pkey PRIMARY KEY (collection_case),
  constraint case_work_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint case_work_check CHECK (((lease IS NULL) = (leased_until IS NULL))),
  constraint case_work_check1 CHECK (((owner IS NULL) = (owned_at IS NULL)))
);
CREATE INDEX case_work_due ON public.case_work USING btree (follow_up_at) WHERE ((follow_up_at IS NOT NULL) AND (NOT follow_up_noticed));
CREATE INDEX case_work_follow_up ON public.case_work USING btree (follow_up_by, follow_up_at) WHERE (follow_up_at IS NOT NULL);
CREATE INDEX case_work_leased ON public.case_work USING btree (leased_to) WHERE (lease IS NOT NULL);
CREATE INDEX case_work_owner ON public.case_work USING btree (owner) WHERE (owner IS NOT NULL);
CREATE INDEX case_work_worked ON public.case_work USING btree (worked_by, worked_at);
alter table case_work enable row level security;
create policy of_institution on case_work for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table collection_case (
  id uuid not null default uuidv7(),
  institution_id text not null,
  case_id text not null,
  debtor uuid not null,
  debt_id text not null,
  product text not null,
  balance numeric(18,2) not null,
  currency text not null,
  overdue_since date,
  state text not null default 'open'::text,
  agency_id text,
  content_hash bytea not null,
  referral_notice_at timestamp with time zone,
  debtor_pinned boolean not null default false,
  ended_at timestamp with time zone,
  constraint collection_case_pkey PRIMARY KEY (id),
  constraint case_given_id UNIQUE (case_id, institution_id),
  constraint collection_case_debtor_fkey FOREIGN KEY (debtor) REFERENCES debtor(id),
  constraint collection_case_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text, 'paid'::text])))
);
CREATE INDEX case_agency ON public.collection_case USING btree (agency_id, id);
CREATE INDEX case_debt ON public.collection_case USING btree (debt_id);
CREATE INDEX case_debtor ON public.collection_case USING btree (debtor);
CREATE INDEX case_ended ON public.collection_case USING btree (institution_id, ended_at) WHERE (ended_at IS NOT NULL);
CREATE INDEX case_open_agency ON public.collection_case USING btree (agency_id, institution_id) WHERE (state = 'open'::text);
alter table collection_case enable row level security;
create policy of_institution on collection_case for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER case_ends BEFORE INSERT OR UPDATE OF state ON public.collection_case FOR EACH ROW EXECUTE FUNCTION case_ends();
CREATE TRIGGER case_entrusted AFTER INSERT ON public.collection_case REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION entrusted_now();
CREATE TRIGGER case_entrusted_anew AFTER UPDATE ON public.collection_case REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION entrusted_anew();

create table complaint_cause (
  id uuid not null,
  institution_id text not null,
  complaint_id uuid not null,
  number text not null,
  kind text not null,
  target text,
  target_version integer,
  agency_id text,
  rests_on uuid,
  confirmed_at timestamp with time zone not null,
  constraint complaint_cause_pkey PRIMARY KEY (id),
  constraint complaint_cause_check CHECK (((kind = 'none'::text) = (target IS NULL))),
  constraint complaint_cause_check1 CHECK (((kind = 'script'::text) OR (target_version IS NULL))),
  constraint complaint_cause_kind_check CHECK ((kind = ANY (ARRAY['rule'::text, 'script'::text, 'collector'::text, 'agency'::text, 'none'::text])))
);
CREATE INDEX complaint_cause_agency ON public.complaint_cause USING btree (agency_id, confirmed_at) WHERE (agency_id IS NOT NULL);
CREATE INDEX complaint_cause_complaint ON public.complaint_cause USING btree (complaint_id);
CREATE INDEX complaint_cause_target ON public.complaint_cause USING btree (target, kind) WHERE (target IS NOT NULL);
alter table complaint_cause enable row level security;
create policy of_institution on complaint_cause for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint_cause_version (
  complaint_id uuid not null,
  institution_id text not null,
  version integer not null,
  constraint complaint_cause_version_pkey PRIMARY KEY (complaint_id, institution_id)
);
alter table complaint_cause_version enable row level security;
create policy of_institution on complaint_cause_version for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint_file (
  complaint_id uuid not null,
  institution_id text not null,
  version integer not null,
  number text not null,
  account text,
  agency_id text,
  collector_id text,
  received_at timestamp with time zone not null,
  from_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  decided_at timestamp with time zone,
  outcome text,
  withdrawn_at timestamp with time zone,
  declined_at timestamp with time zone,
  debtor uuid,
  told_at timestamp with time zone not null,
  constraint complaint_file_pkey PRIMARY KEY (complaint_id, institution_id),
  constraint complaint_file_debtor_fkey FOREIGN KEY (debtor) REFERENCES debtor(id),
  constraint complaint_file_check CHECK (((outcome IS NULL) OR (decided_at IS NOT NULL))),
  constraint complaint_file_outcome_check CHECK ((outcome = ANY (ARRAY['upheld'::text, 'partly-upheld'::text, 'not-upheld'::text])))
);
CREATE INDEX complaint_file_debtor ON public.complaint_file USING btree (debtor) WHERE (debtor IS NOT NULL);
CREATE INDEX complaint_file_received ON public.complaint_file USING btree (received_at);
CREATE INDEX complaint_file_waiting ON public.complaint_file USING btree (account) WHERE ((debtor IS NULL) AND (closed_at IS NULL));
alter table complaint_file enable row level security;
create policy of_institution on complaint_file for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table complaint_hold (
  institution_id text not null,
  complaint_id uuid not null,
  version integer not null,
  number text not null,
  account text not null,
  agency_id text,
  collector_id text,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  hold uuid,
  channel text,
  contact_point uuid,
  constraint complaint_hold_pkey PRIMARY KEY (complaint_id, institution_id),
  constraint complaint_hold_hold_fkey FOREIGN KEY (hold) REFERENCES hold(id)
);
CREATE INDEX complaint_hold_waiting ON public.complaint_hold USING btree (account) WHERE ((hold IS NULL) AND (until_at IS NULL));
alter table complaint_hold enable row level security;
create policy of_institution on complaint_hold for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table consent (
  id uuid not null default uuidv7(),
  institution_id text not null,
  party uuid not null,
  kind text not null,
  channels text[] not null,
  from_time text,
  to_time text,
  given_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  evidence text not null,
  constraint consent_pkey PRIMARY KEY (id),
  constraint consent_party_fkey FOREIGN KEY (party) REFERENCES party(id),
  constraint consent_check CHECK ((from_time <> to_time)),
  constraint consent_order CHECK ((withdrawn_at >= given_at))
);
CREATE INDEX consent_party ON public.consent USING btree (party);
alter table consent enable row level security;
create policy of_institution on consent for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table contact (
  id uuid not null default uuidv7(),
  institution_id text not null,
  attempt_id text not null,
  debtor_id text not null,
  case_id text,
  debt_id text,
  party_id text,
  party_role text,
  value_index bytea not null,
  channel text not null,
  mode text,
  purpose text,
  initiator text not null,
  agency_id text,
  collector_ids text[] not null,
  device_id text,
  at timestamp with time zone not null,
  ended_at timestamp with time zone,
  result text,
  lapses_at timestamp with time zone,
  lapsed_at timestamp with time zone,
  time_zone text not null,
  note_sealed bytea,
  recording text,
  content_hash bytea,
  revoked_at timestamp with time zone,
  revoked_reason text,
  given_debtor_id text,
  constraint contact_pkey PRIMARY KEY (id),
  constraint contact_given_id UNIQUE (attempt_id, institution_id),
  constraint contact_check CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL)))
);
CREATE INDEX contact_at ON public.contact USING brin (at) WITH (autosummarize='on');
CREATE INDEX contact_debtor ON public.contact USING btree (debtor_id, institution_id, at);
CREATE INDEX contact_given_debtor ON public.contact USING btree (given_debtor_id, institution_id) WHERE (given_debtor_id IS NOT NULL);
CREATE INDEX contact_pending ON public.contact USING btree (lapses_at) WHERE ((result IS NULL) AND (lapsed_at IS NULL));
CREATE INDEX contact_pending_agency ON public.contact USING btree (agency_id) WHERE ((result IS NULL) AND (lapsed_at IS NULL));
CREATE INDEX contact_recorded ON public.contact USING btree (at) WHERE (recording IS NOT NULL);
CREATE INDEX contact_stopped ON public.contact USING btree (party_id, debtor_id, institution_id) WHERE (result = 'refused'::text);
CREATE INDEX contact_stopped_value ON public.contact USING btree (value_index, institution_id) WHERE (result = 'refused'::text);
CREATE INDEX contact_value_at ON public.contact USING btree (value_index, institution_id, at);
alter table contact enable row level security;
create policy of_institution on contact for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table contact_point (
  id uuid not null default uuidv7(),
  institution_id text not null,
  party uuid not null,
  channel text not null,
  value_index bytea not null,
  status text not null default 'valid'::text,
  source text not null,
  time_zones text[] not null default '{}'::text[],
  added_at timestamp with time zone,
  added_by text,
  checked_at timestamp with time zone,
  checked_by text,
  check_how text,
  constraint contact_point_pkey PRIMARY KEY (id),
  constraint contact_point_once UNIQUE (party, channel, value_index),
  constraint contact_point_party_fkey FOREIGN KEY (party) REFERENCES party(id),
  constraint contact_point_value_index_institution_id_fkey FOREIGN KEY (value_index, institution_id) REFERENCES contact_value(value_index, institution_id),
  constraint contact_point_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'invalid'::text, 'not-in-service'::text])))
);
CREATE INDEX contact_point_value ON public.contact_point USING btree (value_index, institution_id);
alter table contact_point enable row level security;
create policy of_institution on contact_point for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table contact_value (
  institution_id text not null,
  value_index bytea not null,
  value_sealed bytea not null,
  constraint contact_value_pkey PRIMARY KEY (value_index, institution_id)
);
alter table contact_value enable row level security;
create policy of_institution on contact_value for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table daily_work (
  name text not null,
  day date not null,
  claimed_at timestamp with time zone not null default clock_timestamp(),
  constraint daily_work_pkey PRIMARY KEY (name, day)
);

create table debt_query (
  id uuid not null,
  institution_id text not null,
  asked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ip_index bytea not null,
  case_index bytea not null,
  phone_index bytea not null,
  language text not null,
  collection_case uuid,
  contact_point uuid,
  sent_at timestamp with time zone,
  unsent text,
  tries integer not null default 0,
  answered_at timestamp with time zone,
  told_agency text,
  constraint debt_query_pkey PRIMARY KEY (id),
  constraint debt_query_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint debt_query_contact_point_fkey FOREIGN KEY (contact_point) REFERENCES contact_point(id)
);
CREATE INDEX debt_query_case ON public.debt_query USING btree (case_index, asked_at);
CREATE INDEX debt_query_ip ON public.debt_query USING btree (ip_index, asked_at);
CREATE INDEX debt_query_phone ON public.debt_query USING btree (phone_index, asked_at);
alter table debt_query enable row level security;
create policy of_institution on debt_query for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table debtor (
  id uuid not null default uuidv7(),
  institution_id text not null,
  debtor_id text not null,
  name_sealed bytea not null,
  id_number_sealed bytea,
  id_number_index bytea,
  time_zone text not null,
  content_hash bytea not null,
  region text,
  merged_into uuid,
  constraint debtor_pkey PRIMARY KEY (id),
  constraint debtor_given_id UNIQUE (debtor_id, institution_id),
  constraint debtor_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES debtor(id)
);
CREATE INDEX debtor_id_number ON public.debtor USING btree (id_number_index);
CREATE INDEX debtor_merged ON public.debtor USING btree (merged_into) WHERE (merged_into IS NOT NULL);
alter table debtor enable row level security;
create policy of_institution on debtor for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table debtor_change (
  id uuid not null default uuidv7(),
  institution_id text not null,
  kind text not null,
  from_debtor text not null,
  to_debtor text not null,
  case_ids text[] not null default '{}'::text[],
  name_sealed bytea,
  id_number_sealed bytea,
  reason_sealed bytea not null,
  evidence text not null,
  state text not null default 'proposed'::text,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  counts json,
  constraint debtor_change_pkey PRIMARY KEY (id),
  constraint debtor_change_check CHECK (((state = 'proposed'::text) = (decided_at IS NULL))),
  constraint debtor_change_check1 CHECK (((decided_by <> proposed_by) OR (state <> 'done'::text))),
  constraint debtor_change_kind_check CHECK ((kind = ANY (ARRAY['merge'::text, 'split'::text]))),
  constraint debtor_change_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'done'::text, 'rejected'::text])))
);
CREATE INDEX debtor_change_from ON public.debtor_change USING btree (from_debtor, id);
CREATE INDEX debtor_change_to ON public.debtor_change USING btree (to_debtor, id);
CREATE UNIQUE INDEX debtor_change_open ON public.debtor_change USING btree (from_debtor, to_debtor, kind, institution_id) WHERE (state = 'proposed'::text);
alter table debtor_change enable row level security;
create policy of_institution on debtor_change for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table decision (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  contact_point uuid not null,
  agency_id text,
  requested_by text not null,
  decided_at timestamp with time zone not null,
  verdict text not null,
  permit_expires_at timestamp with time zone,
  time_zone text not null,
  proposed json not null,
  facts json not null,
  policy json not null,
  outcome json not null,
  message_sealed bytea,
  constraint decision_pkey PRIMARY KEY (id),
  constraint decision_check CHECK (((verdict = 'permitted'::text) = (permit_expires_at IS NOT NULL))),
  constraint decision_verdict_check CHECK ((verdict = ANY (ARRAY['permitted'::text, 'refused'::text])))
);
CREATE INDEX decision_at ON public.decision USING btree (decided_at, institution_id);
CREATE INDEX decision_case ON public.decision USING btree (collection_case, id);
alter table decision enable row level security;
create policy of_institution on decision for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table delivery (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  contact_point uuid not null,
  party_id text not null,
  agency_id text,
  kind text not null,
  channel text not null,
  purpose text not null,
  template_id text,
  template_version integer,
  asked_by text not null,
  client_id text,
  asked_at timestamp with time zone not null,
  request_sealed bytea,
  state text not null,
  attempt uuid,
  permit_expires_at timestamp with time zone,
  must_end_by timestamp with time zone,
  tries integer not null default 0,
  maybe_sent boolean not null default false,
  busy_until timestamp with time zone,
  wake_at timestamp with time zone,
  provider_id text,
  code text,
  sent_at timestamp with time zone,
  reported_at timestamp with time zone,
  settled_at timestamp with time zone,
  outcome text,
  outcome_at timestamp with time zone,
  outcome_noted boolean not null default false,
  referral_noted boolean not null default false,
  constraint delivery_pkey PRIMARY KEY (id),
  constraint delivery_attempt_key UNIQUE (attempt),
  constraint delivery_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint delivery_contact_point_fkey FOREIGN KEY (contact_point) REFERENCES contact_point(id),
  constraint delivery_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text, 'letter'::text]))),
  constraint delivery_check CHECK (((state = 'asked'::text) = ((attempt IS NULL) AND (code IS NULL)))),
  constraint delivery_kind_check CHECK ((kind = ANY (ARRAY['message'::text, 'reminder'::text, 'referral-notice'::text]))),
  constraint delivery_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'refused'::text, 'queued'::text, 'sending'::text, 'printed'::text, 'sent'::text, 'delivered'::text, 'returned'::text, 'failed'::text, 'unknown'::text])))
);
CREATE INDEX delivery_at ON public.delivery USING btree (asked_at, institution_id);
CREATE INDEX delivery_case ON public.delivery USING btree (collection_case, id);
CREATE INDEX delivery_letter ON public.delivery USING btree (id) WHERE ((channel = 'letter'::text) AND (state = ANY (ARRAY['queued'::text, 'printed'::text])));
CREATE INDEX delivery_wake ON public.delivery USING btree (wake_at) WHERE (wake_at IS NOT NULL);
alter table delivery enable row level security;
create policy of_institution on delivery for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table delivery_event (
  id uuid not null default uuidv7(),
  institution_id text not null,
  delivery uuid not null,
  state text not null,
  at timestamp with time zone not null,
  by text not null,
  code text,
  detail json not null default '{}'::json,
  constraint delivery_event_pkey PRIMARY KEY (id),
  constraint delivery_event_delivery_state_at_by_key UNIQUE (delivery, state, at, by),
  constraint delivery_event_delivery_fkey FOREIGN KEY (delivery) REFERENCES delivery(id)
);
alter table delivery_event enable row level security;
create policy of_institution on delivery_event for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table due_date (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  due_on date not null,
  amount numeric(18,2) not null,
  currency text not null,
  paid_on date,
  content_hash bytea not null,
  constraint due_date_pkey PRIMARY KEY (id),
  constraint due_date_collection_case_due_on_key UNIQUE (collection_case, due_on),
  constraint due_date_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint due_date_amount_check CHECK ((amount > (0)::numeric))
);
CREATE INDEX due_date_on ON public.due_date USING btree (due_on, institution_id);
alter table due_date enable row level security;
create policy of_institution on due_date for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table entrustment (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  agency_id text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  begun_by text not null,
  ended_by text,
  begun_cause text not null,
  ended_cause text,
  reason_sealed bytea,
  end_reason_sealed bytea,
  allocation uuid,
  notice_at timestamp with time zone,
  balance numeric(18,2) not null,
  currency text not null,
  balance_at_end numeric(18,2),
  constraint entrustment_pkey PRIMARY KEY (id),
  constraint entrustment_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint entrustment_check CHECK ((until_at >= from_at)),
  constraint entrustment_check1 CHECK (((until_at IS NULL) = (ended_by IS NULL)))
);
CREATE INDEX entrustment_agency ON public.entrustment USING btree (agency_id, from_at);
CREATE INDEX entrustment_allocation ON public.entrustment USING btree (allocation) WHERE (allocation IS NOT NULL);
CREATE INDEX entrustment_case ON public.entrustment USING btree (collection_case, from_at);
CREATE UNIQUE INDEX entrustment_open ON public.entrustment USING btree (collection_case) WHERE (until_at IS NULL);
alter table entrustment enable row level security;
create policy of_institution on entrustment for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table entrustment_proposal (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  agency_id text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  cause text not null,
  reason_sealed bytea not null,
  allocation uuid,
  state text not null default 'awaiting-notice'::text,
  notice_at timestamp with time zone,
  ready_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by text,
  blocks json not null default '[]'::json,
  constraint entrustment_proposal_pkey PRIMARY KEY (id),
  constraint entrustment_proposal_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint entrustment_proposal_state_check CHECK ((state = ANY (ARRAY['awaiting-notice'::text, 'awaiting-time'::text, 'entrusted'::text, 'withdrawn'::text, 'refused'::text])))
);
CREATE INDEX entrustment_proposal_agency ON public.entrustment_proposal USING btree (agency_id) WHERE (state = ANY (ARRAY['awaiting-notice'::text, 'awaiting-time'::text]));
CREATE INDEX entrustment_proposal_allocation ON public.entrustment_proposal USING btree (allocation) WHERE (allocation IS NOT NULL);
CREATE INDEX entrustment_proposal_case ON public.entrustment_proposal USING btree (collection_case, id);
CREATE INDEX entrustment_proposal_ready ON public.entrustment_proposal USING btree (ready_at) WHERE (state = 'awaiting-time'::text);
CREATE UNIQUE INDEX entrustment_proposal_open ON public.entrustment_proposal USING btree (collection_case) WHERE (state = ANY (ARRAY['awaiting-notice'::text, 'awaiting-time'::text]));
alter table entrustment_proposal enable row level security;
create policy of_institution on entrustment_proposal for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table entrustment_setting (
  institution_id text not null,
  notice_hours integer not null default 0,
  hold_kinds text[],
  max_share_number numeric(5,2),
  max_share_amount numeric(5,2),
  four_eyes_above integer not null default 100,
  point_stale_days integer not null default 365,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint entrustment_setting_pkey PRIMARY KEY (institution_id),
  constraint entrustment_setting_four_eyes_above_check CHECK ((four_eyes_above >= 0)),
  constraint entrustment_setting_max_share_amount_check CHECK (((max_share_amount >= (0)::numeric) AND (max_share_amount <= (100)::numeric))),
  constraint entrustment_setting_max_share_number_check CHECK (((max_share_number >= (0)::numeric) AND (max_share_number <= (100)::numeric))),
  constraint entrustment_setting_notice_hours_check CHECK (((notice_hours >= 0) AND (notice_hours <= 8784))),
  constraint entrustment_setting_point_stale_days_check CHECK ((point_stale_days > 0))
);
alter table entrustment_setting enable row level security;
create policy of_institution on entrustment_setting for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table evaluation_weights (
  institution_id text not null,
  version integer not null,
  weights json not null,
  note text not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint evaluation_weights_pkey PRIMARY KEY (version, institution_id),
  constraint evaluation_weights_version_check CHECK ((version > 1))
);
alter table evaluation_weights enable row level security;
create policy of_institution on evaluation_weights for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table hold (
  id uuid not null default uuidv7(),
  institution_id text not null,
  debtor uuid not null,
  kind text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  scope json not null default '{}'::json,
  collection_case uuid,
  given_debtor uuid,
  cause text,
  constraint hold_pkey PRIMARY KEY (id),
  constraint hold_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint hold_debtor_fkey FOREIGN KEY (debtor) REFERENCES debtor(id),
  constraint hold_given_debtor_fkey FOREIGN KEY (given_debtor) REFERENCES debtor(id),
  constraint hold_cause_check CHECK ((cause = ANY (ARRAY['care'::text, 'death'::text, 'bankruptcy'::text, 'fraud'::text, 'dispute'::text, 'cease-request'::text]))),
  constraint hold_check CHECK ((until_at > from_at))
);
CREATE INDEX hold_debtor ON public.hold USING btree (debtor);
alter table hold enable row level security;
create policy of_institution on hold for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER hold_follows_merge BEFORE INSERT OR UPDATE OF debtor ON public.hold FOR EACH ROW EXECUTE FUNCTION follow_merge();

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

create table inspection (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  kind text not null,
  state text not null default 'planned'::text,
  planned_on date not null,
  inspector text not null,
  checklist_version integer not null,
  items json,
  planned_by text not null,
  planned_at timestamp with time zone not null,
  begun_at timestamp with time zone,
  done_at timestamp with time zone,
  done_on date,
  done_by text,
  summary_sealed bytea,
  constraint inspection_pkey PRIMARY KEY (id),
  constraint inspection_check CHECK (((state = ANY (ARRAY['under-way'::text, 'done'::text])) = (items IS NOT NULL))),
  constraint inspection_check1 CHECK (((state = 'done'::text) = (done_at IS NOT NULL))),
  constraint inspection_kind_check CHECK ((kind = ANY (ARRAY['on-site'::text, 'off-site'::text]))),
  constraint inspection_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'under-way'::text, 'done'::text, 'cancelled'::text])))
);
CREATE INDEX inspection_agency ON public.inspection USING btree (agency_id, planned_on);
CREATE INDEX inspection_open ON public.inspection USING btree (planned_on) WHERE (state = ANY (ARRAY['planned'::text, 'under-way'::text]));
alter table inspection enable row level security;
create policy of_institution on inspection for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table inspection_answer (
  institution_id text not null,
  inspection uuid not null,
  item_id text not null,
  answer text not null,
  note_sealed bytea,
  answered_by text not null,
  answered_at timestamp with time zone not null,
  constraint inspection_answer_pkey PRIMARY KEY (inspection, item_id),
  constraint inspection_answer_inspection_fkey FOREIGN KEY (inspection) REFERENCES inspection(id),
  constraint inspection_answer_answer_check CHECK ((answer = ANY (ARRAY['ok'::text, 'finding'::text, 'not-applicable'::text])))
);
alter table inspection_answer enable row level security;
create policy of_institution on inspection_answer for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table inspection_checklist (
  id uuid not null default uuidv7(),
  institution_id text not null,
  kind text not null,
  version integer not null,
  title json not null,
  items json not null,
  author text not null,
  created_at timestamp with time zone not null,
  constraint inspection_checklist_pkey PRIMARY KEY (id),
  constraint inspection_checklist_once UNIQUE (kind, version, institution_id),
  constraint inspection_checklist_kind_check CHECK ((kind = ANY (ARRAY['on-site'::text, 'off-site'::text]))),
  constraint inspection_checklist_version_check CHECK ((version > 1))
);
alter table inspection_checklist enable row level security;
create policy of_institution on inspection_checklist for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table inspection_file (
  id uuid not null default uuidv7(),
  institution_id text not null,
  inspection uuid not null,
  finding uuid,
  upload uuid not null,
  file_name text not null,
  bytes bigint not null,
  sha256 bytea not null,
  by_agency boolean not null,
  added_by text not null,
  added_at timestamp with time zone not null,
  constraint inspection_file_pkey PRIMARY KEY (id),
  constraint inspection_file_finding_fkey FOREIGN KEY (finding) REFERENCES inspection_finding(id),
  constraint inspection_file_inspection_fkey FOREIGN KEY (inspection) REFERENCES inspection(id),
  constraint inspection_file_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id)
);
CREATE INDEX inspection_file_inspection ON public.inspection_file USING btree (inspection);
CREATE INDEX inspection_file_upload ON public.inspection_file USING btree (upload);
alter table inspection_file enable row level security;
create policy of_institution on inspection_file for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table inspection_finding (
  id uuid not null default uuidv7(),
  institution_id text not null,
  inspection uuid not null,
  agency_id text not null,
  item_id text,
  severity text not null,
  source text,
  summary_sealed bytea not null,
  owner text,
  due_on date not null,
  state text not null default 'draft'::text,
  found_by text not null,
  found_at timestamp with time zone not null,
  rectified_at timestamp with time zone,
  accepted_by text,
  accepted_at timestamp with time zone,
  constraint inspection_finding_pkey PRIMARY KEY (id),
  constraint inspection_finding_inspection_fkey FOREIGN KEY (inspection) REFERENCES inspection(id),
  constraint inspection_finding_check CHECK (((state = 'accepted'::text) = (accepted_at IS NOT NULL))),
  constraint inspection_finding_severity_check CHECK ((severity = ANY (ARRAY['minor'::text, 'major'::text, 'critical'::text]))),
  constraint inspection_finding_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'replied'::text, 'accepted'::text])))
);
CREATE INDEX inspection_finding_agency ON public.inspection_finding USING btree (agency_id, due_on);
CREATE INDEX inspection_finding_due ON public.inspection_finding USING btree (due_on) WHERE (state = 'open'::text);
CREATE INDEX inspection_finding_inspection ON public.inspection_finding USING btree (inspection);
alter table inspection_finding enable row level security;
create policy of_institution on inspection_finding for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table letter (
  delivery uuid not null,
  institution_id text not null,
  year integer not null,
  number integer not null,
  dated_on date not null,
  seal uuid,
  bank_name text not null,
  sender_address text not null,
  pdf_sha256 text,
  batch uuid,
  tracking_no text,
  constraint letter_pkey PRIMARY KEY (delivery),
  constraint letter_year_number_institution_id_key UNIQUE (year, number, institution_id),
  constraint letter_batch_fkey FOREIGN KEY (batch) REFERENCES letter_batch(id),
  constraint letter_delivery_fkey FOREIGN KEY (delivery) REFERENCES delivery(id),
  constraint letter_seal_fkey FOREIGN KEY (seal) REFERENCES letter_seal(id)
);
CREATE INDEX letter_of_batch ON public.letter USING btree (batch) WHERE (batch IS NOT NULL);
alter table letter enable row level security;
create policy of_institution on letter for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table letter_batch (
  id uuid not null default uuidv7(),
  institution_id text not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  letters integer not null,
  pdf_sha256 text,
  constraint letter_batch_pkey PRIMARY KEY (id)
);
alter table letter_batch enable row level security;
create policy of_institution on letter_batch for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table letter_count (
  year integer not null,
  institution_id text not null,
  last integer not null,
  constraint letter_count_pkey PRIMARY KEY (year, institution_id)
);
alter table letter_count enable row level security;
create policy of_institution on letter_count for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table letter_seal (
  id uuid not null default uuidv7(),
  institution_id text not null,
  sha256 bytea not null,
  png bytea not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint letter_seal_pkey PRIMARY KEY (id),
  constraint letter_seal_sha256_institution_id_key UNIQUE (sha256, institution_id)
);
CREATE INDEX letter_seal_newest ON public.letter_seal USING btree (id DESC, institution_id);
alter table letter_seal enable row level security;
create policy of_institution on letter_seal for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table lookback (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text,
  policy json not null,
  upload uuid,
  upload_bytes bigint not null,
  file_name text not null,
  state text not null default 'queued'::text,
  run uuid,
  failure json,
  progress json,
  summary json,
  requested_by text not null,
  created_at timestamp with time zone not null default now(),
  touched_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint lookback_pkey PRIMARY KEY (id),
  constraint lookback_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id) ON DELETE SET NULL,
  constraint lookback_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text])))
);
alter table lookback enable row level security;
create policy of_institution on lookback for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table lookback_finding (
  institution_id text not null,
  lookback uuid not null,
  seq bigint not null,
  finding json not null,
  constraint lookback_finding_pkey PRIMARY KEY (lookback, seq),
  constraint lookback_finding_lookback_fkey FOREIGN KEY (lookback) REFERENCES lookback(id) ON DELETE CASCADE
);
alter table lookback_finding enable row level security;
create policy of_institution on lookback_finding for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table message_setting (
  institution_id text not null,
  bank_name text not null,
  bank_contact text not null,
  sender_address text not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint message_setting_pkey PRIMARY KEY (institution_id)
);
alter table message_setting enable row level security;
create policy of_institution on message_setting for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table message_template (
  id uuid not null default uuidv7(),
  institution_id text not null,
  template_id text not null,
  version integer not null,
  channel text not null,
  title text not null,
  text text not null,
  variables text[] not null,
  author text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  approved_by text,
  approved_at timestamp with time zone,
  retired_by text,
  retired_at timestamp with time zone,
  blocks json,
  constraint message_template_pkey PRIMARY KEY (id),
  constraint message_template_version UNIQUE (template_id, institution_id, version),
  constraint message_template_check CHECK (((approved_by IS NULL) = (approved_at IS NULL))),
  constraint message_template_check1 CHECK (((retired_by IS NULL) = (retired_at IS NULL))),
  constraint message_template_check2 CHECK ((approved_by <> author)),
  constraint message_template_version_check CHECK ((version > 0))
);
alter table message_template enable row level security;
create policy of_institution on message_template for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table migration (
  id integer not null default nextval('migration_id_seq'::regclass),
  "timestamp" bigint not null,
  name character varying not null,
  constraint "PK_3043fc6b8af7c99b8b98830094f" PRIMARY KEY (id)
);

create table notice (
  id uuid not null default uuidv7(),
  institution_id text not null,
  kind text not null,
  task uuid not null,
  recipient text,
  recipient_role text,
  agency_id text,
  due_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint notice_pkey PRIMARY KEY (id),
  constraint notice_task_fkey FOREIGN KEY (task) REFERENCES task(id),
  constraint notice_check CHECK (((recipient_role IS NULL) <> (recipient IS NULL)))
);
CREATE INDEX notice_recipient ON public.notice USING btree (recipient, id) WHERE (recipient IS NOT NULL);
CREATE INDEX notice_role ON public.notice USING btree (recipient_role, id) WHERE (recipient_role IS NOT NULL);
CREATE UNIQUE INDEX notice_once ON public.notice USING btree (task, kind, due_at, COALESCE(recipient, recipient_role)) WHERE (kind <> 'task-handed-over'::text);
alter table notice enable row level security;
create policy of_institution on notice for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table notice_read (
  institution_id text not null,
  notice uuid not null,
  subject text not null,
  read_at timestamp with time zone not null,
  constraint notice_read_pkey PRIMARY KEY (notice, subject),
  constraint notice_read_notice_fkey FOREIGN KEY (notice) REFERENCES notice(id) ON DELETE CASCADE
);
alter table notice_read enable row level security;
create policy of_institution on notice_read for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table objection (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  debtor uuid not null,
  party_id text not null,
  kind text not null,
  channel text not null,
  disputed_sealed bytea not null,
  amount numeric(18,2),
  currency text,
  evidence text,
  raised_at timestamp with time zone not null,
  raised_by text not null,
  raised_agency text,
  hold uuid not null,
  state text not null default 'open'::text,
  decided_by text,
  decided_at timestamp with time zone,
  facts_sealed bytea,
  basis text,
  core_reference text,
  balance_before numeric(18,2),
  balance_after numeric(18,2),
  case_state_after text,
  told_at timestamp with time zone,
  told_how text,
  told_evidence text,
  told_by text,
  withdrawal_evidence text,
  constraint objection_pkey PRIMARY KEY (id),
  constraint objection_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint objection_debtor_fkey FOREIGN KEY (debtor) REFERENCES debtor(id),
  constraint objection_hold_fkey FOREIGN KEY (hold) REFERENCES hold(id),
  constraint objection_check CHECK (((state = 'open'::text) = (decided_at IS NULL))),
  constraint objection_check1 CHECK (((told_at IS NULL) OR (decided_at IS NOT NULL))),
  constraint objection_kind_check CHECK ((kind = ANY (ARRAY['amount'::text, 'not-mine'::text, 'paid'::text, 'fraud'::text, 'fees'::text, 'other'::text]))),
  constraint objection_state_check CHECK ((state = ANY (ARRAY['open'::text, 'upheld'::text, 'rejected'::text, 'withdrawn'::text])))
);
CREATE INDEX objection_case ON public.objection USING btree (collection_case, id);
CREATE INDEX objection_debtor ON public.objection USING btree (debtor);
CREATE INDEX objection_waiting ON public.objection USING btree (raised_at) WHERE ((told_at IS NULL) AND (state <> 'withdrawn'::text));
alter table objection enable row level security;
create policy of_institution on objection for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table opt_out (
  id uuid not null default uuidv7(),
  institution_id text not null,
  debtor uuid not null,
  party_id text not null,
  channel text,
  value_index bytea,
  at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  evidence text not null,
  copy_of uuid,
  given_debtor uuid,
  constraint opt_out_pkey PRIMARY KEY (id),
  constraint opt_out_copy_of_fkey FOREIGN KEY (copy_of) REFERENCES opt_out(id),
  constraint opt_out_debtor_fkey FOREIGN KEY (debtor) REFERENCES debtor(id),
  constraint opt_out_given_debtor_fkey FOREIGN KEY (given_debtor) REFERENCES debtor(id),
  constraint opt_out_check CHECK ((withdrawn_at >= at))
);
CREATE INDEX opt_out_debtor ON public.opt_out USING btree (debtor, party_id);
alter table opt_out enable row level security;
create policy of_institution on opt_out for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER opt_out_follows_merge BEFORE INSERT ON public.opt_out FOR EACH ROW EXECUTE FUNCTION follow_merge();

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

create table outcome_report (
  attempt uuid not null,
  institution_id text not null,
  collection_case uuid not null,
  agency_id text,
  reached text,
  special text,
  best_from text,
  best_to text,
  follow_up_at timestamp with time zone,
  attitude text,
  arrears_reason text,
  wants_no_calls boolean not null,
  promise uuid,
  stops text[] not null default '{}'::text[],
  said_by text not null,
  said_at timestamp with time zone not null,
  objection uuid,
  constraint outcome_report_pkey PRIMARY KEY (attempt),
  constraint outcome_report_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint outcome_report_objection_fkey FOREIGN KEY (objection) REFERENCES objection(id),
  constraint outcome_report_check CHECK (((best_from IS NULL) = (best_to IS NULL)))
);
CREATE INDEX outcome_report_case ON public.outcome_report USING btree (collection_case, said_at);
alter table outcome_report enable row level security;
create policy of_institution on outcome_report for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table party (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  party_id text not null,
  role text not null,
  name_sealed bytea not null,
  content_hash bytea not null,
  ended_at timestamp with time zone,
  ended_by text,
  role_before text,
  role_pinned boolean not null default false,
  constraint party_pkey PRIMARY KEY (id),
  constraint party_given_id UNIQUE (collection_case, party_id),
  constraint party_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id)
);
alter table party enable row level security;
create policy of_institution on party for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table party_proposal (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  party uuid,
  party_id text not null,
  role text not null,
  name_sealed bytea not null,
  basis text not null,
  reason_sealed bytea not null,
  state text not null default 'proposed'::text,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  constraint party_proposal_pkey PRIMARY KEY (id),
  constraint party_proposal_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint party_proposal_party_fkey FOREIGN KEY (party) REFERENCES party(id),
  constraint party_proposal_check CHECK (((state = 'proposed'::text) = (decided_at IS NULL))),
  constraint party_proposal_check1 CHECK (((decided_by <> proposed_by) OR (state <> 'approved'::text))),
  constraint party_proposal_role_check CHECK ((role = ANY (ARRAY['co-debtor'::text, 'guarantor'::text]))),
  constraint party_proposal_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text])))
);
CREATE INDEX party_proposal_case ON public.party_proposal USING btree (collection_case, id);
CREATE UNIQUE INDEX party_proposal_open ON public.party_proposal USING btree (collection_case, party_id) WHERE (state = 'proposed'::text);
alter table party_proposal enable row level security;
create policy of_institution on party_proposal for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table payment (
  id uuid not null default uuidv7(),
  institution_id text not null,
  payment_id text not null,
  collection_case uuid not null,
  agency_id text,
  paid_at timestamp with time zone not null,
  amount numeric(18,2) not null,
  currency text not null,
  reversal_of uuid,
  balance_after numeric(18,2),
  booked_at timestamp with time zone not null,
  booked_by text not null,
  constraint payment_pkey PRIMARY KEY (id),
  constraint payment_given_id UNIQUE (payment_id, institution_id),
  constraint payment_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint payment_reversal_of_fkey FOREIGN KEY (reversal_of) REFERENCES payment(id),
  constraint payment_amount_check CHECK ((amount <> (0)::numeric)),
  constraint payment_check CHECK (((amount < (0)::numeric) = (reversal_of IS NOT NULL)))
);
CREATE INDEX payment_agency ON public.payment USING btree (agency_id, paid_at);
CREATE INDEX payment_case ON public.payment USING btree (collection_case, paid_at);
CREATE INDEX payment_reversal ON public.payment USING btree (reversal_of) WHERE (reversal_of IS NOT NULL);
alter table payment enable row level security;
create policy of_institution on payment for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table peer_nonce (
  nonce uuid not null,
  institution_id text not null,
  seen_at timestamp with time zone not null,
  constraint peer_nonce_pkey PRIMARY KEY (nonce)
);
CREATE INDEX peer_nonce_seen ON public.peer_nonce USING btree (seen_at);
alter table peer_nonce enable row level security;
create policy of_institution on peer_nonce for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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
  purpose text,
  constraint personal_data_read_pkey PRIMARY KEY (id)
);
CREATE INDEX personal_data_read_at ON public.personal_data_read USING btree (read_at);
alter table personal_data_read enable row level security;
create policy of_institution on personal_data_read for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table plan (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  agency_id text,
  state text not null,
  currency text not null,
  terms json not null,
  hardship text not null,
  circumstances_sealed bytea not null,
  owed numeric(18,2) not null,
  total numeric(18,2) not null,
  months integer not null,
  first_due_on date not null,
  last_due_on date not null,
  replaces uuid,
  drafted_by text not null,
  drafted_at timestamp with time zone not null,
  proposed_by text,
  proposed_at timestamp with time zone,
  approved_by text,
  approved_at timestamp with time zone,
  agreed_at timestamp with time zone,
  term_from date,
  upload uuid,
  document_sha256 bytea,
  recording uuid,
  activated_by text,
  activated_at timestamp with time zone,
  time_zone text,
  grace_days integer,
  hold uuid,
  breaks_at timestamp with time zone,
  next_instalment integer,
  paid numeric(18,2) not null default 0,
  forgiven_until timestamp with time zone,
  broken_at timestamp with time zone,
  ended_at timestamp with time zone,
  end_reason text,
  constraint plan_pkey PRIMARY KEY (id),
  constraint plan_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint plan_hold_fkey FOREIGN KEY (hold) REFERENCES hold(id),
  constraint plan_replaces_fkey FOREIGN KEY (replaces) REFERENCES plan(id),
  constraint plan_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id),
  constraint plan_check CHECK (((state = ANY (ARRAY['draft'::text, 'cancelled'::text])) OR (proposed_by IS NOT NULL))),
  constraint plan_check1 CHECK (((approved_by IS NULL) OR (approved_by <> proposed_by))),
  constraint plan_check2 CHECK (((state <> ALL (ARRAY['active'::text, 'broken'::text, 'completed'::text])) OR ((agreed_at IS NOT NULL) AND ((upload IS NOT NULL) OR (recording IS NOT NULL))))),
  constraint plan_check3 CHECK (((state <> 'active'::text) OR ((hold IS NOT NULL) AND (breaks_at IS NOT NULL)))),
  constraint plan_check4 CHECK (((state = ANY (ARRAY['completed'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
  constraint plan_end_reason_check CHECK ((end_reason = ANY (ARRAY['paid'::text, 'debt-cleared'::text, 'replaced'::text, 'cancelled'::text]))),
  constraint plan_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'proposed'::text, 'approved'::text, 'active'::text, 'broken'::text, 'completed'::text, 'cancelled'::text])))
);
CREATE INDEX plan_breaks ON public.plan USING btree (breaks_at) WHERE (state = 'active'::text);
CREATE INDEX plan_case ON public.plan USING btree (collection_case, id);
CREATE INDEX plan_hold ON public.plan USING btree (hold) WHERE (hold IS NOT NULL);
CREATE INDEX plan_state ON public.plan USING btree (state, id);
CREATE INDEX plan_upload ON public.plan USING btree (upload) WHERE (upload IS NOT NULL);
CREATE UNIQUE INDEX plan_active ON public.plan USING btree (collection_case) WHERE (state = 'active'::text);
CREATE UNIQUE INDEX plan_pending ON public.plan USING btree (collection_case) WHERE (state = ANY (ARRAY['draft'::text, 'proposed'::text, 'approved'::text]));
alter table plan enable row level security;
create policy of_institution on plan for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table plan_instalment (
  institution_id text not null,
  plan uuid not null,
  n integer not null,
  due_on date not null,
  principal numeric(18,2) not null,
  interest numeric(18,2) not null,
  fee numeric(18,2) not null,
  amount numeric(18,2) not null,
  constraint plan_instalment_pkey PRIMARY KEY (plan, n),
  constraint plan_instalment_plan_fkey FOREIGN KEY (plan) REFERENCES plan(id) ON DELETE CASCADE,
  constraint plan_instalment_check CHECK (((amount > (0)::numeric) AND (amount = ((principal + interest) + fee))))
);
alter table plan_instalment enable row level security;
create policy of_institution on plan_instalment for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table policy_audit (
  id uuid not null default uuidv7(),
  institution_id text not null,
  draft uuid,
  version integer,
  action text not null,
  subject text not null,
  client_id text,
  at timestamp with time zone not null,
  revision integer,
  sha256 bytea not null,
  detail text,
  constraint policy_audit_pkey PRIMARY KEY (id),
  constraint policy_audit_draft_fkey FOREIGN KEY (draft) REFERENCES policy_draft(id),
  constraint policy_audit_action_check CHECK ((action = ANY (ARRAY['created'::text, 'changed'::text, 'submitted'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text, 'recalled'::text])))
);
CREATE INDEX policy_audit_draft ON public.policy_audit USING btree (draft, id);
alter table policy_audit enable row level security;
create policy of_institution on policy_audit for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER policy_audit_stays BEFORE DELETE OR UPDATE ON public.policy_audit FOR EACH ROW EXECUTE FUNCTION policy_audit_stays();

create table policy_draft (
  id uuid not null default uuidv7(),
  institution_id text not null,
  product text not null default ''::text,
  state text not null default 'draft'::text,
  revision integer not null default 1,
  content json not null,
  sha256 bytea not null,
  note text not null,
  author text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer,
  constraint policy_draft_pkey PRIMARY KEY (id),
  constraint policy_draft_version_institution_id_fkey FOREIGN KEY (version, institution_id) REFERENCES policy_version(number, institution_id),
  constraint policy_draft_check CHECK (((state = 'approved'::text) = (version IS NOT NULL))),
  constraint policy_draft_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text])))
);
CREATE INDEX policy_draft_state ON public.policy_draft USING btree (state, id);
alter table policy_draft enable row level security;
create policy of_institution on policy_draft for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table policy_simulation (
  id uuid not null default uuidv7(),
  institution_id text not null,
  draft uuid not null,
  revision integer not null,
  content json not null,
  product text not null,
  period_from timestamp with time zone not null,
  period_to timestamp with time zone not null,
  state text not null default 'queued'::text,
  run uuid,
  progress json,
  failure json,
  summary json,
  requested_by text not null,
  created_at timestamp with time zone not null default now(),
  touched_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint policy_simulation_pkey PRIMARY KEY (id),
  constraint policy_simulation_draft_fkey FOREIGN KEY (draft) REFERENCES policy_draft(id),
  constraint policy_simulation_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX policy_simulation_draft ON public.policy_simulation USING btree (draft, id);
CREATE INDEX policy_simulation_unfinished ON public.policy_simulation USING btree (touched_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
alter table policy_simulation enable row level security;
create policy of_institution on policy_simulation for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table policy_simulation_sample (
  institution_id text not null,
  simulation uuid not null,
  seq integer not null,
  sample json not null,
  constraint policy_simulation_sample_pkey PRIMARY KEY (simulation, seq),
  constraint policy_simulation_sample_simulation_fkey FOREIGN KEY (simulation) REFERENCES policy_simulation(id) ON DELETE CASCADE
);
alter table policy_simulation_sample enable row level security;
create policy of_institution on policy_simulation_sample for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table policy_version (
  id uuid not null default uuidv7(),
  institution_id text not null,
  number integer not null,
  product text not null default ''::text,
  content json not null,
  sha256 bytea not null,
  history_ms bigint not null,
  effective_from timestamp with time zone not null,
  note text not null,
  author text not null,
  approved_by text not null,
  approved_at timestamp with time zone not null,
  draft uuid,
  recalled_at timestamp with time zone,
  recalled_by text,
  constraint policy_version_pkey PRIMARY KEY (id),
  constraint policy_version_number UNIQUE (number, institution_id),
  constraint policy_version_check CHECK (((recalled_at IS NULL) = (recalled_by IS NULL))),
  constraint policy_version_check1 CHECK ((recalled_at < effective_from)),
  constraint policy_version_number_check CHECK ((number > 0))
);
CREATE INDEX policy_version_in_force ON public.policy_version USING btree (product, institution_id, effective_from, number);
alter table policy_version enable row level security;
create policy of_institution on policy_version for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER policy_version_stays BEFORE DELETE OR UPDATE ON public.policy_version FOR EACH ROW EXECUTE FUNCTION policy_version_stays();

create table portfolio_change (
  id uuid not null default uuidv7(),
  institution_id text not null,
  at timestamp with time zone not null,
  agency_id text,
  currency text not null,
  cases integer not null,
  amount numeric(20,2) not null,
  constraint portfolio_change_pkey PRIMARY KEY (id)
);
CREATE INDEX portfolio_change_at ON public.portfolio_change USING btree (at, institution_id);
alter table portfolio_change enable row level security;
create policy of_institution on portfolio_change for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table promise (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  attempt uuid,
  agency_id text,
  amount numeric(18,2) not null,
  currency text not null,
  due_on date not null,
  state text not null default 'open'::text,
  paid numeric(18,2) not null default 0,
  made_at timestamp with time zone not null,
  made_by text not null,
  note_sealed bytea,
  grace_days integer not null,
  breaks_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  constraint promise_pkey PRIMARY KEY (id),
  constraint promise_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint promise_amount_check CHECK ((amount > (0)::numeric)),
  constraint promise_check CHECK (((state = 'open'::text) = (settled_at IS NULL))),
  constraint promise_state_check CHECK ((state = ANY (ARRAY['open'::text, 'kept'::text, 'broken'::text, 'withdrawn'::text])))
);
CREATE INDEX promise_case ON public.promise USING btree (collection_case, due_on);
CREATE INDEX promise_due ON public.promise USING btree (due_on) WHERE (state = 'open'::text);
CREATE INDEX promise_open ON public.promise USING btree (breaks_at) WHERE (state = 'open'::text);
alter table promise enable row level security;
create policy of_institution on promise for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table proof (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  resource text not null,
  upload uuid not null,
  file_name_sealed bytea not null,
  media_type text not null,
  bytes bigint not null,
  sha256 bytea not null,
  added_by text not null,
  added_at timestamp with time zone not null,
  constraint proof_pkey PRIMARY KEY (id),
  constraint proof_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint proof_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id)
);
CREATE INDEX proof_case ON public.proof USING btree (collection_case, id);
CREATE INDEX proof_resource ON public.proof USING btree (resource);
alter table proof enable row level security;
create policy of_institution on proof for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table quality_plan (
  id uuid not null default uuidv7(),
  institution_id text not null,
  period_from date not null,
  period_to date not null,
  seed text not null,
  percent integer not null,
  minimum integer not null,
  second_percent integer not null,
  sheet_version integer not null,
  layers json not null,
  drawn_at timestamp with time zone not null,
  drawn_by text not null,
  constraint quality_plan_pkey PRIMARY KEY (id),
  constraint quality_plan_check CHECK ((period_to >= period_from))
);
CREATE UNIQUE INDEX quality_plan_period ON public.quality_plan USING btree (period_from, period_to, institution_id);
alter table quality_plan enable row level security;
create policy of_institution on quality_plan for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table quality_review (
  id uuid not null default uuidv7(),
  institution_id text not null,
  sample uuid not null,
  "position" smallint not null,
  reviewer text,
  opened_at timestamp with time zone not null,
  marks json,
  score integer,
  fatal boolean,
  comment_sealed bytea,
  done_at timestamp with time zone,
  constraint quality_review_pkey PRIMARY KEY (id),
  constraint quality_review_sample_fkey FOREIGN KEY (sample) REFERENCES quality_sample(id),
  constraint quality_review_check CHECK (((done_at IS NULL) = (marks IS NULL))),
  constraint quality_review_check1 CHECK (((done_at IS NULL) OR (reviewer IS NOT NULL))),
  constraint quality_review_position_check CHECK ((("position" >= 1) AND ("position" <= 4)))
);
CREATE INDEX quality_review_done ON public.quality_review USING btree (done_at) WHERE (done_at IS NOT NULL);
CREATE INDEX quality_review_open ON public.quality_review USING btree (reviewer) WHERE (done_at IS NULL);
CREATE UNIQUE INDEX quality_review_position ON public.quality_review USING btree (sample, "position");
alter table quality_review enable row level security;
create policy of_institution on quality_review for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table quality_sample (
  id uuid not null default uuidv7(),
  institution_id text not null,
  plan uuid not null,
  unit uuid not null,
  contact uuid,
  recording uuid,
  collection_case uuid,
  agency_id text,
  collector_ids text[] not null,
  asked_by text,
  recorded_at timestamp with time zone not null,
  second boolean not null,
  final_review uuid,
  score integer,
  fatal boolean,
  finished_at timestamp with time zone,
  disputed_at timestamp with time zone,
  disputed_by text,
  dispute_sealed bytea,
  answered_at timestamp with time zone,
  answered_by text,
  answer_sealed bytea,
  changed boolean,
  constraint quality_sample_pkey PRIMARY KEY (id),
  constraint quality_sample_plan_fkey FOREIGN KEY (plan) REFERENCES quality_plan(id),
  constraint quality_sample_check CHECK (((finished_at IS NULL) = (final_review IS NULL))),
  constraint quality_sample_check1 CHECK (((disputed_at IS NULL) = (disputed_by IS NULL))),
  constraint quality_sample_check2 CHECK (((answered_at IS NULL) OR (disputed_at IS NOT NULL))),
  constraint quality_sample_score_check CHECK (((score >= 0) AND (score <= 100)))
);
CREATE INDEX quality_sample_agency ON public.quality_sample USING btree (agency_id, finished_at) WHERE (finished_at IS NOT NULL);
CREATE INDEX quality_sample_finished ON public.quality_sample USING btree (finished_at) WHERE (finished_at IS NOT NULL);
CREATE UNIQUE INDEX quality_sample_once ON public.quality_sample USING btree (plan, unit);
alter table quality_sample enable row level security;
create policy of_institution on quality_sample for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table quality_setting (
  institution_id text not null,
  percent integer not null,
  minimum integer not null,
  second_percent integer not null,
  reviewers json not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint quality_setting_pkey PRIMARY KEY (institution_id),
  constraint quality_setting_minimum_check CHECK (((minimum >= 0) AND (minimum <= 1000))),
  constraint quality_setting_percent_check CHECK (((percent >= 1) AND (percent <= 100))),
  constraint quality_setting_second_percent_check CHECK (((second_percent >= 0) AND (second_percent <= 100)))
);
alter table quality_setting enable row level security;
create policy of_institution on quality_setting for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table quality_sheet (
  version integer not null,
  institution_id text not null,
  pass_score integer not null,
  items json not null,
  note text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint quality_sheet_pkey PRIMARY KEY (version, institution_id),
  constraint quality_sheet_pass_score_check CHECK (((pass_score >= 1) AND (pass_score <= 100))),
  constraint quality_sheet_version_check CHECK ((version > 0))
);
alter table quality_sheet enable row level security;
create policy of_institution on quality_sheet for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table reconciliation (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text,
  source uuid not null,
  source_name text not null,
  reading json not null,
  upload uuid,
  upload_bytes bigint not null,
  file_name text not null,
  state text not null default 'queued'::text,
  run uuid,
  progress json,
  failure json,
  summary json,
  requested_by text not null,
  created_at timestamp with time zone not null default now(),
  touched_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint reconciliation_pkey PRIMARY KEY (id),
  constraint reconciliation_source_fkey FOREIGN KEY (source) REFERENCES call_record_source(id),
  constraint reconciliation_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id) ON DELETE SET NULL,
  constraint reconciliation_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
alter table reconciliation enable row level security;
create policy of_institution on reconciliation for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table recording (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  attempt uuid,
  agency_id text,
  kind text not null,
  media_type text not null,
  bytes bigint,
  sha256 bytea not null,
  upload uuid,
  uri_sealed bytea,
  recorded_at timestamp with time zone not null,
  recorded_on date not null,
  keep_years integer not null,
  keep_until date not null,
  until_cleared uuid,
  held_at timestamp with time zone,
  held_by text,
  created_by text not null,
  created_at timestamp with time zone not null,
  destroyed_at timestamp with time zone,
  constraint recording_pkey PRIMARY KEY (id),
  constraint recording_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint recording_until_cleared_fkey FOREIGN KEY (until_cleared) REFERENCES collection_case(id),
  constraint recording_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id),
  constraint recording_check CHECK (((destroyed_at IS NULL) OR ((upload IS NULL) AND (uri_sealed IS NULL)))),
  constraint recording_check1 CHECK (((destroyed_at IS NOT NULL) OR ((upload IS NULL) <> (uri_sealed IS NULL)))),
  constraint recording_check2 CHECK (((held_at IS NULL) = (held_by IS NULL))),
  constraint recording_check3 CHECK ((keep_until >= ((recorded_on + '2 years'::interval))::date)),
  constraint recording_keep_years_check CHECK ((keep_years >= 2)),
  constraint recording_kind_check CHECK ((kind = ANY (ARRAY['voice'::text, 'visit'::text]))),
  constraint recording_sha256_check CHECK ((length(sha256) = 32))
);
CREATE INDEX recording_attempt ON public.recording USING btree (attempt) WHERE (attempt IS NOT NULL);
CREATE INDEX recording_case ON public.recording USING btree (collection_case, id);
CREATE INDEX recording_cleared ON public.recording USING btree (until_cleared) WHERE (until_cleared IS NOT NULL);
CREATE INDEX recording_due ON public.recording USING btree (keep_until) WHERE (destroyed_at IS NULL);
CREATE INDEX recording_made ON public.recording USING btree (recorded_at);
CREATE INDEX recording_upload ON public.recording USING btree (upload) WHERE (upload IS NOT NULL);
CREATE UNIQUE INDEX recording_once ON public.recording USING btree (attempt, sha256) WHERE ((attempt IS NOT NULL) AND (destroyed_at IS NULL));
alter table recording enable row level security;
create policy of_institution on recording for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table recording_bond (
  recording uuid not null,
  complaint_id uuid not null,
  institution_id text not null,
  number text not null,
  bound_at timestamp with time zone not null,
  released_at timestamp with time zone,
  constraint recording_bond_pkey PRIMARY KEY (recording, complaint_id),
  constraint recording_bond_recording_fkey FOREIGN KEY (recording) REFERENCES recording(id)
);
CREATE INDEX recording_bond_complaint ON public.recording_bond USING btree (complaint_id);
alter table recording_bond enable row level security;
create policy of_institution on recording_bond for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table recording_proof (
  recording uuid not null,
  institution_id text not null,
  collection_case uuid not null,
  sha256 bytea not null,
  bytes bigint,
  recorded_at timestamp with time zone not null,
  kept_until date not null,
  destroyed_at timestamp with time zone not null,
  reason text not null,
  constraint recording_proof_pkey PRIMARY KEY (recording)
);
alter table recording_proof enable row level security;
create policy of_institution on recording_proof for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));
CREATE TRIGGER recording_proof_stays BEFORE DELETE OR UPDATE ON public.recording_proof FOR EACH ROW EXECUTE FUNCTION recording_proof_stays();

create table recording_term (
  kind text not null,
  institution_id text not null,
  keep_years integer not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint recording_term_pkey PRIMARY KEY (kind, institution_id),
  constraint recording_term_keep_years_check CHECK (((keep_years >= 2) AND (keep_years <= 30))),
  constraint recording_term_kind_check CHECK ((kind = ANY (ARRAY['voice'::text, 'visit'::text])))
);
alter table recording_term enable row level security;
create policy of_institution on recording_term for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table rectification (
  id uuid not null default uuidv7(),
  institution_id text not null,
  finding uuid not null,
  report_sealed bytea not null,
  reported_by text not null,
  reported_at timestamp with time zone not null,
  verdict text,
  verdict_note_sealed bytea,
  verdict_by text,
  verdict_at timestamp with time zone,
  constraint rectification_pkey PRIMARY KEY (id),
  constraint rectification_finding_fkey FOREIGN KEY (finding) REFERENCES inspection_finding(id),
  constraint rectification_check CHECK (((verdict IS NULL) = (verdict_at IS NULL))),
  constraint rectification_verdict_check CHECK ((verdict = ANY (ARRAY['accepted'::text, 'rejected'::text])))
);
CREATE INDEX rectification_finding ON public.rectification USING btree (finding);
CREATE UNIQUE INDEX rectification_waiting ON public.rectification USING btree (finding) WHERE (verdict IS NULL);
alter table rectification enable row level security;
create policy of_institution on rectification for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table register_act (
  id uuid not null default uuidv7(),
  institution_id text not null,
  action text not null,
  resource text not null,
  collection_case uuid,
  subject text not null,
  client_id text,
  at timestamp with time zone not null default clock_timestamp(),
  detail json not null default '{}'::json,
  evidence text,
  reason_sealed bytea,
  constraint register_act_pkey PRIMARY KEY (id),
  constraint register_act_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id)
);
CREATE INDEX register_act_case ON public.register_act USING btree (collection_case, id) WHERE (collection_case IS NOT NULL);
CREATE INDEX register_act_resource ON public.register_act USING btree (resource, id);
alter table register_act enable row level security;
create policy of_institution on register_act for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table reminder (
  due_date uuid not null,
  institution_id text not null,
  state text not null,
  reason text,
  delivery uuid,
  at timestamp with time zone not null,
  constraint reminder_pkey PRIMARY KEY (due_date),
  constraint reminder_delivery_fkey FOREIGN KEY (delivery) REFERENCES delivery(id),
  constraint reminder_due_date_fkey FOREIGN KEY (due_date) REFERENCES due_date(id),
  constraint reminder_state_check CHECK ((state = ANY (ARRAY['sent'::text, 'skipped'::text])))
);
alter table reminder enable row level security;
create policy of_institution on reminder for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table reminder_setting (
  institution_id text not null,
  enabled boolean not null,
  days_before integer not null,
  hour integer not null,
  time_zone text not null,
  channels text[] not null,
  sms_template text,
  email_template text,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint reminder_setting_pkey PRIMARY KEY (institution_id),
  constraint reminder_setting_days_before_check CHECK (((days_before >= 1) AND (days_before <= 5))),
  constraint reminder_setting_hour_check CHECK (((hour >= 8) AND (hour <= 20)))
);
alter table reminder_setting enable row level security;
create policy of_institution on reminder_setting for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table repayment_setting (
  id uuid not null default uuidv7(),
  institution_id text not null,
  promise_grace_days integer not null,
  promise_longest_days integer not null,
  plan_grace_days integer not null,
  approval_limits json not null default '{}'::json,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint repayment_setting_pkey PRIMARY KEY (id),
  constraint repayment_setting_plan_grace_days_check CHECK (((plan_grace_days >= 0) AND (plan_grace_days <= 31))),
  constraint repayment_setting_promise_grace_days_check CHECK (((promise_grace_days >= 0) AND (promise_grace_days <= 31))),
  constraint repayment_setting_promise_longest_days_check CHECK (((promise_longest_days >= 1) AND (promise_longest_days <= 366)))
);
alter table repayment_setting enable row level security;
create policy of_institution on repayment_setting for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table sanction (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text not null,
  step text not null,
  state text not null,
  suggested text not null,
  reason_sealed bytea not null,
  skip_reason_sealed bytea,
  grounds json not null default '[]'::json,
  from_on date,
  until_on date,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  approved_by text,
  approved_at timestamp with time zone,
  in_force_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by text,
  end_note_sealed bytea,
  acknowledged_by text,
  acknowledged_at timestamp with time zone,
  appeal_sealed bytea,
  appealed_by text,
  appealed_at timestamp with time zone,
  appeal_outcome text,
  appeal_decided_by text,
  appeal_decided_at timestamp with time zone,
  appeal_note_sealed bytea,
  constraint sanction_pkey PRIMARY KEY (id),
  constraint sanction_appeal_outcome_check CHECK ((appeal_outcome = ANY (ARRAY['upheld'::text, 'revoked'::text]))),
  constraint sanction_check CHECK ((approved_by IS DISTINCT FROM proposed_by)),
  constraint sanction_check1 CHECK ((until_on >= from_on)),
  constraint sanction_check2 CHECK (((in_force_at IS NOT NULL) = (state = ANY (ARRAY['in-force'::text, 'ended'::text, 'revoked'::text])))),
  constraint sanction_check3 CHECK (((appealed_at IS NULL) = (appealed_by IS NULL))),
  constraint sanction_check4 CHECK (((appeal_outcome IS NULL) OR (appealed_at IS NOT NULL))),
  constraint sanction_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'in-force'::text, 'ended'::text, 'rejected'::text, 'withdrawn'::text, 'revoked'::text]))),
  constraint sanction_step_check CHECK ((step = ANY (ARRAY['talk'::text, 'warning-letter'::text, 'forced-training'::text, 'circular'::text, 'public-blame'::text, 'rights-suspended'::text, 'expulsion'::text, 'regulator-report'::text])))
);
CREATE INDEX sanction_agency ON public.sanction USING btree (agency_id, id);
CREATE INDEX sanction_until ON public.sanction USING btree (until_on) WHERE ((state = 'in-force'::text) AND (until_on IS NOT NULL));
alter table sanction enable row level security;
create policy of_institution on sanction for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table screening (
  id uuid not null default uuidv7(),
  institution_id text not null,
  agency_id text,
  name text,
  question json not null,
  filter json not null,
  upload uuid,
  list_bytes bigint,
  list_name text,
  state text not null default 'queued'::text,
  run uuid,
  progress json,
  failure json,
  summary json,
  requested_by text not null,
  created_at timestamp with time zone not null default now(),
  touched_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint screening_pkey PRIMARY KEY (id),
  constraint screening_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id) ON DELETE SET NULL,
  constraint screening_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX screening_finished ON public.screening USING btree (finished_at);
CREATE INDEX screening_unfinished ON public.screening USING btree (touched_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
alter table screening enable row level security;
create policy of_institution on screening for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table screening_case (
  institution_id text not null,
  screening uuid not null,
  case_id text not null,
  collection_case uuid,
  constraint screening_case_pkey PRIMARY KEY (screening, case_id),
  constraint screening_case_once UNIQUE (screening, collection_case)
);
alter table screening_case enable row level security;
create policy of_institution on screening_case for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table screening_file (
  institution_id text not null,
  screening uuid not null,
  upload uuid not null,
  bytes bigint not null,
  constraint screening_file_pkey PRIMARY KEY (screening),
  constraint screening_file_screening_fkey FOREIGN KEY (screening) REFERENCES screening(id) ON DELETE CASCADE,
  constraint screening_file_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id)
);
CREATE INDEX screening_file_upload ON public.screening_file USING btree (upload);
alter table screening_file enable row level security;
create policy of_institution on screening_file for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table task (
  id uuid not null default uuidv7(),
  institution_id text not null,
  kind text not null,
  resource text not null,
  collection_case uuid,
  agency_id text,
  role text not null,
  person text,
  detail json not null default '{}'::json,
  opened_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  reminded_at timestamp with time zone,
  escalated_at timestamp with time zone,
  done_at timestamp with time zone,
  done_by text,
  outcome text,
  remind_at timestamp with time zone not null,
  constraint task_pkey PRIMARY KEY (id),
  constraint task_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint task_check CHECK (((done_at IS NULL) = (done_by IS NULL)))
);
CREATE INDEX task_case ON public.task USING btree (collection_case) WHERE (collection_case IS NOT NULL);
CREATE INDEX task_done ON public.task USING btree (done_by, done_at) WHERE (done_at IS NOT NULL);
CREATE INDEX task_done_at ON public.task USING btree (done_at) WHERE (done_at IS NOT NULL);
CREATE INDEX task_due ON public.task USING btree (due_at) WHERE (done_at IS NULL);
CREATE INDEX task_escalate ON public.task USING btree (due_at) WHERE ((done_at IS NULL) AND (escalated_at IS NULL));
CREATE INDEX task_person ON public.task USING btree (person, due_at) WHERE ((done_at IS NULL) AND (person IS NOT NULL));
CREATE INDEX task_remind ON public.task USING btree (remind_at) WHERE ((done_at IS NULL) AND (reminded_at IS NULL));
CREATE INDEX task_role ON public.task USING btree (role, due_at) WHERE (done_at IS NULL);
CREATE UNIQUE INDEX task_open ON public.task USING btree (resource, kind, institution_id) WHERE (done_at IS NULL);
alter table task enable row level security;
create policy of_institution on task for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table task_extension (
  id uuid not null default uuidv7(),
  institution_id text not null,
  task uuid not null,
  due_before timestamp with time zone not null,
  due_after timestamp with time zone not null,
  extended_at timestamp with time zone not null,
  extended_by text not null,
  constraint task_extension_pkey PRIMARY KEY (id),
  constraint task_extension_task_fkey FOREIGN KEY (task) REFERENCES task(id),
  constraint task_extension_check CHECK ((due_after > due_before))
);
CREATE INDEX task_extension_task ON public.task_extension USING btree (task);
alter table task_extension enable row level security;
create policy of_institution on task_extension for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table task_limit (
  institution_id text not null,
  kind text not null,
  limit_hours integer not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint task_limit_pkey PRIMARY KEY (kind, institution_id),
  constraint task_limit_limit_hours_check CHECK (((limit_hours >= 1) AND (limit_hours <= 8784)))
);
alter table task_limit enable row level security;
create policy of_institution on task_limit for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table task_setting (
  institution_id text not null,
  remind_percent integer not null,
  set_by text not null,
  set_at timestamp with time zone not null,
  constraint task_setting_pkey PRIMARY KEY (institution_id),
  constraint task_setting_remind_percent_check CHECK (((remind_percent >= 1) AND (remind_percent <= 90)))
);
alter table task_setting enable row level security;
create policy of_institution on task_setting for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table visit (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  attempt uuid not null,
  agency_id text,
  collector_ids text[] not null,
  planned_for timestamp with time zone not null,
  planned_by text not null,
  planned_at timestamp with time zone not null,
  arrived_at timestamp with time zone,
  identity_shown_at timestamp with time zone,
  shown_to_sealed bytea,
  consent text,
  consent_asked_at timestamp with time zone,
  consent_of_sealed bytea,
  consent_evidence_sealed bytea,
  entered_at timestamp with time zone,
  left_at timestamp with time zone,
  camera_recording uuid,
  constraint visit_pkey PRIMARY KEY (id),
  constraint visit_attempt_key UNIQUE (attempt),
  constraint visit_camera_recording_fkey FOREIGN KEY (camera_recording) REFERENCES recording(id),
  constraint visit_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id),
  constraint visit_check CHECK (((identity_shown_at IS NULL) OR (arrived_at IS NOT NULL))),
  constraint visit_check1 CHECK (((consent IS NULL) = (consent_asked_at IS NULL))),
  constraint visit_check2 CHECK (((consent IS NULL) OR (identity_shown_at IS NOT NULL))),
  constraint visit_check3 CHECK (((entered_at IS NULL) OR ((consent = 'given'::text) AND (consent_evidence_sealed IS NOT NULL)))),
  constraint visit_collector_ids_check CHECK ((cardinality(collector_ids) >= 2)),
  constraint visit_consent_check CHECK ((consent = ANY (ARRAY['given'::text, 'refused'::text])))
);
CREATE INDEX visit_case ON public.visit USING btree (collection_case, id);
CREATE INDEX visit_planned ON public.visit USING btree (planned_for);
alter table visit enable row level security;
create policy of_institution on visit for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table visit_photo (
  id uuid not null default uuidv7(),
  institution_id text not null,
  visit uuid not null,
  upload uuid not null,
  media_type text not null,
  bytes bigint not null,
  sha256 bytea not null,
  place text not null,
  taken_at timestamp with time zone not null,
  by text not null,
  at timestamp with time zone not null,
  constraint visit_photo_pkey PRIMARY KEY (id),
  constraint visit_photo_visit_sha256_key UNIQUE (visit, sha256),
  constraint visit_photo_upload_fkey FOREIGN KEY (upload) REFERENCES upload(id),
  constraint visit_photo_visit_fkey FOREIGN KEY (visit) REFERENCES visit(id),
  constraint visit_photo_media_type_check CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text]))),
  constraint visit_photo_place_check CHECK ((place = ANY (ARRAY['outside'::text, 'inside'::text])))
);
CREATE INDEX visit_photo_upload ON public.visit_photo USING btree (upload);
alter table visit_photo enable row level security;
create policy of_institution on visit_photo for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table worklist_entry (
  strategy_id text not null,
  collection_case uuid not null,
  institution_id text not null,
  agency text not null,
  rank double precision not null,
  constraint worklist_entry_pkey PRIMARY KEY (strategy_id, collection_case),
  constraint worklist_entry_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES case_work(collection_case)
);
CREATE INDEX worklist_entry_case ON public.worklist_entry USING btree (collection_case);
CREATE INDEX worklist_entry_order ON public.worklist_entry USING btree (strategy_id, agency, institution_id, rank DESC, collection_case);
alter table worklist_entry enable row level security;
create policy of_institution on worklist_entry for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table worklist_refresh (
  name text not null,
  institution_id text not null,
  refreshed_at timestamp with time zone not null,
  constraint worklist_refresh_pkey PRIMARY KEY (name, institution_id)
);
alter table worklist_refresh enable row level security;
create policy of_institution on worklist_refresh for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

create table worklist_strategy (
  id uuid not null default uuidv7(),
  institution_id text not null,
  strategy_id text not null,
  version integer not null,
  retired boolean not null,
  content json not null,
  author text not null,
  created_at timestamp with time zone not null,
  constraint worklist_strategy_pkey PRIMARY KEY (id),
  constraint worklist_strategy_version UNIQUE (strategy_id, institution_id, version),
  constraint worklist_strategy_version_check CHECK ((version > 0))
);
alter table worklist_strategy enable row level security;
create policy of_institution on worklist_strategy for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

CREATE OR REPLACE FUNCTION public.account_owner(p_institution text, p_account text)
 RETURNS TABLE(debtor uuid, debtor_id text, case_id text)
 LANGUAGE sql
 STABLE
AS $function$
  select d.id, d.debtor_id, f.case_id from (
    select 1 as rank, debtor, case_id from collection_case where institution_id = p_institution and collection_case.case_id = p_account
    union all (select 2, debtor, case_id from collection_case where institution_id = p_institution and debt_id = p_account order by id limit 1)
    union all select 3, id, null from debtor where institution_id = p_institution and debtor.debtor_id = p_account
    order by rank limit 1) f
  join debtor g on g.id = f.debtor join debtor d on d.id = coalesce(g.merged_into, g.id)
$function$;

CREATE OR REPLACE FUNCTION public.agency_barred(p_status text, p_published boolean, p_from date, p_to date, p_day date)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select p_status <> 'active' or not p_published or p_from is null and p_to is null or coalesce(p_day < p_from, false) or coalesce(p_day > p_to, false)
$function$;

CREATE OR REPLACE FUNCTION public.agency_history_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'agency_publication' and to_jsonb(old)->>'until_at' is null and to_jsonb(new)->>'until_at' is not null
    and to_jsonb(new) - 'until_at' - 'left_because' = to_jsonb(old) - 'until_at' - 'left_because' then
    return new;
  end if;
  raise exception 'what stood of an agency is not changed';
end $function$;

CREATE OR REPLACE FUNCTION public.agency_of_case_at(p_case uuid, p_at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select agency_id from entrustment where collection_case = p_case and from_at <= p_at and (until_at is null or until_at > p_at) order by from_at desc, id desc limit 1
$function$;

CREATE OR REPLACE FUNCTION public.case_ends()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        if new.state = 'open' then new.ended_at := null;
        elsif new.ended_at is null then new.ended_at := clock_timestamp();
        end if;
        return new;
      end $function$;

CREATE OR REPLACE FUNCTION public.entrusted_anew()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  v_move json := coalesce(nullif(current_setting('app.move', true), ''), '{}')::json;
  v_at timestamptz := coalesce((v_move->>'at')::timestamptz, date_trunc('milliseconds', clock_timestamp()));
begin
  if exists (select from new_rows n join old_rows o using (id) where n.agency_id is distinct from o.agency_id) then
    update entrustment e set until_at = greatest(v_at, e.from_at), ended_by = coalesce(v_move->>'by', 'system'), ended_cause = coalesce(v_move->>'cause', 'hand'),
      end_reason_sealed = decode(v_move->>'reason', 'base64'), balance_at_end = n.balance
    from new_rows n join old_rows o using (id) where e.collection_case = n.id and e.until_at is null and n.agency_id is distinct from o.agency_id;
    insert into entrustment (institution_id, collection_case, agency_id, from_at, begun_by, begun_cause, reason_sealed, allocation, notice_at, balance, currency)
    select n.institution_id, n.id, n.agency_id, v_at, coalesce(v_move->>'by', 'system'), coalesce(v_move->>'cause', 'hand'), decode(v_move->>'reason', 'base64'),
      (v_move->>'allocation')::uuid, n.referral_notice_at, n.balance, n.currency
    from new_rows n join old_rows o using (id) where n.agency_id is not null and n.agency_id is distinct from o.agency_id;
    -- Whichever way a case came to the agency that it was to go to: it waits no more.
    update entrustment_proposal p set state = 'entrusted', ended_at = v_at, ended_by = coalesce(v_move->>'by', 'system')
    from new_rows n where p.collection_case = n.id and p.state in ('awaiting-notice', 'awaiting-time') and p.agency_id = n.agency_id;
  end if;
  insert into portfolio_change (institution_id, at, agency_id, currency, cases, amount)
  select institution_id, v_at, agency_id, currency, sum(cases), sum(amount) from (
    select institution_id, agency_id, currency, 1 as cases, greatest(balance, 0) as amount from new_rows where state = 'open'
    union all
    select institution_id, agency_id, currency, -1, -greatest(balance, 0) from old_rows where state = 'open') d
  group by institution_id, agency_id, currency having sum(cases) <> 0 or sum(amount) <> 0;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.entrusted_now()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  v_move json := coalesce(nullif(current_setting('app.move', true), ''), '{}')::json;
  v_at timestamptz := coalesce((v_move->>'at')::timestamptz, date_trunc('milliseconds', clock_timestamp()));
begin
  insert into entrustment (institution_id, collection_case, agency_id, from_at, begun_by, begun_cause, reason_sealed, allocation, notice_at, balance, currency)
  select institution_id, id, agency_id, v_at, coalesce(v_move->>'by', 'system'), coalesce(v_move->>'cause', 'hand'), decode(v_move->>'reason', 'base64'),
    (v_move->>'allocation')::uuid, referral_notice_at, balance, currency from new_rows where agency_id is not null;
  insert into portfolio_change (institution_id, at, agency_id, currency, cases, amount)
  select institution_id, v_at, agency_id, currency, count(*), sum(greatest(balance, 0)) from new_rows where state = 'open' group by institution_id, agency_id, currency;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.evidence_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'evidence is only ever added to: % of % is refused', lower(tg_op), tg_table_name;
end $function$;

CREATE OR REPLACE FUNCTION public.follow_merge()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  select coalesce(merged_into, id) into new.debtor from debtor where id = new.debtor for key share;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.gate_load(p_institution text, p_requests json, p_now timestamp with time zone, p_reserve boolean)
 RETURNS json
 LANGUAGE plpgsql
AS $function$
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
    -- Merged or split meanwhile: the seats are another record's.
    if exists (select from json_to_recordset(v_found) as f(case_id uuid, debtor_id text) join collection_case c on c.id = f.case_id join debtor d on d.id = c.debtor
      where d.debtor_id <> f.debtor_id) then
      raise exception 'the debtor of a case was merged or split meanwhile' using errcode = '40001';
    end if;
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
end $function$;

CREATE OR REPLACE FUNCTION public.policy_audit_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the audit record is not changed';
end $function$;

CREATE OR REPLACE FUNCTION public.policy_number(p_institution text, p_product text, p_at timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$
  select number from policy_version
  where institution_id = p_institution and product in (p_product, '') and effective_from <= p_at and recalled_at is null
  order by product = '', effective_from desc, number desc limit 1
$function$;

CREATE OR REPLACE FUNCTION public.policy_version_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and old.recalled_at is null and new.recalled_at is not null
    and to_jsonb(new) - 'recalled_at' - 'recalled_by' = to_jsonb(old) - 'recalled_at' - 'recalled_by' then
    return new;
  end if;
  raise exception 'a published policy version is not changed';
end $function$;

CREATE OR REPLACE FUNCTION public.recording_proof_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the proof of a destruction is not changed';
end $function$;

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

CREATE OR REPLACE FUNCTION public.take_seats(p_institution text, p_debtors text[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  v_key bigint;
begin
  for v_key in select distinct hashtextextended(p_institution || chr(31) || one, 1) as key from unnest(p_debtors) as one order by key loop
    perform pg_advisory_xact_lock(v_key);
  end loop;
end $function$;

CREATE OR REPLACE FUNCTION public.take_seats_of(p_institution text, p_cases uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  v_debtors text[] := array(select distinct d.debtor_id from collection_case c join debtor d on d.id = c.debtor where c.id = any(p_cases) and c.institution_id = p_institution);
begin
  perform take_seats(p_institution, v_debtors);
  if exists (select from collection_case c join debtor d on d.id = c.debtor where c.id = any(p_cases) and c.institution_id = p_institution and d.debtor_id <> all(v_debtors)) then
    raise exception 'the debtor of a case was merged or split meanwhile' using errcode = '40001';
  end if;
end $function$;

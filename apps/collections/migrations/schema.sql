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
  constraint collection_case_pkey PRIMARY KEY (id),
  constraint case_given_id UNIQUE (case_id, institution_id),
  constraint collection_case_debtor_fkey FOREIGN KEY (debtor) REFERENCES debtor(id),
  constraint collection_case_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text, 'paid'::text])))
);
CREATE INDEX case_agency ON public.collection_case USING btree (agency_id, id);
CREATE INDEX case_debt ON public.collection_case USING btree (debt_id);
CREATE INDEX case_debtor ON public.collection_case USING btree (debtor);
CREATE INDEX case_open_agency ON public.collection_case USING btree (agency_id, institution_id) WHERE (state = 'open'::text);
alter table collection_case enable row level security;
create policy of_institution on collection_case for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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
  constraint contact_pkey PRIMARY KEY (id),
  constraint contact_given_id UNIQUE (attempt_id, institution_id),
  constraint contact_check CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL)))
);
CREATE INDEX contact_at ON public.contact USING brin (at) WITH (autosummarize='on');
CREATE INDEX contact_debtor ON public.contact USING btree (debtor_id, institution_id, at);
CREATE INDEX contact_pending ON public.contact USING btree (lapses_at) WHERE ((result IS NULL) AND (lapsed_at IS NULL));
CREATE INDEX contact_pending_agency ON public.contact USING btree (agency_id) WHERE ((result IS NULL) AND (lapsed_at IS NULL));
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
  constraint contact_point_pkey PRIMARY KEY (id),
  constraint contact_point_once UNIQUE (party, channel, value_index),
  constraint contact_point_party_fkey FOREIGN KEY (party) REFERENCES party(id),
  constraint contact_point_value_index_institution_id_fkey FOREIGN KEY (value_index, institution_id) REFERENCES contact_value(value_index, institution_id),
  constraint contact_point_status_check CHECK ((status = ANY (ARRAY['valid'::text, 'invalid'::text, 'not-in-service'::text])))
);
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
  constraint debtor_pkey PRIMARY KEY (id),
  constraint debtor_given_id UNIQUE (debtor_id, institution_id)
);
CREATE INDEX debtor_id_number ON public.debtor USING btree (id_number_index);
alter table debtor enable row level security;
create policy of_institution on debtor for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table hold (
  id uuid not null default uuidv7(),
  institution_id text not null,
  debtor uuid not null,
  kind text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  scope json not null default '{}'::json,
  constraint hold_pkey PRIMARY KEY (id),
  constraint hold_debtor_fkey FOREIGN KEY (debtor) REFERENCES debtor(id),
  constraint hold_check CHECK ((until_at > from_at))
);
CREATE INDEX hold_debtor ON public.hold USING btree (debtor);
alter table hold enable row level security;
create policy of_institution on hold for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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
  constraint opt_out_pkey PRIMARY KEY (id),
  constraint opt_out_debtor_fkey FOREIGN KEY (debtor) REFERENCES debtor(id),
  constraint opt_out_check CHECK ((withdrawn_at >= at))
);
CREATE INDEX opt_out_debtor ON public.opt_out USING btree (debtor, party_id);
alter table opt_out enable row level security;
create policy of_institution on opt_out for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

create table party (
  id uuid not null default uuidv7(),
  institution_id text not null,
  collection_case uuid not null,
  party_id text not null,
  role text not null,
  name_sealed bytea not null,
  content_hash bytea not null,
  constraint party_pkey PRIMARY KEY (id),
  constraint party_given_id UNIQUE (collection_case, party_id),
  constraint party_collection_case_fkey FOREIGN KEY (collection_case) REFERENCES collection_case(id)
);
alter table party enable row level security;
create policy of_institution on party for all using (((current_setting('app.institution'::text, true) = institution_id) OR (current_setting('app.institution'::text, true) = '*'::text)));

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

CREATE OR REPLACE FUNCTION public.account_owner(p_institution text, p_account text)
 RETURNS TABLE(debtor uuid, debtor_id text, case_id text)
 LANGUAGE sql
 STABLE
AS $function$
  select f.debtor, d.debtor_id, f.case_id from (
    select 1 as rank, debtor, case_id from collection_case where institution_id = p_institution and collection_case.case_id = p_account
    union all (select 2, debtor, case_id from collection_case where institution_id = p_institution and debt_id = p_account order by id limit 1)
    union all select 3, id, null from debtor where institution_id = p_institution and debtor.debtor_id = p_account
    order by rank limit 1) f
  join debtor d on d.id = f.debtor
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

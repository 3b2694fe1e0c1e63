-- The schema after all migrations, for reading and review. Written by `npm run schema`; change the migrations, not this file.

create table client (
  id text not null,
  secret_hash text not null,
  name text not null,
  grant_types text[] not null,
  redirect_uris text[] not null default '{}'::text[],
  post_logout_redirect_uris text[] not null default '{}'::text[],
  institution_id text,
  agency_id text,
  roles text[] not null default '{}'::text[],
  demo boolean not null default false,
  mandate text[] not null default '{}'::text[],
  constraint client_pkey PRIMARY KEY (id),
  constraint client_mandate_of_regulator CHECK (((mandate = '{}'::text[]) OR (roles = ARRAY['regulator'::text])))
);

create table issuer_key (
  id text not null,
  purpose text not null,
  sealed bytea not null,
  signs_from timestamp with time zone not null,
  retires_at timestamp with time zone,
  constraint issuer_key_pkey PRIMARY KEY (id),
  constraint issuer_key_purpose_check CHECK ((purpose = ANY (ARRAY['sign-tokens'::text, 'sign-cookies'::text])))
);

create table login_attempt (
  key bytea not null,
  attempts integer not null,
  window_ends_at timestamp with time zone not null,
  constraint login_attempt_pkey PRIMARY KEY (key)
);

create table migration (
  id integer not null default nextval('migration_id_seq'::regclass),
  "timestamp" bigint not null,
  name character varying not null,
  constraint "PK_3043fc6b8af7c99b8b98830094f" PRIMARY KEY (id)
);

create table oidc_model (
  model text not null,
  id_hash bytea not null,
  grant_hash bytea,
  uid_hash bytea,
  payload_sealed bytea not null,
  consumed_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  constraint oidc_model_pkey PRIMARY KEY (model, id_hash)
);
CREATE INDEX oidc_model_expiry ON public.oidc_model USING btree (expires_at);
CREATE INDEX oidc_model_grant ON public.oidc_model USING btree (grant_hash) WHERE (grant_hash IS NOT NULL);
CREATE INDEX oidc_model_uid ON public.oidc_model USING btree (model, uid_hash) WHERE (uid_hash IS NOT NULL);

create table person (
  id uuid not null default gen_random_uuid(),
  login text not null,
  password_hash text not null,
  display_name_sealed bytea not null,
  institution_id text not null,
  agency_id text,
  roles text[] not null,
  active boolean not null default true,
  demo boolean not null default false,
  mandate text[] not null default '{}'::text[],
  constraint person_pkey PRIMARY KEY (id),
  constraint person_login_key UNIQUE (login),
  constraint person_institution_id_check CHECK ((institution_id <> ''::text)),
  constraint person_login_check CHECK (((login = lower(login)) AND (login <> ''::text))),
  constraint person_mandate_of_regulator CHECK (((mandate = '{}'::text[]) OR (roles = ARRAY['regulator'::text])))
);

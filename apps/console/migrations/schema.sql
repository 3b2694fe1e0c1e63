-- The schema after all migrations, for reading and review. Written by `npm run schema`; change the migrations, not this file.

create table migration (
  id integer not null default nextval('migration_id_seq'::regclass),
  "timestamp" bigint not null,
  name character varying not null,
  constraint "PK_3043fc6b8af7c99b8b98830094f" PRIMARY KEY (id)
);

create table session (
  id_hash bytea not null,
  sealed bytea not null,
  access_ends_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  used_at timestamp with time zone not null default now(),
  ends_at timestamp with time zone not null,
  constraint session_pkey PRIMARY KEY (id_hash)
);
CREATE INDEX session_ends ON public.session USING btree (ends_at);
CREATE INDEX session_used ON public.session USING btree (used_at);

/**
 * The tables of libs/evidence-log: facts as they were recorded, their places in the tree, the signed heads, and the keys.
 * Part of migrations that have run: never changed.
 */
export const evidenceTables = `
create table evidence_record (
  id uuid primary key default uuidv7(),
  institution_id text not null,
  kind text not null,
  -- Milliseconds: what is hashed is what can be written down.
  at timestamptz(3) not null default clock_timestamp(),
  actor text not null,
  subject text,
  body json not null,
  -- Under a key of the subject, not of the vault's ring: never resealed, because its bytes are hashed.
  body_enciphered bytea,
  subject_key uuid,
  check ((body_enciphered is null) = (subject_key is null))
);
create index evidence_record_kind on evidence_record (institution_id, kind, id);

-- Committed and not in the tree yet. A row of its own, so that the record itself is never touched again, and nobody who writes waits for another.
create table evidence_pending (
  institution_id text not null,
  record uuid not null,
  primary key (institution_id, record)
);

-- No foreign key: a record that somebody takes away leaves its place behind, which says so.
create table evidence_leaf (
  institution_id text not null,
  position bigint not null,
  record uuid not null,
  hash bytea not null,
  primary key (position, institution_id)
);
create unique index evidence_leaf_record on evidence_leaf (record);

-- Roots of complete subtrees, of every third level.
create table evidence_node (
  institution_id text not null,
  level smallint not null,
  index bigint not null,
  hash bytea not null,
  primary key (level, index, institution_id)
);

create table evidence_head (
  institution_id text not null,
  size bigint not null,
  root bytea not null,
  -- The complete subtrees at the right edge, the largest first: where the next record goes.
  edge bytea[] not null,
  at timestamptz(3) not null,
  key text not null,
  signature bytea not null,
  primary key (size, institution_id)
);

create table evidence_key (
  institution_id text not null,
  id text not null,
  public_key text not null,
  private_sealed bytea not null,
  created_at timestamptz(3) not null,
  retired_at timestamptz(3),
  primary key (id, institution_id)
);
-- However many sealers see that there is none.
create unique index evidence_key_signing on evidence_key (institution_id) where retired_at is null;
create table evidence_endorsement (
  institution_id text not null,
  key text not null,
  by text not null,
  signature bytea not null,
  primary key (key, by, institution_id)
);

-- A subject has any number of keys; who destroys them all leaves proofs whole and contents lost.
create table evidence_subject_key (
  id uuid primary key,
  institution_id text not null,
  subject text not null,
  key_sealed bytea not null
);
create index evidence_subject_key_of on evidence_subject_key (institution_id, subject);

create table evidence_anchor (
  institution_id text not null,
  target text not null,
  size bigint not null,
  tries integer not null default 0,
  next_at timestamptz not null,
  done_at timestamptz,
  failure text,
  primary key (target, size, institution_id)
);
create index evidence_anchor_open on evidence_anchor (next_at) where done_at is null;

create function evidence_stays() returns trigger language plpgsql as $$
begin
  raise exception 'evidence is only ever added to: % of % is refused', lower(tg_op), tg_table_name;
end $$;
create trigger evidence_record_stays before update or delete on evidence_record for each row execute function evidence_stays();
create trigger evidence_leaf_stays before update or delete on evidence_leaf for each row execute function evidence_stays();
create trigger evidence_node_stays before update or delete on evidence_node for each row execute function evidence_stays();
create trigger evidence_head_stays before update or delete on evidence_head for each row execute function evidence_stays();
`;

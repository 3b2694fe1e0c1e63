import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is personal, secret or usable by a thief is sealed or hashed: a dump of this database opens nothing. */
export class CreateIdentity1763740800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table person (
        id uuid primary key default gen_random_uuid(),
        login text not null constraint person_login_key unique check (login = lower(login) and login <> ''),
        password_hash text not null,
        display_name_sealed bytea not null,
        institution_id text not null check (institution_id <> ''),
        agency_id text,
        roles text[] not null,
        active boolean not null default true,
        demo boolean not null default false
      );
      create table client (
        id text primary key,
        secret_hash text not null,
        name text not null,
        grant_types text[] not null,
        redirect_uris text[] not null default '{}',
        post_logout_redirect_uris text[] not null default '{}',
        institution_id text,
        agency_id text,
        roles text[] not null default '{}',
        demo boolean not null default false
      );
      create table oidc_model (
        model text not null,
        id_hash bytea not null,
        grant_hash bytea,
        uid_hash bytea,
        payload_sealed bytea not null,
        consumed_at timestamptz,
        expires_at timestamptz not null,
        primary key (model, id_hash)
      );
      create index oidc_model_grant on oidc_model (grant_hash) where grant_hash is not null;
      create index oidc_model_uid on oidc_model (model, uid_hash) where uid_hash is not null;
      create index oidc_model_expiry on oidc_model (expires_at);
      create table issuer_key (
        id text primary key,
        purpose text not null check (purpose in ('sign-tokens', 'sign-cookies')),
        sealed bytea not null,
        signs_from timestamptz not null,
        retires_at timestamptz
      );
      create table login_attempt (
        key bytea primary key,
        attempts integer not null,
        window_ends_at timestamptz not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table login_attempt, issuer_key, oidc_model, client, person`);
  }
}

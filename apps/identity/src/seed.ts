import type { DataSource } from 'typeorm';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import type { Vault } from '#vault';
import { DEMO_CONSOLE_CLIENT, DEMO_INSTITUTION, demoClients, demoMandate, demoPeople, demoSecret } from './demo.ts';
import { NAME_CONTEXT } from './directory.ts';
import { CLIENT_COST, hashSecret, PERSON_COST } from './secret-hash.ts';

const CLIENT = `
  insert into client (id, secret_hash, name, grant_types, redirect_uris, post_logout_redirect_uris, institution_id, agency_id, roles, mandate, demo)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, true)
  on conflict (id) do update set name = excluded.name, grant_types = excluded.grant_types, redirect_uris = excluded.redirect_uris,
    post_logout_redirect_uris = excluded.post_logout_redirect_uris, institution_id = excluded.institution_id,
    agency_id = excluded.agency_id, roles = excluded.roles, mandate = excluded.mandate, demo = true`;

const PERSON = `
  insert into person (login, password_hash, display_name_sealed, institution_id, agency_id, roles, mandate, demo)
  values ($1, $2, $3, $4, $5, $6, $7, true)
  on conflict (login) do update set agency_id = excluded.agency_id, roles = excluded.roles, mandate = excluded.mandate, demo = true`;

async function isSeeded(tx: Tx): Promise<boolean> {
  const names = [...demoClients.map((client) => client.id), DEMO_CONSOLE_CLIENT, ...demoPeople.map((person) => person.login)];
  const rows = await tx.query<{ there: string }>(
    `select (select count(*) from client where id = any ($1)) + (select count(*) from person where login = any ($1)) as there`,
    [names],
  );
  return Number(rows[0]?.there) === names.length;
}

/** Puts the demo people and clients there, for a public origin such as `http://localhost:3000`. Repeating it changes nothing. */
export async function seedDemo(source: DataSource, vault: Vault, origin: string): Promise<void> {
  await inTransaction(source, { institutionId: EVERY_INSTITUTION }, async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('forbear demo seed'))`);
    // One hash costs a tenth of a second on purpose; a second start does not pay for twenty.
    const fresh = !(await isSeeded(tx));
    if (fresh) {
      const machines = demoClients.map(async (client) => {
        const secret = await hashSecret(client.secret, CLIENT_COST);
        const { id, purpose, institutionId = DEMO_INSTITUTION, agencyId, role } = client;
        return [id, secret, purpose, ['client_credentials'], [], [], institutionId, agencyId, [role], demoMandate(role)];
      });
      for (const values of await Promise.all(machines)) await tx.query(CLIENT, values);
      const people = demoPeople.map(async (person) => {
        const name = vault.seal(person.displayName, NAME_CONTEXT);
        const { login, password, agencyId, role } = person;
        return [login, await hashSecret(password, PERSON_COST), name, DEMO_INSTITUTION, agencyId, [role], demoMandate(role)];
      });
      for (const values of await Promise.all(people)) await tx.query(PERSON, values);
    }
    // Always, because the port of the public origin may have changed.
    await tx.query(CLIENT, [
      DEMO_CONSOLE_CLIENT,
      await hashSecret(demoSecret(DEMO_CONSOLE_CLIENT), CLIENT_COST),
      '催收有度 Forbear',
      ['authorization_code', 'refresh_token'],
      [`${origin}/auth/callback`],
      [`${origin}/`],
      null,
      null,
      [],
      [],
    ]);
  });
}

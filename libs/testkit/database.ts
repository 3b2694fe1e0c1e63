import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { prepared } from './surroundings.ts';

export interface TestDatabase {
  /** The role that owns the tables: for migrations. */
  readonly ownerUrl: string;
  /** The role of the service; it owns nothing, so row-level security is active. */
  readonly appUrl: string;
  /** The superuser, to look behind and to set the stage. */
  readonly adminUrl: string;
  readonly name: string;
  drop(): Promise<void>;
}

async function asAdmin(sql: string): Promise<void> {
  const client = new Client({ connectionString: prepared('TEST_POSTGRES_URL') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A database of its own for a test file, cloned from the migrated template of the service. */
export async function testDatabase(service: string): Promise<TestDatabase> {
  const admin = new URL(prepared('TEST_POSTGRES_URL'));
  const templates = prepared('TEST_TEMPLATES').split(',');
  if (!templates.includes(service)) throw new Error(`there is no migrated template for ${service}; there are: ${templates.join(', ')}`);
  const name = `test_${service}_${randomBytes(6).toString('hex')}`;
  // Whole files are copied: with a thousand relations four times as fast as page by page through the log, and its checkpoints cost nothing without fsync.
  await asAdmin(`create database ${name} template forbear_${service} owner forbear_${service}_owner strategy file_copy`);
  await asAdmin(`revoke connect, temporary on database ${name} from public; grant connect on database ${name} to forbear_${service}`);
  const urlFor = (role: string | null): string => {
    const url = new URL(admin);
    if (role !== null) url.username = role;
    url.pathname = `/${name}`;
    return url.href;
  };
  return {
    name,
    // One password for all roles of the run.
    ownerUrl: urlFor(`forbear_${service}_owner`),
    appUrl: urlFor(`forbear_${service}`),
    adminUrl: urlFor(null),
    drop: () => asAdmin(`drop database if exists ${name} with (force)`),
  };
}

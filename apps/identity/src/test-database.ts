import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

// Stands in for testDatabase of #testkit, with its shape: replace the import where this is used and delete this file.
export interface TestDatabase {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly adminUrl: string;
  drop(): Promise<void>;
}

async function asAdmin(sql: string): Promise<void> {
  const client = new Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

export async function testDatabase(service: string): Promise<TestDatabase> {
  const name = `test_${service}_${randomBytes(6).toString('hex')}`;
  const owner = `${name}_owner`;
  const app = `${name}_app`;
  for (const role of [owner, app]) await asAdmin(`create role ${role} login password 'test'`);
  await asAdmin(`create database ${name} owner ${owner}`);
  const urlFor = (role: string): string => {
    const url = new URL(process.env['TEST_POSTGRES_URL'] ?? '');
    if (role !== '') Object.assign(url, { username: role, password: 'test' });
    url.pathname = `/${name}`;
    return url.href;
  };
  return {
    ownerUrl: urlFor(owner),
    appUrl: urlFor(app),
    adminUrl: urlFor(''),
    drop: async () => {
      await asAdmin(`drop database if exists ${name} with (force)`);
      await asAdmin(`drop role if exists ${owner}, ${app}`);
    },
  };
}

// A thread of the replay: is given slices, one after the other, and tells what it found.
import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { createDataSource, inTransaction } from '#pg';
import { Vault } from '#vault';
import { PolicyService, type PolicyRef } from '../policy/policy.service.ts';
import { NOTHING, type ReplayScope, type Slice, type Tally } from './replay.ts';
import { SliceReader } from './slice.reader.ts';
import { beginReading } from './slices.reader.ts';

export interface SliceTask {
  readonly databaseUrl: string;
  readonly vault: VaultKeys | null;
  readonly scope: ReplayScope;
  readonly snapshot: string;
}

export interface VaultKeys {
  readonly ring: readonly string[];
  readonly indexKey: string;
}

/** Null asks for nothing more: the thread ends. */
export type SliceRequest = Slice | null;

export type SliceAnswer = { readonly tally: Tally } | { readonly error: string; readonly code: string };

const port = parentPort;
if (!port) throw new Error('this is a thread of the replay command');

const { databaseUrl, vault, scope, snapshot } = workerData as SliceTask;
const client = new pg.Client({ connectionString: databaseUrl, application_name: 'replay' });
await client.connect();
await beginReading(client, scope, snapshot);
// While a slice streams, its connection is taken: policies come over another.
const source = await createDataSource({ url: databaseUrl, poolSize: 1, applicationName: 'replay-policies' });
const policies = new PolicyService();
const reader = new SliceReader(
  client,
  (institutionId, reference) =>
    inTransaction(source, { institutionId }, (tx) => policies.policyOf(tx, institutionId, JSON.parse(reference) as PolicyRef)),
  vault && new Vault(vault.ring, vault.indexKey),
);

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');
const answer = (text: SliceAnswer): void => port.postMessage(text);

async function end(): Promise<void> {
  await client.end();
  await source.destroy();
  port?.close();
}

port.on('message', (slice: SliceRequest) => {
  if (slice === null) return void end();
  reader.read(scope, slice).then(
    (tally) => answer({ tally }),
    (error: unknown) => answer({ error: error instanceof Error ? error.message : String(error), code: codeOf(error) }),
  );
});
// Ready: asks for the first.
answer({ tally: NOTHING });

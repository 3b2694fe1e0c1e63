import { randomUUID } from 'node:crypto';
import { newSubjectKey, sealBody, type RecordKind } from '#evidence';
import type { Tx } from '#pg';
import type { Vault } from '#vault';

export const SUBJECT_KEY_CONTEXT = 'evidence_subject_key.key';

/** The part of a record that only the holder of a key of its subject can read, ready to be stored. */
export interface PersonalPart {
  readonly subject: string;
  readonly keyId: string;
  /** Hexadecimal, both. */
  readonly keySealed: string;
  readonly sealed: string;
}

/** A fact to be kept as evidence. */
export interface NewRecord {
  readonly kind: RecordKind;
  readonly actor: string;
  /** JSON without personal data: it is shown to whoever may read evidence, and stays for as long as the log. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly personal?: PersonalPart | null;
}

/** Seals what is personal under a new key of the subject. New each time: nobody who writes waits for a key, and none is read. */
export function sealPersonal(vault: Vault, institution: string, subject: string, content: unknown): PersonalPart {
  const [keyId, key] = [randomUUID(), newSubjectKey()];
  const { sealed } = sealBody(content, { institution, subject, keyId, key });
  const keySealed = vault.seal(key, SUBJECT_KEY_CONTEXT).toString('hex');
  return { subject, keyId, keySealed, sealed: Buffer.from(sealed, 'base64').toString('hex') };
}

/**
 * Parts of a statement that append the rows of `source` (n, kind, actor, body json, subject, key uuid, key_sealed and sealed in hexadecimal) for the
 * institution that is its first parameter, or that a column of the source names. For those who append in a statement of their own.
 */
export const appendFrom = (source: string, institution = '$1'): string => `
  evidence_keys as (
    insert into evidence_subject_key (id, institution_id, subject, key_sealed)
    select key, ${institution}, subject, decode(key_sealed, 'hex') from ${source} where key is not null
  ), evidence_rows as (
    insert into evidence_record (institution_id, kind, actor, subject, body, body_enciphered, subject_key)
    select ${institution}, kind, actor, subject, body, decode(sealed, 'hex'), key from ${source} order by n returning id, institution_id
  ), evidence_waiting as (
    insert into evidence_pending (institution_id, record) select institution_id, id from evidence_rows
  )`;

const APPEND = `
  with evidence_given as materialized (
    select * from json_to_recordset($2) as r(n integer, kind text, actor text, body json, subject text, key uuid, key_sealed text, sealed text)
  ), ${appendFrom('evidence_given')}
  select 1`;

export const personalColumns = (personal: PersonalPart | null | undefined) => ({
  subject: personal?.subject ?? null,
  key: personal?.keyId ?? null,
  key_sealed: personal?.keySealed ?? null,
  sealed: personal?.sealed ?? null,
});

/** A source of `appendFrom` whose records have nothing personal: rows of `n, institution_id, kind, actor, body`. */
export const plainSource = (name: string, select: string): string => `
  ${name} as materialized (
    select g.*, null::text as subject, null::uuid as key, null::text as key_sealed, null::text as sealed from (${select}) g
  )`;

/**
 * Keeps facts as evidence in the transaction that makes them: one statement, and no lock that another writer could wait for. What is not committed
 * was never there; what is committed is sealed by the next sealer.
 */
export async function append(tx: Tx, institutionId: string, records: readonly NewRecord[]): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map(({ kind, actor, body, personal }, n) => ({ n, kind, actor, body, ...personalColumns(personal) }));
  await tx.query(APPEND, [institutionId, JSON.stringify(rows)], 'evidence-append');
}

/** Somebody saw personal data unmasked. */
export interface PersonalDataRead {
  readonly institutionId: string;
  readonly subject: string;
  readonly clientId: string | null;
  /** What kind of thing it was, and which. */
  readonly resource: string;
  readonly resourceIds: readonly string[];
  readonly fields: readonly string[];
  readonly requestId: string;
}

/** Notes the read where the bank looks for it, and as evidence; one statement. */
export async function recordRead(tx: Tx, read: PersonalDataRead): Promise<void> {
  const { institutionId, subject, clientId, resource, resourceIds, fields, requestId } = read;
  const body = { clientId, resource, resourceIds, fields, requestId };
  await tx.query(
    `with evidence_given as materialized (
       select 0 as n, 'personal-data-read' as kind, $2::text as actor, $8::json as body, null::text as subject, null::uuid as key, null::text as key_sealed, null::text as sealed
     ), noted as (
       insert into personal_data_read (institution_id, subject, client_id, resource, resource_ids, fields, request_id) values ($1, $2, $3, $4, $5, $6, $7)
     ), ${appendFrom('evidence_given')}
     select 1`,
    [institutionId, subject, clientId, resource, resourceIds, fields, requestId, JSON.stringify(body)],
    'record-read',
  );
}

import type { Tx } from '#pg';
import type { Vault } from '#vault';
import type { ComplainantKind, Forwarded, Intake } from './complainant-kinds.ts';

const PEOPLE = 'complaint_intake.people';

/** A complaint that was registered just now, with what is known of its intake. */
export interface Taken {
  readonly id: string;
  readonly kind: ComplainantKind;
  readonly intake: Intake | null;
}

/** A complaint that has the reference of a regulator. */
export interface KnownForwarded {
  readonly id: string;
  readonly number: string;
  readonly externalRef: string | null;
  readonly regulator: string;
  readonly reference: string;
}

export const sealPeople = (vault: Vault, people: Intake['representatives']): Buffer | null =>
  people.length === 0 ? null : vault.seal(JSON.stringify(people), PEOPLE);
export const openPeople = (vault: Vault, sealed: Buffer | null): Intake['representatives'] =>
  sealed === null ? [] : (JSON.parse(vault.open(sealed, PEOPLE)) as Intake['representatives']);

/** Keeps what is more than a person who complains for himself: a row for those alone, in one statement. */
export async function keepIntakes(tx: Tx, vault: Vault, institutionId: string, taken: readonly Taken[]): Promise<void> {
  const rows = taken
    .filter(({ kind, intake }) => kind !== 'self' || intake?.forwarded)
    .map(({ id, kind, intake }) => ({
      complaint: id,
      kind,
      people: sealPeople(vault, intake?.representatives ?? [])?.toString('base64') ?? null,
      count: intake?.representatives.length ?? 0,
      regulator: intake?.forwarded?.regulator ?? null,
      reference: intake?.forwarded?.reference ?? null,
      forwarded_on: intake?.forwarded?.forwardedOn ?? null,
    }));
  if (rows.length === 0) return;
  await tx.query(
    `insert into complaint_intake (complaint, institution_id, kind, people_sealed, people_count, regulator, regulator_reference, forwarded_on)
     select complaint, $1, kind, decode(people, 'base64'), count, regulator, reference, forwarded_on
     from json_to_recordset($2) as r(complaint uuid, kind text, people text, count integer, regulator text, reference text, forwarded_on date)`,
    [institutionId, JSON.stringify(rows)],
  );
}

/** Those that are known under these references. Whoever asks is alone with the references of the institution until the transaction ends. */
export async function knownForwarded(tx: Tx, institutionId: string, forwarded: readonly Forwarded[]): Promise<readonly KnownForwarded[]> {
  if (forwarded.length === 0) return [];
  await tx.query(`select pg_advisory_xact_lock(hashtext('regulator-reference'), hashtext($1))`, [institutionId]);
  return tx.query<KnownForwarded>(
    `select c.id, c.number, c.external_ref as "externalRef", i.regulator, i.regulator_reference as reference
     from json_to_recordset($2) as r(regulator text, reference text)
     join complaint_intake i on i.regulator_reference = r.reference and i.regulator = r.regulator and i.institution_id = $1
     join complaint c on c.id = i.complaint`,
    [institutionId, JSON.stringify(forwarded.map(({ regulator, reference }) => ({ regulator, reference })))],
  );
}

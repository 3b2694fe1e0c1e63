import { Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';

export interface SavedFilterRecord {
  readonly id: string;
  readonly owner: string;
  readonly nameSealed: Buffer;
  readonly filter: Readonly<Record<string, unknown>>;
  readonly sharedRole: string | null;
  readonly changedAt: Date;
  readonly isDefault: boolean;
}

export interface GivenFilter {
  readonly nameSealed: Buffer;
  readonly nameIndex: Buffer;
  readonly filter: object;
  readonly sharedRole: string | null;
}

const COLUMNS = `f.id, f.owner, f.name_sealed as "nameSealed", f.filter, f.shared_role as "sharedRole", f.changed_at as "changedAt",
  exists (select from saved_filter_default d where d.filter = f.id and d.subject = $2 and d.institution_id = $1) as "isDefault"`;
const SEEN = 'f.institution_id = $1 and (f.owner = $2 or f.shared_role = any($3))';
const who = ({ institutionId, subject, roles }: Principal): unknown[] => [institutionId, subject, roles];

@Injectable()
export class SavedFilterStore {
  /** One at a time changes the filters of a person. */
  async lockOwner(tx: Tx, { institutionId, subject }: Principal): Promise<number> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('saved_filter ' || $1 || ' ' || $2, 0))`, [institutionId, subject]);
    const [row] = await tx.query<{ count: number }>(
      'select count(*)::int as count from saved_filter where institution_id = $1 and owner = $2',
      [institutionId, subject],
    );
    return row?.count ?? 0;
  }

  /** Null: the owner has one of this name. */
  async insert(tx: Tx, { institutionId, subject }: Principal, given: GivenFilter, now: Date): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `insert into saved_filter (institution_id, owner, name_sealed, name_index, filter, shared_role, created_at, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $7)
       on conflict on constraint saved_filter_name do nothing returning id`,
      [institutionId, subject, given.nameSealed, given.nameIndex, JSON.stringify(given.filter), given.sharedRole, now],
    );
    return row?.id ?? null;
  }

  async update(tx: Tx, id: string, given: GivenFilter, now: Date): Promise<void> {
    await tx.query(
      'update saved_filter set name_sealed = $2, name_index = $3, filter = $4, shared_role = $5, changed_at = $6 where id = $1',
      [id, given.nameSealed, given.nameIndex, JSON.stringify(given.filter), given.sharedRole, now],
    );
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.query('delete from saved_filter where id = $1', [id]);
  }

  async isNameTaken(tx: Tx, { institutionId, subject }: Principal, nameIndex: Buffer, but: string): Promise<boolean> {
    const rows = await tx.query('select from saved_filter where institution_id = $1 and owner = $2 and name_index = $3 and id <> $4', [
      institutionId,
      subject,
      nameIndex,
      but,
    ]);
    return rows.length > 0;
  }

  async list(tx: Tx, principal: Principal): Promise<SavedFilterRecord[]> {
    return tx.query(`select ${COLUMNS} from saved_filter f where ${SEEN} order by f.owner <> $2, f.id`, who(principal));
  }

  async find(tx: Tx, principal: Principal, id: string): Promise<SavedFilterRecord | null> {
    const [row] = await tx.query<SavedFilterRecord>(`select ${COLUMNS} from saved_filter f where ${SEEN} and f.id = $4`, [
      ...who(principal),
      id,
    ]);
    return row ?? null;
  }

  async setDefault(tx: Tx, { institutionId, subject }: Principal, id: string | null): Promise<void> {
    if (id === null)
      await tx.query('delete from saved_filter_default where institution_id = $1 and subject = $2', [institutionId, subject]);
    else
      await tx.query(
        `insert into saved_filter_default (institution_id, subject, filter) values ($1, $2, $3) on conflict (subject, institution_id) do update set filter = excluded.filter`,
        [institutionId, subject, id],
      );
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface Counts {
  readonly cases: number;
  readonly contacts: number;
  readonly holds: number;
  readonly optOuts: number;
}

export interface NewDebtor {
  readonly debtorId: string;
  readonly nameSealed: Buffer;
  readonly idNumberSealed: Buffer | null;
  readonly idNumberIndex: Buffer | null;
  readonly contentHash: Buffer;
  /** The record whose zone and region it has. */
  readonly like: string;
}

const count = async (rows: Promise<unknown[]>): Promise<number> => (await rows).length;

/** Moves what counts for one record to another. The seats of both are held, and their rows. */
@Injectable()
export class MergingStore {
  /** Nobody asks for a permit, sets a hold or imports for these records until the transaction ends; in that order, so that nobody waits in a circle. */
  async hold(tx: Tx, institutionId: string, debtorIds: readonly string[]): Promise<void> {
    await tx.query('select take_seats($1, $2)', [institutionId, debtorIds]);
    await tx.query('select from debtor where institution_id = $1 and debtor_id = any($2) order by debtor_id for update', [
      institutionId,
      debtorIds,
    ]);
  }

  /** Everything of one record to the other, which goes on for both. */
  async merge(
    tx: Tx,
    institutionId: string,
    from: { id: string; debtorId: string },
    into: { id: string; debtorId: string },
  ): Promise<Counts> {
    const ids = [from.id, into.id];
    const cases = await count(tx.query('update collection_case set debtor = $2 where debtor = $1 returning id', ids));
    const contacts = await count(
      tx.query(
        `update contact set given_debtor_id = coalesce(given_debtor_id, debtor_id), debtor_id = $3 where institution_id = $1 and debtor_id = $2 returning id`,
        [institutionId, from.debtorId, into.debtorId],
      ),
    );
    const holds = await count(
      tx.query('update hold set given_debtor = coalesce(given_debtor, debtor), debtor = $2 where debtor = $1 returning id', ids),
    );
    const optOuts = await count(
      tx.query('update opt_out set given_debtor = coalesce(given_debtor, debtor), debtor = $2 where debtor = $1 returning id', ids),
    );
    await tx.query('update objection set debtor = $2 where debtor = $1', ids);
    await tx.query('update debtor set merged_into = $2 where id = $1 or merged_into = $1', ids);
    await this.repeatOptOuts(tx, into.id);
    return { cases, contacts, holds, optOuts };
  }

  /** What the person said as the debtor of one case holds under each party id that the person has as the debtor of another. */
  private async repeatOptOuts(tx: Tx, debtor: string): Promise<void> {
    await tx.query(
      `with self as (select distinct p.party_id from party p join collection_case c on c.id = p.collection_case where c.debtor = $1 and p.role = 'debtor')
       insert into opt_out (institution_id, debtor, party_id, channel, value_index, at, evidence, copy_of)
       select o.institution_id, o.debtor, s.party_id, o.channel, o.value_index, o.at, o.evidence, o.id
       from opt_out o join self me on me.party_id = o.party_id join self s on s.party_id <> o.party_id
       where o.debtor = $1 and o.copy_of is null and o.withdrawn_at is null
         and not exists (select from opt_out x where x.debtor = $1 and x.party_id = s.party_id and x.copy_of = o.id)`,
      [debtor],
    );
  }

  /** A record for a person who had none; null: the id is taken. */
  async create(tx: Tx, institutionId: string, row: NewDebtor): Promise<string | null> {
    const [made] = await tx.query<{ id: string }>(
      `insert into debtor (institution_id, debtor_id, name_sealed, id_number_sealed, id_number_index, time_zone, region, content_hash)
       select $1, $2, $3, $4, $5, time_zone, region, $6 from debtor where id = $7 on conflict do nothing returning id`,
      [institutionId, row.debtorId, row.nameSealed, row.idNumberSealed, row.idNumberIndex, row.contentHash, row.like],
    );
    return made?.id ?? null;
  }

  async revive(tx: Tx, debtor: string): Promise<void> {
    await tx.query('update debtor set merged_into = null where id = $1', [debtor]);
  }

  /** The cases, and what is known to be theirs, to another record. What stops contact and cannot be told apart holds for both. */
  async split(
    tx: Tx,
    institutionId: string,
    caseIds: readonly string[],
    from: { id: string; debtorId: string },
    to: { id: string; debtorId: string },
  ): Promise<Counts> {
    const moved = await tx.query<{ id: string; debtId: string }>(
      `update collection_case set debtor = $3, debtor_pinned = true where debtor = $2 and case_id = any($4) and institution_id = $1 returning id, debt_id as "debtId"`,
      [institutionId, from.id, to.id, caseIds],
    );
    const uuids = moved.map(({ id }) => id);
    const contacts = await count(
      tx.query(
        `update contact set given_debtor_id = coalesce(given_debtor_id, debtor_id), debtor_id = $3 where institution_id = $1 and debtor_id = $2
           and (case_id = any($4) or given_debtor_id = $3 and case_id is null) returning id`,
        [institutionId, from.debtorId, to.debtorId, caseIds],
      ),
    );
    const accounts = [...caseIds, ...moved.map(({ debtId }) => debtId), to.debtorId];
    const holds = await count(
      tx.query(
        `update hold h set given_debtor = coalesce(given_debtor, debtor), debtor = $2 where debtor = $1 and (collection_case = any($3)
           or given_debtor = $2 and collection_case is null
           or exists (select from complaint_hold a where a.hold = h.id and a.account = any($4))) returning id`,
        [from.id, to.id, uuids, accounts],
      ),
    );
    await tx.query(
      `insert into hold (institution_id, debtor, kind, from_at, until_at, scope, given_debtor)
       select institution_id, $2, kind, from_at, until_at, scope, debtor from hold h where debtor = $1 and collection_case is null and kind <> 'complaint-hold'
         and (until_at is null or until_at > clock_timestamp())`,
      [from.id, to.id],
    );
    const optOuts = await count(
      tx.query(
        `insert into opt_out (institution_id, debtor, party_id, channel, value_index, at, evidence, given_debtor)
         select institution_id, $2, party_id, channel, value_index, at, evidence, debtor from opt_out where debtor = $1 and withdrawn_at is null
           and party_id in (select party_id from party where collection_case = any($3)) returning id`,
        [from.id, to.id, uuids],
      ),
    );
    await tx.query('update objection set debtor = $2 where collection_case = any($1)', [uuids, to.id]);
    return { cases: uuids.length, contacts, holds, optOuts };
  }

  /** The cases of a record where a hold is in force. */
  async heldCases(tx: Tx, debtor: string, at: Date): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `select id from collection_case where debtor = $1
         and exists (select from hold where debtor = $1 and scope::jsonb = '{}' and from_at <= $2 and (until_at is null or until_at > $2)) order by id`,
      [debtor, at],
    );
    return rows.map(({ id }) => id);
  }
}

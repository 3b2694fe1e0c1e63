import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { LONGEST_MS } from './limits.ts';

export interface ReceiptRecord {
  readonly complaintId: string;
  readonly codeHash: Buffer;
}

export interface NewReceipt extends ReceiptRecord {
  readonly institutionId: string;
  readonly addressIndex: Buffer;
  readonly receivedAt: Date;
}

export interface ToldRecord {
  readonly at: Date;
  readonly about: string;
  readonly form: string | null;
}

export interface WrittenRecord {
  readonly at: Date;
  readonly noteSealed: Buffer;
}

export interface Knocks {
  readonly ofAddress: readonly Date[];
  readonly ofBoth: readonly Date[];
  readonly ofNumber: readonly Date[];
}

const MOST_SHOWN = 200;

@Injectable()
export class PublicStore {
  /** One at a time for each of the names, in one order for everyone. */
  async lock(tx: Tx, names: readonly string[]): Promise<void> {
    await tx.query(
      `select pg_advisory_xact_lock(key) from (select distinct hashtextextended(name, 14) as key from unnest($1::text[]) as name order by 1) k`,
      [names],
    );
  }

  /** When this address sent forms. */
  async forms(tx: Tx, institutionId: string, address: Buffer, since: Date): Promise<Date[]> {
    const rows = await tx.query<{ at: Date }>(
      `select at from public_knock where institution_id = $1 and kind = 'form' and address_index = $2 and at > $3`,
      [institutionId, address, since],
    );
    return rows.map(({ at }) => at);
  }

  async knock(
    tx: Tx,
    knock: { institutionId: string; kind: 'form' | 'code'; address: Buffer; number: Buffer | null; at: Date },
  ): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into public_knock (institution_id, kind, address_index, number_index, at) values ($1, $2, $3, $4, $5) returning id`,
      [knock.institutionId, knock.kind, knock.address, knock.number, knock.at],
    );
    if (!row) throw new Error('the knock was not kept');
    return row.id;
  }

  async wasGood(tx: Tx, id: string): Promise<void> {
    await tx.query('update public_knock set good = true where id = $1', [id]);
  }

  /** When wrong codes were tried. */
  async wrongCodes(tx: Tx, institutionId: string, address: Buffer, number: Buffer, now: Date): Promise<Knocks> {
    const since = new Date(now.getTime() - LONGEST_MS);
    const rows = await tx.query<{ at: Date; here: boolean; same: boolean }>(
      `select at, address_index = $2 as here, number_index = $3 as same from public_knock
       where institution_id = $1 and kind = 'code' and not good and at > $4 and address_index = $2
       union all select at, false, true from public_knock
       where institution_id = $1 and kind = 'code' and not good and at > $4 and number_index = $3 and address_index <> $2`,
      [institutionId, address, number, since],
    );
    const of = (which: (row: (typeof rows)[number]) => boolean): Date[] => rows.filter(which).map(({ at }) => at);
    return { ofAddress: of(({ here }) => here), ofBoth: of(({ here, same }) => here && same), ofNumber: of(({ same }) => same) };
  }

  /** When complaints came: of the address, and of all. */
  async complaints(tx: Tx, institutionId: string, address: Buffer, now: Date): Promise<{ ofAddress: Date[]; ofAll: Date[] }> {
    const since = new Date(now.getTime() - LONGEST_MS);
    const rows = await tx.query<{ at: Date; here: boolean }>(
      `select received_at as at, true as here from public_receipt where institution_id = $1 and address_index = $2 and received_at > $3
       union all select received_at, false from public_receipt where institution_id = $1 and received_at > $4::timestamptz - interval '1 hour'`,
      [institutionId, address, since, now],
    );
    const of = (here: boolean): Date[] => rows.filter((row) => row.here === here).map(({ at }) => at);
    return { ofAddress: of(true), ofAll: of(false) };
  }

  async addReceipt(tx: Tx, { complaintId, institutionId, codeHash, addressIndex, receivedAt }: NewReceipt): Promise<void> {
    await tx.query(
      'insert into public_receipt (complaint, institution_id, code_hash, address_index, received_at) values ($1, $2, $3, $4, $5)',
      [complaintId, institutionId, codeHash, addressIndex, receivedAt],
    );
  }

  async findReceipt(tx: Tx, institutionId: string, number: string): Promise<ReceiptRecord | null> {
    const [row] = await tx.query<ReceiptRecord>(
      `select r.complaint as "complaintId", r.code_hash as "codeHash" from complaint c join public_receipt r on r.complaint = c.id
       where c.number = $2 and c.institution_id = $1`,
      [institutionId, number],
    );
    return row ?? null;
  }

  /** What the complainant was told, in which form. */
  async told(tx: Tx, complaintId: string): Promise<ToldRecord[]> {
    return tx.query(
      `select told_at as at, about, form from notice where complaint = $1 and state = 'told'
       union all select at, 'decision', data ->> 'form' from clock_event where complaint = $1 and type = 'told'
         and not exists (select from notice n where n.complaint = $1 and n.state = 'told' and n.about = 'decision')
       order by at limit ${MOST_SHOWN}`,
      [complaintId],
    );
  }

  async outcome(tx: Tx, complaintId: string): Promise<string | null> {
    const [row] = await tx.query<{ outcome: string | null }>(
      `select data ->> 'outcome' as outcome from clock_event where complaint = $1 and type = 'decided' order by seq desc limit 1`,
      [complaintId],
    );
    return row?.outcome ?? null;
  }

  /** What the complainant has added and is known to have written. */
  async written(tx: Tx, complaintId: string): Promise<WrittenRecord[]> {
    return tx.query(
      `select at, note_sealed as "noteSealed" from timeline
       where complaint = $1 and kind = 'complainant-added' and note_sealed is not null and (data ->> 'senderKnown')::boolean order by id limit ${MOST_SHOWN}`,
      [complaintId],
    );
  }

  async forget(tx: Tx): Promise<void> {
    await tx.query(`delete from public_knock where at < clock_timestamp() - interval '2 days'`);
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export const MAIL_STATES = ['received', 'waiting', 'complaint', 'joined', 'dismissed'] as const;
export type MailState = (typeof MAIL_STATES)[number];
export const WAIT_REASONS = ['unreadable', 'no-sender', 'automatic', 'empty', 'closed'] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

export interface AddressRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly address: string;
  readonly addedBy: string;
  readonly addedAt: Date;
  readonly retiredBy: string | null;
  readonly retiredAt: Date | null;
}

export interface NewMail {
  readonly institutionId: string;
  readonly address: string;
  readonly identity: Buffer;
  readonly upload: string;
  readonly bytes: number;
  readonly receivedAt: Date;
  readonly nullSender: boolean;
}

export interface MailRecord extends Omit<NewMail, 'identity'> {
  readonly id: string;
  readonly state: MailState;
  readonly reason: WaitReason | null;
  readonly tries: number;
  readonly parsedSealed: Buffer | null;
  readonly complaintId: string | null;
  readonly complaintNumber: string | null;
  readonly suggestedId: string | null;
  readonly suggestedNumber: string | null;
  readonly senderKnown: boolean | null;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly dismissalSealed: Buffer | null;
  readonly acknowledgement: string | null;
}

export interface MailFilter {
  readonly institutionId: string;
  readonly states: readonly MailState[];
  readonly complaintId: string | null;
  readonly before: string | null;
  readonly limit: number;
}

/** What is written of a mail; what is left out stays. */
export interface MailChange {
  readonly state: MailState;
  readonly reason?: WaitReason | null;
  readonly parsedSealed?: Buffer | null;
  readonly senderIndex?: Buffer | null;
  readonly complaintId?: string | null;
  readonly suggestedId?: string | null;
  readonly senderKnown?: boolean | null;
  readonly settledBy?: string | null;
  readonly settledAt?: Date | null;
  readonly dismissalSealed?: Buffer | null;
  readonly acknowledgement?: string | null;
}

const ADDRESS = `select id, institution_id as "institutionId", address, added_by as "addedBy", added_at as "addedAt", retired_by as "retiredBy",
  retired_at as "retiredAt" from mailbox_address`;
const MAIL = `select m.id, m.institution_id as "institutionId", m.address, m.upload, m.bytes::int as bytes, m.received_at as "receivedAt", m.null_sender as "nullSender",
  m.state, m.reason, m.tries, m.parsed_sealed as "parsedSealed", m.complaint as "complaintId", c.number as "complaintNumber", m.suggested as "suggestedId",
  s.number as "suggestedNumber", m.sender_known as "senderKnown", m.settled_by as "settledBy", m.settled_at as "settledAt",
  m.dismissal_sealed as "dismissalSealed", m.acknowledgement
  from mail m left join complaint c on c.id = m.complaint left join complaint s on s.id = m.suggested`;

@Injectable()
export class MailboxStore {
  /** Whose mailbox it is, of whatever institution. */
  async recipient(tx: Tx, address: string): Promise<AddressRecord | null> {
    const [row] = await tx.query<AddressRecord>(`${ADDRESS} where address = $1 and retired_at is null`, [address]);
    return row ?? null;
  }

  async addresses(tx: Tx, institutionId: string): Promise<AddressRecord[]> {
    return tx.query(`${ADDRESS} where institution_id = $1 order by retired_at is not null, address, id`, [institutionId]);
  }

  /** False: somebody has it. */
  async addAddress(tx: Tx, institutionId: string, address: string, by: string, at: Date): Promise<boolean> {
    const rows = await tx.query(
      `insert into mailbox_address (institution_id, address, added_by, added_at) values ($1, $2, $3, $4)
       on conflict (address) where retired_at is null do nothing returning id`,
      [institutionId, address, by, at],
    );
    return rows.length > 0;
  }

  /** False: it is not in use. */
  async retireAddress(tx: Tx, institutionId: string, address: string, by: string, at: Date): Promise<boolean> {
    const rows = await tx.query(
      `update mailbox_address set retired_by = $3, retired_at = $4 where address = $2 and institution_id = $1 and retired_at is null returning id`,
      [institutionId, address, by, at],
    );
    return rows.length > 0;
  }

  /** Null: the same mail is there. */
  async add(tx: Tx, mail: NewMail): Promise<string | null> {
    const { institutionId, address, identity, upload, bytes, receivedAt, nullSender } = mail;
    const [row] = await tx.query<{ id: string }>(
      `insert into mail (institution_id, address, identity, upload, bytes, received_at, null_sender, state) values ($1, $2, $3, $4, $5, $6, $7, 'received')
       on conflict (identity, institution_id) do nothing returning id`,
      [institutionId, address, identity, upload, bytes, receivedAt, nullSender],
    );
    return row?.id ?? null;
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<MailRecord | null> {
    const [row] = await tx.query<MailRecord>(`${MAIL} where m.id = $2 and m.institution_id = $1`, [institutionId, id]);
    return row ?? null;
  }

  /** The same, and nobody else settles it until the transaction ends. */
  async lock(tx: Tx, institutionId: string, id: string): Promise<MailRecord | null> {
    const [row] = await tx.query<MailRecord>(`${MAIL} where m.id = $2 and m.institution_id = $1 for update of m`, [institutionId, id]);
    return row ?? null;
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, { institutionId, states, complaintId, before, limit }: MailFilter): Promise<MailRecord[]> {
    return tx.query(
      `${MAIL} where m.institution_id = $1 and m.state = any($2) and ($3::uuid is null or m.complaint = $3) and ($4::uuid is null or m.id < $4)
       order by m.id desc limit $5`,
      [institutionId, states, complaintId, before, limit + 1],
    );
  }

  async countWaiting(tx: Tx, institutionId: string): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `select count(*)::int as count from mail where state = 'waiting' and institution_id = $1`,
      [institutionId],
    );
    return row?.count ?? 0;
  }

  async tried(tx: Tx, id: string, tries: number): Promise<void> {
    await tx.query('update mail set tries = $2 where id = $1', [id, tries]);
  }

  async change(tx: Tx, id: string, change: MailChange): Promise<void> {
    const columns: Readonly<Record<keyof MailChange, string>> = {
      state: 'state',
      reason: 'reason',
      parsedSealed: 'parsed_sealed',
      senderIndex: 'sender_index',
      complaintId: 'complaint',
      suggestedId: 'suggested',
      senderKnown: 'sender_known',
      settledBy: 'settled_by',
      settledAt: 'settled_at',
      dismissalSealed: 'dismissal_sealed',
      acknowledgement: 'acknowledgement',
    };
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const sets = given.map(([name], at) => `${columns[name as keyof MailChange]} = $${at + 2}`);
    await tx.query(`update mail set ${sets.join(', ')} where id = $1`, [id, ...given.map(([, value]) => value)]);
  }

  /** The complaint that one of these numbers is of, or that one of these messages of ours was about; the first. */
  async complaintOf(tx: Tx, institutionId: string, numbers: readonly string[], dispatches: readonly string[]): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `select id from (
         select c.id, array_position($2::text[], c.number) as place from complaint c where c.number = any($2) and c.institution_id = $1
         union all
         select d.complaint, 1000 + array_position($3::uuid[], d.id) from dispatch d where d.id = any($3::uuid[]) and d.institution_id = $1 and d.complaint is not null) f
       order by place limit 1`,
      [institutionId, numbers, dispatches],
    );
    return row?.id ?? null;
  }

  /** Whether the complaint came from this address, or says that it is how to reach the complainant. */
  async isSenderOf(tx: Tx, complaintId: string, senderIndex: Buffer, contactIndexes: readonly Buffer[]): Promise<boolean> {
    const rows = await tx.query(
      `select from complaint where id = $1 and contact_index = any($3::bytea[])
       union all select from mail where complaint = $1 and sender_index = $2 and state = 'complaint' limit 1`,
      [complaintId, senderIndex, contactIndexes],
    );
    return rows.length > 0;
  }

  /** How often this sender was answered since then. */
  async answered(tx: Tx, institutionId: string, senderIndex: Buffer, since: Date): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      `select count(*)::int as count from mail where institution_id = $1 and sender_index = $2 and received_at > $3 and acknowledgement is not null`,
      [institutionId, senderIndex, since],
    );
    return row?.count ?? 0;
  }

  /** Mails that nobody has looked at for so long, the oldest first. */
  async abandoned(tx: Tx, staleAfterMs: number, limit: number): Promise<{ id: string; institutionId: string }[]> {
    return tx.query(
      `select id, institution_id as "institutionId" from mail
       where state = 'received' and received_at < clock_timestamp() - make_interval(secs => $1::double precision / 1000) order by received_at limit $2`,
      [staleAfterMs, limit],
    );
  }
}

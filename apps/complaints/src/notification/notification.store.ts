import { Injectable } from '@nestjs/common';
import { alongIndex, type Tx } from '#pg';
import type { NotificationKind } from './notification.dto.ts';
import type { Told } from './told.ts';

export interface NotificationRecord {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly complaintId: string;
  readonly complaintNumber: string;
  readonly subjectSealed: Buffer;
  readonly timeZone: string;
  readonly dueOn: string;
  readonly createdAt: Date;
  /** When the asker read it. */
  readonly readAt: Date | null;
}

/** Whose notifications. */
export interface Recipient {
  readonly institutionId: string;
  readonly subject: string;
  readonly roles: readonly string[];
}

// $1 the institution, $2 the subject, $3 his roles. Each source is read along its own index, newest first, and no further than it is needed.
const mine = (columns: string, conditions: string, rest: string): string => `
  select * from (
    (select ${columns} from notification n where n.institution_id = $1 and n.recipient = $2 ${conditions} ${rest})
    union all
    select r.* from unnest($3::text[]) as role(name) cross join lateral
      (select ${columns} from notification n where n.institution_id = $1 and n.recipient_role = role.name ${conditions} ${rest}) r) n`;

const UNREAD = 'and not exists (select from notification_read r where r.notification = n.id and r.subject = $2)';

const SHOWN = `n.id, n.kind, n.complaint as "complaintId", c.number as "complaintNumber", c.subject_sealed as "subjectSealed", c.time_zone as "timeZone",
  n.data ->> 'dueOn' as "dueOn", n.created_at as "createdAt", r.read_at as "readAt"`;
const JOINED = `join complaint c on c.id = n.complaint left join notification_read r on r.notification = n.id and r.subject = $2`;

@Injectable()
export class NotificationStore {
  async add(tx: Tx, institutionId: string, told: readonly Told[], now: Date): Promise<void> {
    if (told.length === 0) return;
    const incoming = told.map(({ complaintId: complaint, kind, recipient, role, dueOn, data }, n) => ({
      n,
      complaint,
      kind,
      recipient,
      role,
      data: { dueOn, ...data },
    }));
    await tx.query(
      `insert into notification (institution_id, complaint, kind, recipient, recipient_role, created_at, data)
       select $1, complaint, kind, recipient, role, $3, data from json_to_recordset($2) as r(n integer, complaint uuid, kind text, recipient text, role text, data json) order by n`,
      [institutionId, JSON.stringify(incoming), now],
    );
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(
    tx: Tx,
    { institutionId, subject, roles }: Recipient,
    unread: boolean,
    before: string | null,
    limit: number,
  ): Promise<NotificationRecord[]> {
    const conditions = `and ($4::uuid is null or n.id < $4) ${unread ? UNREAD : ''}`;
    const page = `select ${SHOWN} from (${mine('n.*', conditions, 'order by n.id desc limit $5')} order by n.id desc limit $5) n ${JOINED} order by n.id desc`;
    const values = [institutionId, subject, roles, before, limit + 1];
    const [, records] = await Promise.all([alongIndex(tx), tx.query<NotificationRecord>(page, values)]);
    return records;
  }

  /** How many are unread, counted as far as `most`. */
  async countUnread(tx: Tx, { institutionId, subject, roles }: Recipient, most: number): Promise<number> {
    const [row] = await tx.query<{ count: number }>(`select count(*)::int as count from (${mine('n.id', UNREAD, 'limit $4')} limit $4) n`, [
      institutionId,
      subject,
      roles,
      most,
    ]);
    return row?.count ?? 0;
  }

  /** Notes that the recipient has read it, the first time; false when it is not his. */
  async read(tx: Tx, { institutionId, subject, roles }: Recipient, id: string): Promise<boolean> {
    const rows = await tx.query<{ id: string }>(
      `with own as (select n.id from notification n where n.institution_id = $1 and n.id = $4 and (n.recipient = $2 or n.recipient_role = any($3))),
       noted as (insert into notification_read (institution_id, notification, subject, read_at) select $1, id, $2, clock_timestamp() from own on conflict do nothing)
       select id from own`,
      [institutionId, subject, roles, id],
    );
    return rows.length > 0;
  }

  async find(tx: Tx, { institutionId, subject }: Recipient, id: string): Promise<NotificationRecord | null> {
    const [row] = await tx.query<NotificationRecord>(
      `select ${SHOWN} from notification n ${JOINED} where n.institution_id = $1 and n.id = $3`,
      [institutionId, subject, id],
    );
    return row ?? null;
  }
}

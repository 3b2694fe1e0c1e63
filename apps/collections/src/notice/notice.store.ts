import { Injectable } from '@nestjs/common';
import { alongIndex, type Tx } from '#pg';
import type { NoticeKind } from './notice.dto.ts';

export interface NewNotice {
  readonly institutionId: string;
  readonly kind: NoticeKind;
  readonly task: string;
  /** One of both. */
  readonly recipient: string | null;
  readonly recipientRole: string | null;
  readonly agencyId: string | null;
  readonly dueAt: Date;
}

export interface NoticeRecord {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly taskId: string;
  readonly taskKind: string;
  readonly resource: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly caseId: string | null;
  readonly agencyId: string | null;
  readonly dueAt: Date;
  readonly createdAt: Date;
  /** When the asker read it. */
  readonly readAt: Date | null;
}

/** Whose notices. */
export interface Recipient {
  readonly institutionId: string;
  readonly subject: string;
  readonly agencyId: string | null;
  readonly roles: readonly string[];
  readonly agencyRoles: readonly string[];
}

// $1 the institution, $2 the subject, $3 the agency, $4 the roles, $5 those of agencies. To a person, wherever; to a role, of the agency where it is an agency's.
const OF_AGENCY = `(case when $3::text is null then n.agency_id is null or n.recipient_role <> all($5::text[]) else n.agency_id = $3 and n.recipient_role = any($5::text[]) end)`;
const UNREAD = 'and not exists (select from notice_read r where r.notice = n.id and r.subject = $2)';

// Each source is read along its own index, the newest first, and no further than it is needed.
const mine = (conditions: string, rest: string): string => `
  select * from (
    (select n.* from notice n where n.institution_id = $1 and n.recipient = $2 and ($3::text is null or n.agency_id = $3) ${conditions} ${rest})
    union all
    select r.* from unnest($4::text[]) as role(name) cross join lateral
      (select n.* from notice n where n.institution_id = $1 and n.recipient_role = role.name and ${OF_AGENCY} ${conditions} ${rest}) r) n`;

const SHOWN = `n.id, n.kind, t.id as "taskId", t.kind as "taskKind", t.resource, t.detail, c.case_id as "caseId", t.agency_id as "agencyId", n.due_at as "dueAt",
  n.created_at as "createdAt", r.read_at as "readAt"`;
const JOINED = `join task t on t.id = n.task left join collection_case c on c.id = t.collection_case left join notice_read r on r.notice = n.id and r.subject = $2`;

const values = ({ institutionId, subject, agencyId, roles, agencyRoles }: Recipient): unknown[] => [
  institutionId,
  subject,
  agencyId,
  roles,
  agencyRoles,
];

@Injectable()
export class NoticeStore {
  /** What was said of the same due time before is not said again. */
  async add(tx: Tx, notices: readonly NewNotice[], at: Date): Promise<void> {
    await tx.query(
      `insert into notice (institution_id, kind, task, recipient, recipient_role, agency_id, due_at, created_at)
       select r."institutionId", r.kind, r.task, r.recipient, r."recipientRole", r."agencyId", r."dueAt", $2
       from json_to_recordset($1) as r("institutionId" text, kind text, task uuid, recipient text, "recipientRole" text, "agencyId" text, "dueAt" timestamptz)
       on conflict do nothing`,
      [JSON.stringify(notices), at],
    );
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, recipient: Recipient, unread: boolean, before: string | null, limit: number): Promise<NoticeRecord[]> {
    const conditions = `and ($6::uuid is null or n.id < $6) ${unread ? UNREAD : ''}`;
    const rest = 'order by n.id desc limit $7';
    const page = `select ${SHOWN} from (${mine(conditions, rest)} ${rest}) n ${JOINED} order by n.id desc`;
    const [, records] = await Promise.all([alongIndex(tx), tx.query<NoticeRecord>(page, [...values(recipient), before, limit + 1])]);
    return records;
  }

  /** How many are unread, counted as far as `most`. */
  async countUnread(tx: Tx, recipient: Recipient, most: number): Promise<number> {
    const [row] = await tx.query<{ count: number }>(`select count(*)::int as count from (${mine(UNREAD, 'limit $6')} limit $6) n`, [
      ...values(recipient),
      most,
    ]);
    return row?.count ?? 0;
  }

  /** Notes that the recipient has read these, the first time; those that are his. */
  async read(tx: Tx, recipient: Recipient, ids: readonly string[], at: Date): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `with own as (select n.id from notice n where n.institution_id = $1 and n.id = any($6::uuid[])
           and ((n.recipient = $2 and ($3::text is null or n.agency_id = $3)) or (n.recipient_role = any($4) and ${OF_AGENCY}))),
         noted as (insert into notice_read (institution_id, notice, subject, read_at) select $1, id, $2, $7 from own on conflict do nothing)
       select id from own`,
      [...values(recipient), ids, at],
    );
    return rows.map(({ id }) => id);
  }

  async find(tx: Tx, recipient: Recipient, id: string): Promise<NoticeRecord | null> {
    const [row] = await tx.query<NoticeRecord>(`select ${SHOWN} from notice n ${JOINED} where n.institution_id = $1 and n.id = $3`, [
      recipient.institutionId,
      recipient.subject,
      id,
    ]);
    return row ?? null;
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { ComplaintState } from '../complaint/complaint.dto.ts';
import type { ReopeningBasis } from './reopening.dto.ts';

export interface NewReopening {
  readonly institutionId: string;
  readonly complaintId: string;
  readonly successorId: string;
  readonly basis: ReopeningBasis;
  readonly review: string | null;
  readonly reasonsSealed: Buffer;
  readonly files: readonly string[];
  readonly receivedAt: Date;
  readonly openedBy: string;
  readonly openedAt: Date;
}

export interface LinkRecord {
  readonly id: string;
  readonly number: string;
  readonly receivedAt: Date;
  readonly state: ComplaintState;
  readonly dueOn: string;
  readonly dueAt: Date;
  readonly closedAt: Date | null;
  readonly timeZone: string;
  readonly basis: ReopeningBasis | null;
  readonly reasonsSealed: Buffer | null;
  readonly openedBy: string | null;
  readonly openedAt: Date | null;
}

@Injectable()
export class ReopeningStore {
  async add(tx: Tx, one: NewReopening): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into reopening (institution_id, complaint, successor, basis, review, reasons_sealed, files, received_at, opened_by, opened_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
      [
        one.institutionId,
        one.complaintId,
        one.successorId,
        one.basis,
        one.review,
        one.reasonsSealed,
        one.files,
        one.receivedAt,
        one.openedBy,
        one.openedAt,
      ],
    );
    return row?.id ?? '';
  }

  async successorOf(tx: Tx, complaintId: string): Promise<string | null> {
    const [row] = await tx.query<{ successor: string }>('select successor from reopening where complaint = $1', [complaintId]);
    return row?.successor ?? null;
  }

  /** The whole chain that a complaint stands in, from the first to the last. */
  async chain(tx: Tx, complaintId: string): Promise<LinkRecord[]> {
    return tx.query<LinkRecord>(
      `with recursive back(id, n) as (
         select $1::uuid, 0 union all select r.complaint, b.n - 1 from back b join reopening r on r.successor = b.id),
       links(id, n) as (
         select id, n from (select id, n from back order by n limit 1) b union all select r.successor, l.n + 1 from links l join reopening r on r.complaint = l.id)
       select c.id, c.number, c.received_at as "receivedAt", c.state, c.due_on as "dueOn", c.due_at as "dueAt", c.closed_at as "closedAt", c.time_zone as "timeZone",
         o.basis, o.reasons_sealed as "reasonsSealed", o.opened_by as "openedBy", o.opened_at as "openedAt"
       from links l join complaint c on c.id = l.id left join reopening o on o.successor = c.id order by l.n`,
      [complaintId],
    );
  }
}

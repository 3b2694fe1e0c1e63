import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

@Injectable()
export class InvolvementStore {
  /** Everybody who handled a complaint, or recorded or approved anything on its clock; and whom it is about. */
  async subjects(tx: Tx, complaintId: string): Promise<string[]> {
    const rows = await tx.query<{ subject: string }>(
      `select distinct subject from (
         select c.handler as subject from complaint c where c.id = $1
         union all select c.against_staff_id from complaint c where c.id = $1
         union all select c.registered_by from complaint c where c.id = $1 and c.registered_by_handler
         union all select e.recorded_by from clock_event e where e.complaint = $1
         union all select t.data ->> 'handler' from timeline t where t.complaint = $1 and t.kind = 'assigned'
         union all select t.data ->> 'before' from timeline t where t.complaint = $1 and t.kind = 'assigned'
       ) s where subject is not null`,
      [complaintId],
    );
    return rows.map(({ subject }) => subject);
  }

  /** The unit of a member, and whether it decided the complaint or stands below a unit that did. */
  async unitOf(tx: Tx, institutionId: string, subject: string, complaintId: string): Promise<{ code: string; decided: boolean } | null> {
    const [row] = await tx.query<{ code: string; decided: boolean }>(
      `with recursive mine(id, parent) as (
         select u.id, u.parent from desk_member m join desk_unit u on u.id = m.unit where m.institution_id = $1 and m.subject = $2
         union select u.id, u.parent from mine b join desk_unit u on u.id = b.parent),
       deciders as (
         select c.handler as subject from complaint c where c.id = $3
         union select e.recorded_by from clock_event e where e.complaint = $3 and e.type in ('decided', 'extended'))
       select u.code, exists (
           select from deciders d join desk_member m on m.institution_id = $1 and m.subject = d.subject join mine on mine.id = m.unit) as decided
       from desk_member m join desk_unit u on u.id = m.unit where m.institution_id = $1 and m.subject = $2`,
      [institutionId, subject, complaintId],
    );
    return row ?? null;
  }

  /** What the decision says of the complaint, and when it was decided. */
  async outcome(tx: Tx, complaintId: string): Promise<string | null> {
    const [row] = await tx.query<{ outcome: string | null }>(
      `select data ->> 'outcome' as outcome from clock_event where complaint = $1 and type = 'decided' order by seq desc limit 1`,
      [complaintId],
    );
    return row?.outcome ?? null;
  }
}

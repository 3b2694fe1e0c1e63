import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { CauseCount, CauseKind, CauseState, ObjectKind } from './root-cause.dto.ts';

/** What was the cause: the same of several complaints where all of it is the same. */
export interface CauseOf {
  readonly kind: CauseKind;
  readonly objectKind: ObjectKind;
  readonly objectRef: string | null;
}

export interface CauseRecord extends CauseOf {
  readonly id: string;
  readonly complaintId: string;
  readonly whysSealed: Buffer;
  readonly state: CauseState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly noteSealed: Buffer | null;
  readonly rectificationId: string | null;
}

const COLUMNS = `
  r.id, r.complaint as "complaintId", r.kind, r.object_kind as "objectKind", r.object_ref as "objectRef", r.whys_sealed as "whysSealed", r.state, r.proposed_by as "proposedBy",
  r.proposed_at as "proposedAt", r.settled_by as "settledBy", r.settled_at as "settledAt", r.note_sealed as "noteSealed",
  (select l.rectification from rectification_cause l join rectification m on m.id = l.rectification and m.state <> 'cancelled' where l.root_cause = r.id
    order by l.rectification desc limit 1) as "rectificationId"`;

@Injectable()
export class RootCauseStore {
  /** Null: the same is proposed or confirmed already. */
  async add(
    tx: Tx,
    one: CauseOf & { institutionId: string; complaintId: string; whysSealed: Buffer; by: string; at: Date },
  ): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `insert into root_cause (institution_id, complaint, kind, object_kind, object_ref, whys_sealed, state, proposed_by, proposed_at)
       values ($1, $2, $3, $4, $5, $6, 'proposed', $7, $8) on conflict do nothing returning id`,
      [one.institutionId, one.complaintId, one.kind, one.objectKind, one.objectRef, one.whysSealed, one.by, one.at],
    );
    return row?.id ?? null;
  }

  async complaintOf(tx: Tx, institutionId: string, id: string): Promise<string | null> {
    const [row] = await tx.query<{ complaint: string }>('select complaint from root_cause where institution_id = $1 and id = $2', [
      institutionId,
      id,
    ]);
    return row?.complaint ?? null;
  }

  async find(tx: Tx, id: string): Promise<CauseRecord | null> {
    const [row] = await tx.query<CauseRecord>(`select ${COLUMNS} from root_cause r where r.id = $1`, [id]);
    return row ?? null;
  }

  async findMany(tx: Tx, institutionId: string, ids: readonly string[]): Promise<CauseRecord[]> {
    return tx.query<CauseRecord>(`select ${COLUMNS} from root_cause r where r.institution_id = $1 and r.id = any($2) order by r.id`, [
      institutionId,
      ids,
    ]);
  }

  async ofComplaint(tx: Tx, complaintId: string): Promise<CauseRecord[]> {
    return tx.query<CauseRecord>(`select ${COLUMNS} from root_cause r where r.complaint = $1 order by r.id`, [complaintId]);
  }

  async settle(tx: Tx, id: string, state: 'confirmed' | 'returned', by: string, at: Date, noteSealed: Buffer | null): Promise<void> {
    await tx.query('update root_cause set state = $2, settled_by = $3, settled_at = $4, note_sealed = $5 where id = $1', [
      id,
      state,
      by,
      at,
      noteSealed,
    ]);
  }

  async replace(tx: Tx, id: string, at: Date, noteSealed: Buffer): Promise<void> {
    await tx.query(`update root_cause set state = 'replaced', replaced_at = $2, note_sealed = $3 where id = $1`, [id, at, noteSealed]);
  }

  /** Confirmed in the time, by what was the cause. */
  async counts(tx: Tx, institutionId: string, from: Date, until: Date): Promise<CauseCount[]> {
    return tx.query<CauseCount>(
      `select r.kind, r.object_kind as "objectKind", r.object_ref as "objectRef", count(distinct r.complaint)::int as complaints,
         (count(distinct r.complaint) filter (where exists (
           select from rectification_cause l join rectification m on m.id = l.rectification where l.root_cause = r.id and m.state <> 'cancelled')))::int as rectified
       from root_cause r where r.institution_id = $1 and r.state = 'confirmed' and r.settled_at >= $2 and r.settled_at < $3
       group by 1, 2, 3 order by complaints desc, 1, 2, 3 limit 100`,
      [institutionId, from, until],
    );
  }

  /** Complaints that were found justified in the time, and how many of them have a confirmed cause. */
  async justified(tx: Tx, institutionId: string, from: Date, until: Date): Promise<{ justified: number; withCause: number }> {
    const [row] = await tx.query<{ justified: number; withCause: number }>(
      `select count(*)::int as justified, (count(*) filter (where exists (
           select from root_cause r where r.complaint = e.complaint and r.state = 'confirmed')))::int as "withCause"
       from clock_event e where e.institution_id = $1 and e.type = 'decided' and e.at >= $2 and e.at < $3 and e.data ->> 'outcome' in ('upheld', 'partly-upheld')`,
      [institutionId, from, until],
    );
    return row ?? { justified: 0, withCause: 0 };
  }
}

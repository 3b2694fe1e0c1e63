import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { COMPLAINT_COLUMNS } from '../complaint/complaint.columns.ts';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import type { DuplicateDecision, ToldForm } from './duplicate.dto.ts';
import type { LikenessReason, LikenessSetting } from './likeness.ts';

/** By what complaints are found: the blind indexes of contact and id number as they may be written, and the account. */
export interface Keys {
  readonly contacts: readonly Buffer[];
  readonly idNumbers: readonly Buffer[];
  readonly account: string | null;
}

export interface NewDecision {
  readonly institutionId: string;
  readonly laterId: string;
  readonly earlierId: string;
  readonly decision: DuplicateDecision;
  readonly reasons: readonly LikenessReason[];
  readonly noteSealed: Buffer;
  readonly toldForm: ToldForm | null;
  readonly toldAt: Date | null;
  readonly toldProofSealed: Buffer | null;
  readonly dispatch: string | null;
  readonly decidedBy: string;
  readonly decidedAt: Date;
}

export interface LinkRecord {
  readonly id: string;
  readonly number: string;
  readonly receivedAt: Date;
}

export interface DecisionRecord extends Omit<NewDecision, 'institutionId' | 'laterId' | 'earlierId' | 'toldProofSealed'> {
  readonly id: string;
  readonly later: LinkRecord;
  readonly earlier: LinkRecord;
}

interface DecisionRow extends Omit<DecisionRecord, 'later' | 'earlier'> {
  readonly laterId: string;
  readonly laterNumber: string;
  readonly laterReceivedAt: Date;
  readonly earlierId: string;
  readonly earlierNumber: string;
  readonly earlierReceivedAt: Date;
}

export interface SettingRecord extends LikenessSetting {
  readonly setBy: string;
  readonly setAt: Date;
}

const DECISION = `d.id, d.decision, d.reasons, d.note_sealed as "noteSealed", d.told_form as "toldForm", d.told_at as "toldAt", d.dispatch, d.decided_by as "decidedBy",
  d.decided_at as "decidedAt", l.id as "laterId", l.number as "laterNumber", l.received_at as "laterReceivedAt", e.id as "earlierId", e.number as "earlierNumber",
  e.received_at as "earlierReceivedAt" from duplicate_decision d join complaint l on l.id = d.later join complaint e on e.id = d.earlier`;

const toDecision = (row: DecisionRow): DecisionRecord => {
  const { laterId, laterNumber, laterReceivedAt, earlierId, earlierNumber, earlierReceivedAt, ...rest } = row;
  return {
    ...rest,
    later: { id: laterId, number: laterNumber, receivedAt: laterReceivedAt },
    earlier: { id: earlierId, number: earlierNumber, receivedAt: earlierReceivedAt },
  };
};

@Injectable()
export class DuplicateStore {
  /** The newest that have one of the keys; not those that were merged, and of `except` neither itself nor what was found to be no duplicate of it. */
  async alike(
    tx: Tx,
    institutionId: string,
    { contacts, idNumbers, account }: Keys,
    except: string | null,
    limit: number,
  ): Promise<ComplaintRecord[]> {
    return tx.query<ComplaintRecord>(
      `with found as (
         (select id from complaint where contact_index = any($2) order by received_at desc limit $6)
         union (select id from complaint where id_number_index = any($3) order by received_at desc limit $6)
         union (select id from complaint where account = $4 order by received_at desc limit $6))
       select ${COMPLAINT_COLUMNS} from found f join complaint c on c.id = f.id
       where c.institution_id = $1 and c.state <> 'merged' and c.id is distinct from $5::uuid
         and not exists (select from duplicate_decision d where (d.later, d.earlier) in ((c.id, $5::uuid), ($5::uuid, c.id)))
       order by c.received_at desc, c.id desc limit $6`,
      [institutionId, contacts, idNumbers, account, except, limit],
    );
  }

  async add(tx: Tx, one: NewDecision): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into duplicate_decision (institution_id, later, earlier, decision, reasons, note_sealed, told_form, told_at, told_proof_sealed, dispatch, decided_by, decided_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
      [
        one.institutionId,
        one.laterId,
        one.earlierId,
        one.decision,
        one.reasons,
        one.noteSealed,
        one.toldForm,
        one.toldAt,
        one.toldProofSealed,
        one.dispatch,
        one.decidedBy,
        one.decidedAt,
      ],
    );
    if (!row) throw new Error('the decision was not stored');
    return row.id;
  }

  /** What was decided of a complaint, the newest first. */
  async decisions(tx: Tx, complaintId: string): Promise<DecisionRecord[]> {
    const rows = await tx.query<DecisionRow>(`select ${DECISION} where d.later = $1 or d.earlier = $1 order by d.id desc limit 200`, [
      complaintId,
    ]);
    return rows.map(toDecision);
  }

  /** What was decided last of two. */
  async lastOf(tx: Tx, one: string, other: string): Promise<DuplicateDecision | null> {
    const [row] = await tx.query<{ decision: DuplicateDecision }>(
      `select decision from duplicate_decision where (later, earlier) in (($1, $2), ($2, $1)) order by id desc limit 1`,
      [one, other],
    );
    return row?.decision ?? null;
  }

  /** The complaint that one goes on as, at the end of the chain; null: as itself. */
  async endOf(tx: Tx, complaintId: string): Promise<LinkRecord | null> {
    const [row] = await tx.query<LinkRecord>(
      `with recursive chain(id, n) as (
         select d.earlier, 1 from duplicate_decision d where d.later = $1 and d.decision <> 'separate'
         union all select d.earlier, k.n + 1 from chain k join duplicate_decision d on d.later = k.id and d.decision <> 'separate' where k.n < 1000)
       select c.id, c.number, c.received_at as "receivedAt" from chain k join complaint c on c.id = k.id order by k.n desc limit 1`,
      [complaintId],
    );
    return row ?? null;
  }

  async setting(tx: Tx, institutionId: string): Promise<SettingRecord | null> {
    const [row] = await tx.query<SettingRecord>(
      `select window_days as "windowDays", similar_percent as "similarPercent", set_by as "setBy", set_at as "setAt"
       from duplicate_setting where institution_id = $1 order by id desc limit 1`,
      [institutionId],
    );
    return row ?? null;
  }

  async set(tx: Tx, institutionId: string, { windowDays, similarPercent, setBy, setAt }: SettingRecord): Promise<void> {
    await tx.query(
      `insert into duplicate_setting (institution_id, window_days, similar_percent, set_by, set_at) values ($1, $2, $3, $4, $5)`,
      [institutionId, windowDays, similarPercent, setBy, setAt],
    );
  }
}

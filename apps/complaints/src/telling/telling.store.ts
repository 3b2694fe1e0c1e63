import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import type { LetterKind } from '../letter-template/letter-kinds.ts';
import type { TellingForm, TryForm, TryResult } from './forms.ts';

export interface NewNotice {
  readonly institutionId: string;
  readonly complaintId: string;
  readonly about: LetterKind;
  readonly form: TellingForm;
  readonly state: 'sending' | 'told' | 'failed';
  readonly decision: string | null;
  readonly dispatch: string | null;
  readonly toldAt: Date | null;
  readonly proofSealed: Buffer;
  readonly recordedBy: string;
  readonly recordedAt: Date;
  readonly counted: boolean;
}

export interface NoticeRecord extends NewNotice {
  readonly id: string;
  readonly code: string | null;
  readonly failedAt: Date | null;
  readonly rejected: string | null;
}

export interface TryRecord {
  readonly id: string;
  readonly form: TryForm;
  readonly at: Date;
  readonly result: TryResult;
  readonly noteSealed: Buffer | null;
  readonly recordedBy: string;
}

export interface WaiverRecord {
  readonly id: string;
  readonly state: 'waiting' | 'approved' | 'refused' | 'lapsed';
  readonly reasonSealed: Buffer;
  readonly tries: number;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
}

/** What a step changes; what is left out stays. */
export type NoticeChange = Partial<Pick<NoticeRecord, 'state' | 'toldAt' | 'code' | 'failedAt' | 'counted' | 'rejected'>>;

const NOTICE = `select n.id, n.institution_id as "institutionId", n.complaint as "complaintId", n.about, n.form, n.state, n.decision, n.dispatch, n.told_at as "toldAt",
  n.proof_sealed as "proofSealed", n.recorded_by as "recordedBy", n.recorded_at as "recordedAt", n.code, n.failed_at as "failedAt", n.counted, n.rejected from notice n`;
const WAIVER = `select w.id, w.state, w.reason_sealed as "reasonSealed", w.tries, w.asked_by as "askedBy", w.asked_at as "askedAt", w.settled_by as "settledBy",
  w.settled_at as "settledAt" from notice_waiver w`;
const COLUMN: Readonly<Record<keyof NoticeChange, string>> = {
  state: 'state',
  toldAt: 'told_at',
  code: 'code',
  failedAt: 'failed_at',
  counted: 'counted',
  rejected: 'rejected',
};

/** Every writer holds the lock of the complaint. */
@Injectable()
export class TellingStore {
  /** The newest first. */
  async notices(tx: Tx, complaintId: string): Promise<NoticeRecord[]> {
    return tx.query(`${NOTICE} where n.complaint = $1 order by n.id desc limit 200`, [complaintId]);
  }

  /** Which of these are files of the complaint. */
  async files(tx: Tx, complaintId: string, ids: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ id: string }>(
      'select id from complaint_file where complaint = $1 and id = any($2) and removed_at is null',
      [complaintId, ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async ofDispatch(tx: Tx, institutionId: string, dispatch: string): Promise<NoticeRecord | null> {
    const [row] = await tx.query<NoticeRecord>(`${NOTICE} where n.dispatch = $1 and n.institution_id = $2`, [dispatch, institutionId]);
    return row ?? null;
  }

  async add(tx: Tx, row: NewNotice): Promise<string> {
    const [made] = await tx.query<{ id: string }>(
      `insert into notice (institution_id, complaint, about, form, state, decision, dispatch, told_at, proof_sealed, recorded_by, recorded_at, counted)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id`,
      [
        row.institutionId,
        row.complaintId,
        row.about,
        row.form,
        row.state,
        row.decision,
        row.dispatch,
        row.toldAt,
        row.proofSealed,
        row.recordedBy,
        row.recordedAt,
        row.counted,
      ],
    );
    if (!made) throw new Error('the notice was not stored');
    return made.id;
  }

  async change(tx: Tx, id: string, change: NoticeChange): Promise<void> {
    const keys = (Object.keys(change) as (keyof NoticeChange)[]).filter((key) => change[key] !== undefined);
    const sets = keys.map((key, index) => `${COLUMN[key]} = $${index + 2}`).join(', ');
    await tx.query(`update notice set ${sets} where id = $1`, [id, ...keys.map((key) => change[key])]);
  }

  /** The newest first. */
  async tries(tx: Tx, complaintId: string): Promise<TryRecord[]> {
    return tx.query(
      `select id, form, at, result, note_sealed as "noteSealed", recorded_by as "recordedBy" from notice_try where complaint = $1 order by at desc, id desc limit 500`,
      [complaintId],
    );
  }

  async addTry(
    tx: Tx,
    row: Omit<TryRecord, 'id'> & { readonly institutionId: string; readonly complaintId: string; readonly recordedAt: Date },
  ): Promise<string> {
    const [made] = await tx.query<{ id: string }>(
      `insert into notice_try (institution_id, complaint, form, at, result, note_sealed, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
      [row.institutionId, row.complaintId, row.form, row.at, row.result, row.noteSealed, row.recordedBy, row.recordedAt],
    );
    if (!made) throw new Error('the try was not stored');
    return made.id;
  }

  /** The newest first. */
  async waivers(tx: Tx, complaintId: string): Promise<WaiverRecord[]> {
    return tx.query(`${WAIVER} where w.complaint = $1 order by w.id desc limit 100`, [complaintId]);
  }

  async waiver(tx: Tx, complaintId: string, id: string): Promise<WaiverRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<WaiverRecord>(`${WAIVER} where w.complaint = $1 and w.id = $2`, [complaintId, id]);
    return row ?? null;
  }

  async addWaiver(
    tx: Tx,
    row: Pick<WaiverRecord, 'reasonSealed' | 'tries' | 'askedBy' | 'askedAt'> & {
      readonly institutionId: string;
      readonly complaintId: string;
    },
  ): Promise<string> {
    const [made] = await tx.query<{ id: string }>(
      `insert into notice_waiver (institution_id, complaint, state, reason_sealed, tries, asked_by, asked_at) values ($1, $2, 'waiting', $3, $4, $5, $6) returning id`,
      [row.institutionId, row.complaintId, row.reasonSealed, row.tries, row.askedBy, row.askedAt],
    );
    if (!made) throw new Error('the waiver was not stored');
    return made.id;
  }

  async settleWaiver(tx: Tx, id: string, state: 'approved' | 'refused' | 'lapsed', by: string, at: Date): Promise<void> {
    await tx.query('update notice_waiver set state = $2, settled_by = $3, settled_at = $4 where id = $1', [id, state, by, at]);
  }
}

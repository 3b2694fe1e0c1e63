import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { CorrectionState } from './receipt.dto.ts';

export interface NewCorrection {
  readonly institutionId: string;
  readonly complaintId: string;
  readonly receivedBefore: Date;
  readonly receivedAt: Date;
  readonly dueOnBefore: string;
  readonly dueOnAfter: string;
  readonly reasonSealed: Buffer;
  readonly files: readonly string[];
  readonly askedBy: string;
  readonly askedAt: Date;
}

export interface CorrectionRecord extends NewCorrection {
  readonly id: string;
  readonly state: CorrectionState;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly noteSealed: Buffer | null;
}

export interface Settlement {
  readonly state: Exclude<CorrectionState, 'asked'>;
  readonly by: string;
  readonly at: Date;
  readonly noteSealed: Buffer | null;
  readonly dueOnAfter: string;
}

const COLUMNS = `id, institution_id as "institutionId", complaint as "complaintId", state, received_before as "receivedBefore", received_at as "receivedAt",
  due_on_before as "dueOnBefore", due_on_after as "dueOnAfter", reason_sealed as "reasonSealed", files, asked_by as "askedBy", asked_at as "askedAt",
  settled_by as "settledBy", settled_at as "settledAt", note_sealed as "noteSealed"`;

@Injectable()
export class ReceiptStore {
  /** Null while another waits. */
  async add(tx: Tx, one: NewCorrection): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `insert into receipt_correction (institution_id, complaint, state, received_before, received_at, due_on_before, due_on_after, reason_sealed, files, asked_by, asked_at)
       values ($1, $2, 'asked', $3, $4, $5, $6, $7, $8, $9, $10) on conflict (complaint) where state = 'asked' do nothing returning id`,
      [
        one.institutionId,
        one.complaintId,
        one.receivedBefore,
        one.receivedAt,
        one.dueOnBefore,
        one.dueOnAfter,
        one.reasonSealed,
        one.files,
        one.askedBy,
        one.askedAt,
      ],
    );
    return row?.id ?? null;
  }

  /** The newest first. */
  async list(tx: Tx, complaintId: string): Promise<CorrectionRecord[]> {
    return tx.query<CorrectionRecord>(`select ${COLUMNS} from receipt_correction where complaint = $1 order by id desc limit 100`, [
      complaintId,
    ]);
  }

  async settle(tx: Tx, id: string, { state, by, at, noteSealed, dueOnAfter }: Settlement): Promise<void> {
    await tx.query(
      'update receipt_correction set state = $2, settled_by = $3, settled_at = $4, note_sealed = $5, due_on_after = $6 where id = $1',
      [id, state, by, at, noteSealed, dueOnAfter],
    );
  }

  /** The day on which a regulator sent the complaint on; null: none did. */
  async forwardedOn(tx: Tx, complaintId: string): Promise<string | null> {
    const [row] = await tx.query<{ on: string | null }>('select forwarded_on as "on" from complaint_intake where complaint = $1', [
      complaintId,
    ]);
    return row?.on ?? null;
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import type { StepKind, StepState } from './step.dto.ts';

const PRIVATE = 'agency_step.private';
const DECISION = 'agency_step.decision';

/** In words, and names: kept sealed. */
export interface StepWords {
  readonly reason: string;
  readonly signedBy: string | null;
  readonly handling: string | null;
}

export interface Declaration {
  readonly signedOn: string;
  readonly documentId: string;
}

export interface NewStep {
  readonly institutionId: string;
  readonly agencyId: string;
  readonly kind: StepKind;
  readonly declaration: Declaration | null;
  readonly words: StepWords;
  readonly proposedBy: string;
  readonly proposedAt: Date;
}

export interface StepRecord {
  readonly id: string;
  readonly kind: StepKind;
  readonly state: StepState;
  readonly declaration: Declaration | null;
  readonly words: StepWords;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
}

interface Row extends Omit<StepRecord, 'words' | 'decisionReason' | 'declaration'> {
  readonly detail: { readonly declaration?: Declaration };
  readonly privateSealed: Buffer;
  readonly decisionSealed: Buffer | null;
}

const COLUMNS = `id, kind, state, detail, private_sealed as "privateSealed", proposed_by as "proposedBy", proposed_at as "proposedAt", decided_by as "decidedBy",
  decided_at as "decidedAt", decision_sealed as "decisionSealed"`;

@Injectable()
export class StepStore {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  /** Null where something is proposed already. */
  async propose(tx: Tx, step: NewStep): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `insert into agency_step (institution_id, agency_id, kind, detail, private_sealed, proposed_by, proposed_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (agency_id, institution_id) where state = 'proposed' do nothing returning id`,
      [
        step.institutionId,
        step.agencyId,
        step.kind,
        JSON.stringify(step.declaration ? { declaration: step.declaration } : {}),
        this.vault.seal(JSON.stringify(step.words), PRIVATE),
        step.proposedBy,
        step.proposedAt,
      ],
    );
    return row?.id ?? null;
  }

  async settle(tx: Tx, id: string, end: { state: StepState; by: string; at: Date; reason: string | null }): Promise<void> {
    const sealed = end.reason === null ? null : this.vault.seal(end.reason, DECISION);
    await tx.query('update agency_step set state = $2, decided_by = $3, decided_at = $4, decision_sealed = $5 where id = $1', [
      id,
      end.state,
      end.by,
      end.at,
      sealed,
    ]);
  }

  async find(tx: Tx, institutionId: string, agencyId: string, id: string): Promise<StepRecord | null> {
    const [row] = await tx.query<Row>(`select ${COLUMNS} from agency_step where id = $1 and agency_id = $2 and institution_id = $3`, [
      id,
      agencyId,
      institutionId,
    ]);
    return row ? this.toRecord(row) : null;
  }

  async findOpen(tx: Tx, institutionId: string, agencyId: string): Promise<StepRecord | null> {
    const [row] = await tx.query<Row>(
      `select ${COLUMNS} from agency_step where agency_id = $1 and institution_id = $2 and state = 'proposed'`,
      [agencyId, institutionId],
    );
    return row ? this.toRecord(row) : null;
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, filter: { institutionId: string; agencyId: string; after: string | null; limit: number }): Promise<StepRecord[]> {
    const rows = await tx.query<Row>(
      `select ${COLUMNS} from agency_step where agency_id = $2 and institution_id = $1 and ($3::uuid is null or id < $3) order by id desc limit $4`,
      [filter.institutionId, filter.agencyId, filter.after, filter.limit + 1],
    );
    return rows.map((row) => this.toRecord(row));
  }

  private toRecord({ detail, privateSealed, decisionSealed, ...row }: Row): StepRecord {
    return {
      ...row,
      declaration: detail.declaration ?? null,
      words: JSON.parse(this.vault.open(privateSealed, PRIVATE)) as StepWords,
      decisionReason: decisionSealed && this.vault.open(decisionSealed, DECISION),
    };
  }
}

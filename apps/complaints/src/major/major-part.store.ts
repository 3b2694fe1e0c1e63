import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export const STEP_STATES = ['open', 'done', 'skipped'] as const;
export type StepState = (typeof STEP_STATES)[number];

export interface StepRecord {
  readonly id: string;
  readonly seq: number;
  readonly ofPlan: boolean;
  readonly textSealed: Buffer;
  readonly ownerRole: string;
  readonly owner: string | null;
  readonly dueAt: Date;
  readonly state: StepState;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly proofSealed: Buffer | null;
  readonly files: readonly string[];
}

export interface NewStep {
  readonly ofPlan: boolean;
  readonly textSealed: Buffer;
  readonly ownerRole: string;
  readonly owner: string | null;
  readonly dueAt: Date;
}

export interface EntryRecord {
  readonly at: Date;
  readonly kind: string;
  readonly actor: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly noteSealed: Buffer | null;
}

export interface NewMajorEntry {
  readonly institutionId: string;
  readonly matter: string;
  readonly at: Date;
  readonly kind: string;
  readonly actor: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly noteSealed: Buffer | null;
}

const STEP = `id, seq, of_plan as "ofPlan", text_sealed as "textSealed", owner_role as "ownerRole", owner, due_at as "dueAt", state, settled_by as "settledBy",
  settled_at as "settledAt", proof_sealed as "proofSealed", files`;

/** The steps of a matter, and what was done about it. */
@Injectable()
export class MajorPartStore {
  /** After those that are there, in their order; returns the id of the last. */
  async addSteps(tx: Tx, institutionId: string, matter: string, steps: readonly NewStep[]): Promise<string> {
    const incoming = steps.map((step, at) => ({ ...step, at: at + 1, textSealed: step.textSealed.toString('base64') }));
    const rows = await tx.query<{ id: string }>(
      `insert into major_step (institution_id, matter, seq, of_plan, text_sealed, owner_role, owner, due_at)
       select $1, $2, r.at + (select coalesce(max(seq), 0) from major_step where matter = $2), r."ofPlan", decode(r."textSealed", 'base64'), r."ownerRole", r.owner, r."dueAt"
       from json_to_recordset($3) as r(at integer, "ofPlan" boolean, "textSealed" text, "ownerRole" text, owner text, "dueAt" timestamptz) order by r.at returning id`,
      [institutionId, matter, JSON.stringify(incoming)],
    );
    return rows.at(-1)?.id ?? matter;
  }

  async steps(tx: Tx, matter: string): Promise<StepRecord[]> {
    return tx.query(`select ${STEP} from major_step where matter = $1 order by seq`, [matter]);
  }

  async step(tx: Tx, matter: string, id: string): Promise<StepRecord | null> {
    const [row] = await tx.query<StepRecord>(`select ${STEP} from major_step where matter = $1 and id = $2`, [matter, id]);
    return row ?? null;
  }

  async settle(
    tx: Tx,
    id: string,
    word: { state: StepState; by: string; at: Date; proofSealed: Buffer; files: readonly string[] },
  ): Promise<void> {
    await tx.query('update major_step set state = $2, settled_by = $3, settled_at = $4, proof_sealed = $5, files = $6 where id = $1', [
      id,
      word.state,
      word.by,
      word.at,
      word.proofSealed,
      word.files,
    ]);
  }

  async give(tx: Tx, id: string, owner: string): Promise<void> {
    await tx.query('update major_step set owner = $2 where id = $1', [id, owner]);
  }

  async note(tx: Tx, entry: NewMajorEntry): Promise<void> {
    await tx.query(
      'insert into major_entry (institution_id, matter, at, kind, actor, data, note_sealed) values ($1, $2, $3, $4, $5, $6, $7)',
      [entry.institutionId, entry.matter, entry.at, entry.kind, entry.actor, JSON.stringify(entry.data), entry.noteSealed],
    );
  }

  /** In order. */
  async entries(tx: Tx, matter: string): Promise<EntryRecord[]> {
    return tx.query(`select at, kind, actor, data, note_sealed as "noteSealed" from major_entry where matter = $1 order by id limit 1000`, [
      matter,
    ]);
  }
}

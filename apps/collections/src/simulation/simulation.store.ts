import { Injectable } from '@nestjs/common';
import { alongIndex, type Tx } from '#pg';
import { runFields, type RunFields } from '#runs';
import type { PolicyContent } from '../policy/content.ts';
import type { Sample } from './simulator.ts';
import type { SimulationSummary } from './tally.ts';

export interface SimulationRecord extends RunFields {
  readonly id: string;
  readonly institutionId: string;
  readonly draftId: string;
  readonly revision: number;
  readonly content: PolicyContent;
  /** Empty: every product without a version of its own. */
  readonly product: string;
  readonly periodFrom: Date;
  readonly periodTo: Date;
  readonly summary: SimulationSummary | null;
}

export interface NewSimulation {
  readonly institutionId: string;
  readonly draftId: string;
  readonly revision: number;
  readonly content: PolicyContent;
  readonly product: string;
  readonly periodFrom: Date;
  readonly periodTo: Date;
  readonly requestedBy: string;
}

const COLUMNS = `id, institution_id as "institutionId", draft as "draftId", revision, content, product, period_from as "periodFrom", period_to as "periodTo", summary, ${runFields}`;

@Injectable()
export class SimulationStore {
  async create(tx: Tx, row: NewSimulation): Promise<string> {
    const [created] = await tx.query<{ id: string }>(
      `insert into policy_simulation (institution_id, draft, revision, content, product, period_from, period_to, requested_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
      [
        row.institutionId,
        row.draftId,
        row.revision,
        JSON.stringify(row.content),
        row.product,
        row.periodFrom,
        row.periodTo,
        row.requestedBy,
      ],
    );
    if (!created) throw new Error('the simulation was not stored');
    return created.id;
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<SimulationRecord | null> {
    const [row] = await tx.query<SimulationRecord>(`select ${COLUMNS} from policy_simulation where id = $1 and institution_id = $2`, [
      id,
      institutionId,
    ]);
    return row ?? null;
  }

  /** The newest first, before the id. */
  async list(tx: Tx, institutionId: string, draftId: string, before: string | null, limit: number): Promise<SimulationRecord[]> {
    await alongIndex(tx);
    return tx.query(
      `select ${COLUMNS} from policy_simulation where draft = $2 and institution_id = $1 and ($3::uuid is null or id < $3) order by draft, id desc limit $4`,
      [institutionId, draftId, before, limit],
    );
  }

  /** One that has not ended; null: there is none. */
  async unfinished(tx: Tx, draftId: string): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `select id from policy_simulation where draft = $1 and state in ('queued', 'running') order by id limit 1`,
      [draftId],
    );
    return row?.id ?? null;
  }

  async samples(tx: Tx, id: string): Promise<Sample[]> {
    const rows = await tx.query<{ sample: Sample }>('select sample from policy_simulation_sample where simulation = $1 order by seq', [id]);
    return rows.map(({ sample }) => sample);
  }

  async keepSamples(tx: Tx, institutionId: string, id: string, samples: readonly Sample[]): Promise<void> {
    await tx.query(
      `insert into policy_simulation_sample (institution_id, simulation, seq, sample)
       select $1, $2, place, sample from json_array_elements($3) with ordinality as s(sample, place)`,
      [institutionId, id, JSON.stringify(samples)],
    );
  }

  async clear(tx: Tx, id: string): Promise<void> {
    await tx.query('delete from policy_simulation_sample where simulation = $1', [id]);
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

/** How far a night's check has come. */
export interface Progress {
  readonly afterId: string | null;
  readonly checked: number;
  readonly corrected: number;
}

@Injectable()
export class DueCheckStore {
  /** Begins the check of a night, if nobody has. */
  async begin(tx: Tx, night: string, now: Date): Promise<void> {
    await tx.query('insert into due_check (night, started_at) values ($1, $2) on conflict do nothing', [night, now]);
  }

  /** How far the check has come, for whoever goes on alone until the transaction ends; null when it is done, or someone is at it. */
  async take(tx: Tx, night: string): Promise<Progress | null> {
    const [row] = await tx.query<Progress>(
      `select after_id as "afterId", checked::int, corrected::int from due_check where night = $1 and finished_at is null for update skip locked`,
      [night],
    );
    return row ?? null;
  }

  /** The institutions that have published a year whose clocks are not all moved yet. */
  async recomputing(tx: Tx): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ id: string }>('select distinct institution_id as id from calendar_run where finished_at is null');
    return new Set(rows.map(({ id }) => id));
  }

  async advance(tx: Tx, night: string, { afterId, checked, corrected }: Progress, finishedAt: Date | null): Promise<void> {
    await tx.query('update due_check set after_id = $2, checked = $3, corrected = $4, finished_at = $5 where night = $1', [
      night,
      afterId,
      checked,
      corrected,
      finishedAt,
    ]);
  }
}

import { Injectable } from '@nestjs/common';
import { append, type NewRecord } from '#evidence-log';
import type { Tx } from '#pg';
import type { TimelineKind } from './timeline.view.ts';

export interface NewEntry {
  readonly complaintId: string;
  readonly at: Date;
  readonly kind: TimelineKind;
  readonly actor: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** What people wrote, where no clock event keeps it. */
  readonly noteSealed?: Buffer | null;
}

export interface Entry {
  readonly id: string;
  readonly at: Date;
  readonly kind: TimelineKind;
  readonly actor: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly noteSealed: Buffer | null;
}

const COLUMNS = `t.id, t.at, t.kind, t.actor, t.data, coalesce(t.note_sealed, e.note_sealed) as "noteSealed"`;
const FROM = `timeline t left join clock_event e on t.kind = 'clock-event' and e.id = (t.data ->> 'eventId')::uuid`;

// What the ledger keeps as evidence itself, with all that it takes to ask the clock again.
const OF_THE_CLOCK: ReadonlySet<TimelineKind> = new Set(['registered', 'imported', 'clock-event']);

const evidenceOf = (entries: readonly NewEntry[], ids: readonly string[]): NewRecord[] =>
  entries.flatMap(({ complaintId, at, kind, actor, data, noteSealed }, n) =>
    OF_THE_CLOCK.has(kind)
      ? []
      : [
          {
            kind: 'complaint-entry',
            actor,
            body: { entryId: ids[n] ?? null, complaintId, entry: kind, at, data: data ?? {}, noted: (noteSealed ?? null) !== null },
          },
        ],
  );

@Injectable()
export class TimelineStore {
  /** Adds entries in their order; returns their ids. */
  async add(tx: Tx, institutionId: string, entries: readonly NewEntry[]): Promise<string[]> {
    if (entries.length === 0) return [];
    const incoming = entries.map(({ complaintId, at, kind, actor, data, noteSealed }, n) => ({
      n,
      complaint: complaintId,
      at,
      kind,
      actor,
      data: data ?? {},
      note: noteSealed?.toString('base64') ?? null,
    }));
    const rows = await tx.query<{ id: string }>(
      `insert into timeline (institution_id, complaint, at, kind, actor, data, note_sealed)
       select $1, complaint, at, kind, actor, data, decode(note, 'base64')
       from json_to_recordset($2) as r(n integer, complaint uuid, at timestamptz, kind text, actor text, data json, note text) order by n returning id`,
      [institutionId, JSON.stringify(incoming)],
    );
    await append(
      tx,
      institutionId,
      evidenceOf(
        entries,
        rows.map(({ id }) => id),
      ),
    );
    return rows.map(({ id }) => id);
  }

  /** In order; one more than the limit, if there are so many. */
  async list(tx: Tx, complaintId: string, after: string | null, limit: number): Promise<Entry[]> {
    return tx.query<Entry>(
      `select ${COLUMNS} from ${FROM} where t.complaint = $1 and ($2::uuid is null or t.id > $2) order by t.id limit $3`,
      [complaintId, after, limit + 1],
    );
  }

  async find(tx: Tx, id: string): Promise<Entry | null> {
    const [row] = await tx.query<Entry>(`select ${COLUMNS} from ${FROM} where t.id = $1`, [id]);
    return row ?? null;
  }
}

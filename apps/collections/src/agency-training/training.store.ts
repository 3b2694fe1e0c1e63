import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface Attendant {
  readonly collectorId: string;
  readonly result: string;
}

export interface TrainingRecord {
  readonly id: string;
  readonly heldOn: string;
  readonly subject: string;
  readonly hours: string;
  readonly attendants: readonly Attendant[];
  readonly documentId: string | null;
  readonly notedBy: string;
  readonly notedAt: Date;
}

export interface NewTraining extends Omit<TrainingRecord, 'id'> {
  readonly institutionId: string;
  readonly agencyId: string;
}

const COLUMNS = `g.id, g.held_on::text as "heldOn", g.subject, g.hours::text as hours, g.document as "documentId", g.noted_by as "notedBy", g.noted_at as "notedAt",
  (select coalesce(json_agg(json_build_object('collectorId', a.collector_id, 'result', a.result) order by a.collector_id), '[]')
    from agency_training_attendant a where a.training = g.id) as attendants`;

@Injectable()
export class TrainingStore {
  async add(tx: Tx, training: NewTraining): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `with made as (
         insert into agency_training (institution_id, agency_id, held_on, subject, hours, document, noted_by, noted_at) values ($1, $2, $3, $4, $5, $6, $7, $8) returning id
       ), attended as (
         insert into agency_training_attendant (training, institution_id, collector_id, result)
         select made.id, $1, r."collectorId", r.result from made, json_to_recordset($9) as r("collectorId" text, result text)
       )
       select id from made`,
      [
        training.institutionId,
        training.agencyId,
        training.heldOn,
        training.subject,
        training.hours,
        training.documentId,
        training.notedBy,
        training.notedAt,
        JSON.stringify(training.attendants),
      ],
    );
    if (!row) throw new Error('the training was not stored');
    return row.id;
  }

  /** Which of these are no collectors of the agency. */
  async strangers(tx: Tx, institutionId: string, agencyId: string, collectorIds: readonly string[]): Promise<string[]> {
    const found = await tx.query<{ id: string }>(
      `select u.id from unnest($3::text[]) as u(id)
       where not exists (select from agency_staff s where s.agency_id = $2 and s.collector_id = u.id and s.institution_id = $1)`,
      [institutionId, agencyId, collectorIds],
    );
    return found.map(({ id }) => id);
  }

  async find(tx: Tx, institutionId: string, agencyId: string, id: string): Promise<TrainingRecord | null> {
    const [row] = await tx.query<TrainingRecord>(
      `select ${COLUMNS} from agency_training g where g.id = $1 and g.agency_id = $2 and g.institution_id = $3`,
      [id, agencyId, institutionId],
    );
    return row ?? null;
  }

  /** The last noted first; one more than the limit, if there are so many. */
  async list(tx: Tx, filter: { institutionId: string; agencyId: string; after: string | null; limit: number }): Promise<TrainingRecord[]> {
    return tx.query<TrainingRecord>(
      `select ${COLUMNS} from agency_training g where g.agency_id = $2 and g.institution_id = $1 and ($3::uuid is null or g.id < $3) order by g.id desc limit $4`,
      [filter.institutionId, filter.agencyId, filter.after, filter.limit + 1],
    );
  }
}

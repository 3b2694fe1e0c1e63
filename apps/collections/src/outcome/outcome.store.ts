import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import type { OutcomeReport } from './outcome.dto.ts';

/** Of what case a contact was; our ids. */
export interface ContactPlace {
  readonly caseUuid: string;
  readonly debtor: string;
  readonly agencyId: string | null;
}

export interface NewReport extends ContactPlace {
  readonly institutionId: string;
  readonly attempt: string;
  readonly report: OutcomeReport;
  readonly promise: string | null;
  readonly objection: string | null;
  readonly stops: readonly string[];
  readonly by: string;
  readonly at: Date;
}

/** What an outcome brought about. */
export interface Consequences {
  readonly stops: readonly string[];
  readonly promiseId: string | null;
  readonly objectionId: string | null;
}

@Injectable()
export class OutcomeStore {
  async placeOf(tx: Tx, institutionId: string, attempt: string): Promise<ContactPlace | null> {
    if (!isUuid(attempt)) return null;
    const [row] = await tx.query<ContactPlace>(
      `select c.id as "caseUuid", c.debtor, d.agency_id as "agencyId" from decision d join collection_case c on c.id = d.collection_case
       where d.id = $1 and d.institution_id = $2`,
      [attempt, institutionId],
    );
    return row ?? null;
  }

  async add(tx: Tx, { report, ...one }: NewReport): Promise<void> {
    await tx.query(
      `insert into outcome_report (attempt, institution_id, collection_case, agency_id, reached, special, best_from, best_to, follow_up_at, attitude, arrears_reason,
         wants_no_calls, promise, stops, said_by, said_at, objection) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        one.attempt,
        one.institutionId,
        one.caseUuid,
        one.agencyId,
        report.reached ?? null,
        report.special ?? null,
        report.bestTime?.from ?? null,
        report.bestTime?.to ?? null,
        report.followUpAt ?? null,
        report.attitude ?? null,
        report.arrearsReason ?? null,
        report.wantsNoCalls ?? false,
        one.promise,
        one.stops,
        one.by,
        one.at,
        one.objection,
      ],
    );
  }

  async consequencesOf(tx: Tx, attempt: string): Promise<Consequences> {
    const [row] = await tx.query<Consequences>(
      'select stops, promise as "promiseId", objection as "objectionId" from outcome_report where attempt = $1',
      [attempt],
    );
    return row ?? { stops: [], promiseId: null, objectionId: null };
  }
}

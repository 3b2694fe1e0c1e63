import { Injectable } from '@nestjs/common';
import { append } from '#evidence-log';
import type { Tx } from '#pg';
import type { StandingFacts, StandingReason } from '../agency/standing.ts';

export interface AgencyStanding extends StandingFacts {
  readonly agencyId: string;
  readonly barredSince: Date | null;
}

export interface NewStanding {
  readonly agencyId: string;
  readonly at: Date;
  readonly standing: StandingFacts;
  readonly bars: readonly StandingReason[];
  readonly barredSince: Date | null;
  readonly revoked: number;
}

export interface Turned {
  readonly institutionId: string;
  readonly agencyId: string;
  /** When, as far as its contract says; null: nobody knows. */
  readonly at: Date | null;
}

@Injectable()
export class StandingStore {
  /** How agencies stand, in order of their id; nobody else changes it until the transaction ends. */
  async lock(tx: Tx, institutionId: string, agencyIds: readonly string[]): Promise<AgencyStanding[]> {
    return tx.query<AgencyStanding>(
      `select agency_id as "agencyId", status, published, contract_from::text as "contractFrom", contract_to::text as "contractTo",
         last_evaluated_on::text as "lastEvaluatedOn", barred_since as "barredSince"
       from agency where institution_id = $1 and agency_id = any($2) order by id for no key update`,
      [institutionId, agencyIds],
    );
  }

  /** The standing and its history, in one statement; and as evidence. */
  async write(tx: Tx, institutionId: string, by: string, changes: readonly NewStanding[]): Promise<void> {
    const rows = changes.map(({ standing, ...change }) => ({ ...standing, ...change }));
    await tx.query(
      `with given as (
         select * from json_to_recordset($3) as r("agencyId" text, status text, published boolean, "contractFrom" date, "contractTo" date, "lastEvaluatedOn" date, at timestamptz,
           bars json, "barredSince" timestamptz, revoked integer)
       ), kept as (
         insert into agency_standing (institution_id, agency_id, at, set_by, status, published, contract_from, contract_to, last_evaluated_on, bars, revoked)
         select $1, "agencyId", at, $2, status, published, "contractFrom", "contractTo", "lastEvaluatedOn", array(select json_array_elements_text(bars)), revoked from given
       )
       update agency a set status = g.status, published = g.published, contract_from = g."contractFrom", contract_to = g."contractTo",
         last_evaluated_on = g."lastEvaluatedOn", barred_since = g."barredSince"
       from given g where a.agency_id = g."agencyId" and a.institution_id = $1`,
      [institutionId, by, JSON.stringify(rows)],
    );
    await append(
      tx,
      institutionId,
      rows.map((body) => ({ kind: 'agency-standing', actor: by, body })),
    );
  }

  /** Agencies of all institutions that time has stopped or let begin since anybody looked: by the local day they stand otherwise than is kept. */
  async turned(tx: Tx, day: string, timeZone: string): Promise<Turned[]> {
    return tx.query<Turned>(
      `select institution_id as "institutionId", agency_id as "agencyId",
         case when barred_since is null and status = 'active' and published and contract_to < $1 then (contract_to + 1)::timestamp at time zone $2
           when barred_since < contract_from::timestamp at time zone $2 then contract_from::timestamp at time zone $2 end as at
       from agency where agency_barred(status, published, contract_from, contract_to, $1) <> (barred_since is not null) order by institution_id, agency_id`,
      [day, timeZone],
    );
  }
}

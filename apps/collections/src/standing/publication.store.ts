import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

/** What the list says of an agency. */
export interface Listing {
  readonly name: string;
  readonly licence: string | null;
  readonly phone: string | null;
  readonly address: string | null;
}

/** An agency beside what the list says of it. */
export interface ListedAgency {
  readonly agencyId: string;
  readonly says: Listing;
  /** Whether the bank lists it as long as its contract lasts. */
  readonly meant: boolean;
  /** The contract, from its first instant to the first after it. */
  readonly begins: Date | null;
  readonly ends: Date | null;
  readonly open: {
    readonly id: string;
    readonly says: Listing;
    readonly since: Date;
    readonly from: Date;
    readonly expires: Date | null;
  } | null;
}

export interface Closing {
  readonly id: string;
  readonly until: Date;
  readonly because: string | null;
}

export interface Opening extends Listing {
  readonly agencyId: string;
  readonly since: Date;
  readonly from: Date;
  readonly expires: Date | null;
}

interface Row {
  readonly agencyId: string;
  readonly name: string;
  readonly licence: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly meant: boolean;
  readonly begins: Date | null;
  readonly ends: Date | null;
  readonly id: string | null;
  readonly openName: string;
  readonly openLicence: string | null;
  readonly openPhone: string | null;
  readonly openAddress: string | null;
  readonly since: Date;
  readonly from: Date;
  readonly expires: Date | null;
}

@Injectable()
export class PublicationStore {
  async load(tx: Tx, institutionId: string, agencyIds: readonly string[], timeZone: string): Promise<ListedAgency[]> {
    const rows = await tx.query<Row>(
      `select a.agency_id as "agencyId", a.name, a.licence, a.phone, a.address,
         a.status = 'active' and a.published and (a.contract_from is not null or a.contract_to is not null) as meant,
         a.contract_from::timestamp at time zone $3 as begins, (a.contract_to + 1)::timestamp at time zone $3 as ends,
         p.id, p.name as "openName", p.licence as "openLicence", p.phone as "openPhone", p.address as "openAddress", p.since, p.from_at as from, p.expires_at as expires
       from agency a left join agency_publication p on p.agency_id = a.agency_id and p.institution_id = a.institution_id and p.until_at is null
       where a.institution_id = $1 and a.agency_id = any($2) order by a.id`,
      [institutionId, agencyIds, timeZone],
    );
    return rows.map((row) => ({
      agencyId: row.agencyId,
      says: { name: row.name, licence: row.licence, phone: row.phone, address: row.address },
      meant: row.meant,
      begins: row.begins,
      ends: row.ends,
      open: row.id === null ? null : { id: row.id, says: openWords(row), since: row.since, from: row.from, expires: row.expires },
    }));
  }

  /** Ends rows, then begins others: one is open at a time for an agency. */
  async write(tx: Tx, institutionId: string, closings: readonly Closing[], openings: readonly Opening[]): Promise<void> {
    if (closings.length > 0)
      await tx.query(
        `update agency_publication p set until_at = r.until, left_because = r.because from json_to_recordset($1) as r(id uuid, until timestamptz, because text) where p.id = r.id`,
        [JSON.stringify(closings)],
      );
    if (openings.length > 0)
      await tx.query(
        `insert into agency_publication (institution_id, agency_id, name, licence, phone, address, since, from_at, expires_at)
         select $1, "agencyId", name, licence, phone, address, since, "from", expires
         from json_to_recordset($2) as r("agencyId" text, name text, licence text, phone text, address text, since timestamptz, "from" timestamptz, expires timestamptz)`,
        [institutionId, JSON.stringify(openings)],
      );
  }
}

const openWords = (row: Row): Listing => ({
  name: row.openName,
  licence: row.openLicence,
  phone: row.openPhone,
  address: row.openAddress,
});

import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { StaffKey } from './staff.store.ts';

export interface NewCertificate extends StaffKey {
  readonly number: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly addedBy: string;
  readonly addedAt: Date;
  /** Whether the bank itself writes it down. */
  readonly isConfirmed: boolean;
}

export interface CertificateRecord {
  readonly id: string;
  readonly collectorId: string;
  readonly confirmed: boolean;
  readonly revoked: boolean;
  readonly validTo: string;
}

/** As the statements read it. */
export interface StaffName {
  readonly agency_id: string;
  readonly collector_id: string;
}

export interface FileCertificate extends StaffName {
  readonly until: string | null;
}

export interface OfferedCertificate {
  readonly id: string;
  readonly agencyId: string;
  readonly collectorId: string;
  readonly validTo: string;
}

@Injectable()
export class CertificateStore {
  /** Null where it is in the register already. */
  async add(tx: Tx, one: NewCertificate): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `insert into agency_certificate (institution_id, agency_id, collector_id, number, issuer, valid_from, valid_to, added_by, added_at, confirmed_by, confirmed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $10 then $8 end, case when $10 then $9::timestamptz end)
       on conflict (number, collector_id, agency_id, institution_id) where number is not null and revoked_at is null do nothing returning id`,
      [
        one.institutionId,
        one.agencyId,
        one.collectorId,
        one.number,
        one.issuer,
        one.validFrom,
        one.validTo,
        one.addedBy,
        one.addedAt,
        one.isConfirmed,
      ],
    );
    return row?.id ?? null;
  }

  async find(tx: Tx, { institutionId, agencyId, collectorId }: StaffKey, id: string): Promise<CertificateRecord | null> {
    const [row] = await tx.query<CertificateRecord>(
      `select id, collector_id as "collectorId", confirmed_at is not null as confirmed, revoked_at is not null as revoked, valid_to::text as "validTo"
       from agency_certificate where id = $1 and agency_id = $2 and collector_id = $3 and institution_id = $4`,
      [id, agencyId, collectorId, institutionId],
    );
    return row ?? null;
  }

  async confirm(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query('update agency_certificate set confirmed_by = $2, confirmed_at = $3 where id = $1', [id, by, at]);
  }

  async revoke(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query('update agency_certificate set revoked_by = $2, revoked_at = $3 where id = $1', [id, by, at]);
  }

  /**
   * What the gate reads follows: the last day of the certificates that have begun and that the bank has seen; none for whom the bank has to check and
   * has not. Null: of everybody who has any on record. How many it changed.
   */
  async follow(tx: Tx, institutionId: string, day: string, of: readonly StaffName[] | null): Promise<number> {
    const whose =
      of === null ? 'join' : 'join json_to_recordset($3) as r(agency_id text, collector_id text) using (agency_id, collector_id) left join';
    const changed = await tx.query(
      `update agency_staff s set certificate_until = f.until
       from (select k.id, case when not k.identity_needed or k.identity_checked_at is not null then max(c.valid_to) filter (
             where c.confirmed_at is not null and c.revoked_at is null and (c.valid_from is null or c.valid_from <= $2)) end as until
           from agency_staff k ${whose} agency_certificate c on c.collector_id = k.collector_id and c.agency_id = k.agency_id and c.institution_id = k.institution_id
           where k.institution_id = $1 group by k.id) f
       where s.id = f.id and s.certificate_until is distinct from f.until returning s.id`,
      [institutionId, day, ...(of === null ? [] : [JSON.stringify(of)])],
    );
    return changed.length;
  }

  /** What a file of the bank's says of certificates: of each collector one without a number. A null says that there is none. */
  async putOfFile(tx: Tx, institutionId: string, rows: readonly FileCertificate[], by: string, at: Date): Promise<void> {
    const values = [institutionId, JSON.stringify(rows)];
    await tx.query(
      `delete from agency_certificate c using json_to_recordset($2) as r(agency_id text, collector_id text, until date)
       where c.institution_id = $1 and c.agency_id = r.agency_id and c.collector_id = r.collector_id and c.number is null and r.until is null`,
      values,
    );
    await tx.query(
      `insert into agency_certificate (institution_id, agency_id, collector_id, valid_to, added_by, added_at, confirmed_by, confirmed_at)
       select $1, agency_id, collector_id, until, $3, $4, $3, $4 from json_to_recordset($2) as r(agency_id text, collector_id text, until date) where until is not null
       on conflict (agency_id, collector_id, institution_id) where number is null do update set valid_to = excluded.valid_to, added_by = excluded.added_by,
         added_at = excluded.added_at, confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at, revoked_by = null, revoked_at = null`,
      [...values, by, at],
    );
  }

  /** What an agency's own file says of them: those that reach further than what the bank has seen wait until it has seen them. The new ones. */
  async offerOfFile(tx: Tx, institutionId: string, rows: readonly FileCertificate[], by: string, at: Date): Promise<OfferedCertificate[]> {
    return tx.query<OfferedCertificate>(
      `insert into agency_certificate (institution_id, agency_id, collector_id, number, valid_to, added_by, added_at)
       select $1, agency_id, collector_id, 'file ' || until, until, $3, $4 from json_to_recordset($2) as r(agency_id text, collector_id text, until date)
       where until is not null and not exists (select from agency_certificate c where c.agency_id = r.agency_id and c.collector_id = r.collector_id
         and c.institution_id = $1 and c.confirmed_at is not null and c.revoked_at is null and c.valid_to >= r.until)
       on conflict (number, collector_id, agency_id, institution_id) where number is not null and revoked_at is null do nothing
       returning id, agency_id as "agencyId", collector_id as "collectorId", valid_to::text as "validTo"`,
      [institutionId, JSON.stringify(rows), by, at],
    );
  }
}

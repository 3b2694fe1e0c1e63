import { Inject, Injectable } from '@nestjs/common';
import type { Stored } from '#imports';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import type { CaseRow } from './case-rows.ts';
import { CASE_OF_ROW, countStored, distinct, put } from './put-rows.ts';

const SEP = '\u001f';

/** Puts batches of `cases` rows into the register: five statements a batch, whatever its size. */
@Injectable()
export class CaseImportStore {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  async store(tx: Tx, institutionId: string, rows: readonly CaseRow[]): Promise<Stored> {
    if (rows.length === 0) return { inserted: 0, updated: 0, unchanged: 0 };
    const debtors = await this.putDebtors(tx, institutionId, rows);
    const cases = await this.putCases(tx, institutionId, rows);
    const parties = await this.putParties(tx, institutionId, rows);
    const points = await this.putPoints(tx, institutionId, rows);
    return countStored(
      rows,
      (row) => this.pointKey(row),
      (row) => {
        const point = points.get(this.pointKey(row));
        const changed = [debtors.get(row.debtorId), cases.get(row.caseId), parties.get(partyKey(row)), point].includes(false);
        return point === true ? 'inserted' : changed ? 'updated' : null;
      },
    );
  }

  /** Which of these cases are there and not entrusted to the agency: no file of the agency's may touch them. */
  async entrustedElsewhere(tx: Tx, institutionId: string, agencyId: string, caseIds: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await tx.query<{ caseId: string }>(
      `select case_id as "caseId" from collection_case where institution_id = $1 and case_id = any($2) and agency_id is distinct from $3 order by id for share`,
      [institutionId, caseIds, agencyId],
    );
    return new Set(found.map(({ caseId }) => caseId));
  }

  /** Whoever the ledger of entrustments says brought the cases to their agencies. */
  async saysWho(tx: Tx, by: string): Promise<void> {
    await tx.query(`select set_config('app.move', json_build_object('by', $1::text, 'cause', 'import')::text, true)`, [by]);
  }

  /** A keyed hash: without the key nobody can try names against it. */
  private hash(parts: readonly (string | null)[]): string {
    return this.vault.index(JSON.stringify(parts), 'content').toString('base64');
  }

  private seal(value: string, context: string): string {
    return this.vault.seal(value, context).toString('base64');
  }

  private putDebtors(tx: Tx, institutionId: string, rows: readonly CaseRow[]): Promise<Map<string, boolean>> {
    const debtors = distinct(
      rows,
      ({ debtorId }) => debtorId,
      ({ debtorId, debtorName, idNumber, timeZone, region }) => ({
        debtor_id: debtorId,
        name: this.seal(debtorName, 'debtor.name'),
        id_number: idNumber && this.seal(idNumber, 'debtor.idNumber'),
        id_index: idNumber && this.vault.index(idNumber, 'debtor.idNumber').toString('base64'),
        zone: timeZone,
        region,
        // What a file does not say is not part of it: files that never said it make the hashes that they always made.
        hash: this.hash([debtorName, idNumber, timeZone, ...said(region)]),
      }),
    );
    return put(
      tx,
      `insert into debtor (institution_id, debtor_id, name_sealed, id_number_sealed, id_number_index, time_zone, region, content_hash)
       select $1, debtor_id, decode(name, 'base64'), decode(id_number, 'base64'), decode(id_index, 'base64'), zone, region, decode(hash, 'base64')
       from json_to_recordset($2) as r(debtor_id text, name text, id_number text, id_index text, zone text, region text, hash text)
       on conflict on constraint debtor_given_id do update set name_sealed = excluded.name_sealed, id_number_sealed = excluded.id_number_sealed,
         id_number_index = excluded.id_number_index, time_zone = excluded.time_zone, region = coalesce(excluded.region, debtor.region),
         content_hash = excluded.content_hash
       where debtor.content_hash <> excluded.content_hash returning debtor_id as key, xmax = 0 as inserted`,
      institutionId,
      debtors,
    );
  }

  private putCases(tx: Tx, institutionId: string, rows: readonly CaseRow[]): Promise<Map<string, boolean>> {
    const cases = distinct(
      rows,
      ({ caseId }) => caseId,
      (row) => ({
        case_id: row.caseId,
        debtor_id: row.debtorId,
        debt_id: row.debtId,
        product: row.product,
        balance: row.balance,
        currency: row.currency,
        overdue_since: row.overdueSince,
        agency_id: row.agencyId,
        notice_at: row.referralNoticeAt,
        hash: this.hash([...caseParts(row), ...said(row.referralNoticeAt)]),
      }),
    );
    return put(
      tx,
      `insert into collection_case (institution_id, case_id, debtor, debt_id, product, balance, currency, overdue_since, agency_id, referral_notice_at, content_hash)
       select $1, r.case_id, d.goes_on, r.debt_id, r.product, r.balance, r.currency, r.overdue_since, r.agency_id, r.notice_at, decode(r.hash, 'base64')
       from json_to_recordset($2) as r(case_id text, debtor_id text, debt_id text, product text, balance numeric, currency text, overdue_since date, agency_id text,
         notice_at timestamptz, hash text)
       cross join lateral (select coalesce(merged_into, id) as goes_on from debtor where institution_id = $1 and debtor_id = r.debtor_id offset 0) d order by r.case_id
       on conflict on constraint case_given_id do update set debtor = case when collection_case.debtor_pinned then collection_case.debtor else excluded.debtor end, debt_id = excluded.debt_id, product = excluded.product, balance = excluded.balance,
         currency = excluded.currency, overdue_since = excluded.overdue_since, agency_id = excluded.agency_id,
         -- Who was told of one agency was not told of the next.
         referral_notice_at = coalesce(excluded.referral_notice_at,
           case when collection_case.agency_id is not distinct from excluded.agency_id then collection_case.referral_notice_at end),
         content_hash = excluded.content_hash
       where collection_case.content_hash <> excluded.content_hash returning case_id as key, xmax = 0 as inserted`,
      institutionId,
      cases,
    );
  }

  private putParties(tx: Tx, institutionId: string, rows: readonly CaseRow[]): Promise<Map<string, boolean>> {
    const parties = distinct(rows, partyKey, (row) => ({
      case_id: row.caseId,
      party_id: row.partyId,
      role: row.partyRole,
      name: this.seal(row.partyName, 'party.name'),
      hash: this.hash([row.partyRole, row.partyName]),
    }));
    return put(
      tx,
      `with put as (
         insert into party (institution_id, collection_case, party_id, role, name_sealed, content_hash)
         select $1, c.id, r.party_id, r.role, decode(r.name, 'base64'), decode(r.hash, 'base64')
         from json_to_recordset($2) as r(case_id text, party_id text, role text, name text, hash text)
         ${CASE_OF_ROW} order by r.case_id, r.party_id
         on conflict on constraint party_given_id do update set role = case when party.role_pinned then party.role else excluded.role end, name_sealed = excluded.name_sealed, content_hash = excluded.content_hash
         where party.content_hash <> excluded.content_hash returning collection_case, party_id, xmax = 0 as inserted)
       select c.case_id || chr(31) || put.party_id as key, put.inserted from put cross join lateral (select case_id from collection_case where id = put.collection_case offset 0) c`,
      institutionId,
      parties,
    );
  }

  private async putPoints(tx: Tx, institutionId: string, rows: readonly CaseRow[]): Promise<Map<string, boolean>> {
    const points = distinct(
      rows,
      (row) => this.pointKey(row),
      (row) => ({
        case_id: row.caseId,
        party_id: row.partyId,
        channel: row.contactChannel,
        source: row.contactSource,
        zones: row.zones,
        index: this.vault.index(row.contactPoint, 'contact.value').toString('base64'),
        sealed: this.seal(row.contactPoint, 'contact.value'),
        key: this.pointKey(row),
      }),
    );
    const values = points.map(({ index, sealed }) => ({ index, sealed }));
    await tx.query(
      `insert into contact_value (institution_id, value_index, value_sealed)
       select $1, decode(index, 'base64'), decode(sealed, 'base64') from json_to_recordset($2) as r(index text, sealed text) order by 2 on conflict do nothing`,
      [institutionId, JSON.stringify(values)],
    );
    return put(
      tx,
      `with incoming as (
         select p.id as party, r.channel, decode(r.index, 'base64') as value_index, r.source, r.zones, r.key
         from json_to_recordset($2) as r(case_id text, party_id text, channel text, source text, zones text[], index text, key text)
         ${CASE_OF_ROW} cross join lateral (select id from party where collection_case = c.id and party_id = r.party_id offset 0) p
       ), put as (
         insert into contact_point (institution_id, party, channel, value_index, source, time_zones)
         select $1, party, channel, value_index, source, zones from incoming order by key
         on conflict on constraint contact_point_once do update set source = excluded.source, time_zones = excluded.time_zones
         where (contact_point.source, contact_point.time_zones) <> (excluded.source, excluded.time_zones)
         returning party, channel, value_index, xmax = 0 as inserted)
       select i.key, put.inserted from put join incoming i using (party, channel, value_index)`,
      institutionId,
      points,
    );
  }

  private pointKey(row: CaseRow): string {
    return [row.caseId, row.partyId, row.contactChannel, row.contactPoint].join(SEP);
  }
}

const partyKey = ({ caseId, partyId }: CaseRow): string => `${caseId}${SEP}${partyId}`;

const caseParts = (row: CaseRow): (string | null)[] => [
  row.debtorId,
  row.debtId,
  row.product,
  row.balance,
  row.currency,
  row.overdueSince,
  row.agencyId,
];

const said = (value: string | null): string[] => (value === null ? [] : [value]);

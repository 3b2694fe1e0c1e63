import { Inject, Injectable } from '@nestjs/common';
import type { ImportRecord, Stored } from '#imports';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import type { AgencyRow } from './agency-rows.ts';
import { asTouched, countStored, distinct, put } from './put-rows.ts';
import type { StaffRow } from './staff-rows.ts';

const SEP = '\u001f';
const NOTHING: Stored = { inserted: 0, updated: 0, unchanged: 0 };

// A file changes what it says otherwise than the file before; what people have set since stays.
const anew = (column: string, key: string): string =>
  `${column} = case when agency.imported->'${key}' is distinct from excluded.imported->'${key}' then excluded.${column} else agency.${column} end`;

const PUT_AGENCIES = `
  with put as (
    insert into agency (institution_id, agency_id, name, licence, status, published, contract_from, contract_to, last_evaluated_on, phone, address, imported)
    select $1, r->>'agencyId', r->>'name', r->>'licence', r->>'status', (r->>'published')::boolean, (r->>'contractFrom')::date, (r->>'contractTo')::date,
      (r->>'lastEvaluatedOn')::date, r->>'phone', r->>'address', r from jsonb_array_elements($2::jsonb) as r order by r->>'agencyId'
    on conflict on constraint agency_given_id do update set name = excluded.name, licence = excluded.licence, phone = excluded.phone, address = excluded.address,
      ${anew('status', 'status')}, ${anew('published', 'published')}, ${anew('contract_from', 'contractFrom')}, ${anew('contract_to', 'contractTo')},
      ${anew('last_evaluated_on', 'lastEvaluatedOn')}, imported = excluded.imported
    where agency.imported <> excluded.imported
    returning agency_id as key, old.id is null as inserted, new.status, new.published, new.contract_from, new.contract_to, new.last_evaluated_on,
      (old.status, old.published, old.contract_from, old.contract_to, old.last_evaluated_on)
        is distinct from (new.status, new.published, new.contract_from, new.contract_to, new.last_evaluated_on) as stands_otherwise
  ), noted as (
    insert into register_act (institution_id, action, resource, subject, detail)
    select $1, 'agency-standing', 'agency/' || key, $3, json_build_object('status', status, 'published', published, 'contractFrom', contract_from, 'contractTo', contract_to,
      'lastEvaluatedOn', last_evaluated_on, 'importId', $4::text) from put where stands_otherwise
  )
  select key, inserted from put`;

const PUT_STAFF = `
  insert into agency_staff (institution_id, agency_id, collector_id, name_sealed, certificate_until, active, content_hash)
  select $1, agency_id, collector_id, decode(name, 'base64'), until, active, decode(hash, 'base64')
  from json_to_recordset($2) as r(agency_id text, collector_id text, name text, until date, active boolean, hash text)
  on conflict on constraint agency_staff_given_id do update set name_sealed = excluded.name_sealed, certificate_until = excluded.certificate_until,
    active = excluded.active, content_hash = excluded.content_hash
  where agency_staff.content_hash <> excluded.content_hash returning agency_id || chr(31) || collector_id as key, old.id is null as inserted`;

// The rows of the staff are locked by the statement before: nobody else changes their devices meanwhile.
const PUT_DEVICES = `
  with given as (
    select r.agency_id, r.collector_id, device_id from json_to_recordset($2) as r(agency_id text, collector_id text, devices text[]), unnest(r.devices) as device_id
  ), retired as (
    update agency_device d set retired_at = clock_timestamp() from json_to_recordset($2) as r(agency_id text, collector_id text, devices text[])
    where d.institution_id = $1 and d.agency_id = r.agency_id and d.collector_id = r.collector_id and d.device_id <> all(r.devices) and d.retired_at is null
  )
  insert into agency_device (institution_id, agency_id, collector_id, device_id) select $1, agency_id, collector_id, device_id from given
  order by agency_id, device_id, collector_id
  on conflict on constraint agency_device_once do update set retired_at = null where agency_device.retired_at is not null`;

// What the row of the file says, beside where it stands.
const contentOf = (agency: AgencyRow): Omit<AgencyRow, 'row'> => ({
  agencyId: agency.agencyId,
  name: agency.name,
  licence: agency.licence,
  status: agency.status,
  published: agency.published,
  contractFrom: agency.contractFrom,
  contractTo: agency.contractTo,
  lastEvaluatedOn: agency.lastEvaluatedOn,
  phone: agency.phone,
  address: agency.address,
});

/** Puts batches of `agencies` and `agency-staff` rows into the register: three statements a batch at most. */
@Injectable()
export class AgencyImportStore {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  async storeAgencies(
    tx: Tx,
    record: Pick<ImportRecord, 'id' | 'institutionId' | 'requestedBy'>,
    rows: readonly AgencyRow[],
  ): Promise<Stored> {
    if (rows.length === 0) return NOTHING;
    const keyOf = ({ agencyId }: AgencyRow): string => agencyId;
    const agencies = distinct(rows, keyOf, contentOf);
    const touched = await put(tx, PUT_AGENCIES, record.institutionId, agencies, [record.requestedBy, record.id]);
    return countStored(rows, keyOf, (row) => asTouched(touched, keyOf(row)));
  }

  /** Which of these agencies are registered. */
  async registered(tx: Tx, institutionId: string, agencyIds: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await tx.query<{ agencyId: string }>(
      'select agency_id as "agencyId" from agency where institution_id = $1 and agency_id = any($2)',
      [institutionId, agencyIds],
    );
    return new Set(found.map(({ agencyId }) => agencyId));
  }

  async storeStaff(tx: Tx, institutionId: string, rows: readonly StaffRow[]): Promise<Stored> {
    if (rows.length === 0) return NOTHING;
    const keyOf = ({ agencyId, collectorId }: StaffRow): string => `${agencyId}${SEP}${collectorId}`;
    const staff = distinct(rows, keyOf, (row) => ({
      agency_id: row.agencyId,
      collector_id: row.collectorId,
      name: this.vault.seal(row.name, 'agency_staff.name').toString('base64'),
      until: row.certificateUntil,
      active: row.active,
      devices: row.deviceIds,
      hash: this.vault.index(JSON.stringify([row.name, row.certificateUntil, row.active, row.deviceIds]), 'content').toString('base64'),
      key: keyOf(row),
    }));
    const touched = await put(tx, PUT_STAFF, institutionId, staff);
    const changed = staff.filter(({ key }) => touched.has(key));
    if (changed.length > 0) await tx.query(PUT_DEVICES, [institutionId, JSON.stringify(changed)]);
    return countStored(rows, keyOf, (row) => asTouched(touched, keyOf(row)));
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { ImportRecord, Stored } from '#imports';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { FitnessService } from '../agency-staff/fitness.service.ts';
import { ListingService } from '../standing/listing.service.ts';
import { StandingService, type StandingChanges } from '../standing/standing.service.ts';
import type { AgencyStatus } from '../agency/standing.ts';
import type { AgencyRow } from './agency-rows.ts';
import { asTouched, countStored, distinct, put } from './put-rows.ts';
import type { StaffRow } from './staff-rows.ts';

const SEP = '\u001f';
const NOTHING: Stored = { inserted: 0, updated: 0, unchanged: 0 };

const WHAT_IS_NEW = `
  select exists (select from jsonb_array_elements($2::jsonb) as r left join agency a on a.agency_id = r->>'agencyId' and a.institution_id = $1
    where a.imported is distinct from r) as "isNew"`;

// A file changes what it says otherwise than the file before; what people have set since stays. How an agency stands is not written here.
const PUT_AGENCIES = `
  insert into agency (institution_id, agency_id, name, licence, phone, address, imported)
  select $1, r->>'agencyId', r->>'name', r->>'licence', r->>'phone', r->>'address', r from jsonb_array_elements($2::jsonb) as r order by r->>'agencyId'
  on conflict on constraint agency_given_id do update set name = excluded.name, licence = excluded.licence, phone = excluded.phone, address = excluded.address,
    imported = excluded.imported
  where agency.imported <> excluded.imported
  returning agency_id as key, old.id is null as inserted, old.imported as before, new.status,
    exists (select from agency_contract c where c.agency_id = agency.agency_id and c.institution_id = $1) as "hasContracts"`;

// $3: whether it is a file of the agency's own. Whom such a file names, brings back, or names otherwise than before the bank has to check.
const ANEW = `$3 and excluded.active
      and (not agency_staff.active or (agency_staff.name_index is not null and agency_staff.name_index <> excluded.name_index))`;
const PUT_STAFF = `
  insert into agency_staff (institution_id, agency_id, collector_id, name_sealed, name_index, active, content_hash, identity_needed)
  select $1, agency_id, collector_id, decode(name, 'base64'), decode(name_index, 'base64'), active, decode(hash, 'base64'), $3
  from json_to_recordset($2) as r(agency_id text, collector_id text, name text, name_index text, active boolean, hash text)
  on conflict on constraint agency_staff_given_id do update set name_sealed = excluded.name_sealed, name_index = excluded.name_index, active = excluded.active,
    content_hash = excluded.content_hash, left_on = case when excluded.active then null else agency_staff.left_on end,
    identity_needed = agency_staff.identity_needed or (${ANEW}),
    identity_how = case when ${ANEW} then null else agency_staff.identity_how end,
    identity_checked_by = case when ${ANEW} then null else agency_staff.identity_checked_by end,
    identity_checked_at = case when ${ANEW} then null else agency_staff.identity_checked_at end
  where agency_staff.content_hash <> excluded.content_hash returning agency_id || chr(31) || collector_id as key, old.id is null as inserted`;

// The rows of the staff are locked by the statement before: nobody else changes their devices meanwhile.
const PUT_DEVICES = `
  with given as (
    select r.agency_id, r.collector_id, device_id from json_to_recordset($2) as r(agency_id text, collector_id text, devices text[]), unnest(r.devices) as device_id
  ), retired as (
    update agency_device d set retired_at = $3 from json_to_recordset($2) as r(agency_id text, collector_id text, devices text[])
    where d.institution_id = $1 and d.agency_id = r.agency_id and d.collector_id = r.collector_id and d.device_id <> all(r.devices) and d.retired_at is null
  )
  insert into agency_device (institution_id, agency_id, collector_id, device_id) select $1, agency_id, collector_id, device_id from given
  order by agency_id, device_id, collector_id
  on conflict on constraint agency_device_once do update set retired_at = null where agency_device.retired_at is not null`;

interface Put {
  readonly key: string;
  readonly inserted: boolean;
  readonly before: Partial<AgencyRow> | null;
  readonly status: AgencyStatus;
  readonly hasContracts: boolean;
}

/** How it stands, as far as this file says otherwise than the file before. */
function anew(agency: Omit<AgencyRow, 'row'>, { inserted, before, ...known }: Put): StandingChanges {
  const { status, published, contractFrom, contractTo, lastEvaluatedOn } = agency;
  const said = { status, published, contractFrom, contractTo, lastEvaluatedOn };
  if (inserted) return said;
  const changes: StandingChanges = Object.fromEntries(
    Object.entries(said).filter(([name, value]) => (before ?? {})[name as keyof typeof said] !== value),
  );
  return withinReach(changes, known);
}

/** A file brings a register over and stops whom it names; it admits nobody again, and the dates of contracts in the register are theirs. */
function withinReach(changes: StandingChanges, known: Pick<Put, 'status' | 'hasContracts'>): StandingChanges {
  const isWorking = known.status === 'active' || known.status === 'suspended';
  const { status, published, contractFrom, contractTo, ...rest } = changes;
  const stops = status === 'exited';
  const moves = status !== undefined && (stops || (isWorking && (status === 'active' || status === 'suspended')));
  return {
    ...rest,
    ...(moves && { status }),
    ...(published !== undefined && (isWorking || !published) && { published }),
    ...(!known.hasContracts && contractFrom !== undefined && { contractFrom }),
    ...(!known.hasContracts && contractTo !== undefined && { contractTo }),
  };
}

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

/** Puts batches of `agencies` and `agency-staff` rows into the register: in as many statements for a batch as for one row. */
@Injectable()
export class AgencyImportStore {
  constructor(
    @Inject(Vault) private readonly vault: Vault,
    @Inject(StandingService) private readonly standings: StandingService,
    @Inject(ListingService) private readonly listings: ListingService,
    @Inject(FitnessService) private readonly fitness: FitnessService,
  ) {}

  async storeAgencies(
    tx: Tx,
    record: Pick<ImportRecord, 'id' | 'institutionId' | 'requestedBy'>,
    rows: readonly AgencyRow[],
  ): Promise<Stored> {
    if (rows.length === 0) return NOTHING;
    const keyOf = ({ agencyId }: AgencyRow): string => agencyId;
    const agencies = distinct(rows, keyOf, contentOf);
    const { institutionId, requestedBy } = record;
    const values = [institutionId, JSON.stringify(agencies)];
    const [file] = await tx.query<{ isNew: boolean }>(WHAT_IS_NEW, values);
    if (file?.isNew !== true) return { ...NOTHING, unchanged: rows.length };
    // Before the rows: whoever changes how one of them stands does it in this order.
    const now = await this.standings.holdGates(tx, institutionId);
    const written = await tx.query<Put>(PUT_AGENCIES, values);
    const before = new Map(written.map((one) => [one.key, one]));
    const changed = agencies.flatMap((agency) => {
      const known = before.get(agency.agencyId);
      return known ? [{ agencyId: agency.agencyId, isNew: known.inserted, changes: anew(agency, known) }] : [];
    });
    await this.standings.changeAll(tx, { institutionId, by: requestedBy }, changed, {
      reason: null,
      detail: { importId: record.id },
      keep: 'changed',
    });
    await this.listings.refresh(tx, institutionId, [...before.keys()], now);
    return countStored(rows, keyOf, (row) => asTouched(new Map(written.map(({ key, inserted }) => [key, inserted])), keyOf(row)));
  }

  /** Which of these agencies are registered. */
  async registered(tx: Tx, institutionId: string, agencyIds: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await tx.query<{ agencyId: string }>(
      'select agency_id as "agencyId" from agency where institution_id = $1 and agency_id = any($2)',
      [institutionId, agencyIds],
    );
    return new Set(found.map(({ agencyId }) => agencyId));
  }

  async storeStaff(
    tx: Tx,
    { institutionId, agencyId: own, requestedBy }: Pick<ImportRecord, 'institutionId' | 'agencyId' | 'requestedBy'>,
    rows: readonly StaffRow[],
  ): Promise<Stored> {
    if (rows.length === 0) return NOTHING;
    const keyOf = ({ agencyId, collectorId }: StaffRow): string => `${agencyId}${SEP}${collectorId}`;
    const staff = distinct(rows, keyOf, (row) => ({
      agency_id: row.agencyId,
      collector_id: row.collectorId,
      name: this.vault.seal(row.name, 'agency_staff.name').toString('base64'),
      name_index: this.vault.index(row.name, 'agency_staff.name').toString('base64'),
      until: row.certificateUntil,
      active: row.active,
      devices: row.deviceIds,
      hash: this.vault.index(JSON.stringify([row.name, row.certificateUntil, row.active, row.deviceIds]), 'content').toString('base64'),
      key: keyOf(row),
    }));
    const known = await this.hashes(tx, institutionId, staff);
    const changed = staff.filter(({ key, hash }) => known.get(key) !== hash);
    if (changed.length === 0) return { ...NOTHING, unchanged: rows.length };
    // Before the rows: a permit to who leaves, or for a tool that is retired, is given before it or not at all.
    const now = await this.standings.holdGates(tx, institutionId);
    const touched = await put(tx, PUT_STAFF, institutionId, changed, [own !== null]);
    await tx.query(PUT_DEVICES, [institutionId, JSON.stringify(changed.filter(({ key }) => touched.has(key))), now]);
    await this.fitness.followFile(tx, institutionId, changed, { by: requestedBy, isAgency: own !== null, at: now });
    return countStored(rows, keyOf, (row) => asTouched(touched, keyOf(row)));
  }

  private async hashes(
    tx: Tx,
    institutionId: string,
    staff: readonly { agency_id: string; collector_id: string }[],
  ): Promise<Map<string, string>> {
    const found = await tx.query<{ key: string; hash: string }>(
      `select s.agency_id || chr(31) || s.collector_id as key, translate(encode(s.content_hash, 'base64'), E'\\n', '') as hash
       from json_to_recordset($2) as r(agency_id text, collector_id text) join agency_staff s on s.agency_id = r.agency_id and s.collector_id = r.collector_id
       where s.institution_id = $1`,
      [institutionId, JSON.stringify(staff)],
    );
    return new Map(found.map(({ key, hash }) => [key, hash]));
  }
}

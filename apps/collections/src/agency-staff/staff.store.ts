import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface StaffRecord {
  readonly collectorId: string;
  readonly nameSealed: Buffer;
  readonly idNumberSealed: Buffer | null;
  readonly idNumberIndex: Buffer | null;
  readonly employer: string | null;
  readonly joinedOn: string | null;
  readonly leftOn: string | null;
  readonly active: boolean;
  readonly identityNeeded: boolean;
  readonly identityHow: string | null;
  readonly identityBy: string | null;
  readonly identityAt: Date | null;
  readonly certificateUntil: string | null;
  readonly certificates: readonly {
    readonly id: string;
    readonly number: string | null;
    readonly issuer: string | null;
    readonly validFrom: string | null;
    readonly validTo: string;
    readonly confirmedBy: string | null;
    readonly revoked: boolean;
  }[];
  readonly seat: { readonly seatId: string; readonly since: string } | null;
  readonly deviceIds: readonly string[];
  readonly lastTrainedOn: string | null;
}

export interface StaffContent {
  readonly nameSealed: Buffer;
  /** Tells another name from the same. */
  readonly nameIndex: Buffer;
  readonly idNumberSealed: Buffer | null;
  readonly idNumberIndex: Buffer | null;
  readonly employer: string | null;
  readonly joinedOn: string | null;
}

/** Whose: a collector of an agency. */
export interface StaffKey {
  readonly institutionId: string;
  readonly agencyId: string;
  readonly collectorId: string;
}

const OF = 'agency_id = $1 and collector_id = $2 and institution_id = $3';
const keyOf = ({ agencyId, collectorId, institutionId }: StaffKey): [string, string, string] => [agencyId, collectorId, institutionId];

const COLUMNS = `s.collector_id as "collectorId", s.name_sealed as "nameSealed", s.id_number_sealed as "idNumberSealed", s.id_number_index as "idNumberIndex", s.employer,
  s.joined_on::text as "joinedOn", s.left_on::text as "leftOn", s.active, s.identity_needed as "identityNeeded", s.identity_how as "identityHow", s.identity_checked_by as "identityBy",
  s.identity_checked_at as "identityAt", s.certificate_until::text as "certificateUntil",
  (select coalesce(json_agg(json_build_object('id', c.id, 'number', c.number, 'issuer', c.issuer, 'validFrom', c.valid_from, 'validTo', c.valid_to,
      'confirmedBy', c.confirmed_by, 'revoked', c.revoked_at is not null) order by c.valid_to desc, c.id), '[]')
    from agency_certificate c where c.collector_id = s.collector_id and c.agency_id = s.agency_id and c.institution_id = s.institution_id) as certificates,
  (select json_build_object('seatId', t.seat_id, 'since', t.from_at) from agency_seat t
    where t.collector_id = s.collector_id and t.agency_id = s.agency_id and t.institution_id = s.institution_id and t.until_at is null) as seat,
  (select coalesce(array_agg(d.device_id order by d.device_id), '{}') from agency_device d
    where d.agency_id = s.agency_id and d.collector_id = s.collector_id and d.institution_id = s.institution_id and d.retired_at is null) as "deviceIds",
  (select max(g.held_on)::text from agency_training g join agency_training_attendant a on a.training = g.id
    where g.agency_id = s.agency_id and g.institution_id = s.institution_id and a.collector_id = s.collector_id and a.result = 'passed') as "lastTrainedOn"`;

@Injectable()
export class StaffStore {
  async find(tx: Tx, key: StaffKey): Promise<StaffRecord | null> {
    const [row] = await tx.query<StaffRecord>(
      `select ${COLUMNS} from agency_staff s where s.agency_id = $1 and s.collector_id = $2 and s.institution_id = $3`,
      keyOf(key),
    );
    return row ?? null;
  }

  /** In order of the given id; one more than the limit, if there are so many. */
  async list(
    tx: Tx,
    filter: { institutionId: string; agencyId: string; active: boolean | null; after: string | null; limit: number },
  ): Promise<StaffRecord[]> {
    return tx.query<StaffRecord>(
      `select ${COLUMNS} from agency_staff s where s.agency_id = $1 and s.institution_id = $2 and ($3::boolean is null or s.active = $3)
         and ($4::text is null or s.collector_id > $4) order by s.collector_id limit $5`,
      [filter.agencyId, filter.institutionId, filter.active, filter.after, filter.limit + 1],
    );
  }

  // The hash of the last file's row stays: the same file again does not undo what people have done since.
  /** Registers somebody, or who has left anew: the bank looks at them again. */
  async register(tx: Tx, key: StaffKey, content: StaffContent): Promise<void> {
    await tx.query(
      `insert into agency_staff (agency_id, collector_id, institution_id, name_sealed, name_index, id_number_sealed, id_number_index, employer, joined_on, content_hash, identity_needed, active)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', true, true)
       on conflict on constraint agency_staff_given_id do update set name_sealed = excluded.name_sealed, name_index = excluded.name_index, id_number_sealed = excluded.id_number_sealed,
         id_number_index = excluded.id_number_index, employer = excluded.employer, joined_on = excluded.joined_on, identity_needed = true,
         identity_how = null, identity_checked_by = null, identity_checked_at = null, active = true, left_on = null`,
      [...keyOf(key), ...contentOf(content)],
    );
  }

  /** Of somebody else than was checked, the check is void. */
  async change(tx: Tx, key: StaffKey, content: StaffContent, isSomebodyElse: boolean): Promise<void> {
    await tx.query(
      `update agency_staff set name_sealed = $4, name_index = $5, id_number_sealed = $6, id_number_index = $7, employer = $8, joined_on = $9,
         identity_needed = identity_needed or $10, identity_how = case when $10 then null else identity_how end,
         identity_checked_by = case when $10 then null else identity_checked_by end, identity_checked_at = case when $10 then null else identity_checked_at end
       where ${OF}`,
      [...keyOf(key), ...contentOf(content), isSomebodyElse],
    );
  }

  async setIdentity(tx: Tx, key: StaffKey, check: { how: string; by: string; at: Date }): Promise<void> {
    await tx.query(`update agency_staff set identity_how = $4, identity_checked_by = $5, identity_checked_at = $6 where ${OF}`, [
      ...keyOf(key),
      check.how,
      check.by,
      check.at,
    ]);
  }

  async leave(tx: Tx, key: StaffKey, { leftOn, at, by }: { leftOn: string; at: Date; by: string }): Promise<void> {
    await tx.query(`update agency_staff set active = false, left_on = $4 where ${OF}`, [...keyOf(key), leftOn]);
    await tx.query(`update agency_seat set until_at = greatest(from_at, $4) where ${OF} and until_at is null`, [...keyOf(key), at]);
    await tx.query(`update agency_device set retired_at = $4, retired_by = $5 where ${OF} and retired_at is null`, [...keyOf(key), at, by]);
  }

  async endSeat(tx: Tx, key: StaffKey, at: Date): Promise<void> {
    await tx.query(`update agency_seat set until_at = greatest(from_at, $4) where ${OF} and until_at is null`, [...keyOf(key), at]);
  }

  /** False where somebody else has the seat. */
  async bindSeat(tx: Tx, key: StaffKey, seat: { seatId: string; at: Date; by: string }): Promise<boolean> {
    const bound = await tx.query(
      `insert into agency_seat (agency_id, collector_id, institution_id, seat_id, from_at, bound_by) values ($1, $2, $3, $4, $5, $6)
       on conflict (seat_id, agency_id, institution_id) where until_at is null do nothing returning id`,
      [...keyOf(key), seat.seatId, seat.at, seat.by],
    );
    return bound.length > 0;
  }

  /** Everybody of an agency whose seat, if they have one, ends: when it leaves. */
  async endSeats(tx: Tx, institutionId: string, agencyId: string, at: Date): Promise<void> {
    await tx.query(
      'update agency_seat set until_at = greatest(from_at, $3) where agency_id = $1 and institution_id = $2 and until_at is null',
      [agencyId, institutionId, at],
    );
  }

  async fitCount(tx: Tx, institutionId: string, agencyId: string, day: string): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      'select count(*)::integer as count from agency_staff where agency_id = $1 and institution_id = $2 and active and certificate_until >= $3',
      [agencyId, institutionId, day],
    );
    return row?.count ?? 0;
  }
}

const contentOf = (content: StaffContent): unknown[] => [
  content.nameSealed,
  content.nameIndex,
  content.idNumberSealed,
  content.idNumberIndex,
  content.employer,
  content.joinedOn,
];

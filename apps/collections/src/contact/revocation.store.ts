import { Injectable } from '@nestjs/common';
import { EVERY_INSTITUTION, type Tx } from '#pg';
import type { RevocationReason } from './revocation-reasons.ts';

/** At least one is named. */
export interface RevocationTarget {
  readonly agencyId?: string;
  readonly collectorId?: string;
  readonly deviceId?: string;
}

// A permit of ours that nobody has used and that has not lapsed; rows of imported logs are no permits.
const OPEN = `c.result is null and c.lapsed_at is null and c.lapses_at > $2 and c.attempt_id = c.id::text and ($1 = '${EVERY_INSTITUTION}' or c.institution_id = $1)`;

// In order of the id: whoever takes back at the same time waits, and does not get in the other's way.
const revoking = (picked: string): string => `
  with picked as (${picked}), locked as (select c.id, p.reason from picked p join contact c on c.id = p.id where ${OPEN} order by c.id for no key update of c)
  update contact set revoked_at = $2, revoked_reason = locked.reason, lapses_at = $2, lapsed_at = $2 from locked where contact.id = locked.id
  returning contact.agency_id as "agencyId"`;

interface Revoked {
  readonly agencyId: string | null;
}

const UNFIT = `
  select c.id, c.institution_id, case when s.active is false then 'collector-left' when s.until < $4 then 'certificate-over' else 'device-retired' end as reason
  from contact c
    left join lateral (select bool_and(s.active) as active, min(s.certificate_until) as until from agency_staff s
      where s.agency_id = c.agency_id and s.collector_id = any(c.collector_ids) and s.institution_id = c.institution_id) s on true
  where ${OPEN} and c.agency_id is not null and ($3::text[] is null or c.agency_id = any($3))
    and (s.active is false or s.until < $4::date
      or (select bool_and(e.retired_at is not null) and max(e.retired_at) >= c.at from agency_device e
        where e.agency_id = c.agency_id and e.device_id = c.device_id and e.institution_id = c.institution_id))`;

@Injectable()
export class RevocationStore {
  async revoke(tx: Tx, institutionId: string, target: RevocationTarget, reason: RevocationReason, at: Date): Promise<number> {
    const { agencyId = null, collectorId = null, deviceId = null } = target;
    if (agencyId === null && collectorId === null && deviceId === null) throw new Error('nothing is named');
    const revoked = await tx.query<Revoked>(
      revoking(`
        select c.id, $3::text as reason from contact c where ${OPEN} and ($4::text is null or c.agency_id = $4) and ($5::text is null or $5 = any(c.collector_ids))
          and ($6::text is null or c.device_id = $6)`),
      [institutionId, at, reason, agencyId, collectorId, deviceId],
    );
    return revoked.length;
  }

  async revokeOfCases(tx: Tx, institutionId: string, caseUuids: readonly string[], reason: RevocationReason, at: Date): Promise<number> {
    const revoked = await tx.query<Revoked>(
      revoking(`
        select c.id, $3::text as reason from collection_case k join debtor d on d.id = k.debtor
          join contact c on c.debtor_id = d.debtor_id and c.case_id = k.case_id and c.institution_id = k.institution_id
        where k.id = any($4::uuid[]) and ${OPEN}`),
      [institutionId, at, reason, caseUuids],
    );
    return revoked.length;
  }

  async revokeOfAgencies(
    tx: Tx,
    institutionId: string,
    agencyIds: readonly string[],
    reason: RevocationReason,
    at: Date,
  ): Promise<Map<string, number>> {
    const revoked = await tx.query<Revoked>(
      revoking(`select c.id, $3::text as reason from contact c where ${OPEN} and c.agency_id = any($4)`),
      [institutionId, at, reason, agencyIds],
    );
    const counts = new Map<string, number>();
    for (const { agencyId } of revoked) if (agencyId !== null) counts.set(agencyId, (counts.get(agencyId) ?? 0) + 1);
    return counts;
  }

  async revokeUnfit(tx: Tx, institutionId: string, agencyIds: readonly string[] | null, day: string, at: Date): Promise<number> {
    const revoked = await tx.query<Revoked>(revoking(UNFIT), [institutionId, at, agencyIds, day]);
    return revoked.length;
  }

  /** Institutions where `revokeUnfit` would take something back. */
  async institutionsOfUnfit(tx: Tx, day: string, at: Date): Promise<string[]> {
    const found = await tx.query<{ id: string }>(`select distinct institution_id as id from (${UNFIT}) c order by 1`, [
      EVERY_INSTITUTION,
      at,
      null,
      day,
    ]);
    return found.map(({ id }) => id);
  }

  async countOpen(tx: Tx, institutionId: string, agencyId: string, at: Date): Promise<number> {
    const [row] = await tx.query<{ count: number }>(`select count(*)::integer as count from contact c where ${OPEN} and c.agency_id = $3`, [
      institutionId,
      at,
      agencyId,
    ]);
    return row?.count ?? 0;
  }
}

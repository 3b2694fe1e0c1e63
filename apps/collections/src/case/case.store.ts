import { Injectable } from '@nestjs/common';
import { DEFAULT_TIME_ZONE, type CaseStatus } from '#contact-rules';
import { recordRead } from '#evidence-log';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import type { StandingFacts } from '../agency/standing.ts';

/** A case with its parties; personal data still sealed (base64). */
export interface CaseRecord {
  readonly id: string;
  readonly caseId: string;
  readonly debtorId: string;
  readonly debtId: string;
  readonly idNumberSealed: string | null;
  readonly product: string;
  readonly state: CaseStatus;
  readonly balance: string;
  readonly currency: string;
  readonly overdueSince: string | null;
  readonly timeZone: string;
  readonly agencyId: string | null;
  /** As it is registered. */
  readonly agency:
    | (StandingFacts & {
        readonly name: string;
        readonly phone: string | null;
        readonly registeredAt: string;
        readonly barredSince: string | null;
        /** When its contract ended, if it has an end. */
        readonly overSince: string | null;
        readonly responsible: string | null;
      })
    | null;
  readonly referralNoticeAt: string | null;
  readonly region: string | null;
  /** Days after which a contact point is to be checked again. */
  readonly staleDays: number;
  readonly parties: readonly {
    readonly id: string;
    readonly partyId: string;
    readonly role: string;
    readonly nameSealed: string;
    /** When the person ceased to be a party. */
    readonly endedAt: string | null;
    readonly points: readonly {
      readonly id: string;
      readonly channel: string;
      readonly valueSealed: string;
      readonly status: string;
      readonly source: string;
      readonly checkedAt: string | null;
      readonly checkedBy: string | null;
      readonly checkHow: string | null;
      readonly addedBy: string | null;
    }[];
  }[];
  readonly holds: readonly {
    readonly id: string;
    readonly kind: string;
    readonly from: string;
    readonly until: string | null;
    readonly scope: unknown;
    readonly cause: string | null;
  }[];
  readonly consents: readonly {
    readonly id: string;
    readonly partyId: string;
    readonly kind: string;
    readonly channels: readonly string[];
    readonly from: string | null;
    readonly to: string | null;
    readonly givenAt: string;
    readonly withdrawnAt: string | null;
  }[];
  readonly optOuts: readonly {
    readonly id: string;
    readonly partyId: string;
    readonly channel: string | null;
    readonly contactPointId: string | null;
    readonly at: string;
    readonly withdrawnAt: string | null;
    readonly evidence: string;
  }[];
}

export interface CaseFilter {
  readonly institutionId: string;
  readonly caseId?: string | undefined;
  readonly debtorId?: string | undefined;
  readonly agencyId?: string | undefined;
  readonly state?: CaseStatus | undefined;
  /** Only open cases of agencies that may not work them on the local day, or only the others; null: all. */
  readonly takeBack: { readonly wanted: boolean; readonly day: string } | null;
  /** Only cases entrusted to this agency; null: all. */
  readonly entrustedTo: string | null;
  readonly after: string | null;
  readonly limit: number;
}

/** What another room needs to know of a case to do something on it. */
export interface CasePlace {
  readonly caseUuid: string;
  readonly caseId: string;
  /** Our ids. */
  readonly debtor: string;
  readonly debtId: string;
  readonly agencyId: string | null;
  readonly balance: string;
  readonly currency: string;
  readonly timeZone: string;
}

export interface PersonalDataRead {
  readonly institutionId: string;
  readonly subject: string;
  readonly clientId: string | null;
  readonly resourceIds: readonly string[];
  readonly requestId: string;
  /** What was read; left out: a case. */
  readonly resource?: string;
  /** Left out: those of a case. */
  readonly fields?: readonly string[];
}

const COLUMNS = `
  c.id, c.case_id as "caseId", d.debtor_id as "debtorId", c.debt_id as "debtId", translate(encode(d.id_number_sealed, 'base64'), E'\\n', '') as "idNumberSealed",
  c.product, c.state, c.balance::text as balance, c.currency, c.overdue_since as "overdueSince", d.time_zone as "timeZone", c.agency_id as "agencyId",
  d.region, coalesce((select point_stale_days from entrustment_setting s where s.institution_id = c.institution_id), 365) as "staleDays", to_json(c.referral_notice_at)#>>'{}' as "referralNoticeAt",
  (select json_build_object('name', a.name, 'phone', a.phone, 'status', a.status, 'published', a.published, 'contractFrom', a.contract_from,
      'contractTo', a.contract_to, 'lastEvaluatedOn', a.last_evaluated_on, 'barredSince', a.barred_since,
      'overSince', (a.contract_to + 1)::timestamp at time zone '${DEFAULT_TIME_ZONE}', 'registeredAt', uuid_extract_timestamp(a.id),
      'responsible', (select f.responsible from agency_profile f where f.agency_id = a.agency_id and f.institution_id = a.institution_id))
    from agency a where a.agency_id = c.agency_id and a.institution_id = c.institution_id) as agency,
  (select coalesce(json_agg(json_build_object('id', p.id, 'partyId', p.party_id, 'role', p.role, 'endedAt', p.ended_at, 'nameSealed', translate(encode(p.name_sealed, 'base64'), E'\\n', ''),
      'points', (select coalesce(json_agg(json_build_object('id', t.id, 'channel', t.channel, 'valueSealed', translate(encode(v.value_sealed, 'base64'), E'\\n', ''),
          'status', t.status, 'source', t.source, 'checkedAt', t.checked_at, 'checkedBy', t.checked_by, 'checkHow', t.check_how, 'addedBy', t.added_by) order by t.id), '[]')
        from contact_point t join contact_value v on v.institution_id = t.institution_id and v.value_index = t.value_index where t.party = p.id)) order by p.id), '[]')
    from party p where p.collection_case = c.id) as parties,
  (select coalesce(json_agg(json_build_object('id', h.id, 'kind', h.kind, 'from', h.from_at, 'until', h.until_at, 'scope', h.scope, 'cause', h.cause) order by h.from_at, h.id), '[]')
    from hold h where h.debtor = c.debtor) as holds,
  (select coalesce(json_agg(json_build_object('id', s.id, 'partyId', p.party_id, 'kind', s.kind, 'channels', s.channels, 'from', s.from_time, 'to', s.to_time,
      'givenAt', s.given_at, 'withdrawnAt', s.withdrawn_at) order by s.given_at, s.id), '[]')
    from consent s join party p on p.id = s.party where p.collection_case = c.id) as consents,
  (select coalesce(json_agg(json_build_object('id', o.id, 'partyId', o.party_id, 'channel', o.channel, 'at', o.at, 'withdrawnAt', o.withdrawn_at, 'evidence', o.evidence,
      -- The point of this case, where it has one of that value.
      'contactPointId', (select t.id from contact_point t join party p on p.id = t.party join collection_case k on k.id = p.collection_case
        where k.debtor = o.debtor and p.party_id = o.party_id and t.value_index = o.value_index order by k.id <> c.id, t.id limit 1)) order by o.at, o.id), '[]')
    from opt_out o where o.debtor = c.debtor) as "optOuts"`;

@Injectable()
export class CaseStore {
  /** In order of id; one more than the limit, if there are so many. */
  async list(tx: Tx, filter: CaseFilter): Promise<CaseRecord[]> {
    const { institutionId, caseId, debtorId, agencyId, state, takeBack, entrustedTo, after, limit } = filter;
    return tx.query<CaseRecord>(
      `select ${COLUMNS} from collection_case c join debtor d on d.id = c.debtor
       where c.institution_id = $1 and ($2::text is null or c.case_id = $2) and ($3::text is null or d.id = (select coalesce(g.merged_into, g.id) from debtor g where g.institution_id = $1 and g.debtor_id = $3)) and ($4::text is null or c.agency_id = $4)
         and ($5::text is null or c.state = $5) and ($6::text is null or c.agency_id = $6) and ($7::uuid is null or c.id > $7)
         and ($9::boolean is null or $9 = (c.state = 'open' and exists (select from agency a where a.agency_id = c.agency_id and a.institution_id = c.institution_id
           and agency_barred(a.status, a.published, a.contract_from, a.contract_to, $10))))
       order by c.id limit $8`,
      [
        institutionId,
        caseId ?? null,
        debtorId ?? null,
        agencyId ?? null,
        state ?? null,
        entrustedTo,
        after,
        limit + 1,
        takeBack?.wanted ?? null,
        takeBack?.day ?? null,
      ],
    );
  }

  /** By the id given at import or by our own. */
  async find(tx: Tx, institutionId: string, id: string, entrustedTo: string | null): Promise<CaseRecord | null> {
    const [row] = await tx.query<CaseRecord>(
      `select ${COLUMNS} from collection_case c join debtor d on d.id = c.debtor
       where c.institution_id = $1 and (c.case_id = $2 or c.id = $4) and ($3::text is null or c.agency_id = $3)
       order by (c.case_id = $2) desc limit 1`,
      [institutionId, id, entrustedTo, isUuid(id) ? id : null],
    );
    return row ?? null;
  }

  /** By the id given at import or by our own; null also for a case of another agency. */
  async place(tx: Tx, institutionId: string, id: string, entrustedTo: string | null): Promise<CasePlace | null> {
    const [row] = await tx.query<CasePlace>(
      `select c.id as "caseUuid", c.case_id as "caseId", c.debtor, c.debt_id as "debtId", c.agency_id as "agencyId", c.balance::text as balance, c.currency,
         d.time_zone as "timeZone" from collection_case c join debtor d on d.id = c.debtor
       where c.institution_id = $1 and (c.case_id = $2 or c.id = $4) and ($3::text is null or c.agency_id = $3)
       order by (c.case_id = $2) desc limit 1`,
      [institutionId, id, entrustedTo, isUuid(id) ? id : null],
    );
    return row ?? null;
  }

  async now(tx: Tx): Promise<Date> {
    const [row] = await tx.query<{ now: Date }>(`select date_trunc('milliseconds', clock_timestamp()) as now`);
    if (!row) throw new Error('the database has no clock');
    return row.now;
  }

  /** Notes that personal data of these were shown unmasked. */
  async noteRead(tx: Tx, read: PersonalDataRead): Promise<void> {
    await recordRead(tx, {
      ...read,
      resource: read.resource ?? 'case',
      fields: read.fields ?? ['idNumber', 'parties.name', 'parties.contactPoints.value'],
    });
  }
}

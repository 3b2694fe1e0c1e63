import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { AskedBefore } from './limits.ts';

export interface QueryIndexes {
  readonly ip: Buffer;
  readonly case: Buffer;
  readonly phone: Buffer;
}

export interface NewDebtQuery {
  readonly id: string;
  readonly institutionId: string;
  readonly askedAt: Date;
  readonly expiresAt: Date;
  readonly indexes: QueryIndexes;
  readonly language: string;
  readonly caseReference: string;
  readonly valueIndex: Buffer;
}

export interface CodeDue {
  readonly language: string;
  readonly expiresAt: Date;
  readonly valueSealed: Buffer | null;
  readonly settled: boolean;
  readonly optedOut: boolean;
}

export interface HolderRecord {
  readonly name: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly agencyId: string | null;
  readonly since: Date | null;
  readonly published: boolean;
}

const DAY = `interval '1 day'`;

@Injectable()
export class DebtQueryStore {
  /** One question at a time for each of the three, in one order for everyone. */
  async lock(tx: Tx, institutionId: string, { ip, case: reference, phone }: QueryIndexes): Promise<void> {
    await tx.query(
      `select pg_advisory_xact_lock(key) from (select distinct hashtextextended($1 || chr(31) || encode(value, 'hex'), 12) as key
         from unnest(array[$2::bytea, $3, $4]) as value order by 1) k`,
      [institutionId, ip, reference, phone],
    );
  }

  async before(tx: Tx, institutionId: string, { ip, case: reference, phone }: QueryIndexes, now: Date): Promise<AskedBefore> {
    const rows = await tx.query<{ of: keyof AskedBefore; at: Date }>(
      `select 'ip' as of, asked_at as at from debt_query where institution_id = $1 and ip_index = $2 and asked_at > $5::timestamptz - ${DAY}
       union all select 'case', asked_at from debt_query where institution_id = $1 and case_index = $3 and asked_at > $5::timestamptz - ${DAY}
       union all select 'phone', asked_at from debt_query where institution_id = $1 and phone_index = $4 and asked_at > $5::timestamptz - ${DAY}`,
      [institutionId, ip, reference, phone, now],
    );
    const of = (name: keyof AskedBefore): Date[] => rows.filter((row) => row.of === name).map(({ at }) => at);
    return { ip: of('ip'), case: of('case'), phone: of('phone') };
  }

  /** Keeps the question; finds the case and the number of a debtor, co-debtor or guarantor of it in the same statement, whether there are or not. */
  async add(tx: Tx, query: NewDebtQuery): Promise<void> {
    const { indexes } = query;
    await tx.query(
      `insert into debt_query (id, institution_id, asked_at, expires_at, ip_index, case_index, phone_index, language, collection_case, contact_point)
       select $1, $2, $3, $4, $5, $6, $7, $8, f.case_id, f.point
       from (select 1) one left join lateral (
         select c.id as case_id, t.id as point from collection_case c join party p on p.collection_case = c.id join contact_point t on t.party = p.id
         where c.institution_id = $2 and c.case_id = $9 and t.value_index = $10 and t.channel in ('voice', 'sms') and t.status = 'valid'
           and p.role in ('debtor', 'co-debtor', 'guarantor') order by t.id limit 1) f on true`,
      [
        query.id,
        query.institutionId,
        query.askedAt,
        query.expiresAt,
        indexes.ip,
        indexes.case,
        indexes.phone,
        query.language,
        query.caseReference,
        query.valueIndex,
      ],
    );
  }

  /** Of a question that is to get its code, locked; null: there is none. */
  async codeDue(tx: Tx, institutionId: string, id: string): Promise<CodeDue | null> {
    const [row] = await tx.query<CodeDue>(
      `select q.language, q.expires_at as "expiresAt", v.value_sealed as "valueSealed", q.sent_at is not null or q.unsent is not null as settled,
         exists (select from opt_out o join collection_case c on c.debtor = o.debtor where c.id = q.collection_case and o.party_id = p.party_id
           and o.withdrawn_at is null and coalesce(o.channel, 'sms') = 'sms' and coalesce(o.value_index = t.value_index, true)) as "optedOut"
       from debt_query q left join contact_point t on t.id = q.contact_point left join party p on p.id = t.party
         left join contact_value v on v.institution_id = t.institution_id and v.value_index = t.value_index
       where q.id = $2 and q.institution_id = $1 for no key update of q`,
      [institutionId, id],
    );
    return row ?? null;
  }

  async settle(tx: Tx, id: string, { sentAt, unsent }: { readonly sentAt: Date | null; readonly unsent: string | null }): Promise<void> {
    await tx.query('update debt_query set sent_at = $2, unsent = $3 where id = $1', [id, sentAt, unsent]);
  }

  /** Counts one more try, in one statement: of any number at once no more than `most` get through. Null: there is no such question to be answered. */
  async countTry(
    tx: Tx,
    institutionId: string,
    id: string,
    now: Date,
    most: number,
  ): Promise<{ caseUuid: string | null; sent: boolean } | null> {
    const [row] = await tx.query<{ caseUuid: string | null; sent: boolean }>(
      `with tried as (
         update debt_query set tries = tries + 1 where id = $2 and institution_id = $1 and tries < $4 and expires_at > $3 and answered_at is null
         returning collection_case, sent_at)
       select collection_case as "caseUuid", sent_at is not null as sent from tried`,
      [institutionId, id, now, most],
    );
    return row ?? null;
  }

  async holder(tx: Tx, institutionId: string, caseUuid: string, now: Date): Promise<HolderRecord | null> {
    const [row] = await tx.query<HolderRecord>(
      `select c.agency_id as "agencyId", case when c.state = 'open' then coalesce(a.name, c.agency_id) end as name, a.phone, a.address, e.from_at as since,
         exists (select from agency_publication p where p.agency_id = c.agency_id and p.institution_id = $1 and p.from_at <= $3
           and coalesce(least(p.until_at, p.expires_at) > $3, true)) as published
       from collection_case c left join agency a on a.agency_id = c.agency_id and a.institution_id = c.institution_id and c.state = 'open'
         left join entrustment e on e.collection_case = c.id and e.agency_id = c.agency_id and e.until_at is null
       where c.id = $2 and c.institution_id = $1`,
      [institutionId, caseUuid, now],
    );
    return row ?? null;
  }

  async noteAnswer(tx: Tx, id: string, at: Date, agencyId: string | null): Promise<void> {
    await tx.query('update debt_query set answered_at = $2, told_agency = $3 where id = $1', [id, at, agencyId]);
  }
}

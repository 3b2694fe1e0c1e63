import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface ReminderSetting {
  readonly enabled: boolean;
  readonly daysBefore: number;
  readonly hour: number;
  readonly timeZone: string;
  readonly channels: readonly string[];
  readonly smsTemplate: string | null;
  readonly emailTemplate: string | null;
  readonly setBy: string;
  readonly setAt: Date;
}

/** A date that is near, and how the debtor is reached. */
export interface DueRecord {
  readonly id: string;
  readonly caseUuid: string;
  readonly caseId: string;
  readonly partyId: string;
  readonly dueOn: string;
  readonly amount: string;
  readonly currency: string;
  readonly channel: string | null;
  readonly contactPointId: string | null;
  readonly optedOut: boolean;
}

export interface DueQuery {
  readonly institutionId: string;
  /** The day of the run. */
  readonly on: string;
  readonly daysBefore: number;
  readonly channels: readonly string[];
  readonly after: string | null;
  readonly limit: number;
}

export interface ReminderRecord {
  readonly id: string;
  readonly caseId: string;
  readonly dueOn: string;
  readonly amount: string;
  readonly currency: string;
  readonly paidOn: string | null;
  readonly deliveryId: string | null;
  readonly deliveryState: string | null;
  readonly at: Date;
}

const SETTING = `enabled, days_before as "daysBefore", hour, time_zone as "timeZone", channels, sms_template as "smsTemplate", email_template as "emailTemplate", set_by as "setBy", set_at as "setAt"`;

// Dates from the day of the run on, paid ones and those already reminded of left out; the way is the first of the institution's that has a valid
// point which nobody opted out of. A case that is closed or paid owes nothing.
const due = (lock: string): string => `
  select u.id, k.id as "caseUuid", k.case_id as "caseId", p.party_id as "partyId", u.due_on::text as "dueOn", u.amount::text as amount, u.currency,
    way.channel, way.point as "contactPointId",
    way.point is null and exists (select from opt_out o where o.debtor = k.debtor and o.party_id = p.party_id and o.withdrawn_at is null) as "optedOut"
  from due_date u join collection_case k on k.id = u.collection_case join party p on p.collection_case = k.id and p.role = 'debtor'
  left join lateral (
    select c.channel, t.id as point from unnest($4::text[]) with ordinality as c(channel, place)
    join contact_point t on t.party = p.id and t.status = 'valid' and (t.channel = c.channel or c.channel = 'sms' and t.channel in ('voice', 'im'))
    where not exists (select from opt_out o where o.debtor = k.debtor and o.party_id = p.party_id and o.withdrawn_at is null
      and (o.channel is null or o.channel = c.channel) and (o.value_index is null or o.value_index = t.value_index))
    order by c.place, t.channel = c.channel desc, t.id limit 1) way on true
  where u.institution_id = $1 and u.due_on >= $2::date and u.due_on <= $2::date + $3::integer and u.paid_on is null
    and k.state = 'open' and k.balance > 0 and not exists (select from reminder r where r.due_date = u.id)
    and ($5::uuid is null or u.id > $5) order by u.id limit $6 ${lock}`;

@Injectable()
export class ReminderStore {
  async setting(tx: Tx, institutionId: string): Promise<ReminderSetting | null> {
    const [row] = await tx.query<ReminderSetting>(`select ${SETTING} from reminder_setting where institution_id = $1`, [institutionId]);
    return row ?? null;
  }

  /** Of every institution that reminds. */
  async enabled(tx: Tx): Promise<(ReminderSetting & { readonly institutionId: string })[]> {
    return tx.query(`select institution_id as "institutionId", ${SETTING} from reminder_setting where enabled order by institution_id`);
  }

  async putSetting(tx: Tx, institutionId: string, setting: ReminderSetting): Promise<void> {
    await tx.query(
      `insert into reminder_setting (institution_id, enabled, days_before, hour, channels, sms_template, email_template, set_by, set_at, time_zone)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (institution_id) do update set enabled = $2, days_before = $3, hour = $4, channels = $5, sms_template = $6, email_template = $7, set_by = $8, set_at = $9, time_zone = $10`,
      [
        institutionId,
        setting.enabled,
        setting.daysBefore,
        setting.hour,
        setting.channels,
        setting.smsTemplate,
        setting.emailTemplate,
        setting.setBy,
        setting.setAt,
        setting.timeZone,
      ],
    );
  }

  async preview(tx: Tx, query: DueQuery): Promise<DueRecord[]> {
    return tx.query<DueRecord>(due(''), valuesOf(query, query.limit + 1));
  }

  /** Those that can be reminded, each for one caller alone until its transaction ends. */
  async take(tx: Tx, query: DueQuery): Promise<DueRecord[]> {
    return tx.query<DueRecord>(due('for no key update of u skip locked'), valuesOf(query, query.limit));
  }

  /** True for the first who says it. */
  async add(tx: Tx, institutionId: string, dueDate: string, delivery: string, at: Date): Promise<void> {
    await tx.query(`insert into reminder (due_date, institution_id, state, delivery, at) values ($1, $2, 'sent', $3, $4)`, [
      dueDate,
      institutionId,
      delivery,
      at,
    ]);
  }

  async list(
    tx: Tx,
    institutionId: string,
    { caseId, after, limit }: { readonly caseId: string | null; readonly after: string | null; readonly limit: number },
  ): Promise<ReminderRecord[]> {
    return tx.query<ReminderRecord>(
      `select r.due_date as id, k.case_id as "caseId", u.due_on::text as "dueOn", u.amount::text as amount, u.currency, u.paid_on::text as "paidOn",
         r.delivery as "deliveryId", d.state as "deliveryState", r.at
       from reminder r join due_date u on u.id = r.due_date join collection_case k on k.id = u.collection_case left join delivery d on d.id = r.delivery
       where r.institution_id = $1 and ($2::text is null or k.case_id = $2 or k.id::text = lower($2)) and ($3::uuid is null or r.due_date < $3)
       order by r.due_date desc limit $4`,
      [institutionId, caseId, after, limit + 1],
    );
  }
}

const valuesOf = ({ institutionId, on, daysBefore, channels, after }: DueQuery, limit: number): unknown[] => [
  institutionId,
  on,
  daysBefore,
  channels,
  after,
  limit,
];

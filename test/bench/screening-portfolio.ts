// A portfolio made by PostgreSQL itself: debtors, cases, parties, numbers, some holds, consents, wishes and a day of calls.
import pg from 'pg';

/** Runs as the superuser: foreign keys are not checked row by row. */
export async function makePortfolio(adminUrl: string, institutionId: string, cases: number): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const bank = pg.escapeLiteral(institutionId);
  const number = (column: string): string => `substr(${column}, 2)::int`;
  const steps = [
    'set session_replication_role = replica',
    'set synchronous_commit = off',
    `insert into debtor (institution_id, debtor_id, name_sealed, time_zone, content_hash)
     select ${bank}, 'D' || lpad(i::text, 9, '0'), '', case when i % 20 = 7 then 'Asia/Urumqi' else 'Asia/Shanghai' end, '' from generate_series(1, ${cases}) i where i % 20 <> 0`,
    `insert into collection_case (institution_id, case_id, debtor, debt_id, product, balance, currency, overdue_since, state, agency_id, content_hash, referral_notice_at)
     select ${bank}, 'C' || lpad(i::text, 9, '0'), d.id, 'L' || i, (array['credit-card', 'instalment', 'cash-loan'])[1 + i % 3], (i % 90000) + 100.5, 'CNY',
       case when i % 97 > 0 then current_date - 30 - (i % 400) end, case when i % 41 = 0 then 'paid' else 'open' end, case when i % 5 > 1 then 'A' || lpad((i % 23)::text, 2, '0') end, '',
       case when i % 5 > 1 then now() - interval '40 days' end
     from generate_series(1, ${cases}) i join debtor d on d.debtor_id = 'D' || lpad((case when i % 20 = 0 then i - 1 else i end)::text, 9, '0') order by i`,
    `insert into party (institution_id, collection_case, party_id, role, name_sealed, content_hash)
     select ${bank}, c.id, p.party_id, p.role, '', '' from collection_case c, (values ('P1', 'debtor'), ('P2', 'related')) p(party_id, role)
     where p.role = 'debtor' or ${number('c.case_id')} % 10 = 3 order by c.id`,
    `create temporary table line as
     select p.id as party, p.role, n.i, sha256(convert_to(case when n.i % 50 = 0 then n.i / 2 else n.i end || '-' || k || p.role, 'UTF8')) as value
     from party p join collection_case c on c.id = p.collection_case, lateral (select ${number('c.case_id')} as i) n, generate_series(1, 2) k where k = 1 or n.i % 3 = 0`,
    `insert into contact_value select distinct on (value) ${bank}, value, '' from line`,
    `insert into contact_point (institution_id, party, channel, value_index, source, status)
     select ${bank}, party, 'voice', value, 'contract', case when i % 33 = 1 then 'invalid' else 'valid' end from line order by party`,
    `insert into hold (institution_id, debtor, kind, from_at, until_at)
     select ${bank}, id, (array['plan-active', 'objection-open', 'complaint-hold'])[1 + ${number('debtor_id')} % 3], now() - interval '20 days',
       case when ${number('debtor_id')} % 4 = 0 then now() + interval '3 days' end from debtor where ${number('debtor_id')} % 50 = 11`,
    `insert into consent (institution_id, party, kind, channels, from_time, to_time, given_at, evidence)
     select ${bank}, p.id, (array['out-of-hours', 'frequency'])[1 + ${number('c.case_id')} % 2], '{voice}', '20:00', '23:30', now() - interval '30 days', 'e'
     from party p join collection_case c on c.id = p.collection_case where p.role = 'debtor' and ${number('c.case_id')} % 20 = 9`,
    `insert into opt_out (institution_id, debtor, party_id, channel, at, evidence)
     select ${bank}, id, 'P1', 'sms', now() - interval '9 days', 'e' from debtor where ${number('debtor_id')} % 100 = 13`,
    // A day of calls, and a month of them before: only those of the day can still be counted.
    `insert into contact (institution_id, attempt_id, debtor_id, case_id, debt_id, party_id, party_role, value_index, channel, mode, purpose, initiator, agency_id, collector_ids, at, result, time_zone)
     select ${bank}, 'a' || n.i || '-' || row_number() over (), d.debtor_id, c.case_id, c.debt_id, 'P1', 'debtor', n.value, 'voice', 'interactive', 'collect', 'us', c.agency_id, '{c1}', t.at,
       (array['no-answer', 'busy', 'conversation', 'answered'])[1 + (n.i + k) % 4], 'Asia/Shanghai'
     from line n join party p on p.id = n.party and p.role = 'debtor' join collection_case c on c.id = p.collection_case join debtor d on d.id = c.debtor, generate_series(1, 3) k,
       lateral (select now() - make_interval(hours => n.i * 7 % 29 + k * 97 * (n.i % 3), mins => k) as at) t
     where n.i % 5 < 3 and (k = 1 or n.i % 7 = 0) order by t.at`,
    'vacuum analyze',
  ];
  try {
    for (const step of steps) await client.query(step);
  } finally {
    await client.end();
  }
}

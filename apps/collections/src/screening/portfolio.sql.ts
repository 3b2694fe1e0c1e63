import pg from 'pg';
import type { Scope } from './question.ts';

// COPY takes no parameters: whatever comes from outside goes through here.
const literal = (text: string): string => pg.escapeLiteral(text);

// Whole milliseconds, as a Date has them; what is finer is cut off.
const ms = (column: string): string => `floor(extract(epoch from ${column}) * 1000)::bigint`;
/** As much of the keyed hash as a token of a contact point shows. */
const token = (column: string): string => `encode(substr(${column}, 1, 12), 'hex')`;
export const LIST_SEPARATOR = '\u001f';
const list = (column: string): string => `array_to_string(${column}, chr(31))`;

/** The cases of the scope, as conditions on `collection_case c`. */
function casesOf({ institutionId, agencyId, filter, listOf }: Scope): string[] {
  const conditions = [`c.institution_id = ${literal(institutionId)}`];
  for (const entrusted of [agencyId, filter.agencyId]) if (entrusted !== null) conditions.push(`c.agency_id = ${literal(entrusted)}`);
  if (filter.product !== null) conditions.push(`c.product = ${literal(filter.product)}`);
  if (filter.state !== null) conditions.push(`c.state = ${literal(filter.state)}`);
  if (filter.debtorId !== null) {
    const debtor = `select id from debtor where institution_id = ${literal(institutionId)} and debtor_id = ${literal(filter.debtorId)}`;
    conditions.push(`c.debtor in (${debtor})`);
  }
  if (listOf !== null) conditions.push(`c.id in (select collection_case from screening_case where screening = ${literal(listOf)})`);
  return conditions;
}

/** A condition that the column is a debtor of the scope; empty where all are. */
function ofScope(scope: Scope, column: string): string {
  const conditions = casesOf(scope);
  return conditions.length === 1 ? '' : ` and ${column} in (select c.debtor from collection_case c where ${conditions.join(' and ')})`;
}

/** About how many cases there will be. Of a list: how many of its ids were found when it was taken in. */
export const countQuery = (scope: Scope): string =>
  scope.listOf !== null
    ? `select count(collection_case)::float8 as cases from screening_case where screening = ${literal(scope.listOf)}`
    : `select count(*)::float8 as cases from collection_case c where ${casesOf(scope).join(' and ')}`;

/** A row per case and contact point, in order of the debtor; see `toCase` and `toPoint`. */
export const casesQuery = (scope: Scope): string =>
  `select c.debtor, c.case_id, c.debt_id, c.product, c.balance, c.currency, c.overdue_since, c.state, c.agency_id, ${ms('c.referral_notice_at')}, d.debtor_id, d.time_zone,
     d.region, p.id, p.party_id, t.id, t.channel, t.status, t.source, nullif(${list('t.time_zones')}, ''), ${token('t.value_index')}
   from collection_case c join debtor d on d.id = c.debtor
   left join party p on p.collection_case = c.id and p.role = 'debtor'
   left join contact_point t on t.party = p.id
   where ${casesOf(scope).join(' and ')} order by c.debtor, c.id, p.id, t.id`;

const CONTACT_COLUMNS = `${token('h.value_index')}, ${ms('h.lapses_at')}::text, h.result, h.channel, h.mode, h.purpose, h.initiator, h.agency_id, ${list('h.collector_ids')},
  h.party_role, h.party_id, h.debt_id, h.debtor_id`;

/** The contacts that a counter can still see at the instant (epoch ms). */
const contactsFrom = ({ institutionId }: Scope, at: number, historyMs: number): string => {
  const instant = (value: number): string => `to_timestamp(${value / 1000})`;
  return `h.institution_id = ${literal(institutionId)} and h.at > ${instant(at - historyMs)} and (h.result is not null or h.lapses_at > ${instant(at)})`;
};

/** What is known of debtors besides their cases: holds, consents, opt-outs, contacts; in order of the debtor, each kind in order of time. */
export const factsQuery = (scope: Scope, at: number, historyMs: number): string => {
  const nulls = (count: number): string => Array.from({ length: count }, () => 'null').join(', ');
  const institution = literal(scope.institutionId);
  return `select debtor, what, ${ms('at')}, a, b, c, d, e, f, g, h, i, j, k, l, m from (
    select h.debtor, 'hold' as what, h.from_at as at, h.id, h.kind as a, ${ms('h.until_at')}::text as b, h.scope::text as c, null as d, null as e, null as f,
      null as g, null as h, null as i, null as j, null as k, null as l, null as m
    from hold h where h.institution_id = ${institution}${ofScope(scope, 'h.debtor')}
    union all
    select c.debtor, 'consent', s.given_at, s.id, s.party::text, s.kind, ${list('s.channels')}, s.from_time, s.to_time, ${ms('s.withdrawn_at')}::text, ${nulls(7)}
    from consent s join party p on p.id = s.party join collection_case c on c.id = p.collection_case where s.institution_id = ${institution}${ofScope(scope, 'c.debtor')}
    union all
    select o.debtor, 'opt-out', o.at, o.id, o.party_id, o.channel, ${token('o.value_index')}, ${ms('o.withdrawn_at')}::text, ${nulls(9)}
    from opt_out o where o.institution_id = ${institution}${ofScope(scope, 'o.debtor')}
    union all
    select d.id, 'contact', h.at, h.id, ${CONTACT_COLUMNS}
    from contact h join debtor d on d.institution_id = h.institution_id and d.debtor_id = h.debtor_id where ${contactsFrom(scope, at, historyMs)}${ofScope(scope, 'd.id')}
  ) known order by debtor, what, at, id`;
};

/** Contacts with others at the numbers of the debtors: one number is called for all who share it. */
export const sharedQuery = (scope: Scope, at: number, historyMs: number): string =>
  `select ${ms('h.at')}, ${CONTACT_COLUMNS} from contact h
   where ${contactsFrom(scope, at, historyMs)} and exists (
     select from contact_point t join party p on p.id = t.party join collection_case c on c.id = p.collection_case join debtor d on d.id = c.debtor
     where t.institution_id = h.institution_id and t.value_index = h.value_index and p.role = 'debtor' and d.debtor_id <> h.debtor_id and ${casesOf(scope).join(' and ')})
   order by h.at, h.id`;

/** The ids of the list that name no case of the scope. */
export const unknownQuery = (scope: Scope, listOf: string): string =>
  `select s.case_id from screening_case s left join collection_case c on c.id = s.collection_case and ${casesOf({ ...scope, listOf: null }).join(' and ')}
   where s.screening = ${literal(listOf)} and c.id is null order by s.case_id`;

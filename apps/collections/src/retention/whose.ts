import type { KeptKind } from '#retention';

// Of a complaint in the other service: when nothing of it is open any more.
const CLOSED = 'coalesce(f.closed_at, f.withdrawn_at, f.declined_at)';

/** What is over when everything of the debtor `d` is: no case is open, no complaint. */
export const OVER = `d.id is not null and not exists (select from collection_case o where o.debtor = d.id and o.ended_at is null)
  and exists (select from collection_case o where o.debtor = d.id) and not exists (select from complaint_file f where f.debtor = d.id and ${CLOSED} is null)`;

/** When it was: the last case ended, the last complaint was closed. */
export const OVER_SINCE = `greatest((select max(o.ended_at) from collection_case o where o.debtor = d.id), (select max(${CLOSED}) from complaint_file f where f.debtor = d.id))`;

export const overSince = {
  zh: '债务人最后一个案件结束、最后一件投诉办结之日，以较晚者为准',
  en: 'the day on which the debtor’s last case ended, or the last complaint was closed, whichever is later',
};

/** By what a hold finds what belongs to the debtor `d`. */
export const WHOSE: Pick<KeptKind['rows'], 'subjects' | 'cases' | 'complaints'> = {
  subjects: 'array[d.debtor_id, d.id::text] || array(select m.debtor_id from debtor m where m.merged_into = d.id)',
  cases: 'array(select v from collection_case o cross join lateral (values (o.case_id), (o.id::text)) as i(v) where o.debtor = d.id)',
  complaints:
    'array(select v from complaint_file f cross join lateral (values (f.complaint_id::text), (f.number)) as i(v) where f.debtor = d.id)',
};

/** Of the case with the id in `column`, its debtor. */
export const ofCase = (column: string): string => `join collection_case c on c.id = ${column} join debtor d on d.id = c.debtor`;

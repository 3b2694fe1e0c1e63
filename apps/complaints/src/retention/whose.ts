import type { KeptKind } from '#retention';

/** What is over when the complaint `c` is: closed, with no review that is open and no successor that is. */
export const OVER = `c.closed_at is not null and not exists (select from review v where v.complaint = c.id and v.state in ('asked', 'taken', 'decided'))
  and not exists (select from reopening o join complaint s on s.id = o.successor where o.complaint = c.id and s.closed_at is null)
  and not exists (select from rectification t where t.complaint = c.id and t.closed_at is null)`;

/** When it was: the last of what followed the closing counts. */
export const OVER_SINCE = `greatest(c.closed_at, (select max(coalesce(v.review_told_at, v.withdrawn_at)) from review v where v.complaint = c.id),
  (select max(m.ended_at) from mediation m where m.complaint = c.id), (select max(t.closed_at) from rectification t where t.complaint = c.id),
  (select max(s.closed_at) from reopening o join complaint s on s.id = o.successor where o.complaint = c.id))`;

export const overSince = {
  zh: '投诉办结之日；有复核、调解、整改或重新受理的，以最后一项终了为准',
  en: 'the day on which the complaint was closed, or the last of its reviews, mediations, rectifications or successors',
};

/** By what a hold finds what belongs to the complaint `c`. */
export const WHOSE: Pick<KeptKind['rows'], 'subjects' | 'cases' | 'complaints' | 'agencies'> = {
  subjects: 'array_remove(array[c.account, (select y.debtor_id from dossier y where y.complaint = c.id)], null)',
  cases: `coalesce((select y.case_ids from dossier y where y.complaint = c.id), '{}')`,
  complaints: 'array_remove(array[c.id::text, c.number, c.external_ref], null)',
  agencies: 'array_remove(array[c.against_agency_id], null)',
};

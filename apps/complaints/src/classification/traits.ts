import type { Tx } from '#pg';
import { OUR_CODES, type Dimension } from '../code-table/codes.ts';

/** What a complaint is, as far as it is classified: each code with those above it, its own first. */
export interface Traits {
  /** False: rules suggest it, and nobody has looked yet. */
  readonly confirmed: boolean;
  readonly area: string | null;
  readonly business: readonly string[];
  readonly cause: readonly string[];
}

interface Row extends Traits {
  readonly complaint: string;
  readonly version: number;
}

/** Told when a person has said what a complaint is. */
export const COMPLAINT_CLASSIFIED = 'complaint.classified';

const TRAITS = `
  with recursive known as (
    select c.complaint, c.institution_id, c.confirmed_at is not null as confirmed, coalesce(c.area, s.area) as area, coalesce(c.business_code, s.business) as business,
      coalesce(c.cause_code, s.cause) as cause, coalesce(c.table_version, (c.suggested ->> 'tableVersion')::int, 0) as version
    from classification c
    cross join lateral (
      select max(e ->> 'code') filter (where e ->> 'dimension' = 'area') as area, max(e ->> 'code') filter (where e ->> 'dimension' = 'business') as business,
        max(e ->> 'code') filter (where e ->> 'dimension' = 'cause') as cause
      from jsonb_array_elements(case when c.confirmed_at is null then coalesce(c.suggested -> 'suggestions', '[]') else '[]' end) as e) s
    where c.complaint = any($1)),
  own (complaint, institution_id, version, dimension, code) as (
    select complaint, institution_id, version, 'business', business from known where business is not null
    union all select complaint, institution_id, version, 'cause', cause from known where cause is not null),
  path as (
    select *, 0 as depth from own
    union all
    select p.complaint, p.institution_id, p.version, p.dimension, e.parent, p.depth + 1
    from path p join code_entry e on e.institution_id = p.institution_id and e.version = p.version and e.dimension = p.dimension and e.code = p.code
    where e.parent is not null and p.depth < 20)
  select k.complaint, k.confirmed, k.area, k.version,
    coalesce((select array_agg(code order by depth) from path p where p.complaint = k.complaint and p.dimension = 'business'), '{}') as business,
    coalesce((select array_agg(code order by depth) from path p where p.complaint = k.complaint and p.dimension = 'cause'), '{}') as cause
  from known k`;

const PARENTS: ReadonlyMap<string, string | null> = new Map(
  OUR_CODES.map(({ dimension, code, parent }) => [`${dimension} ${code}`, parent]),
);

/** The product's own table stands in no row: what is above a code is known here. */
function whole(dimension: Dimension, codes: readonly string[]): string[] {
  const path = [...codes];
  let parent = PARENTS.get(`${dimension} ${path.at(-1) ?? ''}`) ?? null;
  while (parent !== null && !path.includes(parent)) {
    path.push(parent);
    parent = PARENTS.get(`${dimension} ${parent}`) ?? null;
  }
  return path;
}

/** What complaints are: as a person has confirmed it, else as rules suggest; those that neither has looked at are left out. */
export async function traitsOf(tx: Tx, complaintIds: readonly string[]): Promise<ReadonlyMap<string, Traits>> {
  const rows = complaintIds.length === 0 ? [] : await tx.query<Row>(TRAITS, [complaintIds]);
  return new Map(
    rows.map(({ complaint, confirmed, area, version, business, cause }) => [
      complaint,
      version === 0
        ? { confirmed, area, business: whole('business', business), cause: whole('cause', cause) }
        : { confirmed, area, business, cause },
    ]),
  );
}

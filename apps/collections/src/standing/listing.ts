import type { Closing, ListedAgency, Listing, Opening } from './publication.store.ts';

const same = (a: Listing, b: Listing): boolean =>
  a.name === b.name && a.licence === b.licence && a.phone === b.phone && a.address === b.address;
const sameInstant = (a: Date | null, b: Date | null): boolean => a?.getTime() === b?.getTime();
const later = (a: Date, b: Date | null): Date => (b !== null && b > a ? b : a);

/**
 * What has to be written so that the list says of an agency, from now on, what holds of it now. A contract's end and beginning are known beforehand,
 * so they are in the row: nobody has to be awake at midnight.
 */
export function listingSteps(
  agency: ListedAgency,
  now: Date,
  because: string | null,
): { closing: Closing | null; opening: Opening | null } {
  const { agencyId, says, open } = agency;
  const from = later(now, agency.begins);
  const expires = agency.ends;
  const wanted = agency.meant && (expires === null || expires > from) ? { agencyId, ...says, from, expires } : null;
  if (open === null) return { closing: null, opening: wanted && { ...wanted, since: from } };
  const over = open.expires !== null && open.expires <= now;
  const shownNow = open.from <= now && !over;
  if (
    wanted !== null &&
    !over &&
    same(open.says, says) &&
    sameInstant(open.expires, expires) &&
    (shownNow ? from <= now : sameInstant(open.from, from))
  )
    return { closing: null, opening: null };
  if (over)
    return {
      closing: { id: open.id, until: later(open.from, open.expires), because: 'contract-over' },
      opening: wanted && { ...wanted, since: from },
    };
  const stays = wanted !== null && shownNow && from <= now;
  return {
    // A row that has not begun never begins.
    closing: { id: open.id, until: later(now, open.from), because: stays ? null : because },
    opening: wanted && { ...wanted, since: stays ? open.since : from },
  };
}

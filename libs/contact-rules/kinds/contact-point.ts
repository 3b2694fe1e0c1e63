import { failed, type Asked, type Kind } from '../kind.ts';
import type { ContactPointFact } from '../types.ts';

export interface ContactPointParams {
  /** Where a contact point may come from. */
  readonly sources: readonly string[];
  /** Statuses in which it is not used. */
  readonly refusedStatuses: readonly string[];
}

const isAsked = (point: ContactPointFact, { proposed }: Asked): boolean =>
  point.value === proposed.contactPoint && (point.partyId === null || proposed.partyId === null || point.partyId === proposed.partyId);

/**
 * point-source. CBA26: contact details are used only when they come from the contract, the debtor, the bank's own dealings, public
 * sources, an authority, or with authorisation. A point that nobody listed has no source.
 */
export const contactPoint: Kind<ContactPointParams> = {
  judge(asked, params) {
    if (asked.proposed.contactPoint === null) return { missing: 'contactPoint' };
    const { contactPoints } = asked.facts;
    if (contactPoints === null) return { missing: 'contactPoints' };
    let why = 'unknown';
    for (const point of contactPoints) {
      if (!isAsked(point, asked)) continue;
      const isMarked = point.status !== null && params.refusedStatuses.includes(point.status);
      const isLawful = point.source !== null && params.sources.includes(point.source);
      if (isLawful && !isMarked) return null;
      // A lawful point that is marked tells more than a twin without a source.
      if (isLawful || why === 'unknown') why = isLawful ? 'invalid' : 'source';
    }
    return failed(null, null, { why });
  },
  boundaries: () => [],
};

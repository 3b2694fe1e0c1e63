import { failed, type Asked, type Kind } from '../kind.ts';
import type { Hold, HoldKind, PartyRole, Purpose } from '../types.ts';

export interface HoldParams {
  readonly hold: HoldKind;
  /** Purposes that the hold leaves free. */
  readonly exceptPurposes?: readonly Purpose[];
  /** Roles to which contact goes instead. */
  readonly exceptRoles?: readonly PartyRole[];
}

function covers({ scope }: Hold, { proposed }: Asked): boolean {
  return (
    (scope.agencyId === null || scope.agencyId === proposed.agencyId) &&
    (scope.collectorId === null || (proposed.collectorIds ?? []).includes(scope.collectorId)) &&
    (scope.channel === null || scope.channel === proposed.channel) &&
    (scope.partyId === null || scope.partyId === proposed.partyId) &&
    (scope.contactPoint === null || scope.contactPoint === proposed.contactPoint)
  );
}

const inForce = (hold: Hold, at: number): boolean => hold.from <= at && (hold.until === null || at < hold.until);

/**
 * plan-active (CC11 Art. 70), objection-open (CC11 Art. 69), complaint-hold, cease and legal-rep (REGF 1006.6), deceased, incapacity,
 * insolvency. A hold says who must be left alone, from when, until when, and in which scope.
 */
export const hold: Kind<HoldParams> = {
  judge(asked, params, at) {
    const { proposed, facts } = asked;
    if (proposed.purpose !== null && params.exceptPurposes?.includes(proposed.purpose)) return null;
    if (proposed.partyRole !== null && params.exceptRoles?.includes(proposed.partyRole)) return null;
    if (facts.holds === null) return { missing: 'holds' };
    const held = facts.holds.find((one) => one.kind === params.hold && inForce(one, at) && covers(one, asked));
    return held ? failed(null, null, { hold: params.hold }) : null;
  },
  boundaries({ facts }, params, at) {
    return (facts.holds ?? [])
      .filter((one) => one.kind === params.hold)
      .flatMap((one) => (one.until === null ? [one.from] : [one.from, one.until]))
      .filter((instant) => instant > at);
  },
};

/** Whether a hold of the kind is in force now and covers this contact; for rules that a hold changes. */
export function isHeld(asked: Asked, kind: HoldKind, at: number): boolean {
  return (asked.facts.holds ?? []).some((one) => one.kind === kind && inForce(one, at));
}

import { failed, isOfSameDebtor, type Asked, type Kind } from '../kind.ts';
import type { PartyRole, PastContact, Purpose } from '../types.ts';
import { isHeld } from './hold.ts';

export interface ThirdPartyParams {
  readonly check: 'target' | 'lost' | 'stopped';
  /** Roles that owe the debt: everyone else is a third party. */
  readonly obligors: readonly PartyRole[];
  /** `target`: the purposes for which only obligors may be contacted; `lost`: those for which the debtor must be lost. */
  readonly purposes?: readonly Purpose[];
}

/** Collection is aimed at those who owe (HLJ Art. 19, CC11 Art. 68, CC22). While a lawyer speaks for the debtor, contact goes to the lawyer (REGF 1006.6(b)). */
function judgeTarget(asked: Asked, params: ThirdPartyParams, at: number) {
  const { partyRole, purpose } = asked.proposed;
  if (partyRole === null) return { missing: 'partyRole' };
  if (params.obligors.includes(partyRole)) return null;
  if (purpose === null) return { missing: 'purpose' };
  if (!params.purposes?.includes(purpose)) return null;
  if (partyRole === 'representative' && isHeld(asked, 'legal-rep', at)) return null;
  return failed(null, null, { partyRole });
}

/** The same person: by id where both are known by one, else by contact point. Party ids are those of a debtor's file: another debtor's p2 is someone else. */
function isSameParty(past: PastContact, asked: Asked): boolean {
  const { partyId, contactPoint } = asked.proposed;
  if (past.partyId !== null && partyId !== null) return past.partyId === partyId && isOfSameDebtor(past, asked);
  return past.contactPoint !== null && past.contactPoint === contactPoint;
}

/** A third party who asked to be left alone is left alone, for every purpose (CBA26 ch. 3, GBT 5.3). */
function judgeStopped(asked: Asked, params: ThirdPartyParams, at: number) {
  const { partyRole, partyId, contactPoint } = asked.proposed;
  if (partyRole === null) return { missing: 'partyRole' };
  if (params.obligors.includes(partyRole)) return null;
  if (asked.facts.history === null) return { missing: 'history' };
  if (partyId === null && contactPoint === null) return { missing: 'partyId' };
  const stopped = asked.facts.history.some((past) => past.result === 'refused' && past.at <= at && isSameParty(past, asked));
  return stopped ? failed(null, null, { partyRole }) : null;
}

/** party-target and party-stop. */
export const thirdParty: Kind<ThirdPartyParams> = {
  judge: (asked, params, at) => (params.check === 'target' ? judgeTarget(asked, params, at) : judgeStopped(asked, params, at)),
  boundaries: ({ facts }, params, at) =>
    params.check === 'target'
      ? (facts.holds ?? []).flatMap((one) => (one.until === null ? [one.from] : [one.from, one.until])).filter((instant) => instant > at)
      : [],
};

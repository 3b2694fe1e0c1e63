import { failed, isSameParty, type Asked, type Kind } from '../kind.ts';
import type { PartyRole, Purpose } from '../types.ts';
import { isHeld } from './hold.ts';
import { isLost, lostBoundaries } from './party-lost.ts';

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

/** Others are asked where the debtor is, or to pass on a message, only when the debtor cannot be reached (CBA26 ch. 3). */
function judgeLost(asked: Asked, params: ThirdPartyParams, at: number) {
  const { partyRole, purpose } = asked.proposed;
  if (partyRole === null) return { missing: 'partyRole' };
  if (params.obligors.includes(partyRole)) return null;
  if (purpose === null) return { missing: 'purpose' };
  if (!params.purposes?.includes(purpose)) return null;
  if (partyRole === 'representative' && isHeld(asked, 'legal-rep', at)) return null;
  const { history } = asked.facts;
  if (history === null) return { missing: 'history' };
  const lost = isLost(asked, history, at);
  if (lost === null) return { missing: 'contactPoints' };
  return lost ? null : failed(null, null, { partyRole });
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

const checks = { target: judgeTarget, lost: judgeLost, stopped: judgeStopped } as const;

/** party-target, party-lost and party-stop. */
export const thirdParty: Kind<ThirdPartyParams> = {
  judge: (asked, params, at) => checks[params.check](asked, params, at),
  boundaries(asked, params, at) {
    if (params.check === 'stopped') return [];
    const holds = (asked.facts.holds ?? []).flatMap((one) => (one.until === null ? [one.from] : [one.from, one.until]));
    const changes = params.check === 'lost' ? [...holds, ...lostBoundaries(asked, at)] : holds;
    return changes.filter((instant) => instant > at);
  },
};

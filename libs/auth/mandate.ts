import type { FastifyRequest } from 'fastify';
import { FORBIDDEN, INVALID, NOT_FOUND, Refusal } from '#problem';
import type { Principal } from './principal.ts';

/** Names the institution that a regulator's request is about. Without it: the one of the token. */
export const INSTITUTION_HEADER = 'forbear-institution';

const READS = new Set(['GET', 'HEAD']);

/**
 * The principal as the request is to be answered: a regulator may name an institution of its mandate, and then reads there as a regulator, whatever
 * else it is at home. Refuses with FORBIDDEN (any other role; anything but a read elsewhere), NOT_FOUND (not in the mandate), INVALID.
 */
export function aboutInstitution(principal: Principal, { headers, method }: Pick<FastifyRequest, 'headers' | 'method'>): Principal {
  const named = headers[INSTITUTION_HEADER];
  if (named === undefined) return principal;
  const { roles, agencyId, institutionId, mandate = [] } = principal;
  if (!roles.includes('regulator') || agencyId !== null)
    throw new Refusal(FORBIDDEN, {
      detail: 'Forbear-Institution is for regulators: leave it out, you act for the institution of your token.',
    });
  if (typeof named !== 'string' || named === '')
    throw new Refusal(INVALID, { errors: [{ pointer: '/headers/forbear-institution', detail: 'must name one institution' }] });
  if (named === institutionId) return principal;
  if (!mandate.includes(named)) throw new Refusal(NOT_FOUND, { detail: 'There is no such institution in your mandate.' });
  if (!READS.has(method)) throw new Refusal(FORBIDDEN, { detail: 'A mandate reads: only GET is allowed at another institution.' });
  return { ...principal, institutionId: named, homeInstitutionId: institutionId, roles: ['regulator'] };
}

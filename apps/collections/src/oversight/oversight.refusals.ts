import { CONFLICT, FORBIDDEN, INVALID, NOT_FOUND, Refusal, type RefusalKind } from '#problem';
import type { Principal } from '#auth';

export const STALE_SETTING: RefusalKind = { ...CONFLICT, code: 'stale-setting', title: 'Somebody has set this since you read it' };

export const invalid = (pointer: string, detail: string, source?: string): Refusal =>
  new Refusal(INVALID, { errors: [{ pointer, detail, ...(source !== undefined && { source }) }] });

export const notFound = (what: string): Refusal => new Refusal(NOT_FOUND, { detail: `There is no such ${what} here.` });

/** An agency does not inspect, score or sanction, whatever its people's roles. Refuses with FORBIDDEN. */
export function bankOnly(principal: Principal): void {
  if (principal.agencyId !== null) throw new Refusal(FORBIDDEN, { detail: 'This is for people of the bank.' });
}

/** Whether a principal may see what belongs to an agency. */
export const reaches = (principal: Principal, agencyId: string): boolean => principal.agencyId === null || principal.agencyId === agencyId;

import type { Principal, Role } from '#auth';
import { institutionId } from './make-data/index.ts';

const DAY_MS = 86_400_000;

/** Who does what in the demo's past. */
export const person = (subject: string, role: Role, agencyId: string | null = null): Principal => ({
  subject,
  clientId: null,
  institutionId,
  agencyId,
  roles: [role],
});
export const agent = person('demo-agent', 'agent');
export const manager = person('demo-manager', 'collections-manager');
export const compliance = person('demo-compliance', 'compliance');
export const agency = person('demo-agency', 'agency-supervisor', 'agency-a');
export const core = person('demo-core', 'integration');

/** A step of the seed, done once however often it runs. */
export const once = (what: string) => ({ key: `seed/${what}`, hash: Buffer.from(what) });

/** A day so many days from now, in China. */
export const dayIn = (days: number): string => new Date(Date.now() + 8 * 3_600_000 + days * DAY_MS).toISOString().slice(0, 10);

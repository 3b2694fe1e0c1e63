import type { Principal, Role } from '#auth';
import { institutionId } from './make-data/index.ts';

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
export const agency = person('demo-agency', 'agency-supervisor', 'agency-a');
export const core = person('demo-core', 'integration');

/** A step of the seed, done once however often it runs. */
export const once = (what: string) => ({ key: `seed/${what}`, hash: Buffer.from(what) });

import type { Principal, Role } from '#auth';
import { institutionId } from './make-data/index.ts';

const DAY_MS = 86_400_000;

export const person = (subject: string, role: Role, agencyId: string | null = null): Principal => ({
  subject,
  clientId: null,
  institutionId,
  agencyId,
  roles: [role],
});

/** A day so many days from now, in China. */
export const dayIn = (days: number): string => new Date(Date.now() + 8 * 3_600_000 + days * DAY_MS).toISOString().slice(0, 10);

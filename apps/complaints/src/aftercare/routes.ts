import { ApiHeader, ApiParam } from '@nestjs/swagger';
import type { Role } from '#auth';

/** Who reads what comes after a decision; the first three with personal data in the clear. */
export const AFTER_READERS: [Role, ...Role[]] = [
  'complaint-handler',
  'complaint-supervisor',
  'head-office-approver',
  'collections-manager',
  'compliance',
  'regulator',
  'admin',
];
export const idempotent = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description: 'Same key and body, same answer; kept 7 days',
});
export const uuidParam = (name = 'id'): MethodDecorator & ClassDecorator => ApiParam({ name, schema: { type: 'string', format: 'uuid' } });

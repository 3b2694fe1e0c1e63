export { claimKey, forgetKeys, rememberResource, type Claim } from './claim.ts';
export { Idempotency, hashOf, idempotencyOf, type IdempotentRequest } from './header.ts';

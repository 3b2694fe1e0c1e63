export { claimKey, forgetKeys, rememberResource, type Claim } from './claim.ts';
export { Idempotency, hashOf, type IdempotentRequest } from './header.ts';

export { AuthModule } from './auth.module.ts';
export { CurrentPrincipal, Public, Roles } from './decorators.ts';
export { INSTITUTION_HEADER } from './mandate.ts';
export { ROLES, type Principal, type Role } from './principal.ts';
export { RoleGuard } from './role.guard.ts';
export { authSettings } from './settings.ts';
export { TokenVerifier } from './token-verifier.ts';

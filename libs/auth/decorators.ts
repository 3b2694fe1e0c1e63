import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Principal, Role } from './principal.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the role guard; absent on public routes. */
    principal?: Principal;
  }
}

export const ROLES_KEY = 'forbear:roles';
export const PUBLIC_KEY = 'forbear:public';

type OnClassOrMethod = ClassDecorator & MethodDecorator;

/** The roles that may use a route, or every route of a controller that does not name its own. In OpenAPI as `x-roles`. */
export function Roles(first: Role, ...rest: Role[]): OnClassOrMethod {
  const roles = [first, ...rest];
  return applyDecorators(SetMetadata(ROLES_KEY, roles), ApiBearerAuth(), ApiExtension('x-roles', roles));
}

/** Open to anybody, without a token. */
export function Public(): OnClassOrMethod {
  return applyDecorators(SetMetadata(PUBLIC_KEY, true), ApiExtension('x-public', true));
}

/** The verified caller, in a controller method of a route with `@Roles`. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!principal) throw new Error('@CurrentPrincipal() on a route without @Roles()');
  return principal;
});

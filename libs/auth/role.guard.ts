import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { FORBIDDEN, Refusal, UNAUTHENTICATED } from '#problem';
import { PUBLIC_KEY, ROLES_KEY } from './decorators.ts';
import { aboutInstitution } from './mandate.ts';
import type { Role } from './principal.ts';
import { TokenVerifier } from './token-verifier.ts';

/** Verifies the token and the role of every request but those to public routes. */
@Injectable()
export class RoleGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
  ) {}

  /** Throws Refusal UNAUTHENTICATED (401), FORBIDDEN (403), NOT_FOUND (404: an institution outside of the mandate), UNAVAILABLE (503). */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const nearest = [context.getHandler(), context.getClass()];
    // The method's own word beats the controller's, whichever of the two decorators it is.
    const methodRoles = this.reflector.get<Role[] | undefined>(ROLES_KEY, context.getHandler());
    if (!methodRoles && this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_KEY, nearest)) return true;
    const allowed = this.reflector.getAllAndOverride<Role[] | undefined>(ROLES_KEY, nearest) ?? [];
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const bearer = await this.verifier.verify(bearerToken(request.headers.authorization));
    const principal = aboutInstitution(bearer, request);
    if (!principal.roles.some((role) => allowed.includes(role))) {
      throw new Refusal(FORBIDDEN, { detail: `This needs one of the roles ${allowed.join(', ') || '(none)'}.` });
    }
    request.principal = principal;
    return true;
  }
}

function bearerToken(header: string | undefined): string {
  const [scheme, token, ...rest] = (header ?? '').trim().split(/\s+/);
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) {
    throw new Refusal(UNAUTHENTICATED, { detail: 'Send an access token: "Authorization: Bearer ...".' });
  }
  return token;
}

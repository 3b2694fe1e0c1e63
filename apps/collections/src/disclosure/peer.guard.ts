import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { rawBodyOf } from '#http';
import { PeerVerifier, ringOf } from '#peers';
import { CONFIG } from '#service';
import type { CollectionsConfig } from '../config.ts';

const institutions = new WeakMap<FastifyRequest, string>();

/** Lets requests of other services in, each once. */
@Injectable()
export class PeerGuard implements CanActivate {
  private readonly verifier: PeerVerifier;

  constructor(@Inject(DataSource) database: DataSource, @Inject(CONFIG) config: Pick<CollectionsConfig, 'peerKeys' | 'demo'>) {
    this.verifier = new PeerVerifier(database, ringOf(config));
  }

  /** Refuses with UNAUTHENTICATED. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { method, url, headers } = request;
    institutions.set(request, await this.verifier.verify({ method, path: url, headers, body: rawBodyOf(request) }));
    return true;
  }
}

/** The institution that a request of another service is for. */
export function peerInstitution(request: FastifyRequest): string {
  const institution = institutions.get(request);
  if (institution === undefined) throw new Error('a route of other services without PeerGuard');
  return institution;
}

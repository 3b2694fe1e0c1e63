import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, from, map, mergeMap, throwError, type Observable } from 'rxjs';
import type { Principal } from '#auth';
import { toRefusal } from '#problem';
import { lookOf } from './read.look.ts';
import { ReadService } from './read.service.ts';

const INTERNAL = 500;

/** Notes every answer to a regulator before it leaves. What cannot be noted is not shown. */
@Injectable()
export class ReadRecorder implements NestInterceptor {
  constructor(@Inject(ReadService) private readonly reads: ReadService) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const { principal } = request;
    if (!principal?.roles.includes('regulator')) return next.handle();
    const noted = (status: number): Observable<void> => from(this.note(principal, request, status));
    return next.handle().pipe(
      // Before what the answer noted, or a note that failed would be noted in its turn.
      catchError((error: unknown) => noted(toRefusal(error)?.kind.status ?? INTERNAL).pipe(mergeMap(() => throwError(() => error)))),
      mergeMap((answer) => noted(http.getResponse<FastifyReply>().statusCode).pipe(map(() => answer))),
    );
  }

  private note(principal: Principal, { method, routeOptions, params, query }: FastifyRequest, status: number): Promise<void> {
    const look = lookOf({ method, route: routeOptions.url ?? '', params, query, found: status < 400 });
    return this.reads.note(principal, look, status);
  }
}

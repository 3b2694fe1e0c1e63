import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { from, mergeMap, type Observable } from 'rxjs';
import { SignInService } from './sign-in.service.ts';

/** Before the first answer to a sign-in: what cannot be recorded is not answered. */
@Injectable()
export class SignInRecorder implements NestInterceptor {
  constructor(@Inject(SignInService) private readonly signIns: SignInService) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!principal || this.signIns.isKnown(principal)) return next.handle();
    return from(this.signIns.record(principal)).pipe(mergeMap(() => next.handle()));
  }
}

import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { renderProblem, toRefusal } from './render.ts';

/** The one place where an error becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const refusal = toRefusal(error);
    if (refusal === null) {
      const stack = error instanceof Error ? error.stack : String(error);
      this.logger.error({ requestId: request.id, route: request.routeOptions?.url, stack }, 'unexpected error');
    }
    if (reply.sent) return;
    const problem = renderProblem(refusal, request.id);
    if (refusal?.extras.retryAfterSeconds !== undefined) void reply.header('retry-after', String(refusal.extras.retryAfterSeconds));
    // Fastify hangs up on a body that is too large; who still sends could not read why. What comes is read and thrown away.
    if (problem.status === 413) void reply.removeHeader('connection');
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem));
  }
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NOT_FOUND, Refusal, renderProblem, toRefusal } from '#problem';

export function sendProblem(reply: FastifyReply, refusal: Refusal | null): void {
  const problem = renderProblem(refusal, reply.request.id);
  const retryAfter = refusal?.extras.retryAfterSeconds;
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  void reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

type Answer = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Every error of this server as RFC 9457; what is not the caller's is logged and opaque. `rest` answers what nothing else does. */
export function renderErrorsAsProblems(app: FastifyInstance, rest: Answer | null): void {
  app.setNotFoundHandler((request, reply) => (rest ? rest(request, reply) : sendProblem(reply, new Refusal(NOT_FOUND))));
  app.setErrorHandler((error, request, reply) => {
    const refusal = toRefusal(error);
    if (refusal === null) request.log.error({ stack: error instanceof Error ? error.stack : String(error) }, 'unexpected error');
    sendProblem(reply, refusal);
  });
}

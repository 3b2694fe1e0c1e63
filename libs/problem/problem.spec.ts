import { ForbiddenException, Logger, NotFoundException, ServiceUnavailableException, type ArgumentsHost } from '@nestjs/common';
import { INVALID, ProblemFilter, Refusal, renderProblem, toRefusal, UNAUTHENTICATED, UNAVAILABLE } from '#problem';

const withStatus = (statusCode: number): Error => Object.assign(new Error('secret of the framework'), { statusCode });

function answerTo(error: unknown, sent = false): { status?: number; headers: Record<string, string>; body?: string } {
  const said: { status?: number; headers: Record<string, string>; body?: string } = { headers: {} };
  const reply = {
    sent,
    status: (status: number) => ((said.status = status), reply),
    header: (name: string, value: string) => ((said.headers[name] = value), reply),
    send: (body: string) => ((said.body = body), reply),
  };
  const http = { getRequest: () => ({ id: 'r1', routeOptions: { url: '/v1/x' } }), getResponse: () => reply };
  const filter = new ProblemFilter();
  // Not a promise's catch.
  Reflect.apply(filter.catch, filter, [error, { switchToHttp: () => http } as unknown as ArgumentsHost]);
  return said;
}

beforeAll(() => Logger.overrideLogger(false));
afterAll(() => Logger.overrideLogger(true as never));

describe('toRefusal', () => {
  it.each([
    [400, 'unparsable'],
    [404, 'not-found'],
    [405, 'method-not-allowed'],
    [413, 'too-large'],
    [415, 'unsupported-media-type'],
    [429, 'too-many-requests'],
  ])('takes status %i of the framework for %s', (status, code) => {
    expect(toRefusal(withStatus(status))?.kind.code).toBe(code);
  });

  it.each([
    new Error('x'),
    withStatus(500),
    withStatus(200),
    new ServiceUnavailableException('x'),
    new ForbiddenException('only Refusal says so'),
    Object.assign(new Error('duplicate key'), { code: '23505' }),
    Object.assign(new Error('x'), { statusCode: '404' }),
    'thrown text',
    { statusCode: 404 },
    null,
    undefined,
  ])('takes anything else for a fault of ours: %#', (error) => expect(toRefusal(error)).toBeNull());

  it('leaves a refusal as it is', () => {
    const refusal = new Refusal(INVALID);
    expect(toRefusal(refusal)).toBe(refusal);
    expect(toRefusal(new NotFoundException('Cannot GET /x'))?.extras.detail).toBe('Cannot GET /x');
  });
});

describe('renderProblem', () => {
  it('says what the refusal says, and nothing that it does not', () => {
    const errors = [{ pointer: '/at', detail: 'must be an instant' }];
    expect(renderProblem(new Refusal(INVALID, { detail: 'two', errors }), 'r1')).toEqual({
      type: '/problems/invalid',
      title: INVALID.title,
      status: 422,
      detail: 'two',
      errors,
      requestId: 'r1',
    });
    expect(Object.keys(renderProblem(new Refusal(INVALID), 'r1'))).toEqual(['type', 'title', 'status', 'requestId']);
  });
});

describe('ProblemFilter', () => {
  it('answers a fault of ours with a request id and nothing else', () => {
    const error = Object.assign(new Error('password authentication failed for user "forbear" at 10.0.0.7'), {
      detail: 'Key (name)=(张三)',
    });
    const { status, headers, body } = answerTo(error);
    expect([status, headers['content-type']]).toEqual([500, 'application/problem+json; charset=utf-8']);
    expect(JSON.parse(body ?? '')).toEqual({
      type: '/problems/internal',
      title: 'Something went wrong on our side; the request id finds it in our logs',
      status: 500,
      requestId: 'r1',
    });
  });

  it('says when to try again, and how to authenticate', () => {
    const away = answerTo(new Refusal(UNAVAILABLE, { retryAfterSeconds: 2 }));
    expect([away.status, away.headers['retry-after']]).toEqual([503, '2']);
    const unknown = answerTo(new Refusal(UNAUTHENTICATED));
    expect([unknown.status, unknown.headers['www-authenticate'], unknown.headers['retry-after']]).toEqual([401, 'Bearer', undefined]);
  });

  it('says nothing after the answer has gone out', () => {
    expect(answerTo(new Error('x'), true)).toEqual({ headers: {} });
  });
});

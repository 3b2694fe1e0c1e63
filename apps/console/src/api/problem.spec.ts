import { asProblem, offline, toProblem } from './problem.ts';

describe('what a call ends in', () => {
  it('reads a problem with its fields and its request id', () => {
    const body = {
      type: '/problems/invalid',
      title: 'Not valid',
      errors: [{ pointer: '/at', detail: 'must be an instant' }],
      requestId: 'r1',
    };
    expect(toProblem(422, JSON.stringify(body), new Headers({ 'retry-after': '2' }))).toMatchObject({
      code: 'invalid',
      status: 422,
      detail: 'Not valid',
      errors: [{ pointer: '/at', detail: 'must be an instant' }],
      requestId: 'r1',
      retryAfterSeconds: 2,
      isTransient: false,
    });
  });

  it('takes what is no problem document for its status', () => {
    expect(toProblem(502, '<html>', new Headers({ 'x-request-id': 'r2' }))).toMatchObject({ code: 'other', requestId: 'r2' });
    expect(toProblem(503, 'null', new Headers())).toMatchObject({ code: 'unavailable', isTransient: true });
    expect([offline().isTransient, asProblem(new Error('x')).code, asProblem('x').status]).toEqual([true, 'other', 0]);
  });
});

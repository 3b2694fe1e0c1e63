import type { Installation, Reply } from './harness.ts';

/** The answer is a problem of RFC 9457 of this status. */
export function expectProblem(reply: Reply, status: number | readonly number[], pointer?: string): void {
  const statuses = typeof status === 'number' ? [status] : status;
  expect(`${reply.status} ${reply.text.slice(0, 300)}`).toMatch(new RegExp(`^(${statuses.join('|')}) `));
  expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(reply.json).toMatchObject({
    type: expect.stringMatching(/^\/problems\/[a-z-]+$/),
    title: expect.any(String),
    status: reply.status,
    requestId: expect.any(String),
  });
  expect(reply.headers.get('x-request-id')).toBe(reply.json.requestId);
  if (pointer !== undefined)
    expect(reply.json.errors).toContainEqual(expect.objectContaining({ pointer, detail: expect.stringMatching(/\S/) }));
}

/** What a refused request must leave as it is. */
export const stored = async (bank: Installation): Promise<unknown> =>
  (
    await bank.admin.query(
      'select (select count(*) from decision) as d, (select count(*) from contact) as c, (select count(*) from idempotency) as i, (select count(*) from import) as m',
    )
  ).rows[0];

import { ROLES, type Role } from '#auth';
import type { Installation, Reply, Who } from './harness.ts';

// The walk along every route of a service, for its matrix of who may do what.

export const NOBODY = '01890b3c-0000-7000-8000-000000000000';

export interface Route {
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly roles: readonly Role[] | undefined;
  readonly isPublic: boolean;
}

/** The routes as the service's own document has them. */
export async function routesOf(bank: Installation): Promise<Route[]> {
  const { json } = await bank.call('/openapi.json', { as: null });
  return Object.entries(json.paths as Record<string, Record<string, { 'x-roles'?: Role[]; 'x-public'?: boolean }>>).flatMap(
    ([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        route: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        roles: operation['x-roles'],
        isPublic: operation['x-public'] === true,
      })),
  );
}

const knock = (bank: Installation, { method, path }: Route, as: Who | string | null): Promise<Reply> =>
  bank.call(path.replaceAll(/\{\w+\}/g, NOBODY), { method, as, ...(method === 'POST' ? { body: {} } : {}) });

/** Every route says who may use it, as the test says; `elsewhere` are rooms with a matrix of their own. */
export function expectSaid(routes: readonly Route[], may: Readonly<Record<string, readonly Role[]>>, elsewhere?: RegExp): void {
  expect(routes.filter(({ roles, isPublic }) => !roles && !isPublic)).toEqual([]);
  const said = routes
    .filter(({ path, isPublic }) => !isPublic && !elsewhere?.test(path))
    .map(({ route, roles }) => [route, [...(roles ?? [])].toSorted()]);
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(Object.entries(may).map(([route, roles]) => [route, roles.toSorted()])));
}

/** Every route lets in its roles, and answers 403 to all others. */
export async function expectDoors(bank: Installation, routes: readonly Route[]): Promise<void> {
  for (const route of routes.filter(({ isPublic }) => !isPublic)) {
    for (const role of ROLES) {
      const { status, json } = await knock(bank, route, { role });
      const isIn = route.roles?.includes(role) ?? false;
      expect(`${route.route} ${role} ${isIn ? status !== 403 && status !== 401 && status < 500 : status}`).toBe(
        `${route.route} ${role} ${isIn ? 'true' : '403'}`,
      );
      if (!isIn) expect(json).toMatchObject({ type: '/problems/forbidden', status: 403, requestId: expect.any(String) });
    }
  }
}

/** Every route answers 401 to whatever is no token. */
export async function expectTokens(bank: Installation, routes: readonly Route[]): Promise<void> {
  const { issuer } = bank;
  const good = await issuer.token({ role: 'integration' });
  const [head, , signature] = good.split('.');
  const claims = Buffer.from(
    JSON.stringify({
      sub: 'x',
      roles: ['admin'],
      institution_id: 'bank-1',
      iss: 'https://issuer.test/',
      aud: 'forbear',
      exp: 4_000_000_000,
    }),
  ).toString('base64url');
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  const bad: Readonly<Record<string, string | null>> = {
    missing: null,
    garbage: 'garbage',
    'three dots': 'a.b.c',
    expired: await issuer.token({ role: 'integration' }, { expires: '-1m' }),
    'for another audience': await issuer.token({ role: 'integration' }, { audience: 'elsewhere' }),
    'of another issuer': await issuer.token({ role: 'integration' }, { issuer: 'https://evil.test/' }),
    'signed by another key': await issuer.token({ role: 'integration' }, { strange: true }),
    'with other claims': `${head}.${claims}.${signature}`,
    'not signed': `${none}.${claims}.`,
    'of 100 kB': 'x'.repeat(10_000),
  };
  for (const route of routes.filter(({ isPublic }) => !isPublic)) {
    for (const [name, token] of Object.entries(bad)) {
      const { status, json, headers } = await knock(bank, route, token);
      expect(`${route.route} ${name} ${status}`).toBe(`${route.route} ${name} 401`);
      expect(json).toMatchObject({ type: '/problems/unauthenticated', requestId: expect.any(String) });
      expect(headers.get('www-authenticate')).toBe('Bearer');
    }
  }
}

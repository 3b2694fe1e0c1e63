import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { readConfig } from '#config';
import { Refusal } from '#problem';
import { authSettings } from './settings.ts';
import { TokenVerifier } from './token-verifier.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 4);
const nowSeconds = NOW_MS / 1000;

let server: Server;
let issuer = '';
let broken = false;
let fetches = 0;
let signing: CryptoKey;
let stranger: CryptoKey;
let clock = NOW_MS;

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  signing = pair.privateKey;
  stranger = (await generateKeyPair('ES256')).privateKey;
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] };
  server = createServer((request, response) => {
    if (broken) return response.writeHead(500).end('down');
    if (request.url === '/.well-known/openid-configuration') return response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/jwks` }));
    fetches += 1;
    return response.end(JSON.stringify(jwks));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  broken = false;
  clock = NOW_MS;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const verifier = (env: Record<string, string> = {}): TokenVerifier =>
  new TokenVerifier(readConfig(authSettings, { OIDC_ISSUER: issuer, ...env }), () => clock);

interface Changes {
  readonly claims?: Record<string, unknown>;
  readonly key?: CryptoKey;
  readonly kid?: string;
  readonly audience?: string;
  readonly issuer?: string;
  readonly expiresAt?: number;
}

function token(changes: Changes = {}): Promise<string> {
  return new SignJWT({ client_id: 'demo-dialer', institution_id: 'demo-bank', agency_id: null, roles: ['integration'], ...changes.claims })
    .setProtectedHeader({ alg: 'ES256', kid: changes.kid ?? 'k1', typ: 'at+jwt' })
    .setSubject('demo-dialer')
    .setIssuer(changes.issuer ?? issuer)
    .setAudience(changes.audience ?? 'forbear')
    .setIssuedAt(nowSeconds)
    .setExpirationTime(changes.expiresAt ?? nowSeconds + 3600)
    .sign(changes.key ?? signing);
}

async function refusal(work: Promise<unknown>): Promise<{ status: number; detail: string | undefined }> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refusal)) throw new Error(`expected a refusal, got ${String(error)}`);
  return { status: error.kind.status, detail: error.extras.detail };
}

describe('TokenVerifier', () => {
  it('turns a good token into a principal', async () => {
    await expect(
      verifier().verify(await token({ claims: { agency_id: 'agency-a', roles: ['agent', 'no-such-role', 7] } })),
    ).resolves.toEqual({
      subject: 'demo-dialer',
      clientId: 'demo-dialer',
      institutionId: 'demo-bank',
      agencyId: 'agency-a',
      roles: ['agent'],
    });
  });

  it.each([
    ['another audience', { audience: 'elsewhere' }, 401, /"aud"/],
    ['another issuer', { issuer: 'https://evil.example' }, 401, /"iss"/],
    ['a stranger’s signature under a known key id', { kind: 'stranger' }, 401, /signature/],
    ['an unknown key id', { kid: 'k9' }, 401, /does not publish/],
    ['expired more than 5 s ago', { expiresAt: nowSeconds - 6 }, 401, /expired/],
    ['no institution', { claims: { institution_id: '' } }, 403, /institution/],
  ])('refuses a token with %s', async (_, { kind, ...changes }: Changes & { kind?: string }, status, detail) => {
    const bad = await token({ ...changes, ...(kind ? { key: stranger } : {}) });
    const answer = await refusal(verifier().verify(bad));
    expect(answer.status).toBe(status);
    expect(answer.detail).toMatch(detail);
    expect(answer.detail).not.toContain(bad);
  });

  it('tolerates 5 s of clock difference', async () => {
    await expect(verifier().verify(await token({ expiresAt: nowSeconds - 4 }))).resolves.toMatchObject({ subject: 'demo-dialer' });
  });

  it.each([
    '',
    'x',
    'a.b.c',
    '....',
    'e30.e30.',
    'eyJhbGciOiJub25lIn0.e30.e30',
    'eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.e30.e30',
    '\u{1F4A9}.a.b',
  ])('answers garbage (%p) with 401', async (garbage) => {
    expect((await refusal(verifier().verify(garbage))).status).toBe(401);
  });

  it('refuses HS256 made with the public key as its secret', async () => {
    const forged = await new SignJWT({ institution_id: 'demo-bank', roles: ['admin'] })
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .setSubject('x')
      .setIssuer(issuer)
      .setAudience('forbear')
      .setExpirationTime(nowSeconds + 60)
      .sign(new TextEncoder().encode('0123456789abcdef0123456789abcdef'));
    expect(await refusal(verifier().verify(forged))).toMatchObject({ status: 401, detail: expect.stringContaining('ES256') });
  });

  it('answers 503 while the issuer is away and recovers by itself', async () => {
    const subject = verifier();
    const good = await token();
    broken = true;
    expect((await refusal(subject.verify(good))).status).toBe(503);
    broken = false;
    await expect(subject.verify(good)).resolves.toMatchObject({ institutionId: 'demo-bank' });
  });

  it('answers 503 when the keys alone are away', async () => {
    broken = true;
    expect((await refusal(verifier({ OIDC_JWKS_URL: `${issuer}/jwks` }).verify(await token()))).status).toBe(503);
  });

  it('reads the keys at an internal address while iss stays the public one', async () => {
    const publicIssuer = 'https://collect.example/identity';
    const subject = verifier({ OIDC_ISSUER: publicIssuer, OIDC_JWKS_URL: `${issuer}/jwks` });
    await expect(subject.verify(await token({ issuer: publicIssuer }))).resolves.toMatchObject({ subject: 'demo-dialer' });
  });

  it('remembers a token, never past its expiry', async () => {
    const subject = verifier();
    const good = await token({ expiresAt: nowSeconds + 60 });
    const first = await subject.verify(good);
    const before = fetches;
    expect(await subject.verify(good)).toBe(first);
    clock = NOW_MS + 66_000;
    expect((await refusal(subject.verify(good))).detail).toMatch(/expired/);
    expect(fetches).toBe(before);
  });

  it('maps the claims and roles of a foreign issuer', async () => {
    const subject = verifier({
      OIDC_CLAIM_INSTITUTION: 'org.code',
      OIDC_CLAIM_ROLES: 'realm_access.roles',
      OIDC_CLAIM_AGENCY: 'dept',
      OIDC_ROLE_MAP: 'CARD_COLLECTOR=agent, urn:x=y=compliance',
    });
    const claims = {
      institution_id: undefined,
      client_id: undefined,
      azp: 'web',
      org: { code: 'b1' },
      realm_access: { roles: ['CARD_COLLECTOR', 'urn:x=y', 'admin'] },
    };
    await expect(subject.verify(await token({ claims }))).resolves.toEqual({
      subject: 'demo-dialer',
      session: expect.stringMatching(/^iat:\d+$/) as unknown,
      clientId: 'web',
      institutionId: 'b1',
      agencyId: null,
      roles: ['agent', 'compliance'],
    });
  });

  it('takes a mandate as a list or as words, without the own institution', async () => {
    const mandate = async (value: unknown): Promise<unknown> =>
      (await verifier().verify(await token({ claims: { roles: ['regulator'], mandate: value } }))).mandate;
    expect(await mandate(['b2', 'demo-bank', 'b3', 7, 'b2'])).toEqual(['b2', 'b3']);
    expect(await mandate('b2, b3')).toEqual(['b2', 'b3']);
    expect(await mandate(['demo-bank'])).toBeUndefined();
    expect(await mandate({ b2: true })).toBeUndefined();
  });

  it('tells sign-ins of people apart as well as the issuer does, and those of machines not', async () => {
    const session = async (claims: Record<string, unknown>): Promise<unknown> => (await verifier().verify(await token({ claims }))).session;
    expect(await session({ sid: 's1', auth_time: 5, jti: 'j', client_id: 'web' })).toBe('sid:s1');
    expect(await session({ auth_time: 5, jti: 'j', client_id: 'web' })).toBe('auth_time:5');
    expect(await session({ jti: 'j', client_id: 'web' })).toBe('jti:j');
    expect(await session({ jti: 'j' })).toBeUndefined();
    expect(await session({ jti: 'j', client_id: 'web', preferred_username: 'service-account-web' })).toBeUndefined();
    expect(await session({ jti: 'j', client_id: 'web', gty: 'client-credentials' })).toBeUndefined();
  });

  it('refuses a role map to a role that is not ours', () => {
    expect(() => readConfig(authSettings, { OIDC_ROLE_MAP: 'a=owner' })).toThrow(/OIDC_ROLE_MAP must be a list of theirs=ours/);
  });
});

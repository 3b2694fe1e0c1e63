import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** What the issuer says of the person, and how long. */
export interface Grant {
  readonly subject?: string;
  readonly roles?: readonly string[];
  readonly audience?: string;
  readonly nonce?: string;
  readonly accessSeconds?: number;
}

type Mood = 'well' | 'away' | 'refusing';

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

/** An OpenID Connect issuer without pages: a test grants what a person would have been asked for. */
export class TestIssuer {
  mood: Mood = 'well';
  /** Of tokens given at a refresh. */
  nextAccessSeconds = 3600;
  refreshes = 0;
  readonly revoked: string[] = [];
  /** Held back until resolved, when set. */
  hold: Promise<void> | null = null;
  private serial = 0;
  private readonly codes = new Map<string, Grant & { challenge: string }>();
  private readonly good = new Map<string, Grant>();

  private constructor(
    private readonly server: Server,
    private readonly keys: Awaited<ReturnType<typeof generateKeyPair>>,
  ) {}

  static async open(): Promise<TestIssuer> {
    const keys = await generateKeyPair('ES256', { extractable: true });
    const server = createServer();
    const issuer = new TestIssuer(server, keys);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      issuer.answer(request, response).catch(() => void response.destroy());
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The address that the browser comes back to, as if the person had signed in at the address that the console sent it to. */
  consent(location: string, grant: Grant = {}): string {
    const asked = new URL(location).searchParams;
    const code = `code-${(this.serial += 1)}`;
    this.codes.set(code, { nonce: asked.get('nonce') ?? '', ...grant, challenge: asked.get('code_challenge') ?? '' });
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.search = new URLSearchParams({ code, state: asked.get('state') ?? '', iss: this.url }).toString();
    return `${back.pathname}${back.search}`;
  }

  close(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(done));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = new URLSearchParams(await textOf(request));
    if (this.mood === 'away') return void response.destroy();
    const json = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    const { pathname } = new URL(request.url ?? '/', this.url);
    if (pathname === '/.well-known/openid-configuration') return json(200, this.metadata());
    if (pathname === '/jwks')
      return json(200, { keys: [{ ...(await exportJWK(this.keys.publicKey)), kid: 'k', alg: 'ES256', use: 'sig' }] });
    if (pathname === '/revoke') {
      this.revoked.push(body.get('token') ?? '');
      return json(200, {});
    }
    await this.hold;
    if (body.get('client_id') !== 'forbear-console' || body.get('client_secret') !== 's3cret')
      return json(401, { error: 'invalid_client' });
    const grant = body.get('grant_type') === 'refresh_token' ? this.refresh(body) : this.redeem(body);
    if (grant === null || this.mood === 'refusing') return json(400, { error: 'invalid_grant' });
    return json(200, await this.tokens(grant));
  }

  private metadata(): Record<string, unknown> {
    return {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/jwks`,
      end_session_endpoint: `${this.url}/end`,
      revocation_endpoint: `${this.url}/revoke`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['ES256'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  private redeem(body: URLSearchParams): Grant | null {
    const code = body.get('code') ?? '';
    const granted = this.codes.get(code);
    this.codes.delete(code);
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    return granted?.challenge === challenge ? granted : null;
  }

  // Each refresh token is good once.
  private refresh(body: URLSearchParams): Grant | null {
    this.refreshes += 1;
    const token = body.get('refresh_token') ?? '';
    const granted = this.good.get(token);
    this.good.delete(token);
    return granted ? { ...granted, accessSeconds: this.nextAccessSeconds } : null;
  }

  private async tokens(grant: Grant): Promise<Record<string, unknown>> {
    const { subject = 'p-1', roles = ['agent'], audience = 'forbear', nonce, accessSeconds = 3600 } = grant;
    const refreshToken = `refresh-${(this.serial += 1)}`;
    this.good.set(refreshToken, { ...grant, nonce: undefined });
    const sign = (claims: Record<string, unknown>, to: string): Promise<string> =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', kid: 'k' })
        .setSubject(subject)
        .setIssuer(this.url)
        .setAudience(to)
        .setIssuedAt()
        .setJti(String((this.serial += 1)))
        .setExpirationTime('1h')
        .sign(this.keys.privateKey);
    return {
      token_type: 'Bearer',
      expires_in: accessSeconds,
      refresh_token: refreshToken,
      access_token: await sign({ institution_id: 'bank-1', agency_id: 'agency-a', roles }, audience),
      id_token: await sign({ name: '陈思远', ...(nonce === undefined ? {} : { nonce }) }, 'forbear-console'),
    };
  }
}

import * as oidc from 'openid-client';
import { Refusal, UNAVAILABLE } from '#problem';
import type { Config } from '../config.ts';
import type { Tokens } from './session.store.ts';

const TIMEOUT_SECONDS = 5;
const RETRY_AFTER_SECONDS = 2;

/** What a browser must bring back, besides the code, for a sign-in to be its own. */
export interface Secrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface SignedIn {
  readonly tokens: Tokens;
  /** As the issuer calls the person; empty when it does not say. */
  readonly name: string;
}

/** The issuer answered, and its answer is no. */
export class IssuerRefused extends Error {
  constructor(readonly reason: string) {
    super('the issuer refused');
    this.name = 'IssuerRefused';
  }
}

const statusOf = (value: unknown): number | null =>
  typeof value === 'object' && value !== null && 'status' in value && typeof value.status === 'number' ? value.status : null;

/** An issuer that is away, overloaded or talks nonsense can be asked again later; one that said no has said so. */
function failureOf(error: unknown): Error {
  if (error instanceof Refusal || error instanceof IssuerRefused) return error;
  const status = statusOf(error) ?? (error instanceof Error ? statusOf(error.cause) : null);
  const isNo =
    (error instanceof oidc.ResponseBodyError || error instanceof oidc.WWWAuthenticateChallengeError) &&
    status !== null &&
    status < 500 &&
    status !== 429;
  if (isNo) return new IssuerRefused(error instanceof oidc.ResponseBodyError ? error.error : String(status));
  if (error instanceof oidc.AuthorizationResponseError) return new IssuerRefused(error.error);
  const code = error instanceof oidc.ClientError ? (error.code ?? '') : '';
  // What came back was complete, but not for this sign-in: another nonce, audience or signature.
  if (/CLAIM|TIMESTAMP|INVALID_RESPONSE|ATTRIBUTE/.test(code)) return new IssuerRefused(code);
  return new Refusal(UNAVAILABLE, { detail: 'The sign-in service does not answer.', retryAfterSeconds: RETRY_AFTER_SECONDS });
}

function tokensOf(answer: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers, before: Tokens | null): SignedIn {
  const claims = answer.claims();
  const named = [claims?.['name'], claims?.['preferred_username']].find((value) => typeof value === 'string' && value !== '');
  return {
    name: typeof named === 'string' ? named : '',
    tokens: {
      accessToken: answer.access_token,
      // RFC 6749 6: without a new one the old one stays good.
      refreshToken: answer.refresh_token ?? before?.refreshToken ?? null,
      idToken: answer.id_token ?? before?.idToken ?? null,
      accessSeconds: answer.expires_in ?? 0,
    },
  };
}

/** The OpenID Connect issuer, as this server's client. It is looked for at first use, and again after a failure. */
export class Issuer {
  private readonly callback: string;
  private readonly home: string;
  private finding: Promise<oidc.Configuration> | null = null;

  constructor(private readonly config: Config) {
    const { origin } = new URL(config.publicUrl);
    this.callback = `${origin}/auth/callback`;
    this.home = `${origin}/`;
  }

  /** Throws Refusal UNAVAILABLE (503). */
  async signInUrl({ state, nonce, verifier }: Secrets, language: string): Promise<string> {
    const configuration = await this.find();
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.callback,
      scope: this.config.oidcScope,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(language === '' ? {} : { ui_locales: language }),
    });
    return url.href;
  }

  /** The tokens for the answer that the browser brought. Throws IssuerRefused, Refusal UNAVAILABLE (503). */
  async exchange(search: string, { state, nonce, verifier }: Secrets): Promise<SignedIn> {
    const configuration = await this.find();
    try {
      const answer = await oidc.authorizationCodeGrant(configuration, new URL(`${this.callback}${search}`), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      return tokensOf(answer, null);
    } catch (error) {
      throw failureOf(error);
    }
  }

  /** Throws IssuerRefused when the person may no longer, Refusal UNAVAILABLE (503). */
  async refresh(tokens: Omit<Tokens, 'accessSeconds'> & { readonly refreshToken: string }): Promise<SignedIn> {
    const configuration = await this.find();
    try {
      return tokensOf(await oidc.refreshTokenGrant(configuration, tokens.refreshToken), { ...tokens, accessSeconds: 0 });
    } catch (error) {
      throw failureOf(error);
    }
  }

  /** Where the browser ends its session at the issuer; null when the issuer has no such place or does not answer. */
  async signOutUrl(idToken: string | null): Promise<string | null> {
    try {
      const configuration = await this.find();
      if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
      const hint: Record<string, string> = idToken === null ? {} : { id_token_hint: idToken };
      return oidc.buildEndSessionUrl(configuration, { ...hint, post_logout_redirect_uri: this.home }).href;
    } catch {
      return null;
    }
  }

  /** Makes the tokens of an ended session useless. Throws IssuerRefused, Refusal UNAVAILABLE (503). */
  async revoke(refreshToken: string): Promise<void> {
    const configuration = await this.find();
    if (configuration.serverMetadata().revocation_endpoint === undefined) return;
    try {
      await oidc.tokenRevocation(configuration, refreshToken);
    } catch (error) {
      throw failureOf(error);
    }
  }

  private async find(): Promise<oidc.Configuration> {
    this.finding ??= this.discover();
    try {
      return await this.finding;
    } catch (error) {
      this.finding = null;
      throw failureOf(error);
    }
  }

  private async discover(): Promise<oidc.Configuration> {
    const { oidcIssuer, oidcClientId, oidcClientSecret, identityUrl, publicUrl } = this.config;
    const issuer = new URL(oidcIssuer);
    // The embedded issuer stands behind this very server: it is asked directly, not by way of the outside.
    const isEmbedded = identityUrl !== '' && oidcIssuer.startsWith(`${new URL(publicUrl).origin}/identity`);
    const inside: oidc.CustomFetch = (url, options) => {
      const address = new URL(url);
      const target = new URL(
        `${address.pathname}${address.search}`,
        isEmbedded && address.origin === issuer.origin ? identityUrl : address,
      );
      return fetch(target, { ...options, redirect: 'manual' } as RequestInit);
    };
    const isHttp = issuer.protocol === 'http:';
    return await oidc.discovery(
      issuer,
      oidcClientId,
      undefined,
      oidcClientSecret === '' ? oidc.None() : oidc.ClientSecretPost(oidcClientSecret),
      {
        [oidc.customFetch]: inside,
        timeout: TIMEOUT_SECONDS,
        // Signatures are checked although the tokens come directly: between containers that is no TLS connection.
        execute: [oidc.enableNonRepudiationChecks, ...(isHttp ? [oidc.allowInsecureRequests] : [])],
      },
    );
  }
}

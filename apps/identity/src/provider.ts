import {
  errors,
  interactionPolicy,
  Provider,
  type AccessToken,
  type ClientCredentials,
  type Configuration,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import type { DataSource } from 'typeorm';
import { isUnavailable } from '#pg';
import type { Logger } from '#telemetry';
import type { Vault } from '#vault';
import type { Config } from './config.ts';
import type { Directory, Person } from './directory.ts';
import type { KeyRing } from './keys.ts';
import { ModelStore } from './model-store.ts';
import { sendErrorPage, sendSignedOutPage, sendSignOutPage } from './oidc-pages.ts';
import { isSecret } from './secret-hash.ts';

const HOUR = 3600;
const WORKING_DAY = 10 * HOUR;
// A resource indicator must be a URI (RFC 8707); the audience that services check is the short name.
const RESOURCE = 'urn:forbear:api';

export interface ProviderParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly source: DataSource;
  readonly vault: Vault;
  readonly directory: Directory;
}

type Holder = Pick<Person, 'institutionId' | 'agencyId' | 'roles' | 'mandate'>;

const claimsOf = (holder: Holder): Record<string, unknown> => ({
  institution_id: holder.institutionId,
  agency_id: holder.agencyId,
  roles: [...holder.roles],
  ...(holder.mandate.length > 0 && { mandate: [...holder.mandate] }),
});

function personClaims(person: Person): { sub: string } & Record<string, unknown> {
  return { sub: person.id, name: person.displayName, preferred_username: person.login, ...claimsOf(person) };
}

async function tokenClaims(directory: Directory, token: AccessToken | ClientCredentials): Promise<Record<string, unknown> | undefined> {
  if (token.kind === 'AccessToken') {
    // Read again for every token: a refreshed one shows what the person is now.
    const person = await directory.findPerson(token.accountId);
    // The session, so that a service tells a sign-in from a refreshed token.
    return person ? { ...claimsOf(person), ...(token.sessionUid !== undefined && { sid: token.sessionUid }) } : undefined;
  }
  const client = token.client?.metadata();
  if (!client) return undefined;
  const { institution_id: institutionId, agency_id: agencyId, roles, mandate } = client;
  if (typeof institutionId !== 'string' || institutionId === '' || !Array.isArray(roles)) return undefined;
  return claimsOf({
    institutionId,
    agencyId: typeof agencyId === 'string' && agencyId !== '' ? agencyId : null,
    roles,
    mandate: Array.isArray(mandate) ? mandate : [],
  });
}

/** Every client is registered by the administrator of this issuer, so nobody is asked to consent: what a client asks for is granted. */
async function grantWithoutAsking(ctx: KoaContextWithOIDC) {
  const { client, session, provider, params } = ctx.oidc;
  const { clientId } = client ?? {};
  const accountId = session?.accountId;
  if (clientId === undefined || accountId === undefined) return undefined;
  const known = session?.grantIdFor(clientId);
  const grant = (known === undefined ? undefined : await provider.Grant.find(known)) ?? new provider.Grant({ accountId, clientId });
  grant.addOIDCScope(typeof params?.['scope'] === 'string' ? params['scope'] : 'openid');
  grant.addResourceScope(RESOURCE, '');
  await grant.save();
  return grant;
}

function policy() {
  const base = interactionPolicy.base();
  base.remove('consent');
  return base;
}

const off = { enabled: false } as const;

function features(config: Config): Configuration['features'] {
  return {
    devInteractions: off,
    clientCredentials: { enabled: true },
    revocation: { enabled: true },
    userinfo: off,
    dPoP: off,
    pushedAuthorizationRequests: off,
    rpInitiatedLogout: { enabled: true, logoutSource: sendSignOutPage, postLogoutSuccessSource: sendSignedOutPage },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: (_ctx, resource) => {
        if (resource !== RESOURCE) throw new errors.InvalidTarget();
        return {
          scope: '',
          audience: config.oidcAudience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: HOUR,
          jwt: { sign: { alg: 'ES256' } },
        };
      },
    },
  };
}

function configuration(parts: ProviderParts, keys: KeyRing, basePath: string): Configuration {
  const { config, source, vault, directory } = parts;
  return {
    adapter: (model) => new ModelStore(model, source, vault, directory),
    jwks: { keys: [...keys.jwks.keys] },
    cookies: {
      keys: [...keys.cookieKeys],
      names: { session: 'forbear_issuer', interaction: 'forbear_sign_in', resume: 'forbear_sign_in_resume' },
      long: { httpOnly: true, sameSite: 'lax', signed: true, path: basePath === '' ? '/' : basePath },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'institution_id', 'agency_id', 'roles', 'mandate'] },
    // Names and roles belong in the id token: there is no userinfo endpoint to fetch them from.
    conformIdTokenClaims: false,
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    clientDefaults: { id_token_signed_response_alg: 'ES256', grant_types: ['client_credentials'], response_types: [] },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    extraClientMetadata: { properties: ['institution_id', 'agency_id', 'roles', 'mandate'] },
    extraTokenClaims: (_ctx, token) => tokenClaims(directory, token),
    features: features(config),
    findAccount: async (_ctx, sub) => {
      const person = await directory.findPerson(sub);
      return person ? { accountId: person.id, claims: () => personClaims(person) } : undefined;
    },
    interactions: { policy: policy(), url: (_ctx, interaction) => `${basePath}/interaction/${interaction.uid}` },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    loadExistingGrant: grantWithoutAsking,
    pkce: { required: () => true },
    renderError: sendErrorPage,
    responseTypes: ['code'],
    scopes: ['openid', 'profile', 'offline_access'],
    ttl: {
      AccessToken: HOUR,
      AuthorizationCode: 60,
      ClientCredentials: HOUR,
      Grant: WORKING_DAY,
      IdToken: HOUR,
      Interaction: HOUR / 4,
      RefreshToken: WORKING_DAY,
      Session: WORKING_DAY,
    },
  };
}

async function compareHashed(this: { readonly clientSecret?: string | undefined }, actual: string): Promise<boolean> {
  return await isSecret(actual, this.clientSecret ?? '');
}

/** The issuer for one set of keys. It keeps nothing in memory that another instance or replica does not find in PostgreSQL. */
export function createProvider(parts: ProviderParts, keys: KeyRing): Provider {
  const basePath = new URL(parts.config.oidcIssuer).pathname.replace(/\/$/, '');
  const provider = new Provider(parts.config.oidcIssuer, configuration(parts, keys, basePath));
  // The server sets the forwarded headers itself, from the configured issuer.
  provider.proxy = true;
  // The store hands out hashes in place of secrets.
  provider.Client.prototype.compareClientSecret = compareHashed;
  provider.on('server_error', (ctx, error) => {
    if (isUnavailable(error)) {
      ctx.status = 503;
      ctx.set('retry-after', '2');
      // RFC 6749 has the word for it. A browser has its page already.
      if (typeof ctx.body === 'object') ctx.body = { error: 'temporarily_unavailable', error_description: 'try again in 2 seconds' };
      parts.logger.warn({ route: ctx.oidc?.route }, 'the database is not available');
      return;
    }
    parts.logger.error({ route: ctx.oidc?.route, stack: error.stack }, 'unexpected error');
  });
  return provider;
}

import { list, text, url } from '#config';
import { isRole, ROLES, type Role } from './principal.ts';

const group = 'authentication';

/** `theirs=ours` pairs as a map. Throws an Error whose message completes "OIDC_ROLE_MAP …". */
export function parseRoleMap(pairs: readonly string[]): ReadonlyMap<string, Role> {
  const map = new Map<string, Role>();
  for (const pair of pairs) {
    const at = pair.lastIndexOf('=');
    const ours = pair.slice(at + 1).trim();
    if (at < 1 || !isRole(ours)) throw new Error(`must be a list of theirs=ours, ours being one of ${ROLES.join(', ')}`);
    map.set(pair.slice(0, at).trim(), ours);
  }
  return map;
}

const roleMap = list('OIDC_ROLE_MAP', {
  group,
  description: 'Translation of the issuer’s roles, `theirs=ours,...`; roles it does not name are dropped. Empty: the names are ours',
  fallback: [],
});

/** What every service that takes access tokens reads; spread into the app's own settings. */
export const authSettings = {
  oidcIssuer: url('OIDC_ISSUER', {
    group,
    description: 'The issuer, exactly as in the `iss` of its tokens',
    protocols: ['http', 'https'],
    fallback: 'http://localhost:3000/identity',
  }),
  oidcAudience: text('OIDC_AUDIENCE', { group, description: 'The `aud` that a token must carry', fallback: 'forbear' }),
  oidcJwksUrl: text('OIDC_JWKS_URL', {
    group,
    description: 'Where the keys are, if not where discovery says: the issuer’s internal address behind a proxy',
    fallback: '',
  }),
  oidcClaimInstitution: text('OIDC_CLAIM_INSTITUTION', { group, description: 'Claim with the institution', fallback: 'institution_id' }),
  oidcClaimAgency: text('OIDC_CLAIM_AGENCY', { group, description: 'Claim with the agency', fallback: 'agency_id' }),
  oidcClaimRoles: text('OIDC_CLAIM_ROLES', { group, description: 'Claim with the roles (a list, or words)', fallback: 'roles' }),
  oidcClaimMandate: text('OIDC_CLAIM_MANDATE', {
    group,
    description: 'Claim with the other institutions that a regulator may look into (a list, or words)',
    fallback: 'mandate',
  }),
  oidcRoleMap: {
    ...roleMap,
    parse: (raw: string): readonly string[] => {
      const pairs = roleMap.parse(raw);
      parseRoleMap(pairs);
      return pairs;
    },
  },
};

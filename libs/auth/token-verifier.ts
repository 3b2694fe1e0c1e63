import { createHash } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { ConfigOf } from '#config';
import { FORBIDDEN, Refusal, UNAUTHENTICATED, UNAVAILABLE } from '#problem';
import { IssuerUnreachable, KeySource } from './key-source.ts';
import { isRole, type Principal, type Role } from './principal.ts';
import { parseRoleMap, type authSettings } from './settings.ts';

// Asymmetric only: with HS256 a public key could be passed off as the secret.
const ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA'];
const TOLERANCE_SECONDS = 5;
const REMEMBERED = 10_000;

interface Remembered {
  readonly principal: Principal;
  readonly expiresAtSeconds: number;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A claim by its name, or by a dotted path where no claim has that very name. */
function claimAt(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  let value: unknown = payload;
  for (const step of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

/** A claim that is a list, or words. */
const wordsOf = (claim: unknown): readonly string[] => {
  const words: readonly unknown[] = typeof claim === 'string' ? claim.split(/[\s,]+/) : Array.isArray(claim) ? claim : [];
  return words.filter((word): word is string => typeof word === 'string' && word !== '');
};

const mandateOf = (claim: unknown, own: string): readonly string[] =>
  Object.freeze([...new Set(wordsOf(claim))].filter((institution) => institution !== own));

/** The marks that issuers put on what they gave to a program rather than to a person; RFC 9068: `sub` is the client then. */
const isMachine = ({ sub, gty, idtyp, preferred_username: login }: JWTPayload, clientId: string | null): boolean =>
  sub === clientId ||
  gty === 'client-credentials' ||
  idtyp === 'app' ||
  (typeof login === 'string' && login.startsWith('service-account-'));

/** The session where the token names it; else when its person signed in; else the token itself. Machines have none. */
function sessionOf(payload: JWTPayload, clientId: string | null): string | null {
  if (isMachine(payload, clientId)) return null;
  const { sid, auth_time: signedInAt, jti, iat } = payload;
  const [name, value] = Object.entries({ sid, auth_time: signedInAt, jti, iat }).find(([, one]) => one !== undefined && one !== '') ?? [];
  return typeof value === 'string' || typeof value === 'number' ? `${name}:${String(value)}` : null;
}

const no = (detail: string): Refusal => new Refusal(UNAUTHENTICATED, { detail });

function refusalOf(error: unknown): Refusal {
  if (error instanceof errors.JWTExpired) return no('The token has expired.');
  if (error instanceof errors.JWTClaimValidationFailed) return no(`The claim "${error.claim}" of the token is not acceptable here.`);
  if (error instanceof errors.JOSEAlgNotAllowed) return no(`The token must be signed with one of ${ALGORITHMS.join(', ')}.`);
  if (error instanceof errors.JWKSNoMatchingKey) return no('The token is signed with a key that its issuer does not publish.');
  if (error instanceof errors.JWSSignatureVerificationFailed) return no('The signature of the token does not hold.');
  const isTokenFault = error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid || error instanceof errors.JOSENotSupported;
  if (isTokenFault) return no('This is not a signed JWT access token.');
  throw error;
}

/** Verifies access tokens of one issuer. Safe to share: it keeps the issuer's keys and the tokens seen. */
export class TokenVerifier {
  private readonly keys: KeySource;
  private readonly roleMap: ReadonlyMap<string, Role>;
  private readonly remembered = new Map<string, Remembered>();

  /** @param now milliseconds since the epoch. */
  constructor(
    private readonly config: ConfigOf<typeof authSettings>,
    private readonly now: () => number = Date.now,
  ) {
    this.keys = new KeySource(config.oidcIssuer, config.oidcJwksUrl);
    this.roleMap = parseRoleMap(config.oidcRoleMap);
  }

  /**
   * The principal of a token. Throws Refusal UNAUTHENTICATED (401), FORBIDDEN (403) when the token names no institution, UNAVAILABLE (503)
   * when the issuer's keys cannot be reached.
   */
  async verify(token: string): Promise<Principal> {
    const key = createHash('sha256').update(token).digest('base64');
    const known = this.remembered.get(key);
    if (known) {
      this.remembered.delete(key);
      if (known.expiresAtSeconds * 1000 > this.now()) {
        // Put back as the newest: the map's order is the order of use.
        this.remembered.set(key, known);
        return known.principal;
      }
    }
    const payload = await this.check(token);
    const principal = this.principalOf(payload);
    if (payload.exp !== undefined) this.remember(key, { principal, expiresAtSeconds: payload.exp });
    return principal;
  }

  private async check(token: string): Promise<JWTPayload> {
    // What does not look like a JWT is refused before any key is fetched for it.
    if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) throw new Refusal(UNAUTHENTICATED, { detail: 'This is not a signed JWT access token.' });
    try {
      const { payload } = await jwtVerify(token, await this.keys.get(), {
        issuer: this.config.oidcIssuer,
        audience: this.config.oidcAudience,
        algorithms: ALGORITHMS,
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(this.now()),
        requiredClaims: ['exp', 'sub'],
      });
      return payload;
    } catch (error) {
      if (isIssuerFault(error)) {
        throw new Refusal(UNAVAILABLE, { detail: 'The keys of the token’s issuer cannot be reached.', retryAfterSeconds: 2 });
      }
      throw refusalOf(error);
    }
  }

  private principalOf(payload: JWTPayload): Principal {
    const { oidcClaimInstitution, oidcClaimAgency, oidcClaimRoles, oidcClaimMandate } = this.config;
    const institutionId = text(claimAt(payload, oidcClaimInstitution));
    const subject = text(payload.sub);
    if (subject === null) throw new Refusal(UNAUTHENTICATED, { detail: 'The token names no subject.' });
    if (institutionId === null) {
      throw new Refusal(FORBIDDEN, { detail: `The token names no institution (claim "${oidcClaimInstitution}").` });
    }
    const clientId = text(payload['client_id']) ?? text(payload['azp']);
    const agencyId = text(claimAt(payload, oidcClaimAgency));
    const roles = this.rolesOf(claimAt(payload, oidcClaimRoles));
    const mandate = mandateOf(claimAt(payload, oidcClaimMandate), institutionId);
    const session = sessionOf(payload, clientId);
    return Object.freeze({
      subject,
      clientId,
      institutionId,
      agencyId,
      roles,
      ...(mandate.length > 0 && { mandate }),
      ...(session !== null && { session }),
    });
  }

  private rolesOf(claim: unknown): readonly Role[] {
    const roles = new Set<Role>();
    for (const name of wordsOf(claim)) {
      const role = this.roleMap.size > 0 ? this.roleMap.get(name) : name;
      if (role !== undefined && isRole(role)) roles.add(role);
    }
    return Object.freeze([...roles]);
  }

  private remember(key: string, entry: Remembered): void {
    if (this.remembered.size >= REMEMBERED) {
      const [oldest] = this.remembered.keys();
      if (oldest !== undefined) this.remembered.delete(oldest);
    }
    this.remembered.set(key, entry);
  }
}

// jose reports an unusable answer of the issuer as a plain JOSEError, and a failed connection as fetch's own TypeError.
function isIssuerFault(error: unknown): boolean {
  if (error instanceof IssuerUnreachable || error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  return error instanceof errors.JOSEError ? error.code === 'ERR_JOSE_GENERIC' : error instanceof TypeError;
}

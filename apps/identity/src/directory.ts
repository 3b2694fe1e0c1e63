import type { AdapterPayload } from 'oidc-provider';
import type { DataSource } from 'typeorm';
import type { Vault } from '#vault';
import { isSecret, NO_SECRET } from './secret-hash.ts';

export const NAME_CONTEXT = 'person.display_name';

export interface Person {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly institutionId: string;
  readonly agencyId: string | null;
  readonly roles: readonly string[];
  /** Other institutions that a regulator may look into. */
  readonly mandate: readonly string[];
}

interface PersonRow {
  id: string;
  login: string;
  password_hash: string;
  display_name_sealed: Buffer;
  institution_id: string;
  agency_id: string | null;
  roles: string[];
  mandate: string[];
}

interface ClientRow {
  id: string;
  secret_hash: string;
  name: string;
  grant_types: string[];
  redirect_uris: string[];
  post_logout_redirect_uris: string[];
  institution_id: string | null;
  agency_id: string | null;
  roles: string[];
  mandate: string[];
}

const PERSON =
  'select id, login, password_hash, display_name_sealed, institution_id, agency_id, roles, mandate from person where active and';

/** The people and clients that this issuer knows. Read only: a person who was made inactive gets no further token. */
export class Directory {
  constructor(
    private readonly source: DataSource,
    private readonly vault: Vault,
  ) {}

  async findPerson(id: string): Promise<Person | null> {
    if (!/^[0-9a-f-]{36}$/.test(id)) return null;
    const [row] = await this.source.query<PersonRow[]>(`${PERSON} id = $1`, [id]);
    return row ? this.toPerson(row) : null;
  }

  /** The person whose login and password these are; null for both an unknown login and a wrong password, after the same work. */
  async checkPassword(login: string, password: string): Promise<Person | null> {
    // PostgreSQL takes no zero byte in text.
    const known = login.includes('\0') ? [] : await this.source.query<PersonRow[]>(`${PERSON} login = lower($1)`, [login]);
    const [row] = known;
    const isRight = await isSecret(password, row?.password_hash ?? NO_SECRET);
    return row && isRight ? this.toPerson(row) : null;
  }

  /** A client in the form of RFC 7591 with our claims beside; `client_secret` holds the hash. */
  async findClientMetadata(id: string): Promise<AdapterPayload | undefined> {
    if (id.includes('\0')) return undefined;
    const [row] = await this.source.query<ClientRow[]>(
      `select id, secret_hash, name, grant_types, redirect_uris, post_logout_redirect_uris, institution_id, agency_id, roles, mandate
       from client where id = $1`,
      [id],
    );
    if (!row) return undefined;
    const hasCode = row.grant_types.includes('authorization_code');
    return {
      client_id: row.id,
      client_secret: row.secret_hash,
      client_name: row.name,
      grant_types: row.grant_types,
      response_types: hasCode ? ['code'] : [],
      redirect_uris: row.redirect_uris,
      post_logout_redirect_uris: row.post_logout_redirect_uris,
      institution_id: row.institution_id ?? '',
      agency_id: row.agency_id ?? '',
      roles: row.roles,
      mandate: row.mandate,
    };
  }

  /** The published demo logins that exist here. */
  async findDemoLogins(): Promise<string[]> {
    const rows = await this.source.query<{ name: string }[]>(
      `select id as name from client where demo union all select login from person where demo order by name`,
    );
    return rows.map((row) => row.name);
  }

  private toPerson(row: PersonRow): Person {
    return {
      id: row.id,
      login: row.login,
      displayName: this.vault.open(row.display_name_sealed, NAME_CONTEXT),
      institutionId: row.institution_id,
      agencyId: row.agency_id,
      roles: row.roles,
      mandate: row.mandate,
    };
  }
}

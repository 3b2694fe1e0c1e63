import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { Vault } from '#vault';

const PRIVATE = 'agency_profile.private';

/** Names and words: kept sealed. */
export interface ProfileWords {
  readonly owners: readonly { readonly name: string; readonly sharePercent: number }[];
  readonly beneficialOwner: string | null;
  readonly contacts: readonly {
    readonly role: string;
    readonly name: string;
    readonly phone: string | null;
    readonly email: string | null;
  }[];
  readonly responsibleName: string | null;
  readonly approvals: readonly { readonly reference: string; readonly on: string; readonly about: string }[];
}

const NOTHING: ProfileWords = { owners: [], beneficialOwner: null, contacts: [], responsibleName: null, approvals: [] };

export interface NewProfile {
  readonly name: string;
  readonly phone: string | null;
  readonly address: string | null;
  readonly licence: string | null;
  readonly licenceIssuer: string | null;
  readonly licenceUntil: string | null;
  readonly responsible: string | null;
  readonly words: ProfileWords;
  readonly writtenBy: string;
  readonly writtenAt: Date;
}

export interface ProfileRecord {
  readonly agencyId: string;
  readonly name: string;
  readonly phone: string | null;
  readonly address: string | null;
  readonly licence: string | null;
  readonly licenceIssuer: string | null;
  readonly licenceUntil: string | null;
  readonly responsible: string | null;
  /** Empty where nobody has written it down. */
  readonly words: ProfileWords;
  readonly writtenAt: Date | null;
}

@Injectable()
export class ProfileStore {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  /** A candidate without anything else; false where the id is taken. */
  async addCandidate(tx: Tx, institutionId: string, agencyId: string, name: string): Promise<boolean> {
    const added = await tx.query(
      `insert into agency (institution_id, agency_id, name, status, published) values ($1, $2, $3, 'candidate', false)
       on conflict on constraint agency_given_id do nothing returning id`,
      [institutionId, agencyId, name],
    );
    return added.length > 0;
  }

  async write(tx: Tx, institutionId: string, agencyId: string, profile: NewProfile): Promise<void> {
    await tx.query('update agency set name = $3, licence = $4, phone = $5, address = $6 where agency_id = $1 and institution_id = $2', [
      agencyId,
      institutionId,
      profile.name,
      profile.licence,
      profile.phone,
      profile.address,
    ]);
    await tx.query(
      `insert into agency_profile (institution_id, agency_id, licence_issuer, licence_until, private_sealed, responsible, written_by, written_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (agency_id, institution_id) do update set licence_issuer = excluded.licence_issuer, licence_until = excluded.licence_until,
         private_sealed = excluded.private_sealed, responsible = excluded.responsible, written_by = excluded.written_by, written_at = excluded.written_at`,
      [
        institutionId,
        agencyId,
        profile.licenceIssuer,
        profile.licenceUntil,
        this.vault.seal(JSON.stringify(profile.words), PRIVATE),
        profile.responsible,
        profile.writtenBy,
        profile.writtenAt,
      ],
    );
  }

  async find(tx: Tx, institutionId: string, agencyId: string): Promise<ProfileRecord | null> {
    const [row] = await tx.query<Omit<ProfileRecord, 'words'> & { privateSealed: Buffer | null }>(
      `select a.agency_id as "agencyId", a.name, a.phone, a.address, a.licence, p.licence_issuer as "licenceIssuer", p.licence_until::text as "licenceUntil",
         p.responsible, p.private_sealed as "privateSealed", p.written_at as "writtenAt"
       from agency a left join agency_profile p on p.agency_id = a.agency_id and p.institution_id = a.institution_id
       where a.agency_id = $1 and a.institution_id = $2`,
      [agencyId, institutionId],
    );
    if (!row) return null;
    const { privateSealed, ...record } = row;
    const words = privateSealed === null ? NOTHING : (JSON.parse(this.vault.open(privateSealed, PRIVATE)) as ProfileWords);
    return { ...record, words };
  }
}

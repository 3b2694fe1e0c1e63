import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { isUuid } from '#wire';

export interface NewPoint {
  readonly party: string;
  readonly channel: string;
  readonly valueIndex: Buffer;
  readonly valueSealed: Buffer;
  readonly source: string;
  readonly zones: readonly string[];
  readonly by: string;
  readonly at: Date;
  readonly checkedAt: Date | null;
  readonly how: string | null;
}

export interface ProposalRecord {
  readonly id: string;
  readonly caseUuid: string;
  readonly party: string | null;
  readonly partyId: string;
  readonly role: string;
  readonly nameSealed: Buffer;
  readonly basis: string;
  readonly state: string;
  readonly proposedBy: string;
}

export interface NewProposal {
  readonly institutionId: string;
  readonly caseUuid: string;
  readonly party: string | null;
  readonly partyId: string;
  readonly role: string;
  readonly nameSealed: Buffer;
  readonly basis: string;
  readonly reasonSealed: Buffer;
  readonly by: string;
  readonly at: Date;
}

export interface PartyRecord {
  readonly id: string;
  readonly partyId: string;
  readonly role: string;
  readonly nameSealed: Buffer;
  readonly endedAt: Date | null;
}

const PROPOSAL = `id, collection_case as "caseUuid", party, party_id as "partyId", role, name_sealed as "nameSealed", basis, state, proposed_by as "proposedBy"`;
const PARTY = `id, party_id as "partyId", role, name_sealed as "nameSealed", ended_at as "endedAt"`;

@Injectable()
export class PartyStore {
  /** Null: the party has it already. */
  async addPoint(tx: Tx, institutionId: string, point: NewPoint): Promise<string | null> {
    await tx.query('insert into contact_value (institution_id, value_index, value_sealed) values ($1, $2, $3) on conflict do nothing', [
      institutionId,
      point.valueIndex,
      point.valueSealed,
    ]);
    const [row] = await tx.query<{ id: string }>(
      `insert into contact_point (institution_id, party, channel, value_index, source, time_zones, added_at, added_by, checked_at, checked_by, check_how)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $9::timestamptz is not null then $8 end, $10) on conflict on constraint contact_point_once do nothing returning id`,
      [
        institutionId,
        point.party,
        point.channel,
        point.valueIndex,
        point.source,
        point.zones,
        point.at,
        point.by,
        point.checkedAt,
        point.how,
      ],
    );
    return row?.id ?? null;
  }

  /** Whether somebody else has the number: another party, or one of another debtor. */
  async knownOfAnother(tx: Tx, institutionId: string, party: string, valueIndex: Buffer): Promise<boolean> {
    const [row] = await tx.query<{ known: boolean }>(
      `select exists (select from contact_point t join party p on p.id = t.party join collection_case c on c.id = p.collection_case
         where t.value_index = $2 and t.institution_id = $1
           and (c.debtor, p.party_id) <> (select k.debtor, m.party_id from party m join collection_case k on k.id = m.collection_case where m.id = $3)) as known`,
      [institutionId, valueIndex, party],
    );
    return row?.known ?? false;
  }

  /** Of the same person in every case of the debtor. */
  async check(
    tx: Tx,
    debtor: string,
    { partyId, valueIndex }: { readonly partyId: string; readonly valueIndex: Buffer },
    { result, how, by, at }: { readonly result: string; readonly how: string; readonly by: string; readonly at: Date },
  ): Promise<void> {
    await tx.query(
      `with held as (
         select t.id from contact_point t join party p on p.id = t.party join collection_case c on c.id = p.collection_case
         where c.debtor = $1 and p.party_id = $2 and t.value_index = $3 order by t.id for update of t)
       update contact_point t set status = $4, checked_at = $5, checked_by = $6, check_how = $7 from held where t.id = held.id`,
      [debtor, partyId, valueIndex, result, at, by, how],
    );
  }

  async parties(tx: Tx, caseUuid: string): Promise<PartyRecord[]> {
    return tx.query<PartyRecord>(`select ${PARTY} from party where collection_case = $1 order by id for update`, [caseUuid]);
  }

  async find(tx: Tx, id: string): Promise<PartyRecord | null> {
    const [row] = await tx.query<PartyRecord>(`select ${PARTY} from party where id = $1`, [id]);
    return row ?? null;
  }

  /** Null: the id is taken. */
  async add(
    tx: Tx,
    institutionId: string,
    row: { readonly caseUuid: string; readonly partyId: string; readonly role: string; readonly nameSealed: Buffer; readonly hash: Buffer },
  ): Promise<string | null> {
    const [made] = await tx.query<{ id: string }>(
      `insert into party (institution_id, collection_case, party_id, role, name_sealed, content_hash, role_pinned) values ($1, $2, $3, $4, $5, $6, true)
       on conflict on constraint party_given_id do nothing returning id`,
      [institutionId, row.caseUuid, row.partyId, row.role, row.nameSealed, row.hash],
    );
    return made?.id ?? null;
  }

  async setRole(tx: Tx, id: string, role: string): Promise<void> {
    await tx.query('update party set role_before = role, role = $2, role_pinned = true, ended_at = null, ended_by = null where id = $1', [
      id,
      role,
    ]);
  }

  /** A party no more: nobody who is to be collected from, and no number of theirs serves. */
  async end(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query(
      `update party set role_before = role, role = 'unrelated', role_pinned = true, ended_at = $2, ended_by = $3 where id = $1`,
      [id, at, by],
    );
    await tx.query(`update contact_point set status = 'invalid' where party = $1`, [id]);
  }

  /** Null: the same waits already. */
  async propose(tx: Tx, row: NewProposal): Promise<string | null> {
    const [made] = await tx.query<{ id: string }>(
      `insert into party_proposal (institution_id, collection_case, party, party_id, role, name_sealed, basis, reason_sealed, proposed_by, proposed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (collection_case, party_id) where state = 'proposed' do nothing returning id`,
      [row.institutionId, row.caseUuid, row.party, row.partyId, row.role, row.nameSealed, row.basis, row.reasonSealed, row.by, row.at],
    );
    return made?.id ?? null;
  }

  async findProposal(tx: Tx, institutionId: string, id: string): Promise<ProposalRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<ProposalRecord>(
      `select ${PROPOSAL} from party_proposal where id = $1 and institution_id = $2 for update`,
      [id, institutionId],
    );
    return row ?? null;
  }

  async waiting(tx: Tx, caseUuid: string): Promise<ProposalRecord[]> {
    return tx.query<ProposalRecord>(
      `select ${PROPOSAL} from party_proposal where collection_case = $1 and state = 'proposed' order by id`,
      [caseUuid],
    );
  }

  async decide(tx: Tx, id: string, state: 'approved' | 'rejected', by: string, at: Date): Promise<void> {
    await tx.query('update party_proposal set state = $2, decided_by = $3, decided_at = $4 where id = $1', [id, state, by, at]);
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

interface PartyRow {
  readonly caseId: string;
  readonly debtorId: string;
  readonly partyId: string;
  readonly role: string;
  readonly nameSealed: Buffer;
  readonly pointsSealed: readonly Buffer[];
}

@Injectable()
export class DossierStore {
  async exists(tx: Tx, institutionId: string, caseId: string): Promise<boolean> {
    const rows = await tx.query('select from collection_case where institution_id = $1 and case_id = $2', [institutionId, caseId]);
    return rows.length > 0;
  }

  /** The parties of all cases of the debtor of a case. */
  async parties(tx: Tx, institutionId: string, caseId: string): Promise<PartyRow[]> {
    return tx.query<PartyRow>(
      `select k.case_id as "caseId", d.debtor_id as "debtorId", p.party_id as "partyId", p.role, p.name_sealed as "nameSealed",
         array(select v.value_sealed from contact_point c join contact_value v on v.value_index = c.value_index and v.institution_id = $1
           where c.party = p.id order by c.id) as "pointsSealed"
       from collection_case k join debtor d on d.id = k.debtor join party p on p.collection_case = k.id
       where k.institution_id = $1 and k.debtor = (select debtor from collection_case where institution_id = $1 and case_id = $2) order by k.case_id, p.party_id`,
      [institutionId, caseId],
    );
  }

  async noteRead(
    tx: Tx,
    read: { institutionId: string; subject: string; clientId: string | null; caseId: string; fields: readonly string[] },
  ): Promise<void> {
    await tx.query(
      `insert into personal_data_read (institution_id, subject, client_id, resource, resource_ids, fields, request_id) values ($1, $2, $3, 'case-dossier', $4, $5, 'report')`,
      [read.institutionId, read.subject, read.clientId, [read.caseId], read.fields],
    );
  }
}

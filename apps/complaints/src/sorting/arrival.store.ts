import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export type ArrivalWork = 'classification' | 'bad-faith' | 'major';

/** A complaint that has come in, as far as sorting looks at it; what people said is sealed. */
export interface ArrivedComplaint {
  readonly id: string;
  readonly institutionId: string;
  readonly externalRef: string | null;
  readonly source: 'api' | 'import';
  readonly channel: string;
  readonly category: string | null;
  readonly groupSize: number;
  readonly nameSealed: Buffer;
  readonly idNumberSealed: Buffer | null;
  readonly contactSealed: Buffer | null;
  readonly proxySealed: Buffer | null;
  readonly subjectSealed: Buffer;
  readonly narrativeSealed: Buffer;
  readonly requestsSealed: Buffer;
}

const COLUMNS = `c.id, c.institution_id as "institutionId", c.external_ref as "externalRef", c.source, c.channel, c.category, c.group_size as "groupSize", c.name_sealed as "nameSealed",
  c.id_number_sealed as "idNumberSealed", c.contact_sealed as "contactSealed", c.proxy_sealed as "proxySealed", c.subject_sealed as "subjectSealed",
  c.narrative_sealed as "narrativeSealed", c.requests_sealed as "requestsSealed"`;

/** What is still to be looked at. */
@Injectable()
export class ArrivalStore {
  /** Takes the oldest; whoever fails before the end leaves them where they are. */
  async take(tx: Tx, work: ArrivalWork, limit: number): Promise<ArrivedComplaint[]> {
    return tx.query<ArrivedComplaint>(
      `with taken as (
         delete from arrival where work = $1 and complaint in (
           select complaint from arrival where work = $1 and failed_at is null order by arrived_at, complaint limit $2 for update skip locked)
         returning complaint)
       select ${COLUMNS} from taken join complaint c on c.id = taken.complaint order by c.id`,
      [work, limit],
    );
  }

  /** Puts back, aside, what could not be looked at. */
  async putAside(
    tx: Tx,
    work: ArrivalWork,
    complaints: readonly Pick<ArrivedComplaint, 'id' | 'institutionId'>[],
    at: Date,
  ): Promise<void> {
    if (complaints.length === 0) return;
    await tx.query(
      `insert into arrival (institution_id, complaint, work, failed_at) select r.institution, r.id, $1, $3 from json_to_recordset($2) as r(institution text, id uuid)
       on conflict (work, complaint) do update set failed_at = excluded.failed_at`,
      [work, JSON.stringify(complaints.map(({ id, institutionId }) => ({ id, institution: institutionId }))), at],
    );
  }

  async find(tx: Tx, complaintId: string): Promise<ArrivedComplaint | null> {
    const [row] = await tx.query<ArrivedComplaint>(`select ${COLUMNS} from complaint c where c.id = $1`, [complaintId]);
    return row ?? null;
  }
}

import { Injectable } from '@nestjs/common';
import { append } from '#evidence-log';
import type { Tx } from '#pg';
import type { Attribution, FileRequest } from './disclosure.events.ts';

export interface Owner {
  readonly debtor: string;
  readonly debtorId: string;
}

export interface FileRecord {
  readonly complaintId: string;
  readonly institutionId: string;
  readonly version: number;
  readonly number: string;
  readonly account: string | null;
  readonly fromAt: Date;
  readonly closedAt: Date | null;
  readonly debtor: string | null;
}

const COLUMNS = `complaint_id as "complaintId", institution_id as "institutionId", version, number, account, from_at as "fromAt", closed_at as "closedAt", debtor`;

/** What is kept of complaints about collection. */
@Injectable()
export class FileStore {
  /** Keeps what is said unless something later is there; whether it was kept. The row is then ours until the transaction ends. */
  async keep(tx: Tx, institutionId: string, file: FileRequest): Promise<boolean> {
    const kept = await tx.query(
      `insert into complaint_file (complaint_id, institution_id, version, number, account, agency_id, collector_id, received_at, from_at, closed_at, decided_at, outcome,
         withdrawn_at, declined_at, told_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, clock_timestamp())
       on conflict (complaint_id, institution_id) do update set version = excluded.version, account = excluded.account, agency_id = excluded.agency_id,
         collector_id = excluded.collector_id, received_at = excluded.received_at, from_at = excluded.from_at, closed_at = excluded.closed_at,
         decided_at = excluded.decided_at, outcome = excluded.outcome, withdrawn_at = excluded.withdrawn_at, declined_at = excluded.declined_at, told_at = excluded.told_at,
         debtor = case when complaint_file.account is not distinct from excluded.account then complaint_file.debtor end
       where complaint_file.version < excluded.version returning complaint_id`,
      [
        file.complaintId,
        institutionId,
        file.version,
        file.number,
        file.account,
        file.agencyId,
        file.collectorId,
        file.receivedAt,
        file.from,
        file.closedAt,
        file.decidedAt,
        file.decidedAt === null ? null : file.outcome,
        file.withdrawnAt,
        file.declinedAt,
      ],
    );
    return kept.length > 0;
  }

  async find(tx: Tx, institutionId: string, complaintId: string, lock = false): Promise<FileRecord | null> {
    const [row] = await tx.query<FileRecord>(
      `select ${COLUMNS} from complaint_file where institution_id = $1 and complaint_id = $2 ${lock ? 'for update' : ''}`,
      [institutionId, complaintId],
    );
    return row ?? null;
  }

  /** Whom the account means now; null: nobody here. */
  async owner(tx: Tx, institutionId: string, account: string): Promise<Owner | null> {
    const [row] = await tx.query<Owner>('select debtor, debtor_id as "debtorId" from account_owner($1, $2)', [institutionId, account]);
    return row ?? null;
  }

  async own(tx: Tx, institutionId: string, complaintId: string, debtor: string): Promise<void> {
    await tx.query('update complaint_file set debtor = $3 where institution_id = $1 and complaint_id = $2', [
      institutionId,
      complaintId,
      debtor,
    ]);
  }

  /** Open ones that waited for their account and need not any more, of every institution; ours until the transaction ends. */
  async arrived(tx: Tx): Promise<FileRecord[]> {
    return tx.query<FileRecord>(
      `with found as (
         select f.complaint_id, f.institution_id, o.debtor from complaint_file f, lateral account_owner(f.institution_id, f.account) o
         where f.debtor is null and f.closed_at is null order by f.complaint_id limit 500 for update of f skip locked
       )
       update complaint_file f set debtor = n.debtor from found n where f.complaint_id = n.complaint_id and f.institution_id = n.institution_id
       returning f.complaint_id as "complaintId", f.institution_id as "institutionId", f.version, f.number, f.account, f.from_at as "fromAt", f.closed_at as "closedAt", f.debtor`,
    );
  }

  /** Replaces the causes of a complaint unless later ones are there; whether they were taken. */
  async attribute(tx: Tx, institutionId: string, { complaintId, version, number, causes }: Attribution): Promise<boolean> {
    const taken = await tx.query(
      `insert into complaint_cause_version (complaint_id, institution_id, version) values ($1, $2, $3)
       on conflict (complaint_id, institution_id) do update set version = excluded.version where complaint_cause_version.version < excluded.version returning version`,
      [complaintId, institutionId, version],
    );
    if (taken.length === 0) return false;
    await tx.query('delete from complaint_cause where institution_id = $1 and complaint_id = $2', [institutionId, complaintId]);
    await tx.query(
      `insert into complaint_cause (id, institution_id, complaint_id, number, kind, target, target_version, agency_id, rests_on, confirmed_at)
       select id, $1, $2, $3, kind, target, "targetVersion", "agencyId", "restsOn", "confirmedAt" from json_to_recordset($4)
         as r(id uuid, kind text, target text, "targetVersion" integer, "agencyId" text, "restsOn" uuid, "confirmedAt" timestamptz)`,
      [institutionId, complaintId, number, JSON.stringify(causes)],
    );
    return true;
  }

  /** Whose data were read, for which complaint. */
  async noteRead(
    tx: Tx,
    read: {
      readonly institutionId: string;
      readonly by: string;
      readonly resource: string;
      readonly ids: readonly string[];
      readonly fields: readonly string[];
      readonly requestId: string;
      readonly purpose: string;
    },
  ): Promise<void> {
    await tx.query(
      `insert into personal_data_read (institution_id, subject, client_id, resource, resource_ids, fields, request_id, purpose) values ($1, $2, 'complaints', $3, $4, $5, $6, $7)`,
      [read.institutionId, read.by, read.resource, read.ids, read.fields, read.requestId, read.purpose],
    );
    const { by: actor, resource, ids: resourceIds, fields, requestId, purpose } = read;
    const body = { clientId: 'complaints', resource, resourceIds, fields, requestId, purpose };
    await append(tx, read.institutionId, [{ kind: 'personal-data-read', actor, body }]);
  }
}

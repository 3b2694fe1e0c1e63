import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';

export interface NewAct {
  readonly institutionId: string;
  readonly action: string;
  readonly resource: string;
  readonly caseUuid?: string;
  readonly subject: string;
  readonly clientId: string | null;
  readonly at: Date;
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly evidence?: string;
  readonly reasonSealed: Buffer | null;
}

export interface ActRecord {
  readonly id: string;
  readonly action: string;
  readonly resource: string;
  readonly at: Date;
  readonly by: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly evidence: string | null;
  readonly reasonSealed: Buffer | null;
}

/** What was done to one resource, or in the view of one case. */
export interface ActFilter {
  readonly institutionId: string;
  readonly of: { readonly resource: string } | { readonly caseUuid: string };
  readonly after: string | null;
  readonly limit: number;
}

@Injectable()
export class ActStore {
  async add(tx: Tx, act: NewAct): Promise<void> {
    await tx.query(
      `insert into register_act (institution_id, action, resource, collection_case, subject, client_id, at, detail, evidence, reason_sealed)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        act.institutionId,
        act.action,
        act.resource,
        act.caseUuid ?? null,
        act.subject,
        act.clientId,
        act.at,
        JSON.stringify(act.detail ?? {}),
        act.evidence ?? null,
        act.reasonSealed,
      ],
    );
  }

  async list(tx: Tx, { institutionId, of, after, limit }: ActFilter): Promise<ActRecord[]> {
    const [column, value] = 'resource' in of ? ['resource', of.resource] : ['collection_case', of.caseUuid];
    return tx.query<ActRecord>(
      `select id, action, resource, at, subject as by, detail, evidence, reason_sealed as "reasonSealed" from register_act
       where institution_id = $1 and ${column} = $2 and ($3::uuid is null or id > $3) order by id limit $4`,
      [institutionId, value, after, limit + 1],
    );
  }
}

import { Injectable } from '@nestjs/common';
import { append, type PersonalPart } from '#evidence-log';
import type { Tx } from '#pg';

export interface NewAct {
  readonly action: string;
  readonly resource: string;
  readonly caseUuid?: string;
  readonly at: Date;
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly evidence?: string;
  /** Base64. */
  readonly reasonSealed: string | null;
  /** The same words as evidence, under a key of what it was done to. */
  readonly personal: PersonalPart | null;
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
  async add(
    tx: Tx,
    { institutionId, subject, clientId }: { readonly institutionId: string; readonly subject: string; readonly clientId: string | null },
    acts: readonly NewAct[],
  ): Promise<void> {
    await tx.query(
      `insert into register_act (institution_id, action, resource, collection_case, subject, client_id, at, detail, evidence, reason_sealed)
       select $1, action, resource, "caseUuid", $2, $3, at, coalesce(detail, '{}'), evidence, decode("reasonSealed", 'base64')
       from json_to_recordset($4) as r(action text, resource text, "caseUuid" uuid, at timestamptz, detail json, evidence text, "reasonSealed" text)`,
      [institutionId, subject, clientId, JSON.stringify(acts)],
    );
    await append(
      tx,
      institutionId,
      acts.map(({ action, resource, caseUuid, at, detail, evidence, personal }) => ({
        kind: 'register-act',
        actor: subject,
        body: { action, resource, case: caseUuid ?? null, at, detail: detail ?? {}, evidence: evidence ?? null, clientId },
        personal,
      })),
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

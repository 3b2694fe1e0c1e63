import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { ScriptAudience, ScriptChannel, ScriptLanguage, ScriptState } from './script.dto.ts';

export interface ScriptRecord {
  readonly id: string;
  readonly scriptId: string;
  readonly version: number;
  readonly channel: ScriptChannel;
  readonly language: ScriptLanguage;
  readonly audience: ScriptAudience;
  readonly products: readonly string[];
  readonly stages: readonly string[];
  readonly title: string;
  readonly identity: string;
  readonly text: string;
  readonly variables: readonly string[];
  readonly author: string;
  readonly createdAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly retiredBy: string | null;
  readonly retiredAt: Date | null;
}

export type NewScript = Omit<ScriptRecord, 'id' | 'approvedBy' | 'approvedAt' | 'retiredBy' | 'retiredAt'>;

/** What a script is filled with. Sealed values are base64. */
export interface ScriptFacts {
  readonly product: string;
  readonly balance: string;
  readonly currency: string;
  readonly overdueSince: string | null;
  readonly days: number;
  readonly debtorNameSealed: string | null;
  readonly agencyName: string | null;
  readonly collectorNameSealed: string | null;
  /** As the institution names the bank in its messages; null: it has not said so. */
  readonly bankName: string | null;
}

const COLUMNS = `id, script_id as "scriptId", version, channel, language, audience, products, stages, title, identity, text, variables, author, created_at as "createdAt",
  approved_by as "approvedBy", approved_at as "approvedAt", retired_by as "retiredBy", retired_at as "retiredAt"`;
const B64 = (column: string): string => `translate(encode(${column}, 'base64'), E'\\n', '')`;

@Injectable()
export class ScriptStore {
  /** Until the transaction ends nobody else makes a version of it; the number of the newest. */
  async lockNewest(tx: Tx, institutionId: string, scriptId: string): Promise<number> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || $2, 11))', [institutionId, scriptId]);
    const [row] = await tx.query<{ version: number }>(
      'select coalesce(max(version), 0) as version from call_script where institution_id = $1 and script_id = $2',
      [institutionId, scriptId],
    );
    return row?.version ?? 0;
  }

  async add(tx: Tx, institutionId: string, script: NewScript): Promise<ScriptRecord> {
    const [row] = await tx.query<ScriptRecord>(
      `insert into call_script (institution_id, script_id, version, channel, language, audience, products, stages, title, identity, text, variables, author, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning ${COLUMNS}`,
      [
        institutionId,
        script.scriptId,
        script.version,
        script.channel,
        script.language,
        script.audience,
        script.products,
        script.stages,
        script.title,
        script.identity,
        script.text,
        script.variables,
        script.author,
        script.createdAt,
      ],
    );
    if (!row) throw new Error('the script was not stored');
    return row;
  }

  /** Locks the version when it is to be changed. */
  async find(tx: Tx, institutionId: string, scriptId: string, version: number, lock = false): Promise<ScriptRecord | null> {
    const [row] = await tx.query<ScriptRecord>(
      `select ${COLUMNS} from call_script where institution_id = $1 and script_id = $2 and version = $3 ${lock ? 'for no key update' : ''}`,
      [institutionId, scriptId, version],
    );
    return row ?? null;
  }

  async approve(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query('update call_script set approved_by = $2, approved_at = $3 where id = $1', [id, by, at]);
  }

  async retire(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query('update call_script set retired_by = $2, retired_at = $3 where id = $1', [id, by, at]);
  }

  /** In order of creation; one more than the limit, if there are so many. */
  async list(
    tx: Tx,
    filter: {
      readonly institutionId: string;
      readonly scriptId: string | null;
      readonly channel: ScriptChannel | null;
      readonly state: ScriptState | null;
      readonly after: string | null;
      readonly limit: number;
    },
  ): Promise<ScriptRecord[]> {
    return tx.query<ScriptRecord>(
      `select ${COLUMNS} from call_script where institution_id = $1 and ($2::text is null or script_id = $2) and ($3::text is null or channel = $3)
         and ($4::text is null or $4 = case when retired_at is not null then 'retired' when approved_at is not null then 'approved' else 'draft' end)
         and ($5::uuid is null or id > $5) order by id limit $6`,
      [filter.institutionId, filter.scriptId, filter.channel, filter.state, filter.after, filter.limit + 1],
    );
  }

  /** The newest approved version of each script that fits, the closest first. */
  async fitting(
    tx: Tx,
    fit: {
      readonly institutionId: string;
      readonly channel: ScriptChannel;
      readonly language: ScriptLanguage;
      readonly audience: ScriptAudience;
      readonly product: string;
      readonly stage: string | null;
    },
  ): Promise<ScriptRecord[]> {
    return tx.query<ScriptRecord>(
      `select * from (select distinct on (script_id) ${COLUMNS} from call_script where institution_id = $1 and approved_at is not null and retired_at is null
           order by script_id, version desc) s
       where channel = $2 and language = $3 and audience = $4 and (products = '{}' or $5 = any(products)) and (stages = '{}' or $6 = any(stages))
       order by products = '{}', stages = '{}', "scriptId" limit 10`,
      [fit.institutionId, fit.channel, fit.language, fit.audience, fit.product, fit.stage],
    );
  }

  async facts(tx: Tx, caseUuid: string, collectorId: string, today: string): Promise<ScriptFacts | null> {
    const [row] = await tx.query<ScriptFacts>(
      `select c.product, c.balance::text as balance, c.currency, c.overdue_since::text as "overdueSince", coalesce($3::date - c.overdue_since, 0) as days,
         (select ${B64('p.name_sealed')} from party p where p.collection_case = c.id and p.role = 'debtor' order by p.id limit 1) as "debtorNameSealed",
         (select a.name from agency a where a.agency_id = c.agency_id and a.institution_id = c.institution_id) as "agencyName",
         (select ${B64('s.name_sealed')} from agency_staff s where s.agency_id = c.agency_id and s.collector_id = $2 and s.institution_id = c.institution_id) as "collectorNameSealed",
         (select m.bank_name from message_setting m where m.institution_id = c.institution_id) as "bankName"
       from collection_case c where c.id = $1`,
      [caseUuid, collectorId, today],
    );
    return row ?? null;
  }
}

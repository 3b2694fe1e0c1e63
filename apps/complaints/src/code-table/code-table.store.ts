import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Code } from './codes.ts';

export type TableState = 'draft' | 'proposed' | 'published' | 'replaced';

export interface TableRecord {
  readonly id: string;
  readonly version: number;
  readonly state: TableState;
  readonly note: string;
  readonly loadedBy: string;
  readonly loadedAt: Date;
  readonly validFrom: string | null;
  readonly proposedBy: string | null;
  readonly proposedAt: Date | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly returnedBy: string | null;
  readonly returnReason: string | null;
  readonly codes: number;
}

const COLUMNS = `t.id, t.version, t.state, t.note, t.loaded_by as "loadedBy", t.loaded_at as "loadedAt", t.valid_from::text as "validFrom", t.proposed_by as "proposedBy",
  t.proposed_at as "proposedAt", t.approved_by as "approvedBy", t.approved_at as "approvedAt", t.returned_by as "returnedBy", t.return_reason as "returnReason",
  (select count(*)::int from code_entry e where e.version = t.version and e.institution_id = t.institution_id) as codes`;

@Injectable()
export class CodeTableStore {
  /** The newest first. */
  async list(tx: Tx, institutionId: string): Promise<TableRecord[]> {
    return tx.query(`select ${COLUMNS} from code_table t where t.institution_id = $1 order by t.version desc limit 200`, [institutionId]);
  }

  async find(tx: Tx, institutionId: string, version: number): Promise<TableRecord | null> {
    const [row] = await tx.query<TableRecord>(`select ${COLUMNS} from code_table t where t.institution_id = $1 and t.version = $2`, [
      institutionId,
      version,
    ]);
    return row ?? null;
  }

  /** The version that is in force on a local date; null: the product's own. */
  async versionOn(tx: Tx, institutionId: string, date: string): Promise<number | null> {
    const [row] = await tx.query<{ version: number }>(
      `select version from code_table where institution_id = $1 and state = 'published' and valid_from <= $2::date order by valid_from desc, version desc limit 1`,
      [institutionId, date],
    );
    return row?.version ?? null;
  }

  async codes(tx: Tx, institutionId: string, version: number): Promise<Code[]> {
    return tx.query<Code>(
      `select dimension, code, parent, zh, en, valid_from::text as "validFrom" from code_entry where institution_id = $1 and version = $2 order by seq`,
      [institutionId, version],
    );
  }

  /** The newest words for every code that ever was. */
  async words(tx: Tx, institutionId: string): Promise<Pick<Code, 'dimension' | 'code' | 'zh' | 'en'>[]> {
    return tx.query(
      `select distinct on (e.dimension, e.code) e.dimension, e.code, e.zh, e.en from code_entry e join code_table t on t.version = e.version and t.institution_id = e.institution_id
       where e.institution_id = $1 and t.state = 'published' order by e.dimension, e.code, e.version desc`,
      [institutionId],
    );
  }

  /** A draft with its codes; the draft before it is replaced. Returns its version. */
  async addDraft(
    tx: Tx,
    { institutionId, note, by, at }: { institutionId: string; note: string; by: string; at: Date },
    codes: readonly Code[],
  ): Promise<number> {
    await tx.query(`update code_table set state = 'replaced' where institution_id = $1 and state = 'draft'`, [institutionId]);
    const [row] = await tx.query<{ version: number }>(
      `insert into code_table (institution_id, version, state, note, loaded_by, loaded_at)
       select $1, 1 + coalesce(max(version), 0), 'draft', $2, $3, $4 from code_table where institution_id = $1 returning version`,
      [institutionId, note, by, at],
    );
    if (!row) throw new Error('the draft was not stored');
    await tx.query(
      `insert into code_entry (institution_id, version, dimension, seq, code, parent, zh, en, valid_from)
       select $1, $2, dimension, seq, code, parent, zh, en, valid_from
       from json_to_recordset($3) as r(dimension text, seq integer, code text, parent text, zh text, en text, valid_from date)`,
      [institutionId, row.version, JSON.stringify(codes.map(({ validFrom, ...code }, seq) => ({ ...code, seq, valid_from: validFrom })))],
    );
    return row.version;
  }

  async propose(tx: Tx, institutionId: string, version: number, change: { validFrom: string; by: string; at: Date }): Promise<void> {
    await tx.query(
      `update code_table set state = 'proposed', valid_from = $3, proposed_by = $4, proposed_at = $5, returned_by = null, return_reason = null
       where institution_id = $1 and version = $2`,
      [institutionId, version, change.validFrom, change.by, change.at],
    );
  }

  async approve(tx: Tx, institutionId: string, version: number, by: string, at: Date): Promise<void> {
    await tx.query(
      `update code_table set state = 'published', approved_by = $3, approved_at = $4 where institution_id = $1 and version = $2`,
      [institutionId, version, by, at],
    );
  }

  async giveBack(tx: Tx, institutionId: string, version: number, by: string, reason: string): Promise<void> {
    await tx.query(
      `update code_table set state = 'draft', valid_from = null, returned_by = $3, return_reason = $4 where institution_id = $1 and version = $2`,
      [institutionId, version, by, reason],
    );
  }

  /** The last date from which a published version is in force; null: none is published. */
  async lastValidFrom(tx: Tx, institutionId: string): Promise<string | null> {
    const [row] = await tx.query<{ last: string | null }>(
      `select max(valid_from)::text as last from code_table where institution_id = $1 and state = 'published'`,
      [institutionId],
    );
    return row?.last ?? null;
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { RuleState } from './rule.dto.ts';

export interface RuleRecord {
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly years: number | null;
  readonly source: string;
  readonly state: RuleState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
}

const COLUMNS = `id, kind, version, years, source, state, proposed_by as "proposedBy", proposed_at as "proposedAt", settled_by as "settledBy", settled_at as "settledAt"`;

/** The rules of an institution itself, each version of each. */
@Injectable()
export class RuleStore {
  /** Of each kind the one in force and the one that waits. */
  current(tx: Tx, institutionId: string): Promise<RuleRecord[]> {
    return tx.query<RuleRecord>(
      `select distinct on (kind, state) ${COLUMNS} from retention_rule where institution_id = $1 and state in ('approved', 'proposed') order by kind, state, version desc`,
      [institutionId],
    );
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<RuleRecord | null> {
    const [row] = await tx.query<RuleRecord>(`select ${COLUMNS} from retention_rule where institution_id = $1 and id = $2`, [
      institutionId,
      id,
    ]);
    return row ?? null;
  }

  list(tx: Tx, institutionId: string, kind: string | null, before: string | null, limit: number): Promise<RuleRecord[]> {
    return tx.query<RuleRecord>(
      `select ${COLUMNS} from retention_rule where institution_id = $1 and ($2::text is null or kind = $2) and ($3::uuid is null or id < $3) order by id desc limit $4`,
      [institutionId, kind, before, limit],
    );
  }

  async propose(
    tx: Tx,
    institutionId: string,
    rule: Pick<RuleRecord, 'kind' | 'years' | 'source' | 'proposedBy' | 'proposedAt'>,
  ): Promise<RuleRecord> {
    const [row] = await tx.query<RuleRecord>(
      `insert into retention_rule (institution_id, kind, version, years, source, proposed_by, proposed_at)
       select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6 from retention_rule where institution_id = $1 and kind = $2 returning ${COLUMNS}`,
      [institutionId, rule.kind, rule.years, rule.source, rule.proposedBy, rule.proposedAt],
    );
    if (!row) throw new Error('the rule was not stored');
    return row;
  }

  async settle(tx: Tx, id: string, state: RuleState, by: string, at: Date): Promise<void> {
    await tx.query('update retention_rule set state = $2, settled_by = $3, settled_at = $4 where id = $1', [id, state, by, at]);
  }

  async ownYears(tx: Tx, institutionId: string): Promise<ReadonlyMap<string, number | null>> {
    const rules = await this.current(tx, institutionId);
    return new Map(rules.filter(({ state }) => state === 'approved').map(({ kind, years }) => [kind, years]));
  }
}

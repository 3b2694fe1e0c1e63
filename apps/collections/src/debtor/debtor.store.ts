import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { isUuid } from '#wire';
import type { ChangeState } from './debtor.dto.ts';

export interface ChangeRecord {
  readonly id: string;
  readonly kind: 'merge' | 'split';
  readonly fromDebtorId: string;
  readonly toDebtorId: string;
  readonly caseIds: readonly string[];
  readonly nameSealed: Buffer | null;
  readonly idNumberSealed: Buffer | null;
  readonly reasonSealed: Buffer;
  readonly evidence: string;
  readonly state: ChangeState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly counts: object | null;
}

export interface NewChange {
  readonly institutionId: string;
  readonly kind: 'merge' | 'split';
  readonly fromDebtorId: string;
  readonly toDebtorId: string;
  readonly caseIds: readonly string[];
  readonly nameSealed: Buffer | null;
  readonly idNumberSealed: Buffer | null;
  readonly reasonSealed: Buffer;
  readonly evidence: string;
  readonly by: string;
  readonly at: Date;
}

export interface DebtorRecord {
  readonly id: string;
  readonly debtorId: string;
  readonly mergedInto: string | null;
}

export interface ChangeFilter {
  readonly institutionId: string;
  readonly state: string | null;
  readonly debtorId: string | null;
  readonly before: string | null;
  readonly limit: number;
}

const COLUMNS = `id, kind, from_debtor as "fromDebtorId", to_debtor as "toDebtorId", case_ids as "caseIds", name_sealed as "nameSealed",
  id_number_sealed as "idNumberSealed", reason_sealed as "reasonSealed", evidence, state, proposed_by as "proposedBy", proposed_at as "proposedAt",
  decided_by as "decidedBy", decided_at as "decidedAt", counts`;

/** Changes of who is who, proposed and decided. */
@Injectable()
export class DebtorChangeStore {
  /** Null: the same change waits already. */
  async propose(tx: Tx, row: NewChange): Promise<string | null> {
    const [made] = await tx.query<{ id: string }>(
      `insert into debtor_change (institution_id, kind, from_debtor, to_debtor, case_ids, name_sealed, id_number_sealed, reason_sealed, evidence, proposed_by, proposed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (from_debtor, to_debtor, kind, institution_id) where state = 'proposed' do nothing returning id`,
      [
        row.institutionId,
        row.kind,
        row.fromDebtorId,
        row.toDebtorId,
        row.caseIds,
        row.nameSealed,
        row.idNumberSealed,
        row.reasonSealed,
        row.evidence,
        row.by,
        row.at,
      ],
    );
    return made?.id ?? null;
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<ChangeRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<ChangeRecord>(`select ${COLUMNS} from debtor_change where id = $1 and institution_id = $2`, [
      id,
      institutionId,
    ]);
    return row ?? null;
  }

  /** The same, and nobody else's until the transaction ends. */
  async lock(tx: Tx, institutionId: string, id: string): Promise<ChangeRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<ChangeRecord>(`select ${COLUMNS} from debtor_change where id = $1 and institution_id = $2 for update`, [
      id,
      institutionId,
    ]);
    return row ?? null;
  }

  /** The newest first, before the id. */
  async list(tx: Tx, { institutionId, state, debtorId, before, limit }: ChangeFilter): Promise<ChangeRecord[]> {
    return tx.query<ChangeRecord>(
      `select ${COLUMNS} from debtor_change where institution_id = $1 and ($2::text is null or state = $2)
         and ($3::text is null or from_debtor = $3 or to_debtor = $3) and ($4::uuid is null or id < $4) order by id desc limit $5`,
      [institutionId, state, debtorId, before, limit + 1],
    );
  }

  async decide(
    tx: Tx,
    id: string,
    decision: { readonly state: 'done' | 'rejected'; readonly by: string; readonly at: Date; readonly counts: object | null },
  ): Promise<void> {
    await tx.query('update debtor_change set state = $2, decided_by = $3, decided_at = $4, counts = $5 where id = $1', [
      id,
      decision.state,
      decision.by,
      decision.at,
      decision.counts && JSON.stringify(decision.counts),
    ]);
  }

  async debtors(tx: Tx, institutionId: string, ids: readonly string[]): Promise<DebtorRecord[]> {
    return tx.query<DebtorRecord>(
      `select d.id, d.debtor_id as "debtorId", (select m.debtor_id from debtor m where m.id = d.merged_into) as "mergedInto" from debtor d
       where d.institution_id = $1 and d.debtor_id = any($2) order by d.debtor_id`,
      [institutionId, ids],
    );
  }

  /** Cases of a record, by the given ids. */
  async casesOf(tx: Tx, debtor: string): Promise<string[]> {
    const rows = await tx.query<{ caseId: string }>('select case_id as "caseId" from collection_case where debtor = $1 order by case_id', [
      debtor,
    ]);
    return rows.map(({ caseId }) => caseId);
  }

  async duplicates(tx: Tx, institutionId: string): Promise<{ debtorIds: string[]; openCases: number }[]> {
    return tx.query(
      `select array_agg(d.debtor_id order by d.debtor_id) as "debtorIds", sum(n.open)::integer as "openCases"
       from debtor d cross join lateral (select count(*) filter (where c.state = 'open') as open from collection_case c where c.debtor = d.id) n
       where d.institution_id = $1 and d.merged_into is null and d.id_number_index in (
         select id_number_index from debtor where institution_id = $1 and merged_into is null and id_number_index is not null
         group by id_number_index having count(*) > 1 limit 200)
       group by d.id_number_index order by 2 desc, 1 limit 200`,
      [institutionId],
    );
  }
}

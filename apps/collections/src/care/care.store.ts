import { Inject, Injectable } from '@nestjs/common';
import type { CareSign } from '#contact-rules';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import type { CareDecision, CareState } from './care.dto.ts';

const WORDS = 'care_case.words';
const REASON = 'care_case.reason';

export interface NewCare {
  readonly institutionId: string;
  readonly caseUuid: string;
  readonly debtor: string;
  readonly hold: string;
  readonly agencyId: string | null;
  readonly sign: CareSign;
  readonly source: string;
  readonly words: readonly string[];
  readonly by: string;
  readonly at: Date;
}

export interface CareRecord {
  readonly id: string;
  readonly caseUuid: string;
  readonly caseId: string;
  readonly debtor: string;
  readonly timeZone: string;
  readonly hold: string;
  readonly agencyId: string | null;
  readonly sign: CareSign;
  readonly source: string;
  readonly words: readonly string[];
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly decision: CareDecision | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
}

type Row = Omit<CareRecord, 'words' | 'reason'> & { readonly wordsSealed: Buffer | null; readonly reasonSealed: Buffer | null };

const COLUMNS = `k.id, k.collection_case as "caseUuid", c.case_id as "caseId", k.debtor, d.time_zone as "timeZone", k.hold, k.agency_id as "agencyId", k.sign, k.source,
  k.words_sealed as "wordsSealed", k.opened_by as "openedBy", k.opened_at as "openedAt", k.decision, k.decided_by as "decidedBy", k.decided_at as "decidedAt",
  k.reason_sealed as "reasonSealed" from care_case k join collection_case c on c.id = k.collection_case join debtor d on d.id = k.debtor`;

@Injectable()
export class CareStore {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  /** Null: the debtor has an open one. */
  async add(tx: Tx, care: NewCare): Promise<string | null> {
    const wordsSealed = care.words.length === 0 ? null : this.vault.seal(JSON.stringify(care.words), WORDS);
    const [row] = await tx.query<{ id: string }>(
      `insert into care_case (institution_id, collection_case, debtor, hold, agency_id, sign, source, words_sealed, opened_by, opened_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (debtor) where decided_at is null do nothing returning id`,
      [care.institutionId, care.caseUuid, care.debtor, care.hold, care.agencyId, care.sign, care.source, wordsSealed, care.by, care.at],
    );
    return row?.id ?? null;
  }

  /** Locks it when it is to be decided. */
  async find(tx: Tx, institutionId: string, id: string, lock = false): Promise<CareRecord | null> {
    if (!isUuid(id)) return null;
    const [row] = await tx.query<Row>(
      `select ${COLUMNS} where k.id = $1 and k.institution_id = $2 ${lock ? 'for no key update of k' : ''}`,
      [id, institutionId],
    );
    return row ? this.toRecord(row) : null;
  }

  async decide(
    tx: Tx,
    id: string,
    { decision, reason, by, at }: { readonly decision: CareDecision; readonly reason: string; readonly by: string; readonly at: Date },
  ): Promise<void> {
    await tx.query('update care_case set decision = $2, reason_sealed = $3, decided_by = $4, decided_at = $5 where id = $1', [
      id,
      decision,
      this.vault.seal(reason, REASON),
      by,
      at,
    ]);
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(
    tx: Tx,
    institutionId: string,
    filter: { readonly state: CareState | null; readonly caseUuid: string | null; readonly before: string | null; readonly limit: number },
  ): Promise<CareRecord[]> {
    const rows = await tx.query<Row>(
      `select ${COLUMNS} where k.institution_id = $1 and ($2::text is null or ($2 = 'open') = (k.decided_at is null)) and ($3::uuid is null or k.collection_case = $3)
         and ($4::uuid is null or k.id < $4) order by k.id desc limit $5`,
      [institutionId, filter.state, filter.caseUuid, filter.before, filter.limit + 1],
    );
    return rows.map((row) => this.toRecord(row));
  }

  private toRecord({ wordsSealed, reasonSealed, ...row }: Row): CareRecord {
    const words = wordsSealed === null ? [] : (JSON.parse(this.vault.open(wordsSealed, WORDS)) as string[]);
    return { ...row, words, reason: reasonSealed === null ? null : this.vault.open(reasonSealed, REASON) };
  }
}

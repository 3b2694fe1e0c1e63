import { Injectable } from '@nestjs/common';
import { append } from '#evidence-log';
import type { Tx } from '#pg';
import { compile, historyMsOf, seal, type PolicyContent } from './content.ts';

/** As in an address. */
export const isVersionNumber = (text: string): boolean => /^[1-9]\d{0,8}$/.test(text);

export interface VersionRecord {
  readonly number: number;
  /** Empty: for every product without a version of its own. */
  readonly product: string;
  readonly content: PolicyContent;
  /** Hex. */
  readonly sha256: string;
  readonly effectiveFrom: Date;
  readonly note: string;
  readonly author: string;
  readonly approvedBy: string;
  readonly approvedAt: Date;
  readonly draftId: string | null;
  readonly recalledAt: Date | null;
  readonly recalledBy: string | null;
}

export interface StandingVersion extends VersionRecord {
  readonly state: 'scheduled' | 'in-force' | 'past' | 'recalled';
}

export interface NewVersion {
  readonly institutionId: string;
  readonly product: string;
  readonly content: PolicyContent;
  readonly effectiveFrom: Date;
  readonly note: string;
  readonly author: string;
  readonly approvedBy: string;
  readonly approvedAt: Date;
  readonly draftId: string | null;
}

const COLUMNS = `number, product, content, encode(sha256, 'hex') as sha256, effective_from as "effectiveFrom", note, author, approved_by as "approvedBy",
  approved_at as "approvedAt", draft as "draftId", recalled_at as "recalledAt", recalled_by as "recalledBy"`;

/** The versions of the policies that institutions decided on. */
@Injectable()
export class PolicyStore {
  /** Null: the institution has no version for the product at the instant; an instant of null is that of PostgreSQL's clock. */
  async numberAt(tx: Tx, institutionId: string, product: string, at: Date | null): Promise<number | null> {
    const [row] = await tx.query<{ number: number | null }>('select policy_number($1, $2, coalesce($3, clock_timestamp())) as number', [
      institutionId,
      product,
      at,
    ]);
    return row?.number ?? null;
  }

  async productsWithOwn(tx: Tx, institutionId: string, at: Date): Promise<string[]> {
    const rows = await tx.query<{ product: string }>(
      `select distinct product from policy_version where institution_id = $1 and product <> '' and effective_from <= $2 and recalled_at is null`,
      [institutionId, at],
    );
    return rows.map(({ product }) => product);
  }

  /** From when each version holds; without those that were recalled before they began. */
  async dates(tx: Tx, institutionId: string): Promise<Pick<VersionRecord, 'number' | 'product' | 'effectiveFrom'>[]> {
    return tx.query(
      'select number, product, effective_from as "effectiveFrom" from policy_version where institution_id = $1 and recalled_at is null order by number',
      [institutionId],
    );
  }

  async find(tx: Tx, institutionId: string, number: number): Promise<VersionRecord | null> {
    const [row] = await tx.query<VersionRecord>(`select ${COLUMNS} from policy_version where institution_id = $1 and number = $2`, [
      institutionId,
      number,
    ]);
    return row ?? null;
  }

  /** The newest first, before the number, with how they stand at the instant. */
  async list(
    tx: Tx,
    institutionId: string,
    product: string | null,
    before: number | null,
    at: Date,
    limit: number,
  ): Promise<StandingVersion[]> {
    return tx.query(
      `select ${COLUMNS}, case when recalled_at is not null then 'recalled' when effective_from > $4 then 'scheduled'
         when number = policy_number($1, product, $4) then 'in-force' else 'past' end as state
       from policy_version where institution_id = $1 and ($2::text is null or product = $2) and ($3::int is null or number < $3) order by number desc limit $5`,
      [institutionId, product, before, at, limit],
    );
  }

  /** The version that is to follow for the product, after the instant; null: nothing has been decided. */
  async next(tx: Tx, institutionId: string, product: string, at: Date): Promise<VersionRecord | null> {
    // A version for every product is none for a product that has, by then, one of its own.
    const [row] = await tx.query<VersionRecord>(
      `select ${COLUMNS} from policy_version where institution_id = $1 and product in ($2, '') and effective_from > $3 and recalled_at is null
         and number = policy_number($1, $2, effective_from) order by effective_from, number desc limit 1`,
      [institutionId, product, at],
    );
    return row ?? null;
  }

  /** Marks a version that has not begun. To be called under `holdGates`. */
  async recall(tx: Tx, institutionId: string, number: number, at: Date, subject: string): Promise<void> {
    await tx.query('update policy_version set recalled_at = $3, recalled_by = $4 where institution_id = $1 and number = $2', [
      institutionId,
      number,
      at,
      subject,
    ]);
    await append(tx, institutionId, [{ kind: 'policy-recalled', actor: subject, body: { number, at } }]);
  }

  /** The next version. To be called under `holdGates`. */
  async append(tx: Tx, version: NewVersion): Promise<VersionRecord> {
    const { text, sha256 } = seal(version.content);
    const [row] = await tx.query<VersionRecord>(
      `insert into policy_version (institution_id, number, product, content, sha256, history_ms, effective_from, note, author, approved_by, approved_at, draft)
       select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 from policy_version where institution_id = $1 returning ${COLUMNS}`,
      [
        version.institutionId,
        version.product,
        text,
        sha256,
        historyMsOf(compile(version.content.packs, 0, version.content)),
        version.effectiveFrom,
        version.note,
        version.author,
        version.approvedBy,
        version.approvedAt,
        version.draftId,
      ],
    );
    if (!row) throw new Error('the version was not stored');
    const { number, product, content, effectiveFrom, note, author, approvedBy, approvedAt, draftId } = row;
    // With its content: whoever has the log alone can decide again by it.
    const body = { number, product, content, sha256: row.sha256, effectiveFrom, note, author, approvedBy, approvedAt, draftId };
    await append(tx, version.institutionId, [{ kind: 'policy-published', actor: approvedBy, body }]);
    return row;
  }
}

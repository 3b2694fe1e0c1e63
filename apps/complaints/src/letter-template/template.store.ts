import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { LetterBlock, LetterKind } from './letter-kinds.ts';

export interface NewTemplate {
  readonly institutionId: string;
  readonly kind: LetterKind;
  readonly version: number;
  readonly titleZh: string;
  readonly blocksZh: readonly LetterBlock[];
  readonly smsZh: string | null;
  readonly titleEn: string | null;
  readonly blocksEn: readonly LetterBlock[] | null;
  readonly smsEn: string | null;
  readonly author: string;
  readonly createdAt: Date;
}

export interface TemplateRecord extends NewTemplate {
  readonly id: string;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly retiredBy: string | null;
  readonly retiredAt: Date | null;
  readonly inUse: boolean;
}

export interface NoticeSetting {
  readonly bankName: string;
  readonly bankAddress: string;
  readonly bankContact: string;
  readonly unreachableTries: number;
  readonly unreachableDays: number;
  readonly unreachableForms: number;
}

const SELECT = `select t.id, t.institution_id as "institutionId", t.kind, t.version, t.title_zh as "titleZh", t.blocks_zh as "blocksZh", t.sms_zh as "smsZh", t.title_en as "titleEn",
  t.blocks_en as "blocksEn", t.sms_en as "smsEn", t.author, t.created_at as "createdAt", t.approved_by as "approvedBy", t.approved_at as "approvedAt",
  t.retired_by as "retiredBy", t.retired_at as "retiredAt",
  t.approved_at is not null and t.retired_at is null and not exists (select from letter_template n where n.institution_id = t.institution_id and n.kind = t.kind
    and n.version > t.version and n.approved_at is not null and n.retired_at is null) as "inUse"
  from letter_template t`;

@Injectable()
export class TemplateStore {
  async list(tx: Tx, institutionId: string, kind: LetterKind | null): Promise<TemplateRecord[]> {
    return tx.query(
      `${SELECT} where t.institution_id = $1 and ($2::text is null or t.kind = $2) order by t.kind, t.version desc limit 500`,
      [institutionId, kind],
    );
  }

  async find(tx: Tx, institutionId: string, kind: string, version: number): Promise<TemplateRecord | null> {
    const [row] = await tx.query<TemplateRecord>(`${SELECT} where t.institution_id = $1 and t.kind = $2 and t.version = $3`, [
      institutionId,
      kind,
      version,
    ]);
    return row ?? null;
  }

  /** The one that letters of the kind are made of. */
  async inUse(tx: Tx, institutionId: string, kind: LetterKind): Promise<TemplateRecord | null> {
    const [row] = await tx.query<TemplateRecord>(
      `${SELECT} where t.institution_id = $1 and t.kind = $2 and t.approved_at is not null and t.retired_at is null order by t.version desc limit 1`,
      [institutionId, kind],
    );
    return row ?? null;
  }

  /** Nobody else makes a version of the kind, or settles one, until the transaction ends. */
  async lockKind(tx: Tx, institutionId: string, kind: string): Promise<number> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`letter_template ${institutionId} ${kind}`]);
    const [row] = await tx.query<{ newest: number }>(
      `select coalesce(max(version), 0) as newest from letter_template where institution_id = $1 and kind = $2`,
      [institutionId, kind],
    );
    return row?.newest ?? 0;
  }

  async add(tx: Tx, row: NewTemplate): Promise<string> {
    const [made] = await tx.query<{ id: string }>(
      `insert into letter_template (institution_id, kind, version, title_zh, blocks_zh, sms_zh, title_en, blocks_en, sms_en, author, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
      [
        row.institutionId,
        row.kind,
        row.version,
        row.titleZh,
        JSON.stringify(row.blocksZh),
        row.smsZh,
        row.titleEn,
        row.blocksEn && JSON.stringify(row.blocksEn),
        row.smsEn,
        row.author,
        row.createdAt,
      ],
    );
    if (!made) throw new Error('the template was not stored');
    return made.id;
  }

  async approve(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query('update letter_template set approved_by = $2, approved_at = $3 where id = $1', [id, by, at]);
  }

  async retire(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query('update letter_template set retired_by = $2, retired_at = $3 where id = $1', [id, by, at]);
  }

  async setting(tx: Tx, institutionId: string): Promise<(NoticeSetting & { readonly changedBy: string; readonly changedAt: Date }) | null> {
    const [row] = await tx.query<NoticeSetting & { readonly changedBy: string; readonly changedAt: Date }>(
      `select bank_name as "bankName", bank_address as "bankAddress", bank_contact as "bankContact", unreachable_tries as "unreachableTries",
         unreachable_days as "unreachableDays", unreachable_forms as "unreachableForms", changed_by as "changedBy", changed_at as "changedAt"
       from notice_setting where institution_id = $1`,
      [institutionId],
    );
    return row ?? null;
  }

  async set(tx: Tx, institutionId: string, setting: NoticeSetting, by: string, at: Date): Promise<void> {
    const { bankName, bankAddress, bankContact, unreachableTries, unreachableDays, unreachableForms } = setting;
    await tx.query(
      `insert into notice_setting as s values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (institution_id) do update set bank_name = $2, bank_address = $3, bank_contact = $4, unreachable_tries = $5, unreachable_days = $6,
         unreachable_forms = $7, changed_by = $8, changed_at = $9`,
      [institutionId, bankName, bankAddress, bankContact, unreachableTries, unreachableDays, unreachableForms, by, at],
    );
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { MessageChannel, TemplateState } from './message.dto.ts';

/** An item of a letter (CC11 Art. 69), with its words. */
export interface Block {
  readonly kind: string;
  readonly text: string;
}

export interface TemplateRecord {
  readonly id: string;
  readonly templateId: string;
  readonly version: number;
  readonly channel: string;
  readonly title: string;
  readonly text: string;
  readonly variables: readonly string[];
  /** Of a letter; null: none were given. */
  readonly blocks: readonly Block[] | null;
  readonly author: string;
  readonly createdAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly retiredBy: string | null;
  readonly retiredAt: Date | null;
}

export interface NewTemplate {
  readonly institutionId: string;
  readonly templateId: string;
  readonly version: number;
  readonly channel: MessageChannel;
  readonly title: string;
  readonly text: string;
  readonly variables: readonly string[];
  /** Of a letter; null: none were given. */
  readonly blocks: readonly Block[] | null;
  readonly author: string;
  readonly createdAt: Date;
}

export interface TemplateFilter {
  readonly institutionId: string;
  readonly templateId: string | null;
  readonly channel: MessageChannel | null;
  readonly state: TemplateState | null;
  readonly after: string | null;
  readonly limit: number;
}

const COLUMNS = `id, template_id as "templateId", version, channel, title, text, variables, blocks, author, created_at as "createdAt", approved_by as "approvedBy",
  approved_at as "approvedAt", retired_by as "retiredBy", retired_at as "retiredAt"`;

@Injectable()
export class MessageStore {
  async now(tx: Tx): Promise<Date> {
    const [row] = await tx.query<{ now: Date }>(`select date_trunc('milliseconds', clock_timestamp()) as now`);
    if (!row) throw new Error('the database has no clock');
    return row.now;
  }

  /** Until the transaction ends nobody else makes a version of it; the newest there is. */
  async lockNewest(tx: Tx, institutionId: string, templateId: string): Promise<TemplateRecord | null> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || $2, 8))', [institutionId, templateId]);
    const [row] = await tx.query<TemplateRecord>(
      `select ${COLUMNS} from message_template where institution_id = $1 and template_id = $2 order by version desc limit 1`,
      [institutionId, templateId],
    );
    return row ?? null;
  }

  async add(tx: Tx, template: NewTemplate): Promise<TemplateRecord> {
    const [row] = await tx.query<TemplateRecord>(
      `insert into message_template (institution_id, template_id, version, channel, title, text, variables, author, created_at, blocks)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${COLUMNS}`,
      [
        template.institutionId,
        template.templateId,
        template.version,
        template.channel,
        template.title,
        template.text,
        template.variables,
        template.author,
        template.createdAt,
        template.blocks === null ? null : JSON.stringify(template.blocks),
      ],
    );
    if (!row) throw new Error('the template was not stored');
    return row;
  }

  /** Locks the version when it is to be changed. */
  async find(
    tx: Tx,
    institutionId: string,
    { templateId, version }: { readonly templateId: string; readonly version: number },
    lock = false,
  ): Promise<TemplateRecord | null> {
    const [row] = await tx.query<TemplateRecord>(
      `select ${COLUMNS} from message_template where institution_id = $1 and template_id = $2 and version = $3 ${lock ? 'for no key update' : ''}`,
      [institutionId, templateId, version],
    );
    return row ?? null;
  }

  async newestApproved(tx: Tx, institutionId: string, templateId: string): Promise<TemplateRecord | null> {
    const [row] = await tx.query<TemplateRecord>(
      `select ${COLUMNS} from message_template
       where institution_id = $1 and template_id = $2 and approved_at is not null and retired_at is null order by version desc limit 1`,
      [institutionId, templateId],
    );
    return row ?? null;
  }

  async approve(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query('update message_template set approved_by = $2, approved_at = $3 where id = $1', [id, by, at]);
  }

  async retire(tx: Tx, id: string, by: string, at: Date): Promise<void> {
    await tx.query('update message_template set retired_by = $2, retired_at = $3 where id = $1', [id, by, at]);
  }

  /** In order of creation; one more than the limit, if there are so many. */
  async list(tx: Tx, filter: TemplateFilter): Promise<TemplateRecord[]> {
    return tx.query<TemplateRecord>(
      `select ${COLUMNS} from message_template where institution_id = $1 and ($2::text is null or template_id = $2) and ($3::text is null or channel = $3)
         and ($4::text is null or $4 = case when retired_at is not null then 'retired' when approved_at is not null then 'approved' else 'draft' end)
         and ($5::uuid is null or id > $5) order by id limit $6`,
      [filter.institutionId, filter.templateId, filter.channel, filter.state, filter.after, filter.limit + 1],
    );
  }
}

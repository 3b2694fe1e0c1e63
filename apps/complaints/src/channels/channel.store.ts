import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { ChannelKind } from './channel.dto.ts';

export interface Channel {
  readonly kind: ChannelKind;
  readonly labelZh: string;
  readonly labelEn: string;
  readonly value: string;
  readonly hoursZh: string | null;
  readonly hoursEn: string | null;
}

export interface ChannelContent {
  readonly channels: readonly Channel[];
  readonly process: readonly { readonly zh: string; readonly en: string }[];
}

export interface ChannelPageRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly version: number;
  readonly content: ChannelContent;
  readonly note: string;
  readonly state: 'proposed' | 'published' | 'refused';
  readonly author: string;
  readonly createdAt: Date;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly refusal: string | null;
}

const SELECT = `select id, institution_id as "institutionId", version, content, note, state, author, created_at as "createdAt", settled_by as "settledBy",
  settled_at as "settledAt", refusal from channel_page`;

@Injectable()
export class ChannelStore {
  /** Nobody else makes or settles a version until the transaction ends. */
  async lock(tx: Tx, institutionId: string): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 13))`, [`channel_page ${institutionId}`]);
  }

  /** The newest first. */
  async list(tx: Tx, institutionId: string): Promise<ChannelPageRecord[]> {
    return tx.query(`${SELECT} where institution_id = $1 order by version desc limit 200`, [institutionId]);
  }

  async find(tx: Tx, institutionId: string, version: number): Promise<ChannelPageRecord | null> {
    const [row] = await tx.query<ChannelPageRecord>(`${SELECT} where version = $2 and institution_id = $1`, [institutionId, version]);
    return row ?? null;
  }

  async inForce(tx: Tx, institutionId: string): Promise<ChannelPageRecord | null> {
    const [row] = await tx.query<ChannelPageRecord>(
      `${SELECT} where institution_id = $1 and state = 'published' order by version desc limit 1`,
      [institutionId],
    );
    return row ?? null;
  }

  async waiting(tx: Tx, institutionId: string): Promise<ChannelPageRecord | null> {
    const [row] = await tx.query<ChannelPageRecord>(`${SELECT} where institution_id = $1 and state = 'proposed'`, [institutionId]);
    return row ?? null;
  }

  async add(
    tx: Tx,
    {
      institutionId,
      content,
      note,
      author,
      createdAt,
    }: Pick<ChannelPageRecord, 'institutionId' | 'content' | 'note' | 'author' | 'createdAt'>,
  ): Promise<{ readonly id: string; readonly version: number }> {
    const [made] = await tx.query<{ id: string; version: number }>(
      `insert into channel_page (institution_id, version, content, note, state, author, created_at)
       values ($1, (select coalesce(max(version), 0) + 1 from channel_page where institution_id = $1), $2, $3, 'proposed', $4, $5) returning id, version`,
      [institutionId, JSON.stringify(content), note, author, createdAt],
    );
    if (!made) throw new Error('the page was not stored');
    return made;
  }

  async settle(tx: Tx, id: string, to: { state: 'published' | 'refused'; by: string; at: Date; refusal: string | null }): Promise<void> {
    await tx.query('update channel_page set state = $2, settled_by = $3, settled_at = $4, refusal = $5 where id = $1', [
      id,
      to.state,
      to.by,
      to.at,
      to.refusal,
    ]);
  }
}

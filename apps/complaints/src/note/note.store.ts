import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { NoteKind } from './note.dto.ts';

export interface NoteRecord {
  readonly id: string;
  readonly complaintId: string;
  readonly kind: NoteKind;
  readonly author: string;
  readonly at: Date;
  readonly version: number;
  readonly editedAt: Date | null;
  readonly textSealed: Buffer;
  readonly mentions: readonly string[];
}

export interface VersionRecord {
  readonly version: number;
  readonly textSealed: Buffer;
  readonly by: string;
  readonly at: Date;
}

const NOTE = `select n.id, n.complaint as "complaintId", n.kind, n.author, n.at, n.version, n.edited_at as "editedAt", n.text_sealed as "textSealed", n.mentions from complaint_note n`;

@Injectable()
export class NoteStore {
  async add(tx: Tx, institutionId: string, note: Omit<NoteRecord, 'id' | 'version' | 'editedAt'>): Promise<string> {
    const { complaintId, kind, author, at, textSealed, mentions } = note;
    const [row] = await tx.query<{ id: string }>(
      `insert into complaint_note (institution_id, complaint, kind, author, at, text_sealed, mentions) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [institutionId, complaintId, kind, author, at, textSealed, mentions],
    );
    if (!row) throw new Error('the note was not stored');
    return row.id;
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<NoteRecord | null> {
    const [row] = await tx.query<NoteRecord>(`${NOTE} where n.id = $2 and n.institution_id = $1`, [institutionId, id]);
    return row ?? null;
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, complaintId: string, filter: { kind: NoteKind | null; before: string | null; limit: number }): Promise<NoteRecord[]> {
    return tx.query<NoteRecord>(
      `${NOTE} where n.complaint = $1 and ($2::text is null or n.kind = $2) and ($3::uuid is null or n.id < $3) order by n.id desc limit $4`,
      [complaintId, filter.kind, filter.before, filter.limit + 1],
    );
  }

  /** Keeps what the note said, and writes what it says now. Of a note whose complaint is locked. */
  async edit(tx: Tx, institutionId: string, id: string, now: { textSealed: Buffer; mentions: readonly string[]; at: Date }): Promise<void> {
    await tx.query(
      `insert into complaint_note_version (institution_id, note, version, text_sealed, by, at)
       select $1, id, version, text_sealed, author, coalesce(edited_at, at) from complaint_note where id = $2`,
      [institutionId, id],
    );
    await tx.query(`update complaint_note set version = version + 1, text_sealed = $2, mentions = $3, edited_at = $4 where id = $1`, [
      id,
      now.textSealed,
      now.mentions,
      now.at,
    ]);
  }

  /** The newest first, with the present one. */
  async versions(tx: Tx, id: string): Promise<VersionRecord[]> {
    return tx.query<VersionRecord>(
      `select version, text_sealed as "textSealed", author as by, coalesce(edited_at, at) as at from complaint_note where id = $1
       union all select version, text_sealed, by, at from complaint_note_version where note = $1 order by version desc`,
      [id],
    );
  }
}

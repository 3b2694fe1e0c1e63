import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { Vault } from '#vault';

const TEXT = 'case_note.text';

export interface NoteRecord {
  readonly id: string;
  readonly text: string;
  readonly agencyId: string | null;
  readonly shared: boolean;
  readonly by: string;
  readonly at: Date;
}

@Injectable()
export class NoteStore {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  async add(tx: Tx, institutionId: string, caseUuid: string, note: Omit<NoteRecord, 'id'>): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      'insert into case_note (institution_id, collection_case, agency_id, shared, text_sealed, by, at) values ($1, $2, $3, $4, $5, $6, $7) returning id',
      [institutionId, caseUuid, note.agencyId, note.shared, this.vault.seal(note.text, TEXT), note.by, note.at],
    );
    if (!row) throw new Error('the note was not stored');
    return row.id;
  }

  /** The newest first; one more than the limit, if there are so many. An agency sees its own, and what the bank shares. */
  async list(
    tx: Tx,
    caseUuid: string,
    filter: { readonly agencyId: string | null; readonly id?: string; readonly before: string | null; readonly limit: number },
  ): Promise<NoteRecord[]> {
    const rows = await tx.query<Omit<NoteRecord, 'text'> & { readonly sealed: Buffer }>(
      `select id, agency_id as "agencyId", shared, text_sealed as sealed, by, at from case_note
       where collection_case = $1 and ($2::text is null or agency_id = $2 or agency_id is null and shared) and ($3::uuid is null or id = $3) and ($4::uuid is null or id < $4)
       order by id desc limit $5`,
      [caseUuid, filter.agencyId, filter.id ?? null, filter.before, filter.limit + 1],
    );
    return rows.map(({ sealed, ...row }) => ({ ...row, text: this.vault.open(sealed, TEXT) }));
  }
}

import { Injectable } from '@nestjs/common';
import { append } from '#evidence-log';
import { alongIndex, type Tx } from '#pg';
import { seal, type PolicyContent } from './content.ts';

export type DraftState = 'draft' | 'submitted' | 'approved' | 'rejected' | 'withdrawn';
export const DRAFT_STATES: readonly DraftState[] = ['draft', 'submitted', 'approved', 'rejected', 'withdrawn'];
export type DraftAction = 'created' | 'changed' | 'submitted' | 'approved' | 'rejected' | 'withdrawn' | 'recalled';

export interface DraftEvent {
  readonly at: string;
  readonly by: string;
  readonly action: DraftAction;
  readonly detail: string | null;
  readonly revision: number | null;
  /** Of the content, hex. */
  readonly sha256: string;
}

export interface DraftRecord {
  readonly id: string;
  readonly institutionId: string;
  readonly state: DraftState;
  readonly revision: number;
  /** Empty: for every product without a version of its own. */
  readonly product: string;
  readonly content: PolicyContent;
  readonly sha256: string;
  readonly note: string;
  readonly author: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number | null;
  readonly effectiveFrom: Date | null;
  readonly recalledAt: Date | null;
  readonly history: readonly DraftEvent[];
}

export interface DraftText {
  readonly product: string;
  readonly content: PolicyContent;
  readonly note: string;
}

export interface NewEvent {
  readonly draftId: string | null;
  readonly version: number | null;
  readonly action: DraftAction;
  readonly subject: string;
  readonly clientId: string | null;
  readonly at: Date;
  readonly revision: number | null;
  /** Hex. */
  readonly sha256: string;
  readonly detail: string | null;
}

const SELECT = `
  select d.id, d.institution_id as "institutionId", d.state, d.revision, d.product, d.content, encode(d.sha256, 'hex') as sha256, d.note, d.author,
    d.created_at as "createdAt", d.updated_at as "updatedAt", d.version, v.effective_from as "effectiveFrom", v.recalled_at as "recalledAt",
    (select coalesce(json_agg(json_build_object('at', a.at, 'by', a.subject, 'action', a.action, 'detail', a.detail, 'revision', a.revision,
      'sha256', encode(a.sha256, 'hex')) order by a.id), '[]') from policy_audit a where a.draft = d.id) as history
  from policy_draft d left join policy_version v on v.number = d.version and v.institution_id = d.institution_id`;

@Injectable()
export class DraftStore {
  async create(tx: Tx, institutionId: string, author: string, at: Date, draft: DraftText): Promise<string> {
    const { text, sha256 } = seal(draft.content);
    const [row] = await tx.query<{ id: string }>(
      `insert into policy_draft (institution_id, product, content, sha256, note, author, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $7) returning id`,
      [institutionId, draft.product, text, sha256, draft.note, author, at],
    );
    if (!row) throw new Error('the draft was not stored');
    return row.id;
  }

  /** Writes a new revision of a locked draft. */
  async change(tx: Tx, id: string, at: Date, draft: DraftText): Promise<void> {
    const { text, sha256 } = seal(draft.content);
    await tx.query(
      `update policy_draft set product = $2, content = $3, sha256 = $4, note = $5, updated_at = $6, revision = revision + 1 where id = $1`,
      [id, draft.product, text, sha256, draft.note, at],
    );
  }

  /** Moves a locked draft on. */
  async move(tx: Tx, id: string, at: Date, state: DraftState, version: number | null): Promise<void> {
    await tx.query(`update policy_draft set state = $2, updated_at = $3, version = $4 where id = $1`, [id, state, at, version]);
  }

  async note(tx: Tx, institutionId: string, event: NewEvent): Promise<void> {
    const { draftId, version, action, subject, clientId, at, revision, sha256, detail } = event;
    await tx.query(
      `insert into policy_audit (institution_id, draft, version, action, subject, client_id, at, revision, sha256, detail)
       values ($1, $2, $3, $4, $5, $6, $7, $8, decode($9, 'hex'), $10)`,
      [institutionId, draftId, version, action, subject, clientId, at, revision, sha256, detail],
    );
    const body = { draftId, version, action, clientId, at, revision, sha256, detail };
    await append(tx, institutionId, [{ kind: 'policy-draft', actor: subject, body }]);
  }

  /** Whoever else wants to change or decide on it waits. */
  async lock(tx: Tx, institutionId: string, id: string): Promise<DraftRecord | null> {
    await tx.query('select id from policy_draft where id = $1 and institution_id = $2 for update', [id, institutionId]);
    return this.find(tx, institutionId, id);
  }

  async find(tx: Tx, institutionId: string, id: string): Promise<DraftRecord | null> {
    const [row] = await tx.query<DraftRecord>(`${SELECT} where d.id = $1 and d.institution_id = $2`, [id, institutionId]);
    return row ?? null;
  }

  /** The newest first, before the id. */
  async list(tx: Tx, institutionId: string, state: DraftState | null, before: string | null, limit: number): Promise<DraftRecord[]> {
    await alongIndex(tx);
    return tx.query(
      `${SELECT} where d.institution_id = $1 and ($2::text is null or d.state = $2) and ($3::uuid is null or d.id < $3) order by d.id desc limit $4`,
      [institutionId, state, before, limit],
    );
  }

  /** The clock that decides: the one that is given, else PostgreSQL's, to the millisecond. Read after the locks. */
  async now(tx: Tx, override: Date | null): Promise<Date> {
    const [row] = await tx.query<{ now: Date }>(`select date_trunc('milliseconds', coalesce($1, clock_timestamp())) as now`, [override]);
    if (!row) throw new Error('the database has no clock');
    return row.now;
  }
}

import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { Area, Dimension } from '../code-table/codes.ts';
import type { Suggestion } from './suggest.ts';

/** What rules of one version said over a table of one version. */
export interface Suggested {
  readonly rulesVersion: number;
  readonly tableVersion: number;
  readonly suggestions: readonly Suggestion[];
}

export interface Codes {
  readonly channel: string;
  readonly business: string;
  readonly cause: string;
  readonly area: Area;
  readonly tableVersion: number;
}

/** A complaint's classification; the codes are null until a person has confirmed them. */
export interface ClassificationRecord {
  readonly complaintId: string;
  readonly confirmed: Codes | null;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Date | null;
  readonly suggested: Suggested | null;
}

export interface NewChange {
  readonly institutionId: string;
  readonly complaintId: string;
  readonly codes: Codes;
  readonly by: string;
  readonly at: Date;
  readonly reasonSealed: Buffer | null;
}

export interface ChangeRecord extends Codes {
  readonly by: string;
  readonly at: Date;
  readonly reasonSealed: Buffer | null;
}

export interface Outcome {
  readonly dimension: Dimension;
  readonly suggested: string | null;
  readonly confirmed: string;
  readonly rules: Suggestion['rules'];
}

interface Row {
  readonly complaintId: string;
  readonly channel: string | null;
  readonly business: string | null;
  readonly cause: string | null;
  readonly area: Area | null;
  readonly tableVersion: number | null;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Date | null;
  readonly suggested: Suggested;
  readonly suggestedAt: Date | null;
}

const toRecord = (row: Row): ClassificationRecord => {
  const { channel, business, cause, area, tableVersion } = row;
  const isWhole = channel !== null && business !== null && cause !== null && area !== null && tableVersion !== null;
  return {
    complaintId: row.complaintId,
    confirmed: isWhole ? { channel, business, cause, area, tableVersion } : null,
    confirmedBy: row.confirmedBy,
    confirmedAt: row.confirmedAt,
    suggested: row.suggestedAt === null ? null : row.suggested,
  };
};

@Injectable()
export class ClassificationStore {
  async find(tx: Tx, complaintIds: readonly string[]): Promise<ClassificationRecord[]> {
    const rows = await tx.query<Row>(
      `select complaint as "complaintId", channel_code as channel, business_code as business, cause_code as cause, area, table_version as "tableVersion", confirmed_by as "confirmedBy",
         confirmed_at as "confirmedAt", suggested, suggested_at as "suggestedAt" from classification where complaint = any($1)`,
      [complaintIds],
    );
    return rows.map(toRecord);
  }

  /** Keeps what is suggested, unless a person has decided meanwhile. */
  async keepSuggested(
    tx: Tx,
    suggested: readonly { readonly institutionId: string; readonly complaintId: string; readonly suggested: Suggested }[],
    at: Date,
  ): Promise<void> {
    if (suggested.length === 0) return;
    await tx.query(
      `insert into classification (institution_id, complaint, suggested, suggested_at)
       select r.institution, r.complaint, r.suggested, $2 from json_to_recordset($1) as r(institution text, complaint uuid, suggested jsonb)
       on conflict (complaint) do update set suggested = excluded.suggested, suggested_at = excluded.suggested_at where classification.confirmed_at is null`,
      [
        JSON.stringify(
          suggested.map(({ institutionId, complaintId, suggested: given }) => ({
            institution: institutionId,
            complaint: complaintId,
            suggested: given,
          })),
        ),
        at,
      ],
    );
  }

  /** Puts down what a person says; returns the id of the change. */
  async confirm(tx: Tx, { institutionId, complaintId, codes, by, at, reasonSealed }: NewChange): Promise<string> {
    const { channel, business, cause, area, tableVersion } = codes;
    const values = [institutionId, complaintId, channel, business, cause, area, tableVersion, by, at];
    await tx.query(
      `insert into classification (institution_id, complaint, channel_code, business_code, cause_code, area, table_version, confirmed_by, confirmed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (complaint) do update set channel_code = $3, business_code = $4, cause_code = $5, area = $6, table_version = $7, confirmed_by = $8, confirmed_at = $9`,
      values,
    );
    const [row] = await tx.query<{ id: string }>(
      `insert into classification_change (institution_id, complaint, channel_code, business_code, cause_code, area, table_version, changed_by, changed_at, reason_sealed)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
      [...values, reasonSealed],
    );
    if (!row) throw new Error('the classification was not stored');
    return row.id;
  }

  /** The newest first. */
  async changes(tx: Tx, complaintId: string): Promise<ChangeRecord[]> {
    return tx.query(
      `select channel_code as channel, business_code as business, cause_code as cause, area, table_version as "tableVersion", changed_by as by, changed_at as at, reason_sealed as "reasonSealed"
       from classification_change where complaint = $1 order by id desc limit 100`,
      [complaintId],
    );
  }

  /** What became of the suggestion; only the first time counts. */
  async noteOutcomes(
    tx: Tx,
    { institutionId, complaintId, at }: Pick<NewChange, 'institutionId' | 'complaintId' | 'at'>,
    rulesVersion: number,
    outcomes: readonly Outcome[],
  ): Promise<void> {
    await tx.query(
      `insert into suggestion_outcome (institution_id, complaint, dimension, suggested, confirmed, rules_version, rules, at)
       select $1, $2, r.dimension, r.suggested, r.confirmed, $3, r.rules, $4
       from json_to_recordset($5) as r(dimension text, suggested text, confirmed text, rules jsonb) on conflict do nothing`,
      [institutionId, complaintId, rulesVersion, at, JSON.stringify(outcomes)],
    );
  }
}

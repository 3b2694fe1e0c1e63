import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RowFault, Stored } from '#imports';
import type { Tx } from '#pg';
import type { DueRow } from './due-rows.ts';
import { asTouched, CASE_OF_ROW, countStored, distinct, put } from './put-rows.ts';

const SEP = '\u001f';
const keyOf = ({ caseId, dueOn }: DueRow): string => `${caseId}${SEP}${dueOn}`;

const hashOf = ({ amountDue, currency, paidOn }: DueRow): string =>
  createHash('sha256')
    .update(JSON.stringify([Number(amountDue), currency, paidOn]))
    .digest('base64');

const PUT = `
  insert into due_date (institution_id, collection_case, due_on, amount, currency, paid_on, content_hash)
  select $1, c.id, r.due_on, r.amount, r.currency, r.paid_on, decode(r.hash, 'base64')
  from json_to_recordset($2) as r(case_id text, due_on date, amount numeric, currency text, paid_on date, hash text)
  ${CASE_OF_ROW} order by r.case_id, r.due_on
  on conflict (collection_case, due_on) do update set amount = excluded.amount, currency = excluded.currency, paid_on = excluded.paid_on, content_hash = excluded.content_hash
  where due_date.content_hash <> excluded.content_hash
  returning (select case_id from collection_case k where k.id = due_date.collection_case) || chr(31) || due_on as key, old.id is null as inserted`;

/** What falls due and when. The same file again changes nothing. */
@Injectable()
export class DueImportStore {
  async store(tx: Tx, institutionId: string, rows: readonly DueRow[]): Promise<{ stored: Stored; faults: RowFault[] }> {
    const known = await this.known(tx, institutionId, rows);
    const good = rows.filter(({ caseId }) => known.has(caseId));
    const faults = rows
      .filter(({ caseId }) => !known.has(caseId))
      .map(({ row }): RowFault => ({
        row,
        column: 'caseId',
        code: 'unknown-case',
        detail: 'caseId is of no case here; import the case first',
      }));
    const records = distinct(good, keyOf, (row) => ({
      case_id: row.caseId,
      due_on: row.dueOn,
      amount: row.amountDue,
      currency: row.currency,
      paid_on: row.paidOn,
      hash: hashOf(row),
    }));
    const touched = await put(tx, PUT, institutionId, records);
    return { stored: countStored(good, keyOf, (row) => asTouched(touched, keyOf(row))), faults };
  }

  private async known(tx: Tx, institutionId: string, rows: readonly DueRow[]): Promise<Set<string>> {
    const found = await tx.query<{ caseId: string }>(
      'select case_id as "caseId" from collection_case where institution_id = $1 and case_id = any($2)',
      [institutionId, rows.map(({ caseId }) => caseId)],
    );
    return new Set(found.map(({ caseId }) => caseId));
  }
}

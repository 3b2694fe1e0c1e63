import type { RowFault } from '#imports';
import type { TableRow } from '#tabular';
import { normalizeContactPoint } from '../contact/contact-point.ts';
import { parseInstant } from '../lookback/instant.ts';
import { checkCells, LOG_COLUMNS, readLine, type LogRow } from '../lookback/log-row.ts';
import { errorDetail } from '../lookback/row-errors.ts';
import type { RowScope } from './case-rows.ts';

/** A contact that was made, as an agency or the bank reports it. */
export interface ContactRow {
  readonly row: number;
  readonly log: LogRow;
  readonly contactPoint: string;
  readonly debtId: string | null;
  readonly deviceId: string | null;
  /** Epoch milliseconds. */
  readonly endedAt: number | null;
}

const at = (name: string): number => LOG_COLUMNS.findIndex((column) => column.name === name);
const [DEBT_ID, DEVICE_ID, ENDED_AT] = [at('debtId'), at('deviceId'), at('endedAt')];

/** The first thing that is wrong with the row, or the row. */
export function readContactRow({ row, values }: TableRow, scope: RowScope): ContactRow | RowFault {
  const cells = [...values];
  const checked = checkCells(cells, 0, row);
  if ('code' in checked) return { row, column: checked.column, code: checked.code, detail: errorDetail(checked, 'en') };
  const log = readLine(checked.key, checked.line);
  if (log.contactPoint === null)
    return { row, column: 'contactPoint', code: 'required', detail: errorDetail({ code: 'required', allowed: [] }, 'en') };
  if (scope.agencyId !== null && log.agencyId !== scope.agencyId) {
    return { row, column: 'agencyId', code: 'other-agency', detail: 'agencyId must be your own agency' };
  }
  const endedAt = cells[ENDED_AT] ? parseInstant(cells[ENDED_AT]) : null;
  return {
    row,
    log,
    contactPoint: normalizeContactPoint(log.channel, log.contactPoint),
    debtId: cells[DEBT_ID] || null,
    deviceId: cells[DEVICE_ID] || null,
    endedAt: typeof endedAt === 'number' ? endedAt : null,
  };
}

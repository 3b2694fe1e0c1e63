import type { Operation } from '../../session/session.ts';
import { AGENCY_COLUMNS, CASE_COLUMNS, DUE_COLUMNS, LOG_COLUMNS, PAYMENT_COLUMNS, STAFF_COLUMNS, type Columns } from './columns.ts';

/** What can be imported, and the service that takes it. */
export const KINDS = {
  cases: { service: 'collections', columns: CASE_COLUMNS, needs: 'collections.createImport' },
  'contact-log': { service: 'collections', columns: LOG_COLUMNS, needs: 'collections.createImport' },
  agencies: { service: 'collections', columns: AGENCY_COLUMNS, needs: 'collections.createImport' },
  'due-dates': { service: 'collections', columns: DUE_COLUMNS, needs: 'collections.createImport' },
  'agency-staff': { service: 'collections', columns: STAFF_COLUMNS, needs: 'collections.createImport' },
  payments: { service: 'collections', columns: PAYMENT_COLUMNS, needs: 'collections.createImport' },
} as const satisfies Record<string, { readonly service: string; readonly columns: Columns; readonly needs: Operation }>;

export type Kind = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as Kind[];

export { dailyWorkTable } from './daily-work-table.ts';
export { eventTables } from './event-tables.ts';
export { evidenceTables } from './evidence-tables.ts';
export { platformTables } from './platform-tables.ts';
export { reportLifeTables } from './report-life-tables.ts';
export { reportTables } from './report-tables.ts';
export { retentionTables } from './retention-tables.ts';
export { rowLevelSecurity } from './row-level-security.ts';

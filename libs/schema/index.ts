export { eventTables } from './event-tables.ts';
export { platformTables } from './platform-tables.ts';
export { rowLevelSecurity } from './row-level-security.ts';

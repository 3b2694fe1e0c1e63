export { createDataSource, migrate, type DatabaseOptions } from './data-source.ts';
export { EVERY_INSTITUTION, inTransaction, isUnavailable, type Tx, type TransactionOptions } from './transaction.ts';
export { alongIndex } from './along-index.ts';
export { copied, copyRows, type CopiedRow } from './copy-rows.ts';
export { copyText, type TextRow } from './copy-text.ts';
export { databaseNow } from './database-now.ts';

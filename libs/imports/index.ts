export { isFault, readRows, type BatchOutcome, type ImportKind } from './import-kind.ts';
export { ImportsModule } from './imports.module.ts';
export { IMPORT_REQUESTED, ImportRunner } from './import.runner.ts';
export { ImportStore, type ImportRecord, type RowFault, type Stored } from './import.store.ts';

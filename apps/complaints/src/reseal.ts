import { runReseal, type SealedColumn } from '#reseal';
import { loadConfig } from './config.ts';

const id = { id: 'uuid' } as const;

/** Every column that holds sealed values, with the context that its writers seal in. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'complaint', key: id, column: 'name_sealed', context: 'complaint.name' },
  { table: 'complaint', key: id, column: 'id_number_sealed', context: 'complaint.idNumber' },
  { table: 'complaint', key: id, column: 'contact_sealed', context: 'complaint.contact' },
  { table: 'complaint', key: id, column: 'proxy_sealed', context: 'complaint.proxy' },
  { table: 'complaint', key: id, column: 'subject_sealed', context: 'complaint.subject' },
  { table: 'complaint', key: id, column: 'narrative_sealed', context: 'complaint.narrative' },
  { table: 'complaint', key: id, column: 'requests_sealed', context: 'complaint.requests' },
  { table: 'clock_event', key: id, column: 'note_sealed', context: 'clock_event.note' },
  { table: 'timeline', key: id, column: 'note_sealed', context: 'clock_event.note' },
  // Pieces of files: large.
  { table: 'upload_chunk', key: { upload: 'uuid', seq: 'integer' }, column: 'bytes_sealed', context: 'upload', batch: 8 },
];

if (import.meta.main) await runReseal('complaints', loadConfig(process.env), SEALED_COLUMNS);

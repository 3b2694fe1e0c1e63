import { runReseal, type SealedColumn } from '#reseal';
import { loadConfig } from './config.ts';
import { MESSAGE_CONTEXT } from './contact/message.ts';
import { REQUEST_CONTEXT } from './delivery/delivery.states.ts';

/** Every column that holds sealed values, with the context that its writers seal in. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'debtor', key: { id: 'uuid' }, column: 'name_sealed', context: 'debtor.name' },
  { table: 'debtor', key: { id: 'uuid' }, column: 'id_number_sealed', context: 'debtor.idNumber' },
  { table: 'party', key: { id: 'uuid' }, column: 'name_sealed', context: 'party.name' },
  {
    table: 'contact_value',
    key: { value_index: 'bytea', institution_id: 'text' },
    column: 'value_sealed',
    context: 'contact.value',
  },
  { table: 'contact', key: { id: 'uuid' }, column: 'note_sealed', context: 'contact.note' },
  { table: 'decision', key: { id: 'uuid' }, column: 'message_sealed', context: MESSAGE_CONTEXT },
  { table: 'delivery', key: { id: 'uuid' }, column: 'request_sealed', context: REQUEST_CONTEXT },
  { table: 'agency_staff', key: { id: 'uuid' }, column: 'name_sealed', context: 'agency_staff.name' },
  { table: 'agency_staff', key: { id: 'uuid' }, column: 'id_number_sealed', context: 'agency_staff.idNumber' },
  {
    table: 'agency_profile',
    key: { agency_id: 'text', institution_id: 'text' },
    column: 'private_sealed',
    context: 'agency_profile.private',
  },
  { table: 'agency_step', key: { id: 'uuid' }, column: 'private_sealed', context: 'agency_step.private' },
  { table: 'agency_step', key: { id: 'uuid' }, column: 'decision_sealed', context: 'agency_step.decision' },
  { table: 'agency_contract', key: { id: 'uuid' }, column: 'note_sealed', context: 'agency_contract.note' },
  { table: 'agency_finding', key: { id: 'uuid' }, column: 'reason_sealed', context: 'agency_finding.reason' },
  { table: 'register_act', key: { id: 'uuid' }, column: 'reason_sealed', context: 'register_act.reason' },
  { table: 'inspection', key: { id: 'uuid' }, column: 'summary_sealed', context: 'inspection.summary' },
  { table: 'inspection_answer', key: { inspection: 'uuid', item_id: 'text' }, column: 'note_sealed', context: 'inspection_answer.note' },
  { table: 'inspection_finding', key: { id: 'uuid' }, column: 'summary_sealed', context: 'inspection_finding.summary' },
  { table: 'rectification', key: { id: 'uuid' }, column: 'report_sealed', context: 'rectification.report' },
  { table: 'rectification', key: { id: 'uuid' }, column: 'verdict_note_sealed', context: 'rectification.verdict_note' },
  { table: 'agency_evaluation', key: { id: 'uuid' }, column: 'note_sealed', context: 'agency_evaluation.note' },
  { table: 'agency_evaluation', key: { id: 'uuid' }, column: 'decision_note_sealed', context: 'agency_evaluation.decision_note' },
  { table: 'sanction', key: { id: 'uuid' }, column: 'reason_sealed', context: 'sanction.reason' },
  { table: 'sanction', key: { id: 'uuid' }, column: 'skip_reason_sealed', context: 'sanction.skip_reason' },
  { table: 'sanction', key: { id: 'uuid' }, column: 'end_note_sealed', context: 'sanction.end_note' },
  { table: 'sanction', key: { id: 'uuid' }, column: 'appeal_sealed', context: 'sanction.appeal' },
  { table: 'sanction', key: { id: 'uuid' }, column: 'appeal_note_sealed', context: 'sanction.appeal_note' },
  { table: 'promise', key: { id: 'uuid' }, column: 'note_sealed', context: 'promise.note' },
  // Pieces of files: large.
  { table: 'upload_chunk', key: { upload: 'uuid', seq: 'integer' }, column: 'bytes_sealed', context: 'upload', batch: 8 },
];

if (import.meta.main) await runReseal('collections', loadConfig(process.env), SEALED_COLUMNS);

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
  // What people wrote in the rooms after the decision.
  { table: 'review', key: id, column: 'reasons_sealed', context: 'review.reasons' },
  { table: 'review', key: id, column: 'grace_sealed', context: 'review.grace' },
  { table: 'review', key: id, column: 'process_sealed', context: 'review.process' },
  { table: 'review', key: id, column: 'term_sealed', context: 'review.term' },
  { table: 'review', key: id, column: 'result_sealed', context: 'review.result' },
  { table: 'review', key: id, column: 'decision_sealed', context: 'review.decision' },
  { table: 'review', key: id, column: 'told_proof_sealed', context: 'review.toldProof' },
  { table: 'review', key: id, column: 'withdrawal_sealed', context: 'review.withdrawal' },
  { table: 'mediation', key: id, column: 'subject_sealed', context: 'mediation.subject' },
  { table: 'mediation', key: id, column: 'consent_sealed', context: 'mediation.consent' },
  { table: 'mediation', key: id, column: 'terms_sealed', context: 'mediation.terms' },
  { table: 'reopening', key: id, column: 'reasons_sealed', context: 'reopening.reasons' },
  { table: 'callback', key: id, column: 'report_sealed', context: 'callback.report' },
  { table: 'callback', key: id, column: 'comment_sealed', context: 'callback.comment' },
  { table: 'callback', key: id, column: 'look_sealed', context: 'callback.look' },
  { table: 'callback_try', key: id, column: 'note_sealed', context: 'callback_try.note' },
  { table: 'root_cause', key: id, column: 'whys_sealed', context: 'root_cause.whys' },
  { table: 'root_cause', key: id, column: 'note_sealed', context: 'root_cause.note' },
  { table: 'rectification', key: id, column: 'title_sealed', context: 'rectification.title' },
  { table: 'rectification', key: id, column: 'unmeasured_sealed', context: 'rectification.unmeasured' },
  { table: 'rectification', key: id, column: 'close_sealed', context: 'rectification.close' },
  { table: 'rectification_step', key: id, column: 'text_sealed', context: 'rectification_step.text' },
  { table: 'rectification_step', key: id, column: 'note_sealed', context: 'rectification_step.note' },
  { table: 'rectification_delay', key: id, column: 'reason_sealed', context: 'rectification_delay.reason' },
  { table: 'rectification_delay', key: id, column: 'note_sealed', context: 'rectification_delay.note' },
  { table: 'complaint_file', key: id, column: 'file_name_sealed', context: 'complaint_file.fileName' },
  { table: 'dispatch', key: id, column: 'to_sealed', context: 'dispatch.to' },
  { table: 'dispatch', key: id, column: 'subject_sealed', context: 'dispatch.subject' },
  { table: 'dispatch', key: id, column: 'body_sealed', context: 'dispatch.body' },
  { table: 'desk_unit', key: id, column: 'contact_sealed', context: 'desk_unit.contact' },
  { table: 'desk_member', key: id, column: 'name_sealed', context: 'desk_member.name' },
  { table: 'desk_absence', key: id, column: 'reason_sealed', context: 'desk_absence.reason' },
  { table: 'approval_request', key: id, column: 'note_sealed', context: 'approval_request.note' },
  { table: 'stage_limit', key: id, column: 'note_sealed', context: 'stage_limit.note' },
  { table: 'stage_entry', key: id, column: 'note_sealed', context: 'stage_entry.note' },
  { table: 'work_entry', key: id, column: 'text_sealed', context: 'work_entry.text' },
  { table: 'work_entry', key: id, column: 'reason_sealed', context: 'work_entry.reason' },
  { table: 'complaint_note', key: id, column: 'text_sealed', context: 'complaint_note.text' },
  { table: 'complaint_note_version', key: { note: 'uuid', version: 'integer' }, column: 'text_sealed', context: 'complaint_note.text' },
  { table: 'complaint_text', key: id, column: 'text_sealed', context: 'complaint_text.text' },
  // Pieces of files: large.
  { table: 'upload_chunk', key: { upload: 'uuid', seq: 'integer' }, column: 'bytes_sealed', context: 'upload', batch: 8 },
];

if (import.meta.main) await runReseal('complaints', loadConfig(process.env), SEALED_COLUMNS);

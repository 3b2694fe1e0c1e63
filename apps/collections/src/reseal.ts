import { SIGNING_KEY_CONTEXT, SUBJECT_KEY_CONTEXT } from '#evidence-log';
import { runReseal, type SealedColumn } from '#reseal';
import { loadConfig } from './config.ts';
import { MESSAGE_CONTEXT } from './contact/message.ts';
import { REQUEST_CONTEXT } from './delivery/delivery.states.ts';
import { SEALED } from './quality/quality.desk.ts';

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
  { table: 'case_note', key: { id: 'uuid' }, column: 'text_sealed', context: 'case_note.text' },
  { table: 'care_case', key: { id: 'uuid' }, column: 'words_sealed', context: 'care_case.words' },
  { table: 'care_case', key: { id: 'uuid' }, column: 'reason_sealed', context: 'care_case.reason' },
  { table: 'visit', key: { id: 'uuid' }, column: 'shown_to_sealed', context: 'visit.shownTo' },
  { table: 'visit', key: { id: 'uuid' }, column: 'consent_of_sealed', context: 'visit.consentOf' },
  { table: 'visit', key: { id: 'uuid' }, column: 'consent_evidence_sealed', context: 'visit.consentEvidence' },
  { table: 'recording', key: { id: 'uuid' }, column: 'uri_sealed', context: 'recording.uri' },
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
  { table: 'entrustment', key: { id: 'uuid' }, column: 'reason_sealed', context: 'entrustment.reason' },
  { table: 'entrustment', key: { id: 'uuid' }, column: 'end_reason_sealed', context: 'entrustment.reason' },
  { table: 'entrustment_proposal', key: { id: 'uuid' }, column: 'reason_sealed', context: 'entrustment.reason' },
  { table: 'allocation', key: { id: 'uuid' }, column: 'order_reason_sealed', context: 'allocation.reason' },
  { table: 'objection', key: { id: 'uuid' }, column: 'disputed_sealed', context: 'objection.disputed' },
  { table: 'objection', key: { id: 'uuid' }, column: 'facts_sealed', context: 'objection.facts' },
  { table: 'proof', key: { id: 'uuid' }, column: 'file_name_sealed', context: 'proof.fileName' },
  { table: 'debtor_change', key: { id: 'uuid' }, column: 'reason_sealed', context: 'debtor_change.reason' },
  { table: 'debtor_change', key: { id: 'uuid' }, column: 'name_sealed', context: 'debtor.name' },
  { table: 'debtor_change', key: { id: 'uuid' }, column: 'id_number_sealed', context: 'debtor.idNumber' },
  { table: 'party_proposal', key: { id: 'uuid' }, column: 'name_sealed', context: 'party.name' },
  { table: 'party_proposal', key: { id: 'uuid' }, column: 'reason_sealed', context: 'party_proposal.reason' },
  { table: 'promise', key: { id: 'uuid' }, column: 'note_sealed', context: 'promise.note' },
  { table: 'plan', key: { id: 'uuid' }, column: 'circumstances_sealed', context: 'plan.circumstances' },
  { table: 'quality_review', key: { id: 'uuid' }, column: 'comment_sealed', context: SEALED.comment },
  { table: 'quality_sample', key: { id: 'uuid' }, column: 'dispute_sealed', context: SEALED.dispute },
  { table: 'quality_sample', key: { id: 'uuid' }, column: 'answer_sealed', context: SEALED.answer },
  { table: 'report_target', key: { id: 'uuid' }, column: 'address_sealed', context: 'report_target.address' },
  // Pieces of files: large.
  { table: 'upload_chunk', key: { upload: 'uuid', seq: 'integer' }, column: 'bytes_sealed', context: 'upload', batch: 8 },
  {
    table: 'evidence_key',
    key: { id: 'text', institution_id: 'text' },
    column: 'private_sealed',
    context: SIGNING_KEY_CONTEXT,
  },
  { table: 'evidence_subject_key', key: { id: 'uuid' }, column: 'key_sealed', context: SUBJECT_KEY_CONTEXT },
];

if (import.meta.main) await runReseal('collections', loadConfig(process.env), SEALED_COLUMNS);

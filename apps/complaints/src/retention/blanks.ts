import { GONE, type Blank } from '#retention';

const IDS = 'any($1::uuid[])';
const ofComplaint = (table: string, sealed: readonly string[], more: Partial<Blank> = {}): Blank => ({
  table,
  where: `complaint = ${IDS}`,
  sealed,
  ...more,
});
const CONTENT = JSON.stringify({
  facts: GONE,
  basis: [],
  reasons: GONE,
  remedyKinds: [],
  remedyText: null,
  remedyBy: null,
  apology: false,
  remediesOpen: [],
});
const PROOF = JSON.stringify({
  fileIds: [],
  receivedBy: null,
  receiptRef: null,
  trackingNo: null,
  recordingRef: null,
  spokeWith: null,
  readBack: null,
  to: null,
});

/** What people said and wrote in a complaint, and who they are. */
export const complaintBlanks: readonly Blank[] = [
  {
    table: 'complaint',
    where: `id = ${IDS}`,
    sealed: ['name_sealed', 'id_number_sealed', 'contact_sealed', 'proxy_sealed', 'subject_sealed', 'narrative_sealed', 'requests_sealed'],
    as: { requests_sealed: '[]', proxy_sealed: JSON.stringify({ name: GONE, idNumber: null, contact: null }) },
    also: ['id_number_index = null', 'contact_index = null'],
  },
  ofComplaint('complaint_intake', ['people_sealed'], { as: { people_sealed: '[]' } }),
  ofComplaint('complaint_text', ['text_sealed']),
  ofComplaint('complaint_note', ['text_sealed']),
  { table: 'complaint_note_version', where: `note in (select id from complaint_note where complaint = ${IDS})`, sealed: ['text_sealed'] },
  ofComplaint('timeline', ['note_sealed'], { as: { note_sealed: '{}' } }),
  ofComplaint('clock_event', ['note_sealed'], { as: { note_sealed: '{}' } }),
  ofComplaint('classification_change', ['reason_sealed']),
  ofComplaint('complaint_decision', ['content_sealed'], { as: { content_sealed: CONTENT } }),
  { table: 'decision_verdict', where: `decision in (select id from complaint_decision where complaint = ${IDS})`, sealed: ['note_sealed'] },
  ofComplaint('notice', ['proof_sealed'], { as: { proof_sealed: PROOF } }),
  ofComplaint('notice_try', ['note_sealed']),
  ofComplaint('notice_waiver', ['reason_sealed']),
  ofComplaint('review', [
    'reasons_sealed',
    'grace_sealed',
    'process_sealed',
    'term_sealed',
    'result_sealed',
    'decision_sealed',
    'told_proof_sealed',
    'withdrawal_sealed',
  ]),
  ofComplaint('mediation', ['subject_sealed', 'consent_sealed', 'terms_sealed']),
  { table: 'reopening', where: `complaint = ${IDS} or successor = ${IDS}`, sealed: ['reasons_sealed'] },
  ofComplaint('root_cause', ['whys_sealed', 'note_sealed'], { as: { whys_sealed: '[]' } }),
  ofComplaint('rectification', ['title_sealed', 'unmeasured_sealed', 'close_sealed']),
  ...(
    [
      ['rectification_step', ['text_sealed', 'note_sealed']],
      ['rectification_delay', ['reason_sealed', 'note_sealed']],
    ] as const
  ).map(([table, sealed]): Blank => ({ table, where: `rectification in (select id from rectification where complaint = ${IDS})`, sealed })),
  ofComplaint('approval_request', ['note_sealed']),
  ofComplaint('bad_faith_flag', ['note_sealed']),
  ofComplaint('bad_faith_decision', ['reason_sealed', 'second_note_sealed']),
  ofComplaint('sorting_paper', ['bytes_sealed']),
  ofComplaint('collection_hold_choice', ['reason_sealed']),
  ofComplaint('complaint_attribution', ['reason_sealed']),
  ofComplaint('stage_entry', ['note_sealed']),
  { table: 'work_entry', where: `task in (select id from work_task where complaint = ${IDS})`, sealed: ['text_sealed', 'reason_sealed'] },
  ofComplaint('complaint_proof', ['note_sealed']),
  { table: 'duplicate_decision', where: `later = ${IDS} or earlier = ${IDS}`, sealed: ['note_sealed', 'told_proof_sealed'] },
  ofComplaint('receipt_correction', ['reason_sealed', 'note_sealed']),
  ofComplaint('bulk_item', ['detail_sealed']),
];

/** What was made of the texts so that they can be found and compared. */
export const COMPLAINT_TRACES = ['complaint_search', 'bad_faith_mark', 'bad_faith_signature'] as const;

export const fileBlanks: readonly Blank[] = [
  {
    table: 'complaint_file',
    where: `id = ${IDS}`,
    sealed: ['file_name_sealed'],
    also: ['upload = null', 'removed_at = coalesce(removed_at, clock_timestamp())', `removed_by = coalesce(removed_by, 'retention')`],
  },
];
export const letterBlanks: readonly Blank[] = [
  { table: 'dispatch', where: `id = ${IDS}`, sealed: ['to_sealed', 'subject_sealed', 'body_sealed'] },
];
export const dossierBlanks: readonly Blank[] = [
  { table: 'dossier_item', where: `id = ${IDS}`, sealed: ['body_sealed'], as: { body_sealed: '{}' } },
];
export const callbackBlanks: readonly Blank[] = [
  { table: 'callback', where: `id = ${IDS}`, sealed: ['report_sealed', 'comment_sealed', 'look_sealed'] },
  { table: 'callback_try', where: `callback = ${IDS}`, sealed: ['note_sealed'] },
];

const ofMatter = (table: string, sealed: readonly string[], as: Blank['as'] = {}): Blank => ({
  table,
  where: `matter = ${IDS}`,
  sealed,
  as,
});

export const majorBlanks: readonly Blank[] = [
  { table: 'major_matter', where: `id = ${IDS}`, sealed: ['title_sealed'] },
  ofMatter('major_entry', ['note_sealed']),
  ofMatter('major_step', ['text_sealed', 'proof_sealed'], { text_sealed: JSON.stringify({ zh: GONE, en: GONE }) }),
  ofMatter('major_report', ['content_sealed', 'proof_sealed'], {
    content_sealed: JSON.stringify({ title: GONE, to: GONE, paragraphs: [], footnotes: [] }),
  }),
  ofMatter('major_alarm', ['reason_sealed']),
];

import type { Vault } from '#vault';
import { BANK, type Stage } from './stage.ts';

/** A row in every table of oversight whose words are sealed: what is read again after the key has changed. */
export async function sealOversight(stage: Stage, vault: Vault): Promise<void> {
  const row = async (into: string, values: string, contexts: readonly string[]): Promise<string> => {
    const [made] = await stage.sql<{ id: string }>(
      `insert into ${into.replace('(', '(institution_id, ')} values ('${BANK}', ${values}) returning *`,
      contexts.map((context) => vault.seal('说明', context)),
    );
    return made?.id ?? '';
  };
  const inspection = await row(
    'inspection (agency_id, kind, state, planned_on, inspector, checklist_version, items, planned_by, planned_at, done_at, done_on, done_by, summary_sealed)',
    `'A1', 'on-site', 'done', '2026-11-01', 's', 1, '[]', 's', now(), now(), '2026-11-01', 's', $1`,
    ['inspection.summary'],
  );
  await row(
    'inspection_answer (inspection, item_id, answer, note_sealed, answered_by, answered_at)',
    `'${inspection}', 'visits', 'ok', $1, 's', now()`,
    ['inspection_answer.note'],
  );
  const finding = await row(
    'inspection_finding (inspection, agency_id, severity, summary_sealed, due_on, found_by, found_at)',
    `'${inspection}', 'A1', 'minor', $1, '2026-12-01', 's', now()`,
    ['inspection_finding.summary'],
  );
  await row(
    'rectification (finding, report_sealed, reported_by, reported_at, verdict, verdict_note_sealed, verdict_by, verdict_at)',
    `'${finding}', $1, 's', now(), 'accepted', $2, 't', now()`,
    ['rectification.report', 'rectification.verdict_note'],
  );
  await row(
    `agency_evaluation (agency_id, period_from, period_to, state, as_of, facts, weights, weights_version, score, sha256, total, band, note_sealed, drafted_by, decided_by, decided_at,
       decision_note_sealed)`,
    `'A1', '2026-01-01', '2026-10-31', 'rejected', now(), '{}', '{}', 1, '{}', '', 50, 'D', $1, 's', 't', now(), $2`,
    ['agency_evaluation.note', 'agency_evaluation.decision_note'],
  );
  await row(
    `sanction (agency_id, step, state, suggested, reason_sealed, skip_reason_sealed, proposed_by, proposed_at, in_force_at, end_note_sealed, appeal_sealed, appealed_by, appealed_at, appeal_note_sealed)`,
    `'A1', 'talk', 'ended', 'talk', $1, $2, 's', now(), now(), $3, $4, 'a', now(), $5`,
    ['sanction.reason', 'sanction.skip_reason', 'sanction.end_note', 'sanction.appeal', 'sanction.appeal_note'],
  );
}

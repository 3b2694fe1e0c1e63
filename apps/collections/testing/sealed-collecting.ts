import type { Vault } from '#vault';
import { BANK, type Stage } from './stage.ts';

/** A row for each sealed column of the collectors’ day, on the case C7. */
export async function sealCollecting(stage: Stage, vault: Vault): Promise<void> {
  const ofCase = (sql: string, values: readonly unknown[]): Promise<unknown> =>
    stage.sql(`${sql} from collection_case c where c.case_id = 'C7' and c.institution_id = '${BANK}'`, values);
  await ofCase(
    `insert into recording (institution_id, collection_case, kind, media_type, sha256, uri_sealed, recorded_at, recorded_on, keep_years, keep_until, created_by, created_at)
     select '${BANK}', c.id, 'voice', 'audio/wav', decode(repeat('ab', 32), 'hex'), $1, now(), '2026-01-01', 2, '2028-01-01', 's', now()`,
    [vault.seal('https://x', 'recording.uri')],
  );
  await ofCase(
    `insert into case_note (institution_id, collection_case, shared, text_sealed, by, at) select '${BANK}', c.id, false, $1, 's', now()`,
    [vault.seal('备注', 'case_note.text')],
  );
  await stage.sql(`insert into hold (institution_id, debtor, kind, from_at, until_at, cause)
    select '${BANK}', debtor, 'cease', '2020-01-01', '2020-01-02', 'care' from collection_case where case_id = 'C7'`);
  await ofCase(
    `insert into care_case (institution_id, collection_case, debtor, hold, sign, source, words_sealed, opened_by, opened_at, decision, decided_by, decided_at, reason_sealed)
     select '${BANK}', c.id, c.debtor, (select id from hold where debtor = c.debtor limit 1), 'hardship', 'note/x', $1, 's', now(), 'keep', 't', now(), $2`,
    [vault.seal('[]', 'care_case.words'), vault.seal('x', 'care_case.reason')],
  );
  await ofCase(
    `insert into visit (institution_id, collection_case, attempt, collector_ids, planned_for, planned_by, planned_at, arrived_at, identity_shown_at, shown_to_sealed, consent,
       consent_asked_at, consent_of_sealed, consent_evidence_sealed)
     select '${BANK}', c.id, uuidv7(), '{a,b}', now(), 's', now(), now(), now(), $1, 'refused', now(), $2, $3`,
    [vault.seal('x', 'visit.shownTo'), vault.seal('x', 'visit.consentOf'), vault.seal('x', 'visit.consentEvidence')],
  );
  await ofCase(
    `insert into promise (institution_id, collection_case, amount, currency, due_on, made_at, made_by, note_sealed, grace_days, breaks_at)
     select '${BANK}', c.id, 1, 'CNY', '2026-01-01', now(), 's', $1, 0, now()`,
    [vault.seal('x', 'promise.note')],
  );
}

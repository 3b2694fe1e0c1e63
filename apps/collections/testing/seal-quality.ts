import type { Vault } from '#vault';
import { SEALED } from '../src/quality/quality.desk.ts';
import { BANK, type Stage } from './stage.ts';

/** A row of what quality assurance keeps sealed. */
export async function sealQuality(stage: Stage, vault: Vault): Promise<void> {
  await stage.sql(
    `with plan as (insert into quality_plan (institution_id, period_from, period_to, seed, percent, minimum, second_percent, sheet_version, layers, drawn_at, drawn_by)
       values ('${BANK}', '2026-01-01', '2026-01-07', 's', 1, 1, 1, 0, '[]', now(), 's') returning id),
     sample as (insert into quality_sample (institution_id, plan, unit, collector_ids, recorded_at, second, disputed_at, disputed_by, dispute_sealed, answer_sealed)
       select '${BANK}', id, gen_random_uuid(), '{}', now(), false, now(), 's', $1, $2 from plan returning id)
     insert into quality_review (institution_id, sample, position, reviewer, opened_at, marks, comment_sealed, done_at) select '${BANK}', id, 1, 's', now(), '{}', $3, now() from sample`,
    [vault.seal('说明', SEALED.dispute), vault.seal('说明', SEALED.answer), vault.seal('说明', SEALED.comment)],
  );
}

import type { Tx } from '#pg';

/**
 * Destroys every key of a subject: what was personal in its records can be read no more, by anybody, and each record still proves that it was there.
 * Returns how many keys there were. For whoever carries out a retention rule.
 */
export async function destroySubjectKeys(tx: Tx, institutionId: string, subject: string): Promise<number> {
  const rows = await tx.query('delete from evidence_subject_key where institution_id = $1 and subject = $2 returning id', [
    institutionId,
    subject,
  ]);
  return rows.length;
}

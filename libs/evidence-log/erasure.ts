import type { Tx } from '#pg';

/**
 * Destroys every key of these subjects: what was personal in their records can be read no more, by anybody, and each record still proves that it was
 * there. Returns how many keys there were. For whoever carries out a retention rule.
 */
export async function destroySubjectKeys(tx: Tx, institutionId: string, ...subjects: readonly string[]): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'with gone as (delete from evidence_subject_key where institution_id = $1 and subject = any($2) returning id) select count(*)::int as count from gone',
    [institutionId, subjects],
  );
  return row?.count ?? 0;
}

import type { Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { isUuid } from '#wire';

/**
 * Files that a request names, once each, when all of them are files of one of these complaints and still there. Refuses with INVALID naming the place of
 * each that is not; whose file it is else, nobody learns.
 */
export async function ownFiles(
  tx: Tx,
  complaintIds: readonly string[],
  pointer: string,
  given: readonly string[] | null | undefined,
): Promise<readonly string[]> {
  const ids = (given ?? []).map((id) => id.toLowerCase());
  if (ids.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    'select id from complaint_file where complaint = any($1) and id = any($2) and removed_at is null',
    [complaintIds, ids.filter(isUuid)],
  );
  const known = new Set(rows.map(({ id }) => id));
  const errors = ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ pointer: `${pointer}/${index}`, detail: 'is no file of this complaint; add it to the complaint first' }],
  );
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
  return [...new Set(ids)];
}

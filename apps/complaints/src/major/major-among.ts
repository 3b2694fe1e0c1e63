import type { Tx } from '#pg';

/** Told when complaints become part of an open major matter, or are no longer; payload { institutionId, complaintIds: comma-separated }. */
export const MAJOR_CHANGED = 'complaint.major-changed';

/** Of these complaints those that are part of an open major matter. A drill has none. */
export async function majorAmong(tx: Tx, complaintIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (complaintIds.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>('select distinct complaint as id from major_complaint where complaint = any($1) and active', [
    complaintIds,
  ]);
  return new Set(rows.map(({ id }) => id));
}

export const isMajor = async (tx: Tx, complaintId: string): Promise<boolean> => (await majorAmong(tx, [complaintId])).has(complaintId);

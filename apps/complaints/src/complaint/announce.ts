import { enqueue } from '#outbox';
import type { Tx } from '#pg';

const MOST = 200;

/** Wakes whoever has something to do with these complaints, so many in a message; payload { institutionId, complaintIds: comma-separated }. */
export async function announce(tx: Tx, institutionId: string, topic: string, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += MOST)
    await enqueue(tx, institutionId, topic, { institutionId, complaintIds: ids.slice(from, from + MOST).join(',') });
}

/** The complaints of such a message. */
export const announced = (complaintIds = ''): string[] => complaintIds.split(',').filter((id) => id !== '');

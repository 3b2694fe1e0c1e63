import type { Tx } from '#pg';
import { EvidenceStore } from './evidence.store.ts';

/** How far the log was signed, as it is written into what others keep. */
export interface HeadMark {
  readonly size: number;
  /** Hexadecimal. */
  readonly rootHash: string;
  readonly at: string;
  readonly keyId: string;
}

/** The newest head that the transaction sees; null: nothing has been sealed yet. */
export async function newestHead(tx: Tx, institutionId: string): Promise<HeadMark | null> {
  const head = await new EvidenceStore().newestHead(tx, institutionId);
  return head && { size: Number(head.size), rootHash: head.root.toString('hex'), at: head.at.toISOString(), keyId: head.key };
}

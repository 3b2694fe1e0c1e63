/** What collections is told of a complaint about collection, whole, whenever something of it changes. It answers what it has. */
export const FILE_REQUESTED = 'complaint.file-requested';
/** What collections says when it comes to know an account that it did not know when it was asked. */
export const FILE_KNOWN = 'collections.complaint-file';
/** The job that reads a file from collections. */
export const DOSSIER_READ = 'dossier.read';

export interface FileRequest {
  readonly complaintId: string;
  readonly version: number;
}

export interface FileHeads {
  readonly state: 'known' | 'closed' | 'no-case' | 'no-account';
  readonly debtorId: string | null;
  readonly caseIds: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

const STATES = ['known', 'closed', 'no-case', 'no-account'] as const;

/** Throws Error for what is none: it comes from another service. */
export function readHeads(result: unknown): FileHeads {
  const { state, debtorId, caseIds, counts } = result as Record<string, unknown>;
  const known = STATES.find((one) => one === state);
  if (known === undefined) throw new Error(`collections answered a file with ${String(state)}`);
  const isCount = (entry: [string, unknown]): entry is [string, number] => typeof entry[1] === 'number';
  return {
    state: known,
    debtorId: typeof debtorId === 'string' ? debtorId : null,
    caseIds: Array.isArray(caseIds) ? caseIds.filter((id) => typeof id === 'string') : [],
    counts: typeof counts === 'object' && counts !== null ? Object.fromEntries(Object.entries(counts).filter(isCount)) : {},
  };
}

/** Which request a message is about. Throws Error where it does not say. */
export function readFileRequest(payload: unknown): FileRequest {
  const { complaintId, version } = payload as Record<string, unknown>;
  if (typeof complaintId !== 'string' || typeof version !== 'number') throw new Error('what collections says of a file cannot be read');
  return { complaintId, version };
}

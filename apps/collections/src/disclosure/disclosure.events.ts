import { isInstant, isUuid } from '#wire';

/** What the complaints service says of a complaint about collection, whole, whenever something of it changes. */
export const FILE_REQUESTED = 'complaint.file-requested';
/** What it says caused a complaint. */
export const ATTRIBUTED = 'complaint.attributed';
/** What we tell it when an account is known that was not when it asked. */
export const FILE_KNOWN = 'collections.complaint-file';

export const OUTCOMES = ['upheld', 'partly-upheld', 'not-upheld'] as const;
export const CAUSE_KINDS = ['rule', 'script', 'collector', 'agency', 'none'] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];

export interface FileRequest {
  readonly complaintId: string;
  readonly version: number;
  readonly number: string;
  readonly account: string | null;
  readonly agencyId: string | null;
  readonly collectorId: string | null;
  readonly receivedAt: string;
  readonly from: string;
  readonly closedAt: string | null;
  readonly decidedAt: string | null;
  readonly outcome: string | null;
  readonly withdrawnAt: string | null;
  readonly declinedAt: string | null;
}

export interface Cause {
  readonly id: string;
  readonly kind: CauseKind;
  readonly target: string | null;
  readonly targetVersion: number | null;
  readonly agencyId: string | null;
  readonly restsOn: string | null;
  readonly confirmedAt: string;
}

export interface Attribution {
  readonly complaintId: string;
  readonly version: number;
  readonly number: string;
  readonly causes: readonly Cause[];
}

/** How many of each kind there are, and the span that they lie in. A type, not an interface: it is what an event carries. */
export type FileHeads = {
  readonly state: 'known' | 'no-case' | 'no-account' | 'closed';
  readonly debtorId?: string;
  readonly caseIds?: readonly string[];
  readonly counts?: Readonly<Record<string, number>>;
  readonly firstAt?: string;
  readonly lastAt?: string;
};

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 200;
const textOrNull = (value: unknown): string | null => (isText(value) ? value : null);
const instantOrNull = (value: unknown): string | null => (isInstant(value) ? String(value) : null);

/** Throws Error for what is none: it comes from another service. */
export function readFileRequest(payload: unknown): FileRequest {
  const given = payload as Record<string, unknown>;
  const { complaintId, version, number, receivedAt, from } = given;
  const whole = isText(complaintId) && isUuid(complaintId) && Number.isSafeInteger(version) && isText(number);
  if (!whole || !isInstant(receivedAt) || !isInstant(from)) throw new Error('a request for a file cannot be read');
  return {
    complaintId,
    version: Number(version),
    number,
    receivedAt,
    from,
    account: textOrNull(given.account),
    agencyId: textOrNull(given.agencyId),
    collectorId: textOrNull(given.collectorId),
    closedAt: instantOrNull(given.closedAt),
    decidedAt: instantOrNull(given.decidedAt),
    outcome: OUTCOMES.find((outcome) => outcome === given.outcome) ?? null,
    withdrawnAt: instantOrNull(given.withdrawnAt),
    declinedAt: instantOrNull(given.declinedAt),
  };
}

function readCause(value: unknown): Cause {
  const given = value as Record<string, unknown>;
  const kind = CAUSE_KINDS.find((one) => one === given.kind);
  const target = textOrNull(given.target);
  const { id, confirmedAt } = given;
  if (!isText(id) || !isUuid(id) || kind === undefined || !isInstant(confirmedAt) || (kind === 'none') !== (target === null))
    throw new Error('a cause of a complaint cannot be read');
  return {
    id,
    kind,
    target,
    confirmedAt,
    targetVersion: kind === 'script' && Number.isSafeInteger(given.targetVersion) ? Number(given.targetVersion) : null,
    agencyId: textOrNull(given.agencyId),
    restsOn: isText(given.restsOn) && isUuid(given.restsOn) ? given.restsOn : null,
  };
}

/** Throws Error for what is none. */
export function readAttribution(payload: unknown): Attribution {
  const { complaintId, version, number, causes } = payload as Record<string, unknown>;
  const whole = isText(complaintId) && isUuid(complaintId) && Number.isSafeInteger(version) && isText(number) && Array.isArray(causes);
  if (!whole) throw new Error('what caused a complaint cannot be read');
  return { complaintId, version: Number(version), number, causes: causes.map(readCause) };
}

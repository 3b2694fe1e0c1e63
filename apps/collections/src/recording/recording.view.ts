import type { Principal, Role } from '#auth';
import { Zone } from '#contact-rules';
import { keptFor } from './keep-until.ts';
import type { RecordingView } from './recording.dto.ts';
import type { RecordingRecord } from './recording.store.ts';

// Whoever answers for what is said, and whoever looks into a complaint about it. Collectors hear their own.
const LISTENS: readonly Role[] = [
  'agency-supervisor',
  'collections-manager',
  'compliance',
  'complaint-handler',
  'complaint-supervisor',
  'regulator',
];

export const mayListen = ({ roles, subject }: Principal, { createdBy }: RecordingRecord): boolean =>
  createdBy === subject || roles.some((role) => LISTENS.includes(role));

/** For the law: by a person, or by a complaint about it. */
export const isHeld = ({ heldAt, complaints }: RecordingRecord): boolean => heldAt !== null || complaints.length > 0;

const isGone = ({ destroyedAt }: RecordingRecord): boolean => destroyedAt !== null;

export function toRecordingView(record: RecordingRecord, principal: Principal, now: Date): RecordingView {
  const zone = Zone.of(record.timeZone);
  const instant = (at: Date | null): string | null => at && zone.format(at.getTime());
  const today = zone.format(now.getTime()).slice(0, 10);
  const { keepUntil, debtCleared, heldAt } = record;
  const listens = mayListen(principal, record) && !isGone(record);
  return {
    id: record.id,
    caseId: record.caseId,
    attemptId: record.attemptId,
    agencyId: record.agencyId,
    kind: record.kind,
    mediaType: record.mediaType,
    bytes: record.bytes,
    sha256: record.sha256,
    keptHere: record.upload !== null,
    uri: listens ? record.uri : null,
    mayListen: listens && record.upload !== null,
    recordedAt: zone.format(record.recordedAt.getTime()),
    keepUntil,
    keptFor: isGone(record) ? null : keptFor({ keepUntil, debtCleared, held: isHeld(record) }, today),
    untilCleared: debtCleared !== null,
    heldAt: instant(heldAt),
    complaints: record.complaints,
    createdBy: record.createdBy,
    createdAt: zone.format(record.createdAt.getTime()),
    destroyedAt: instant(record.destroyedAt),
  };
}

import { Zone } from '#contact-rules';
import type { VisitView } from './visit.dto.ts';
import type { VisitRecord } from './visit.store.ts';

/** `sees`: whether the reader sees who was at the door. */
export function toVisitView(record: VisitRecord, sees: boolean): VisitView {
  const zone = Zone.of(record.timeZone);
  const instant = (at: Date | null): string | null => at && zone.format(at.getTime());
  return {
    id: record.id,
    caseId: record.caseId,
    attemptId: record.attemptId,
    state: record.state,
    agencyId: record.agencyId,
    collectorIds: record.collectorIds,
    plannedFor: zone.format(record.plannedFor.getTime()),
    permitExpiresAt: zone.format(record.permitExpiresAt.getTime()),
    plannedBy: record.plannedBy,
    arrivedAt: instant(record.arrivedAt),
    identityShownAt: instant(record.identityShownAt),
    shownTo: sees ? record.shownTo : null,
    consent: record.consent,
    consentAskedAt: instant(record.consentAskedAt),
    consentOf: sees ? record.consentOf : null,
    consentEvidence: sees ? record.consentEvidence : null,
    enteredAt: instant(record.enteredAt),
    leftAt: instant(record.leftAt),
    cameraRecordingId: record.cameraRecordingId,
    result: record.result,
    photos: record.photos.map(({ takenAt, ...photo }) => ({ ...photo, takenAt: zone.format(Date.parse(takenAt)) })),
  };
}

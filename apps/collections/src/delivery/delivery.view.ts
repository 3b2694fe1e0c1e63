import { Zone } from '#contact-rules';
import type { DeliveryStep, DeliveryView } from './delivery.dto.ts';
import type { DeliveryRecord, Step } from './delivery.store.ts';

const instantIn = (timeZone: string) => {
  const zone = Zone.of(timeZone);
  return (at: Date | null): string | null => (at === null ? null : zone.format(at.getTime()));
};

export function toDeliveryView(record: DeliveryRecord): DeliveryView {
  const zone = Zone.of(record.timeZone);
  const instant = instantIn(record.timeZone);
  return {
    id: record.id,
    caseId: record.caseId,
    partyId: record.partyId,
    contactPointId: record.contactPointId,
    kind: record.kind,
    channel: record.channel,
    purpose: record.purpose,
    templateId: record.templateId,
    version: record.version,
    state: record.state,
    code: record.code,
    tries: record.tries,
    askedBy: record.askedBy,
    askedAt: zone.format(record.askedAt.getTime()),
    attemptId: record.attempt,
    permitExpiresAt: instant(record.permitExpiresAt),
    sentAt: instant(record.sentAt),
    settledAt: instant(record.settledAt),
  };
}

export function toStepView({ state, at, by, code = null }: Step, timeZone: string): DeliveryStep {
  return { state, at: Zone.of(timeZone).format(at.getTime()), by, code };
}

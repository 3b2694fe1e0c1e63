import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { maskContactPoint } from '#vault';
import type { Reading } from '../complaint/complaint.mapper.ts';
import type { DispatchDetail, DispatchView } from './dispatch.dto.ts';
import type { DispatchRecord } from './dispatch.store.ts';

export const TO_CONTEXT = 'dispatch.to';
export const SUBJECT_CONTEXT = 'dispatch.subject';
export const BODY_CONTEXT = 'dispatch.body';

export function toDispatchView(record: DispatchRecord, { vault, masked }: Pick<Reading, 'vault' | 'masked'>): DispatchView {
  const zone = Zone.of(DEFAULT_TIME_ZONE);
  const instant = (at: Date | null): string | null => at && zone.format(at.getTime());
  const to = vault.open(record.toSealed, TO_CONTEXT);
  return {
    id: record.id,
    complaintId: record.complaintId,
    channel: record.channel,
    purpose: record.purpose,
    to: masked ? maskContactPoint(to) : to,
    state: record.state,
    code: record.code,
    tries: record.tries,
    askedBy: record.askedBy,
    askedAt: zone.format(record.askedAt.getTime()),
    nextTryAt: record.state === 'queued' && !record.inHand ? instant(record.wakeAt) : null,
    sentAt: instant(record.sentAt),
    deliveredAt: instant(record.deliveredAt),
    settledAt: instant(record.settledAt),
    providerId: record.providerId,
  };
}

export function toDispatchDetail(record: DispatchRecord, reading: Pick<Reading, 'vault' | 'masked'>): DispatchDetail {
  const { vault, masked } = reading;
  return {
    ...toDispatchView(record, reading),
    subject: masked ? '' : vault.open(record.subjectSealed, SUBJECT_CONTEXT),
    body: masked ? null : vault.open(record.bodySealed, BODY_CONTEXT),
  };
}

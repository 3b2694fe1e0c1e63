import type { Language } from '#contact-rules';
import type { ClockRejection } from '../complaint/complaint.view.ts';
import { rejectionText } from '../complaint/rejection-text.ts';
import type { Entry } from '../timeline/timeline.service.ts';
import type { ClockEventAnswer } from './event.dto.ts';

/** What came of an event, from its entry in the timeline: the same whenever it is asked again. */
export function toOutcome({ data }: Entry, language: Language): Omit<ClockEventAnswer, 'complaint'> {
  const { eventId, rejected } = data as { eventId?: string; rejected?: Pick<ClockRejection, 'code' | 'source'> };
  if (!rejected) return { id: eventId ?? null, accepted: true, rejected: null };
  const { code, source } = rejected;
  return { id: null, accepted: false, rejected: { code, detail: rejectionText(code, language), source } };
}

import { TERM_IDS, type ClockAnswer } from '#clock-rules';
import { Zone, type Language } from '#contact-rules';
import type { Vault } from '#vault';
import type { Entry } from '../timeline/timeline.service.ts';
import type { TimelineItem } from '../timeline/timeline.view.ts';
import { asksForHold } from '../hold/about-collection.ts';
import type { ComplaintState, DueBucket } from './complaint.dto.ts';
import type { ComplaintRecord } from './complaint.record.ts';
import type { ClockSummary, ClockView, ComplaintListItem, ComplaintView } from './complaint.view.ts';
import { openNote } from './registration.service.ts';
import { rejectionText } from './rejection-text.ts';
import { maskData, maskText, openData, type PersonalData } from './sealing.ts';

const DAY_MS = 86_400_000;

/** Who reads, at which instant. */
export interface Reading {
  readonly now: Date;
  readonly masked: boolean;
  readonly vault: Vault;
}

/** Local dates from the instant to the date. */
const daysTo = (date: string, now: Date, zone: Zone): number =>
  Math.round((Date.parse(date) - Date.parse(zone.format(now.getTime()).slice(0, 10))) / DAY_MS);

const isOverdue = ({ closedAt, state, dueAt }: ComplaintRecord, now: Date): boolean =>
  closedAt === null && state !== 'paused' && dueAt.getTime() <= now.getTime();

/** As it is now, whatever the column says: nobody has to write for time to pass. */
function shownState(record: ComplaintRecord, now: Date): ComplaintState {
  return isOverdue(record, now) ? 'missed' : record.state;
}

function bucketOf(record: ComplaintRecord, now: Date): DueBucket {
  if (record.closedAt !== null) return 'closed';
  if (record.state === 'paused') return 'paused';
  if (isOverdue(record, now)) return 'overdue';
  const days = daysTo(record.dueOn, now, Zone.of(record.timeZone));
  if (days <= 0) return 'today';
  if (days <= 3) return 'within-3';
  return days <= 7 ? 'within-7' : 'later';
}

const summaryOf = (record: ComplaintRecord, now: Date, zone: Zone): ClockSummary => ({
  state: shownState(record, now),
  termId: TERM_IDS.find((term) => term === record.termId) ?? 'decide',
  dueOn: record.dueOn,
  dueAt: zone.format(record.dueAt.getTime()),
  provisional: record.provisional,
  daysLeft: daysTo(record.dueOn, now, zone),
});

export const toClockView = (answer: ClockAnswer): ClockView => ({
  state: answer.state,
  termId: answer.termId,
  dueOn: answer.dueOn,
  dueAt: answer.dueAt,
  provisional: answer.provisional,
  daysLeft: answer.daysLeft,
  segments: answer.segments.map(({ from, to, cause }) => ({ from, to, cause })),
  rejected: answer.rejected.map(({ index, code, detail, source }) => ({ index, code, detail, source })),
  ...(answer.windows && {
    windows: answer.windows.map(({ termId, lastOn, endsAt, provisional, state, source }) => ({
      termId,
      lastOn,
      endsAt,
      provisional,
      state,
      source,
    })),
  }),
});

function read(record: ComplaintRecord, { vault, masked }: Reading): PersonalData {
  const data = openData(vault, record);
  return masked ? maskData(data) : data;
}

function itemOf(record: ComplaintRecord, personal: PersonalData, { now, masked }: Reading): ComplaintListItem {
  const zone = Zone.of(record.timeZone);
  const instant = (at: Date): string => zone.format(at.getTime());
  const { agencyId, collectorId, staffId } = record;
  return {
    id: record.id,
    number: record.number,
    externalRef: record.externalRef,
    channel: record.channel,
    category: record.category,
    receivedAt: instant(record.receivedAt),
    registeredAt: instant(record.registeredAt),
    timeZone: record.timeZone,
    pack: record.pack,
    complainant: { name: personal.name },
    account: record.account,
    subject: personal.subject,
    against: { agencyId, collectorId, staffId },
    groupSize: record.groupSize,
    handler: record.handler,
    state: shownState(record, now),
    dueBucket: bucketOf(record, now),
    clock: summaryOf(record, now, zone),
    hold: { state: record.holdState, scope: asksForHold(record) && record.holdState !== 'none' ? { agencyId, collectorId } : null },
    source: record.source,
    decidedAt: record.decidedAt && instant(record.decidedAt),
    toldAt: record.toldAt && instant(record.toldAt),
    closedAt: record.closedAt && instant(record.closedAt),
    masked,
  };
}

export const toListItem = (record: ComplaintRecord, reading: Reading): ComplaintListItem => itemOf(record, read(record, reading), reading);

export function toComplaintView(record: ComplaintRecord, answer: ClockAnswer, reading: Reading): ComplaintView {
  const personal = read(record, reading);
  const { name, idNumber, contact, proxy, narrative, requests } = personal;
  return {
    ...itemOf(record, personal, reading),
    complainant: { name, idNumber, contact, proxy: proxy && { name: proxy.name, idNumber: proxy.idNumber, contact: proxy.contact } },
    narrative,
    requests,
    clock: toClockView(answer),
    matter: record.matter,
    packRule: record.packRule,
    registeredBy: record.registeredBy,
  };
}

// What entries keep in UTC, as all columns are.
const INSTANTS = ['at', 'complainantToldAt', 'toldAt', 'until', 'dueAt', 'receivedBefore', 'receivedAfter'] as const;

/** Of a timeline, with what people wrote and why the rules refused. */
export function toTimelineItem(entry: Entry, record: ComplaintRecord, { vault, masked }: Reading, language: Language): TimelineItem {
  const known = masked ? openData(vault, record) : null;
  const written = Object.entries(openNote(vault, entry.noteSealed));
  const shown = Object.fromEntries(written.map(([field, text]) => [field, known === null ? text : maskText(text, known)]));
  const { id, at, kind, actor, data } = entry;
  const zone = Zone.of(record.timeZone);
  const instants = INSTANTS.flatMap((field) => (typeof data[field] === 'string' ? [[field, zone.format(Date.parse(data[field]))]] : []));
  const rejected = data.rejected as { code: string; source: string } | undefined;
  const why = rejected ? { rejected: { ...rejected, detail: rejectionText(rejected.code, language) } } : {};
  return { id, at: zone.format(at.getTime()), kind, actor, data: { ...data, ...Object.fromEntries(instants), ...shown, ...why } };
}

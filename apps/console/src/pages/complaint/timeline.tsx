import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../session/session.ts';
import { Section } from '../../ui/section.tsx';
import { inZone } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { localTime } from './dates.ts';
import { useCalendarLines } from './calendar/use-calendar-lines.ts';
import { useHandlingLines } from './handling/use-lines.ts';
import { useAdditionLines } from './public/use-addition-lines.ts';
import type { TimelineItem } from './wire.ts';
import { useWord } from './words.ts';

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

const FREE_TEXTS = ['note', 'evidence', 'text', 'proof'] as const;

type Tone = 'good' | 'bad' | 'wait' | 'plain';

function toneOf({ kind, data }: TimelineItem): Tone {
  if (kind === 'clock-event-refused') return 'bad';
  if (kind === 'milestone') return asText(data.kind).startsWith('overdue') ? 'bad' : 'wait';
  if (kind === 'hold-set') return 'wait';
  return kind === 'clock-event' && ['told', 'decided'].includes(asText(data.type)) ? 'good' : 'plain';
}

function useTitle(): (item: TimelineItem) => string {
  const { t } = useTranslation();
  const word = useWord();
  const person = usePerson();
  return ({ kind, data }) => {
    switch (kind) {
      case 'clock-event':
        return word('clock.event', asText(data.type));
      case 'clock-event-refused':
        return t('complaint.timeline.refusedEvent', { event: word('clock.event', asText(data.type)) });
      case 'milestone':
        return word('clock.milestone', asText(data.kind));
      case 'assigned':
        return t('complaint.timeline.assigned', { handler: person(asText(data.handler)) });
      case 'hold-requested':
        // The same request, with an end, asks for the release.
        return word('complaint.timeline.kind', asText(data.until) === '' ? kind : 'hold-release-requested');
      default:
        return word('complaint.timeline.kind', kind);
    }
  };
}

/** What the event said, a line each. */
function useLines(timeZone: string): (item: TimelineItem) => readonly string[] {
  const { t } = useTranslation();
  const word = useWord();
  const handlingLines = useHandlingLines();
  const additionLines = useAdditionLines();
  const calendarLines = useCalendarLines();
  return ({ kind, at, data }) => {
    if (kind === 'complainant-added') return additionLines(data);
    if (kind === 'calendar-recomputed') return calendarLines(data);
    if (kind !== 'clock-event' && kind !== 'clock-event-refused') return handlingLines(data);
    const lines: string[] = [];
    const add = (value: unknown, line: (text: string) => string): void => {
      if (asText(value) !== '') lines.push(line(asText(value)));
    };
    const isReason = data.type === 'paused';
    const there = (instant: string): string => localTime(inZone(instant, timeZone));
    if (asText(data.at) !== '' && there(asText(data.at)) !== localTime(at))
      add(data.at, (time) => t('complaint.timeline.happened', { time: there(time) }));
    add(data.outcome, (outcome) => word('complaint.action.outcome', outcome));
    add(data.form, (form) => word('complaint.action.form', form));
    add(data.reason, (reason) => (isReason ? word('clock.reason', reason) : reason));
    add(data.approverLevel, (level) => t('complaint.timeline.approvedBy', { level: word('clock.approver', level) }));
    add(data.dueOn, (date) => t('complaint.timeline.dueOn', { date }));
    add(data.complainantToldAt, (time) => t('complaint.timeline.told', { time: there(time) }));
    // A decline says it twice.
    if (asText(data.toldAt) !== asText(data.complainantToldAt))
      add(data.toldAt, (time) => t('complaint.timeline.told', { time: there(time) }));
    for (const name of FREE_TEXTS) add(data[name], (text) => text);
    return lines;
  };
}

function Rejected({ rejected }: { readonly rejected: unknown }): ReactNode {
  const { t } = useTranslation();
  const word = useWord();
  if (typeof rejected !== 'object' || rejected === null) return null;
  const { code, detail, source } = rejected as { code?: unknown; detail?: unknown; source?: unknown };
  return (
    <p className="fb-timeline-refused">
      {word('clock.rejected', asText(code), asText(detail))}{' '}
      <span className="fb-article">{t('complaint.action.article', { article: asText(source) })}</span>
    </p>
  );
}

export interface TimelineProps {
  readonly items: readonly TimelineItem[];
  readonly timeZone: string;
  readonly isLoading: boolean;
}

/** What happened to a complaint, newest first, with who did it and the local time. */
export function Timeline({ items, timeZone, isLoading }: TimelineProps): ReactNode {
  const { t } = useTranslation();
  const title = useTitle();
  const mayProve = useMay('complaints.listEvidenceRecords');
  const person = usePerson();
  const lines = useLines(timeZone);
  // Their ids grow with time; those of one millisecond stay as they are.
  const newestFirst = items.toSorted((a, b) => b.at.localeCompare(a.at) || (a.id < b.id ? 1 : -1));
  return (
    <Section
      title={t('complaint.timeline.title')}
      aside={<span className="fb-soft">{t('complaint.timeline.zone', { zone: timeZone })}</span>}
    >
      <ol className="fb-timeline" aria-busy={isLoading}>
        {newestFirst.map((item) => (
          <li key={item.id} className={`fb-timeline-item fb-timeline-${toneOf(item)}`}>
            <div className="fb-timeline-head">
              <strong>{title(item)}</strong>
              <time dateTime={item.at}>{localTime(item.at)}</time>
              <span className="fb-timeline-actor">{person(item.actor)}</span>
              {mayProve && <Link to={`/evidence?service=complaints&about=${item.id}`}>{t('evidence.prove')}</Link>}
            </div>
            {item.kind === 'clock-event-refused' && <Rejected rejected={item.data.rejected} />}
            {lines(item).map((line) => (
              <p key={line}>{line}</p>
            ))}
          </li>
        ))}
      </ol>
    </Section>
  );
}

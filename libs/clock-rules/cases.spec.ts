import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { parse } from 'yaml';
import {
  calendarFrom,
  calendarOf,
  CLOCK_PACK_NAMES,
  evaluateClock,
  EVENT_TYPES,
  findClockPack,
  PUBLISHED_CALENDARS,
  REJECTION_CODES,
  reviewClock,
  toClockMessage,
  workingDaysAfter,
  type Calendar,
  type CalendarYear,
  type ClockEvent,
  type ClockPack,
  type ReviewInput,
} from './index.ts';

interface Case {
  note: string;
  source: string;
  /** Of the file when left out, and `cn-banking-2020` when that says none. */
  pack?: string;
  matter?: 'payment-services';
  zone?: string;
  /** Years that were published or corrected since; all others as they come with Forbear. */
  published?: CalendarYear[];
  received?: string;
  at: string;
  events?: string[];
  want: {
    state: string;
    term?: string;
    due?: string;
    dueAt?: string;
    left?: number;
    segments?: string[];
    rejected?: string[];
    provisional?: boolean;
    window?: string;
  };
}

interface ReviewCase {
  note: string;
  source: string;
  clock: ReviewInput['termId'];
  zone?: string;
  started: string;
  done?: string;
  at: string;
  want: { state: string; due: string; dueAt?: string; left?: number; provisional?: boolean };
}

interface Walk {
  note: string;
  source: string;
  country?: string;
  from: string;
  days: number;
  want: { date: string; provisional: boolean };
}

const RECEIVED = '2026-02-10 09:00';

/** Local time of the case, `2026-02-10 09:00`, or an instant as it stands. */
function toInstant(text: string, zone: string): string {
  if (/(Z|[+-]\d{2}:\d{2})$/.test(text)) return text;
  return Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(zone).toInstant().toString();
}

const words: Record<string, (value: string, zone: string) => Partial<ClockEvent>> = {
  approver: (value) => ({ approverLevel: value as 'superior' }),
  told: (value, zone) => ({ complainantToldAt: toInstant(value, zone) }),
  reason: (value) => ({ reason: value as 'mediation' }),
  agreed: (value) => ({ complainantAgreed: value === 'yes' }),
  due: (value) => ({ dueOn: value }),
  intime: (value) => ({ inTime: value === 'yes' }),
};

function toEvent(text: string, zone: string): ClockEvent {
  const [, at = '', type = '', rest = ''] = /^(\S+(?: \d{2}:\d{2})?) ([a-z-]+)(.*)$/.exec(text) ?? [];
  const fields = rest.trim() === '' ? [] : rest.trim().split(' ');
  const facts = fields.map((field) => {
    const [key = '', value = ''] = field.split('=');
    const read = words[key];
    if (!read) throw new Error(`${key} is not a word of a case`);
    return read(value, zone);
  });
  return { type: type as ClockEvent['type'], at: toInstant(at, zone), ...Object.assign({}, ...facts) };
}

const folder = join(import.meta.dirname, 'cases');
const files = readdirSync(folder).map((name) => ({
  name,
  ...(parse(readFileSync(join(folder, name), 'utf8')) as {
    pack?: string;
    zone?: string;
    term: string[];
    cases?: Case[];
    workingDays?: Walk[];
    reviews?: ReviewCase[];
  }),
}));

function packNamed(name: string): ClockPack {
  const pack = findClockPack(name);
  if (!pack) throw new Error(`${name} is missing`);
  return pack;
}

/** The country's calendar with years that were published since. */
function calendarWith(country: string, published: readonly CalendarYear[]): Calendar {
  const years = PUBLISHED_CALENDARS.find((one) => one.country === country)?.years ?? [];
  return calendarFrom(country, [...years, ...published]);
}

const shortSegments = (segments: readonly { from: string; to: string | null; cause: string }[]): string[] =>
  segments.map(({ from, to, cause }) => `${from}..${to ?? ''} ${cause}`);

const DEFAULT_PACK = 'cn-banking-2020';

describe.each(files.filter(({ cases }) => cases))(
  '$name',
  ({ cases = [], pack: ofFile = DEFAULT_PACK, zone: zoneOfFile = 'Asia/Shanghai' }) => {
    it.each(cases)('$note ($source)', ({ zone = zoneOfFile, received = RECEIVED, at, events = [], want, ...given }) => {
      const pack = packNamed(given.pack ?? ofFile);
      const input = {
        pack: pack.pack,
        timeZone: zone,
        matter: given.matter ?? null,
        receivedAt: toInstant(received, zone),
        at: toInstant(at, zone),
        events: events.map((event) => toEvent(event, zone)),
      };
      const answer = evaluateClock(input, pack, calendarWith(pack.country, given.published ?? []));
      expect({
        state: answer.state,
        rejected: answer.rejected.map(({ index, code }) => `${index} ${code}`),
      }).toEqual({ state: want.state, rejected: want.rejected ?? [] });
      if (want.term) expect(answer.termId).toBe(want.term);
      if (want.due) expect(answer.dueOn).toBe(want.due);
      if (want.dueAt) expect(answer.dueAt).toBe(want.dueAt);
      if (want.left !== undefined) expect(answer.daysLeft).toBe(want.left);
      if (want.segments) expect(shortSegments(answer.segments)).toEqual(want.segments);
      if (want.window) expect((answer.windows ?? []).map(({ lastOn, state }) => `${lastOn} ${state}`)).toEqual([want.window]);
      // Natural days are what they are, in whatever year.
      expect(answer.provisional).toBe(want.provisional ?? false);
    });
  },
);

describe.each(files.filter(({ workingDays }) => workingDays))('$name', ({ workingDays = [] }) => {
  it.each(workingDays)('$note ($source)', ({ country = 'CN', from, days, want }) => {
    expect(workingDaysAfter(from, days, calendarOf(country))).toEqual(want);
  });
});

describe.each(files.filter(({ reviews }) => reviews))('$name', ({ reviews = [], pack = DEFAULT_PACK }) => {
  it.each(reviews)('$note ($source)', ({ clock, zone = 'Asia/Shanghai', started, done, at, source, want }) => {
    const answer = reviewClock(
      {
        termId: clock,
        timeZone: zone,
        startedAt: toInstant(started, zone),
        doneAt: done === undefined ? null : toInstant(done, zone),
        at: toInstant(at, zone),
      },
      packNamed(pack),
    );
    expect({ state: answer.state, due: answer.dueOn, provisional: answer.provisional, source: answer.source }).toEqual({
      state: want.state,
      due: want.due,
      provisional: want.provisional ?? false,
      source,
    });
    if (want.dueAt) expect(answer.dueAt).toBe(want.dueAt);
    if (want.left !== undefined) expect(answer.daysLeft).toBe(want.left);
  });
});

describe('the cases', () => {
  const all = files.flatMap(({ cases = [] }) => cases);

  it.each(CLOCK_PACK_NAMES)('have one at least for every row of %s', (name) => {
    const told = new Set(files.filter(({ pack }) => (pack ?? DEFAULT_PACK) === name).flatMap(({ term }) => term));
    expect(
      packNamed(name)
        .rows.map(({ termId }) => termId)
        .filter((termId) => !told.has(termId)),
    ).toEqual([]);
  });

  it('have one at least for every code', () => {
    const wanted = new Set(all.flatMap(({ want }) => (want.rejected ?? []).map((one) => one.split(' ')[1])));
    expect(REJECTION_CODES.filter((code) => !wanted.has(code))).toEqual([]);
  });

  it('have one at least in which every event is accepted', () => {
    const accepted = new Set(
      all.flatMap(({ events = [], want }) => {
        const refused = new Set((want.rejected ?? []).map((one) => Number(one.split(' ')[0])));
        return events.filter((_event, index) => !refused.has(index)).map((event) => toEvent(event, 'UTC').type);
      }),
    );
    expect(EVENT_TYPES.filter((type) => !accepted.has(type))).toEqual([]);
  });
});

describe('every refusal', () => {
  it.each(REJECTION_CODES)('%s is told in both languages and has a source', (code) => {
    expect(toClockMessage({ code }, 'zh')).toMatch(/^[\u4e00-\u9fff].*。$/);
    expect(toClockMessage({ code }, 'en')).toMatch(/^[A-Z].*\.$/);
    for (const name of CLOCK_PACK_NAMES)
      expect(packNamed(name).rejections[code]).toMatch(/^(product|CMP20 \d+|PBOC20|CFPB|DISP 1\.6\.2A?)$/);
  });
});

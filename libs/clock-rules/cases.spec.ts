import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  calendarOf,
  evaluateClock,
  EVENT_TYPES,
  findClockPack,
  REJECTION_CODES,
  toClockMessage,
  workingDaysAfter,
  type ClockEvent,
} from './index.ts';

interface Case {
  note: string;
  source: string;
  zone?: string;
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
  };
}

interface Walk {
  note: string;
  source: string;
  from: string;
  days: number;
  want: { date: string; provisional: boolean };
}

const RECEIVED = '2026-02-10 09:00';
const offsets: Record<string, string> = { 'Asia/Shanghai': '+08:00' };

/** Local time of the case, `2026-02-10 09:00`, or an instant as it stands. */
function toInstant(text: string, zone: string): string {
  if (/(Z|[+-]\d{2}:\d{2})$/.test(text)) return text;
  return `${text.replace(' ', 'T')}:00${offsets[zone] ?? 'Z'}`;
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
  ...(parse(readFileSync(join(folder, name), 'utf8')) as { term: string[]; cases?: Case[]; workingDays?: Walk[] }),
}));
const pack = findClockPack('cn-banking-2020');
if (!pack) throw new Error('cn-banking-2020 is missing');

const shortSegments = (segments: readonly { from: string; to: string | null; cause: string }[]): string[] =>
  segments.map(({ from, to, cause }) => `${from}..${to ?? ''} ${cause}`);

describe.each(files.filter(({ cases }) => cases))('$name', ({ cases = [] }) => {
  it.each(cases)('$note ($source)', ({ zone = 'Asia/Shanghai', received = RECEIVED, at, events = [], want }) => {
    const input = {
      pack: 'cn-banking-2020',
      timeZone: zone,
      receivedAt: toInstant(received, zone),
      at: toInstant(at, zone),
      events: events.map((event) => toEvent(event, zone)),
    };
    const answer = evaluateClock(input, pack);
    expect({
      state: answer.state,
      rejected: answer.rejected.map(({ index, code }) => `${index} ${code}`),
    }).toEqual({ state: want.state, rejected: want.rejected ?? [] });
    if (want.term) expect(answer.termId).toBe(want.term);
    if (want.due) expect(answer.dueOn).toBe(want.due);
    if (want.dueAt) expect(answer.dueAt).toBe(want.dueAt);
    if (want.left !== undefined) expect(answer.daysLeft).toBe(want.left);
    if (want.segments) expect(shortSegments(answer.segments)).toEqual(want.segments);
    // Natural days are what they are, in whatever year.
    expect(answer.provisional).toBe(false);
  });
});

describe.each(files.filter(({ workingDays }) => workingDays))('$name', ({ workingDays = [] }) => {
  it.each(workingDays)('$note ($source)', ({ from, days, want }) => {
    expect(workingDaysAfter(from, days, calendarOf('CN'))).toEqual(want);
  });
});

describe('the cases', () => {
  const all = files.flatMap(({ cases = [] }) => cases);

  it('have one at least for every row of the pack', () => {
    const told = new Set(files.flatMap(({ term }) => term));
    expect(pack.rows.map(({ termId }) => termId).filter((termId) => !told.has(termId))).toEqual([]);
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
    expect(pack.rejections[code]).toMatch(/^(product|CMP20 \d+)$/);
  });
});

// Calendars of the demo institution: a bank holiday of its British branch that was published later, with the clocks that it moved, and a year of China that
// waits for head office. The complaints are those of the branch and one that the People's Bank forwarded.
import type { INestApplicationContext } from '@nestjs/common';
import { CalendarReading } from '../apps/complaints/src/calendar/calendar.reading.ts';
import { CalendarRunService } from '../apps/complaints/src/calendar/calendar-run.service.ts';
import { CalendarService } from '../apps/complaints/src/calendar/calendar.service.ts';
import type { ComplaintRequest } from '../apps/complaints/src/complaint/complaint.dto.ts';
import { ComplaintService } from '../apps/complaints/src/complaint/complaint.service.ts';
import { institutionId } from './make-data/index.ts';
import { servicesOf } from './seed-app.ts';
import { dayIn, once, person } from './seed-people.ts';

const REQUEST = 'seed';
const HANDLER = person('demo-desk', 'complaint-handler');
const SUPERVISOR = person('demo-supervisor', 'complaint-supervisor');
const HEAD_OFFICE = person('demo-head-office', 'head-office-approver');
const BRITISH = 'GB';
const DAYS_AHEAD = 9;

const COMPLAINTS: readonly ComplaintRequest[] = [
  {
    channel: 'regulator-pboc',
    complainant: { name: '钟玉兰', contact: '026-5550 3301' },
    subject: '人民银行转办：分期手续费告知不清',
    narrative: '办理账单分期时未告知手续费一次性收取，要求说明并退还。',
    requests: ['退还手续费'],
    category: 'fees',
    externalRef: 'PBOC-DEMO-0001',
  },
  ...[1, 2].map((n) => ({
    channel: 'uk-branch',
    complainant: { name: `Customer ${n} of the London branch`, contact: 'customer@example.com' },
    subject: 'A payment that did not arrive',
    narrative: 'A transfer of last week was debited and has not reached its payee.',
    requests: ['Find the payment'],
    category: 'payment-services',
    externalRef: `UK-DEMO-000${n}`,
  })),
];

/** The next weekday from so many days ahead that no calendar has off. */
function weekdayFrom(days: number, off: readonly string[]): string {
  const date = dayIn(days);
  const isWeekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
  return isWeekend || off.includes(date) ? weekdayFrom(days + 1, off) : date;
}

/** Once: whoever has a version of a calendar has been here. */
export async function seedClock(app: INestApplicationContext): Promise<void> {
  const get = servicesOf(app);
  const [calendars, reading] = [get(CalendarService), get(CalendarReading)];
  for (const request of COMPLAINTS)
    await get(ComplaintService).create(HANDLER, request, once(`complaint/${request.externalRef ?? ''}`), REQUEST);
  const year = Number(dayIn(DAYS_AHEAD).slice(0, 4));
  const british = await reading.year(HEAD_OFFICE, BRITISH, String(year));
  if (british.isKnown && british.versions.length === 0) {
    const day = weekdayFrom(DAYS_AHEAD, british.daysOff);
    // Near the turn of the year it may lie in the next, which has its own version.
    if (day.startsWith(`${year}-`)) {
      const request = {
        daysOff: [...british.daysOff, day],
        makeUpDays: [...british.makeUpDays],
        source: 'gov.uk',
        note: '临时增加的公众假日',
      };
      const { id, revision } = await calendars.draft(SUPERVISOR, { country: BRITISH, year, ...request }, once(`calendar/gb-${year}`));
      await calendars.propose(SUPERVISOR, id, once(`calendar/gb-${year}-proposal`));
      await calendars.approve(HEAD_OFFICE, id, revision, once(`calendar/gb-${year}-approval`));
      await get(CalendarRunService).run(institutionId, id);
    }
  }
  const { items } = await reading.list(HEAD_OFFICE);
  const next =
    Math.max(...(items.find(({ country }) => country === 'CN')?.years ?? []).filter(({ isKnown }) => isKnown).map((one) => one.year)) + 1;
  const chinese = await reading.year(HEAD_OFFICE, 'CN', String(next));
  if (chinese.versions.length > 0) return;
  const daysOff = [`${next}-01-01`, `${next}-05-01`, `${next}-10-01`, `${next}-10-02`, `${next}-10-03`];
  const request = { daysOff, makeUpDays: [], source: '待国务院办公厅通知', note: '先按固定日期的节日起草，通知公布后补全调休' };
  const { id } = await calendars.draft(SUPERVISOR, { country: 'CN', year: next, ...request }, once(`calendar/cn-${next}`));
  await calendars.propose(SUPERVISOR, id, once(`calendar/cn-${next}-proposal`));
}

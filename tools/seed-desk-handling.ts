// The desk of the demo institution: who works on complaints, where they stand, who is asked what, what is noted. Names are invented.
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '#pg';
import { AssignmentService } from '../apps/complaints/src/assignment/assignment.service.ts';
import { DeskAdminService } from '../apps/complaints/src/desk/desk-admin.service.ts';
import type { MemberRequest, UnitRequest } from '../apps/complaints/src/desk/desk.dto.ts';
import { NoteService } from '../apps/complaints/src/note/note.service.ts';
import { StageService } from '../apps/complaints/src/stage/stage.service.ts';
import { WorkReadingService } from '../apps/complaints/src/work/work-reading.service.ts';
import { WorkService } from '../apps/complaints/src/work/work.service.ts';
import { institutionId } from './make-data/index.ts';
import { agency, dayIn, once, person } from './seed-people.ts';

const HOUR_MS = 3_600_000;
const REQUEST = 'seed';
const HANDLER = person('demo-desk', 'complaint-handler');
const SUPERVISOR = person('demo-supervisor', 'complaint-supervisor');
const BRANCH = person('desk-hrb-01', 'complaint-handler');

const UNITS: readonly (readonly [code: string, unit: UnitRequest])[] = [
  ['HO', { kind: 'head-office', nameZh: '总行', nameEn: 'Head office', contact: '026-5550 0000' }],
  ['HO-CP', { kind: 'department', nameZh: '消费者权益保护部', nameEn: 'Consumer protection', parent: 'HO', contact: '026-5550 0110' }],
  ['HO-CC', { kind: 'department', nameZh: '信用卡中心', nameEn: 'Card centre', parent: 'HO', contact: '026-5550 0120' }],
  ['HRB', { kind: 'branch', nameZh: '北江分行', nameEn: 'Beijiang branch', parent: 'HO', contact: '026-5550 1100' }],
  ['HRB-01', { kind: 'department', nameZh: '北江分行客户服务部', nameEn: 'Beijiang customer service', parent: 'HRB' }],
  ['DLN', { kind: 'branch', nameZh: '海湾分行', nameEn: 'Haiwan branch', parent: 'HO', contact: '026-5550 2200' }],
];

const MEMBERS: readonly (readonly [subject: string, member: MemberRequest])[] = [
  ['demo-supervisor', { name: '吴海涛', unit: 'HO-CP', dailyCapacity: 0 }],
  [
    'demo-desk',
    {
      name: '孙晓雯',
      unit: 'HO-CP',
      manager: 'demo-supervisor',
      areas: ['collection'],
      channels: ['phone', 'web'],
      languages: ['zh'],
      dailyCapacity: 120,
    },
  ],
  [
    'desk-02',
    {
      name: '姜雨桐',
      unit: 'HO-CP',
      manager: 'demo-supervisor',
      areas: ['card-use', 'marketing'],
      languages: ['zh', 'en'],
      dailyCapacity: 40,
    },
  ],
  [
    'desk-03',
    {
      name: '罗启明',
      unit: 'HO-CP',
      manager: 'demo-supervisor',
      areas: ['collection', 'complaint-handling'],
      languages: ['zh'],
      dailyCapacity: 30,
    },
  ],
  [
    'desk-04',
    { name: '田若溪', unit: 'HO-CC', manager: 'desk-cc-head', areas: ['issuing'], channels: ['branch', 'letter'], dailyCapacity: 25 },
  ],
  ['desk-cc-head', { name: '贺云舟', unit: 'HO-CC', dailyCapacity: 0 }],
  ['desk-hrb-01', { name: '常思敏', unit: 'HRB', dailyCapacity: 10 }],
  ['desk-dln-01', { name: '俞承泽', unit: 'DLN', dailyCapacity: 10 }],
  ['agency-a-01', { name: '周立军', agencyId: 'agency-a', dailyCapacity: 0 }],
];

interface Open {
  readonly id: string;
  readonly agencyId: string | null;
  readonly handler: string | null;
}

/** The newest open ones that nobody has decided. */
const openComplaints = (source: DataSource): Promise<Open[]> =>
  inTransaction(source, { institutionId }, (tx) =>
    tx.query<Open>(
      `select id, against_agency_id as "agencyId", handler from complaint where institution_id = $1 and closed_at is null and decided_at is null and state = 'running'
       and due_at > clock_timestamp() + interval '2 days' order by registered_at desc, id desc limit 60`,
      [institutionId],
    ),
  );

async function seedPeople(app: INestApplicationContext): Promise<void> {
  const desk = app.get(DeskAdminService, { strict: false });
  const known = new Set((await desk.members(SUPERVISOR, { all: true })).items.map(({ subject }) => subject));
  if (known.has('demo-desk')) return;
  for (const [code, unit] of UNITS) await desk.putUnit(SUPERVISOR, code, unit);
  for (const [subject, member] of MEMBERS) await desk.putMember(SUPERVISOR, subject, member);
  const days = { from: dayIn(-1), to: dayIn(6), reason: '年休假' };
  await desk.addAbsence(SUPERVISOR, 'desk-03', days, once('handling/absence'));
}

async function seedStages(app: INestApplicationContext, complaints: readonly Open[]): Promise<void> {
  const stages = app.get(StageService, { strict: false });
  await stages.begin(
    institutionId,
    complaints.map(({ id }) => id),
  );
  const mine = complaints.filter(({ handler }) => handler === HANDLER.subject).slice(0, 9);
  const order = ['investigation', 'draft', 'approval'] as const;
  for (const [at, { id }] of mine.entries())
    for (const to of order.slice(0, at % 4)) await stages.move(HANDLER, id, { to }, once(`handling/stage-${id}-${to}`), REQUEST);
}

async function seedTasks(app: INestApplicationContext, complaints: readonly Open[], now: Date): Promise<void> {
  const work = app.get(WorkService, { strict: false });
  const dueAt = (hours: number): string => new Date(now.getTime() + hours * HOUR_MS).toISOString();
  const ask = async (at: number, id: string, who: { agencyId: string } | { unit: string }, question: string): Promise<string> => {
    const disclosed = at % 2 === 0 ? (['subject', 'narrative', 'account'] as const) : (['subject'] as const);
    const request = { ...who, question, dueAt: dueAt(24 + at * 6), disclosed: [...disclosed] };
    // The time is part of what was asked: a second run asks nothing.
    return work.ask(HANDLER, id, request, once(`handling/task-${at}`));
  };
  const ofAgency = complaints.filter(({ agencyId }) => agencyId === 'agency-a').slice(0, 4);
  const others = complaints.filter(({ agencyId }) => agencyId === null).slice(0, 3);
  const asked: string[] = [];
  for (const [at, { id }] of ofAgency.entries())
    asked.push(await ask(at, id, { agencyId: 'agency-a' }, '请说明该时段的联系经过、使用的号码和话术，并附录音编号。'));
  const [first, second] = asked;
  if (first) {
    await work.answer(agency, first, { text: '当日 20:40 由催收员外呼一次，未使用不当言辞，录音编号见附表。' }, once('handling/answer-1'));
    await work.giveBack(HANDLER, first, { text: '请补充 21:00 之后的呼叫记录。', dueAt: dueAt(40) }, once('handling/return-1'));
  }
  if (second) {
    await work.answer(agency, second, { text: '经核查，该号码不属于我司登记设备。' }, once('handling/answer-2'));
    await work.accept(HANDLER, second, once('handling/accept-2'));
  }
  const ofUnits: string[] = [];
  for (const [at, { id }] of others.entries())
    ofUnits.push(await ask(4 + at, id, { unit: at === 1 ? 'DLN' : 'HRB' }, '请提供开卡资料和柜面录像的调阅结果。'));
  if (ofUnits[0])
    await work.answer(BRANCH, ofUnits[0], { text: '开卡资料齐全，已调取当日录像，客户本人签字。' }, once('handling/answer-3'));
}

async function seedNotes(app: INestApplicationContext, complaints: readonly Open[]): Promise<void> {
  const notes = app.get(NoteService, { strict: false });
  for (const [at, { id }] of complaints.slice(0, 8).entries()) {
    const internal = { kind: 'internal' as const, text: '已与投诉人通话核对时间线，对方情绪平稳，同意等候核实结果。' };
    await notes.add(HANDLER, id, { ...internal, mentions: at % 3 === 0 ? ['demo-supervisor'] : [] }, once(`handling/note-${at}`), REQUEST);
    if (at % 2 === 0) {
      const text = '我们已开始核实您反映的情况，预计在期限内答复您。';
      await notes.add(HANDLER, id, { kind: 'complainant', text }, once(`handling/message-${at}`), REQUEST);
    }
  }
}

/** Repeating it changes nothing. */
export async function seedHandling(app: INestApplicationContext, now: Date): Promise<void> {
  await seedPeople(app);
  // Keys are forgotten after a week: what is there is not asked again.
  const { items } = await app.get(WorkReadingService, { strict: false }).list(SUPERVISOR, { all: true, limit: 1 }, REQUEST);
  if (items.length > 0) return;
  const complaints = await openComplaints(app.get(DataSource));
  const [unassigned] = complaints.filter(({ handler, agencyId }) => handler === null && agencyId === null);
  if (unassigned) await app.get(AssignmentService, { strict: false }).assign(SUPERVISOR, unassigned.id, { handler: 'desk-02' }, REQUEST);
  await seedStages(app, complaints);
  await seedNotes(app, complaints);
  await seedTasks(app, complaints, now);
}

// What is major at the demo institution: a matter under way whose report waits for head office, a drill that is over, a surge and a sign that nobody has judged.
import type { INestApplicationContext } from '@nestjs/common';
import type { IdempotentRequest } from '#idempotency';
import type { Principal } from '#auth';
import type { ComplaintRequest } from '../apps/complaints/src/complaint/complaint.dto.ts';
import { ComplaintService } from '../apps/complaints/src/complaint/complaint.service.ts';
import type { Call } from '../apps/complaints/src/major/major.desk.ts';
import { MajorPlanService } from '../apps/complaints/src/major/major-plan.service.ts';
import { MajorReportService } from '../apps/complaints/src/major/major-report.service.ts';
import { MajorService } from '../apps/complaints/src/major/major.service.ts';
import type { MajorView } from '../apps/complaints/src/major/major.view.ts';
import { AlarmService } from '../apps/complaints/src/surge/alarm.service.ts';
import { SurgeJobs } from '../apps/complaints/src/surge/surge.jobs.ts';
import { fictitiousIdNumber } from './make-data/cases.ts';
import { Chance } from './make-data/chance.ts';
import { once, person } from './seed-people.ts';

const HANDLER = person('demo-desk', 'complaint-handler');
const SUPERVISOR = person('demo-supervisor', 'complaint-supervisor');
const HEAD_OFFICE = person('demo-head-office-2', 'head-office-approver');
const REQUEST = 'seed';
const SEED = 14_000;
// The demo's cards are of no province: where complaints come from is noted by a person.
const REGION = '230000';
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const RECEIVER = '国家金融监督管理总局黑龙江监管局';
const NAMES = ['赵青禾', '钱木生', '孙晚晴', '李听雨', '周半夏', '吴知秋', '郑望舒', '王若谷', '冯向阳'];
// Given to nobody: 154 is assigned to no operator.
const contactOf = (at: number): string => `+86154005100${String(at).padStart(2, '0')}`;
const cardOf = (at: number): string => fictitiousIdNumber(new Chance(SEED + at));

const call = (principal: Principal, idempotency: IdempotentRequest | null): Call => ({ principal, idempotency, requestId: REQUEST });

class Desk {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly now: Date,
  ) {}

  get<T>(type: new (...dependencies: never[]) => T): T {
    return this.app.get<T>(type, { strict: false });
  }

  ago(ms: number): string {
    return new Date(this.now.getTime() - ms).toISOString();
  }

  async register(at: number, more: Partial<ComplaintRequest>): Promise<string> {
    const request: ComplaintRequest = {
      channel: 'app',
      receivedAt: this.ago(HOUR_MS + at * MINUTE_MS),
      complainant: { name: NAMES[at % NAMES.length] ?? '', idNumber: cardOf(at), contact: contactOf(at) },
      subject: '频繁催收',
      narrative: '一天之内接到多通催收电话，并联系了本人的家人。',
      requests: ['停止频繁来电'],
      category: 'collection',
      ...more,
    };
    const { id } = await this.get(ComplaintService).create(HANDLER, request, once(`major-complaint-${at}`), REQUEST);
    return id;
  }

  async settle(matter: MajorView, count: number): Promise<void> {
    for (const { id, state } of matter.plan.slice(0, count))
      if (state === 'open')
        await this.get(MajorPlanService).settle(call(SUPERVISOR, once(`major-step-${id}`)), matter.id, id, {
          state: 'done',
          proof: '已按预案完成，会议纪要与签到表存档。',
        });
  }

  /** Drafted and submitted; the id of the report. */
  async report(matter: MajorView, statement: string): Promise<string> {
    const reports = this.get(MajorReportService);
    const request = { kind: 'first', receiver: RECEIVER, statement } as const;
    const drafted = await reports.draft(call(SUPERVISOR, once(`major-draft-${matter.id}`)), matter.id, request);
    const id = drafted.reports.at(-1)?.id ?? '';
    await reports.submit(call(SUPERVISOR, once(`major-submit-${id}`)), matter.id, id);
    return id;
  }
}

async function underWay(desk: Desk): Promise<void> {
  const id = await desk.register(50, {
    channel: 'branch',
    subject: '多名持卡人到网点投诉催收',
    narrative: '二十六名持卡人同到网点，反映催收公司冒充执法人员上门。',
    requests: ['停止上门催收', '书面说明'],
    groupSize: 26,
    category: 'collection',
  });
  const matter = await desk.get(MajorService).mark(call(SUPERVISOR, once('major-group')), id, {
    kind: 'group',
    title: '二十六名持卡人到网点投诉上门催收',
    reason: '二十人以上面谈，现场有媒体。',
    persons: 26,
    knownAt: desk.ago(2 * HOUR_MS),
  });
  await desk.settle(matter, 2);
  await desk.report(matter, '现场已平稳，五名代表参加座谈；涉事机构的上门催收已暂停，录像与签到表已封存。');
}

async function drilled(desk: Desk): Promise<void> {
  const drill = await desk.get(MajorService).open(call(SUPERVISOR, once('major-drill')), {
    kind: 'disaster',
    title: '年度演练：洪灾地区集中投诉',
    reason: '年度应急演练计划。',
    drill: true,
    knownAt: desk.ago(3 * HOUR_MS),
  });
  await desk.settle(drill, drill.plan.length);
  const report = await desk.report(drill, '演练：受灾客户暂缓催收，设专线受理。');
  await desk.get(MajorReportService).settle(call(HEAD_OFFICE, once(`major-approve-${report}`)), drill.id, report, { agrees: true });
}

/** Once: whoever has matters has been here. */
export async function seedMajor(app: INestApplicationContext, now: Date): Promise<void> {
  const desk = new Desk(app, now);
  const known = await desk.get(MajorService).list(SUPERVISOR, { limit: 1 }, REQUEST);
  if (known.items.length > 0) return;
  await underWay(desk);
  await drilled(desk);
  for (let at = 0; at < NAMES.length; at += 1) {
    const id = await desk.register(at, { against: { agencyId: 'agency-c' } });
    await desk.get(AlarmService).noteRegion(call(HANDLER, null), id, REGION);
  }
  await desk.register(60, {
    subject: '洪水受灾仍被催收',
    narrative: '家中遭遇洪水，房屋受损，说明情况后仍被催收。',
    requests: ['暂缓催收'],
  });
  const jobs = desk.get(SurgeJobs);
  await jobs.takeIn();
  await jobs.look();
}

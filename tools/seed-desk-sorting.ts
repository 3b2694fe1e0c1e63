// How the complaints of the demo institution are sorted: most classified by several people, who do not always take what is suggested; a campaign that two
// persons suspect, with its report; a finer table of codes that waits for approval. Names and numbers are invented.
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '#pg';
import { BadFaithService } from '../apps/complaints/src/bad-faith/bad-faith.service.ts';
import { BadFaithJobs } from '../apps/complaints/src/bad-faith/bad-faith.work.ts';
import { ClassificationJobs } from '../apps/complaints/src/classification/classification.jobs.ts';
import { ClassificationService } from '../apps/complaints/src/classification/classification.service.ts';
import { CodeTableService } from '../apps/complaints/src/code-table/code-table.service.ts';
import { OUR_CODES, type Code } from '../apps/complaints/src/code-table/codes.ts';
import { ComplaintService } from '../apps/complaints/src/complaint/complaint.service.ts';
import { ReadingService } from '../apps/complaints/src/complaint/reading.service.ts';
import { institutionId } from './make-data/index.ts';
import { servicesOf } from './seed-app.ts';
import { compliance, dayIn, once, person } from './seed-people.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const REQUEST = 'seed';
const SUPERVISOR = person('demo-supervisor', 'complaint-supervisor');
// Not the supervisor who signs in to the demo.
const COLLEAGUE = person('demo-supervisor-2', 'complaint-supervisor');
const HANDLER = person('demo-desk', 'complaint-handler');
const PEOPLE = ['demo-desk', 'desk-02', 'desk-03', 'demo-desk', 'desk-hrb-01'] as const;
const CLASSIFIED = 36;
const OVERRULE_EVERY = 5;
const CHANGE_EVERY = 12;

interface Chosen {
  readonly id: string;
  readonly receivedAt: Date;
}

/** Some of every time, the oldest first. */
const toClassify = (app: INestApplicationContext): Promise<Chosen[]> =>
  inTransaction(app.get(DataSource), { institutionId }, (tx) =>
    tx.query<Chosen>(
      `select id, received_at as "receivedAt" from (
         select c.id, c.received_at, row_number() over (order by c.received_at, c.id) as place, count(*) over () as total from complaint c where c.institution_id = $1) ranked
       where place % greatest(1, total / $2) = 0 order by received_at, id limit $2`,
      [institutionId, CLASSIFIED],
    ),
  );

/** People classify what came in, each some hours after; every fifth otherwise than suggested, and now and then somebody changes it later. */
async function classify(app: INestApplicationContext, now: Date): Promise<void> {
  const get = servicesOf(app);
  await get(ClassificationJobs).run();
  const [classifications, reading] = [get(ClassificationService), get(ReadingService)];
  const chosen = await toClassify(app);
  await inTransaction(app.get(DataSource), HANDLER, async (tx) => {
    const known = await classifications.of(
      tx,
      chosen.map(({ id }) => id),
    );
    for (const [index, { id, receivedAt }] of chosen.entries()) {
      const suggested = (dimension: string, otherwise: string): string =>
        known.get(id)?.suggested?.suggestions.find((each) => each.dimension === dimension)?.code ?? otherwise;
      const area = suggested('area', 'card-use');
      const codes = {
        channel: suggested('channel', 'phone'),
        business: suggested('business', 'credit-card'),
        cause: index % OVERRULE_EVERY === 2 ? 'service' : suggested('cause', 'rules-process'),
        area: index % OVERRULE_EVERY === 4 && area === 'card-use' ? 'complaint-handling' : area,
      };
      const by = PEOPLE[index % PEOPLE.length] ?? HANDLER.subject;
      const record = await reading.find(tx, HANDLER, id);
      const at = new Date(Math.min(receivedAt.getTime() + (2 + (index % 7)) * HOUR_MS, now.getTime()));
      await classifications.confirmIn(tx, record, { codes, reason: null, by }, at);
      if (index % CHANGE_EVERY !== 7) continue;
      const later = new Date(Math.min(at.getTime() + DAY_MS, now.getTime()));
      const change = { codes: { ...codes, cause: 'disclosure' }, reason: '核查后发现是事先未说明', by: SUPERVISOR.subject };
      await classifications.confirmIn(tx, record, change, later);
    }
  });
}

const NAMES = ['方远舟', '程若兰', '鲁思源', '祝明轩', '叶清禾', '裴子衿'] as const;
const SAID =
  '本人受他人指点投诉：贵行信用卡收取的利息、违约金过高，要求全额退还已还的利息和费用，并停止一切催收，否则将向多个部门继续投诉，并委托代理退费公司处理。';

/** Six people, nearly the same words, one telephone: two persons suspect two of them, one judgement waits. */
async function campaign(app: INestApplicationContext, now: Date): Promise<void> {
  const get = servicesOf(app);
  const ids: string[] = [];
  for (const [index, name] of NAMES.entries()) {
    const receivedAt = new Date(now.getTime() - (NAMES.length - index) * 20 * HOUR_MS).toISOString();
    const complainant = { name, contact: '+8615400007788' };
    const about = { subject: '要求退还信用卡利息和违约金', narrative: `${SAID}卡尾号${4100 + index * 7}。`, requests: ['全额退费'] };
    const request = { channel: 'web', category: 'fees', receivedAt, complainant, ...about };
    ids.push((await get(ComplaintService).create(HANDLER, request, once(`campaign/${index}`), REQUEST)).id);
  }
  await get(BadFaithJobs).run();
  const judged = get(BadFaithService);
  const on = (complaintId: string, principal: typeof SUPERVISOR, what: string) => ({
    principal,
    complaintId,
    idempotency: once(`${what}/${complaintId}`),
    requestId: REQUEST,
  });
  const [first = '', second = '', third = '', fourth = ''] = ids;
  await judged.flag(on(first, HANDLER, 'flag'), '所附转账截图的时间与卡片流水对不上');
  for (const id of [first, second]) {
    await judged.decide(on(id, COLLEAGUE, 'decide'), { decision: 'suspected', reason: '六人文字雷同、共用一个电话，内容指向代理退费中介' });
    await judged.second(on(id, compliance, 'second'), { agrees: true, note: '同意，投诉照常办理' });
  }
  await judged.decide(on(third, COLLEAGUE, 'decide'), { decision: 'suspected', reason: '与前两件雷同' });
  await judged.decide(on(fourth, SUPERVISOR, 'decide'), { decision: 'not-suspected', reason: '本人到网点说明，确有年费争议' });
  await judged.report(on(first, COLLEAGUE, 'report'), {
    receiver: 'regulator',
    addressee: '某某监管局',
    statement: '现将疑似有组织的代理退费投诉情况报告如下，请予指导。相关投诉仍按规定期限办理。',
  });
}

const FINER: readonly Omit<Code, 'validFrom'>[] = [
  { dimension: 'cause', code: 'collection-workplace', parent: 'collection-conduct', zh: '联系工作单位', en: 'Contact at the workplace' },
  { dimension: 'cause', code: 'collection-impersonation', parent: 'collection-conduct', zh: '冒充司法人员', en: 'Posing as officials' },
  { dimension: 'cause', code: 'fees-annual', parent: 'fees', zh: '年费', en: 'Annual fees' },
];

/** The next table waits for compliance, with three codes more and one in other words. */
async function proposeCodes(app: INestApplicationContext): Promise<void> {
  const tables: CodeTableService = app.get(CodeTableService, { strict: false });
  const validFrom = dayIn(1);
  const ours = OUR_CODES.map((code) => ({ ...code, zh: code.code === 'collection-threat' ? '威胁、辱骂、骚扰或恐吓' : code.zh }));
  const { version } = await tables.put(COLLEAGUE, {
    codes: [...ours, ...FINER.map((code) => ({ ...code, validFrom }))],
    note: '细分催收方式，单列年费；按上季度分析会议纪要',
  });
  await tables.propose(COLLEAGUE, String(version), { validFrom: dayIn(1) }, once('codes'));
}

/** Once: whoever has classified anything has been here. */
export async function seedSorting(app: INestApplicationContext, now: Date): Promise<void> {
  const seen = await inTransaction(app.get(DataSource), { institutionId }, (tx) =>
    tx.query('select from classification where institution_id = $1 and confirmed_at is not null limit 1', [institutionId]),
  );
  if (seen.length > 0) return;
  await classify(app, now);
  await campaign(app, now);
  await proposeCodes(app);
}

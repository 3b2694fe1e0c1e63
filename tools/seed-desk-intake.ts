// How complaints come in at the demo institution: by a proxy, heirs, a group, without a name, from regulators; repeats; a receipt to be corrected. Names are invented.
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '#pg';
import type { ComplaintRequest } from '../apps/complaints/src/complaint/complaint.dto.ts';
import { ComplaintService } from '../apps/complaints/src/complaint/complaint.service.ts';
import { MergingService } from '../apps/complaints/src/duplicate/merging.service.ts';
import { ReceiptService } from '../apps/complaints/src/receipt/receipt.service.ts';
import { institutionId } from './make-data/index.ts';
import { servicesOf } from './seed-app.ts';
import { dayIn, person } from './seed-people.ts';

const REQUEST = 'seed';
const FIRST = 'SY-INTAKE-1';
const DESK = person('desk-02', 'complaint-handler');
const call = { idempotency: null, requestId: REQUEST, language: 'zh' } as const;
const at = (days: number, time = '10:20'): string => `${dayIn(days)}T${time}:00+08:00`;

type Made = Omit<ComplaintRequest, 'requests' | 'channel'> & { readonly channel?: string };

const zhao = { name: '赵雨薇', idNumber: '999900198803120028', contact: '+8615400010021' };
const fee = { subject: '分期手续费未事先告知', narrative: '来电称办理分期时未告知手续费，账单出来后才知道每期另收费用。', account: null };

const made = (): readonly Made[] => [
  { externalRef: FIRST, complainant: zhao, category: 'disclosure', receivedAt: at(-9), ...fee },
  { externalRef: 'SY-INTAKE-2', complainant: zhao, category: 'disclosure', receivedAt: at(-3), channel: 'web', ...fee },
  {
    externalRef: 'SY-INTAKE-3',
    complainant: zhao,
    category: 'disclosure',
    receivedAt: at(-1),
    ...fee,
    narrative: '再次来电，称找到当时的通话录音，业务员明确说过分期没有手续费。',
  },
  {
    externalRef: 'SY-INTAKE-4',
    complainant: { name: '钱伯安', contact: '+8615400010034', proxy: { name: '钱晓岚', contact: '+8615400010035' } },
    category: 'fees',
    receivedAt: at(-5),
    channel: 'branch',
    subject: '代父亲反映年费扣收',
    narrative: '父亲年迈不便到网点，委托本人反映其信用卡未激活仍被扣收年费。',
  },
  {
    externalRef: 'SY-INTAKE-5',
    complainantKind: 'heirs',
    complainant: { name: '孟广林', contact: '+8615400010047' },
    representatives: [
      { name: '孟思远', relationship: '儿子', contact: '+8615400010047' },
      { name: '孟思齐', relationship: '女儿' },
    ],
    category: 'collection',
    receivedAt: at(-6),
    channel: 'letter',
    subject: '持卡人已故仍被催收',
    narrative: '家父已于上月去世并提交死亡证明，仍不断收到催收短信。',
  },
  {
    externalRef: 'SY-INTAKE-6',
    complainantKind: 'group',
    groupSize: 12,
    complainant: { name: '沈立群', contact: '+8615400010058' },
    representatives: [{ name: '沈立群', contact: '+8615400010058' }, { name: '陶景行' }, { name: '顾念慈' }],
    category: 'marketing',
    receivedAt: at(-4),
    channel: 'branch',
    subject: '办卡礼品未兑现',
    narrative: '同一商场办卡的十二名客户到网点反映，承诺的礼品一直没有发放。',
  },
  {
    externalRef: 'SY-INTAKE-7',
    complainantKind: 'anonymous',
    complainant: {},
    category: 'service',
    receivedAt: at(-2),
    channel: 'letter',
    subject: '网点叫号秩序混乱',
    narrative: '匿名来信反映网点叫号机长期故障，排队无序。',
  },
  {
    externalRef: 'SY-INTAKE-8',
    complainant: { name: '卓一鸣', contact: '+8615400010069' },
    forwarded: { regulator: '12378', reference: 'BJ-12378-000417', forwardedOn: dayIn(-4) },
    category: 'collection-frequency',
    receivedAt: at(-3),
    channel: 'regulator-forward',
    subject: '一日多次来电',
    narrative: '通过 12378 反映，一天内接到多次催收电话。',
  },
  {
    externalRef: 'SY-INTAKE-9',
    complainant: { name: '裴明月', contact: 'peimingyue@mail.example' },
    forwarded: { regulator: 'pboc', reference: 'PBOC-SY-0093', forwardedOn: dayIn(-8) },
    category: 'card-use',
    receivedAt: at(-7),
    channel: 'pboc',
    subject: '征信记录更正迟缓',
    narrative: '向人民银行反映，异议已受理一月仍未更正。',
  },
];

/** Once: whoever has the first has been here. */
export async function seedIntake(app: INestApplicationContext): Promise<void> {
  const get = servicesOf(app);
  const known = await inTransaction(app.get(DataSource), { institutionId }, (tx) =>
    tx.query('select 1 from complaint where institution_id = $1 and external_ref = $2', [institutionId, FIRST]),
  );
  if (known.length > 0) return;
  const complaints = get(ComplaintService);
  const ids: string[] = [];
  for (const one of made()) {
    const request = { channel: 'phone', requests: ['核实并答复'], ...one };
    ids.push((await complaints.create(DESK, request, null, REQUEST)).id);
  }
  const [first = '', second = '', , byProxy = '', heirs = ''] = ids;
  const note = '同一人就同一笔分期再次反映，没有新的事实';
  await get(MergingService).decide(DESK, second, { otherId: first, decision: 'merged', note }, call);
  const receipts = get(ReceiptService);
  await receipts.ask(DESK, byProxy, { receivedAt: at(-6, '16:40'), reason: '网点登记簿载明前一日下午收到' }, call);
  const letter = await receipts.ask(DESK, heirs, { receivedAt: at(-7, '09:10'), reason: '收发室签收日期为前一日' }, call);
  const [correction] = letter.items;
  const SUPERVISOR = person('demo-supervisor', 'complaint-supervisor');
  if (correction) await receipts.settle(SUPERVISOR, { complaintId: heirs, id: correction.id }, 'approved', { note: '已核对签收簿' }, call);
}

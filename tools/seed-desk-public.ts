// The demo institution's public page with a complaint from it, and its mailbox with mail that was taken and mail that waits. Names are invented.
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '#pg';
import { ChannelService } from '../apps/complaints/src/channels/channel.service.ts';
import type { ChannelPageRequest } from '../apps/complaints/src/channels/channel.dto.ts';
import { BUILT_IN, REGULATORS } from '../apps/complaints/src/channels/channel.rules.ts';
import { MailboxAddressService } from '../apps/complaints/src/mailbox/address.service.ts';
import { ReceivingService } from '../apps/complaints/src/mailbox/receiving.service.ts';
import { MailSorting } from '../apps/complaints/src/mailbox/sorting.service.ts';
import { IntakeService } from '../apps/complaints/src/public/intake.service.ts';
import { institutionId } from './make-data/index.ts';
import { compliance, once, person } from './seed-people.ts';

const SUPERVISOR = person('demo-supervisor', 'complaint-supervisor');
const MAILBOX = 'complaints@demo-bank.example';

const PAGE: ChannelPageRequest = {
  channels: [
    {
      kind: 'phone',
      labelZh: '信用卡投诉专线',
      labelEn: 'Complaints about credit cards',
      value: '026-5550 0110',
      hoursZh: '每日 8:00–22:00',
      hoursEn: 'Daily 8:00–22:00',
    },
    {
      kind: 'address',
      labelZh: '总行消费者权益保护部',
      labelEn: 'Consumer protection, head office',
      value: '北江市江畔路 1 号，邮编 150000',
      hoursZh: '工作日 9:00–17:00',
      hoursEn: 'Working days 9:00–17:00',
    },
    { kind: 'email', labelZh: '投诉邮箱', labelEn: 'Mail', value: MAILBOX },
    ...REGULATORS,
  ],
  process: BUILT_IN.process.map(({ zh, en }) => ({ zh, en })),
  note: '首次公布',
};

const mailOf = (id: string, headers: readonly string[], body: string): Buffer =>
  Buffer.from(
    [
      ...headers,
      `To: ${MAILBOX}`,
      `Message-ID: <${id}@mail.example>`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      body,
      '',
    ].join('\r\n'),
  );
const encodedWord = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

const MAILS: readonly Buffer[] = [
  mailOf(
    'seed-1',
    [`From: ${encodedWord('沈知秋')} <shen.zhiqiu@mail.example>`, `Subject: ${encodedWord('一天内接到六次催收电话')}`],
    '您好：本人上周三一天内接到贵行委托机构六次电话，其中两次在晚上九点以后。请核实并停止此类来电，给予书面答复。',
  ),
  mailOf(
    'seed-2',
    ['From: outofoffice@mail.example', `Subject: ${encodedWord('自动回复：外出')}`, 'Auto-Submitted: auto-replied'],
    '本人休假至下周一，期间不查收邮件。',
  ),
];

async function* inOnePiece(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

export async function seedPublic(app: INestApplicationContext): Promise<void> {
  const channels = app.get(ChannelService, { strict: false });
  const { version, state } = await channels.propose(SUPERVISOR, PAGE, once('channel-page'));
  if (state === 'proposed') await channels.approve(compliance, String(version), once('channel-page-approval'));
  await app.get(IntakeService, { strict: false }).submit(
    { institutionId, ip: '192.0.2.1', requestId: 'seed' },
    {
      request: {
        name: '庄以宁',
        contact: 'zhuang.yining@mail.example',
        subject: '催收人员联系了我的同事',
        narrative: '催收人员昨天致电我的工作单位，向同事透露我的欠款情况，影响了我的工作。',
        requests: '停止联系与债务无关的人\n书面道歉',
        category: 'collection',
      },
      files: [],
      key: 'seed/web-complaint',
    },
  );
  await app.get(MailboxAddressService, { strict: false }).add(SUPERVISOR, MAILBOX);
  const receiving = app.get(ReceivingService, { strict: false });
  for (const mail of MAILS) await receiving.take({ recipient: { institutionId, address: MAILBOX }, nullSender: false }, inOnePiece(mail));
  const arrived = await inTransaction(app.get(DataSource), { institutionId }, (tx) =>
    tx.query<{ id: string }>(`select id from mail where institution_id = $1 and state = 'received' order by id`, [institutionId]),
  );
  for (const { id } of arrived) await app.get(MailSorting, { strict: false }).sort(institutionId, id);
}

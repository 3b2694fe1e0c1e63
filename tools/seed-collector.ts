// The collectors' day of the demo: scripts, a worklist, a talk with its promise, notes, a recording, a case of care, a visit.
import type { INestApplicationContext } from '@nestjs/common';
import { UploadService } from '#uploads';
import { NoteService } from '../apps/collections/src/note/note.service.ts';
import { RecordingService } from '../apps/collections/src/recording/recording.service.ts';
import type { ScriptRequest } from '../apps/collections/src/script/script.dto.ts';
import { ScriptService } from '../apps/collections/src/script/script.service.ts';
import { WorklistRefresh } from '../apps/collections/src/worklist/worklist.refresh.ts';
import { institutionId } from './make-data/index.ts';
import { telephoneSilence } from './seed-media.ts';
import { once, person } from './seed-people.ts';

const debtor = { channel: 'voice', audience: 'debtor' } as const;
const scripts: readonly ScriptRequest[] = [
  {
    ...debtor,
    scriptId: 'first-reminder',
    language: 'zh',
    title: '首次提醒',
    identity:
      '您好，我是{{organisation}}的{{callerName}}，工号{{collectorNumber}}，受{{bankName}}委托，就您信用卡的逾期还款事宜与您联系，本次通话将被录音。',
    text: '{{debtorName}}您好，您的{{product}}自{{overdueSince}}起逾期，目前欠款{{balance}}{{currency}}。\n请问您方便什么时候还款？如有困难或对账务有异议，都可以告诉我们。',
  },
  {
    ...debtor,
    scriptId: 'first-reminder-en',
    language: 'en',
    title: 'First reminder',
    identity:
      'Hello, this is {{callerName}}, number {{collectorNumber}}, of {{organisation}}, for {{bankName}}, about an overdue payment. This call is recorded.',
    text: '{{debtorName}}, your {{product}} has been overdue since {{overdueSince}}; the balance is {{balance}} {{currency}}.\nWhen could you pay? If you are in difficulty, or disagree with the account, please tell us.',
  },
  {
    scriptId: 'ask-to-call-back',
    channel: 'voice',
    audience: 'third-party',
    language: 'zh',
    title: '请人转告',
    identity:
      '您好，我是{{organisation}}的{{callerName}}，工号{{collectorNumber}}，代表{{bankName}}，想请您转告{{debtorName}}与我们联系，本次通话将被录音。',
    text: '请转告其方便时与我们联系，谢谢。若您不愿再接到电话，请告诉我们。',
  },
];

async function seedScripts(room: ScriptService): Promise<void> {
  const [author, approver] = [person('seed', 'compliance'), person('seed-approver', 'compliance')];
  const known = new Set((await room.list(author, { limit: 200 })).items.map(({ scriptId }) => scriptId));
  for (const script of scripts.filter(({ scriptId }) => !known.has(scriptId))) {
    const { scriptId, version } = await room.create(author, script, null);
    await room.approve(approver, { scriptId, version: String(version) }, null);
  }
}

/** Made once, whatever the hour: nobody is called for it. */
export async function seedCollector(app: INestApplicationContext): Promise<void> {
  await seedScripts(app.get(ScriptService, { strict: false }));
  const notes = app.get(NoteService, { strict: false });
  const agent = person('seed', 'agent');
  await notes.add(agent, 'C000014', { text: '客户称月底发工资后还款，语气平和。', shared: true }, once('note-1'), 'seed');
  await notes.add(agent, 'C000016', { text: '客户说活着没意思，请专人跟进。' }, once('note-care'), 'seed');
  const upload = await app.get(UploadService, { strict: false }).keep(institutionId, 'demo-call.wav', [telephoneSilence()]);
  await app.get(RecordingService, { strict: false }).take(agent, { caseId: 'C000014' }, upload, 'seed/recording');
  await app.get(WorklistRefresh, { strict: false }).run(institutionId);
}

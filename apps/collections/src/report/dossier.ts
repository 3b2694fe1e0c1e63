import type { Words } from '#render';
import type { DataKind } from '#reports';
import { PARTIES, DECISIONS, CONTACTS, TEXTS, RECORDINGS, STOPS, MONEY, COMPLAINTS, items } from './dossier.files.ts';
import { channels } from './names.ts';

const TIMES: Words = { zh: '次', en: 'times' };
const ITEMS: Words = { zh: '项', en: 'items' };
const PIECES: Words = { zh: '件', en: 'complaints' };

const count = (id: string, zh: string, en: string, file: string, unit: Words, ...filter: { column: string; is: string }[]) => ({
  id,
  label: {
    zh,
    en,
  },
  unit,
  file,
  filter,
});

export const DOSSIER: Omit<DataKind, 'files'> = {
  kind: 'case-dossier',
  title: { zh: '单案档案', en: 'Dossier of a case' },
  figures: [
    count('parties', '相关人员', 'Parties', PARTIES, ITEMS),
    count('decisions', '联系申请', 'Contacts asked for', DECISIONS, TIMES),
    count('permitted', '许可', 'Permitted', DECISIONS, TIMES, { column: 'verdict', is: 'permitted' }),
    count('refused', '拒绝', 'Refused', DECISIONS, TIMES, { column: 'verdict', is: 'refused' }),
    count('contacts', '联系', 'Contacts', CONTACTS, TIMES),
    count('conversations', '有效沟通', 'Conversations', CONTACTS, TIMES, { column: 'result', is: 'conversation' }),
    count('texts', '短信、邮件与信函', 'Messages and letters', TEXTS, ITEMS),
    count('recordings', '录音录像与上门', 'Recordings and visits', RECORDINGS, ITEMS),
    count('stops', '停催、同意、拒收与异议', 'Holds, consents, opt-outs and objections', STOPS, ITEMS),
    count('money', '还款、承诺与分期', 'Payments, promises and plans', MONEY, ITEMS),
    count('complaints', '关于催收的投诉', 'Complaints about collection', COMPLAINTS, PIECES),
  ],
  tables: [
    {
      id: 'contacts-by-channel',
      title: { zh: '联系（按渠道）', en: 'Contacts by channel' },
      rowLabel: { zh: '渠道', en: 'Channel' },
      file: CONTACTS,
      by: 'channel',
      names: channels,
      columns: [
        { id: 'contacts', label: { zh: '联系', en: 'Contacts' }, unit: TIMES, where: [] },
        {
          id: 'conversations',
          label: { zh: '有效沟通', en: 'Conversations' },
          unit: TIMES,
          where: [{ column: 'result', is: 'conversation' }],
        },
      ],
    },
    {
      id: 'contacts-by-agency',
      title: { zh: '联系（按催收机构）', en: 'Contacts by agency' },
      rowLabel: { zh: '催收机构', en: 'Agency' },
      file: CONTACTS,
      by: 'agencyId',
      none: { zh: '本行', en: 'The institution itself' },
      columns: [{ id: 'contacts', label: { zh: '联系', en: 'Contacts' }, unit: TIMES, where: [] }],
    },
    {
      id: 'stops-by-kind',
      title: { zh: '停催、同意、拒收与异议', en: 'Holds, consents, opt-outs and objections' },
      rowLabel: { zh: '种类', en: 'What' },
      file: STOPS,
      by: 'what',
      names: items,
      columns: [{ id: 'items', label: { zh: '项数', en: 'Items' }, unit: ITEMS, where: [] }],
    },
  ],
  chart: null,
  notes: [
    {
      zh: '含该案债务人名下全部案件在报告期内的记录；联系方式以掩码显示。',
      en: 'All records of the debtor of the case in the period, from all cases of that debtor; contact points are masked.',
    },
    {
      zh: '本档案含个人信息，仅供司法与监管使用；每次生成、下载与查阅均留痕。',
      en: 'It has personal data in it, for courts and examiners; each making, download and look is recorded.',
    },
    {
      zh: '投诉仅含投诉系统告知催收系统的内容；投诉正文与证据见投诉系统。',
      en: 'Of complaints it has what the complaints service told; narratives and evidence are in that service.',
    },
  ],
  sources: [{ zh: '来源：系统逐笔记录。', en: 'Source: the records of the system, one by one.' }],
};

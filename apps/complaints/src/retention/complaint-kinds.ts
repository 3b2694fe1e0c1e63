import { Blanking, coveredBy, digestOf, removeWithFiles, type KeptKind } from '#retention';
import { SEALED_COLUMNS } from '../sealed-columns.ts';
import { callbackBlanks, COMPLAINT_TRACES, complaintBlanks, dossierBlanks, fileBlanks, letterBlanks, majorBlanks } from './blanks.ts';
import { complaintRules } from './rules.ts';
import { OVER, OVER_SINCE, overSince, WHOSE } from './whose.ts';

const blanking = new Blanking(SEALED_COLUMNS);
const locked = (table: string): string => `select from ${table} where id = any($1::uuid[]) order by id for update`;

/** What belongs to complaints. */
export const complaintKinds: readonly KeptKind[] = [
  {
    kind: 'complaint',
    title: { zh: '已办结投诉中的个人信息与文字', en: 'Personal data and texts of closed complaints' },
    since: overSince,
    destroying: {
      zh: '清除投诉人、代理人、诉求、备注、决定与复核的文字及检索索引，并销毁其证据密钥；编号、分类、时限与结果保留',
      en: 'Complainant, proxy, texts, notes, what decisions and reviews said, and the search index go, and the keys of their evidence; number, class, clocks and outcome stay',
    },
    rules: complaintRules,
    rows: {
      id: 'c.id',
      since: OVER_SINCE,
      digest: digestOf('c'),
      ...WHOSE,
      from: `from complaint c where c.institution_id = $1 and ${OVER}`,
    },
    lock: locked('complaint'),
    evidenceSubjects: `select 'complaint:' || id as subject from complaint where institution_id = $1 and id = any($2::uuid[])`,
    covers: coveredBy(complaintBlanks),
    destroy: async (tx, destruction) => {
      await blanking.empty(tx, destruction, complaintBlanks);
      for (const table of COMPLAINT_TRACES) await tx.query(`delete from ${table} where complaint = any($1::uuid[])`, [destruction.ids]);
    },
  },
  {
    kind: 'complaint-file',
    title: { zh: '投诉材料文件', en: 'Files of complaints' },
    since: overSince,
    destroying: { zh: '删除文件内容与文件名；种类、大小与摘要保留', en: 'Content and name are gone; kind, size and SHA-256 stay' },
    rules: complaintRules,
    rows: {
      id: 'f.id',
      since: OVER_SINCE,
      digest: digestOf('f'),
      ...WHOSE,
      from: `from complaint_file f join complaint c on c.id = f.complaint where f.institution_id = $1 and f.upload is not null and ${OVER}`,
    },
    lock: locked('complaint_file'),
    covers: coveredBy(fileBlanks),
    destroy: async (tx, destruction) => {
      const files = await tx.query<{ upload: string }>(
        'select upload from complaint_file where id = any($1::uuid[]) and upload is not null',
        [destruction.ids],
      );
      await blanking.empty(tx, destruction, fileBlanks);
      await tx.query('delete from upload where id = any($1)', [files.map(({ upload }) => upload)]);
    },
  },
  {
    kind: 'complaint-letter',
    title: { zh: '发给投诉人的短信与邮件', en: 'Messages to complainants' },
    since: overSince,
    destroying: { zh: '清除收件人、标题与正文；是否送达保留', en: 'Address, subject and text are emptied; whether it arrived stays' },
    rules: complaintRules,
    rows: {
      id: 'x.id',
      since: `greatest(x.asked_at, ${OVER_SINCE})`,
      digest: digestOf('x'),
      ...WHOSE,
      from: `from dispatch x left join complaint c on c.id = x.complaint where x.institution_id = $1 and x.state <> 'queued' and (x.complaint is null or (${OVER}))`,
    },
    lock: locked('dispatch'),
    covers: coveredBy(letterBlanks),
    destroy: (tx, destruction) => blanking.empty(tx, destruction, letterBlanks),
  },
  {
    kind: 'complaint-mail',
    title: { zh: '收到的邮件', en: 'Mail that came in' },
    since: overSince,
    destroying: { zh: '删除邮件及其原文', en: 'The mail is deleted as it came' },
    rules: complaintRules,
    rows: {
      id: 'm.id',
      since: `greatest(m.settled_at, ${OVER_SINCE})`,
      digest: digestOf('m'),
      ...WHOSE,
      from: `from mail m left join complaint c on c.id = m.complaint where m.institution_id = $1 and m.settled_at is not null and (m.complaint is null or (${OVER}))`,
    },
    lock: locked('mail'),
    covers: ['mail.parsed_sealed', 'mail.dismissal_sealed'],
    destroy: (tx, { ids }) =>
      removeWithFiles(tx, ids, 'select upload from mail where id = any($1::uuid[])', ['delete from mail where id = any($1::uuid[])']),
  },
  {
    kind: 'complaint-dossier',
    title: { zh: '从催收系统取得的投诉卷宗', en: 'What the dossier of a complaint took from collections' },
    since: overSince,
    destroying: { zh: '清除各条内容；编号、规则与摘要保留', en: 'The content of each item is emptied; ids, rules and SHA-256 stay' },
    rules: complaintRules,
    rows: {
      id: 'i.id',
      since: OVER_SINCE,
      digest: digestOf('i'),
      ...WHOSE,
      from: `from dossier_item i join complaint c on c.id = i.complaint where i.institution_id = $1 and ${OVER}`,
    },
    lock: locked('dossier_item'),
    covers: coveredBy(dossierBlanks),
    destroy: (tx, destruction) => blanking.empty(tx, destruction, dossierBlanks),
  },
  {
    kind: 'callback',
    title: { zh: '回访记录', en: 'Calls back' },
    since: overSince,
    destroying: { zh: '清除意见与备注；评分与结果保留', en: 'Comments and notes are emptied; score and result stay' },
    rules: complaintRules,
    rows: {
      id: 'x.id',
      since: `greatest(x.created_at, x.answered_at, ${OVER_SINCE})`,
      digest: digestOf('x'),
      ...WHOSE,
      from: `from callback x join complaint c on c.id = x.complaint where x.institution_id = $1 and x.state not in ('planned', 'sent') and ${OVER}`,
    },
    lock: locked('callback'),
    covers: coveredBy(callbackBlanks),
    destroy: (tx, destruction) => blanking.empty(tx, destruction, callbackBlanks),
  },
  {
    kind: 'complaint-export',
    title: { zh: '投诉清单导出', en: 'Exports of lists of complaints' },
    since: { zh: '导出结束之日', en: 'the day on which the export ended' },
    destroying: { zh: '删除导出、下载记录与文件残留', en: 'The export, who downloaded it and what is left of the file are deleted' },
    rules: complaintRules,
    isBundle: true,
    rows: {
      id: 'x.id',
      since: 'x.finished_at',
      digest: digestOf('x'),
      from: 'from complaint_export x where x.institution_id = $1 and x.finished_at is not null',
    },
    lock: locked('complaint_export'),
    covers: [],
    destroy: (tx, { ids }) =>
      removeWithFiles(tx, ids, 'select upload from complaint_export where id = any($1::uuid[])', [
        'delete from complaint_export_download where export = any($1::uuid[])',
        'delete from complaint_export where id = any($1::uuid[])',
      ]),
  },
  {
    kind: 'major-complaint',
    title: { zh: '重大投诉事项的文字', en: 'Texts of major matters' },
    since: { zh: '事项终了之日', en: 'the day on which the matter ended' },
    destroying: {
      zh: '清除标题、处置步骤、报告正文与备注；种类、时间与报送情况保留',
      en: 'Title, steps, reports and notes are emptied; kind, times and that it was reported stay',
    },
    rules: complaintRules,
    isBundle: true,
    rows: {
      id: 'm.id',
      since: 'm.ended_at',
      digest: digestOf('m'),
      from: 'from major_matter m where m.institution_id = $1 and m.ended_at is not null',
    },
    lock: locked('major_matter'),
    covers: coveredBy(majorBlanks),
    destroy: (tx, destruction) => blanking.empty(tx, destruction, majorBlanks),
  },
];

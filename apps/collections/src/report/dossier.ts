import type { Words } from '#render';
import type { DataFile, DataKind, Param } from '#reports';

export const PARTIES = 'parties.csv';
const DECISIONS = 'decisions.csv';
const CONTACTS = 'contacts.csv';
const TEXTS = 'texts.csv';
const RECORDINGS = 'recordings.csv';
const STOPS = 'stops.csv';
const MONEY = 'money.csv';
const COMPLAINTS = 'complaints.csv';

const TIMES: Words = { zh: '次', en: 'times' };
const ITEMS: Words = { zh: '项', en: 'items' };
const PIECES: Words = { zh: '件', en: 'complaints' };

// Of the case that was asked for: its debtor, and with that all cases of the debtor.
const DEBTOR = `(select debtor from collection_case where institution_id = $1 and case_id = $2)`;
const CASES = `collection_case k on k.institution_id = $1 and k.debtor = ${DEBTOR}`;
const params: readonly Param[] = ['institutionId', 'subject', 'from', 'until'];
const column = (id: string, zh: string, en: string) => ({ id, label: { zh, en } });
const caseId = column('caseId', '案件', 'Case');
const agencyId = column('agencyId', '催收机构（空为本行）', 'Agency (empty: the institution itself)');

/** What is read by a statement; who is who has names, and is read by code. */
export const DOSSIER_FILES: readonly DataFile[] = [
  {
    name: DECISIONS,
    title: { zh: '每一次申请与判断', en: 'Every contact asked for, and the decision' },
    columns: [
      column('decisionId', '判断编号', 'Decision'),
      column('decidedAt', '时间', 'At'),
      caseId,
      agencyId,
      column('channel', '渠道', 'Channel'),
      column('purpose', '目的', 'Purpose'),
      column('partyRole', '对象身份', 'Role of the party'),
      column('verdict', '结论', 'Verdict'),
      column('rules', '拒绝规则', 'Rules that refuse'),
      column('sources', '依据', 'Sources'),
      column('requestedBy', '申请人', 'Asked by'),
    ],
    rows: {
      sql: `select d.id as "decisionId", d.decided_at as "decidedAt", k.case_id as "caseId", d.agency_id as "agencyId", d.proposed->>'channel' as channel,
          d.proposed->>'purpose' as purpose, d.proposed->>'partyRole' as "partyRole", d.verdict, d.requested_by as "requestedBy",
          (select string_agg(r->>'ruleId', ';') from json_array_elements(d.outcome->'reasons') r where r->>'severity' = 'block') as rules,
          (select string_agg(r->>'source', ';') from json_array_elements(d.outcome->'reasons') r where r->>'severity' = 'block') as sources
        from decision d join ${CASES} and k.id = d.collection_case where d.decided_at >= $3 and d.decided_at < $4 order by d.decided_at, d.id`,
      params,
    },
  },
  {
    name: CONTACTS,
    title: { zh: '每一次联系及结果', en: 'Every contact and its result' },
    columns: [
      column('attemptId', '联系编号', 'Attempt'),
      column('at', '时间', 'At'),
      column('endedAt', '结束', 'Ended at'),
      caseId,
      agencyId,
      column('collectorIds', '催收员', 'Collectors'),
      column('partyRole', '对象身份', 'Role of the party'),
      column('channel', '渠道', 'Channel'),
      column('initiator', '发起方', 'Begun by'),
      column('result', '结果', 'Result'),
      column('revoked', '许可已收回', 'Permit taken back'),
    ],
    rows: {
      sql: `select c.attempt_id as "attemptId", c.at, c.ended_at as "endedAt", c.case_id as "caseId", c.agency_id as "agencyId", c.collector_ids as "collectorIds",
          c.party_role as "partyRole", c.channel, c.initiator, c.result, c.revoked_at is not null as revoked
        from contact c where c.institution_id = $1 and c.debtor_id = (select debtor_id from debtor where id = ${DEBTOR}) and c.at >= $3 and c.at < $4 order by c.at, c.id`,
      params,
    },
  },
  {
    name: TEXTS,
    title: { zh: '每一条短信、邮件与信函', en: 'Every message and letter' },
    columns: [
      column('delivery', '编号', 'Id'),
      column('askedAt', '时间', 'At'),
      caseId,
      agencyId,
      column('kind', '种类', 'Kind'),
      column('channel', '渠道', 'Channel'),
      column('template', '模板', 'Template'),
      column('letter', '信函编号', 'Number of the letter'),
      column('state', '状态', 'State'),
      column('sentAt', '发出', 'Sent at'),
    ],
    rows: {
      sql: `select d.id as delivery, d.asked_at as "askedAt", k.case_id as "caseId", d.agency_id as "agencyId", d.kind, d.channel,
          d.template_id || ' v' || d.template_version as template, l.year || '-' || l.number as letter, d.state, d.sent_at as "sentAt"
        from delivery d join ${CASES} and k.id = d.collection_case left join letter l on l.delivery = d.id
        where d.asked_at >= $3 and d.asked_at < $4 order by d.asked_at, d.id`,
      params,
    },
  },
  {
    name: RECORDINGS,
    title: { zh: '每一段录音录像与每一次上门', en: 'Every recording and every visit' },
    columns: [
      column('id', '编号', 'Id'),
      column('what', '种类', 'What'),
      column('at', '时间', 'At'),
      caseId,
      agencyId,
      column('sha256', 'SHA-256', 'SHA-256'),
      column('keepUntil', '保存至', 'Kept until'),
      column('consent', '上门同意', 'Consent to enter'),
    ],
    rows: {
      sql: `select r.id, r.kind || '-recording' as what, r.recorded_at as at, k.case_id as "caseId", r.agency_id as "agencyId", encode(r.sha256, 'hex') as sha256,
          r.keep_until as "keepUntil", null::text as consent from recording r join ${CASES} and k.id = r.collection_case where r.recorded_at >= $3 and r.recorded_at < $4
        union all select v.id, 'visit', v.planned_for, k.case_id, v.agency_id, null, null, v.consent from visit v join ${CASES} and k.id = v.collection_case
          where v.planned_for >= $3 and v.planned_for < $4 order by at, id`,
      params,
    },
  },
  {
    name: STOPS,
    title: { zh: '停催、同意、拒收与异议', en: 'Holds, consents, opt-outs and objections' },
    columns: [
      column('id', '编号', 'Id'),
      column('what', '种类', 'What'),
      column('kind', '事由', 'Kind'),
      column('from', '自', 'From'),
      column('until', '至', 'Until'),
      column('outcome', '结果', 'Outcome'),
    ],
    rows: {
      sql: `select id, 'hold' as what, kind, from_at as "from", until_at as until, cause as outcome from hold
          where institution_id = $1 and debtor = ${DEBTOR} and from_at < $4 and (until_at is null or until_at >= $3)
        union all select c.id, 'consent', c.kind, c.given_at, c.withdrawn_at, null from consent c join party p on p.id = c.party join ${CASES} and k.id = p.collection_case
          where c.given_at < $4 and (c.withdrawn_at is null or c.withdrawn_at >= $3)
        union all select id, 'opt-out', channel, at, withdrawn_at, null from opt_out where institution_id = $1 and debtor = ${DEBTOR} and at < $4 and (withdrawn_at is null or withdrawn_at >= $3)
        union all select id, 'objection', kind, raised_at, decided_at, state from objection where institution_id = $1 and debtor = ${DEBTOR} and raised_at >= $3 and raised_at < $4
        order by "from", id`,
      params,
    },
  },
  {
    name: MONEY,
    title: { zh: '还款、承诺与分期', en: 'Payments, promises and plans' },
    columns: [
      column('id', '编号', 'Id'),
      column('what', '种类', 'What'),
      column('at', '时间', 'At'),
      caseId,
      column('amount', '金额', 'Amount'),
      column('currency', '币种', 'Currency'),
      column('state', '状态', 'State'),
    ],
    rows: {
      sql: `select p.id, case when p.reversal_of is null then 'payment' else 'reversal' end as what, p.paid_at as at, k.case_id as "caseId", p.amount::text as amount, p.currency, null::text as state
          from payment p join ${CASES} and k.id = p.collection_case where p.paid_at >= $3 and p.paid_at < $4
        union all select p.id, 'promise', p.made_at, k.case_id, p.amount::text, p.currency, p.state from promise p join ${CASES} and k.id = p.collection_case where p.made_at >= $3 and p.made_at < $4
        union all select p.id, 'plan', p.drafted_at, k.case_id, p.total::text, p.currency, p.state from plan p join ${CASES} and k.id = p.collection_case where p.drafted_at >= $3 and p.drafted_at < $4
        order by at, id`,
      params,
    },
  },
  {
    name: COMPLAINTS,
    title: { zh: '关于催收的投诉（投诉系统告知的）', en: 'Complaints about collection, as the complaints service told them' },
    columns: [
      column('number', '投诉编号', 'Number'),
      column('receivedAt', '收到', 'Received at'),
      agencyId,
      column('decidedAt', '决定', 'Decided at'),
      column('outcome', '结论', 'Outcome'),
      column('closedAt', '办结', 'Closed at'),
      column('holdFrom', '停催自', 'Hold from'),
      column('holdUntil', '停催至', 'Hold until'),
    ],
    rows: {
      sql: `select f.number, f.received_at as "receivedAt", f.agency_id as "agencyId", f.decided_at as "decidedAt", f.outcome, f.closed_at as "closedAt",
          h.from_at as "holdFrom", h.until_at as "holdUntil"
        from complaint_file f left join complaint_hold h on h.institution_id = $1 and h.complaint_id = f.complaint_id
        where f.institution_id = $1 and f.received_at >= $3 and f.received_at < $4
          and (f.debtor = ${DEBTOR} or f.account in (select unnest(array[case_id, debt_id]) from collection_case where institution_id = $1 and debtor = ${DEBTOR}))
        order by f.received_at, f.number`,
      params,
    },
  },
];

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

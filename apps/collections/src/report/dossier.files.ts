import type { Words } from '#render';
import { printed, type DataFile, type Param } from '#reports';
import { channels, purposes, results, roles, rules, verdicts } from './names.ts';

export const PARTIES = 'parties.csv';
export const DECISIONS = 'decisions.csv';
export const CONTACTS = 'contacts.csv';
export const TEXTS = 'texts.csv';
export const RECORDINGS = 'recordings.csv';
export const STOPS = 'stops.csv';
export const MONEY = 'money.csv';
export const COMPLAINTS = 'complaints.csv';

// Of the case that was asked for: its debtor, and with that all cases of the debtor.
const DEBTOR = `(select debtor from collection_case where institution_id = $1 and case_id = $2)`;
const CASES = `collection_case k on k.institution_id = $1 and k.debtor = ${DEBTOR}`;
const params: readonly Param[] = ['institutionId', 'subject', 'from', 'until'];
const column = (id: string, zh: string, en: string) => ({ id, label: { zh, en } });
const caseId = column('caseId', '案件', 'Case');
const agencyId = column('agencyId', '催收机构（空为本行）', 'Agency (empty: the institution itself)');

export const items: Readonly<Record<string, Words>> = {
  'voice-recording': { zh: '通话录音', en: 'Call recording' },
  'visit-recording': { zh: '上门录像', en: 'Visit recording' },
  visit: { zh: '上门', en: 'Visit' },
  hold: { zh: '停催', en: 'Hold' },
  consent: { zh: '同意', en: 'Consent' },
  'opt-out': { zh: '拒收', en: 'Opt-out' },
  objection: { zh: '异议', en: 'Objection' },
  payment: { zh: '还款', en: 'Payment' },
  reversal: { zh: '冲正', en: 'Reversal' },
  promise: { zh: '还款承诺', en: 'Promise' },
  plan: { zh: '分期', en: 'Plan' },
};

/** What is read by a statement; who is who has names, and is read by code. */
export const DOSSIER_FILES: readonly DataFile[] = [
  {
    name: DECISIONS,
    title: { zh: '每一次申请与判断', en: 'Every contact asked for, and the decision' },
    ...printed(
      [
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
      [
        ['decidedAt', 0.17],
        ['channel', 0.08, channels],
        ['purpose', 0.07, purposes],
        ['partyRole', 0.09, roles],
        ['agencyId', 0.11],
        ['verdict', 0.07, verdicts],
        ['rules', 0.18, rules],
        ['decisionId', 0.23],
      ],
    ),
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
    ...printed(
      [
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
      [
        ['at', 0.17],
        ['channel', 0.09, channels],
        ['partyRole', 0.1, roles],
        ['agencyId', 0.12],
        ['collectorIds', 0.15],
        ['result', 0.13, results],
        ['attemptId', 0.24],
      ],
    ),
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
    ...printed(
      [
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
      [
        ['askedAt', 0.18],
        ['channel', 0.1, channels],
        ['template', 0.2],
        ['letter', 0.14],
        ['agencyId', 0.12],
        ['state', 0.1],
        ['sentAt', 0.16],
      ],
    ),
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
    ...printed(
      [
        column('id', '编号', 'Id'),
        column('what', '种类', 'What'),
        column('at', '时间', 'At'),
        caseId,
        agencyId,
        column('sha256', 'SHA-256', 'SHA-256'),
        column('keepUntil', '保存至', 'Kept until'),
        column('consent', '上门同意', 'Consent to enter'),
      ],
      [
        ['at', 0.18],
        ['what', 0.14, items],
        ['agencyId', 0.14],
        ['keepUntil', 0.18],
        ['sha256', 0.36],
      ],
    ),
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
    ...printed(
      [
        column('id', '编号', 'Id'),
        column('what', '种类', 'What'),
        column('kind', '事由', 'Kind'),
        column('from', '自', 'From'),
        column('until', '至', 'Until'),
        column('outcome', '结果', 'Outcome'),
      ],
      [
        ['what', 0.16, items],
        ['kind', 0.24],
        ['from', 0.2],
        ['until', 0.2],
        ['outcome', 0.2],
      ],
    ),
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
    ...printed(
      [
        column('id', '编号', 'Id'),
        column('what', '种类', 'What'),
        column('at', '时间', 'At'),
        caseId,
        column('amount', '金额', 'Amount'),
        column('currency', '币种', 'Currency'),
        column('state', '状态', 'State'),
      ],
      [
        ['at', 0.22],
        ['what', 0.16, items],
        ['caseId', 0.18],
        ['amount', 0.18],
        ['currency', 0.1],
        ['state', 0.16],
      ],
    ),
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
    ...printed(
      [
        column('number', '投诉编号', 'Number'),
        column('receivedAt', '收到', 'Received at'),
        agencyId,
        column('decidedAt', '决定', 'Decided at'),
        column('outcome', '结论', 'Outcome'),
        column('closedAt', '办结', 'Closed at'),
        column('holdFrom', '停催自', 'Hold from'),
        column('holdUntil', '停催至', 'Hold until'),
      ],
      [
        ['number', 0.18],
        ['receivedAt', 0.17],
        ['agencyId', 0.13],
        ['decidedAt', 0.17],
        ['outcome', 0.18],
        ['closedAt', 0.17],
      ],
    ),
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

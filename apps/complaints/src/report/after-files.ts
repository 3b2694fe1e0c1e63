import type { DataFile } from '#reports';

export const EXTENSIONS = 'extensions.csv';
export const OVERDUE = 'overdue.csv';
export const REVIEWS = 'reviews.csv';
export const SATISFACTION = 'satisfaction.csv';
export const CAUSES = 'root-causes.csv';
export const EFFECTS = 'rectifications.csv';

const column = (id: string, zh: string, en: string) => ({ id, label: { zh, en } });
const number = column('number', '投诉编号', 'Number');
const agencyId = column('agencyId', '被投诉催收机构', 'Agency complained of');

/** What the sections count: one row each of what comes beside and after the decision. */
export const AFTER_FILES: readonly DataFile[] = [
  {
    name: EXTENSIONS,
    title: { zh: '报告期内每一次延期及其批准', en: 'Every extension in the period, and who approved it' },
    columns: [
      number,
      column('at', '延期时间', 'At'),
      column('level', '批准层级', 'Level'),
      column('approvedBy', '批准人', 'Approved by'),
      column('toldAt', '告知投诉人', 'Complainant told at'),
    ],
    rows: {
      sql: `select c.number, e.at, e.data->>'approverLevel' as level, e.recorded_by as "approvedBy", (e.data->>'complainantToldAt')::timestamptz as "toldAt"
        from clock_event e join complaint c on c.id = e.complaint
        where e.institution_id = $1 and e.type = 'extended' and e.at >= $2 and e.at < $3 order by e.at, e.id`,
      params: ['institutionId', 'from', 'until'],
    },
  },
  {
    name: OVERDUE,
    title: { zh: '报告期内收到而超期的每一件投诉', en: 'Every complaint received in the period that is or was late' },
    columns: [
      number,
      column('receivedOn', '收到日期', 'Received on'),
      column('dueOn', '到期日', 'Due on'),
      column('open', '未办结', 'Still open'),
      column('lateDays', '超期天数', 'Days late'),
      column('stage', '所在环节', 'Stage it stands in or was late in'),
      column('reason', '原因', 'Why'),
      agencyId,
    ],
    rows: {
      sql: `select c.number, (c.received_at at time zone c.time_zone)::date as "receivedOn", c.due_on as "dueOn", c.closed_at is null as open,
          greatest(0, (coalesce(c.closed_at, $4) at time zone c.time_zone)::date - c.due_on) as "lateDays", s.stage, c.against_agency_id as "agencyId",
          case when c.decided_at is null or c.decided_at >= c.due_at then
              case when exists (select from work_task w where w.complaint = c.id and w.asked_at < c.due_at and (w.settled_at is null or w.settled_at >= c.due_at)) then 'waited-for-an-answer'
                when c.handler is null then 'without-handler' else 'not-decided' end
            else 'decided-not-told' end as reason
        from complaint c
        left join lateral (select stage from stage_entry e where e.complaint = c.id and e.entered_at < c.due_at order by e.entered_at desc, e.seq desc limit 1) s on true
        where c.institution_id = $1 and c.received_at >= $2 and c.received_at < $3 and c.state not in ('withdrawn', 'declined', 'merged')
          and (c.state = 'missed' or (c.closed_at is null and c.state <> 'paused' and c.due_at <= $4)) order by c.due_at, c.number`,
      params: ['institutionId', 'from', 'until', 'now'],
    },
  },
  {
    name: REVIEWS,
    title: { zh: '报告期内收到的每一次核查申请', en: 'Every review that was asked for in the period' },
    columns: [
      number,
      column('receivedAt', '收到', 'Received at'),
      column('late', '逾期提出', 'Asked late'),
      column('state', '状态', 'State'),
      column('outcome', '结论', 'Outcome'),
      column('dueOn', '到期日', 'Due on'),
      column('toldAt', '告知', 'Told at'),
      column('timing', '是否按期', 'In time'),
    ],
    rows: {
      sql: `select c.number, r.received_at as "receivedAt", r.late, r.state, r.outcome, r.due_on as "dueOn", r.review_told_at as "toldAt",
          case when r.state = 'withdrawn' then null when r.review_told_at < r.due_at then 'on-time' when r.review_told_at is not null or r.due_at <= $4 then 'late' end as timing
        from review r join complaint c on c.id = r.complaint where r.institution_id = $1 and r.received_at >= $2 and r.received_at < $3 order by r.received_at, r.id`,
      params: ['institutionId', 'from', 'until', 'now'],
    },
  },
  {
    name: SATISFACTION,
    title: { zh: '报告期内计划的每一次满意度回访', en: 'Every call-back about satisfaction that was planned in the period' },
    columns: [
      number,
      column('plannedAt', '计划', 'Planned at'),
      column('channel', '方式', 'Channel'),
      column('state', '状态', 'State'),
      column('score', '评分（1–5）', 'Score (1-5)'),
      column('resolved', '是否解决', 'Resolved'),
      column('low', '低分', 'Low score'),
      agencyId,
    ],
    rows: {
      sql: `select c.number, b.planned_at as "plannedAt", b.channel, b.state, b.score, b.resolved, b.low, b.agency_id as "agencyId"
        from callback b join complaint c on c.id = b.complaint where b.institution_id = $1 and b.purpose = 'satisfaction' and b.planned_at >= $2 and b.planned_at < $3 order by b.planned_at, b.id`,
      params: ['institutionId', 'from', 'until'],
    },
  },
  {
    name: CAUSES,
    title: { zh: '报告期内确认的每一项根因', en: 'Every root cause that was confirmed in the period' },
    columns: [
      number,
      column('kind', '根因', 'Kind'),
      column('objectKind', '对象', 'What it lies in'),
      column('object', '对象编号', 'Which'),
      column('confirmedAt', '确认', 'Confirmed at'),
    ],
    rows: {
      sql: `select c.number, r.kind, r.object_kind as "objectKind", case when r.object_kind = 'collector' then null else r.object_ref end as object, r.settled_at as "confirmedAt"
        from root_cause r join complaint c on c.id = r.complaint where r.institution_id = $1 and r.state = 'confirmed' and r.settled_at >= $2 and r.settled_at < $3 order by r.settled_at, r.id`,
      params: ['institutionId', 'from', 'until'],
    },
  },
  {
    name: EFFECTS,
    title: { zh: '报告期内应完成或已完成的每一项整改', en: 'Every rectification that was due or done in the period' },
    columns: [
      number,
      column('cause', '根因', 'Cause'),
      column('dueOn', '期限', 'Due on'),
      column('postponed', '已展期', 'Postponed'),
      column('state', '状态', 'State'),
      column('implementedOn', '完成', 'Implemented on'),
      column('late', '逾期', 'Late'),
      column('effect', '整改效果', 'Effect'),
      column('before', '整改前投诉数', 'Complaints before'),
      column('after', '整改后投诉数', 'Complaints after'),
    ],
    rows: {
      sql: `select c.number, r.cause_kind as cause, r.due_on as "dueOn", r.due_on <> r.first_due_on as postponed, r.state, r.implemented_on as "implementedOn",
          case when r.state = 'cancelled' then false else coalesce(r.implemented_on, $3::date) > r.due_on end as late, e.verdict as effect, e.before_count as before, e.after_count as after
        from rectification r join complaint c on c.id = r.complaint left join rectification_effect e on e.id = r.effect
        where r.institution_id = $1 and (r.due_on between $2 and $3 or r.implemented_on between $2 and $3) order by r.due_on, r.id`,
      params: ['institutionId', 'firstDay', 'lastDay'],
    },
  },
];

import type { Words } from '#render';
import { dataKind, printed, type DataKind } from '#reports';

const MATTERS = 'matters.csv';
const STEPS = 'steps.csv';
const PAPERS = 'reports.csv';

const ITEMS: Words = { zh: '起', en: 'matters' };
const PIECES: Words = { zh: '件', en: 'complaints' };
const STEP: Words = { zh: '步', en: 'steps' };
const COPIES: Words = { zh: '份', en: 'reports' };
const PERSONS: Words = { zh: '人', en: 'persons' };
const column = (id: string, zh: string, en: string) => ({ id, label: { zh, en } });
const matter = column('matter', '事项编号', 'Matter');

const kinds: Readonly<Record<string, Words>> = {
  group: { zh: '群体投诉', en: 'Group' },
  disaster: { zh: '自然灾害', en: 'Disaster' },
  accident: { zh: '事故灾难', en: 'Accident' },
  'public-health': { zh: '公共卫生事件', en: 'Public health' },
  designated: { zh: '监管指定', en: 'Designated by the regulator' },
  surge: { zh: '投诉激增', en: 'Surge' },
};
const groups = (names: Readonly<Record<string, Words>>, of: string) =>
  Object.entries(names).map(([key, label]) => ({ key, label, where: [{ column: of, is: key }] }));

/** Major complaints: what came up, whether it was reported and handled in time. Drills are none. */
const MAJOR: DataKind = {
  kind: 'major-complaints',
  title: { zh: '重大投诉报告', en: 'Major complaints report' },
  files: [
    {
      name: MATTERS,
      title: { zh: '报告期内知悉的每一起重大投诉', en: 'Every major matter that became known in the period' },
      ...printed(
        [
          matter,
          column('kind', '种类', 'Kind'),
          column('knownAt', '知悉', 'Known at'),
          column('state', '状态', 'State'),
          column('complaints', '投诉数', 'Complaints'),
          column('persons', '涉及人数', 'Persons'),
          column('reportDueAt', '应报告', 'Report due at'),
          column('reportedAt', '首次报告', 'First reported at'),
          column('timing', '是否按时报告', 'Reported in time'),
          column('endedAt', '办结', 'Ended at'),
        ],
        [
          ['matter', 0.13],
          ['kind', 0.11, kinds],
          ['knownAt', 0.17],
          ['state', 0.08],
          ['complaints', 0.08],
          ['persons', 0.07],
          ['reportDueAt', 0.17],
          ['reportedAt', 0.19],
        ],
      ),
      rows: {
        sql: `select m.number as matter, m.kind, m.known_at as "knownAt", m.state,
            (select count(*)::int from major_complaint c where c.matter = m.id and c.active) as complaints, m.persons, m.report_due_at as "reportDueAt", m.reported_at as "reportedAt",
            case when m.reported_at <= m.report_due_at then 'on-time' when m.reported_at is not null or m.report_due_at <= $4 then 'late' end as timing, m.ended_at as "endedAt"
          from major_matter m where m.institution_id = $1 and not m.drill and m.known_at >= $2 and m.known_at < $3 order by m.known_at, m.id`,
        params: ['institutionId', 'from', 'until', 'now'],
      },
    },
    {
      name: STEPS,
      title: { zh: '其应急处置的每一步', en: 'Every step of handling them' },
      ...printed(
        [
          matter,
          column('step', '序号', 'Step'),
          column('ofPlan', '预案内', 'Of the plan'),
          column('owner', '责任角色', 'Owner'),
          column('dueAt', '期限', 'Due at'),
          column('state', '状态', 'State'),
          column('settledAt', '完成', 'Settled at'),
          column('late', '逾期', 'Late'),
        ],
        [
          ['matter', 0.18],
          ['step', 0.08],
          ['owner', 0.2],
          ['dueAt', 0.2],
          ['state', 0.12],
          ['settledAt', 0.22],
        ],
      ),
      rows: {
        sql: `select m.number as matter, s.seq as step, s.of_plan as "ofPlan", s.owner_role as owner, s.due_at as "dueAt", s.state, s.settled_at as "settledAt", coalesce(s.settled_at, $4) > s.due_at as late
          from major_step s join major_matter m on m.id = s.matter where m.institution_id = $1 and not m.drill and m.known_at >= $2 and m.known_at < $3 order by m.known_at, m.id, s.seq`,
        params: ['institutionId', 'from', 'until', 'now'],
      },
    },
    {
      name: PAPERS,
      title: { zh: '其每一份报告', en: 'Every report on them' },
      ...printed(
        [
          matter,
          column('kind', '种类', 'Kind'),
          column('state', '状态', 'State'),
          column('receiver', '报送对象', 'Receiver'),
          column('draftedAt', '起草', 'Drafted at'),
          column('sentAt', '报送', 'Sent at'),
        ],
        [
          ['matter', 0.18],
          ['kind', 0.18],
          ['state', 0.12],
          ['receiver', 0.16],
          ['draftedAt', 0.18],
          ['sentAt', 0.18],
        ],
      ),
      rows: {
        sql: `select m.number as matter, r.kind, r.state, r.receiver, r.drafted_at as "draftedAt", r.sent_at as "sentAt"
          from major_report r join major_matter m on m.id = r.matter where m.institution_id = $1 and not m.drill and m.known_at >= $2 and m.known_at < $3 order by m.known_at, m.id, r.drafted_at, r.id`,
        params: ['institutionId', 'from', 'until'],
      },
    },
  ],
  figures: [
    { id: 'matters', label: { zh: '重大投诉', en: 'Major matters' }, unit: ITEMS, file: MATTERS, filter: [] },
    { id: 'open', label: { zh: '尚未办结', en: 'Still open' }, unit: ITEMS, file: MATTERS, filter: [{ column: 'state', is: 'open' }] },
    {
      id: 'complaints',
      label: { zh: '所含投诉', en: 'Complaints in them' },
      unit: PIECES,
      file: MATTERS,
      filter: [],
      measure: 'sum',
      column: 'complaints',
    },
    {
      id: 'persons',
      label: { zh: '涉及人数（已填）', en: 'Persons, where known' },
      unit: PERSONS,
      file: MATTERS,
      filter: [{ column: 'persons', filled: true }],
      measure: 'sum',
      column: 'persons',
    },
    {
      id: 'reported-on-time',
      label: { zh: '按时报告', en: 'Reported in time' },
      unit: ITEMS,
      file: MATTERS,
      filter: [{ column: 'timing', is: 'on-time' }],
    },
    {
      id: 'reported-late',
      label: { zh: '未按时报告', en: 'Not reported in time' },
      unit: ITEMS,
      file: MATTERS,
      filter: [{ column: 'timing', is: 'late' }],
    },
    { id: 'steps', label: { zh: '处置步骤', en: 'Steps' }, unit: STEP, file: STEPS, filter: [] },
    { id: 'steps-late', label: { zh: '逾期步骤', en: 'Steps late' }, unit: STEP, file: STEPS, filter: [{ column: 'late', is: 'yes' }] },
    {
      id: 'reports-sent',
      label: { zh: '已报送报告', en: 'Reports sent' },
      unit: COPIES,
      file: PAPERS,
      filter: [{ column: 'state', is: 'sent' }],
    },
  ],
  tables: [
    {
      id: 'by-kind',
      title: { zh: '按种类统计', en: 'By kind' },
      rowLabel: { zh: '种类', en: 'Kind' },
      file: MATTERS,
      groups: groups(kinds, 'kind'),
      columns: [
        { id: 'matters', label: { zh: '重大投诉', en: 'Matters' }, unit: ITEMS, where: [] },
        { id: 'open', label: { zh: '未办结', en: 'Open' }, unit: ITEMS, where: [{ column: 'state', is: 'open' }] },
        { id: 'late', label: { zh: '未按时报告', en: 'Not reported in time' }, unit: ITEMS, where: [{ column: 'timing', is: 'late' }] },
      ],
    },
    {
      id: 'steps-by-state',
      title: { zh: '处置步骤', en: 'Steps by state' },
      rowLabel: { zh: '状态', en: 'State' },
      file: STEPS,
      groups: groups(
        { open: { zh: '未完成', en: 'Open' }, done: { zh: '已完成', en: 'Done' }, skipped: { zh: '不适用', en: 'Skipped' } },
        'state',
      ),
      columns: [
        { id: 'steps', label: { zh: '步骤', en: 'Steps' }, unit: STEP, where: [] },
        { id: 'late', label: { zh: '逾期', en: 'Late' }, unit: STEP, where: [{ column: 'late', is: 'yes' }] },
      ],
    },
    {
      id: 'reports-by-kind',
      title: { zh: '报告（按种类）', en: 'Reports by kind' },
      rowLabel: { zh: '种类', en: 'Kind' },
      file: PAPERS,
      groups: groups(
        { first: { zh: '首次', en: 'First' }, progress: { zh: '进展', en: 'Progress' }, closing: { zh: '结案', en: 'Closing' } },
        'kind',
      ),
      columns: [
        { id: 'reports', label: { zh: '报告', en: 'Reports' }, unit: COPIES, where: [] },
        { id: 'sent', label: { zh: '已报送', en: 'Sent' }, unit: COPIES, where: [{ column: 'state', is: 'sent' }] },
      ],
    },
  ],
  chart: {
    title: { zh: '重大投诉（按种类）', en: 'Major matters by kind' },
    table: 'by-kind',
    columns: ['matters'],
    xLabel: { zh: '种类', en: 'Kind' },
    yLabel: { zh: '重大投诉（起）', en: 'Matters' },
  },
  notes: [
    {
      zh: '统计对象为报告期内知悉的重大投诉，演练除外；状态以生成时间为准。',
      en: 'Counted are the major matters that became known in the period, without drills, as they stood when the report was made.',
    },
  ],
  sources: [
    {
      zh: '来源：《银行业保险业消费投诉处理管理办法》第 26、27 条。',
      en: 'Source: Measures on consumer complaints in banking and insurance, Art. 26, 27.',
    },
  ],
};

export const MajorReport = dataKind(MAJOR);

import { printed, type DataFile } from '#reports';
import { standings, steps, yesNo } from './names.ts';

export const AGENCIES = 'agencies.csv';
export const CHANGES = 'standing-changes.csv';
export const INSPECTIONS = 'inspections.csv';
export const FINDINGS = 'inspection-findings.csv';
export const EVALUATIONS = 'evaluations.csv';
export const SANCTIONS = 'sanctions.csv';
export const SHARES = 'outsourced-share.csv';

export const agency = { id: 'agencyId', label: { zh: '催收机构', en: 'Agency' } };

export const AGENCY_FILES: readonly DataFile[] = [
  {
    name: AGENCIES,
    title: { zh: '名册中的每一家机构（生成时）', en: 'Every agency of the register, as it stood when the report was made' },
    ...printed(
      [
        agency,
        { id: 'name', label: { zh: '名称', en: 'Name' } },
        { id: 'status', label: { zh: '状态', en: 'Status' } },
        { id: 'published', label: { zh: '已公示', en: 'Published' } },
        { id: 'contractFrom', label: { zh: '合同起', en: 'Contract from' } },
        { id: 'contractTo', label: { zh: '合同止', en: 'Contract to' } },
        { id: 'contract', label: { zh: '期末合同', en: 'Contract at the end of the period' } },
        { id: 'lastEvaluatedOn', label: { zh: '最近评估', en: 'Last evaluated on' } },
        { id: 'evaluated', label: { zh: '一年内评估', en: 'Evaluated within a year' } },
        { id: 'collectors', label: { zh: '在册催收员', en: 'Collectors registered' } },
        { id: 'certified', label: { zh: '其中证书有效', en: 'Of these with a certificate that holds' } },
        { id: 'devices', label: { zh: '在用设备', en: 'Devices in use' } },
      ],
      [
        ['agencyId', 0.12],
        ['name', 0.2],
        ['status', 0.09, standings],
        ['published', 0.09, yesNo],
        ['contractFrom', 0.1],
        ['contractTo', 0.1],
        ['lastEvaluatedOn', 0.11],
        ['collectors', 0.07],
        ['certified', 0.07],
        ['devices', 0.05],
      ],
    ),
    rows: {
      sql: `select a.agency_id as "agencyId", a.name, a.status, a.published, a.contract_from as "contractFrom", a.contract_to as "contractTo",
          case when a.contract_from <= $2 and a.contract_to >= $2 then 'in-force' when a.contract_to < $2 then 'expired' else 'none' end as contract,
          a.last_evaluated_on as "lastEvaluatedOn", coalesce(a.last_evaluated_on > $2::date - interval '1 year', false) as evaluated,
          (select count(*)::int from agency_staff s where s.institution_id = $1 and s.agency_id = a.agency_id and s.active) as collectors,
          (select count(*)::int from agency_staff s where s.institution_id = $1 and s.agency_id = a.agency_id and s.active and s.certificate_until >= $2) as certified,
          (select count(distinct d.device_id)::int from agency_device d where d.institution_id = $1 and d.agency_id = a.agency_id and d.retired_at is null) as devices
        from agency a where a.institution_id = $1 order by a.agency_id`,
      params: ['institutionId', 'lastDay'],
    },
  },
  {
    name: CHANGES,
    title: { zh: '报告期内每一次名册状态变动', en: 'Every change of standing in the period' },
    ...printed(
      [
        { id: 'at', label: { zh: '时间', en: 'At' } },
        agency,
        { id: 'status', label: { zh: '变动后状态', en: 'Status after it' } },
        { id: 'published', label: { zh: '公示', en: 'Published' } },
        { id: 'bars', label: { zh: '禁止事由', en: 'What bars it' } },
        { id: 'revoked', label: { zh: '收回许可数', en: 'Permits taken back' } },
        { id: 'setBy', label: { zh: '由', en: 'By' } },
      ],
      [
        ['at', 0.24],
        ['agencyId', 0.16],
        ['status', 0.14, standings],
        ['published', 0.1, yesNo],
        ['bars', 0.24],
        ['revoked', 0.12],
      ],
    ),
    rows: {
      sql: `select at, agency_id as "agencyId", status, published, bars, revoked, set_by as "setBy" from agency_standing
        where institution_id = $1 and at >= $2 and at < $3 order by at, id`,
      params: ['institutionId', 'from', 'until'],
    },
  },
  {
    name: INSPECTIONS,
    title: { zh: '报告期内完成的每一次检查', en: 'Every inspection that was done in the period' },
    columns: [
      { id: 'inspection', label: { zh: '检查编号', en: 'Inspection' } },
      agency,
      { id: 'kind', label: { zh: '方式', en: 'Kind' } },
      { id: 'plannedOn', label: { zh: '计划日期', en: 'Planned on' } },
      { id: 'doneOn', label: { zh: '完成日期', en: 'Done on' } },
    ],
    rows: {
      sql: `select id as inspection, agency_id as "agencyId", kind, planned_on as "plannedOn", done_on as "doneOn" from inspection
        where institution_id = $1 and state = 'done' and done_on between $2 and $3 order by done_on, id`,
      params: ['institutionId', 'firstDay', 'lastDay'],
    },
  },
  {
    name: FINDINGS,
    title: { zh: '报告期内每一项检查发现', en: 'Every finding of inspections in the period' },
    ...printed(
      [
        { id: 'finding', label: { zh: '发现编号', en: 'Finding' } },
        agency,
        { id: 'severity', label: { zh: '严重程度', en: 'Severity' } },
        { id: 'source', label: { zh: '依据', en: 'Source' } },
        { id: 'state', label: { zh: '整改状态', en: 'State' } },
        { id: 'dueOn', label: { zh: '整改期限', en: 'Due on' } },
        { id: 'overdue', label: { zh: '逾期未整改', en: 'Overdue' } },
      ],
      [
        ['agencyId', 0.18],
        ['severity', 0.14],
        ['source', 0.28],
        ['state', 0.14],
        ['dueOn', 0.14],
        ['overdue', 0.12, yesNo],
      ],
    ),
    rows: {
      sql: `select id as finding, agency_id as "agencyId", severity, source, state, due_on as "dueOn", state <> 'accepted' and due_on < $4 as overdue
        from inspection_finding where institution_id = $1 and state <> 'draft' and found_at >= $2 and found_at < $3 order by found_at, id`,
      params: ['institutionId', 'from', 'until', 'lastDay'],
    },
  },
  {
    name: EVALUATIONS,
    title: { zh: '报告期内确认的每一次评估', en: 'Every evaluation that was confirmed in the period' },
    ...printed(
      [
        { id: 'evaluation', label: { zh: '评估编号', en: 'Evaluation' } },
        agency,
        { id: 'periodFrom', label: { zh: '评估期自', en: 'Of the time from' } },
        { id: 'periodTo', label: { zh: '评估期至', en: 'To' } },
        { id: 'total', label: { zh: '得分', en: 'Score' } },
        { id: 'band', label: { zh: '等级', en: 'Band' } },
        { id: 'evaluatedOn', label: { zh: '确认日期', en: 'Confirmed on' } },
      ],
      [
        ['agencyId', 0.22],
        ['periodFrom', 0.18],
        ['periodTo', 0.18],
        ['total', 0.12],
        ['band', 0.1],
        ['evaluatedOn', 0.2],
      ],
    ),
    rows: {
      sql: `select id as evaluation, agency_id as "agencyId", period_from as "periodFrom", period_to as "periodTo", total::float8 as total, band, evaluated_on as "evaluatedOn"
        from agency_evaluation where institution_id = $1 and state = 'confirmed' and evaluated_on between $2 and $3 order by evaluated_on, id`,
      params: ['institutionId', 'firstDay', 'lastDay'],
    },
  },
  {
    name: SANCTIONS,
    title: { zh: '报告期内生效的每一项处理', en: 'Every sanction that came into force in the period' },
    ...printed(
      [
        { id: 'sanction', label: { zh: '处理编号', en: 'Sanction' } },
        agency,
        { id: 'step', label: { zh: '措施', en: 'Step' } },
        { id: 'state', label: { zh: '状态', en: 'State' } },
        { id: 'inForceAt', label: { zh: '生效时间', en: 'In force at' } },
        { id: 'untilOn', label: { zh: '截止日期', en: 'Until' } },
        { id: 'appealed', label: { zh: '已申诉', en: 'Appealed' } },
        { id: 'appealOutcome', label: { zh: '申诉结果', en: 'Outcome of the appeal' } },
      ],
      [
        ['agencyId', 0.16],
        ['step', 0.18, steps],
        ['state', 0.12],
        ['inForceAt', 0.22],
        ['untilOn', 0.12],
        ['appealed', 0.08, yesNo],
        ['appealOutcome', 0.12],
      ],
    ),
    rows: {
      sql: `select id as sanction, agency_id as "agencyId", step, state, in_force_at as "inForceAt", until_on as "untilOn", appealed_at is not null as appealed,
          appeal_outcome as "appealOutcome"
        from sanction where institution_id = $1 and in_force_at >= $2 and in_force_at < $3 order by in_force_at, id`,
      params: ['institutionId', 'from', 'until'],
    },
  },
  {
    name: SHARES,
    title: { zh: '期末在催案件：本行与各机构', en: 'Cases in collection at the end of the period, by who collects' },
    columns: [
      { id: 'agencyId', label: { zh: '催收机构（空为本行）', en: 'Agency (empty: the institution itself)' } },
      { id: 'currency', label: { zh: '币种', en: 'Currency' } },
      { id: 'cases', label: { zh: '案件数', en: 'Cases' } },
      { id: 'amount', label: { zh: '余额', en: 'Balance' } },
    ],
    rows: {
      sql: `select agency_id as "agencyId", currency, sum(cases)::int as cases, sum(amount)::numeric(18,2)::text as amount from portfolio_change
        where institution_id = $1 and at < $2 group by 1, 2 having sum(cases) <> 0 or sum(amount) <> 0 order by 1 nulls first, 2`,
      params: ['institutionId', 'until'],
    },
  },
];

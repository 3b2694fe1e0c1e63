import type { Words } from '#render';
import type { DataKind } from '#reports';
import { agency, AGENCY_FILES, AGENCIES, CHANGES, INSPECTIONS, FINDINGS, EVALUATIONS, SANCTIONS, SHARES } from './agency-register.files.ts';
import { BANK, standings, steps } from './names.ts';

const PIECES: Words = { zh: '家', en: 'agencies' };
const TIMES: Words = { zh: '次', en: 'times' };
const ITEMS: Words = { zh: '项', en: 'items' };
const CASES: Words = { zh: '件', en: 'cases' };
const PERCENT: Words = { zh: '%', en: '%' };

/** Who collects for the institution, how they stand, and what was done about it. */
export const AGENCY_REGISTER: DataKind = {
  kind: 'agency-register',
  title: { zh: '催收机构名册与治理报告', en: 'Agency register and governance report' },
  files: AGENCY_FILES,
  figures: [
    { id: 'agencies', label: { zh: '名册机构', en: 'Agencies of the register' }, unit: PIECES, file: AGENCIES, filter: [] },
    { id: 'active', label: { zh: '在用', en: 'Active' }, unit: PIECES, file: AGENCIES, filter: [{ column: 'status', is: 'active' }] },
    {
      id: 'suspended',
      label: { zh: '暂停', en: 'Suspended' },
      unit: PIECES,
      file: AGENCIES,
      filter: [{ column: 'status', is: 'suspended' }],
    },
    {
      id: 'unpublished',
      label: { zh: '在用而未公示', en: 'Active and not published' },
      unit: PIECES,
      file: AGENCIES,
      filter: [
        { column: 'status', is: 'active' },
        { column: 'published', is: 'no' },
      ],
    },
    {
      id: 'without-contract',
      label: { zh: '在用而期末无有效合同', en: 'Active without a contract in force at the end' },
      unit: PIECES,
      file: AGENCIES,
      filter: [
        { column: 'status', is: 'active' },
        { column: 'contract', isNot: 'in-force' },
      ],
    },
    {
      id: 'not-evaluated',
      label: { zh: '在用而一年内未评估', en: 'Active and not evaluated within a year' },
      unit: PIECES,
      file: AGENCIES,
      filter: [
        { column: 'status', is: 'active' },
        { column: 'evaluated', is: 'no' },
      ],
    },
    { id: 'standing-changes', label: { zh: '名册状态变动', en: 'Changes of standing' }, unit: TIMES, file: CHANGES, filter: [] },
    {
      id: 'permits-revoked',
      label: { zh: '因此收回的许可', en: 'Permits taken back with them' },
      unit: TIMES,
      file: CHANGES,
      filter: [],
      measure: 'sum',
      column: 'revoked',
    },
    { id: 'inspections', label: { zh: '完成检查', en: 'Inspections done' }, unit: TIMES, file: INSPECTIONS, filter: [] },
    { id: 'findings', label: { zh: '检查发现', en: 'Findings' }, unit: ITEMS, file: FINDINGS, filter: [] },
    {
      id: 'findings-overdue',
      label: { zh: '期末逾期未整改', en: 'Overdue at the end' },
      unit: ITEMS,
      file: FINDINGS,
      filter: [{ column: 'overdue', is: 'yes' }],
    },
    { id: 'evaluations', label: { zh: '确认评估', en: 'Evaluations confirmed' }, unit: TIMES, file: EVALUATIONS, filter: [] },
    { id: 'sanctions', label: { zh: '生效处理', en: 'Sanctions in force' }, unit: ITEMS, file: SANCTIONS, filter: [] },
    {
      id: 'outsourced',
      label: { zh: '期末委外案件', en: 'Cases with agencies at the end' },
      unit: CASES,
      file: SHARES,
      filter: [{ column: 'agencyId', filled: true }],
      measure: 'sum',
      column: 'cases',
    },
    {
      id: 'outsourced-share',
      label: { zh: '期末委外案件占比', en: 'Share of cases with agencies at the end' },
      unit: PERCENT,
      file: SHARES,
      filter: [{ column: 'agencyId', filled: true }],
      measure: 'share',
      of: [],
      column: 'cases',
    },
  ],
  tables: [
    {
      id: 'by-status',
      title: { zh: '按状态统计', en: 'By status' },
      rowLabel: { zh: '状态', en: 'Status' },
      file: AGENCIES,
      groups: Object.entries(standings).map(([key, label]) => ({ key, label, where: [{ column: 'status', is: key }] })),
      columns: [
        { id: 'agencies', label: { zh: '机构', en: 'Agencies' }, unit: PIECES, where: [] },
        { id: 'published', label: { zh: '已公示', en: 'Published' }, unit: PIECES, where: [{ column: 'published', is: 'yes' }] },
        {
          id: 'contract',
          label: { zh: '合同有效', en: 'Contract in force' },
          unit: PIECES,
          where: [{ column: 'contract', is: 'in-force' }],
        },
      ],
    },
    {
      id: 'changes-by-status',
      title: { zh: '状态变动（按变动后状态）', en: 'Changes of standing, by the status after them' },
      rowLabel: { zh: '变动后状态', en: 'Status after it' },
      file: CHANGES,
      by: 'status',
      names: standings,
      columns: [{ id: 'times', label: { zh: '次数', en: 'Times' }, unit: TIMES, where: [] }],
    },
    {
      id: 'inspections-by-agency',
      title: { zh: '检查（按机构）', en: 'Inspections by agency' },
      rowLabel: agency.label,
      file: INSPECTIONS,
      by: 'agencyId',
      columns: [
        { id: 'inspections', label: { zh: '检查', en: 'Inspections' }, unit: TIMES, where: [] },
        { id: 'onSite', label: { zh: '现场', en: 'On site' }, unit: TIMES, where: [{ column: 'kind', is: 'on-site' }] },
      ],
    },
    {
      id: 'findings-by-agency',
      title: { zh: '检查发现（按机构）', en: 'Findings by agency' },
      rowLabel: agency.label,
      file: FINDINGS,
      by: 'agencyId',
      columns: [
        { id: 'findings', label: { zh: '发现', en: 'Findings' }, unit: ITEMS, where: [] },
        { id: 'critical', label: { zh: '重大', en: 'Critical' }, unit: ITEMS, where: [{ column: 'severity', is: 'critical' }] },
        { id: 'accepted', label: { zh: '已整改', en: 'Rectified' }, unit: ITEMS, where: [{ column: 'state', is: 'accepted' }] },
        { id: 'overdue', label: { zh: '逾期', en: 'Overdue' }, unit: ITEMS, where: [{ column: 'overdue', is: 'yes' }] },
      ],
    },
    {
      id: 'evaluations-by-band',
      title: { zh: '评估等级', en: 'Evaluations by band' },
      rowLabel: { zh: '等级', en: 'Band' },
      file: EVALUATIONS,
      groups: ['A', 'B', 'C', 'D'].map((key) => ({ key, label: { zh: key, en: key }, where: [{ column: 'band', is: key }] })),
      columns: [{ id: 'evaluations', label: { zh: '评估', en: 'Evaluations' }, unit: TIMES, where: [] }],
    },
    {
      id: 'sanctions-by-step',
      title: { zh: '处理措施', en: 'Sanctions by step' },
      rowLabel: { zh: '措施', en: 'Step' },
      file: SANCTIONS,
      groups: Object.entries(steps).map(([key, label]) => ({ key, label, where: [{ column: 'step', is: key }] })),
      columns: [
        { id: 'sanctions', label: { zh: '处理', en: 'Sanctions' }, unit: ITEMS, where: [] },
        { id: 'appealed', label: { zh: '申诉', en: 'Appealed' }, unit: ITEMS, where: [{ column: 'appealed', is: 'yes' }] },
      ],
    },
    {
      id: 'share-by-agency',
      title: { zh: '期末在催案件（按机构与币种的行数）', en: 'Who collects at the end of the period' },
      rowLabel: agency.label,
      file: SHARES,
      by: 'agencyId',
      none: BANK,
      columns: [{ id: 'currencies', label: { zh: '币种', en: 'Currencies' }, unit: ITEMS, where: [] }],
      note: { zh: '案件数与余额见行文件。', en: 'Cases and balances stand in the rows.' },
    },
  ],
  chart: {
    title: { zh: '名册机构（按状态）', en: 'Agencies of the register by status' },
    table: 'by-status',
    columns: ['agencies'],
    xLabel: { zh: '状态', en: 'Status' },
    yLabel: { zh: '机构（家）', en: 'Agencies' },
  },
  notes: [
    {
      zh: '名册以生成时间为准；变动、检查、评估与处理按报告期计。',
      en: 'The register as it stood when the report was made; changes, inspections, evaluations and sanctions are those of the period.',
    },
    { zh: '期末委外占比按系统记录的案件移交逐笔累计。', en: 'The share at the end follows from every change of hands that was recorded.' },
  ],
  sources: [
    {
      zh: '来源：《商业银行信用卡业务监督管理办法》第 70 条、黑龙江省银行业信用卡自律公约第 23 条、中国银行业协会催收工作指引、GB/T 45251-2025 5.4。',
      en: 'Sources: Measures on credit card business Art. 70, Heilongjiang convention Art. 23, CBA guidelines, GB/T 45251-2025 5.4.',
    },
  ],
};

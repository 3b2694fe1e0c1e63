import { Inject, Injectable } from '@nestjs/common';
import { describeRule, rowWords } from '#contact-rules';
import type { Tx } from '#pg';
import type { ListedColumn, ReportDocument, Words } from '#render';
import { countParts, documentOf, listedOf, type DataKind, type DataRow, type ReportKind, type ReportScope, type RowsSink } from '#reports';
import { PolicyService } from '../policy/policy.service.ts';
import { yesNo } from './names.ts';

const RULES = 'rules.csv';
const ROWS: Words = { zh: '条', en: 'rules' };
const EVERY: Words = { zh: '其他产品', en: 'All other products' };

type Spec = Omit<DataKind, 'files'>;

const SPEC: Spec = {
  kind: 'rules-in-force',
  title: { zh: '规则生效情况报告', en: 'Rules in force' },
  figures: [
    { id: 'rules', label: { zh: '生效规则', en: 'Rules in force' }, unit: ROWS, file: RULES, filter: [] },
    { id: 'blocking', label: { zh: '禁止类', en: 'Blocking' }, unit: ROWS, file: RULES, filter: [{ column: 'severity', is: 'block' }] },
    { id: 'warning', label: { zh: '提示类', en: 'Warning' }, unit: ROWS, file: RULES, filter: [{ column: 'severity', is: 'warn' }] },
    {
      id: 'own',
      label: { zh: '本行收紧或自设', en: 'Tightened or set by the institution' },
      unit: ROWS,
      file: RULES,
      filter: [{ column: 'own', is: 'yes' }],
    },
  ],
  tables: [
    {
      id: 'by-product',
      title: { zh: '按产品统计', en: 'By product' },
      rowLabel: { zh: '产品', en: 'Product' },
      file: RULES,
      by: 'product',
      none: EVERY,
      columns: [
        { id: 'rules', label: { zh: '规则', en: 'Rules' }, unit: ROWS, where: [] },
        { id: 'block', label: { zh: '禁止类', en: 'Blocking' }, unit: ROWS, where: [{ column: 'severity', is: 'block' }] },
        { id: 'own', label: { zh: '本行收紧或自设', en: 'Own' }, unit: ROWS, where: [{ column: 'own', is: 'yes' }] },
      ],
    },
    {
      id: 'by-grade',
      title: { zh: '按依据可靠程度统计', en: 'By how reliable the source is' },
      rowLabel: { zh: '等级', en: 'Grade' },
      file: RULES,
      groups: ['A', 'B', 'C'].map((key) => ({ key, label: { zh: key, en: key }, where: [{ column: 'grade', is: key }] })),
      columns: [{ id: 'rules', label: { zh: '规则', en: 'Rules' }, unit: ROWS, where: [] }],
      note: {
        zh: 'A：读自文件原文；B：可靠的二手来源；C：较弱。',
        en: 'A: read in the instrument itself; B: a reliable secondary source; C: weaker.',
      },
    },
  ],
  chart: null,
  notes: [
    {
      zh: '所列为报告期最后一日终了时生效的规则；期间的变动见策略版本。',
      en: 'Listed are the rules in force as the last day of the period ends; what changed before stands in the versions of the policy.',
    },
    {
      zh: '没有自己版本的机构适用 cn-card 规则包的最新版本。',
      en: 'An institution without a version of its own is under the newest version of the pack cn-card.',
    },
  ],
  sources: [{ zh: '每条规则的文件与条款见行文件。', en: 'The instrument and article of each rule stand in the rows.' }],
};

const COLUMNS = [
  { id: 'product', label: { zh: '产品（空为其他产品）', en: 'Product (empty: all others)' } },
  { id: 'policyVersion', label: { zh: '策略版本（空为无）', en: 'Version of the policy (empty: none)' } },
  { id: 'pack', label: { zh: '规则包', en: 'Pack' } },
  { id: 'packVersion', label: { zh: '规则包版本', en: 'Version of the pack' } },
  { id: 'ruleId', label: { zh: '规则编号', en: 'Rule' } },
  { id: 'title', label: { zh: '规则', en: 'Rule (Chinese)' } },
  { id: 'titleEn', label: { zh: '规则（英文）', en: 'Rule in words' } },
  { id: 'says', label: { zh: '内容', en: 'What it says (Chinese)' } },
  { id: 'saysEn', label: { zh: '内容（英文）', en: 'What it says' } },
  { id: 'severity', label: { zh: '类别', en: 'Severity' } },
  { id: 'source', label: { zh: '文件', en: 'Instrument' } },
  { id: 'article', label: { zh: '条款', en: 'Article' } },
  { id: 'grade', label: { zh: '等级', en: 'Grade' } },
  { id: 'from', label: { zh: '施行日期', en: 'In force from' } },
  { id: 'own', label: { zh: '本行收紧或自设', en: 'Own' } },
] as const;

const severities: Readonly<Record<string, Words>> = { block: { zh: '禁止', en: 'Blocking' }, warn: { zh: '提示', en: 'Warning' } };

/** On paper: what each rule says, in the language of the paper, and by what article. */
const LISTED: readonly ListedColumn[] = [
  { head: { zh: '规则', en: 'Rule' }, from: { zh: 'title', en: 'titleEn' }, share: 0.17 },
  { head: { zh: '内容', en: 'What it says' }, from: { zh: 'says', en: 'saysEn' }, share: 0.33 },
  ...listedOf(COLUMNS, [
    ['severity', 0.08, severities],
    ['source', 0.18],
    ['article', 0.1],
    ['packVersion', 0.07],
    ['own', 0.07, yesNo],
  ]),
];

/** The rules that judged contacts as a day ended: which, in what version, by what article. */
@Injectable()
export class RulesInForceReport implements ReportKind {
  readonly title = SPEC.title;
  private readonly spec: DataKind = {
    ...SPEC,
    files: [
      {
        name: RULES,
        title: { zh: '每一条生效规则', en: 'Every rule in force' },
        columns: COLUMNS,
        listed: LISTED,
        rows: (tx, scope) => this.rows(tx, scope),
      },
    ],
  };

  constructor(@Inject(PolicyService) private readonly policies: PolicyService) {}

  async build(tx: Tx, scope: ReportScope, sink: RowsSink): Promise<ReportDocument> {
    return documentOf(this.spec, scope, await countParts(tx, scope, sink, this.spec));
  }

  async institutions(): Promise<string[]> {
    return [];
  }

  private async *rows(tx: Tx, { institutionId, until, period }: ReportScope): AsyncGenerator<DataRow[]> {
    const at = new Date(until.getTime() - 1);
    for (const product of ['', ...(await this.policies.productsWithOwn(tx, institutionId, at)).toSorted()]) {
      const { number, packs, rows } = await this.policies.rowsAt(tx, institutionId, product, at);
      const inForce = rows.filter(({ row }) => row.effectiveFrom <= period.to && (row.effectiveTo ?? period.to) >= period.to);
      yield inForce.map(({ pack, row, ownChange }) => {
        const { title } = describeRule(row);
        return {
          product: product === '' ? null : product,
          policyVersion: number,
          pack,
          packVersion: packs.find((one) => one.pack === pack)?.version ?? null,
          ruleId: row.ruleId,
          title: title.zh,
          titleEn: title.en,
          says: rowWords(row, 'zh').says,
          saysEn: rowWords(row, 'en').says,
          severity: row.severity,
          source: row.source,
          article: row.article,
          grade: row.grade,
          from: row.effectiveFrom,
          own: ownChange,
        };
      });
    }
  }
}

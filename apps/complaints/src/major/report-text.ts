import type { CodeWords } from '../code-table/code-table.service.ts';
import { written } from '../sorting/paper.service.ts';
import type { MajorReportRequest } from './major.dto.ts';
import type { Figure, MatterRecord } from './major.store.ts';
import type { ReportKind } from './major-report.store.ts';
import type { MajorKind } from './plan.ts';

/** What a report says, word for word. */
export interface ReportContent {
  readonly title: string;
  readonly to: string;
  readonly paragraphs: readonly string[];
  readonly footnotes: readonly string[];
}

export interface ReportFacts {
  readonly matter: MatterRecord;
  readonly title: string;
  readonly steps: readonly { readonly text: string; readonly state: string; readonly settledAt: Date | null }[];
  readonly figures: { readonly causes: readonly Figure[]; readonly agencies: readonly Figure[]; readonly areas: readonly Figure[] };
  readonly words: CodeWords;
  readonly request: MajorReportRequest;
  readonly now: Date;
}

const TITLES: Readonly<Record<ReportKind, string>> = {
  first: '关于重大消费投诉的报告',
  progress: '关于重大消费投诉处理进展的报告',
  closing: '关于重大消费投诉处理结果的报告',
};

const KINDS: Readonly<Record<MajorKind, string>> = {
  group: '群体面谈投诉',
  disaster: '涉及自然灾害的投诉',
  accident: '涉及安全事故的投诉',
  'public-health': '涉及公共卫生事件的投诉',
  designated: '经我行认定的重大投诉',
  surge: '同类投诉短期内异常集中',
};

const STATES: Readonly<Record<string, string>> = { open: '进行中', done: '已完成', skipped: '不适用' };

const listed = (figures: readonly Figure[], wordOf: (code: string) => string): string =>
  figures.map(({ code, count }) => `${wordOf(code)} ${count} 件`).join('、');

/** The report in Chinese, from what is known and what the drafter states. */
export function majorReportOf({ matter, title, steps, figures, words, request, now }: ReportFacts): ReportContent {
  const { drill, kind, number, knownAt, persons, complaints, reportDueAt } = matter;
  const wordOf = (dimension: string) => (code: string) => words.get(`${dimension} ${code}`)?.zh ?? code;
  const about = [
    ...(figures.areas.length === 0 ? [] : [`所涉领域：${listed(figures.areas, wordOf('area'))}`]),
    ...(figures.causes.length === 0 ? [] : [`主要原因：${listed(figures.causes, wordOf('cause'))}`]),
    ...(figures.agencies.length === 0 ? [] : [`被投诉机构：${listed(figures.agencies, (code) => code)}`]),
  ];
  const done = steps.filter(({ state }) => state !== 'open').length;
  return {
    title: `${drill ? '【演练】' : ''}${TITLES[request.kind]}`,
    to: `${request.receiver}：`,
    paragraphs: [
      ...(drill ? ['本件为应急演练文书，所述情况均为模拟，不得对外报送。'] : []),
      `事项编号：${number}；类型：${KINDS[kind]}；事由：${title}。`,
      `我行于 ${written(knownAt)} 知悉上述事项，应于 ${written(reportDueAt)} 前报告。${persons === null ? '' : `涉及 ${persons} 人。`}截至 ${written(now)}，${drill ? '演练不关联真实投诉' : `关联投诉 ${complaints} 件`}。`,
      ...(about.length === 0 ? [] : [`${about.join('；')}。`]),
      request.statement,
      `应急预案共 ${steps.length} 项，已办结 ${done} 项：`,
      ...steps.map(
        ({ text, state, settledAt }, at) =>
          `（${at + 1}）${text}：${STATES[state] ?? state}${settledAt === null ? '' : `（${written(settledAt)}）`}。`,
      ),
    ],
    footnotes: [
      '依据：《银行业保险业消费投诉处理管理办法》关于重大消费投诉处理与报告的规定。',
      ...(drill ? ['演练文书，不对外报送。'] : ['本报告可能含个人信息，请按规定保管。']),
    ],
  };
}

import { Zone } from '#contact-rules';
import type { Vault } from '#vault';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { openData } from '../complaint/sealing.ts';
import type { BadFaithReportRequest, Receiver } from './bad-faith.dto.ts';
import type { DecisionRecord, ScoreRecord } from './judgement.store.ts';
import type { ScoredSignal, Signal } from './signals.ts';

/** All that a report is made from. */
export interface ReportFacts {
  readonly record: ComplaintRecord;
  readonly score: ScoreRecord | null;
  readonly decision: DecisionRecord;
  readonly reason: string;
  /** By id, of the complaints that the signs name. */
  readonly numbers: ReadonlyMap<string, string>;
  readonly request: BadFaithReportRequest;
}

const TITLES: Readonly<Record<Receiver, string>> = {
  regulator: '关于疑似恶意投诉的报告',
  police: '关于疑似恶意投诉的情况反映',
};

const SIGNS: Readonly<Record<Signal, (count: number) => string>> = {
  'near-identical-text': (count) => `有 ${count} 名投诉人提交了高度雷同的投诉内容`,
  'shared-contact': (count) => `有 ${count} 名投诉人使用同一联系方式`,
  'same-proxy': (count) => `同一代理人代理了 ${count} 名投诉人`,
  'fee-demand': (count) => `投诉内容中有 ${count} 处索要费用或“代理退费”类表述`,
  'forged-proof': (count) => `有 ${count} 处证明材料经人工核查疑似伪造`,
};

function signOf({ signal, count, complaints, words }: ScoredSignal, numbers: ReadonlyMap<string, string>): string {
  const named = complaints.flatMap((id) => numbers.get(id) ?? []);
  const others = named.length === 0 ? '' : `，相关投诉编号：${named.join('、')}`;
  const said = words.length === 0 ? '' : `（${words.join('、')}）`;
  return `${SIGNS[signal](count)}${said}${others}。`;
}

/** Title, paragraphs and footnotes of the report, in Chinese. */
export function reportOf({ record, score, decision, reason, numbers, request }: ReportFacts, vault: Vault) {
  const { name, contact, proxy, subject } = openData(vault, record);
  const received = Zone.of(record.timeZone).format(record.receivedAt.getTime()).slice(0, 10);
  const behalf = proxy === null ? '' : `，代理人：${proxy.name}`;
  const signals = score?.signals ?? [];
  return {
    title: TITLES[request.receiver],
    to: `${request.addressee}：`,
    paragraphs: [
      `我行于 ${received} 收到投诉一件，编号 ${record.number}，投诉人：${name}，联系方式：${contact ?? '未留'}${behalf}，事由：${subject}。`,
      '经核查，该投诉存在以下情形：',
      ...(signals.length === 0 ? ['本件无系统提示的情形，由我行工作人员根据下述理由认定。'] : []),
      ...signals.map((signal, at) => `（${at + 1}）${signOf(signal, numbers)}`),
      `认定理由：${reason}`,
      `上述认定由 ${decision.decidedBy} 作出，并经 ${decision.secondBy ?? ''} 复核同意。上述情形由人工判断，系统仅提示线索，未据此拒绝或拖延办理该投诉，投诉人的各项权利不受影响。`,
      request.statement,
    ],
    footnotes: ['依据：《黑龙江省银行业信用卡自律公约》第二十九条。本报告含个人信息，请按规定保管。'],
  };
}

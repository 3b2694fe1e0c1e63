import { text, type Text } from './text.ts';

/** What an instrument's key in a pack row stands for: its full name, with number or year. The same keys as in docs/rules.md. */
const instruments: Readonly<Record<string, Text>> = {
  HLJ: text(
    '《黑龙江省银行业信用卡自律公约》',
    'Heilongjiang Banking Association, Self-regulatory Convention on Credit Cards (黑龙江省银行业信用卡自律公约)',
  ),
  CBA26: text(
    '中国银行业协会《金融机构个人消费类贷款催收工作指引（试行）》（2026 年）',
    'China Banking Association, Guideline on Collecting Personal Consumer Loans, trial (金融机构个人消费类贷款催收工作指引（试行）, 2026)',
  ),
  GBT: text(
    'GB/T 45251-2025《个人网络消费信贷 贷后催收风控指引》',
    'GB/T 45251-2025, Personal online consumer credit: guidelines for post-loan collection risk control (national recommended standard)',
  ),
  CC11: text(
    '《商业银行信用卡业务监督管理办法》（2011 年）',
    'Measures for the Supervision of Commercial Banks’ Credit Card Business (商业银行信用卡业务监督管理办法, 2011)',
  ),
  CC22: text(
    '《关于进一步促进信用卡业务规范健康发展的通知》（2022 年）',
    'Notice on Further Promoting the Sound Development of Credit Card Business (关于进一步促进信用卡业务规范健康发展的通知, 2022)',
  ),
  CPR22: text(
    '《银行保险机构消费者权益保护管理办法》（2022 年）',
    'Measures for the Protection of Consumers’ Rights by Banking and Insurance Institutions (银行保险机构消费者权益保护管理办法, 2022)',
  ),
  REGF: text(
    '美国《债务催收规则》（Regulation F，12 CFR 1006）',
    'United States, Debt Collection Practices (Regulation F), 12 CFR Part 1006',
  ),
  RBI22: text(
    '印度储备银行《金融服务外包：聘用催收代理人的受监管机构的责任》通知（2022 年 8 月 12 日）',
    'Reserve Bank of India, Outsourcing of Financial Services: Responsibilities of regulated entities employing Recovery Agents (12 August 2022)',
  ),
  MLA: text('日本《贷金业法》（貸金業法）', 'Japan, Money Lending Business Act (貸金業法)'),
  institution: text('本机构自行规定', 'set by the institution itself'),
  product: text('产品自设，无规范文件规定', 'set by this product; no instrument asks for it'),
};

const grades: Readonly<Record<'A' | 'B' | 'C', Text>> = {
  A: text('A：已核对规范文件原文', 'A: read in the instrument’s own words'),
  B: text('B：来自可靠的二手资料', 'B: from a reliable secondary source'),
  C: text('C：凭记忆、单一弱来源，或产品自行决定', 'C: from memory, one weak source, or our own decision'),
};

/** The full name of the instrument, or null for a key that nobody has named here. */
export const instrumentOf = (source: string): Text | null => instruments[source] ?? null;

export const gradeOf = (grade: 'A' | 'B' | 'C'): Text => grades[grade];

/** `20` is 第 20 条, `ch.3` is 第 3 章, `5.3` a clause of a standard, `1006.14(b)` a section of the code, as each instrument numbers itself. */
export function articleOf(source: string, article: string): Text | null {
  if (article === '') return null;
  const chapter = /^ch\.\s*(\d+)$/.exec(article);
  if (chapter) return text(`第 ${chapter[1]} 章`, `Chapter ${chapter[1]}`);
  if (article === 'bans') return text('关于禁止行为的规定', 'the bans');
  if (source === 'RBI22') return text(`第 ${article} 段`, `para. ${article}`);
  if (source === 'REGF') return text(`第 ${article} 条`, `§ ${article}`);
  if (source === 'GBT') return text(`第 ${article} 条`, `Clause ${article}`);
  return text(`第 ${article} 条`, `Art. ${article}`);
}

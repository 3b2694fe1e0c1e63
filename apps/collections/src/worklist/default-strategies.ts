import type { StrategyContent } from './strategy.ts';

export interface DefaultStrategy {
  readonly strategyId: string;
  readonly content: StrategyContent;
}

const usual = { leaseMinutes: 20, restMinutes: 120 } as const;

/** The product's own: in force until an institution makes a version of its own of one, or retires it. */
export const DEFAULT_STRATEGIES: readonly DefaultStrategy[] = [
  {
    strategyId: 'balanced',
    content: {
      name: { zh: '综合优先', en: 'All in balance' },
      filter: {},
      order: [
        { key: 'follow-up', weight: 60 },
        { key: 'promise-broken', weight: 40 },
        { key: 'promise-due', weight: 30 },
        { key: 'best-time', weight: 20 },
        { key: 'since-contact', weight: 15 },
        { key: 'amount', weight: 10 },
        { key: 'overdue', weight: 10 },
      ],
      ...usual,
    },
  },
  {
    strategyId: 'follow-up',
    content: {
      name: { zh: '约定跟进', en: 'Agreed follow-ups' },
      filter: { followUpDue: true },
      order: [
        { key: 'best-time', weight: 20 },
        { key: 'amount', weight: 10 },
      ],
      ...usual,
    },
  },
  {
    strategyId: 'promise-broken',
    content: {
      name: { zh: '跳票跟进', en: 'Broken promises' },
      filter: { promise: 'broken' },
      order: [
        { key: 'amount', weight: 20 },
        { key: 'since-contact', weight: 10 },
        { key: 'best-time', weight: 5 },
      ],
      ...usual,
    },
  },
  {
    strategyId: 'promise-due',
    content: {
      name: { zh: '承诺到期', en: 'Promises due' },
      filter: { promise: 'due' },
      order: [
        { key: 'amount', weight: 20 },
        { key: 'best-time', weight: 10 },
      ],
      ...usual,
    },
  },
  {
    strategyId: 'early',
    content: {
      name: { zh: '早期逾期 M1–M2', en: 'Early arrears M1–M2' },
      filter: { stages: ['M1', 'M2'] },
      order: [
        { key: 'since-contact', weight: 20 },
        { key: 'amount', weight: 15 },
        { key: 'overdue', weight: 5 },
        { key: 'best-time', weight: 5 },
      ],
      ...usual,
    },
  },
  {
    strategyId: 'late',
    content: {
      name: { zh: '中后期逾期 M3+', en: 'Late arrears from M3' },
      filter: { stages: ['M3', 'M4', 'M5', 'M6', 'M6+'] },
      order: [
        { key: 'amount', weight: 25 },
        { key: 'since-contact', weight: 15 },
        { key: 'best-time', weight: 5 },
      ],
      ...usual,
    },
  },
  {
    strategyId: 'large',
    content: {
      name: { zh: '大额优先', en: 'Large amounts' },
      filter: { minAmount: '20000.00' },
      order: [
        { key: 'amount', weight: 30 },
        { key: 'since-contact', weight: 10 },
        { key: 'best-time', weight: 5 },
      ],
      ...usual,
    },
  },
  {
    strategyId: 'silent',
    content: {
      name: { zh: '久未联系', en: 'Long without contact' },
      filter: { lastContactOlderThanHours: 168 },
      order: [
        { key: 'since-contact', weight: 20 },
        { key: 'overdue', weight: 10 },
        { key: 'amount', weight: 10 },
      ],
      ...usual,
    },
  },
];

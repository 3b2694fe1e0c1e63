import type { Language } from '#contact-rules';

/** What the page of a link says. */
export const words = {
  zh: {
    tag: 'zh-CN',
    product: '投诉回访',
    title: '请为投诉办理评分',
    lead: (number: string, until: string) => `投诉编号 ${number}。只能提交一次，${until} 前有效。`,
    score: '您对这次投诉的办理是否满意？',
    scores: ['非常不满意', '不满意', '一般', '满意', '非常满意'],
    resolved: '问题解决了吗？',
    resolvedWords: { yes: '已解决', partly: '部分解决', no: '没有解决' },
    comment: '还想告诉我们什么（可不填）',
    send: '提交',
    refuse: '不想评价',
    other: 'English',
    thanks: '谢谢，已经收到。',
    caution: '回答只用于改进投诉办理。我们不会通过此页面索要密码、验证码或付款。',
    trouble: {
      fields: '请选择 1 到 5 分中的一项；文字不超过 2000 字。',
      'too-often': '操作过于频繁，请十分钟后再试。',
      over: '此链接已经提交过，或已过有效期。',
      unknown: '链接无效。请检查是否完整复制。',
    },
  },
  en: {
    tag: 'en',
    product: 'Complaint call-back',
    title: 'How did we handle your complaint?',
    lead: (number: string, until: string) => `Complaint ${number}. It can be answered once, until ${until}.`,
    score: 'How satisfied are you with how it was handled?',
    scores: ['Very dissatisfied', 'Dissatisfied', 'Neither', 'Satisfied', 'Very satisfied'],
    resolved: 'Is the matter settled?',
    resolvedWords: { yes: 'Yes', partly: 'In part', no: 'No' },
    comment: 'Anything else (you may leave this empty)',
    send: 'Send',
    refuse: 'I would rather not say',
    other: '中文',
    thanks: 'Thank you, we have it.',
    caution: 'Your answer is used to handle complaints better. This page never asks for passwords, codes or payments.',
    trouble: {
      fields: 'Choose one of the scores from 1 to 5; a text has at most 2000 characters.',
      'too-often': 'Too many requests: try again in ten minutes.',
      over: 'This link has been answered, or its time is over.',
      unknown: 'There is no such link. Please check that it is complete.',
    },
  },
} as const satisfies Record<Language, unknown>;

export type Trouble = keyof (typeof words)['zh']['trouble'];

import type { FieldError } from '#problem';
import type { Channel, ChannelContent } from './channel.store.ts';

/** The hotlines that stand in China for all: of the financial regulator, and of the central bank. */
export const REGULATORS: readonly Channel[] = [
  {
    kind: 'regulator',
    labelZh: '国家金融监督管理总局消费者投诉热线',
    labelEn: 'Hotline of the National Financial Regulatory Administration',
    value: '12378',
    hoursZh: null,
    hoursEn: null,
  },
  {
    kind: 'regulator',
    labelZh: '中国人民银行金融消费权益保护热线',
    labelEn: 'Hotline of the People’s Bank of China for financial consumers',
    value: '12363',
    hoursZh: null,
    hoursEn: null,
  },
];

/** What is shown until an institution publishes its own. */
export const BUILT_IN: ChannelContent = {
  channels: REGULATORS,
  process: [
    {
      zh: '提交投诉：说明事实、诉求和联系方式，不必提供我行已有的资料。',
      en: 'You complain: what happened, what you ask for, how to reach you. What the bank already has it does not ask for.',
    },
    {
      zh: '受理登记：出具回执编号，自收到之日起计算期限。',
      en: 'It is registered: you get a receipt number, and the term begins on the day of receipt.',
    },
    {
      zh: '核查处理：由与投诉事项无直接利益关系的人员核查。',
      en: 'It is looked into by people who have no direct interest in the matter.',
    },
    {
      zh: '告知结果：在期限内作出决定，说明事实、依据、理由以及核查、调解、仲裁、诉讼等途径。',
      en: 'You are told the decision within the term, with facts, basis and reasons, and how to go on: review, mediation, arbitration, court.',
    },
    {
      zh: '异议与救济：对处理决定有异议的，可申请核查，或通过调解、仲裁、诉讼解决。',
      en: 'If you do not agree, ask for a review, or turn to mediation, arbitration or a court.',
    },
  ],
};

const NUMBER = /^[+\d][\d\s()-]{2,30}(\s?(转|ext\.?)\s?\d{1,6})?$/;
const MAIL = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/;

/** What speaks against publishing it. */
export function faultsOf({ channels }: ChannelContent): FieldError[] {
  const errors: FieldError[] = channels.flatMap(({ kind, value }, at) => {
    const pointer = `/channels/${at}/value`;
    if ((kind === 'phone' || kind === 'regulator') && !NUMBER.test(value)) return [{ pointer, detail: 'must be a telephone number' }];
    if (kind === 'email' && !MAIL.test(value)) return [{ pointer, detail: 'must be an e-mail address' }];
    if (kind === 'web' && !/^https:\/\/\S+$/.test(value)) return [{ pointer, detail: 'must be a link that begins with https://' }];
    return [];
  });
  if (!channels.some(({ kind }) => kind === 'phone'))
    errors.push({ pointer: '/channels', detail: 'needs a telephone of the bank', source: 'HLJ 25' });
  if (!channels.some(({ kind, value }) => kind === 'regulator' && value === '12378'))
    errors.push({ pointer: '/channels', detail: 'needs the regulator’s hotline 12378', source: 'HLJ 25' });
  return errors;
}

import type { Channel, ConsentKind, Mode, PartyRole, Purpose } from '../types.ts';
import { text, type Audience, type Text } from './text.ts';

type Words<K extends string> = Readonly<Record<K, Text>>;

export const channels: Words<Channel> = {
  voice: text('电话', 'telephone calls'),
  sms: text('短信', 'text messages'),
  email: text('电子邮件', 'e-mails'),
  im: text('即时通讯消息', 'instant messages'),
  letter: text('信函', 'letters'),
  visit: text('上门', 'visits'),
};

export const purposes: Words<Purpose> = {
  collect: text('催收', 'collecting'),
  locate: text('寻找债务人', 'finding the debtor'),
  relay: text('请人转告', 'asking someone to pass a message on'),
  remind: text('到期提醒', 'reminding before the due date'),
};

export const roles: Words<PartyRole> = {
  debtor: text('债务人', 'the debtor'),
  'co-debtor': text('共同债务人', 'a co-debtor'),
  guarantor: text('担保人', 'a guarantor'),
  related: text('关联第三人', 'a related third party'),
  unrelated: text('无关第三人', 'an unrelated third party'),
  representative: text('代理人', 'a representative'),
};

export const modes: Words<Mode> = {
  informational: text('告知类', 'informational'),
  interactive: text('交互类', 'interactive'),
};

/** Another agreement that lifts a rule, as the rule's exception. */
export const consents: Readonly<Record<Audience, Words<ConsentKind>>> = {
  staff: {
    'out-of-hours': text(
      '债务人事先同意在该时段、以该方式联系，且同意未撤回的除外',
      'a consent to be contacted at that time in that way, not withdrawn',
    ),
    frequency: text('与债务人就联系次数另有约定、且同意未撤回的除外', 'another agreement on how often, not withdrawn'),
    channel: text('债务人之后又同意以该方式联系、且同意未撤回的除外', 'a later consent to that channel, not withdrawn'),
    device: text('当事人同意使用该设备或账号联系、且同意未撤回的除外', 'the party’s consent to that device or account, not withdrawn'),
  },
  debtor: {
    'out-of-hours': text(
      '您事先同意在这个时段联系的除外；同意可以随时撤回，撤回立即生效',
      'where you agreed beforehand to be contacted at that time; you can take that back at any time, at once',
    ),
    frequency: text(
      '您与银行另有约定的除外；约定可以随时撤回，撤回立即生效',
      'where you agreed otherwise with the bank; you can take that back at any time, at once',
    ),
    channel: text('您之后又同意的除外', 'where you agree to it again later'),
    device: text('您同意使用该设备或账号联系的除外', 'where you agreed to be contacted from that device or account'),
  },
};

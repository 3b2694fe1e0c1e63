import type { CounterRowParams } from '../pack.ts';
import type { Said } from './said.ts';
import { capital, inEach, listed, many, text, type Audience, type Text } from './text.ts';
import { channels, consents, modes, roles } from './vocabulary.ts';

const NONE = text('', '');

/** What is counted: 未接通的电话, unanswered calls. */
function counted({ channel, mode, results }: CounterRowParams): Text {
  if (channel !== 'voice') return channels[channel];
  if (results === 'conversation') return text('双方交谈的电话', 'conversations');
  const kind = mode === null ? NONE : modes[mode];
  const noun = inEach((language) => (language === 'zh' ? `${kind.zh}电话` : `${kind.en} calls`.trim()));
  switch (results) {
    case 'unanswered':
      return text(`未接通的${noun.zh}`, `unanswered ${noun.en}`);
    case 'connected':
      return text(`已接通的${noun.zh}`, `connected ${noun.en}`);
    case 'connected-regf':
      return text(`拨出的${noun.zh}（占线、停机、空号不计）`, `${noun.en} placed (busy, out of service and wrong numbers do not count)`);
    case 'placed':
      return text(`拨出的${noun.zh}（不论结果）`, `${noun.en} placed (whatever came of them)`);
  }
}

/** The same in a label: 未接通, unanswered calls. */
function countedShort({ channel, mode, results }: CounterRowParams): Text {
  if (channel !== 'voice') return text(channels[channel].zh, channels[channel].en);
  const kind = mode === null ? NONE : modes[mode];
  const call = kind.zh === '' ? '' : `${kind.zh}电话`;
  switch (results) {
    case 'unanswered':
      return text(`未接通${call}`, `unanswered ${kind.en} calls`.replace('  ', ' '));
    case 'connected':
      return text(`接通的${call === '' ? '电话' : call}`, `connected ${kind.en} calls`.replace('  ', ' '));
    case 'conversation':
      return text('通话沟通', 'conversations');
    default:
      return text(call === '' ? '拨打' : `拨打${call}`, `${kind.en} calls placed`.trim());
  }
}

function seatOf({ seat, channel }: CounterRowParams, audience: Audience): Text {
  const you = audience === 'debtor';
  switch (seat) {
    case 'contact-point':
      if (channel === 'voice') return you ? text('您的同一个号码', 'one number of yours') : text('同一号码', 'one number');
      return you ? text('您的同一个联系方式', 'one contact point of yours') : text('同一联系方式', 'one contact point');
    case 'debtor':
      return you ? text('您', 'you') : text('同一债务人', 'one debtor');
    case 'debt':
      return you ? text('您的同一笔债务', 'one debt of yours') : text('同一债务人的同一笔债务', 'one debt of one debtor');
  }
}

const DAY_MINUTES = 1440;

/** Hours, not days: a rolling stretch does not end at midnight. */
const sayMinutes = (minutes: number): Text =>
  minutes % DAY_MINUTES === 0
    ? text(`${minutes / DAY_MINUTES} × 24 小时`, `${minutes / DAY_MINUTES} × 24 hours`)
    : text(`${minutes} 分钟`, many(minutes, 'minute'));

/** The stretch of time, in a sentence and in a label. */
function windowOf({ window }: CounterRowParams): { readonly full: Text; readonly short: Text } {
  if (window === 'local-day')
    return {
      full: text('一个自然日（当地时间 0 时至 24 时）内', 'in one local day (midnight to midnight)'),
      short: text('每日', 'per day'),
    };
  if ('rollingMinutes' in window) {
    const stretch = sayMinutes(window.rollingMinutes);
    return {
      full: text(`任意连续 ${stretch.zh}内`, `in any ${stretch.en}`),
      short: text(`每 ${stretch.zh}`, `in any ${stretch.en}`),
    };
  }
  const days = window.localDays;
  return {
    full: text(`连续 ${days} 个自然日（含当日）内`, `in ${many(days, 'local day')} in a row, today included`),
    short: text(`连续 ${days} 日`, `in ${many(days, 'day')}`),
  };
}

const scopes: Readonly<Record<CounterRowParams['scope'], Readonly<Record<Audience, Text>>>> = {
  'all-actors': {
    staff: text('银行与全部外部机构合计。', 'The bank and all its agencies are counted together.'),
    debtor: text('银行和受托的全部催收机构合在一起计算。', 'The bank and all the agencies that work for it are counted together.'),
  },
  agency: {
    staff: text('每家机构单独计算。', 'Each agency is counted on its own.'),
    debtor: text('每家催收机构分别计算。', 'Each collection agency is counted on its own.'),
  },
  collector: {
    staff: text('每名催收员单独计算。', 'Each collector is counted on their own.'),
    debtor: text('每名催收人员分别计算。', 'Each collector is counted on their own.'),
  },
};

function who({ seat, obligors = [] }: CounterRowParams, audience: Audience): Text {
  if (seat !== 'debtor' || obligors.length < 2 || audience === 'debtor') return NONE;
  const people = listed(obligors.map((role) => roles[role]));
  return text(`${people.zh}各自单独计算。`, `${capital(people.en)} are each counted on their own.`);
}

/** After a conversation nobody calls for some days: a cap of one, read as the pause that it is. */
function pauseAfter(params: CounterRowParams, days: number, audience: Audience): Text {
  const both = params.initiators?.includes('them') ?? false;
  const debt = params.seat === 'debt';
  if (audience === 'debtor')
    return text(
      `${debt ? '就同一笔债务' : ''}与您通话沟通之后，从当天算起（当天为第 1 天）${days} 天内不再${debt ? '为这笔债务' : ''}给您打电话${both ? '；您打来的电话也算' : ''}。`,
      `After a conversation with you${debt ? ' about a debt' : ''} nobody calls you${debt ? ' about that debt' : ''} for ${days} days, the day of the conversation being day 1${both ? '; a call from you counts too' : ''}.`,
    );
  return text(
    `与债务人${debt ? '就某笔债务' : ''}通话沟通后，自当日起（当日为第 1 日）连续 ${days} 日内不再${debt ? '为该笔债务' : ''}拨打${both ? '，债务人打来的通话同样计入' : ''}。`,
    `After a conversation${debt ? ' about a debt' : ''} with the debtor no further call${debt ? ' about it' : ''} for ${days} consecutive days, the day of the conversation being day 1${both ? '; a call from the debtor counts too' : ''}.`,
  );
}

const toOf = ({ seat, results }: CounterRowParams): Text =>
  seat === 'debt' ? text('就', 'about') : results === 'conversation' ? text('与', 'with') : text('对', 'to');

/** What is not done once the cap is reached. */
function stops({ channel, mode, seat }: CounterRowParams): string {
  if (channel === 'visit') return '不再上门';
  if (channel !== 'voice') return '不再这样联系';
  if (mode !== null) return '不再拨打此类电话';
  return seat === 'contact-point' ? '不再拨打该号码' : '不再拨打';
}

/** 打给您的已接通告知类电话. */
function countedOfYours({ channel, mode, results, seat }: CounterRowParams): string {
  if (channel === 'visit') return '上门找您';
  const to = seat === 'contact-point' ? '发到您同一个联系方式的' : '发给您的';
  if (channel !== 'voice') return `${to}${channels[channel].zh}`;
  const call = `${mode === null || results === 'conversation' ? '' : modes[mode].zh}电话`;
  const whose = { 'contact-point': '打到您同一个号码的', debtor: '打给您的', debt: '为您的同一笔债务打给您的' }[seat];
  const said = {
    unanswered: `未接通${call}`,
    connected: `已接通${call}`,
    conversation: '、双方交谈的电话',
    'connected-regf': `${call}（占线、停机、空号不计）`,
    placed: `${call}（不论是否接通）`,
  }[results];
  return results === 'conversation' ? `${whose.replace(/的$/, '')}${said}` : `${whose}${said}`;
}

const singular = (nouns: string): string => nouns.replace(/\b(call|visit|conversation|message|letter|e-mail)s\b/, '$1');

function sayCap(params: CounterRowParams, audience: Audience): Text {
  const { cap } = params;
  const what = counted(params);
  const seat = seatOf(params, audience);
  const { full } = windowOf(params);
  const inbound = params.initiators?.includes('them') ? text('（含对方打来的）', ' (theirs included)') : NONE;
  const to = toOf(params);
  if (cap === 0) return text(`不得${to.zh}${seat.zh}有${what.zh}（上限 0 次）。`, `No ${what.en} ${to.en} ${seat.en} at all (at most 0).`);
  const en = `At most ${cap} ${cap === 1 ? singular(what.en) : what.en}${inbound.en} ${to.en} ${seat.en} ${full.en}; the next is not made.`;
  const zh =
    audience === 'staff'
      ? `${to.zh}${seat.zh}，${full.zh}${what.zh}${inbound.zh}最多 ${cap} 次，达到后${stops(params)}。`
      : `${full.zh}，${countedOfYours(params)}${inbound.zh}最多 ${cap} 次，达到后${stops(params)}。`;
  return text(zh, en);
}

/** attempts-per-point, informational-per-debtor, conversations-per-debtor, burst, visit-per-day, the counts of Regulation F. */
export function sayCounter(params: CounterRowParams, audience: Audience): Said {
  const { window, cap, results, consent, consentDays } = params;
  const days = window !== 'local-day' && 'localDays' in window ? window.localDays : null;
  const isPause = days !== null && cap === 1 && results === 'conversation';
  const main = isPause ? pauseAfter(params, days, audience) : sayCap(params, audience);
  const short = countedShort(params);
  const seat = seatOf(params, audience);
  const stretch = windowOf(params).short;
  const agreed = consent === null ? [] : [consents[audience][consent]];
  const agreedDays =
    consent === null || consentDays === undefined
      ? []
      : [
          text(
            `该同意只在作出当日起 ${consentDays} 日内有效（当日为第 1 日）`,
            `that agreement holds for ${many(consentDays, 'day')}, the day it was given being day 1`,
          ),
        ];
  const rest = [scopes[params.scope][audience], who(params, audience)];
  return {
    says: inEach((language) =>
      [main, ...rest]
        .map((part) => part[language])
        .filter(Boolean)
        .join(language === 'zh' ? '' : ' '),
    ),
    limits: [
      {
        key: 'cap',
        label: text(`${seat.zh}${stretch.zh}${short.zh}上限`, `Cap on ${short.en} ${toOf(params).en} ${seat.en} ${stretch.en}`),
        value: text(`${cap} 次`, String(cap)),
      },
    ],
    exceptions: [...agreed, ...agreedDays],
  };
}

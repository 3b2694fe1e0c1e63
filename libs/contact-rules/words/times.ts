import type { CalendarParams } from '../kinds/calendar.ts';
import { parseTimeOfDay, type TimeWindowRowParams } from '../pack.ts';
import type { Channel } from '../types.ts';
import type { Said } from './said.ts';
import { EITHER, listed, text, type Audience, type Text } from './text.ts';
import { channels, consents } from './vocabulary.ts';
import { regionOf } from './regions.ts';

const ways = (of: readonly Channel[]): Text =>
  listed(
    of.map((channel) => channels[channel]),
    EITHER,
  );

/** 22:00 至次日 08:00; a window that ends before it begins crosses midnight. */
export function sayWindow({ from, to }: { readonly from: string; readonly to: string }): Text {
  const nextDay = parseTimeOfDay(to) <= parseTimeOfDay(from);
  return text(`${from} 至${nextDay ? '次日' : ''} ${to}`, `${from} to ${to}${nextDay ? ' of the next day' : ''}`);
}

/** quiet-hours. */
export function sayTimeWindow({ refused, channels: of, consent, zones }: TimeWindowRowParams, audience: Audience): Said {
  const window = sayWindow(refused);
  const by = ways(of);
  const everyZone = zones === 'all-known';
  const staff = text(
    `债务人当地时间 ${window.zh}，不得以${by.zh}联系。${everyZone ? '号码归属地、地址、本人陈述所指的时区不一致时，每一个可能的时区都须避开。' : ''}`,
    `No ${by.en} from ${window.en}, the debtor’s local time.${everyZone ? ' Where the number, the address and what the debtor said point to different time zones, the hours must be clear in each of them.' : ''}`,
  );
  const debtor = text(
    `您当地时间 ${window.zh}，不会有人为催收以${by.zh}联系您。${everyZone ? '拿不准您在哪个时区时，各个可能的时区都须避开。' : ''}`,
    `From ${window.en}, your local time, there are no ${by.en} to you about the debt.${everyZone ? ' Where it is not certain which time zone you are in, it must be a permitted hour in each that you may be in.' : ''}`,
  );
  return {
    says: audience === 'staff' ? staff : debtor,
    limits: [
      { key: 'refused', label: text('禁止时段', 'Quiet hours'), value: window },
      { key: 'channels', label: text('适用方式', 'Channels'), value: listed(of.map((channel) => channels[channel])) },
    ],
    exceptions: consent === null ? [] : [consents[audience][consent]],
  };
}

const sayDates = ({ from, to }: { readonly from: string; readonly to: string }): Text =>
  from === to ? text(from, from) : text(`${from} 至 ${to}`, `${from} to ${to}`);

/** Days on which nobody is contacted: an eve of the Spring Festival, examination days, a region struck by disaster. */
export function sayCalendar({ dates, channels: of, regions }: CalendarParams, audience: Audience): Said {
  const days = listed(dates.map(sayDates));
  const by = ways(of);
  const where = regions === undefined || regions.length === 0 ? null : listed(regions.map(regionOf));
  const staff = text(
    `${days.zh}（债务人当地日期，含首尾两日），不得以${by.zh}联系${where === null ? '' : `居住在${where.zh}的`}债务人。`,
    `On ${days.en} (local dates of the debtor, first and last included) no ${by.en} to a debtor${where === null ? '' : ` who lives in ${where.en}`}.`,
  );
  const debtor = text(
    `${where === null ? '' : `您居住在${where.zh}的，`}${days.zh}（含首尾两日）不会有人为催收以${by.zh}联系您。`,
    `On ${days.en}, first and last day included, there are no ${by.en} to you about the debt${where === null ? '' : ` if you live in ${where.en}`}.`,
  );
  return {
    says: audience === 'staff' ? staff : debtor,
    limits: [
      { key: 'dates', label: text('日期', 'Dates'), value: days },
      { key: 'channels', label: text('适用方式', 'Channels'), value: listed(of.map((channel) => channels[channel])) },
      ...(where === null ? [] : [{ key: 'regions', label: text('适用地区', 'Regions'), value: where }]),
    ],
    exceptions: [],
  };
}

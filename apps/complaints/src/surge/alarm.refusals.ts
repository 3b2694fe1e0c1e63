import { CONFLICT, type RefusalKind } from '#problem';

export const ALARM_SETTLED: RefusalKind = { ...CONFLICT, code: 'major-alarm-settled', title: 'Somebody has said what this alarm is' };

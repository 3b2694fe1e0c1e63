import { FIVE_YEARS, type BuiltInRule } from '#retention';

const RECORDING: BuiltInRule = {
  id: 'recording',
  years: 2,
  source: 'CBA26, GBT',
  words: { zh: '催收录音录像至少保存两年', en: 'Recordings of collection are kept two years at least' },
};

const REG_F: BuiltInRule = {
  id: 'reg-f-records',
  years: 3,
  source: '12 CFR 1006.100',
  words: {
    zh: '自最后一次催收活动起三年；电话录音自通话之日起三年',
    en: 'Three years after the last collection activity; recordings three years after the call',
  },
};

/** What is known to be asked for contacts, and for recordings; the default is longer than each. */
export const contactRules: readonly BuiltInRule[] = [FIVE_YEARS, REG_F];
export const recordingRules: readonly BuiltInRule[] = [FIVE_YEARS, RECORDING, REG_F];

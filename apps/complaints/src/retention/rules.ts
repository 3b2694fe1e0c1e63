import { FIVE_YEARS, type BuiltInRule } from '#retention';

const PBOC: BuiltInRule = {
  id: 'pboc-complaint-papers',
  years: 3,
  source: 'PBOC20',
  words: { zh: '投诉资料自办结之日起保存不得少于三年', en: 'Papers of a complaint are kept three years at least after it was closed' },
};

/** What is known to be asked for papers of complaints; the default is longer. */
export const complaintRules: readonly BuiltInRule[] = [FIVE_YEARS, PBOC];
